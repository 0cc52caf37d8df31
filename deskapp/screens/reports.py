"""The figures of the enquiry desk: for which days, by what, of whom; into a file when wanted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import VerticalScroll

from deskapp import paths
from deskapp.errors import DeskError
from deskapp.i18n import N_, _, number
from deskapp.roles import Act, may
from deskapp.screens.ask_line import AskLine
from deskapp.screens.base import DeskScreen, Entry, reads, saves, says
from deskapp.services import exports, periods
from deskapp.services.days import Days
from deskapp.services.enquiries import (
    enquiry_figures,
    enquiry_reports,
    report_export,
    report_table,
    report_text,
)
from deskapp.services.enquiries.enquiry_asked import BY_LABELS, Asked, By
from deskapp.services.enquiries.enquiry_figures import Groups
from deskapp.services.enquiries.report_table import Report
from deskapp.services.small_numbers import Mask
from deskapp.widgets.told import Told

_DAYS: dict[str, tuple[str, str, Callable[[dt.date], Days]]] = {
    "today": ("T", N_("Today"), periods.day),
    "week": ("W", N_("This week"), periods.week),
    "month": ("M", N_("This month"), periods.month),
}
"""Letter, label and range of the days that are asked for most."""
_LETTERS = {
    By.CHANNEL: "C",
    By.TOPIC: "P",
    By.OUTCOME: "U",
    By.USER_TYPE: "Y",
    By.LANGUAGE: "L",
    By.DAY: "D",
    By.HALF_HOUR: "H",
    By.SITE: "S",
    By.TEAM: "E",
    By.OFFICER: "O",
}
TYPED, OWN = "typed", "own"


class ReportsScreen(DeskScreen[None]):
    """One report as text; Enter chooses another, F8 writes it to a file."""

    HEADING: ClassVar[str] = N_("Reports")
    HELP: ClassVar[str] = N_(
        "The figures of the enquiry desk. Enter asks which days and what they are broken down by;"
        " one letter answers. Up and Down, PgUp and PgDn move through the page. F8 writes the"
        " report to a file that only you can read: text, or CSV when its name ends in .csv. In a"
        " file small counts are hidden; what is on the screen stays on the site."
    )
    KEYS: ClassVar[tuple[str, ...]] = ("report.choose", "form.save", "screen.back")

    def __init__(self) -> None:
        super().__init__()
        self._asked: Asked | None = None
        self._report: Report | None = None

    def body(self) -> ComposeResult:
        yield Told("", id="reading", markup=False)
        with VerticalScroll():
            yield Told("", id="report", markup=False)

    @property
    def asked(self) -> Asked:
        """Which report is shown; at first the contacts of today by channel."""
        return self._asked or Asked(periods.day(self.desk.clock.today()))

    def on_mount(self) -> None:
        self.load()

    async def relabel(self) -> None:
        await super().relabel()
        self.load()

    # -- reading --------------------------------------------------------------------------

    @reads
    async def load(self) -> None:
        """Count piece by piece, so that the store is free for others in between."""
        asked, user = self.asked, self.desk.user
        self.query_one(VerticalScroll).focus()
        enquiry_reports.check(asked, user=user)
        rules = enquiry_reports.rules(paths.settings_folder())
        groups: Groups = {}
        pieces = list(enquiry_reports.pieces(asked))
        for done, piece in enumerate(pieces):
            self._say_progress(done, len(pieces))
            found = await self.desk.store.read(
                enquiry_reports.count, asked, piece, rules, user=user
            )
            enquiry_figures.add(groups, found)
        today = self.desk.clock.today()
        self._report = await self.desk.store.read(
            report_table.put_together, asked, groups, user=user, today=today
        )
        self._show(self._report)

    def not_read(self, error: DeskError) -> None:
        super().not_read(error)
        self.query_one("#reading", Told).update("")

    def _say_progress(self, done: int, pieces: int) -> None:
        told = _("Counting: part {done} of {all}")
        words = told.format(done=number(done + 1), all=number(pieces))
        self.query_one("#reading", Told).update(words)

    def _show(self, report: Report) -> None:
        lines = report_text.lines(report, Mask(), self._own_name)
        self.query_one("#report", Told).update("\n".join(lines))
        self.query_one("#reading", Told).update(_("Enter chooses days and columns. F8 saves."))

    @property
    def _own_name(self) -> str:
        return self.desk.user.name if self.asked.own else ""

    # -- choosing -------------------------------------------------------------------------

    async def action_choose(self) -> None:
        """Ask which days, what they are broken down by, and whose contacts."""
        days = [Entry(letter, _(label), name) for name, (letter, label, _days) in _DAYS.items()]
        every = may(self.desk.user, Act.READ_OFFICER_FIGURES)
        broken_down = [
            Entry(letter, _(BY_LABELS[by]), by.value)
            for by, letter in _LETTERS.items()
            if every or by not in enquiry_reports.ABOUT_OFFICERS
        ]
        whose = _("Contacts of everybody") if self.asked.own else _("Only my own contacts")
        typed = Entry("R", _("Other days: type them"), TYPED)
        entries = [*days, typed, *broken_down, Entry("I", whose, OWN)]
        await self.desk.ask(_("Which report?"), entries, self._chosen)

    async def _chosen(self, name: str | None) -> None:
        if name == TYPED:
            question = AskLine(_("Which days?"), _("Like 1 11 2026 to 15 11 2026, or one day"))
            await self.app.push_screen(question, self._days_typed)
        elif name == OWN:
            self._ask_for(replace(self.asked, own=not self.asked.own))
        elif name in _DAYS:
            days = _DAYS[name][2](self.desk.clock.today())
            self._ask_for(replace(self.asked, days=days))
        elif name:
            self._ask_for(replace(self.asked, by=By(name)))

    @says
    async def _days_typed(self, text: str | None) -> None:
        if text:
            days = periods.read(text, today=self.desk.clock.today())
            self._ask_for(replace(self.asked, days=days))

    def _ask_for(self, asked: Asked) -> None:
        self._asked = asked
        self.load()

    # -- writing --------------------------------------------------------------------------

    async def action_save(self) -> None:
        """Ask for the name of a file and write the report there."""
        if self._report is None:
            return
        days = self._report.asked.days
        name = f"enquiries-{days.first:%Y%m%d}-{days.last:%Y%m%d}-{self._report.asked.by}.txt"
        hint = _("Text, or CSV when the name ends in .csv. Small counts are hidden.")
        await self.app.push_screen(AskLine(_("Write to which file?"), hint, name), self._named)

    def _named(self, name: str | None) -> None:
        if name:
            self.write(exports.path_of(name))

    @saves
    async def write(self, path: Path, *, overwrite: bool = False) -> None:
        """Write the report with small counts hidden; ask before a file is replaced."""
        assert self._report is not None
        mask = enquiry_reports.outside(self._report.asked, paths.settings_folder())
        if path.suffix.lower() == ".csv":
            text = report_export.as_csv(self._report, mask)
        else:
            text = "\n".join([*report_text.lines(self._report, mask, self._own_name), ""])
        try:
            exports.write(path, text, overwrite=overwrite)
        except exports.FileThereError as error:
            await self._ask_replace(path, str(error))
        else:
            told = _("Written to {file}. Only you can read it.").format(file=path)
            self.app.notify(told, markup=False)

    async def _ask_replace(self, path: Path, reason: str) -> None:
        entries = [Entry("R", _("Replace the file"), "replace"), Entry("N", _("No, keep it"), "")]

        def answered(yes: str | None) -> None:
            if yes:
                self.write(path, overwrite=True)

        await self.desk.ask(reason, entries, answered)
