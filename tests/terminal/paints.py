"""Random paints, as Textual or anything like it could write them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from random import Random
from typing import Any

Pick = Callable[[Sequence[Any]], Any]
"""Chooses one of several; a random generator or Hypothesis."""

SIZES = ((20, 10), (12, 5), (33, 13))
WORDS = (
    *("Ann", "Si\u00e2n", "w\u0302 y\u0302", "\u0175\u0177", "O'Brien", "  ", " ", "          "),
    *("\u65e5\u672c", "a\u65e5", "\U0001f600", "\u2502", "\u2500\u2500", "x\u0301", "=" * 40),
    *("\u0633\u0627\u0631\u0629", "\u00bd\u20ac", "abc\u00a0d", "\u0302"),
)
LOOKS = (
    *("", "0", "1", "7", "4", "2", "1;7", "31", "44", "31;44", "7;4", "9", "3", "0;32", "22", "27"),
    *("39", "49", "38;5;120", "48;5;17", "38;2;1;2;3", "48;2;9;8;7", "97;100", "1;2", "24", "5"),
)


def paints(pick: Pick, steps: int) -> Iterator[str]:
    """Pieces to write one after the other; ``flush``, ``forget``, ``scribble``, ``WxH`` are acts.

    The first piece is the size of the terminal.
    """
    columns, rows = pick(SIZES)
    yield f"{columns}x{rows}"
    for _step in range(steps):
        kind = pick(KINDS)
        if kind == "resize":
            columns, rows = pick(SIZES)
            yield f"{columns}x{rows}"
        elif kind in ("flush", "forget", "scribble", "redraw"):
            yield kind
        else:
            yield _PAINTS[kind](pick, columns, rows)


def _move(pick: Pick, columns: int, rows: int) -> str:
    column, row = pick(range(columns)), pick(range(rows))
    return f"\x1b[{row + 1};{column + 1}H"


def _piece(pick: Pick, columns: int, rows: int) -> str:
    text = "".join(pick(WORDS) for _word in range(pick((1, 1, 2, 4))))
    return f"{_move(pick, columns, rows)}\x1b[{pick(LOOKS)}m{text}\x1b[0m"


def _pieces(pick: Pick, columns: int, rows: int) -> str:
    after = pick(("", "\x1b[m", "\r", "\b"))
    return f"\x1b[{pick(LOOKS)}m{pick(WORDS)}{after}"


def _page(pick: Pick, columns: int, rows: int) -> str:
    """As Textual paints: row by row, each from its start to its end."""
    parts = []
    for row in range(rows):
        word, look = pick(WORDS), pick(LOOKS)
        text = word if "=" in word or not word.isascii() else f"{word:{columns}}"[:columns]
        parts.append(f"\x1b[{row + 1};1H\x1b[{look}m{text}\x1b[0m")
    return "\n".join(parts)


def _list(pick: Pick, columns: int, rows: int) -> str:
    """A list from some row on: numbered lines, one of them marked, between two fixed rows."""
    start, marked = pick(range(5)), pick(range(rows))
    parts = []
    for row in range(1, rows - 1):
        number = start + row
        text = f"{number:3} {'person' * number}"[: columns - 2].ljust(columns)
        look = "7" if row == marked else "1" if number % 3 else ""
        parts.append(f"\x1b[{row + 1};1H\x1b[{look}m{text}")
    return "\x1b[0m".join(parts) + "\x1b[0m"


def _erase(pick: Pick, columns: int, rows: int) -> str:
    kind = pick(("K", "1K", "2K", "J", "1J", "2J"))
    return f"{_move(pick, columns, rows)}\x1b[{pick(LOOKS)}m\x1b[{kind}\x1b[0m"


def _step(pick: Pick, columns: int, rows: int) -> str:
    count = pick((1, 2, 5))
    after = pick(("", "\x1b[3G", "\x1b[2d"))
    return f"{_move(pick, columns, rows)}\x1b[{count}{pick('ABCDEF')}{after}"


def _foreign(pick: Pick, columns: int, rows: int) -> str:
    return str(pick(("\x1b[?25l", "\x07", "\x1b[?1000h", "\x1b[2 q")))


_PAINTS: dict[str, Callable[[Pick, int, int], str]] = {
    "piece": _piece,
    "pieces": _pieces,
    "page": _page,
    "list": _list,
    "erase": _erase,
    "step": _step,
    "foreign": _foreign,
}
KINDS = (
    *("piece",) * 6,
    *("flush",) * 5,
    *("list",) * 4,
    *("pieces",) * 4,
    *("page", "erase", "step", "foreign", "resize", "redraw"),
)


def seeded(seed: int, steps: int = 40) -> list[str]:
    """The same random paint each time."""
    return list(paints(Random(seed).choice, steps))
