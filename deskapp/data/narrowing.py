"""A search that answers within a frame, however common what was typed is.

For the beginning of a word the index gives its rows one by one only where that has a list of its
own (``words.INDEXED_LETTERS``); for a longer one it first collects every row of every word that
begins so, which takes a second where a million rows hold them. So a long word is looked for by its
first letters, and each row that comes is checked. Where few of the newest rows pass, the long word
is rare and the index is asked for it as it stands: that is quick then.
"""

from __future__ import annotations

from typing import NamedTuple

from deskapp.data.connection import Connection
from deskapp.data.words import INDEXED_LETTERS, Forms, begins, expression

SAMPLE_ROWS = 1000
"""Newest rows that are looked at before the way is chosen: about ten milliseconds."""
_COMMON_SHARE = 20
"""A word is common that stands in more than one of so many rows of the sample."""
_HOLDS = "instr(' ' || w.words, ' ' || ?) > 0"


class Narrowed(NamedTuple):
    """How a search is asked of an index whose alias is ``w``."""

    query: str
    """For ``MATCH``; empty when there is nothing to look for."""
    check: str
    """SQL condition that each row must pass; ``values`` are bound in it."""
    values: tuple[str, ...]


def narrow(
    connection: Connection, index: str, text: str, forms: Forms | None = None, *, limit_rows: int
) -> Narrowed:
    """The quick way to find rows of ``index`` that hold every word of ``text``.

    Args:
        connection: Where the index is.
        index: Name of the index (trusted), such as ``contact_words``.
        text: What was typed.
        forms: As for ``words.fts_query``.
        limit_rows: How many rows a page needs.
    """
    values: list[str] = []
    long: dict[str, str] = {}

    def checked(word: str) -> str:
        values.append(word)
        return _HOLDS

    def cut(word: str) -> str:
        if len(word) > INDEXED_LETTERS:
            long[word] = word[:INDEXED_LETTERS]
        return begins(long.get(word, word))

    query = expression(text, forms, cut, begins)
    if not long:
        return Narrowed(query, "TRUE", ())
    check = expression(text, forms, checked, checked)
    found = _sample(connection, index, query, check, values, list(long))
    if found is None or found[0] >= limit_rows:
        return Narrowed(query, check, tuple(values))
    counts = zip(long, found[1:], strict=True)
    common = {word for word, count in counts if count * _COMMON_SHARE > SAMPLE_ROWS}
    if len(common) == len(long):  # but not together: the index knows best where
        common = set()
    long = {word: word if word not in common else long[word] for word in long}
    query = expression(text, forms, lambda word: begins(long.get(word, word)), begins)
    return Narrowed(query, check, tuple(values))


def _sample(
    connection: Connection, index: str, query: str, check: str, values: list[str], words: list[str]
) -> tuple[int, ...] | None:
    """In how many of the newest rows the check holds, and each word; None where those are all."""
    counts = ", ".join(f"total({_HOLDS})" for _word in words)
    [(rows, *found)] = connection.execute(
        f"SELECT count(*), total({check}), {counts} FROM (SELECT words FROM {index}"
        f" WHERE {index} MATCH ? ORDER BY rowid DESC LIMIT ?) AS w",
        (*values, *words, query, SAMPLE_ROWS),
    ).fetchall()
    return tuple(map(int, found)) if rows == SAMPLE_ROWS else None
