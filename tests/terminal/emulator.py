"""A terminal for tests: pyte, with what real terminals do and pyte leaves out.

Half of a wide letter that is written over leaves a space, a scroll region sends the cursor home,
and what terminals do differently is not allowed at all.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from typing import Any, NamedTuple

import pyte
import pyte.modes
from pyte.screens import Char
from wcwidth import wcwidth

from deskapp.terminal.abilities import MODERN, Abilities
from deskapp.terminal.screen import Screen


class Cell(NamedTuple):
    """What an officer sees in one cell."""

    letter: str
    looks: tuple[object, ...]


_SEQUENCE = re.compile(r"\x1b\[(\??)([0-9;]*)([@A-Za-z`])")


class Stream(pyte.Stream):
    """As that of pyte, but a control sequence is taken whole: half of the time were its letters."""

    def feed(self, data: str) -> None:
        """Hand ``data`` to the screen."""
        at = 0
        for found in _SEQUENCE.finditer(data):
            self._feed_letters(data[at : found.start()])
            if self._taking_plain_text:
                private, numbers, letter = found.groups()
                how = {"private": True} if private else {}
                getattr(self.listener, self.csi.get(letter, "debug"))(*_given(numbers), **how)
            else:  # it stands inside of another one
                super().feed(found[0])
            at = found.end()
        self._feed_letters(data[at:])

    def _feed_letters(self, data: str) -> None:
        if self._taking_plain_text and data.isprintable():
            if data and self.listener is not None:
                self.listener.draw(data)
        elif self._taking_plain_text and data == "\n" and self.listener is not None:
            self.listener.linefeed()
        else:
            super().feed(data)


class Emulator(pyte.Screen):
    """The screen of a terminal with some abilities; all of them when none are given."""

    def __init__(self, columns: int, rows: int, can: Abilities | None = None) -> None:
        self.strict = can is not None
        """Whether nothing may be asked of it but these abilities."""
        self.can = can or MODERN
        super().__init__(columns, rows)
        self.cells: defaultdict[int, list[Char]] = defaultdict(self._empty_row)
        """Each row, as a list: pyte has a dictionary, which takes twice as long to write to."""
        # Its type is a dictionary of columns; what is used of it here asks for them by number.
        self.buffer = self.cells  # type: ignore[assignment]
        self.conceals = False
        """Whether any letter has ever had the colour of what it stands on."""
        self.reset_mode(pyte.modes.DECAWM >> 5, private=True)
        self.stream = Stream(self)

    def _empty_row(self) -> list[Char]:
        return [self.default_char] * self.columns

    def draw(self, data: str) -> None:
        """Write letters; each wide one owns two cells."""
        looks = self.cursor.attrs
        self.conceals = self.conceals or looks.fg == looks.bg != "default"
        if self.cursor.x + len(data) <= self.columns and _is_narrow(data):
            self._write(looks, data)
            data = ""
        for letter in data:
            width = _width(letter)
            column = min(self.cursor.x, self.columns - 1)
            if width > 0:
                row = self.cells[self.cursor.y]
                fits = column + width <= self.columns
                self._part(self.cursor.y, column, column + (width if fits else 1))
                cells = _cells(looks)
                row[column] = cells[letter if fits else " "]
                if width == 2 and fits:
                    row[column + 1] = cells[""]
                self.cursor.x = column + (width if fits else 1)
            elif self.cursor.x:
                self._join(letter)
        self.dirty.add(self.cursor.y)

    def _write(self, looks: Char, data: str) -> None:
        """Letters that are all one cell wide and have room in the row."""
        start = self.cursor.x
        self.cursor.x = start + len(data)
        self._part(self.cursor.y, start, self.cursor.x)
        cells = map(_cells(looks).__getitem__, data)
        self.cells[self.cursor.y][start : self.cursor.x] = cells

    def _join(self, mark: str) -> None:
        row, column = self.cells[self.cursor.y], self.cursor.x - 1
        column -= row[column].data == "" and column > 0
        row[column] = row[column]._replace(data=row[column].data + mark)

    def _part(self, at: int, start: int, end: int) -> None:
        row = self.cells[at]
        if row[start].data == "" and start:
            row[start - 1] = row[start - 1]._replace(data=" ")
        if end < self.columns and row[end].data == "":
            row[end] = row[end]._replace(data=" ")

    def cursor_back(self, count: int | None = None) -> None:
        """To the left."""
        self._refuse_behind_the_last_column()
        super().cursor_back(count)

    def cursor_forward(self, count: int | None = None) -> None:
        """To the right."""
        self._refuse_behind_the_last_column()
        super().cursor_forward(count)

    def _refuse_behind_the_last_column(self) -> None:
        """Terminals differ in where the cursor is after a letter in the last column."""
        assert not self.strict or self.cursor.x < self.columns, "behind the last column"
        self.cursor.x = min(self.cursor.x, self.columns - 1)

    def select_graphic_rendition(self, *attrs: int, **named: Any) -> None:
        """Write with other looks from now on."""
        key = (self.cursor.attrs, pyte.modes.DECSCNM in self.mode, attrs)
        if key not in _looks:
            super().select_graphic_rendition(*attrs, **named)
            _looks[key] = self.cursor.attrs
        self.cursor.attrs = _looks[key]

    def linefeed(self) -> None:
        """Down, and to the first column, as terminal lines are set."""
        super().linefeed()
        self.carriage_return()

    def index(self) -> None:
        """Down; at the end of the region its rows go up, and the new one is erased."""
        _top, bottom = self.margins or (0, self.lines - 1)
        super().index()
        if self.cursor.y == bottom:
            self._erase_if_new(bottom)

    def reverse_index(self) -> None:
        """Up; at the start of the region its rows go down."""
        top, _bottom = self.margins or (0, self.lines - 1)
        super().reverse_index()
        if self.cursor.y == top:
            self._erase_if_new(top)

    def _erase_if_new(self, row: int) -> None:
        if row not in self.cells:
            self._erase(row, 2)

    def set_margins(self, *args: Any, **named: Any) -> None:
        """Name the rows that scroll."""
        assert not args or self.can.scrolls, "a scroll region"
        super().set_margins(*args, **named)
        self.cursor_position()

    def erase_in_line(self, how: int = 0, private: bool = False) -> None:
        """Erase in a row, in colour if the terminal can."""
        assert self.can.erases, "a row erased"
        self._refuse_behind_the_last_column()
        self._erase(self.cursor.y, how)

    def erase_in_display(self, how: int = 0, *args: Any, **named: Any) -> None:
        """Erase on the screen."""
        assert not self.strict or how == 2, "a part of the screen erased"
        self.cursor.x = min(self.cursor.x, self.columns - 1)
        if how != 2:
            self._erase(self.cursor.y, how)
        before, behind = range(self.cursor.y), range(self.cursor.y + 1, self.lines)
        for row in {0: behind, 1: before, 2: range(self.lines)}[how]:
            self._erase(row, 2)

    def _erase(self, row: int, how: int) -> None:
        start = self.cursor.x if how == 0 else 0
        end = self.cursor.x + 1 if how == 1 else self.columns
        self._part(row, start, end)
        self.dirty.add(row)
        background = self.cursor.attrs.bg if self.can.erases_in_colour else "default"
        empty = self.default_char._replace(bg=background)
        self.cells[row][start:end] = [empty] * (end - start)

    def resize(self, lines: int | None = None, columns: int | None = None) -> None:
        """Cut or extend at the right and the bottom."""
        assert lines is not None
        assert columns is not None
        for row in range(lines, self.lines):
            self.cells.pop(row, None)
        for cells in self.cells.values():
            if columns < self.columns and cells[columns].data == "":
                cells[columns - 1] = cells[columns - 1]._replace(data=" ")
            del cells[columns:]
            cells += [self.default_char] * (columns - self.columns)
        self.lines, self.columns = lines, columns
        self.dirty.intersection_update(range(lines))
        self.cursor.x, self.cursor.y = (
            min(self.cursor.x, columns - 1),
            min(self.cursor.y, lines - 1),
        )

    def seen(self, row: int) -> list[Cell]:
        """Every cell of a row as it is seen."""
        return [_seen(cell) for cell in self.cells[row]]

    def unreadable(self, row: int) -> str:
        """What stands in a row in the colour of its own background."""
        if not self.conceals:
            return ""
        cells = self.cells[row]
        return "".join(cell.data for cell in cells if cell.fg == cell.bg != "default").strip()


_width = cache(wcwidth)
_looks: dict[tuple[Char, bool, tuple[int, ...]], Char] = {}
"""What becomes of some looks by what is asked, so that it is worked out once."""


def _is_narrow(data: str) -> bool:
    """Whether every letter owns one cell."""
    return (data.isascii() and data.isprintable()) or set(map(_width, data)) == {1}


class _Cells(dict[str, Char]):
    """The cells with some looks, by their letter: a letter with the same looks is one object."""

    def __init__(self, looks: Char) -> None:
        super().__init__()
        self._looks = looks

    def __missing__(self, letter: str) -> Char:
        """A letter that was not written so before."""
        looks = self._looks
        if letter == " " and not (looks.reverse or looks.underscore or looks.strikethrough):
            looks = Char(" ", bg=looks.bg)  # of the rest nothing is seen
        cell = self[letter] = looks._replace(data=letter)
        return cell


_cells = cache(_Cells)


@cache
def _given(numbers: str) -> tuple[int, ...]:
    """The numbers of a control sequence."""
    return tuple(min(int(number or 0), 9999) for number in numbers.split(";"))


@cache
def _seen(cell: Char) -> Cell:
    """On a space neither its colour nor its weight is seen, unless it is marked otherwise."""
    lines = (cell.underscore, cell.strikethrough)
    if not cell.data.startswith(" ") or cell.reverse:
        return Cell(cell.data, tuple(cell[1:]))
    return Cell(cell.data, (cell.fg, cell.bg, *lines) if any(lines) else (cell.bg,))


class Both:
    """Two terminals: one gets what Textual writes, the other only the differences."""

    def __init__(self, columns: int, rows: int, can: Abilities) -> None:
        self.plain = Emulator(columns, rows)
        self.thin = Emulator(columns, rows, can)
        self.screen = Screen(columns, rows, can)
        self.sent = 0
        """Characters that the second terminal has got."""
        self.written = 0

    def write(self, data: str) -> None:
        """Let Textual write ``data``."""
        self.written += len(data)
        self.plain.stream.feed(data)
        for foreign in self.screen.read(data):
            self._send(self.screen.difference() + foreign)

    def flush(self) -> None:
        """Send the difference, and see that there is none left."""
        self._send(self.screen.difference())
        assert self.screen.difference() == "", "something is sent though nothing has changed"

    def resize(self, columns: int, rows: int) -> None:
        """Give both terminals another size; the second shows anything then."""
        for emulator in (self.plain, self.thin):
            emulator.resize(rows, columns)
        self.screen.resize(columns, rows)
        self.scribble()

    def scribble(self) -> None:
        """Rubbish on the second terminal, as after a resize or a message of the system."""
        self.thin.stream.feed("\x1b[2;3Hrubbish\x1b[1;41m\x1b[1;1Hmore\x1b[5m")

    def assert_equal(self, *, all_rows: bool = False) -> None:
        """Every cell that may have changed is seen alike, and the cursor is in the same place."""
        changed = self.plain.dirty | self.thin.dirty
        for row in range(self.plain.lines) if all_rows else sorted(changed):
            if not self._alike(row):
                assert self.thin.seen(row) == self.plain.seen(row), f"row {row}"
        self.plain.dirty.clear()
        self.thin.dirty.clear()
        place = (min(self.plain.cursor.x, self.plain.columns - 1), self.plain.cursor.y)
        assert (self.thin.cursor.x, self.thin.cursor.y) == place

    def _alike(self, row: int) -> bool:
        """Whether every cell of a row is seen alike; most of them are the same object."""
        mine, other = self.thin.cells[row], self.plain.cells[row]
        return mine == other or all(
            my_cell is its_cell or _seen(my_cell) == _seen(its_cell)
            for my_cell, its_cell in zip(mine, other, strict=True)
        )

    def assert_readable(self) -> None:
        """No word that may have changed has the colour of what it stands on."""
        for row in self.plain.dirty:
            assert not self.plain.unreadable(row), f"row {row}"

    def _send(self, data: str) -> None:
        self.sent += len(data)
        self.thin.stream.feed(data)
