"""Searches that found nothing useful, kept so that somebody can write what is missing.

Only words are kept, never who asked or for whom: case numbers, postcodes, phone numbers, email
addresses and the names on the open contact are taken out first. Counts by day, for 90 days, on this
desk alone. Source: knowledge sheet, section 6 (7 and 9); enquiries sheet, section 10.3.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Container, Iterable
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from deskapp.services.knowledge import narrowing, terms

if TYPE_CHECKING:
    from deskapp.data.connection import Connection
    from deskapp.services.knowledge.search import Answer

KEPT_DAYS = 90
_EMAIL = re.compile(r"\S+@\S+")
_DAYS = re.compile(r"\d{1,2}")
"""A number that may be said aloud, as in *21 days*."""
_SHORT = 3
"""Letters that may be a part of a case number when they stand beside digits."""
_TAKEN_OUT = ""


class Miss(StrEnum):
    """How a search ended; each is a column of counts."""

    EMPTY = "empty"
    """Nothing was found."""
    DISTANT = "distant"
    """Nothing came close."""
    REPORTED = "reported"
    """An officer said that the article is missing."""
    OPENED = "opened"
    """Something that was found was opened: no miss, but what officers search for."""
    UNOPENED = "unopened"
    """Nothing that was found was opened."""


class MissedWords(NamedTuple):
    """Words that found nothing useful, with how often."""

    words: str
    language: str
    topic: str
    empty: int
    distant: int
    reported: int
    last_on: dt.date
    unopened: int = 0


def of(answer: Answer) -> Miss | None:
    """What to keep of an answer; nothing where something came close."""
    if not answer.hits:
        return Miss.EMPTY
    return None if answer.close else Miss.DISTANT


def without_people(words: str, *, names: Iterable[str], known: Container[str]) -> str:
    """What may be kept of a search; often less, sometimes nothing.

    Args:
        words: As typed.
        names: Of the people on the open contact.
        known: Words of the content: a form number among them is no case number.
    """
    searched = narrowing.read(words).words
    people = {part for name in names for part in terms.split(name)}
    kept = [
        _TAKEN_OUT if word in people or _is_number(word, known) else word
        for word in terms.split(_EMAIL.sub(" ", searched[: terms.LONGEST_QUERY]))
    ]
    return " ".join(
        word
        for at, word in enumerate(kept)
        if word and not (_beside_number(kept, at) and _is_part(word, known))
    )


def record(
    connection: Connection,
    words: str,
    miss: Miss,
    *,
    language: str,
    topic: str,
    today: dt.date,
    names: Iterable[str],
    known: Container[str],
) -> None:
    """Count a search that found nothing useful; what is older than 90 days goes.

    Args:
        connection: In a transaction of the caller.
        words: As typed; only what ``without_people`` leaves is kept.
        miss: Why.
        language: Of the officer's screen.
        topic: Code of the topic of the open contact, or nothing.
        today: The desk's local day.
        names: As for ``without_people``.
        known: As for ``without_people``.
    """
    connection.execute(
        "DELETE FROM kb_search WHERE searched_on < ?",
        ((today - dt.timedelta(days=KEPT_DAYS)).isoformat(),),
    )
    if kept := without_people(words, names=names, known=known):
        connection.execute(
            f"INSERT INTO kb_search (searched_on, words, language, topic, {miss})"
            f" VALUES (?, ?, ?, ?, 1) ON CONFLICT DO UPDATE SET {miss} = {miss} + 1",
            (today.isoformat(), kept, language, topic),
        )


def most(connection: Connection, *, today: dt.date, limit: int = 50) -> list[MissedWords]:
    """Words of the last 90 days that found nothing useful, those asked for most often first."""
    rows = connection.execute(
        "SELECT words, language, topic, sum(empty), sum(distant), sum(reported),"
        " max(searched_on), sum(unopened) FROM kb_search WHERE searched_on >= ?"
        " GROUP BY words, language, topic"
        " HAVING sum(empty) + sum(distant) + sum(reported) + sum(unopened) > 0"
        " ORDER BY sum(reported) DESC, sum(empty) + sum(distant) + sum(unopened) DESC, words"
        " LIMIT ?",
        ((today - dt.timedelta(days=KEPT_DAYS)).isoformat(), limit),
    ).fetchall()
    return [
        MissedWords(
            words, language, topic, empty, distant, reported, dt.date.fromisoformat(last), unopened
        )
        for words, language, topic, empty, distant, reported, last, unopened in rows
    ]


def _is_number(word: str, known: Container[str]) -> bool:
    """Whether a word holds digits that may be somebody's: a case, a phone, a postcode."""
    if not any(letter.isdigit() for letter in word):
        return False
    return not _DAYS.fullmatch(word) and not (terms.is_form(word) and word in known)


def _beside_number(kept: list[str], at: int) -> bool:
    return _TAKEN_OUT in (kept[at - 1 : at] + kept[at + 1 : at + 2])


def _is_part(word: str, known: Container[str]) -> bool:
    return word.isdigit() or (len(word) <= _SHORT and word not in known)
