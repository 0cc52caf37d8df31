"""The reports of schemes: one as a table, its periods one after the other, and into a file."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Static

from deskapp import paths
from deskapp.i18n import N_, _, day, number
from deskapp.screens.ask_line import AskLine
from deskapp.screens.base import Entry, says
from deskapp.screens.paper import Paper, PaperScreen
from deskapp.screens.pick import Line, Pick
from deskapp.services import exports, periods, table_lines
from deskapp.services.casework import extract, report_rules, reports, sampling
from deskapp.services.casework.counted import Subject
from deskapp.services.casework.reports import Table
from deskapp.services.casework.values import ONE_DAY
from deskapp.services.casework.vocabulary import Period
from deskapp.services.casework.words import shown
from deskapp.services.days import Days
from deskapp.services.small_numbers import Mask

CSV, OUTSIDE, DAYS = "csv", "outside", "days"
EXTRACT = "extract"
"""In place of a report: a line for each case of whoever agreed to evaluation."""
PIECE = 100
"""Families that are folded at once; others read the store in between."""


class CaseReportsScreen(PaperScreen):
    """One report of a scheme; Enter chooses another."""

    HEADING: ClassVar[str] = N_("Reports of cases")
    HELP: ClassVar[str] = N_(
        "Enter lists every report of every scheme; type a word of one, such as curfew log. A"
        " report about a period shows the present one; Left and Right go to the period before and"
        " after, and Enter also takes other days that you type. F8 writes the table as CSV or text,"
        " copies it or prints it. For readers outside the site names are left out and small numbers"
        " hidden."
    )
    KEYS: ClassVar[tuple[str, ...]] = ("report.choose", "form.save", "screen.back")
    WIDE: ClassVar[str] = N_("Enter: another report. Left and Right: another period. F8: save.")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "turn(-1)", show=False, priority=True),
        Binding("right", "turn(1)", show=False, priority=True),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._asked: tuple[str, str] | None = None
        """Scheme and report."""
        self._back = 0
        """How many periods before the present one."""
        self._typed: Days | None = None
        """The days that were typed in place of a period."""

    async def paper(self) -> Paper:
        if self._asked is None:
            self.call_after_refresh(self.action_choose)
            return Paper(_("Enter lists the reports."), "reports.txt")
        table = await self._table()
        return Paper(_text(table), f"{'-'.join(self._asked)}.txt")

    async def _table(self, outside: Mask | None = None) -> Table:
        """The report that is asked for; with ``outside`` as others may read it."""
        assert self._asked is not None
        acting = await self.desk.acting()
        scheme, report = self._asked
        if report == EXTRACT:
            return await self.desk.store.read(extract.of, acting, scheme)
        known = {(scheme.id, each.id): each for scheme, each in reports.known(acting)}
        first, last = _days(known[self._asked].period, self.desk.clock.today(), self._back)
        if self._typed:
            first, last = self._typed.first, self._typed.last
        asked = reports.ask(acting, scheme, report, first=first, last=last)
        subjects: list[Subject] = []
        families = await self.desk.store.read(reports.families, asked)
        for begin in range(0, len(families), PIECE):
            self._say_progress(begin, len(families))
            among = families[begin : begin + PIECE]
            subjects += await self.desk.store.read(reports.counted_in, acting, asked, among)
        await self.desk.store.write(reports.keep_views, acting, asked, subjects)
        self.query_one("#reading", Static).update(_(self.WIDE))
        return reports.table(asked, subjects, outside)

    def _say_progress(self, done: int, of: int) -> None:
        """Say how far it is; Esc leaves, and another report or period begins anew."""
        if of > PIECE:
            told = _("Counting: {done} of {all}. Esc leaves.")
            words = told.format(done=number(done), all=number(of))
            self.query_one("#reading", Static).update(words)

    @says
    async def action_choose(self) -> None:
        """Ask which report, by a word of its name or of its scheme."""
        acting = await self.desk.acting()
        lines = [
            Line(f"{scheme.id}:{each.id}", f"{shown(scheme.label)}: {shown(each.label)}")
            for scheme, each in reports.known(acting)
        ]
        name = _("{scheme}: extract for evaluation")
        lines += [
            Line(f"{each.id}:{EXTRACT}", name.format(scheme=shown(each.label)))
            for each in extract.offered(acting)
        ]
        lines.sort(key=lambda line: line.label.casefold())
        if self._asked:
            lines.insert(0, Line(DAYS, _("Other days for this report: type them")))
        await self.app.push_screen(Pick(_("Which report?"), lines), self._chosen)

    async def _chosen(self, name: str | None) -> None:
        if name == DAYS:
            hint = _("Like 1 11 2026 to 15 11 2026, or one day")
            await self.app.push_screen(AskLine(_("Which days?"), hint), self._days_typed)
        elif name:
            scheme, _colon, report = name.partition(":")
            self._asked, self._back, self._typed = (scheme, report), 0, None
            self.load()

    @says
    async def _days_typed(self, text: str | None) -> None:
        if text:
            self._typed = periods.read(text, today=self.desk.clock.today())
            self.load()

    def action_turn(self, by: int) -> None:
        """Go to the period before or after; none is later than the present one."""
        self._back, self._typed = max(0, self._back - by), None
        self.load()

    # -- where it goes --------------------------------------------------------------------

    @property
    def ways(self) -> list[Entry]:
        table = [
            Entry("T", _("As a table: a CSV file"), CSV),
            Entry("O", _("The same for readers outside the site"), OUTSIDE),
        ]
        return [*table, *super().ways]

    @says
    async def action_save(self) -> None:
        """Ask where the report is to go, once there is one."""
        if self._asked:
            await super().action_save()

    @says
    async def way_chosen(self, way: str | None) -> None:
        """Do what was chosen with the report."""
        if way not in (CSV, OUTSIDE) or self._asked is None:
            await super().way_chosen(way)
            return
        mask = report_rules.outside(paths.settings_folder()) if way == OUTSIDE else None
        table = await self._table(mask)
        text = exports.as_csv(table.header, table.rows)
        await self.ask_file(Paper(text, f"{'-'.join(self._asked)}.csv"))


def _days(
    period: Period | None, today: dt.date, back: int
) -> tuple[dt.date | None, dt.date | None]:
    """The first and the last day of a period so many before the present one."""
    if period is None:
        return None, None
    first, last = sampling.days_of(sampling.period_of(period, today))
    for _step in range(back):
        first, last = sampling.days_of(sampling.period_of(period, first - ONE_DAY))
    return first, last


def _text(table: Table) -> str:
    """Title, days and lines of a report."""
    head = [table.title]
    if table.span:
        first, last = map(day, table.span)
        head.append(_("{first} to {last}").format(first=first, last=last))
    lines = table_lines.lines(table.header, table.rows) if table.rows else ()
    return "\n".join([*head, "", *(lines or [_("There is nothing to count.")])]) + "\n"
