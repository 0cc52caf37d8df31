"""An article to read: headed sections one below the other, jumped through and searched."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rich.console import Group
from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static


class Line(NamedTuple):
    """A paragraph, or an item with its number or dash."""

    mark: str
    text: str


class Piece(NamedTuple):
    """A section as it is shown."""

    heading: str
    lines: tuple[Line, ...]


class ArticleView(VerticalScroll):
    """Shows sections; the arrow keys move, text is never markup."""

    DEFAULT_CSS = """
    ArticleView { height: 1fr; scrollbar-size-vertical: 1; }
    ArticleView > Static { height: auto; margin-bottom: 1; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._pieces: tuple[Piece, ...] = ()
        self._searched = ""
        self._hit = -1
        """The section that the search stands in."""

    def compose(self) -> ComposeResult:
        yield from ()

    async def show(self, pieces: Sequence[Piece], *, at: int = 0) -> None:
        """Show these sections, from the one with number ``at`` on."""
        self._pieces = tuple(pieces)
        async with self.batch():
            await self.remove_children()
            await self.mount_all(
                Static(_drawn(each, self._searched), markup=False) for each in pieces
            )
        if at:
            self.call_after_refresh(self.jump, at)

    @property
    def at(self) -> int:
        """Number of the section at the top."""
        tops = [child.virtual_region.y for child in self.children]
        above = [number for number, top in enumerate(tops) if top <= self.scroll_offset.y]
        return max(above, default=0)

    def jump(self, section: int) -> None:
        """Show a section at the top, by its number; below the last comes the first."""
        if self._pieces:
            child = self.children[section % len(self._pieces)]
            self.scroll_to(y=child.virtual_region.y, animate=False, force=True)

    def seek(self, words: str, *, further: bool = False) -> bool:
        """Mark ``words`` wherever they stand and go to the first place, or to the next one."""
        if words != self._searched:
            self._searched = words
            for child, piece in zip(self.query(Static), self._pieces, strict=True):
                child.update(_drawn(piece, words))
        having = [at for at, piece in enumerate(self._pieces) if words and _has(piece, words)]
        if not having:
            self._hit = -1
            return False
        begin = self._hit + 1 if further else max(self._hit, 0)
        self._hit = next((at for at in having if at >= begin), having[0])
        self.jump(self._hit)
        return True


def _has(piece: Piece, words: str) -> bool:
    texts = (piece.heading, *(line.text for line in piece.lines))
    return any(words.casefold() in text.casefold() for text in texts)


def _drawn(piece: Piece, searched: str) -> Group:
    """A heading, and lines that go on below their own words."""
    table = Table.grid(padding=(0, 1, 0, 0), pad_edge=False)
    if any(line.mark for line in piece.lines):
        table.add_column(no_wrap=True)
    table.add_column(ratio=1)
    for line in piece.lines:
        cells = [Text(line.mark), _marked(Text(line.text), searched)]
        table.add_row(*cells[-len(table.columns) :])
    heading = _marked(Text(piece.heading, style="bold"), searched)
    return Group(heading, table) if piece.heading else Group(table)


def _marked(text: Text, searched: str) -> Text:
    if searched:
        text.highlight_words([searched], "reverse", case_sensitive=False)
    return text
