"""One callback: whom to ring and how, the tries so far, what happened."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import VerticalScroll

from deskapp.clock import local
from deskapp.errors import DeskError
from deskapp.i18n import N_, _, appointment, language, when
from deskapp.screens import contact_state, safe_contact
from deskapp.screens.base import Entry, RecordScreen, reads, saves, says
from deskapp.screens.callback_form import (
    BookScreen,
    RingReasonScreen,
    draft_of,
    next_free,
)
from deskapp.services import drafts, kinds, lists, needs, typed
from deskapp.services.callbacks import (
    callback_cards,
    callback_contacts,
    callback_tries,
    callback_words,
    callbacks,
    diaries,
    slots,
)
from deskapp.services.callbacks.callback_cards import Card, Try
from deskapp.services.callbacks.callback_lines import State
from deskapp.services.callbacks.slots import Diary
from deskapp.services.enquiries import outcomes, third_party, topics
from deskapp.services.lists import CancelReason
from deskapp.services.persons import known
from deskapp.text import compact
from deskapp.widgets.told import Told

LABEL_WIDTH = 17


class CallbackScreen(RecordScreen):
    """A callback to ring: Enter rings, F9 says what happened."""

    HEADING: ClassVar[str] = N_("Callback")
    HELP: ClassVar[str] = N_(
        "Read the safe-contact line first. Enter rings: it opens the contact of this try. How that"
        " contact ends says what became of it: C books the callback again, G says that nobody was"
        " reached, every other outcome that the callback is done.\n\nF9 offers the rest: nobody"
        " reached, another time, priority, cancel, taking the last step back, safe contact and the"
        " history of the person. Where the person said not to ring, the number is hidden until you"
        " write why you ring all the same."
    )
    KEYS: ClassVar[tuple[str, ...]] = (
        "callback.ring",
        "callback.result",
        "screen.back",
    )

    def __init__(self, callback_id: str) -> None:
        super().__init__()
        self._callback_id = callback_id
        self._card: Card | None = None
        self._state: State | None = None

    def body(self) -> ComposeResult:
        yield Told("", id="state", markup=False)
        with VerticalScroll():
            yield Told("", id="record", markup=False)

    def on_screen_resume(self) -> None:
        self.load()

    async def relabel(self) -> None:
        await super().relabel()
        self.load()

    @property
    def _diary(self) -> Diary:
        return diaries.of_nation(self.desk.nation)

    @reads
    async def load(self) -> None:
        """Read the callback again; after a try that reached nobody, offer another time."""
        card = await self.desk.store.read(
            callback_cards.card, self._callback_id, user=self.desk.user
        )
        before, self._card, self._state = self._state, card, card.line.state
        state = callback_words.state(card.line, diary=self._diary, now=self.desk.clock.now())
        today = self.desk.clock.today()
        about = (card.line.person_id, compact(card.case_ref))
        seen = await self.desk.store.read(known.about, *about, today=today, user=self.desk.user)
        told = (f"{state} · {card.line.safe.words}", contact_state.banners(seen))
        self.query_one("#state", Told).update("\n".join(filter(None, told)))
        self.query_one("#record", Told).update(_page(card, self._diary, today))
        self.query_one(VerticalScroll).focus()
        if before is State.ATTEMPTING and self._state is State.MISSED:
            await self.offer_again()

    def not_saved(self, error: DeskError) -> None:
        super().not_saved(error)
        self.load()  # another desk may have been faster

    # -- ringing --------------------------------------------------------------------------

    @saves
    async def action_ring(self) -> None:
        """Open the contact of the try under way, or begin one."""
        card = self._card
        if card is None:
            return
        if card.line.state is State.ATTEMPTING and card.open_try is not None:
            self._take_up(card.open_try)
        elif card.hidden:
            await self._ask_reason(card)
        elif card.line.state in (State.BOOKED, State.MISSED):
            await self._start(card)
        else:
            self.notify(_("This callback is over. F9 takes the last step back."), markup=False)

    async def _start(self, card: Card) -> None:
        now = self.desk.clock.now()
        draft = callback_contacts.first_draft(card, now=now, user=self.desk.user)
        await self._step(callback_tries.start, draft, now=now, diary=self._diary)
        self._state = State.ATTEMPTING
        self.desk.open_draft(draft.id)

    def _take_up(self, under_way: Try) -> None:
        if under_way.ref:  # its contact is saved, with an outcome that says nothing of the callback
            self.notify(_("The contact is saved. F9 says what happened."), markup=False)
        else:
            self.desk.open_draft(under_way.contact_id)

    @says
    async def _ask_reason(self, card: Card) -> None:
        draft = await self.desk.begun(drafts.RING_REASON, card.line.id) or draft_of(
            self.desk, drafts.RING_REASON, card.line
        )
        await self.app.push_screen(RingReasonScreen(draft))

    # -- what happened --------------------------------------------------------------------

    async def action_result(self) -> None:
        """Ask what happened; only what can be done now is offered."""
        if self._card is not None:
            entries = _entries(self._card)
            await self.desk.ask(_("What happened?"), entries, self._result_answered)

    async def _result_answered(self, answer: str | None) -> None:
        card = self._card
        if not answer or card is None:
            return
        if answer == "again":
            await self._open_booking(card)
        elif answer == "safe":
            await safe_contact.edit(self.desk, card.line.person_id)
        elif answer == "person":
            self.desk.open(kinds.PERSON, card.line.person_id)
        elif answer == "cancel":
            reasons = lists.lettered(CancelReason)
            entries = [Entry(letter, reason.label, reason) for letter, reason in reasons]
            await self.desk.ask(_("Why is it cancelled?"), entries, self._cancel_answered)
        else:
            self.settle(answer)

    @saves
    async def settle(self, answer: str) -> None:
        """Write what happened and show it."""
        card, now = self._card, self.desk.clock.now()
        assert card is not None
        if answer == "undo":
            await self._step(callback_tries.undo, now=now)
        elif answer == "priority":
            await self._step(callbacks.set_priority, not card.line.priority)
        elif answer == "reached":
            await self._step(callback_tries.reached, now=now)
        elif answer == "missed":
            await self._miss(card)
        self.load()

    async def _miss(self, card: Card) -> None:
        """Nobody was reached: a contact that is still a form is saved as it stands."""
        now, under_way = self.desk.clock.now(), card.open_try
        if under_way is None or under_way.ref:
            await self._step(callback_tries.missed, now=now, diary=self._diary)
            return
        await self.desk.store.write(
            callback_contacts.finish,
            under_way.contact_id,
            callback_contacts.NOBODY_REACHED,
            now=now,
            user=self.desk.user,
            nation=self.desk.nation,
        )

    def _cancel_answered(self, reason: str | None) -> None:
        if reason:
            self.cancel(reason)

    @saves
    async def cancel(self, reason: str) -> None:
        """Call it off."""
        await self._step(callbacks.cancel, reason)
        self.load()

    async def _step(self, verb: Callable[..., Any], *args: Any, **named: Any) -> None:
        """Do one step in the store."""
        await self.desk.store.write(verb, self._callback_id, *args, user=self.desk.user, **named)

    # -- booking again --------------------------------------------------------------------

    @says
    async def offer_again(self) -> None:
        """Offer the next free half hour at once."""
        free = await next_free(self.desk)
        offered = _("Again at {slot}").format(slot=free)
        entries = [
            *([Entry("A", offered, free)] if free else []),
            Entry("O", _("Another time"), "again"),
            Entry("L", _("Later: leave it as missed"), ""),
        ]
        await self.desk.ask(_("Nobody was reached. Book it again?"), entries, self._again_answered)

    async def _again_answered(self, answer: str | None) -> None:
        card = self._card
        if not answer or card is None:
            return
        if answer == "again" or card.lacks_call_reason:
            await self._open_booking(card)
        else:
            self.book_again(answer)

    @saves
    async def book_again(self, text: str) -> None:
        """Take the half hour that was offered."""
        assert self._card is not None
        slot = typed.wall_time(text, today=self.desk.clock.today())
        wish = callbacks.Wish(slot, self._card.line.kind)
        now = self.desk.clock.now()
        await self._step(callbacks.book_again, wish, now=now, diary=self._diary)
        self.notify(_("Booked for {slot}").format(slot=appointment(slot)), markup=False)
        self.load()

    @says
    async def _open_booking(self, card: Card) -> None:
        draft = await self.desk.begun(drafts.CALLBACK, card.line.id)
        if draft is None:
            free = await next_free(self.desk)
            first = {"slot": free, "suggested": free, "kind": card.line.kind.value}
            first["kind_typed"] = _(slots.KIND_LABELS[card.line.kind])
            draft = draft_of(self.desk, drafts.CALLBACK, card.line, **first)
        await self.app.push_screen(BookScreen(draft))


def _entries(card: Card) -> list[Entry]:
    """What can have happened to a callback in its state."""
    state, under_way = card.line.state, card.open_try
    entries = []
    if under_way is not None and under_way.ref:
        entries.append(Entry("R", _("Reached: it is done"), "reached"))
    if under_way is not None:
        entries.append(Entry("M", _("Missed: nobody was reached"), "missed"))
    if state in (State.BOOKED, State.MISSED, State.FAILED):
        entries.append(Entry("B", _("Book another time"), "again"))
    if state in (State.BOOKED, State.MISSED):
        priority = _("No priority any more") if card.line.priority else _("Priority: ring first")
        entries.append(Entry("P", priority, "priority"))
        entries.append(Entry("C", _("Cancel"), "cancel"))
    if state is not State.BOOKED:
        entries.append(Entry("U", _("Undo the last step"), "undo"))
    if card.line.person_id:
        entries.append(Entry("S", _("Safe contact: ask and write down"), "safe"))
        entries.append(Entry("H", _("History of the person"), "person"))
    return entries


def _page(card: Card, diary: Diary, today: dt.date) -> Text:
    line = card.line
    load = f"{line.load}/{diary.capacity}"
    booked = f"{when(local(card.booked_at), today)} {card.booked_by}"
    pairs = [
        (_("Ring back"), f"{appointment(line.slot)}, {_(slots.KIND_LABELS[line.kind])} ({load})"),
        (_("Person"), line.person_name or _("not given")),
        (_("Phone"), callback_words.phone(card)),
        (_("Reference"), line.ref),
        (_("Topic"), topics.by_code(card.topic).label(language()) if card.topic else ""),
        (_("Case reference"), card.case_ref),
        (_("What was asked"), card.question),
        (_("Speaks for"), third_party.words(card.acting_for, card.authority)),
        (_("Needs"), needs.words(card.needs)),
        (_("Note"), card.note),
        (_("Booked"), booked),
        (_("Beyond limits"), card.over_reason),
        (_(outcomes.CALL_REASON.label), card.call_reason),
        (_("Cancelled"), lists.worded(CancelReason, card.end_reason)),
        (_("Tries"), f"{line.tries}/{diary.attempts}"),
        *(("", callback_words.told(each, today)) for each in card.tries),
    ]
    page = Text()
    for label, value in pairs:
        if value:
            page.append(label.ljust(LABEL_WIDTH), style="bold")
            page.append(value.replace("\n", "\n" + " " * LABEL_WIDTH) + "\n")
    return page
