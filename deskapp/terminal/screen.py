"""Two screens, the one that is shown and the one that is wanted, and what makes them one.

    screen = Screen(80, 24, abilities.of("xterm"))
    for foreign in screen.read(what_textual_writes):
        send(screen.difference() + foreign)
    send(screen.difference())

Source: design/thin_terminals.md, section 3.
"""

from __future__ import annotations

from collections.abc import Iterator

from deskapp.terminal import scroll
from deskapp.terminal.abilities import Abilities
from deskapp.terminal.differ import Differ
from deskapp.terminal.grid import Grid
from deskapp.terminal.paint import Paint


class Screen:
    """Takes in all that Textual writes, and says what need be sent."""

    def __init__(self, columns: int, rows: int, abilities: Abilities) -> None:
        self._wanted = Paint(columns, rows)
        self._shown = Grid(columns, rows)
        self._differ = Differ(abilities)
        self._known = False

    def read(self, written: str) -> Iterator[str]:
        """Take in ``written``; yields what is no painting and must be sent as it is, in order."""
        for foreign in self._wanted.read(written):
            yield foreign
            self._differ.lose_cursor()

    def resize(self, columns: int, rows: int) -> None:
        """Follow the terminal to another size; what it shows is then not known."""
        self._wanted.resize(columns, rows)
        self.forget()

    def forget(self) -> None:
        """Take nothing for shown: everything is sent again."""
        self._known = False
        self._wanted.touched = set(range(self._wanted.grid.rows))

    @property
    def size(self) -> tuple[int, int]:
        """Columns and rows."""
        return self._wanted.grid.columns, self._wanted.grid.rows

    def difference(self) -> str:
        """What turns the screen that is shown into the one that is wanted.

        Empty when it is that, and as long as nothing has been painted on a new one.
        """
        differ, wanted = self._differ, self._wanted.grid
        if not self._known and not self._wanted.touched:
            return ""
        if not self._known:
            self._shown = Grid(wanted.columns, wanted.rows)
            differ.wipe()
            self._known = True
            self._wanted.touched.update(range(wanted.rows))
        touched = sorted(self._wanted.touched)
        self._wanted.touched.clear()
        rows = [row for row in touched if not self._shown.same_row(row, wanted, row)]
        self._differ = differ = self._shorter(differ, rows)
        for row in rows:
            self._shown.take_row(row, wanted)
        differ.move(*self._wanted.cursor)
        sent = differ.text()
        differ.sent.clear()
        return sent

    def _shorter(self, differ: Differ, rows: list[int]) -> Differ:
        """Send the rows as they are, or what is left of them after a scroll."""
        straight = differ.copy()
        straight.rows(self._shown, self._wanted.grid, rows)
        if not differ.abilities.scrolls:
            return straight
        found = scroll.find(self._shown, self._wanted.grid, rows)
        if found is None:
            return straight
        differ.scroll(found)
        # Every row of the region has changed in either screen, if not in both.
        left = sorted({*rows, *range(found.top, found.bottom + 1)})
        differ.rows(self._shown.scrolled(*found), self._wanted.grid, left)
        return differ if _size(differ) < _size(straight) else straight


def _size(differ: Differ) -> int:
    return len(differ.text().encode())
