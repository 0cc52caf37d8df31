"""Spoken references such as ``E-7KM-4X9-3CK``: short, random, with a check symbol.

Eight random symbols and one that catches every single wrong symbol and every swap of two: 29 is a
prime, and no two positions have weights that differ by a multiple of it.

Source: complaints sheet, field ``ref``.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING

from deskapp.text import compact

if TYPE_CHECKING:
    from deskapp.data.connection import Connection

ALPHABET = "ABCDEFGHJKLMNPQRTUVWXYZ346789"
"""A-Z and 0-9 without I O S 0 1 2 5, which are misheard or misread."""
_VALUES = {symbol: value for value, symbol in enumerate(ALPHABET)}
_RANDOM = 8
CLASH = "reference"
"""Kind of the ``conflict`` that keeps the reference which a row had before, as its losing value."""


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


def successor(ref: str, row_id: str) -> str:
    """The reference that a row gets whose own was another row's first; always the same one."""
    import hashlib  # a start does without

    left = int.from_bytes(hashlib.sha256(f"{ref} {row_id}".encode()).digest(), "big")

    def choose(alphabet: str) -> str:
        nonlocal left
        left, at = divmod(left, len(alphabet))
        return alphabet[at]

    return new_ref(ref.partition("-")[0], choose)


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
    """The id of the row of ``table`` (a trusted name) with the typed reference, or None."""
    return next(iter(ids_of(connection, table, text)), None)


def ids_of(connection: Connection, table: str, text: str) -> list[str]:
    """The rows of ``table`` (a trusted name) that a reference stands for.

    First the one that has it, without hyphens as ``ref_key``, then those that had it until central
    found that two rows were given the same: a reference that was told to somebody stays good.
    """
    ref = parse(text)
    if ref is None:
        return []
    kept = json.dumps(ref)
    rows = connection.execute(
        f"SELECT ref_key <> ?1, id FROM {table} WHERE ref_key = ?1"
        " OR id IN (SELECT row_id FROM conflict WHERE kind = ?2 AND tbl = ?3"
        " AND (losing = ?4 OR winning = ?4))",
        (compact(ref), CLASH, table, kept),
    ).fetchall()
    return [row_id for _had, row_id in sorted(rows)]


@lru_cache(maxsize=1024)  # merging asks three times for each
def check(ref: str) -> bool:
    """Whether ``ref`` is a reference exactly as it is kept."""
    return parse(ref) == ref
