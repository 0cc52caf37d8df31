"""A complaint before it is logged: what it is about, who complains, what happened."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from deskapp.data.ids import new_id
from deskapp.errors import Problem
from deskapp.i18n import N_, _, day, language
from deskapp.roles import Act, may
from deskapp.screens import complaint_desk, complaint_state
from deskapp.screens.ask_line import AskLine
from deskapp.screens.asking import Closed
from deskapp.screens.base import Entry, reads, saves, say_saved
from deskapp.screens.complaint_fields import category_items, lettered, one, several
from deskapp.screens.complaint_list import state
from deskapp.screens.complaint_more import LoggingMore
from deskapp.screens.picks import Options, finder
from deskapp.services import kinds, known, persons
from deskapp.services.casework import case_lists
from deskapp.services.complaints import act, categories, drafts, duplicates, log, told
from deskapp.services.complaints.categories import ALSO
from deskapp.services.complaints.drafts import ComplaintDraft
from deskapp.services.complaints.duplicates import Possible
from deskapp.services.complaints.events import Code
from deskapp.services.complaints.lines import ComplaintLine
from deskapp.services.complaints.lists import Authority, Channel, Severity
from deskapp.services.drafts import Draft
from deskapp.services.lists import Jurisdiction, UserType
from deskapp.text import compact
from deskapp.widgets.choice import Choice, Offer
from deskapp.widgets.record_form import FormField, RecordForm

DETAILS_ROWS = 4
ADDRESS_ROWS = 2
SURVIVOR = "survivor"
"""Name of the value that says of which complaint this one is a duplicate."""
GIVEN = frozenset(
    {"received_on", "channel", "channel_typed", "owner", "owner_typed", "user_type"}
    | {"user_type_typed", "from_table", "from_id"}
)
"""Values that stand in a form before anything is typed."""
SAME = {
    "case_key": N_("same case"),
    "phone_key": N_("same phone"),
    "email_key": N_("same email"),
    "name_key": N_("same name and postcode"),
}


class ComplaintFormScreen(LoggingMore):
    """A complaint that is being written. F8 asks for what is missing, and logs it."""

    HEADING: ClassVar[str] = N_("Log a complaint")
    HELP: ClassVar[str] = N_(
        "Type what it is about in any words or as a code, such as delay, staff or DEL; a comma"
        " before further ones. Then who complains, a summary for lists (no names, nothing of the"
        " case) and what happened, in their words. F8 logs it; what is still missing and has a"
        " list is asked for, a letter answers. Fields that a category asks for appear below the"
        " others.\n\nCtrl+R records more: what is not ours, somebody anonymous, a third party and"
        " their authority, staff it is about, flags, a loss, needs. The lines at the top say how"
        " the person may be reached.\n\nEsc keeps the form for later; Home shows it. Ctrl+T throws"
        " it away and asks why. No clock is shown before it is logged, but it counts from the day"
        " on which the complaint first reached any part of HMCTS."
    )
    KEYS: ClassVar[tuple[str, ...]] = ("form.save", "record.more", "form.park", "form.discard")

    def __init__(self, draft: Draft) -> None:
        super().__init__(draft)
        self._officers: Options = ()
        self._about = ("", "")
        """Person and case of what stands above the form."""
        self._shown_for: tuple[str, ...] = ()
        """Categories whose questions are on the screen."""
        self._stated = ""
        self._different = False
        """Whether the officer said that it is none of those that may be the same."""
        self._line: ComplaintLine | None = None

    # -- fields ---------------------------------------------------------------------------

    def fields(self) -> Sequence[FormField]:
        return (
            several(
                "categories",
                N_("About"),
                category_items,
                hint=N_("Any word or a code: delay, staff, DEL"),
            ),
            FormField(
                "person_id",
                N_("Who complains"),
                "choice",
                hint=N_("Full name; leave empty when anonymous"),
                typed_as="person_name",
                free=True,
            ),
            FormField("summary", N_("Summary"), hint=N_("One line for lists, without names")),
            FormField("details", N_("What happened"), "words", rows=DETAILS_ROWS),
            FormField(
                "owner",
                N_("Owner"),
                "choice",
                hint=N_("Empty for nobody yet"),
                typed_as="owner_typed",
                find=lambda text: finder(self._officers)(text),
                label_of=self._officer_name,
            ),
            FormField("received_on", N_("Received on"), hint=N_("Like today or 16 Nov")),
            FormField("received_time", N_("Received at"), hint=N_("Like 14:05; may be empty")),
            one("channel", N_("How it came"), Channel),
            FormField("case_ref", N_("Case reference")),
            one("jurisdiction", N_("Jurisdiction"), Jurisdiction),
            FormField("phone", N_("Phone"), card_check=False),
            FormField("email", N_("Email"), card_check=False),
            FormField("postcode", N_("Postcode")),
            FormField("address", N_("Address"), "words", rows=ADDRESS_ROWS),
            one("user_type", N_("Who they are"), UserType),
            one("severity", N_("Severity"), Severity, hint=N_("Empty: as the category says")),
        )

    def body(self) -> ComposeResult:
        yield Static(self._state(), id="state", markup=False)
        yield Static("", id="recorded", markup=False)
        yield from super().body()

    async def on_mount(self) -> None:
        await super().on_mount()
        await self.show_added()
        if self.draft.values.get("person_id"):
            self.form.conceal(known.REACHED_BY)  # until it is known whether it may be shown
        self.back_to_field()
        self._look_again()
        self.read_officers()

    @reads
    async def read_officers(self) -> None:
        """Who may look after it: a team leader gives it to anybody, an officer takes it."""
        user = self.desk.user
        officers = await self.desk.store.read(case_lists.officers, user=user)
        leads = may(user, Act.MANAGE_COMPLAINTS)
        self._officers = [each for each in officers if leads or each[0] == user.id]
        owner = self.values.get("owner", "")
        if owner not in ("", user.id):
            self.form.pick("owner", Offer(owner, self._officer_name(owner)))

    def _officer_name(self, officer_id: str) -> str:
        user = self.desk.user
        return {**dict(self._officers), user.id: user.name}.get(officer_id, "")

    async def relabel(self) -> None:
        await super().relabel()
        self._stated = ""
        await self.show_added()
        self.back_to_field()
        self._look_again()

    def on_screen_resume(self) -> None:
        if self.is_mounted:
            self._look_again()

    @property
    def untouched(self) -> bool:
        if self.draft.values.get("from_id"):
            return False  # what was carried over is words of the officer's own
        return not any(value for name, value in self.draft.values.items() if name not in GIVEN)

    @property
    def free_texts(self) -> list[str]:
        more = [spec.free_text for spec in self.more_fields() if spec.free_text]
        return [*super().free_texts, *more]

    # -- what stands around ---------------------------------------------------------------

    def _state(self) -> str:
        return complaint_state.lines(self.draft.values, self.known)

    def _show_state(self) -> None:
        now = self._state()
        if now != self._stated:
            self._stated = now
            self.query_one("#state", Static).update(now)
        recorded = complaint_state.recorded(self.draft.values, language())
        lines = self.query_one("#recorded", Static)
        lines.update(recorded)
        lines.set_class(bool(recorded), "-told")

    async def show_added(self) -> None:
        self._shown_for = tuple(self.codes)
        await self.form.set_added(self.more_fields(), self.draft.values)
        self._show_state()

    def changed(self) -> None:
        self._show_state()
        if self._shown_for != tuple(self.codes):
            self.renew_added()
        if self._about != self._asked_about():
            if self._about[0] != self._asked_about()[0]:
                self.known = None  # of somebody else
            self._look_again()

    @reads
    async def renew_added(self) -> None:
        """Show the questions of the categories that are picked now."""
        self.take()
        await self.show_added()

    def _asked_about(self) -> tuple[str, str]:
        values = self.draft.values
        return values.get("person_id", ""), compact(values.get("case_ref", ""))

    def _look_again(self) -> None:
        self._show_state()
        self.look(*self._asked_about())

    @reads
    async def look(self, person_id: str, case_key: str) -> None:
        """Show how to reach the person, and the markers of the person and the case."""
        today, user = self.desk.clock.today(), self.desk.user
        seen = await self.desk.store.read(known.about, person_id, case_key, today=today, user=user)
        self._about, self.known = (person_id, case_key), seen
        self.form.conceal(seen.withheld)
        self._show_state()

    @on(RecordForm.OffersWanted)
    def _offers_wanted(self, event: RecordForm.OffersWanted) -> None:
        if event.choice.name == "person_id":
            self.offer_persons(event.choice)

    @reads
    async def offer_persons(self, choice: Choice) -> None:
        """Offer persons already known whose name begins like what is typed."""
        found = await self.desk.store.read(persons.find, choice.text, user=self.desk.user)
        choice.offer([Offer(line.id, line.full_name, persons.hint(line)) for line in found])

    # -- saving ---------------------------------------------------------------------------

    async def every_problem(self, values: Mapping[str, str]) -> list[Problem]:
        return drafts.problems(ComplaintDraft.from_values(values), complaint_desk.acting(self.desk))

    def closed(self) -> Mapping[str, Closed]:
        yes_no = [Entry("Y", _("Yes"), "yes"), Entry("N", _("No"), "no")]
        anonymous = [
            Entry("A", _("Anonymous: no reply is owed"), "yes"),
            Entry("N", _("No, go back and enter the name"), ""),
        ]
        staff = [
            Entry("K", _("It is not known who it is about"), "yes"),
            Entry("E", _("Enter who it is about"), ""),
        ]
        return {
            "person_name": Closed(anonymous, sets="anonymous"),
            "about_staff": Closed(staff, sets="staff_unknown"),
            "channel": Closed(lettered(Channel)),
            "jurisdiction": Closed(lettered(Jurisdiction)),
            "severity": Closed(lettered(Severity)),
            "authority": Closed(lettered(Authority)),
            "loss_evidence": Closed(yes_no),
            "loss_direct": Closed(yes_no),
            **{
                ALSO + ask.name: Closed(yes_no)
                for ask in categories.asked_besides(self.codes)
                if ask.kind == "yes_no"
            },
        }

    async def ready(self) -> bool:
        return await super().ready() and not await self._ask_duplicates()

    async def _ask_duplicates(self) -> bool:
        """Ask whether it is one of those that may be the same; false when there is none."""
        if self.problems(self.values) or self._different:
            return False
        draft, acting = ComplaintDraft.from_values(self.values), complaint_desk.acting(self.desk)
        possible = await self.desk.store.read(duplicates.possible, draft, acting)
        if not possible:
            return False
        entries = [
            Entry(str(at), _offered(each, state(each.line, acting)), each.line.id)
            for at, each in enumerate(possible, 1)
        ]
        entries.append(Entry("L", _("None of these: log it"), "none"))

        async def answered(answer: str | None) -> None:
            if answer == "none":
                self._different = True
                await self.action_save()
            elif answer:
                await self._same(next(each.line for each in possible if each.line.id == answer))

        question = _("It may have been logged already. Is it one of these?")
        await self.desk.ask(question, entries, answered)
        return True

    async def _same(self, line: ComplaintLine) -> None:
        entries = [
            Entry("O", _("Open that one; this form is kept"), "open"),
            Entry("D", _("Log this one too, as a duplicate of it"), "duplicate"),
        ]

        async def answered(answer: str | None) -> None:
            if answer == "duplicate":
                self._different = True
                self.change(**{SURVIVOR: line.ref})
                await self.action_save()
            elif answer == "open" and await self.leave(parked=True):
                self.dismiss("")
                self.desk.open(kinds.COMPLAINT, line.id)

        await self.desk.ask(line.ref, entries, answered)

    async def save(self, values: Mapping[str, str]) -> str:
        acting, write = complaint_desk.acting(self.desk), self.desk.store.write
        draft = ComplaintDraft.from_values(values)
        self._line = await write(log.log, acting, self.draft.id, draft)
        if survivor := values.get(SURVIVOR):
            given, event_id = {"survivor": survivor}, new_id()
            await write(
                act.take, acting, self._line.id, Code.MARK_DUPLICATE, given, event_id=event_id
            )
        return self._line.id

    def saved(self, row_id: str) -> None:
        assert self._line is not None
        self.desk.last_saved = f"{self._line.ref} {self._line.summary}"
        say_saved(self.app, self._line.ref)

    # -- throwing away --------------------------------------------------------------------

    async def action_discard(self) -> None:
        """Throw the form away, with a reason; it is kept on this desk for a while."""
        if self.untouched or not await self.leave(parked=False):
            await self.action_back()
            return
        asked = AskLine(_("Why do you throw it away?"), _("Kept with your name and the time"))

        def answered(reason: str | None) -> None:
            if reason:
                self.discard(reason)

        await self.app.push_screen(asked, answered)

    @saves
    async def discard(self, reason: str) -> None:
        """Forget the form."""
        await self.flush()
        acting = complaint_desk.acting(self.desk)
        await self.desk.store.write(log.discard, acting, self.draft.id, reason)
        self.app.notify(_("Discarded."), markup=False)
        self.dismiss("")


def first_values(user_id: str, today: dt.date, channel: str) -> dict[str, str]:
    """What stands in a new complaint before anything is typed."""
    return {
        "received_on": day(today),
        "channel": channel,
        "user_type": UserType.NOT_GIVEN.value,
        "owner": user_id,
    }


def _offered(each: Possible, how: str) -> str:
    """A complaint that may be the same, in a line."""
    same = ", ".join(_(SAME[name]) for name in each.same)
    received = told.moment(each.line.received_at)
    return f"{each.line.ref}  {how}, {received}: {same}\n   {each.line.summary}"
