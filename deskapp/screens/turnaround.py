"""How long papers take: the turnaround table, narrowed down while one types."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from deskapp import paths
from deskapp.errors import DeskError
from deskapp.i18n import N_, _, language, number
from deskapp.screens.found import finds, rows
from deskapp.screens.paged import Rows
from deskapp.screens.search_screen import SearchScreen
from deskapp.services import bank_holidays
from deskapp.services.dates import Nation
from deskapp.services.enquiries import turnaround
from deskapp.services.enquiries.turnaround import Process, Table
from deskapp.services.paging import Want
from deskapp.widgets.record_list import Column, Row

if TYPE_CHECKING:
    from deskapp.app import DeskApp


@finds
async def found(_desk: DeskApp, words: str) -> list[Row]:
    """How long the papers take that the words name, for Find; Enter shows the list of them."""
    try:
        table = turnaround.in_force(paths.settings_folder())
    except DeskError as error:
        return rows("papers", _("Papers"), [(words, str(error), "")])
    processes = turnaround.find(table, words)
    named = [(each.process[language()], turnaround.days_words(each)) for each in processes]
    return rows("papers", _("Papers"), [(words, *name_and_days) for name_and_days in named])


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
    EMPTY: ClassVar[str] = SearchScreen.NO_MATCH
    COLUMNS: ClassVar[tuple[Column, ...]] = (
        Column(N_("Process")),
        Column(N_("Office"), 14),
        Column(N_("Work days"), 9),
        Column(N_("As of"), 33),
    )

    def on_screen_resume(self) -> None:
        self.search()

    async def read_page(self, want: Want, words: str) -> Rows:
        table = turnaround.in_force(paths.settings_folder())
        return Rows([self._row(table, each) for each in turnaround.find(table, words)])

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

    async def choose(self, row: Row) -> None:
        table = turnaround.in_force(paths.settings_folder())
        calendar = bank_holidays.in_force(paths.settings_folder())[Nation(self.desk.nation)]
        for process in table.processes:
            if process.id == row.key:
                sentence = turnaround.told(process, table, self.desk.clock.today(), calendar)
                told = f"{sentence}\n{process.source}"
                self.app.notify(told, markup=False, timeout=30)
