"""Reads what Textual writes to the terminal, and keeps what the screen should show.

Source: design/thin_terminals.md, section 3.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from deskapp.terminal.grid import Grid
from deskapp.terminal.pen import PLAIN, after

# Text with its look is how nearly everything is written, so it is one piece.
_PIECES = re.compile(
    r"(?:\x1b\[(?P<look>[0-9;]*)m)?(?P<text>[^\x00-\x1f\x7f-\x9f]+)(?P<reset>\x1b\[0?m)?"
    r"|\x1b\[(?P<only_look>[0-9;]*)m"
    r"|\x1b\[(?P<numbers>[0-9;]*)(?P<move>[A-HJKdf])"
    r"|(?P<control>[\r\n\b])"
    r"|\x1b\[[0-?]*[ -/]*[@-~]|\x1b[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[ -/]*.|.",
    re.DOTALL,
)


class Paint:
    """The wanted screen, and the cursor and look of whoever writes to it."""

    def __init__(self, columns: int, rows: int) -> None:
        self.grid = Grid(columns, rows)
        self.column, self.row = 0, 0
        self.look = PLAIN
        self.touched: set[int] = set()
        """Rows that may have changed since somebody emptied this."""

    def read(self, written: str) -> Iterator[str]:
        """Take in ``written`` (whole sequences); yields, at its time, what is no painting."""
        for piece in _PIECES.finditer(written):
            kind = piece.lastgroup
            if kind in ("text", "reset"):
                if piece["look"] is not None:
                    self.look = after(self.look, piece["look"])
                self.touched.add(self.row)
                self.column = self.grid.write(self.column, self.row, piece["text"], self.look)
                if kind == "reset":
                    self.look = PLAIN
            elif kind == "only_look":
                self.look = after(self.look, piece["only_look"])
            elif kind == "move":
                self._move(piece["move"], _numbers(piece["numbers"]))
            elif kind == "control":
                self._control(piece["control"])
            else:
                yield piece[0]

    @property
    def cursor(self) -> tuple[int, int]:
        """Column and row of the cursor, on the screen."""
        return min(self.column, self.grid.columns - 1), self.row

    def resize(self, columns: int, rows: int) -> None:
        """Follow the terminal to another size."""
        self.grid.resize(columns, rows)
        self._go(self.column, self.row)

    def _go(self, column: int, row: int) -> None:
        self.column = max(0, min(column, self.grid.columns - 1))
        self.row = max(0, min(row, self.grid.rows - 1))

    def _control(self, control: str) -> None:
        if control == "\n" and self.row == self.grid.rows - 1:
            self.grid = self.grid.scrolled(0, self.row, 1)
            self.touched.update(range(self.grid.rows))
        elif control == "\n":
            self.row += 1
        # The line goes to the first column with each line feed, as Textual leaves it set.
        self.column = max(0, self.cursor[0] - 1) if control == "\b" else 0

    def _move(self, letter: str, numbers: list[int]) -> None:
        first = numbers[0]
        count = first or 1
        column, row = self.cursor
        if letter in "Hf":
            self._go((numbers[1] if len(numbers) > 1 else 1) - 1, count - 1)
        elif letter in "JK" and first <= 2:
            self._erase(letter, first)
        elif letter in "Gd":
            self._go(*((count - 1, row) if letter == "G" else (column, count - 1)))
        else:
            across = {"C": count, "D": -count}.get(letter, -column if letter in "EF" else 0)
            down = {"A": -count, "F": -count, "B": count, "E": count}.get(letter, 0)
            self._go(column + across, row + down)

    def _erase(self, letter: str, kind: int) -> None:
        """Erase in the row or on the screen: behind the cursor (0), before it (1), all (2)."""
        column, row = self.cursor
        columns, rows = self.grid.columns, self.grid.rows
        part = {0: (column, columns), 1: (0, column + 1), 2: (0, columns)}[kind]
        erased = {row: part}
        if letter == "J":
            others = {0: range(row + 1, rows), 1: range(row), 2: range(rows)}[kind]
            erased.update(dict.fromkeys(others, (0, columns)))
        for each, (start, end) in erased.items():
            self.grid.erase(each, start, end, self.look)
        self.touched.update(erased)


def _numbers(text: str) -> list[int]:
    return [int(each or 0) for each in text.split(";")]
