"""What stands around the form of a complaint: its fields, the person, markers, who may own it."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from deskapp.i18n import N_, language
from deskapp.roles import Act, may
from deskapp.screens import complaint_desk, complaint_state
from deskapp.screens.base import reads
from deskapp.screens.complaint_fields import category_items, one, several
from deskapp.screens.complaint_more import LoggingMore
from deskapp.screens.picks import Options, finder
from deskapp.services.casework import case_lists
from deskapp.services.complaints import device_clock, drafts
from deskapp.services.complaints.drafts import ComplaintDraft
from deskapp.services.complaints.lists import Channel, Severity
from deskapp.services.drafts import Draft
from deskapp.services.lists import Jurisdiction, UserType
from deskapp.services.persons import known, persons
from deskapp.text import compact
from deskapp.widgets.choice import Choice, Offer
from deskapp.widgets.form_field import FormField
from deskapp.widgets.record_form import RecordForm
from deskapp.widgets.told import Told

DETAILS_ROWS = 4
ADDRESS_ROWS = 2
GIVEN = frozenset(
    {"received_on", "channel", "channel_typed", "owner", "owner_typed", "user_type"}
    | {"user_type_typed", "from_table", "from_id"}
)
"""Values that stand in a form before anything is typed."""


class LoggingAround(LoggingMore):
    """The form of a complaint with what is known of whom it is about."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(draft)
        self._officers: Options = ()
        self._about = ("", "")
        """Person and case of what stands above the form."""
        self._shown_for: tuple[str, ...] = ()
        """Categories whose questions are on the screen."""
        self._stated = ""
        self._clock = ""
        """That the clock of this computer seems wrong, by which the receipt is dated."""

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
        yield Told(self._state(), id="state", markup=False)
        yield Told("", id="recorded", markup=False)
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
        """Who may look after it: a team leader gives it to anybody, an officer takes it.

        Whether the clock can be right is asked as well.
        """
        user = self.desk.user
        acting = complaint_desk.acting(self.desk)
        self._clock = await self.desk.store.read(device_clock.warning, acting)
        self._show_state()
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

    @property
    def _warnings(self) -> list[str]:
        """What should be looked at and stops no saving."""
        draft = ComplaintDraft.from_values(self.draft.values)
        told = drafts.warnings(draft, complaint_desk.acting(self.desk))
        return [*told, self._clock] if self._clock else told

    def _state(self) -> str:
        return complaint_state.lines(self.draft.values, self.known, self._warnings)

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
