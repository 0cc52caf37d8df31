"""A box above a list that narrows down while one types: finding and the lists of every desk."""

from __future__ import annotations

from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.widgets import Input

from deskapp.errors import DeskError
from deskapp.i18n import N_, _
from deskapp.keys import HELP_SIGN
from deskapp.screens.base import reads
from deskapp.screens.found import waited_for
from deskapp.screens.paged import PagedScreen
from deskapp.widgets.editors import LineEditor
from deskapp.widgets.hand_over import hand_over
from deskapp.widgets.record_list import Column, Order, RecordList

MEANT_HERE = ("space", HELP_SIGN)
"""What a list does not give to its box."""


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
    FEWEST_LETTERS: ClassVar[int] = 1
    """From so many on it is searched."""
    ORDER: ClassVar[Order] = ""

    def __init__(self, words: str = "") -> None:
        super().__init__()
        self.words = words
        self._first_words = words
        self._enter_waits = False

    def body(self) -> ComposeResult:
        box = LineEditor(self._first_words, id="search", placeholder=_(self.HINT), compact=True)
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
        searched = len(words) >= self.FEWEST_LETTERS
        self.records.empty_text = self.NO_MATCH if searched else self.EMPTY
        self.records.look()
        await waited_for(self._show_matches(words), self.records.refresh)
        if self._enter_waits:
            self._enter_waits = False
            self._enter()

    async def _show_matches(self, words: str) -> None:
        """Show them, and say in the same breath of which words the list is now."""
        await self.show_first(words)
        self.words = words

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
        elif self.records.has_focus and event.is_printable and event.key not in MEANT_HERE:
            hand_over(event, self.box)

    def on_paste(self, event: events.Paste) -> None:
        """What is pasted over the list is searched for."""
        if self.records.has_focus:
            hand_over(event, self.box)
