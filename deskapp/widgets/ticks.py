"""Lines that a letter ticks: what was checked, what somebody needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Offset
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

MOST_ROWS = 14
"""More lines stand in two columns."""


class Tick(NamedTuple):
    """One line."""

    code: str
    letter: str
    label: str
    """Already translated."""


class TickList(Widget, can_focus=True):
    """A letter, or Space on the marked line, changes its mark; arrows go from line to line.

    A mark is a word in brackets before the line, so that nothing is told by colour alone.
    """

    DEFAULT_CSS = "TickList { height: auto; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "step(1)", show=False),
        Binding("up", "step(-1)", show=False),
        Binding("right", "step('column')", show=False),
        Binding("left", "step('back')", show=False),
    ]

    @dataclass
    class Ticked(Message):
        """The mark of a line changed."""

        code: str
        marks: dict[str, str]
        """Value of every line that has a mark, in the order of the lines."""

    def __init__(
        self, ticks: Sequence[Tick], words: Mapping[str, str], marks: Mapping[str, str]
    ) -> None:
        """Show lines.

        Args:
            ticks: The lines.
            words: Value of a mark -> the word shown for it, in the order a letter goes through.
            marks: Value of every line that has a mark.
        """
        super().__init__()
        self._ticks = list(ticks)
        self._words = {"": "", **words}
        self._marks = dict(marks)
        self._at = 0
        columns = 1 if len(self._ticks) <= MOST_ROWS else 2
        self._rows = -(-len(self._ticks) // columns)
        self.styles.height = self._rows

    def show(self, marks: Mapping[str, str]) -> None:
        """Set every mark."""
        self._marks = dict(marks)
        self.refresh()

    def on_focus(self) -> None:
        self._lead()

    def on_key(self, event: events.Key) -> None:
        """A letter changes the mark of its line, with or without Shift; Space that of this one."""
        pressed = (event.character or "").upper()
        if pressed == " ":
            event.stop()
            self.tick()
        for at, tick in enumerate(self._ticks):
            if pressed == tick.letter:
                event.stop()
                self._at = at
                self.tick()

    def action_step(self, by: int | str) -> None:
        """Mark another line."""
        step = {"column": self._rows, "back": -self._rows}.get(str(by)) or int(by)
        if 0 <= self._at + step < len(self._ticks):
            self._at += step
            self._lead()

    def tick(self) -> None:
        """Go to the next mark of the marked line; after the last it has none."""
        code, offered = self._ticks[self._at].code, list(self._words)
        value = offered[(offered.index(self._marks.get(code, "")) + 1) % len(offered)]
        marks = {**self._marks, code: value}
        self._marks = {each.code: marks[each.code] for each in self._ticks if marks.get(each.code)}
        self._lead()
        self.post_message(self.Ticked(code, dict(self._marks)))

    def _lead(self) -> None:
        """Put the hardware cursor on the marked line: speech and braille follow it."""
        column, row = divmod(self._at, self._rows)
        self.app.cursor_position = self.content_region.offset + Offset(column * self._width, row)
        self.refresh()

    @property
    def _width(self) -> int:
        """Cells of one column."""
        return self.size.width // -(-len(self._ticks) // self._rows)

    def render_line(self, y: int) -> Strip:
        """One line of every column."""
        segments, plain = [], self.rich_style
        for at in range(y, len(self._ticks), self._rows):
            style = Style(reverse=True) if at == self._at and self.has_focus else Style()
            text = set_cell_size(self._line(self._ticks[at]), self._width - 1)
            segments += [Segment(text, plain + style), Segment(" ", plain)]
        return Strip(segments).adjust_cell_length(self.size.width, plain)

    def _line(self, tick: Tick) -> str:
        widest = max(cell_len(word) for word in self._words.values())
        word = self._words[self._marks.get(tick.code, "")]
        return f"[{set_cell_size(word, widest)}] {tick.letter}  {tick.label}"
