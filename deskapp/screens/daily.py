"""The daily list: what must be done at this site today, by when and by whom."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult

from deskapp import paths
from deskapp.errors import DeskError
from deskapp.i18n import N_, _, number, weekday
from deskapp.screens.base import Entry, RecordScreen, reads, saves, says
from deskapp.screens.pick import Line, Pick
from deskapp.services import kinds
from deskapp.services.casework import allocation, cases, daily
from deskapp.services.casework.acting import Acting
from deskapp.services.casework.daily import DailyLine, Today
from deskapp.services.casework.shown import STATUS_LABELS, due_text
from deskapp.services.casework.values import overdue_from
from deskapp.services.casework.vocabulary import Status
from deskapp.services.casework.words import item_title
from deskapp.services.casework.worklist import ItemLine
from deskapp.widgets.record_list import Column, RecordList, Row
from deskapp.widgets.told import Told

ALLOCATE, CASE = "allocate", "case"


class DailyScreen(RecordScreen):
    """The lines of today; Enter marks one as done or gives it to somebody."""

    HEADING: ClassVar[str] = N_("Daily list")
    HELP: ClassVar[str] = N_(
        "What must be done here every working day. Ctrl+N opens the list of today. Enter on a line"
        " asks: done, not done, or who does it. The first colleague offered is the one with the"
        " least to do. When the day is over, Show its case leads to closing it; a line that must"
        " be done keeps it open unless a note says why.\n\nReports of cases show what was done in"
        " time, by whom, and what was missed."
    )
    KEYS: ClassVar[tuple[str, ...]] = ("list.new", "screen.back")

    def __init__(self) -> None:
        super().__init__()
        self._today: Today | None = None

    def body(self) -> ComposeResult:
        yield Told("", id="said", markup=False)
        yield RecordList(
            Column(N_("By"), 19),
            Column(N_("What")),
            Column(N_("Allocated to"), 18, optional=True),
            empty=N_("The list of today is not open yet. Ctrl+N opens it."),
        )

    def on_screen_resume(self) -> None:
        self.load()

    async def relabel(self) -> None:
        await super().relabel()
        self.load()

    @reads
    async def load(self) -> None:
        """Show the lines as they stand."""
        records = self.query_one(RecordList)
        records.focus()
        acting = await self.desk.acting()
        self._today = await self.desk.store.read(daily.today, acting)
        lines = self._today.lines if self._today else ()
        rules = daily.rules(paths.settings_folder()) if lines else []
        records.renew([self._row(line, acting, rules) for line in lines])
        left = sum(line.item.is_open for line in lines)
        told = _("{left} of {all} to do").format(left=number(left), all=number(len(lines)))
        words = f"{weekday(self.desk.clock.today())}  {told}" if lines else ""
        self.query_one("#said", Told).update(words)

    def _row(self, line: ItemLine, acting: Acting, rules: Sequence[DailyLine]) -> Row:
        assert self._today is not None
        item, due, overdue = line
        near = due_text(due.when, overdue_from(due.when), acting.now) if due else ""
        state = near if item.is_open else _(STATUS_LABELS[item.status])
        what = daily.text(item, rules) or item_title(self._today.facts, item)
        cells = (state, what, daily.by_whom(item))
        return Row(item.name, cells, mark="overdue" if overdue else "")

    # -- lines ----------------------------------------------------------------------------

    @says
    async def action_new_case(self) -> None:
        """Open the list of today."""
        if self._today is None:
            self.change(daily.open_day, daily.rules(paths.settings_folder()))

    @saves
    async def change(self, verb: Callable[..., Any], *given: object) -> None:
        """Do something with the list and show it again."""
        acting = await self.desk.acting()
        await self.desk.store.write(verb, acting, *given)
        self.load()

    def not_saved(self, error: DeskError) -> None:
        super().not_saved(error)
        self.load()  # another desk may have been faster

    @on(RecordList.Chosen)
    async def _chosen(self, event: RecordList.Chosen) -> None:
        assert self._today is not None
        item = event.row.key
        entries = [
            Entry("D", _("Done"), Status.DONE),
            Entry("N", _("Not done"), Status.NOT_DONE),
            Entry("A", _("Say who does it"), ALLOCATE),
            Entry("C", _("Show its case"), CASE),
        ]
        await self.desk.ask(event.row.cells[1], entries, partial(self._answered, item))

    async def _answered(self, item: str, answer: str | None) -> None:
        assert self._today is not None
        if answer == CASE:
            self.desk.open(kinds.CASE, self._today.case_id)
        elif answer == ALLOCATE:
            await self._pick_colleague(item)
        elif answer:
            self.change(cases.close_item, self._today.case_id, item, str(answer))

    @says
    async def _pick_colleague(self, item: str) -> None:
        acting = await self.desk.acting()
        found = await self.desk.store.read(daily.colleagues, acting)
        first = allocation.suggested(found)
        found.sort(key=lambda each: each != first)
        told = _("{name}, {count} to do")
        lines = [
            Line(each.name, told.format(name=each.name, count=number(each.open_items)))
            for each in found
        ]

        def picked(name: str | None) -> None:
            if name:
                self.change(daily.allocate, item, name)

        await self.app.push_screen(Pick(_("Who does it?"), lines), picked)
