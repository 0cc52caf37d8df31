"""How long papers take: the turnaround table, narrowed down while one types."""

from __future__ import annotations

from typing import ClassVar

from textual import on

from deskapp import paths
from deskapp.i18n import N_, language, number
from deskapp.screens.base import says
from deskapp.screens.search_screen import SearchScreen
from deskapp.services import bank_holidays, turnaround
from deskapp.services.dates import Nation
from deskapp.services.turnaround import Process, Table
from deskapp.widgets.record_list import Column, RecordList, Row


class TurnaroundScreen(SearchScreen):
    """Process, office, working days, and the date of the figure; Enter says one to read out."""

    HEADING: ClassVar[str] = N_("Turnaround")
    HELP: ClassVar[str] = N_(
        "How many working days papers take, with the date of each figure. Say the date when you"
        " read one out: old figures may have changed. Type to narrow the list down. Enter says a"
        " line in words, with its source and the day of receipt up to which papers should be done."
        " Esc goes back to where you came from."
    )
    KEYS: ClassVar[tuple[str, ...]] = ("screen.back",)

    HINT: ClassVar[str] = N_("Process or form, like correspondence or EX160")
    EMPTY: ClassVar[str] = N_("No process matches. Try fewer letters.")
    COLUMNS: ClassVar[tuple[Column, ...]] = (
        Column(N_("Process")),
        Column(N_("Office"), 14),
        Column(N_("Work days"), 9),
        Column(N_("As of"), 33),
    )

    def on_screen_resume(self) -> None:
        self.search()

    async def show_matches(self, words: str) -> None:
        table = turnaround.in_force(paths.settings_folder())
        rows = [self._row(table, process) for process in turnaround.find(table, words)]
        self.records.show(rows, more=False)

    def _row(self, table: Table, process: Process) -> Row:
        return Row(
            process.id,
            (
                process.process[language()],
                process.office[language()],
                number(process.working_days),
                table.age(process, self.desk.clock.today()),
            ),
        )

    @on(RecordList.Chosen)
    @says
    async def _chosen(self, event: RecordList.Chosen) -> None:
        table = turnaround.in_force(paths.settings_folder())
        calendar = bank_holidays.in_force(paths.settings_folder())[Nation(self.desk.nation)]
        for process in table.processes:
            if process.id == event.row.key:
                sentence = turnaround.told(process, table, self.desk.clock.today(), calendar)
                told = f"{sentence}\n{process.source}"
                self.app.notify(told, markup=False, timeout=30)
