"""The figures of interpreter bookings, as they are published: a month at a time, or other days."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Static

from deskapp import paths
from deskapp.i18n import N_, _, number
from deskapp.roles import Act, require
from deskapp.screens.ask_line import AskLine
from deskapp.screens.base import Entry, says
from deskapp.screens.paper import Paper, PaperScreen
from deskapp.services import periods
from deskapp.services.interpreters import statistics_asked, statistics_report, statistics_text
from deskapp.services.interpreters.settings import settings
from deskapp.services.interpreters.statistics_asked import BY_LABELS, Asked, By
from deskapp.services.interpreters.statistics_report import Counted, Report

LETTERS = {By.LANGUAGE: "L", By.MONTH: "M", By.QUARTER: "Q", By.KIND: "K", By.SITE: "O"}
CSV, DAYS = "csv", "days"


class InterpreterReportsScreen(PaperScreen):
    """One report as text; Enter chooses another."""

    HEADING: ClassVar[str] = N_("Figures of interpreter bookings")
    HELP: ClassVar[str] = N_(
        "The figures of this month as they are published: of a hundred requests under the contract"
        " that the court did not cancel, how many were served; proven complaints; what was booked"
        " off contract. Where there is nothing to count a rate of, n/a stands.\n\nLeft and Right go"
        " to the month before and after; Enter asks for other days or for what they are broken"
        " down by. F8 writes the page as text or CSV, copies it or prints it."
    )
    KEYS: ClassVar[tuple[str, ...]] = ("report.choose", "form.save", "screen.back")
    WIDE: ClassVar[str] = N_("Enter: another report. Left and Right: another month. F8: save.")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "turn(-1)", show=False, priority=True),
        Binding("right", "turn(1)", show=False, priority=True),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._asked: Asked | None = None
        self._report: Report | None = None

    @property
    def asked(self) -> Asked:
        """Which report is shown; at first this month by language."""
        return self._asked or Asked(periods.month(self.desk.clock.today()))

    async def paper(self) -> Paper:
        """Count month by month, so that the store is free for others in between."""
        asked, user = self.asked, self.desk.user
        statistics_asked.check(asked, user=user)
        counted = Counted()
        for piece, month in enumerate(asked.months(), 1):
            told = _("Counting: part {done}").format(done=number(piece))
            self.query_one("#reading", Static).update(told)
            counted += await self.desk.store.read(statistics_report.piece, asked, month, user=user)
        self._report = statistics_report.put_together(asked, counted, user=user)
        self.query_one("#reading", Static).update(_(self.WIDE))
        target = settings(paths.settings_folder()).success_target_percent
        text = "\n".join(statistics_text.lines(self._report, target))
        return Paper(f"{text}\n", f"{self.file_name}.txt")

    @property
    def file_name(self) -> str:
        """Of a file of the report."""
        days = self.asked.days
        return f"interpreters-{days.first:%Y%m%d}-{days.last:%Y%m%d}-{self.asked.by}"

    # -- choosing -------------------------------------------------------------------------

    @says
    async def action_choose(self) -> None:
        """Ask which report."""
        entries = [Entry(LETTERS[by], _(label), by.value) for by, label in BY_LABELS.items()]
        entries.append(Entry("R", _("Other days: type them"), DAYS))
        await self.desk.ask(_("Which report?"), entries, self._chosen)

    async def _chosen(self, name: str | None) -> None:
        if name == DAYS:
            question = AskLine(_("Which days?"), _("Like 1 11 2026 to 15 11 2026, or one day"))
            await self.app.push_screen(question, self._days_typed)
        elif name:
            self._ask_for(replace(self.asked, by=By(name)))

    @says
    async def _days_typed(self, text: str | None) -> None:
        if text:
            days = periods.read(text, today=self.desk.clock.today())
            asked = replace(self.asked, days=days)
            statistics_asked.check(asked, user=self.desk.user)
            self._ask_for(asked)

    def action_turn(self, by: int) -> None:
        """Go to the month before or after."""
        days, today = self.asked.days, self.desk.clock.today()
        before = periods.month_before(days)
        turned = before if by < 0 else periods.month_after(days, today=today)
        self._ask_for(replace(self.asked, days=turned))

    def _ask_for(self, asked: Asked) -> None:
        self._asked = asked
        self.load()

    # -- where it goes --------------------------------------------------------------------

    @property
    def ways(self) -> list[Entry]:
        return [Entry("T", _("As a table: a CSV file"), CSV), *super().ways]

    @says
    async def way_chosen(self, way: str | None) -> None:
        """Do what was chosen with the report; only leaders give figures away."""
        if way:
            require(self.desk.user, Act.MANAGE_BOOKINGS)
        if way != CSV or self._report is None:
            await super().way_chosen(way)
            return
        await self.ask_file(Paper(statistics_text.as_csv(self._report), f"{self.file_name}.csv"))
