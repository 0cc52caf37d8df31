"""The search index: which words of a row it is found by, how a search is asked, names in order.

The words are folded before they reach SQLite, so its tokenizer only splits them at spaces. A run of
seven digits or more is kept twice, as it is said and backwards behind ``_``: a phone number is
found by its beginning and by its last digits, however it is spaced.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from itertools import groupby
from typing import TYPE_CHECKING

from deskapp.text import compact, words

if TYPE_CHECKING:
    from deskapp.data.connection import Connection

Forms = Callable[[str], Iterable[str]]
"""The words that a word may stand for."""
Leaf = Callable[[str], str]
"""Says in a query that a row holds a word that begins so."""

_APOSTROPHES = re.compile("['\u2018\u2019\u02bc`\u00b4]")
_PHONE_DIGITS = 7
_LAST_DIGITS = 3
"""Fewer last digits would find too much."""
INDEXED_LETTERS = 4
"""A beginning of so many letters has a list of its own in the index, as has every shorter one."""
_SEARCH_WORDS = 16
"""More words than this narrow nothing, and the index refuses very long questions."""

BY_NAME = "person_by_name"
"""Index of persons as a list of names shows them."""
_AS_IT_IS = "{row}{column}"
_POSTCODE = (
    "{row}postcode, replace({row}postcode, ' ', ''), substr(replace({row}postcode, ' ', ''), -3)"
)
"""With its space, without it, and its second half alone."""
_ALIASES = (
    "(SELECT group_concat(value || ' ' || replace(value, '-', ''), ' / ') FROM"
    " (SELECT json_extract(losing, '$') AS value FROM conflict"
    " WHERE row_id = {row}id AND kind = 'reference'))"
)
"""References that a row had before; central found that they were another row's first."""
_SOURCES = {
    "contact": {
        **dict.fromkeys(
            (
                "ref",
                "ref_key",
                "person_name",
                "phone",
                "email",
                "case_ref",
                "case_key",
                "topic",
                "question",
                "answer",
            ),
            _AS_IT_IS,
        ),
        "postcode": _POSTCODE,
        "extras": (
            "(SELECT group_concat(value, ' / ')"
            " FROM json_each(iif(json_valid({row}extras), {row}extras, '{{}}')))"
        ),
    },
    "person": {
        **dict.fromkeys(("full_name", "phone", "email"), _AS_IT_IS),
        "postcode": _POSTCODE,
    },
    "complaint": {
        **dict.fromkeys(
            (
                "ref",
                "ref_key",
                "person_name",
                "acting_for",
                "phone",
                "email",
                "case_ref",
                "case_key",
                "summary",
                "details",
            ),
            _AS_IT_IS,
        ),
        "postcode": _POSTCODE,
    },
    "juror": {
        **dict.fromkeys(
            (
                "number",
                "first_name",
                "last_name",
                "optic_ref",
                "phone",
                "phone_2",
                "phone_3",
                "email",
            ),
            _AS_IT_IS,
        ),
        "postcode": _POSTCODE,
    },
    "case_state": dict.fromkeys(("ref", "ref_key", "title", "external_refs"), _AS_IT_IS),
}
"""Which columns a row is found by, and what each gives to ``fold_words``."""


def fold_words(*texts: str | None) -> str:
    """The words a row is found by, each once, parted by spaces.

    A name with an apostrophe is found with it, without it and by its parts.
    """
    found: dict[str, None] = {}
    for text in texts:
        if not text:
            continue
        spelt = words(text.replace("_", " "))
        found.update(dict.fromkeys(spelt))
        if _APOSTROPHES.search(text):
            found.update(dict.fromkeys(words(_APOSTROPHES.sub(" ", text.replace("_", " ")))))
        for number in _numbers(spelt):
            if len(number) >= _PHONE_DIGITS:
                found[_national(number)] = None
                found["_" + _national(number)[::-1]] = None
    return " ".join(found)


def fts_query(text: str, forms: Forms | None = None) -> str:
    """What to MATCH for rows that hold every word of ``text``; empty when it has none.

    ``forms`` gives the words that a word may stand for, itself among them.

    Each word may be only begun. Digits may also be the last ones of a phone number, and all words
    together may be one reference, case number or postcode typed with spaces.
    """
    return expression(text, forms, begins, begins)


def expression(text: str, forms: Forms | None, plain: Leaf, joined: Leaf) -> str:
    """The same search with leaves of one's own, in AND, OR and brackets; empty without words.

    Args:
        text: What was typed.
        forms: As for ``fts_query``.
        plain: Says that a row holds a word that begins so.
        joined: The same of what was put together from several words, and of a number's end.
    """
    spelt = [word.strip("_") for word in words(text.replace("_", " "))][:_SEARCH_WORDS]
    if not spelt:
        return ""
    query = " AND ".join(
        _number_part(list(run), plain, joined) if is_number else _words_part(run, forms, plain)
        for is_number, run in groupby(spelt, _is_number)
    )
    if len(spelt) == 1:
        return query
    return f"({query}) OR {joined(compact(' '.join(spelt)).lower())}"


def _words_part(run: Iterable[str], forms: Forms | None, plain: Leaf) -> str:
    if forms is None:
        return " AND ".join(map(plain, run))
    return " AND ".join(f"({' OR '.join(map(plain, forms(word)))})" for word in run)


def _number_part(run: list[str], plain: Leaf, joined: Leaf) -> str:
    every = " AND ".join(map(plain, run))
    number = _national("".join(run))
    if len(number) < _LAST_DIGITS:
        return every
    ends = [number] if len(run) > 1 or number != run[0] else []
    return f"(({every}) OR {' OR '.join(map(joined, (*ends, '_' + number[::-1])))})"


def begins(word: str) -> str:
    """A word, or the beginning of one, as MATCH asks for it."""
    return f'"{word}"*'


def _is_number(word: str) -> bool:
    return word.isascii() and word.isdigit()


def _numbers(spelt: list[str]) -> list[str]:
    return ["".join(run) for is_number, run in groupby(spelt, _is_number) if is_number]


def _national(number: str) -> str:
    """A phone number as it is dialled at home: +44 (0)7700 becomes 07700."""
    for abroad in ("0044", "44"):
        if number.startswith(abroad) and len(number) >= len(abroad) + 9:
            return "0" + number.removeprefix(abroad).lstrip("0")
    return number


def drop(connection: Connection) -> None:
    """Take the index and its triggers away, inside the caller's transaction."""
    connection.execute(f"DROP INDEX IF EXISTS {BY_NAME}")
    for table in _SOURCES:
        for name in ("found", "found_anew", "lost"):
            connection.execute(f"DROP TRIGGER IF EXISTS {table}_{name}")
        connection.execute(f"DROP TABLE IF EXISTS {table}_words")


def rebuild(connection: Connection) -> None:
    """Make the index and its triggers anew from the rows, inside the caller's transaction.

    The index is linked by rowid, so nothing may VACUUM the store without calling this. A column
    that a later migration step makes is left to that step.
    """
    drop(connection)
    connection.execute(f"CREATE INDEX {BY_NAME} ON person (name_key(full_name), id)")
    aliases = connection.execute("SELECT 1 FROM pragma_table_xinfo('conflict')").fetchone()
    for table, every in _SOURCES.items():
        rows = connection.execute("SELECT name FROM pragma_table_xinfo(?)", (table,)).fetchall()
        sources = {column: source for column, source in every.items() if (column,) in rows}
        if not sources:
            continue
        if ("ref_key",) in rows and aliases:
            sources["ref_key"] = f"{_AS_IT_IS}, {_ALIASES}"
        index = f"{table}_words"
        connection.execute(
            f"CREATE VIRTUAL TABLE {index} USING fts5(id UNINDEXED, words, prefix='1 2 3 4',"
            " detail=none, tokenize=\"ascii tokenchars '_'\")"
        )
        # What is purged must be gone from the index pages too.
        connection.execute(f"INSERT INTO {index} ({index}, rank) VALUES ('secure-delete', 1)")
        fill = f"INSERT INTO {index} (rowid, id, words)"
        connection.execute(f"{fill} SELECT rowid, id, {_folded(sources, row='')} FROM {table}")
        for statement in _triggers(table, index, fill, sources):
            connection.execute(statement)


def _triggers(table: str, index: str, fill: str, sources: dict[str, str]) -> list[str]:
    folded = _folded(sources, row="NEW.")
    return [
        f"CREATE TRIGGER {table}_found AFTER INSERT ON {table}"
        f" BEGIN {fill} VALUES (NEW.rowid, NEW.id, {folded}); END",
        # What comes back from central as it is here must not be indexed once more.
        f"CREATE TRIGGER {table}_found_anew AFTER UPDATE OF {', '.join(sources)} ON {table}"
        f" WHEN {' OR '.join(f'NEW.{name} IS NOT OLD.{name}' for name in sources)}"
        f" BEGIN UPDATE {index} SET words = {folded} WHERE rowid = NEW.rowid; END",
        f"CREATE TRIGGER {table}_lost AFTER DELETE ON {table}"
        f" BEGIN DELETE FROM {index} WHERE rowid = OLD.rowid; END",
    ]


def _folded(sources: dict[str, str], row: str) -> str:
    given = (source.format(row=row, column=column) for column, source in sources.items())
    return f"fold_words({', '.join(given)})"
