"""A record to read: labels with what they hold, and headed parts below them; it scrolls."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import Console
from rich.text import Text
from textual.app import ComposeResult
from textual.containers import VerticalScroll

from deskapp.widgets.told import Told

LABEL_WIDTH = 16
"""Columns of the labels, unless one of them needs more."""
LABEL = "bold"
"""The style of labels, by which their lines are known."""
LETTER = f"{LABEL} reverse"
"""The style of letters that do something: a line of several is broken before a letter only."""
BETWEEN_LETTERS = "   "
FURTHER = 2
"""What goes on of an entry stands behind where the next entry begins."""
MOST_LABEL_WIDTH = 30
"""A longer label runs on into its value."""


class RecordPage(VerticalScroll):
    """Shows one record; the arrow keys move through a long one."""

    DEFAULT_CSS = """
    RecordPage { height: 1fr; scrollbar-size-vertical: 1; scrollbar-gutter: stable; }
    """

    def compose(self) -> ComposeResult:
        yield Told("", id="record", markup=False)

    def __init__(self, further: int = FURTHER) -> None:
        """``further``: columns by which what goes on is set in where nothing else says it."""
        super().__init__()
        self._further = further
        self._page = Text()

    def show(self, *parts: Text) -> None:
        """Show these parts, an empty line between them; empty ones are left out."""
        self._page = Text("\n").join(part for part in parts if part)
        self._lay_out()

    def on_resize(self) -> None:
        self._lay_out()

    def _lay_out(self) -> None:
        """Break long lines, so that what goes on stands below what it belongs to."""
        width = self.scrollable_content_region.width
        if width > 0:
            lines = self._page.split("\n", allow_blank=True)
            console = self.app.console
            laid = (part for line in lines for part in _hung(line, width, self._further, console))
            self.query_one("#record", Told).update(Text("\n").join(laid))


def _hung(line: Text, width: int, further: int, console: Console) -> Iterator[Text]:
    """A line within ``width`` columns; what goes on of it stands below its first word.

    What goes on beside a label stands below the value.
    """
    if line.cell_len <= width:
        yield line
        return
    letters = [each.start for each in line.spans if each.style == LETTER]
    if len(letters) > 1:
        for row in _rows(line.divide(letters[1:]), width):
            yield from _hung(row, width, further, console)
        return
    begins = [each.end for each in line.spans if each.start == 0 and each.style == LABEL]
    label = begins[0] if begins and begins[0] < len(line) else 0
    before = label or len(line.plain) - len(line.plain.lstrip())
    indent = min(before or further, width // 2)
    first, rest = line[:before], line[before:]
    if before > indent:  # the value stands below its long label
        yield first
        first = Text(" " * indent)
    for part in rest.wrap(console, width - indent):
        part.rstrip()
        yield first + part
        first = Text(" " * indent)


def _rows(pieces: Iterable[Text], width: int) -> Iterator[Text]:
    """Pieces in as few lines as they need; one that is too long has a line of its own."""
    row = Text()
    for piece in pieces:
        piece.rstrip()
        if row and row.cell_len + len(BETWEEN_LETTERS) + piece.cell_len > width:
            yield row
            row = Text()
        row = row + BETWEEN_LETTERS + piece if row else piece
    yield row


def labelled(given: Iterable[tuple[str, str]]) -> Text:
    """Labels, one below the other, with their values beside them; empty values are left out."""
    kept = [(label, value) for label, value in given if value]
    lengths = (min(len(label), MOST_LABEL_WIDTH) for label, _value in kept)
    width = max(LABEL_WIDTH, *lengths, 0) + 1
    part = Text()
    for label, value in kept:
        part.append(label.ljust(width - 1) + " ", style=LABEL)
        part.append(value.replace("\n", "\n" + " " * width) + "\n")
    return part


def headed(heading: str, lines: Iterable[str | Text]) -> Text:
    """Lines below a heading; nothing when there are none."""
    part = Text()
    for line in lines:
        if not part:
            part.append(f"{heading}\n", style="bold")
        part.append(line)
        part.append("\n")
    return part
