"""The figures of the complaints desk, and what they teach: a month at a time, or other days."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from textual.widgets import Static

from deskapp import paths
from deskapp.i18n import N_, _, number
from deskapp.screens.base import Entry
from deskapp.screens.paper import Paper
from deskapp.screens.report_screen import ReportScreen
from deskapp.services import bank_holidays, periods
from deskapp.services.complaints import report, report_asked, report_export, report_text
from deskapp.services.complaints.figures import Counted
from deskapp.services.complaints.report import Place, Report
from deskapp.services.complaints.report_asked import BY_LABELS, Asked, By
from deskapp.services.days import Days, check_days
from deskapp.services.small_numbers import Mask

_LETTERS = {
    By.STAGE: "S",
    By.SITE: "O",
    By.JURISDICTION: "J",
    By.MONTH: "M",
    By.CATEGORY: "C",
    By.CAUSE: "U",
    By.CHANNEL: "H",
}
LESSONS = "lessons"


class ComplaintReportsScreen(ReportScreen):
    """One report as text; Enter chooses another."""

    HEADING: ClassVar[str] = N_("Reports of complaints")
    HELP: ClassVar[str] = N_(
        "The figures of this month. Left and Right go to the month before and after; Enter asks"
        " for other days, for what they are broken down by, or for the lessons learned: one letter"
        " answers. On time is counted of the answers that were given in these days.\n\nF8 writes"
        " the page as text or CSV, copies it or prints it: what leaves the screen has its small"
        " counts hidden. What a member of staff is said to have done is in no report."
    )

    def __init__(self) -> None:
        super().__init__()
        self._asked: Asked | None = None
        self._lessons = False
        self._report: Report | None = None

    @property
    def asked(self) -> Asked:
        """Which report is shown; at first this month by stage."""
        return self._asked or Asked(periods.month(self.desk.clock.today()))

    async def paper(self) -> Paper:
        """Count piece by piece, so that the store is free for others in between."""
        asked, read, user = self.asked, self.desk.store.read, self.desk.user
        counted, pieces = Counted(), 0
        after: Place | None = report.START
        while after is not None:
            pieces += 1
            self._say_progress(pieces)
            piece = await read(report.piece, asked, after, user=user)
            counted += piece.counted
            after = piece.after
        calendars = bank_holidays.in_force(paths.settings_folder())
        self._report = await read(
            report.put_together, asked, counted, calendars=calendars, user=user
        )
        self.query_one("#reading", Static).update(_(self.WIDE))
        return self._page(self._report, Mask())

    def _say_progress(self, piece: int) -> None:
        told = _("Counting: part {done}").format(done=number(piece))
        self.query_one("#reading", Static).update(told)

    def _page(self, shown: Report, mask: Mask) -> Paper:
        lines = report_text.lessons if self._lessons else report_text.lines
        text = "\n".join(lines(shown, mask, report_asked.rules(paths.settings_folder())))
        days, kind = shown.asked.days, LESSONS if self._lessons else shown.asked.by.value
        name = f"complaints-{days.first:%Y%m%d}-{days.last:%Y%m%d}-{kind}.txt"
        return Paper(f"{text}\n", name)

    # -- choosing -------------------------------------------------------------------------

    @property
    def days(self) -> Days:
        return self.asked.days

    def show_days(self, days: Days) -> None:
        check_days(days, user=self.desk.user)
        self._ask_for(replace(self.asked, days=days), lessons=self._lessons)

    @property
    def reports(self) -> list[Entry]:
        entries = [Entry(_LETTERS[by], _(label), by.value) for by, label in BY_LABELS.items()]
        return [*entries, Entry("L", _("Lessons learned: category, cause, site"), LESSONS)]

    async def chosen(self, name: str) -> None:
        lessons = name == LESSONS
        self._ask_for(replace(self.asked, by=By.SITE if lessons else By(name)), lessons=lessons)

    def _ask_for(self, asked: Asked, *, lessons: bool = False) -> None:
        self._asked, self._lessons = asked, lessons
        self.load()

    # -- where it goes --------------------------------------------------------------------

    @property
    def outgoing(self) -> Paper | None:
        return self._page(self._report, self._outside) if self._report else None

    @property
    def _outside(self) -> Mask:
        return report_asked.rules(paths.settings_folder()).outside

    def table(self) -> Paper | None:
        if self._report is None:
            return None
        name = self._page(self._report, self._outside).name.removesuffix(".txt")
        return Paper(report_export.as_csv(self._report, self._outside), f"{name}.csv")
