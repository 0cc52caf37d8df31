"""Tables on a screen of 80 columns: the widest column gives way, and what is cut is marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from textwrap import wrap

from deskapp.text import one_line

WIDTH = 80
GAP = "  "
CUT = "…"
NARROWEST = 6


def lines(header: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """The header, on as many lines as it needs, a rule, and each row as one line."""
    cells = [[one_line(cell) for cell in row] for row in rows]
    widths = _widths(header, cells)
    wrapped = [wrap(one_line(title), width) for title, width in zip(header, widths, strict=True)]
    for row in zip_longest(*wrapped, fillvalue=""):
        yield _line(row, widths)
    yield GAP.join("-" * width for width in widths)
    for cell_row in cells:
        yield _line(cell_row, widths)


def _widths(header: Sequence[str], cells: Sequence[Sequence[str]]) -> list[int]:
    widths = [max(map(len, title.split()), default=0) for title in header]
    for row in cells:
        widths = [max(width, len(cell)) for width, cell in zip(widths, row, strict=True)]
    room = WIDTH - len(GAP) * (len(widths) - 1)
    while sum(widths) > room and max(widths) > NARROWEST:
        widths[widths.index(max(widths))] -= 1
    return widths


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    return GAP.join(map(_fit, row, widths)).rstrip()


def _fit(text: str, width: int) -> str:
    return text.ljust(width) if len(text) <= width else text[: width - 1] + CUT
