"""F3: one box over the records of every desk, from every screen and back to it."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import ClassVar

from deskapp.errors import DeskError
from deskapp.i18n import N_
from deskapp.roles import Act, may
from deskapp.screens import case_list, contact_list, court, persons, records, turnaround
from deskapp.screens.base import reads
from deskapp.screens.found import waited_for
from deskapp.screens.paged import Rows
from deskapp.screens.search_screen import SearchScreen
from deskapp.services.paging import Want
from deskapp.widgets.record_list import Column, Row

DESKS = (
    persons.found,
    contact_list.found,
    case_list.found,
    turnaround.found,
    court.found,
)
"""What finds rows for words, in the order they are shown. Each asks what the role may see."""


class FindScreen(SearchScreen):
    """What matches: persons, then contacts, cases and courts; Enter opens."""

    HEADING: ClassVar[str] = N_("Find")
    HELP: ClassVar[str] = N_(
        "Type a name, a reference, a case number, a phone number, a postcode or a court. Courts are"
        " found by their old and Welsh names and codes too. Down goes into the list, Enter opens,"
        " Esc goes back to where you were; a form you were filling in is as you left it."
    )
    KEYS: ClassVar[tuple[str, ...]] = ("screen.back",)

    HINT: ClassVar[str] = N_("Person, contact, case or court")
    EMPTY: ClassVar[str] = N_("Type two letters or more. What is found appears here.")
    COLUMNS: ClassVar[tuple[Column, ...]] = (
        Column(N_("Kind"), 8),
        Column(N_("What was found")),
        Column(N_("More")),
    )

    async def read_page(self, want: Want, words: str) -> Rows:
        long_enough = len(words) > 1
        rows: list[Row] = []
        failed: dict[str, DeskError] = {}
        for found in DESKS if long_enough else ():
            answer = await waited_for(found(self.desk, words), partial(self._show_so_far, rows))
            if isinstance(answer, DeskError):
                failed[str(answer)] = answer
            else:
                rows += answer
        for reason in failed.values():
            self.not_read(reason)
        if not long_enough:
            self.records.empty_text = self.EMPTY
        return Rows(rows)

    def _show_so_far(self, rows: list[Row]) -> None:
        if rows:
            self.records.show(list(rows), more=False)

    def on_mount(self) -> None:
        self.call_after_refresh(self.read_schemes)

    @reads
    async def read_schemes(self) -> None:
        """Read what the first search of cases needs while the officer types."""
        if may(self.desk.user, Act.READ_CASES):
            with suppress(DeskError):  # said by the search
                await self.desk.acting()

    async def choose(self, row: Row) -> None:
        kind, _colon, row_id = row.key.partition(":")
        if kind in records.SCREENS:
            self.desk.open(kind, row_id)
