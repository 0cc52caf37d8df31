"""Finds rows that only moved up or down, so that the terminal can move them.

Source: design/thin_terminals.md, section 3.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from deskapp.terminal.grid import Grid

FEWEST_ROWS = 3
"""Fewer moved rows are as quickly written again."""


class Scroll(NamedTuple):
    """Rows from ``top`` to ``bottom`` go up by so many rows, down if negative."""

    top: int
    bottom: int
    by: int


def find(shown: Grid, wanted: Grid, rows: Iterable[int]) -> Scroll | None:
    """The scroll that puts the most of the changed ``rows`` where they are wanted."""
    places = defaultdict(list)
    for row in rows:
        if any(letter != " " for letter in shown.letters[row]):
            places[_content(shown, row)].append(row)
    matches = [(old - new, new) for new in rows for old in places.get(_content(wanted, new), ())]
    if not matches:
        return None
    [(by, count)] = Counter(by for by, _row in matches).most_common(1)
    if by == 0 or count < FEWEST_ROWS:
        return None
    ends = [end for each, row in matches if each == by for end in (row, row + by)]
    return Scroll(min(ends), max(ends), by)


def _content(grid: Grid, row: int) -> tuple[str, ...]:
    return (*grid.letters[row], *grid.looks[row])
