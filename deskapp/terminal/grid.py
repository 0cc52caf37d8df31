"""What stands on a screen: a letter and a look for each cell.

A wide letter owns two cells: itself, and an empty text to its right. Combining marks belong to the
letter before them. Writing over one half of a wide letter leaves a space in the other.

Source: design/thin_terminals.md, section 3.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rich.cells import split_graphemes

from deskapp.terminal.pen import PLAIN, behind, on_space

HALF = ""
"""The right half of a wide letter."""
# Letters that every terminal and every table of widths takes for one cell.
_NARROW = re.compile("[ -~\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u2030-\u205e\u2500-\u25fc]*")
# The same with combining accents, as in Welsh, and the signs that deskapp itself uses.
_SURE = re.compile(
    "[ -~\u00a1-\u00ac\u00ae-\u036f\u1e00-\u1eff\u2010-\u2027\u2030-\u205e\u20ac\u2190-\u2193"
    "\u2500-\u25fc]*"
)


class Grid:
    """Rows of cells, as two lists for each row: letters and looks."""

    def __init__(self, columns: int, rows: int) -> None:
        self.columns, self.rows = columns, rows
        self.letters = [[" "] * columns for _row in range(rows)]
        self.looks = [[PLAIN] * columns for _row in range(rows)]

    def write(self, column: int, row: int, text: str, look: str) -> int:
        """Put ``text`` into cells; the column behind it.

        There is no wrapping: what does not fit is written over the last column, one by one.
        """
        if _NARROW.fullmatch(text):
            return self._put(column, row, list(text), look)
        for letter, width in _letters(text):
            if width:
                fits = width == 1 or column + 2 <= self.columns
                cells = [letter] if width == 1 else [letter, HALF] if fits else [" " + letter[1:]]
                column = self._put(column, row, cells, look)
            elif column:
                self._join(column - 1, row, letter)
        return column

    def _put(self, column: int, row: int, cells: list[str], look: str) -> int:
        """Put letters into a row of cells; the column behind the last."""
        if not cells:
            return column
        column = min(column, self.columns - 1)
        room = self.columns - column
        if len(cells) > room:
            cells = [*cells[: room - 1], cells[-1]]
        end = column + len(cells)
        self._part_halves(row, column, end)
        self.letters[row][column:end] = cells
        plain = on_space(look)
        if plain == look or " " not in cells:
            self.looks[row][column:end] = [look] * len(cells)
        else:
            self.looks[row][column:end] = [plain if each == " " else look for each in cells]
        return end

    def _part_halves(self, row: int, column: int, end: int) -> None:
        """Leave no half of a wide letter beside the cells from ``column`` to ``end``."""
        letters, looks = self.letters[row], self.looks[row]
        if letters[column] == HALF:
            letters[column - 1], looks[column - 1] = " ", on_space(looks[column - 1])
        if end < self.columns and letters[end] == HALF:
            letters[end], looks[end] = " ", on_space(looks[end])

    def _join(self, column: int, row: int, mark: str) -> None:
        """Give a combining mark to the letter in ``column``, or to that of which it is a half."""
        letters = self.letters[row]
        column -= letters[column] == HALF and column > 0
        letters[column] += mark

    def erase(self, row: int, column: int, end: int, look: str) -> None:
        """Make cells of a row blank, with the background of ``look``."""
        self._part_halves(row, column, end)
        self.letters[row][column:end] = [" "] * (end - column)
        self.looks[row][column:end] = [behind(look)] * (end - column)

    def resize(self, columns: int, rows: int) -> None:
        """Cut or extend at the right and the bottom."""
        before = self.letters, self.looks
        kept_columns, kept_rows = min(columns, self.columns), min(rows, self.rows)
        Grid.__init__(self, columns, rows)
        for row in range(kept_rows):
            for mine, old in zip((self.letters, self.looks), before, strict=True):
                mine[row][:kept_columns] = old[row][:kept_columns]
            last = self.letters[row][kept_columns - 1]
            if last != HALF and before[0][row][kept_columns : kept_columns + 1] == [HALF]:
                self.letters[row][kept_columns - 1] = " "

    def same_row(self, row: int, other: Grid, other_row: int) -> bool:
        """Whether a row shows what a row of another grid shows."""
        return (
            self.letters[row] == other.letters[other_row]
            and self.looks[row] == other.looks[other_row]
        )

    def take_row(self, row: int, other: Grid) -> None:
        """Copy a row of another grid of the same size."""
        self.letters[row] = other.letters[row][:]
        self.looks[row] = other.looks[row][:]

    def scrolled(self, top: int, bottom: int, by: int) -> Grid:
        """A copy in which the rows from ``top`` to ``bottom`` have gone up, down if negative."""
        copy = Grid(self.columns, 0)
        copy.rows = self.rows
        for mine, old, blank in (
            (copy.letters, self.letters, " "),
            (copy.looks, self.looks, PLAIN),
        ):
            new = [[blank] * self.columns for _row in range(abs(by))]
            moved = old[top : bottom + 1]
            moved = moved[by:] + new if by > 0 else new + moved[:by]
            mine.extend([*old[:top], *moved, *old[bottom + 1 :]])
        return copy


def is_sure(letters: list[str]) -> bool:
    """Whether terminals agree on the width of every one of some letters; not of an emoji, say."""
    return HALF not in letters and _SURE.fullmatch("".join(letters)) is not None


def _letters(text: str) -> Iterator[tuple[str, int]]:
    """The letters of ``text`` with their marks, and their widths; 0 for marks without a letter."""
    spans, _cells = split_graphemes(text)
    for start, end, width in spans:
        yield text[start:end], width
