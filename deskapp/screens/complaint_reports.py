"""The figures of the complaints desk, and what they teach: a month at a time, or other days."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Static

from deskapp import paths
from deskapp.i18n import N_, _, number
from deskapp.screens.ask_line import AskLine
from deskapp.screens.base import Entry, says
from deskapp.screens.paper import Paper, PaperScreen
from deskapp.services import bank_holidays, periods
from deskapp.services.complaints import report, report_asked, report_export, report_text
from deskapp.services.complaints.figures import Counted
from deskapp.services.complaints.report import Place, Report
from deskapp.services.complaints.report_asked import BY_LABELS, Asked, By
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
CSV, DAYS, LESSONS = "csv", "days", "lessons"


class ComplaintReportsScreen(PaperScreen):
    """One report as text; Enter chooses another."""

    HEADING: ClassVar[str] = N_("Reports of complaints")
    HELP: ClassVar[str] = N_(
        "The figures of this month. Left and Right go to the month before and after; Enter asks"
        " for other days, for what they are broken down by, or for the lessons learned: one letter"
        " answers. On time is counted of the answers that were given in these days.\n\nF8 writes"
        " the page as text or CSV, copies it or prints it: what leaves the screen has its small"
        " counts hidden. What a member of staff is said to have done is in no report."
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

    @says
    async def action_choose(self) -> None:
        """Ask which report."""
        entries = [Entry(_LETTERS[by], _(label), by.value) for by, label in BY_LABELS.items()]
        entries += [
            Entry("L", _("Lessons learned: category, cause, site"), LESSONS),
            Entry("R", _("Other days: type them"), DAYS),
        ]
        await self.desk.ask(_("Which report?"), entries, self._chosen)

    async def _chosen(self, name: str | None) -> None:
        if name == DAYS:
            question = AskLine(_("Which days?"), _("Like 1 11 2026 to 15 11 2026, or one day"))
            await self.app.push_screen(question, self._days_typed)
        elif name == LESSONS:
            self._ask_for(replace(self.asked, by=By.SITE), lessons=True)
        elif name:
            self._ask_for(replace(self.asked, by=By(name)))

    @says
    async def _days_typed(self, text: str | None) -> None:
        if text:
            days = periods.read(text, today=self.desk.clock.today())
            asked = replace(self.asked, days=days)
            report_asked.check(asked, user=self.desk.user)
            self._ask_for(asked, lessons=self._lessons)

    def action_turn(self, by: int) -> None:
        """Go to the month before or after."""
        days, today = self.asked.days, self.desk.clock.today()
        before = periods.month_before(days)
        turned = before if by < 0 else periods.month_after(days, today=today)
        self._ask_for(replace(self.asked, days=turned), lessons=self._lessons)

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

    @property
    def ways(self) -> list[Entry]:
        return [Entry("T", _("As a table: a CSV file"), CSV), *super().ways]

    @says
    async def way_chosen(self, way: str | None) -> None:
        """Do what was chosen with the report."""
        if way != CSV or self._report is None:
            await super().way_chosen(way)
            return
        name = self._page(self._report, self._outside).name.removesuffix(".txt")
        text = report_export.as_csv(self._report, self._outside)
        await self.ask_file(Paper(text, f"{name}.csv"))
