"""A contact while it runs: who asked what, what was said, how it ended."""

from __future__ import annotations

import datetime as dt
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Static

from deskapp.clock import local
from deskapp.errors import DeskError, FormProblemsError, Problem
from deskapp.i18n import N_, _, language, when
from deskapp.screens import abuse, callback_form, contact_state, hard_menu
from deskapp.screens.base import Entry, reads
from deskapp.screens.contact_more import RecordMore
from deskapp.screens.contact_texts import ContactTexts
from deskapp.services import (
    contact_lines,
    contacts,
    disclosure,
    dissatisfaction,
    hard_records,
    known,
    lists,
    outcomes,
    persons,
    repeats,
    third_party,
    topics,
)
from deskapp.services.call_clock import LONGEST, CallClock, Span
from deskapp.services.contact_lines import ContactLine
from deskapp.services.contacts import ContactDraft
from deskapp.services.drafts import Draft
from deskapp.services.paging import Want
from deskapp.text import compact
from deskapp.widgets.choice import Choice, Offer
from deskapp.widgets.record_form import FormField, RecordForm

HISTORY_ROWS = 8


def _topic_offers(text: str) -> list[Offer]:
    return [
        Offer(topic.code, topic.label(language()), topic.code)
        for topic in topics.find(text, language())
    ]


def _user_type_offers(text: str) -> list[Offer]:
    return [Offer(item.value, item.label) for item in lists.find(lists.UserType, text)]


def _channel_offers(text: str) -> list[Offer]:
    return [Offer(item.value, item.label) for item in lists.find(lists.Channel, text)]


FIELDS = (
    FormField(
        "topic",
        N_("Topic"),
        "choice",
        hint=N_("Type any word: fine, jury, bailiff, or Welsh"),
        typed_as="topic_typed",
        find=_topic_offers,
        label_of=lambda code: topics.by_code(code).label(language()),
    ),
    FormField(
        "person_id",
        N_("Person"),
        "choice",
        hint=N_("Full name; leave empty when not given"),
        typed_as="person_name",
        free=True,
    ),
    FormField("question", N_("What was asked"), "words", rows=3),
    FormField("answer", N_("What was said"), "words", rows=4),
    FormField("case_ref", N_("Case reference")),
    FormField("phone", N_("Phone")),
    FormField("email", N_("Email")),
    FormField("postcode", N_("Postcode")),
    FormField(
        "user_type",
        N_("Who they are"),
        "choice",
        typed_as="user_type_typed",
        find=_user_type_offers,
        label_of=lambda code: lists.user_type(code).label,
    ),
    FormField(
        "channel",
        N_("Channel"),
        "choice",
        typed_as="channel_typed",
        find=_channel_offers,
        label_of=lambda code: lists.channel(code).label,
    ),
)


class ContactScreen(ContactTexts, RecordMore):
    """The running contact. F8 asks how it ended and saves; Esc parks."""

    HEADING: ClassVar[str] = N_("Contact")
    HELP: ClassVar[str] = N_(
        "Type the topic in any words, then who it is, what was asked and what was said. Leave out"
        " what you do not know: an anonymous caller is normal.\n\nF8 saves: it asks how the contact"
        " ended, one letter answers. F9 sets the outcome earlier. Ctrl+R records more: identity"
        " check, needs, third party, Welsh service, hold. Ctrl+N puts in a short text, or copies the"
        " reply. Esc parks the contact for later; nothing"
        " is thrown away. Ctrl+T discards one that was opened by mistake.\n\nThe lines at the top"
        " say how much may be said and how the person may be reached. Never write card numbers or"
        " answers to security questions."
    )
    KEYS: ClassVar[tuple[str, ...]] = (
        "form.save",
        "contact.outcome",
        "contact.more",
        "contact.texts",
        "contact.park",
        "contact.discard",
    )

    def __init__(self, draft: Draft, interrupted_at: str = "") -> None:
        super().__init__(draft)
        self._interrupted_at = interrupted_at
        self._stated = ""
        self._about = ("", "", "")
        """Person, case and topic of what stands around the form."""
        self._another = False
        """Whether the officer said that this is no duplicate."""

    def fields(self) -> Sequence[FormField]:
        return FIELDS

    @property
    def shown_keys(self) -> tuple[str, ...]:
        """Those of the call first; the key line leaves out what does not fit from its end."""
        names = super().shown_keys
        return (*(name for name in names if name != "app.go"), "app.go")

    def body(self) -> ComposeResult:
        yield Static(self._state(), id="state", markup=False)
        yield Static("", id="recorded", markup=False)
        with Horizontal():
            yield from super().body()
            yield Static("", id="history", markup=False)
        yield Static(self._outcome_text(), id="outcome", markup=False)

    async def on_mount(self) -> None:
        if self._interrupted_at:
            self._tell_interruption()
        await super().on_mount()
        self.set_interval(contact_state.MINUTE, self._look_again)
        await self.show_added()
        if self.draft.values.get("person_id"):
            self.form.conceal(known.REACHED_BY)  # until it is known whether it may be shown
        self.back_to_field()
        self._look_again()

    def _tell_interruption(self) -> None:
        """Say when the form was lost; the gap can be counted, unless it makes no sense."""
        gap = self.desk.clock.now() - self.draft.updated_at
        if dt.timedelta(0) < gap <= LONGEST:
            self.interrupted_seconds = int(gap.total_seconds())
        message = _("Interrupted at {time}. The time since then is not counted.")
        self.notify(message.format(time=self._interrupted_at), markup=False)

    def on_screen_resume(self) -> None:
        """Another screen may have kept something about the person."""
        if self.is_mounted:
            self._look_again()

    async def relabel(self) -> None:
        await super().relabel()
        await self.show_added()
        self._stated = ""
        self._look_again()
        self.back_to_field()

    @property
    def untouched(self) -> bool:
        """Whether the officer typed nothing; the first channel and user type do not count."""
        given = {"channel", "channel_typed", "user_type", "user_type_typed"}
        return not any(value for name, value in self.draft.values.items() if name not in given)

    # -- the lines around the form --------------------------------------------------------

    def _state(self) -> str:
        spent = self.spent_seconds if self.is_mounted else 0
        return contact_state.lines(self.draft.values, self.known, spent)

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

    def _outcome_text(self) -> str:
        code = self.draft.values.get("outcome", "")
        if not code:
            return _("Outcome: none yet. F8 asks for it.")
        return _("Outcome: {label}").format(label=_(outcomes.by_code(code).label))

    async def show_added(self) -> None:
        """Show the fields that the outcome must add, and those of what was recorded."""
        code = self.draft.values.get("outcome", "")
        wanted = outcomes.by_code(code).needs if code else ()
        fields = [
            FormField(f"add_{need.name}", need.label, hint=outcomes.hint(need)) for need in wanted
        ]
        await self.form.set_added([*self.more_fields(), *fields], self.draft.values)
        self.query_one("#outcome", Static).update(self._outcome_text())
        self._show_state()

    def changed(self) -> None:
        self._show_state()
        if self._about != self._asked_about():
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
        if person_id:
            want = Want(limit_rows=HISTORY_ROWS)
            lines = (await read(contact_lines.of_person, want, person_id, user=user)).lines
        self._note_markers(seen, same=self._about[:2] == (person_id, case_key))
        self._about = (person_id, case_key, topic)
        self.known, self.repeat_of = seen, repeated.ref if repeated else ""
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

    # -- outcome and saving ---------------------------------------------------------------

    async def action_outcome(self) -> None:
        """Ask how the contact ended, without saving yet."""
        await self._ask_outcome(self._ended)

    async def _ask_outcome(self, answered: Callable[[str | None], Awaitable[None]]) -> None:
        """Offer the outcomes; what the contact itself suggests stands first."""
        self.take()
        suggested = self._suggested()
        offered = sorted(outcomes.offered(), key=lambda item: item.code not in suggested)
        entries = [Entry(item.letter, _(item.label), item.code) for item in offered]
        await self.desk.ask(_("How did the contact end?"), entries, answered)

    def _suggested(self) -> set[str]:
        """Outcomes that follow from what was recorded."""
        values = self.draft.values
        follows = {
            "NOID": disclosure.unconfirmed(disclosure.read(values.get("checked", ""))),
            "NAUT": not third_party.authorised(values.get("authority", "")),
            "CPL": dissatisfaction.felt(values.get("dissatisfied", "")),
        }
        return {code for code, is_so in follows.items() if is_so}

    async def _first_added(self, code: str) -> dict[str, str]:
        """What an outcome's fields begin with, where it is known already."""
        if code == "NOID":
            return {"add_tried": disclosure.asked(disclosure.read(self.values.get("checked", "")))}
        if code == outcomes.CALLBACK:
            return await callback_form.suggested(self.desk)
        if code in hard_records.OUTCOMES:
            return await self._record_of(code)
        return {}

    async def _record_of(self, code: str) -> dict[str, str]:
        """The record that was made during this contact, where an outcome must have one."""
        read, user = self.desk.store.read, self.desk.user
        ref = await read(hard_records.made_in, self.draft.id, code, user=user)
        return {"add_record": ref} if ref else {}

    async def record_made(self, ref: str) -> None:
        """Keep the record that was just made during this contact."""
        self.take()
        self.change(made=ref)
        code = self.draft.values.get("outcome", "")
        if code in hard_records.OUTCOMES and not self.draft.values.get("add_record"):
            self.change(**await self._record_of(code))
            await self.show_added()

    async def end_after_warning(self) -> None:
        """End the contact with somebody who was warned; the words used are to be written."""
        self.take()
        self.change(add_warned=_("Yes"))
        await self._ended("END")
        self.form.focus_field("answer")

    async def _ended(self, code: str | None) -> None:
        """Keep the outcome and show what it must add."""
        if not code:
            return
        values = self.values
        first = {
            name: text
            for name, text in (await self._first_added(code)).items()
            if not values.get(name)
        }
        clock = CallClock.of(values).end(self.spent_seconds, self.desk.clock.now())
        self.change(outcome=code, **first, **clock.values)
        await self.show_added()
        for need in outcomes.by_code(code).needs[:1]:
            self.form.focus_field(f"add_{need.name}")
        if code in hard_records.OUTCOMES and not self.values.get("add_record"):
            await hard_menu.lead(self.desk, code)

    async def _ended_and_save(self, code: str | None) -> None:
        await self._ended(code)
        has_record = code in hard_records.OUTCOMES and self.values.get("add_record")
        if code and (has_record or not outcomes.by_code(code).needs):
            await self.action_save()

    async def ready(self) -> bool:
        """Ask how it ended, when that is not known yet."""
        if self.problems(self.values):
            return True
        if not self.values.get("outcome"):
            await self._ask_outcome(self._ended_and_save)
            return False
        return not await self._ask_duplicate() and await super().ready()

    async def _ask_duplicate(self) -> bool:
        """Ask whether this is the contact that was saved minutes ago; false when there is none."""
        draft = ContactDraft.from_values(self.values)
        if self._another or draft.outcome in outcomes.UNCOUNTED:
            return False
        line = await self.desk.store.read(
            repeats.possible_duplicate,
            draft,
            started_at=self.draft.started_at,
            user=self.desk.user,
        )
        if line is None:
            return False
        entries = [
            Entry("A", _("Another contact: save it"), "another"),
            Entry("S", _("The same: save it as a duplicate"), line.ref),
        ]
        question = _("You saved {ref} about the same a few minutes ago. Is this the same contact?")
        await self.desk.ask(question.format(ref=line.ref), entries, self._duplicate_answered)
        return True

    async def _duplicate_answered(self, answer: str | None) -> None:
        if not answer:
            return
        if answer == "another":
            self._another = True
        else:
            self.change(outcome="DUP", add_survivor=answer)
            await self.show_added()
        await self.action_save()

    def problems(self, values: Mapping[str, str]) -> list[Problem]:
        found = contacts.problems(ContactDraft.from_values(values), today=self.desk.clock.today())
        return [problem for problem in found if problem.field != "outcome"]  # ``ready`` asks for it

    def _span(self) -> Span:
        clock = CallClock.of(self.draft.values)
        return clock.span(self.draft.started_at, self.spent_seconds, self.desk.clock.now())

    async def save(self, values: Mapping[str, str]) -> str:
        try:
            line = await self.desk.store.write(
                contacts.log,
                self.draft.id,
                ContactDraft.from_values(values),
                span=self._span(),
                user=self.desk.user,
                nation=self.desk.nation,
            )
        except FormProblemsError as error:
            await callback_form.offer_instead(self, error, values)
            raise
        self._saved_as = f"{line.ref} {_(outcomes.by_code(line.outcome).label)}"
        return line.id

    def saved(self, row_id: str) -> None:
        if self.draft.values.get("outcome") == "END":
            self.desk.call_later(abuse.after_ending, self.desk, row_id)
        self.desk.last_saved = self._saved_as
        self.app.notify(_("Saved {what}").format(what=self._saved_as), markup=False)

    async def action_discard(self) -> None:
        """Close a contact that should not have been opened; it stays in the list, with why."""
        if self.untouched:
            await self.action_back()
            return
        entries = [Entry(letter, _(label), _(label)) for letter, label in lists.DISCARD_REASONS]
        await self.desk.ask(_("Why do you discard it?"), entries, self._discard_answered)

    def _discard_answered(self, reason: str | None) -> None:
        if reason:
            self.discard(reason)

    @work(exclusive=True, group="save")
    async def discard(self, reason: str) -> None:
        """Save the contact as discarded."""
        self.saving = True
        draft = ContactDraft.from_values(self.values)
        try:
            await self.flush()
            await self.desk.store.write(
                contacts.discard,
                self.draft.id,
                draft,
                reason,
                span=self._span(),
                user=self.desk.user,
            )
        except DeskError as error:
            self.notify(str(error), severity="error", markup=False)
            self.save_failed()
            return
        self.app.notify(_("Discarded. It stays in the list of the day."), markup=False)
        self.dismiss("")


def _history(lines: Sequence[ContactLine], today: dt.date) -> str:
    if not lines:
        return ""
    told = [
        f"{when(local(line.started_at), today)}  {line.ref}\n"
        f"{topics.by_code(line.topic).label(language())}: {_(outcomes.by_code(line.outcome).label)}"
        for line in lines
    ]
    return "\n\n".join((_("Contacts before"), *told))


def first_values(channel: str) -> dict[str, str]:
    """What stands in a new contact before anything is typed."""
    return {"channel": channel, "user_type": lists.DEFAULT_USER_TYPE.value}
