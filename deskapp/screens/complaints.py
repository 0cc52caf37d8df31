"""The complaints desk: worklists, the most urgent first, and one box that finds a complaint."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import replace
from typing import ClassVar

from deskapp.i18n import N_, _
from deskapp.roles import Act, may
from deskapp.screens import complaint_desk, complaint_list, complaint_start
from deskapp.screens.base import Entry, says
from deskapp.screens.complaint_fields import category_items, lettered
from deskapp.screens.paged import Rows
from deskapp.screens.pick import Line, Pick
from deskapp.screens.worklists import Worklists
from deskapp.services import kinds, typed
from deskapp.services.complaints import finding, worklists
from deskapp.services.complaints.lists import Flag, Severity
from deskapp.services.complaints.worklists import EVERYTHING, Narrow, Which
from deskapp.services.lists import Jurisdiction
from deskapp.services.paging import Want
from deskapp.widgets.record_list import Column, Order

NONE = {
    Which.MINE: N_("No complaint waits for you. Ctrl+R shows another list, Ctrl+N logs one."),
    Which.UNASSIGNED: N_("Every open complaint has somebody who looks after it."),
    Which.OVERDUE: N_("No answer is late."),
    Which.DUE: N_("Nothing is due in the next days."),
    Which.ALERTS: N_("No alert waits for a team leader."),
    Which.CONFLICTS: N_("Nothing that two desks did clashes."),
    Which.UNACKNOWLEDGED: N_("Everybody who complained was told that it arrived."),
    Which.AWAITING_OPTIC: N_("Everything stands in OPTIC."),
}
"""What is said of an empty list; of the others ``EMPTY_LIST``."""
EMPTY_LIST = N_("There are no such complaints. Ctrl+R shows another list, Ctrl+N logs one.")
NARROWED = N_("There are none of these. Ctrl+R 0 shows all again.")
BY_DAY = frozenset(
    {Which.MINE, Which.TEAM, Which.UNASSIGNED, Which.OVERDUE, Which.DUE, Which.ALERTS}
    | {Which.CONFLICTS, Which.STAGE1, Which.STAGE2, Which.STAGE3}
)
"""Lists sorted by the day an answer is due."""


class ComplaintsScreen(Worklists):
    """Complaints; a team leader begins with those of the team, everybody else with their own."""

    HEADING: ClassVar[str] = N_("Complaints")
    HELP: ClassVar[str] = N_(
        "Complaints, the most urgent first: how many working days are left for the answer, or how"
        " late it is. About means that the bank holidays of those days are not known yet."
        " Left and Right go to another list, Ctrl+R to every list and to one category, severity,"
        " flag or jurisdiction only. Type in the box to find a complaint by its reference, a name,"
        " a case number, its OPTIC reference or words; Enter opens. In the list, type a day, such"
        " as 30/11, to go to what is due then. Ctrl+N logs a complaint."
    )
    KEYS: ClassVar[tuple[str, ...]] = ("list.pick", "complaint.new", "screen.back")
    LISTS: ClassVar[Mapping[str, tuple[str, str]]] = {
        Which.MINE: ("M", N_("Mine")),
        Which.TEAM: ("T", N_("Team")),
        Which.UNASSIGNED: ("N", N_("Nobody's")),
        Which.OVERDUE: ("V", N_("Overdue")),
        Which.DUE: ("D", N_("Due soon")),
        Which.ALERTS: ("A", N_("Alerts")),
        Which.UNACKNOWLEDGED: ("H", N_("Acknowledge")),
        Which.ANSWERED: ("S", N_("To close")),
        Which.AWAITING_OPTIC: ("O", N_("OPTIC")),
        Which.CLOSED: ("E", N_("Closed")),
    }
    ASIDE: ClassVar[Mapping[str, tuple[str, str]]] = {
        Which.STAGE1: ("1", N_("Stage 1: first answer")),
        Which.STAGE2: ("2", N_("Stage 2: review")),
        Which.STAGE3: ("3", N_("Stage 3: investigations team")),
        Which.CONFLICTS: ("K", N_("Conflicts of two desks")),
        Which.REDIRECTED: ("R", N_("Redirected")),
        Which.WITHDRAWN: ("W", N_("Withdrawn")),
        Which.DUPLICATE: ("P", N_("Duplicates")),
        Which.VOID: ("X", N_("Void")),
    }
    HINT: ClassVar[str] = N_("Reference, name, case, OPTIC reference or words")
    EMPTY: ClassVar[str] = N_("The complaints are being read.")
    COLUMNS: ClassVar[tuple[Column, ...]] = complaint_list.COLUMNS
    ORDER: ClassVar[Order] = "day"
    OPENS: ClassVar[str] = kinds.COMPLAINT

    def __init__(self, words: str = "") -> None:
        super().__init__(words)
        self._narrowed = EVERYTHING

    def on_mount(self) -> None:
        if may(self.desk.user, Act.MANAGE_COMPLAINTS):
            self.list_name = Which.TEAM

    def on_screen_resume(self) -> None:
        self.desk.store.warm()
        if not self.records.keep_place():
            self.search()

    # -- which list -----------------------------------------------------------------------

    @property
    def subject(self) -> Hashable:
        return self.words, self.list_name, self._narrowed

    def more_entries(self) -> list[Entry]:
        """What the list can be narrowed down to."""
        return [
            Entry("C", _("One category only"), "category"),
            Entry("G", _("Major or minor only"), "severity"),
            Entry("F", _("One flag only"), "flag"),
            Entry("J", _("One jurisdiction only"), "jurisdiction"),
            Entry("0", _("All of them again"), "all"),
        ]

    @says
    async def list_answered(self, answer: str | None) -> None:
        if answer == "all":
            self._narrow(EVERYTHING)
        elif answer == "category":
            found = [Line(code, label) for code, label in category_items("")]
            question = _("Which category?")
            await self.app.push_screen(Pick(question, found), self._category_picked)
        elif answer in ("severity", "flag", "jurisdiction"):
            choices = {"severity": Severity, "flag": Flag, "jurisdiction": Jurisdiction}[answer]

            async def picked(value: str | None) -> None:
                if value:
                    self._narrow(replace(self._narrowed, **{answer: value}))

            await self.desk.ask(_("Only which?"), lettered(choices), picked)
        else:
            await super().list_answered(answer)

    def _category_picked(self, code: str | None) -> None:
        if code:
            self._narrow(replace(self._narrowed, category=code))

    def _narrow(self, narrowed: Narrow) -> None:
        self._narrowed = narrowed
        self.show_list(self.list_name)

    # -- what is in it --------------------------------------------------------------------

    async def read_page(self, want: Want, words: str) -> Rows:
        asked, narrowed, which = self.subject, self._narrowed, Which(self.list_name)
        acting = await complaint_desk.acting_first(self.desk)
        read = self.desk.store.read
        if words:
            page = await read(finding.find, want, acting, words)
        else:
            page = await read(worklists.page, want, acting, which, narrowed=narrowed)
        if asked == self.subject:
            found = _("Every complaint with these words, the newest first") if words else ""
            self.say_lists(found, "" if words else _narrowed_words(narrowed))
            self.records.empty_text = self._empty_text(words)
        return Rows([complaint_list.row(line, acting) for line in page.lines], page.more)

    def _empty_text(self, words: str) -> str:
        if words:
            return self.NO_MATCH
        if self._narrowed != EVERYTHING:
            return NARROWED
        return NONE.get(Which(self.list_name), EMPTY_LIST)

    async def place_of(self, text: str, words: str) -> Want | None:
        if words or self.list_name not in BY_DAY:
            return None
        try:
            return worklists.from_day(typed.day(text, today=self.desk.clock.today()))
        except typed.NotUnderstoodError:
            return None

    @says
    async def action_new_complaint(self) -> None:
        """Show the form of a complaint, or take up the one begun before."""
        await complaint_start.begin(self.desk)


def _narrowed_words(narrowed: Narrow) -> str:
    """What a list is narrowed down to; empty for nothing."""
    words = (
        dict(category_items("")).get(narrowed.category, narrowed.category),
        *(
            kind(code).label
            for kind, code in (
                (Severity, narrowed.severity),
                (Flag, narrowed.flag),
                (Jurisdiction, narrowed.jurisdiction),
            )
            if code
        ),
    )
    told = ", ".join(filter(None, words))
    return _("Only: {what}").format(what=told) if told else ""
