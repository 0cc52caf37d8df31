"""Tables on a screen of 80 columns: the widest column gives way, and what is cut is marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from deskapp.text import one_line

WIDTH = 80
GAP = "  "
CUT = "…"
NARROWEST = 6


def lines(header: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """The header, a rule and each row as one line."""
    cells = [[one_line(cell) for cell in row] for row in (header, *rows)]
    widths = _widths(cells)
    for number, row in enumerate(cells):
        yield GAP.join(map(_fit, row, widths)).rstrip()
        if number == 0:
            yield GAP.join("-" * width for width in widths)


def _widths(cells: Sequence[Sequence[str]]) -> list[int]:
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    room = WIDTH - len(GAP) * (len(widths) - 1)
    while sum(widths) > room and max(widths) > NARROWEST:
        widths[widths.index(max(widths))] -= 1
    return widths


def _fit(text: str, width: int) -> str:
    return text.ljust(width) if len(text) <= width else text[: width - 1] + CUT
