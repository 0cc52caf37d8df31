"""The figures of interpreter bookings, as they are published: a month at a time, or other days."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from textual.widgets import Static

from deskapp import paths
from deskapp.i18n import N_, _, number
from deskapp.roles import Act, require
from deskapp.screens.base import Entry, says
from deskapp.screens.paper import Paper
from deskapp.screens.report_screen import ReportScreen
from deskapp.services import periods
from deskapp.services.days import Days, check_days
from deskapp.services.interpreters import statistics_report, statistics_text
from deskapp.services.interpreters.settings import settings
from deskapp.services.interpreters.statistics_asked import BY_LABELS, Asked, By
from deskapp.services.interpreters.statistics_report import Counted, Report

LETTERS = {By.LANGUAGE: "L", By.MONTH: "M", By.QUARTER: "Q", By.KIND: "K", By.SITE: "O"}


class InterpreterReportsScreen(ReportScreen):
    """One report as text; Enter chooses another."""

    HEADING: ClassVar[str] = N_("Figures of interpreter bookings")
    HELP: ClassVar[str] = N_(
        "The figures of this month as they are published: of a hundred requests under the contract"
        " that the court did not cancel, how many were served; proven complaints; what was booked"
        " off contract. Where there is nothing to count a rate of, n/a stands.\n\nLeft and Right go"
        " to the month before and after; Enter asks for other days or for what they are broken"
        " down by. F8 writes the page as text or CSV, copies it or prints it."
    )

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
        check_days(asked.days, user=user)
        counted = Counted()
        for piece, month in enumerate(asked.days.months(), 1):
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

    @property
    def days(self) -> Days:
        return self.asked.days

    def show_days(self, days: Days) -> None:
        check_days(days, user=self.desk.user)
        self._ask_for(replace(self.asked, days=days))

    @property
    def reports(self) -> list[Entry]:
        return [Entry(LETTERS[by], _(label), by.value) for by, label in BY_LABELS.items()]

    async def chosen(self, name: str) -> None:
        self._ask_for(replace(self.asked, by=By(name)))

    def _ask_for(self, asked: Asked) -> None:
        self._asked = asked
        self.load()

    # -- where it goes --------------------------------------------------------------------

    def table(self) -> Paper | None:
        if self._report is None:
            return None
        return Paper(statistics_text.as_csv(self._report), f"{self.file_name}.csv")

    @says
    async def way_chosen(self, way: str | None) -> None:
        """Do what was chosen with the report; only leaders give figures away."""
        if way:
            require(self.desk.user, Act.MANAGE_BOOKINGS)
        await super().way_chosen(way)
