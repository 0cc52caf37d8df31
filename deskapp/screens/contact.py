"""A contact while it runs: who asked what, what was said, how it ended."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Static

from deskapp.clock import local
from deskapp.i18n import N_, _, language, when
from deskapp.keys import in_use
from deskapp.screens import contact_state
from deskapp.screens.base import reads, says
from deskapp.screens.contact_fields import FIELDS, first_values
from deskapp.screens.contact_script import OPEN, ScriptedContact
from deskapp.screens.contact_texts import ContactTexts
from deskapp.services.drafts import Draft
from deskapp.services.enquiries import contact_lines, outcomes, repeats, topics
from deskapp.services.enquiries.call_clock import LONGEST
from deskapp.services.enquiries.contact_line import ContactLine
from deskapp.services.paging import Want
from deskapp.services.persons import known, persons
from deskapp.text import compact
from deskapp.widgets.choice import Choice, Offer
from deskapp.widgets.form_field import FormField
from deskapp.widgets.record_form import RecordForm
from deskapp.widgets.told import Told

HISTORY_ROWS = 8
PAUSE_SECONDS = 0.4
"""When no key came for so long, what to say about the topic is shown: on a slow line the two lines
would go before what is typed."""
LOOKED_AGAIN_SECONDS = 60
"""How often what stands around the form is read again: another desk may know more by then."""


class ContactScreen(ContactTexts, ScriptedContact):
    """The running contact. F8 asks how it ended and saves; Esc parks."""

    HEADING: ClassVar[str] = N_("Contact")
    HELP: ClassVar[str] = N_(
        "Type the topic in any words, then who it is, what was asked and what was said. Leave out"
        " what you do not know: an anonymous caller is normal.\n\nF8 saves: it asks how the contact"
        " ended, one letter answers. F9 sets the outcome earlier. Ctrl+R records more: identity"
        " check, needs, third party, Welsh service, hold. Ctrl+N puts in a short text, or copies"
        " the reply. F5 opens a guided script: what to say and ask, step by step; the answers go"
        " into the form. Esc parks the contact for later; nothing is thrown away. Ctrl+T discards"
        " one that was opened by mistake.\n\nThe lines at the top say how much may be said and how"
        " the person may be reached. Never write card numbers or answers to security questions."
    )
    KEYS: ClassVar[tuple[str, ...]] = (
        "form.save",
        "contact.outcome",
        "record.more",
        "contact.script",
        "contact.texts",
        "form.park",
        "form.discard",
    )
    LEFT_TO_HELP: ClassVar[tuple[str, ...]] = ("app.go", "desk.new")

    def __init__(self, draft: Draft) -> None:
        super().__init__(draft)
        self._stated = ""
        self._said = ""
        self._advice: asyncio.TimerHandle | None = None
        self._about = ("", "", "")
        """Person, case and topic of what stands around the form."""

    def fields(self) -> Sequence[FormField]:
        return FIELDS

    def body(self) -> ComposeResult:
        yield Told(self._state(), id="state", markup=False)
        yield Told("", id="recorded", markup=False)
        with Horizontal():
            yield from super().body()
            yield Told("", id="history", markup=False)
        yield Told(self._says(), id="says", markup=False)
        yield Told(self._outcome_text(), id="outcome", markup=False)

    async def on_mount(self) -> None:
        if self.interrupted_at:
            self._tell_interruption()
        await super().on_mount()
        self.set_interval(LOOKED_AGAIN_SECONDS, self._look_again)
        await self.show_added()
        if self.draft.values.get("person_id"):
            self.form.conceal(known.REACHED_BY)  # until it is known whether it may be shown
        self.back_to_field()
        self._look_again()
        if self.draft.values.get(OPEN):
            self.call_later(self.action_script)

    def _tell_interruption(self) -> None:
        """Say when the form was lost; the gap can be counted, unless it makes no sense."""
        gap = self.desk.clock.now() - self.draft.updated_at
        if dt.timedelta(0) < gap <= LONGEST:
            self.interrupted_seconds = int(gap.total_seconds())
        message = _("Interrupted at {time}. The time since then is not counted.")
        self.notify(message.format(time=self.interrupted_at), markup=False)

    def on_screen_resume(self) -> None:
        """Another screen may have kept something about the person."""
        if self.is_mounted:
            self._look_again()

    async def relabel(self) -> None:
        await super().relabel()
        await self.show_added()
        self._stated = self._said = ""
        self._look_again()
        self.back_to_field()

    @property
    def untouched(self) -> bool:
        """Whether the officer typed and chose nothing: two lists begin with what is usual."""
        first, values = first_values(self.desk.settings.channel), self.draft.values
        if any(values.get(name, usual) != usual for name, usual in first.items()):
            return False
        given = {*first, "channel_typed", "user_type_typed"}
        return not any(value for name, value in values.items() if name not in given)

    # -- the lines around the form --------------------------------------------------------

    def _state(self) -> str:
        spent = self.spent_seconds if self.is_mounted else 0
        return contact_state.lines(self.draft.values, self.known, spent)

    @says
    async def action_back(self) -> None:
        """Park the contact; when no more can be parked it stays the open one."""
        parked = self.untouched or not await self.desk.too_many_parked()
        if await self.leave(parked=parked):
            self.dismiss("")

    def _show_state(self) -> None:
        """Repaint the lines above the form, when they say something new."""
        state = self._state()
        if state != self._stated:
            self._stated = state
            self.query_one("#state", Static).update(state)
        ref = self.draft.values.get("repeat_ref", self.repeat_of)
        recorded = contact_state.recorded(self.draft.values, ref)
        lines = self.query_one("#recorded", Static)
        lines.update(recorded)
        lines.set_class(bool(recorded), "-told")
        if self._advice is not None:
            self._advice.cancel()
        if self._says() != self._said:
            after = asyncio.get_running_loop().call_later
            self._advice = after(PAUSE_SECONDS, self.call_later, self._advise)

    def _advise(self) -> None:
        if self.stands:  # else it is asked for again, when its widgets are there
            self._said = self._says()
            self.query_one("#says", Static).update(self._said)

    def _says(self) -> str:
        """What to say or do about the topic, until it is known how the contact ends."""
        topic = self.draft.values.get("topic", "")
        if not topic or self.draft.values.get("outcome"):
            return ""
        return in_use(topics.by_code(topic).says[language()], self.shown_keys)

    def _outcome_text(self) -> str:
        code = self.draft.values.get("outcome", "")
        if not code:
            return _("Outcome: none yet. F8 asks for it.")
        return _("Outcome: {label}").format(label=_(outcomes.by_code(code).label))

    @property
    def free_texts(self) -> list[str]:
        more = [spec.free_text for spec in self.more_fields() if spec.free_text]
        added = [name for name in self.values if name.startswith(outcomes.ADDED)]
        return [*super().free_texts, *more, *added]  # also those of an earlier outcome

    async def show_added(self) -> None:
        """Show the fields that the outcome must add, and those of what was recorded."""
        code = self.draft.values.get("outcome", "")
        wanted = outcomes.by_code(code).needs if code else ()
        if self._asks_call_reason:
            wanted = (*wanted, outcomes.CALL_REASON)
        fields = [
            FormField(f"add_{need.name}", need.label, hint=outcomes.hint(need)) for need in wanted
        ]
        await self.form.set_added([*self.more_fields(), *fields], self.draft.values)
        self.query_one("#outcome", Static).update(self._outcome_text())
        self._show_state()

    @property
    def _asks_call_reason(self) -> bool:
        """Whether a callback is promised to somebody who said not to be rung."""
        promised = self.draft.values.get("outcome") == outcomes.CALLBACK
        return promised and self.known is not None and not self.known.safe.may_call

    def changed(self) -> None:
        self._show_state()
        if self._about != self._asked_about():
            if self._about[0] != self._asked_about()[0]:
                self.known = None  # of somebody else
            self._look_again()

    def _asked_about(self) -> tuple[str, str, str]:
        values = self.draft.values
        case_key = compact(values.get("case_ref", ""))
        return values.get("person_id", ""), case_key, values.get("topic", "")

    def _look_again(self) -> None:
        """Read what is known of the person and the case: a marker may just have arrived."""
        self._show_state()
        self.look(*self._asked_about())

    # -- persons --------------------------------------------------------------------------

    @on(RecordForm.OffersWanted)
    def _offers_wanted(self, event: RecordForm.OffersWanted) -> None:
        if event.choice.name == "person_id":
            self.offer_persons(event.choice)

    @reads
    async def offer_persons(self, choice: Choice) -> None:
        """Offer persons already known whose name begins like what is typed."""
        known = await self.desk.store.read(persons.find, choice.text, user=self.desk.user)
        choice.offer([Offer(line.id, line.full_name, persons.hint(line)) for line in known])

    @reads
    async def look(self, person_id: str, case_key: str, topic: str) -> None:
        """Show how to reach the person, markers, the contact this one repeats, and the history."""
        read, user, today = self.desk.store.read, self.desk.user, self.desk.clock.today()
        seen = await read(known.about, person_id, case_key, today=today, user=user)
        before = self.draft.started_at
        repeated = await read(repeats.earlier, person_id, case_key, topic, before=before, user=user)
        lines: list[ContactLine] = []
        want = Want(limit_rows=HISTORY_ROWS)
        if person_id:
            lines = (await read(contact_lines.of_person, want, person_id, user=user)).lines
        elif case_key:
            lines = (await read(contact_lines.of_case, want, case_key, user=user)).lines
        self._note_markers(seen, same=self._about[:2] == (person_id, case_key))
        self._about = (person_id, case_key, topic)
        asked = self._asks_call_reason
        self.known, self.repeat_of = seen, repeated.ref if repeated else ""
        if asked is not self._asks_call_reason:
            self.take()
            await self.show_added()
            self.back_to_field()
        self.form.conceal(seen.withheld)
        self._show_state()
        self.query_one("#history", Static).update(_history(lines, today))

    def _note_markers(self, seen: known.Known, *, same: bool) -> None:
        """Keep which markers stood on the screen; say those that arrive during the contact."""
        codes = self.draft.values.get("markers_seen", "").split()
        fresh = [banner for banner in seen.banners if banner.code not in codes]
        if fresh:
            self.take()
            self.change(markers_seen=" ".join((*codes, *(banner.code for banner in fresh))))
        if same and self.known is not None:
            for banner in fresh:
                self.notify(banner.words, severity="warning", markup=False)


def _history(lines: Sequence[ContactLine], today: dt.date) -> str:
    if not lines:
        return ""
    told = [
        f"{when(local(line.started_at), today)}  {line.ref}\n"
        f"{topics.by_code(line.topic).label(language())}: {_(outcomes.by_code(line.outcome).label)}"
        for line in lines
    ]
    return "\n\n".join((_("Contacts before"), *told))
