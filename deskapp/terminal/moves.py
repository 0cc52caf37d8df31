"""The shortest way of the cursor from one cell to another, by sequences that a VT100 knows.

Source: design/thin_terminals.md, section 3.
"""

from __future__ import annotations

from functools import lru_cache

UNKNOWN = -1
"""A column or row that is not known: behind the last column, or after a sequence of another's."""


@lru_cache(maxsize=8192)
def way(column: int, row: int, to_column: int, to_row: int) -> str:
    """What moves the cursor; columns and rows count from 0.

    A line feed may also go to the first column (the settings of the line decide), so it is sent
    from there. None scrolls as long as both rows are on the screen.
    """
    if (column, row) == (to_column, to_row):
        return ""
    ways = [absolute(to_column, to_row)]
    if row != UNKNOWN:
        down = to_row - row
        if column != UNKNOWN:
            ways.append(_by(down, "B", "A") + _across(column, to_column))
        ways.append(_by(down, "B", "A") + "\r" + _across(0, to_column))
        if down > 0:
            ways.append("\r" + "\n" * down + _across(0, to_column))
    return min(ways, key=len)


def absolute(column: int, row: int) -> str:
    """What moves the cursor from wherever it is."""
    first = str(row + 1) if row else ""
    return f"\x1b[{first};{column + 1}H" if column else f"\x1b[{first}H"


def _across(column: int, to_column: int) -> str:
    back = column - to_column
    return "\b" * back if 0 < back <= 3 else _by(-back, "C", "D")


def _by(count: int, forward: str, back: str) -> str:
    if not count:
        return ""
    number = abs(count)
    return f"\x1b[{number if number > 1 else ''}{forward if count > 0 else back}"
