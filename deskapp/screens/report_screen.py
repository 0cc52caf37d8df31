"""A report as text: Enter asks for another, Left and Right turn to other days, F8 gives it away."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from deskapp.i18n import N_, _
from deskapp.screens.ask_line import AskLine
from deskapp.screens.base import Entry, says
from deskapp.screens.paper import Paper, PaperScreen
from deskapp.services import periods
from deskapp.services.days import Days

CSV, DAYS = "csv", "days"


class ReportScreen(PaperScreen):
    """Subclasses count, offer their reports, and say what a report is as a table."""

    KEYS: ClassVar[tuple[str, ...]] = ("report.choose", "form.save", "screen.back")
    WIDE: ClassVar[str] = N_("Enter: another report. Left and Right: another month. F8: save.")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "turn(-1)", show=False, priority=True),
        Binding("right", "turn(1)", show=False, priority=True),
    ]

    @property
    def days(self) -> Days:
        """The days that the report shown is about."""
        raise NotImplementedError

    def show_days(self, days: Days) -> None:
        """Show the report of other days.

        Raises:
            DeskError: If there is no report of them.
        """
        raise NotImplementedError

    @property
    def reports(self) -> list[Entry]:
        """What can be chosen besides other days."""
        raise NotImplementedError

    async def chosen(self, name: str) -> None:
        """Show one of ``reports``."""
        raise NotImplementedError

    def table(self) -> Paper | None:
        """The report as CSV, as it may leave the screen; None while there is none."""
        raise NotImplementedError

    # -- choosing -------------------------------------------------------------------------

    @says
    async def action_choose(self) -> None:
        """Ask which report."""
        entries = [*self.reports, Entry("R", _("Other days: type them"), DAYS)]
        await self.desk.ask(_("Which report?"), entries, self.report_chosen)

    @says
    async def report_chosen(self, name: str | None) -> None:
        """Show what was chosen, or ask for other days."""
        if name == DAYS:
            question = AskLine(_("Which days?"), _("Like 1 11 2026 to 15 11 2026, or one day"))
            await self.app.push_screen(question, self._days_typed)
        elif name:
            await self.chosen(name)

    @says
    async def _days_typed(self, text: str | None) -> None:
        if text:
            self.show_days(periods.read(text, today=self.desk.clock.today()))

    @says
    async def action_turn(self, by: int) -> None:
        """Go to the month before or after."""
        before, today = periods.month_before(self.days), self.desk.clock.today()
        self.show_days(before if by < 0 else periods.month_after(self.days, today=today))

    # -- where it goes --------------------------------------------------------------------

    @property
    def ways(self) -> list[Entry]:
        return [Entry("T", _("As a table: a CSV file"), CSV), *super().ways]

    @says
    async def way_chosen(self, way: str | None) -> None:
        """Do what was chosen with the report."""
        table = self.table() if way == CSV else None
        if table:
            await self.ask_file(table)
        else:
            await super().way_chosen(way)
