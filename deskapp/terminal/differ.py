"""Writes the difference between two screens in as few bytes as it can.

Source: design/thin_terminals.md, section 3.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from deskapp.terminal.abilities import Abilities
from deskapp.terminal.grid import HALF, Grid, is_sure
from deskapp.terminal.moves import UNKNOWN, absolute, way
from deskapp.terminal.pen import PLAIN, behind, change, on_space
from deskapp.terminal.scroll import Scroll

ERASE_TAIL = "\x1b[K"
BRIDGED_CELLS = 4
"""As many unchanged cells may be written again in place of a move."""


@dataclass
class Differ:
    """What is sent, and where that leaves the terminal's cursor and look."""

    abilities: Abilities
    column: int = UNKNOWN
    row: int = UNKNOWN
    look: str | None = None
    """None while it is not known."""
    sent: list[str] = field(default_factory=list)

    def copy(self) -> Differ:
        """The same terminal, to try another way."""
        return Differ(self.abilities, self.column, self.row, self.look, [*self.sent])

    def text(self) -> str:
        """Everything to send so far."""
        return "".join(self.sent)

    def lose_cursor(self) -> None:
        """Take nothing for known of the cursor and its look; the cells are as they were."""
        self.column = self.row = UNKNOWN
        self.look = None

    def wipe(self) -> None:
        """Make a screen of which nothing is known blank."""
        self.sent.append("\x1b[m\x1b[H\x1b[2J")
        self.look, self.column, self.row = PLAIN, 0, 0

    def move(self, column: int, row: int) -> None:
        """Put the cursor into a cell."""
        self.sent.append(way(self.column, self.row, column, row))
        self.column, self.row = column, row

    def scroll(self, scroll: Scroll) -> None:
        """Let the terminal move rows; the cursor is then anywhere."""
        self.use(PLAIN)
        top, bottom, by = scroll
        edge, step = (bottom, "\n") if by > 0 else (top, "\x1bM")
        self.sent += [f"\x1b[{top + 1};{bottom + 1}r", absolute(0, edge), step * abs(by), "\x1b[r"]
        self.column = self.row = UNKNOWN

    def rows(self, shown: Grid, wanted: Grid, rows: Iterable[int]) -> None:
        """Send what differs in ``rows``."""
        for row in rows:
            if shown.same_row(row, wanted, row):
                continue
            if is_sure(wanted.letters[row]) and is_sure(shown.letters[row]):
                self._runs(row, wanted, _changed(row, shown, wanted))
            else:
                self._from(_changed(row, shown, wanted)[0], row, wanted)

    def _runs(self, row: int, wanted: Grid, changed: list[int]) -> None:
        """Send the changed cells of a row, and its blank tail as one."""
        tail = self._tail(row, wanted)
        in_tail = [column for column in changed if column >= tail]
        if len(in_tail) <= len(ERASE_TAIL):
            in_tail = []
        body = changed[: len(changed) - len(in_tail)]
        for start, end in _bridged(body, wanted.letters[row], wanted.looks[row]):
            self.move(start, row)
            self._cells(row, wanted, start, end)
        if in_tail:
            self._erase(row, wanted, tail, in_tail[0])

    def _from(self, start: int, row: int, wanted: Grid) -> None:
        """Send a row from its first change on, relying on the width of no letter not sure."""
        letters = wanted.letters[row]
        start -= letters[start] == HALF
        tail = self._tail(row, wanted)
        if wanted.columns - tail <= len(ERASE_TAIL):
            tail = wanted.columns
        for column in range(start, tail):
            if letters[column] == HALF:
                continue
            self.move(column, row)
            self._cells(row, wanted, column, column + 1)
            if not is_sure(letters[column : column + 2]):
                self.column = UNKNOWN  # in the same row: nothing wraps
        if tail < wanted.columns:
            self._erase(row, wanted, tail, max(start, tail))

    def _erase(self, row: int, wanted: Grid, tail: int, first: int) -> None:
        """Erase a blank tail from ``first`` on, or from a cell of it that is nearer."""
        near = max(tail, self.column) if row == self.row else tail
        self.move(min(near, first), row)
        look = wanted.looks[row][-1]
        if not _fits(self.look, " ", look):
            self.use(look)
        self.sent.append(ERASE_TAIL)

    def _tail(self, row: int, wanted: Grid) -> int:
        """The column from which on a row is blank in a way that this terminal can erase."""
        letters, looks = wanted.letters[row], wanted.looks[row]
        look = looks[-1]
        can = self.abilities.erases if look == PLAIN else self.abilities.erases_in_colour
        if not can or behind(look) != look:
            return len(letters)
        tail = len(letters)
        while tail and letters[tail - 1] == " " and looks[tail - 1] == look:
            tail -= 1
        return tail

    def _cells(self, row: int, wanted: Grid, start: int, end: int) -> None:
        """Write cells from the cursor on, with a look only where it is seen to differ."""
        letters, looks = wanted.letters[row], wanted.looks[row]
        written = start
        for column in range(start, end):
            if not _fits(self.look, letters[column], looks[column]):
                self.sent.append("".join(letters[written:column]))
                written = column
                self.use(looks[column])
        self.sent.append("".join(letters[written:end]))
        # Behind the last column terminals differ in where the cursor is.
        self.column = end if end < wanted.columns else UNKNOWN

    def use(self, look: str) -> None:
        """Write with ``look`` from now on."""
        if self.look is None:
            self.sent.append("\x1b[m")
            self.look = PLAIN
        self.sent.append(change(self.look, look, by_reset=self.abilities.by_reset))
        self.look = look


def _fits(in_use: str | None, letter: str, look: str) -> bool:
    """Whether a cell written with the look in use is seen with its own."""
    return look == in_use or (letter == " " and in_use is not None and on_space(in_use) == look)


def _changed(row: int, shown: Grid, wanted: Grid) -> list[int]:
    cells = zip(
        shown.letters[row], wanted.letters[row], shown.looks[row], wanted.looks[row], strict=True
    )
    return [
        column
        for column, (letter, new_letter, look, new_look) in enumerate(cells)
        if letter != new_letter or look != new_look
    ]


def _bridged(changed: list[int], letters: list[str], looks: list[str]) -> Iterator[tuple[int, int]]:
    """Runs of changed cells; a short gap between two is written again, which costs no move."""
    if not changed:
        return
    start, end = changed[0], changed[0] + 1
    for column in changed[1:]:
        if column > end and not _cheaper_than_move(end, column, letters, looks):
            yield start, end
            start = column
        end = column + 1
    yield start, end


def _cheaper_than_move(start: int, end: int, letters: list[str], looks: list[str]) -> bool:
    if end - start > BRIDGED_CELLS:
        return False
    look = looks[start - 1]
    fits = all(_fits(look, letters[at], looks[at]) for at in range(start, end))
    return fits and len("".join(letters[start:end]).encode()) <= len(way(start, 0, end, 0))
