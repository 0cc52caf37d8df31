"""A box above a list that narrows down while one types: finding and the lists of every desk."""

from __future__ import annotations

from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.widgets import Input

from deskapp.errors import DeskError
from deskapp.i18n import N_, _
from deskapp.screens.base import reads
from deskapp.screens.found import LATE_SECONDS
from deskapp.screens.paged import PagedScreen
from deskapp.widgets.hand_over import hand_over
from deskapp.widgets.record_list import Column, Order, RecordList

LOOKING = N_("Looking...")
"""Stands in a list without rows while a search takes long; untranslated."""


class SearchScreen(PagedScreen):
    """The officer types in the box; Enter goes into the list, or opens the only match.

    Letters that mean nothing in the list go into the box.
    """

    HINT: ClassVar[str] = ""
    """Untranslated; stands in the empty box."""
    EMPTY: ClassVar[str] = ""
    """Untranslated; stands in the empty list."""
    COLUMNS: ClassVar[tuple[Column, ...]] = ()
    NO_MATCH: ClassVar[str] = N_("Nothing matches. Try fewer words.")
    """Untranslated; stands there instead when words are searched for."""
    ORDER: ClassVar[Order] = ""

    def __init__(self, words: str = "") -> None:
        super().__init__()
        self.words = words
        self._first_words = words
        self._enter_waits = False

    def body(self) -> ComposeResult:
        box = Input(self._first_words, id="search", placeholder=_(self.HINT), compact=True)
        box.cursor_blink = False
        yield box
        yield RecordList(*self.COLUMNS, empty=self.EMPTY, order=self.ORDER)

    @property
    def box(self) -> Input:
        """Where the officer types."""
        return self.query_one("#search", Input)

    async def relabel(self) -> None:
        self._first_words = self.box.value
        await super().relabel()
        self.search()

    @on(Input.Changed, "#search")
    def _typed(self) -> None:
        self._enter_waits = False
        self.search()

    @reads
    async def search(self) -> None:
        """Show what matches the box; a newer search replaces this one."""
        words = self.box.value.strip()
        late = self.set_timer(LATE_SECONDS, self._say_looking)
        try:
            await self.show_first(words)
        finally:
            late.stop()
        self.words = words
        if self._enter_waits:
            self._enter_waits = False
            self._enter()

    def _say_looking(self) -> None:
        """Say that it still looks, where nothing stands in the list."""
        self.records.empty_text = LOOKING
        self.records.refresh()

    def name_nothing(self, words: str) -> None:
        self.records.empty_text = self.NO_MATCH if words else self.EMPTY

    def not_read(self, error: DeskError) -> None:
        super().not_read(error)
        self.name_nothing(self.words)
        self._enter_waits = False

    @on(Input.Submitted, "#search")
    def _entered(self) -> None:
        """Act on what matches the words in the box, when that is known."""
        if self.box.value.strip() == self.words:
            self._enter()
        else:
            self._enter_waits = True

    def _enter(self) -> None:
        self.records.focus()
        if len(self.records.rows) == 1:
            self.records.action_choose()

    def find_here(self) -> bool:
        """F3: back into the box."""
        self.box.focus()
        return True

    def on_key(self, event: events.Key) -> None:
        """Down goes from the box into the list, a letter from the list into the box."""
        if event.key == "down" and self.box.has_focus:
            event.stop()  # or the list would move on to its second row
            self.records.focus()
        elif event.is_printable and event.key != "space" and self.records.has_focus:
            hand_over(event, self.box)

    def on_paste(self, event: events.Paste) -> None:
        """What is pasted over the list is searched for."""
        if self.records.has_focus:
            hand_over(event, self.box)
