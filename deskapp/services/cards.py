"""Payment card numbers in notes: found, so that they can be blanked before anything is saved.

Source: enquiries sheet, sections 2 (fines) and 16: never take card details in notes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

_FIGURES = re.compile(r"(?<![\w-])\d+(?:[ -]\d+)*(?![\w-])")
"""Groups of figures in a row: a card number may stand among an expiry date and a code."""
_GROUP = re.compile(r"\d+")
SHORTEST, LONGEST = 13, 19
BLANK = "[...]"


def find(text: str) -> list[str]:
    """Everything in ``text`` that is written like a card number and passes its check digit."""
    return [text[start:end] for start, end in _places(text)]


def fields(values: Mapping[str, str], names: Iterable[str]) -> list[str]:
    """Those of ``names`` under which ``values`` hold something that looks like a card number.

    The caller names what holds words of the officer's own; a phone number has rules of its own.
    """
    return [name for name in names if find(values.get(name, ""))]


def blank(text: str) -> str:
    """``text`` with each such number replaced."""
    parts, done = [], 0
    for start, end in _places(text):
        parts += [text[done:start], BLANK]
        done = end
    return "".join((*parts, text[done:]))


def _places(text: str) -> Iterator[tuple[int, int]]:
    """Where the numbers stand, from left to right, without overlap."""
    for row in _FIGURES.finditer(text):
        groups = list(_GROUP.finditer(text, row.start(), row.end()))
        first = 0
        while first < len(groups):
            last = _last_group(groups[first : first + LONGEST])
            if last is not None:
                yield groups[first].start(), groups[first + last].end()
            first += 1 if last is None else last + 1


def _last_group(groups: list[re.Match[str]]) -> int | None:
    """Index of the group that ends the longest card number beginning with the first, or none."""
    figures, found = "", None
    for index, group in enumerate(groups):
        figures += group[0]
        if len(figures) > LONGEST:
            break
        if len(figures) >= SHORTEST and _passes(figures):
            found = index
    return found


def _passes(figures: str) -> bool:
    """The check digit of payment cards (ISO/IEC 7812, Luhn)."""
    doubled = [
        int(figure) if place % 2 == 0 else sum(divmod(2 * int(figure), 10))
        for place, figure in enumerate(reversed(figures))
    ]
    return sum(doubled) % 10 == 0
