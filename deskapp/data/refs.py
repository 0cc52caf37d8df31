"""Spoken references such as ``E-7KM-4X9-3CK``: short, random, with a check symbol.

Eight random symbols and one that catches every single wrong symbol and every swap of two: 29 is a
prime, and no two positions have weights that differ by a multiple of it.

Source: complaints sheet, field ``ref``.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import TYPE_CHECKING

from deskapp.text import compact

if TYPE_CHECKING:
    from deskapp.data.connection import Connection

ALPHABET = "ABCDEFGHJKLMNPQRTUVWXYZ346789"
"""A-Z and 0-9 without I O S 0 1 2 5, which are misheard or misread."""
_VALUES = {symbol: value for value, symbol in enumerate(ALPHABET)}
_RANDOM = 8


def _check_symbol(symbols: str) -> str:
    total = sum(place * _VALUES[symbol] for place, symbol in enumerate(symbols, start=1))
    return ALPHABET[total % len(ALPHABET)]


def _spoken(prefix: str, body: str) -> str:
    return f"{prefix}-{body[:3]}-{body[3:6]}-{body[6:]}"


def new_ref(prefix: str, choose: Callable[[str], str] = secrets.choice) -> str:
    """A new reference: ``prefix`` (``E`` contact, ``C`` complaint), then nine symbols 3-3-3.

    Only invented data chooses its symbols by itself.
    """
    symbols = "".join(choose(ALPHABET) for _ in range(_RANDOM))
    return _spoken(prefix, symbols + _check_symbol(symbols))


def parse(text: str) -> str | None:
    """The reference that was typed or read out, as it is kept; None when it is not one.

    Lower case, spaces and missing hyphens are accepted; a wrong check symbol is not.
    """
    typed = compact(text)
    prefix, body = typed[: -_RANDOM - 1], typed[-_RANDOM - 1 :]
    if not prefix.isalpha() or not all(symbol in _VALUES for symbol in body):
        return None
    return _spoken(prefix, body) if _check_symbol(body[:_RANDOM]) == body[-1] else None


def id_of(connection: Connection, table: str, text: str) -> str | None:
    """The id of the row of ``table`` (a trusted name) with the reference that was typed, or None.

    The table keeps its references without hyphens as ``ref_key``.
    """
    ref = parse(text)
    if ref is None:
        return None
    row = connection.execute(
        f"SELECT id FROM {table} WHERE ref_key = ?", (compact(ref),)
    ).fetchone()
    return None if row is None else str(row[0])


def check(ref: str) -> bool:
    """Whether ``ref`` is a reference exactly as it is kept."""
    return parse(ref) == ref
