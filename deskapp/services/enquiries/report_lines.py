"""Figures as lines of text: labels with their values, tables with bars, lists of bars."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap
from typing import NamedTuple

from deskapp.i18n import _, day
from deskapp.services.days import Days
from deskapp.services.small_numbers import HIDDEN, Mask
from deskapp.text import one_line

WIDTH = 78
"""Columns of a page; two of 80 are left for the bar that shows how far one has read."""
BAR = 10
"""Columns of the longest bar."""


class Row(NamedTuple):
    """A line of a table; the first cell has the bar behind it."""

    name: str
    cells: Sequence[str]
    chart: str = ""


def days_words(days: Days) -> str:
    """The range in words: one day, or the first and the last."""
    if days.first == days.last:
        return day(days.first)
    return _("{first} to {last}").format(first=day(days.first), last=day(days.last))


def pairs(told: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Label and value, the values below each other."""
    room = max(len(label) for label, _value in told) + 1
    for label, value in told:
        yield from wrap(
            value,
            WIDTH,
            initial_indent=label.ljust(room),
            subsequent_indent=" " * room,
            break_on_hyphens=False,
        )


def table(rows: Sequence[Row]) -> Iterator[str]:
    """Rows of as many cells each, the first of them the headings."""
    widths = [
        max(map(len, column)) + 1 for column in zip(*(row.cells for row in rows), strict=True)
    ]
    chart = BAR + 1 if any(row.chart for row in rows) else 0
    for row in rows:
        yield from _line(row, widths, chart)


def _line(row: Row, widths: Sequence[int], chart: int) -> Iterator[str]:
    """A row; a name too long for its column stands on a line of its own."""
    room = WIDTH - sum(widths) - chart
    name = one_line(row.name)
    if len(name) > room:
        yield from wrap(name, WIDTH)
        name = ""
    count, *rest = (cell.rjust(width) for cell, width in zip(row.cells, widths, strict=True))
    drawn = f" {row.chart}".ljust(chart) if chart else ""
    yield f"{name.ljust(room)}{count}{drawn}{''.join(rest)}".rstrip()


def bar(count: int, largest: int, columns: int = BAR) -> str:
    """A bar as long as the count is large beside the largest one; the number stands beside it."""
    return "#" * -(-count * columns // largest) if largest else ""


def hidden_words(mask: Mask) -> Iterator[str]:
    """What a page says of the counts that are hidden in it."""
    told = _(
        "Counts from 1 to {most} are hidden. {mark} is hidden so that they cannot be worked out."
    ).format(most=mask.hide_up_to, mark=HIDDEN)
    yield from wrap(told, WIDTH)
