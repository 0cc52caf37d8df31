"""Payment card numbers in notes: found, so that they can be blanked before anything is saved.

Source: enquiries sheet, sections 2 (fines) and 16: never take card details in notes.
"""

from __future__ import annotations

import re

_LONG_NUMBER = re.compile(r"(?<![\w-])\d(?:[ -]?\d){12,18}(?![\w-])")
BLANK = "[...]"


def find(text: str) -> list[str]:
    """Everything in ``text`` that is written like a card number and passes its check digit."""
    return [found for found in _LONG_NUMBER.findall(text) if _passes(found)]


def blank(text: str) -> str:
    """``text`` with each such number replaced."""
    return _LONG_NUMBER.sub(lambda hit: BLANK if _passes(hit[0]) else hit[0], text)


def _passes(number: str) -> bool:
    """The check digit of payment cards (ISO/IEC 7812, Luhn)."""
    figures = [int(figure) for figure in number if figure.isdigit()]
    doubled = [
        figure if place % 2 == 0 else sum(divmod(2 * figure, 10))
        for place, figure in enumerate(reversed(figures))
    ]
    return sum(doubled) % 10 == 0
