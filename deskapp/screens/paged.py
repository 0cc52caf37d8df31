"""A list that is read in pages: what every screen with a long list shares."""

from __future__ import annotations

from collections.abc import Hashable
from typing import ClassVar, NamedTuple

from textual import on

from deskapp.errors import DeskError
from deskapp.screens.base import DeskScreen, reads, says
from deskapp.services.paging import Want
from deskapp.widgets.record_list import Edge, RecordList, Row


class Rows(NamedTuple):
    """A page as it is shown."""

    rows: list[Row]
    more: bool = False
    about: int = 0
    """About how many rows the whole list has; 0 where nobody knows."""


class PagedScreen(DeskScreen[None]):
    """Subclasses read one page; asking, going to a place, renewing and opening are here."""

    OPENS: ClassVar[str] = ""
    """Kind of the records that Enter opens; their id is the key of the row, up to a colon."""

    words: str = ""
    """The words that the list shows the matches of; empty where it shows all."""

    async def read_page(self, want: Want, words: str) -> Rows:
        """The page, of what ``words`` find where there are any.

        Raises:
            DeskError: If it cannot be read.
        """
        raise NotImplementedError

    async def place_of(self, text: str, words: str) -> Want | None:
        """The page that begins where ``text``, typed in the list, leads; none while it is unclear.

        Asked only of a list with an ``order``.
        """
        return None

    def name_nothing(self, words: str) -> None:
        """Set what the list says when a page that was read has no rows."""

    @property
    def records(self) -> RecordList:
        """The list."""
        return self.query_one(RecordList)

    @property
    def subject(self) -> Hashable:
        """What the list is of; a page of something else comes too late."""
        return self.words

    async def show_first(self, words: str = "") -> None:
        """Show the list from its start; the cursor stays on its row while the words are the same.

        Raises:
            DeskError: If it cannot be read.
        """
        subject = self.subject
        page = await self.read_page(Want(), words)
        if subject != self.subject:
            return
        self.name_nothing(words)
        if words == self.words:
            self.records.renew(page.rows, more=page.more, about=page.about)
        else:
            self.records.show(page.rows, more=page.more, about=page.about)

    @on(RecordList.PageWanted)
    def _page_wanted(self, event: RecordList.PageWanted) -> None:
        self.turn_page(event.edge, Want.at(event.edge, event.place))

    @reads
    async def turn_page(self, edge: Edge, want: Want) -> None:
        """Read the page that the list asks for; dropped when it shows something else by then."""
        await self._turn(edge, want)

    @on(RecordList.Sought)
    def _sought(self, event: RecordList.Sought) -> None:
        self.go_to(event.text)

    @reads
    async def go_to(self, text: str) -> None:
        """Show the page that begins where the officer types to go."""
        want = await self.place_of(text, self.words)
        if want is not None:
            await self._turn("sought", want)

    async def _turn(self, edge: Edge, want: Want) -> None:
        subject = self.subject
        page = await self.read_page(want, self.words)
        if subject == self.subject:
            self.records.answer(edge, page.rows, more=page.more, about=page.about)

    def not_read(self, error: DeskError) -> None:
        super().not_read(error)
        self.records.unanswered()

    @on(RecordList.Chosen)
    @says
    async def _chosen(self, event: RecordList.Chosen) -> None:
        await self.choose(event.row)

    async def choose(self, row: Row) -> None:
        """Open the row under the cursor.

        Raises:
            DeskError: If it cannot be opened.
        """
        self.desk.open(self.OPENS, row.key.partition(":")[0])
