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
from deskapp.errors import DeskError, Problem
from deskapp.i18n import N_, _, language, ngettext, number, when
from deskapp.screens.base import Entry, reads
from deskapp.screens.form_screen import FormScreen
from deskapp.services import contact_lines, contacts, lists, outcomes, persons, topics
from deskapp.services.contact_lines import ContactLine
from deskapp.services.contacts import ContactDraft, Span
from deskapp.services.drafts import Draft
from deskapp.services.paging import Want
from deskapp.widgets.choice import Choice, Offer
from deskapp.widgets.record_form import FormField, RecordForm

MINUTE = 60
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


class ContactScreen(FormScreen):
    """The running contact. F8 asks how it ended and saves; Esc parks."""

    HEADING: ClassVar[str] = N_("Contact")
    HELP: ClassVar[str] = N_(
        "Type the topic in any words, then who it is, what was asked and what was said. Leave out"
        " what you do not know: an anonymous caller is normal.\n\nF8 saves: it asks how the contact"
        " ended, one letter answers. F9 sets the outcome earlier. Esc parks the contact for later;"
        " nothing is thrown away. Ctrl+T discards one that was opened by mistake.\n\nNever write"
        " card numbers or answers to security questions."
    )
    KEYS: ClassVar[tuple[str, ...]] = (
        "form.save",
        "contact.outcome",
        "contact.park",
        "contact.discard",
    )

    def __init__(self, draft: Draft, interrupted_at: str = "") -> None:
        super().__init__(draft)
        self._interrupted_at = interrupted_at
        self._stated = ""
        self._history_of = ""

    def fields(self) -> Sequence[FormField]:
        return FIELDS

    def body(self) -> ComposeResult:
        yield Static(self._state(), id="state", markup=False)
        with Horizontal():
            yield from super().body()
            yield Static("", id="history", markup=False)
        yield Static(self._outcome_text(), id="outcome", markup=False)

    async def on_mount(self) -> None:
        await super().on_mount()
        self.set_interval(MINUTE, self._show_state)
        await self._show_added()
        self._follow_person()
        if self._interrupted_at:
            message = _("Interrupted at {time}. The time since then is not counted.")
            self.notify(message.format(time=self._interrupted_at), markup=False)

    async def relabel(self) -> None:
        await super().relabel()
        await self._show_added()
        self._history_of = ""
        self._follow_person()
        self.back_to_field()

    @property
    def untouched(self) -> bool:
        """Whether the officer typed nothing; the first channel and user type do not count."""
        given = {"channel", "channel_typed", "user_type", "user_type_typed"}
        return not any(value for name, value in self.draft.values.items() if name not in given)

    # -- the lines around the form --------------------------------------------------------

    def _state(self) -> str:
        values = self.draft.values
        minutes = self.spent_seconds // MINUTE if self.is_mounted else 0
        spent = ngettext("{count} minute", "{count} minutes", minutes)
        channel = lists.channel(values.get("channel", "")).label
        person = values.get("person_name") or _("not given")
        return " · ".join(
            (
                channel,
                spent.format(count=number(minutes)),
                person,
                _("public information only"),
            )
        )

    async def action_back(self) -> None:
        """Park the contact; when no more can be parked it stays the open one."""
        parked = self.untouched or not await self.desk.too_many_parked()
        if await self.leave(parked=parked):
            self.dismiss("")

    def _show_state(self) -> None:
        """Repaint the line above the form, when it says something new."""
        state = self._state()
        if state != self._stated:
            self._stated = state
            self.query_one("#state", Static).update(state)

    def _outcome_text(self) -> str:
        code = self.draft.values.get("outcome", "")
        if not code:
            return _("Outcome: none yet. F8 asks for it.")
        return _("Outcome: {label}").format(label=_(outcomes.by_code(code).label))

    async def _show_added(self) -> None:
        """Show the fields that the outcome must add."""
        code = self.draft.values.get("outcome", "")
        needs = outcomes.by_code(code).needs if code else ()
        fields = [
            FormField(f"add_{need.name}", need.label, hint=outcomes.hint(need)) for need in needs
        ]
        await self.form.set_added(fields, self.draft.values)
        self.query_one("#outcome", Static).update(self._outcome_text())

    def changed(self) -> None:
        self._show_state()
        self._follow_person()

    def _follow_person(self) -> None:
        person_id = self.draft.values.get("person_id", "")
        if person_id != self._history_of:
            self._history_of = person_id
            self.show_history(person_id)

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
    async def show_history(self, person_id: str) -> None:
        """Beside the form, where there is room: what the person contacted us about before."""
        lines: list[ContactLine] = []
        if person_id:
            want = Want(limit_rows=HISTORY_ROWS)
            page = await self.desk.store.read(
                contact_lines.of_person, want, person_id, user=self.desk.user
            )
            lines = page.lines
        self.query_one("#history", Static).update(_history(lines, self.desk.clock.today()))

    # -- outcome and saving ---------------------------------------------------------------

    async def action_outcome(self) -> None:
        """Ask how the contact ended, without saving yet."""
        await self._ask_outcome(self._ended)

    async def _ask_outcome(self, answered: Callable[[str | None], Awaitable[None]]) -> None:
        entries = [Entry(item.letter, _(item.label), item.code) for item in outcomes.offered()]
        await self.desk.ask(_("How did the contact end?"), entries, answered)

    async def _ended(self, code: str | None) -> None:
        """Keep the outcome and show what it must add."""
        if not code:
            return
        self.change(outcome=code)
        await self._show_added()
        for need in outcomes.by_code(code).needs[:1]:
            self.form.focus_field(f"add_{need.name}")

    async def _ended_and_save(self, code: str | None) -> None:
        await self._ended(code)
        if code and not outcomes.by_code(code).needs:
            await self.action_save()

    async def ready(self) -> bool:
        """Ask how it ended, when that is not known yet."""
        if self.problems(self.values):
            return True
        if not self.values.get("outcome"):
            await self._ask_outcome(self._ended_and_save)
            return False
        return await super().ready()

    def problems(self, values: Mapping[str, str]) -> list[Problem]:
        found = contacts.problems(ContactDraft.from_values(values), today=self.desk.clock.today())
        return [problem for problem in found if problem.field != "outcome"]  # ``ready`` asks for it

    def _span(self) -> Span:
        return Span(self.draft.started_at, self.desk.clock.now(), self.spent_seconds)

    async def save(self, values: Mapping[str, str]) -> str:
        line = await self.desk.store.write(
            contacts.log,
            self.draft.id,
            ContactDraft.from_values(values),
            span=self._span(),
            user=self.desk.user,
            nation=self.desk.nation,
        )
        self._saved_as = f"{line.ref} {_(outcomes.by_code(line.outcome).label)}"
        return line.id

    def saved(self, row_id: str) -> None:
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
