"""Lists and figures of the jury desk, to read, print or write as text and CSV."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import ClassVar

from deskapp.i18n import N_, _
from deskapp.screens import jury_desk
from deskapp.screens.base import Entry, says
from deskapp.screens.paper import Paper
from deskapp.screens.pick import Line, Pick
from deskapp.screens.report_screen import ReportScreen
from deskapp.services import periods
from deskapp.services.days import Days
from deskapp.services.jury import report_paper, reports, trial_lines
from deskapp.services.jury.report_table import OF_A_DAY, OF_A_TRIAL, Asked, Kind, Report
from deskapp.services.paging import Want

LETTERS = {
    Kind.SUMMARY: "S",
    Kind.DUE: "D",
    Kind.ATTENDING: "A",
    Kind.NOT_IN: "I",
    Kind.NOT_OUT: "O",
    Kind.UNCONFIRMED: "U",
    Kind.ABSENCES: "B",
    Kind.ON_CALL: "L",
    Kind.NEXT: "N",
    Kind.TRIAL: "T",
    Kind.SLIPS: "P",
    Kind.AUDIT: "J",
    Kind.UNPAID: "Y",
    Kind.BANK: "K",
    Kind.CASH: "C",
    Kind.FIGURES: "F",
}
ALL = "all"
_MOST_TRIALS = 200


class JuryReportsScreen(ReportScreen):
    """One report as text; Enter chooses another."""

    HEADING: ClassVar[str] = N_("Jury lists and figures")
    HELP: ClassVar[str] = N_(
        "A list or figures of the jury desk; first the summary of the day in force. Enter asks for"
        " another one, or for other days: a letter answers. Left and Right go to the day before and"
        " after, or to the month before and after where a report is about a month.\n\nF8 writes the"
        " page as text, the table as CSV, copies the page or prints it. The file is for you alone;"
        " it names jurors, so do not leave it about. Barcodes are printed as *number*, as the"
        " barcode font wants them."
    )
    WIDE: ClassVar[str] = N_("Enter: another report. Left and Right: other days. F8: print or save")

    def __init__(self, kind: str = "", trial_id: str = "") -> None:
        super().__init__()
        self._first = Kind(kind) if kind else Kind.SUMMARY
        self._trial_id = trial_id
        self._asked: Asked | None = None
        self._report: Report | None = None

    @property
    def asked(self) -> Asked:
        """Which report is shown; at first the summary of the day in force."""
        if self._asked is None:
            return Asked(self._first, self._usual_days(self._first), self._trial_id)
        return self._asked

    def _usual_days(self, kind: Kind) -> Days:
        on = self.desk.jury_day or self.desk.clock.today()
        return periods.day(on) if kind in OF_A_DAY | OF_A_TRIAL else periods.month(on)

    async def paper(self) -> Paper:
        who = await jury_desk.acting_first(self.desk)
        self._report = await self.desk.store.read(reports.read, who, self.asked)
        text = "\n".join(report_paper.lines(self._report))
        return Paper(f"{text}\n", report_paper.file_name(self._report))

    # -- choosing -------------------------------------------------------------------------

    @property
    def days(self) -> Days:
        return self.asked.days

    def show_days(self, days: Days) -> None:
        self._ask_for(replace(self.asked, days=days))

    @property
    def reports(self) -> list[Entry]:
        return [Entry(LETTERS[kind], kind.label, kind.value) for kind in Kind]

    async def chosen(self, name: str) -> None:
        kind = Kind(name)
        if kind in OF_A_TRIAL:
            await self._pick_trial(kind)
            return
        same_shape = (kind in OF_A_DAY) == (self.asked.kind in OF_A_DAY)
        self._ask_for(Asked(kind, self.days if same_shape else self._usual_days(kind)))

    @says
    async def _pick_trial(self, kind: Kind) -> None:
        """Ask which trial; slips are made for those in waiting too."""
        who = await jury_desk.acting_first(self.desk)
        want = Want(limit_rows=_MOST_TRIALS)
        listed = (await self.desk.store.read(trial_lines.page, want, who)).lines
        lines = [Line(each.id, " ".join(filter(None, (each.number, each.name)))) for each in listed]
        if kind is Kind.SLIPS:
            lines.insert(0, Line(ALL, _("Everybody who is checked in and in waiting")))

        def picked(trial_id: str | None) -> None:
            if trial_id:
                days = self._usual_days(kind)
                self._ask_for(Asked(kind, days, "" if trial_id == ALL else trial_id))

        await self.app.push_screen(Pick(_("Which trial?"), lines), picked)

    @says
    async def action_turn(self, by: int) -> None:
        """Go to the day or the month before or after."""
        if self.asked.kind in OF_A_DAY:
            self.show_days(periods.day(self.days.last + dt.timedelta(days=by)))
        elif self.asked.kind not in OF_A_TRIAL:
            await super().action_turn(by)

    def _ask_for(self, asked: Asked) -> None:
        self._asked = asked
        self.load()

    # -- where it goes --------------------------------------------------------------------

    def table(self) -> Paper | None:
        if self._report is None:
            return None
        name = report_paper.file_name(self._report).removesuffix(".txt")
        return Paper(report_paper.as_csv(self._report), f"{name}.csv")
