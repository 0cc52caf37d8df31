"""Searches that found nothing are kept without anything about people, for 90 days."""

from __future__ import annotations

import datetime as dt

import pytest

from deskapp.data.store import Store
from deskapp.services.knowledge import misses
from deskapp.services.knowledge.misses import Miss
from deskapp.services.knowledge.search import Answer, Hit

TODAY = dt.date(2026, 11, 18)
KNOWN = frozenset({"ex160", "n244", "for", "fee", "case", "the", "pay"})


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("refund for ex160 fee", "refund for ex160 fee"),
        ("letter says 21 days", "letter says 21 days"),
        ("fine Ann O'Brien owes", "fine owes"),
        ("siân o’brien fine", "fine"),
        ("call 07700 900 982 back", "call back"),
        ("ring 01632 96 0001 today", "ring today"),
        ("case AB12 YJ 345 status", "case status"),
        ("case KB26F00123", "case"),
        ("1234/2026 appeal", "appeal"),
        ("who lives at SA1 3SG", "who lives"),
        ("cf101et parking", "parking"),
        ("mail ann.obrien+x@example.org please", "mail please"),
        ("account 12345678", "account"),
        ("ab123", ""),
        ("a@b.c", ""),
    ],
)
def test_nothing_about_people_is_kept(typed: str, kept: str) -> None:
    """Case numbers, postcodes, phones, addresses, long numbers and names of the open contact."""
    names = ["Siân O'Brien", "Ann O’Brien"]
    assert misses.without_people(typed, names=names, known=KNOWN) == kept


def keep(store: Store, words: str, miss: Miss, *, on: dt.date = TODAY, topic: str = "FEE") -> None:
    """Keep one search."""
    store.call_jot(
        misses.record,
        words,
        miss,
        language="en",
        topic=topic,
        today=on,
        names=[],
        known=KNOWN,
    )


def test_the_same_words_are_counted(store: Store) -> None:
    """However they were typed; what an officer reported comes first."""
    keep(store, "Bus pass", Miss.EMPTY)
    keep(store, "bus  PASS", Miss.EMPTY, on=TODAY - dt.timedelta(days=3))
    keep(store, "bus pass", Miss.DISTANT)
    keep(store, "tram", Miss.REPORTED)
    lines = store.call_read(misses.most, today=TODAY)
    assert [(line.words, line.empty, line.distant, line.reported) for line in lines] == [
        ("tram", 0, 0, 1),
        ("bus pass", 2, 1, 0),
    ]
    assert lines[1].last_on == TODAY


def test_words_are_kept_for_90_days(store: Store) -> None:
    """Then they go with the next search that is kept."""
    keep(store, "old words", Miss.EMPTY, on=TODAY - dt.timedelta(days=91))
    keep(store, "last words", Miss.EMPTY, on=TODAY - dt.timedelta(days=90))
    assert [line.words for line in store.call_read(misses.most, today=TODAY)] == ["last words"]
    keep(store, "new words", Miss.EMPTY)
    rows = store.call_read(
        lambda connection: connection.execute("SELECT words FROM kb_search").fetchall()
    )
    assert {words for (words,) in rows} == {"last words", "new words"}


def test_nothing_is_kept_where_nothing_is_left(store: Store) -> None:
    """A phone number alone is no missing article."""
    keep(store, "07700 900 982", Miss.EMPTY)
    assert store.call_read(misses.most, today=TODAY) == []


def test_only_what_did_not_help_is_kept() -> None:
    """A search that came close is nobody's business."""
    hit = Hit("a", "article", "A", "")
    assert misses.of(Answer((), close=False)) is Miss.EMPTY
    assert misses.of(Answer((hit,), close=False)) is Miss.DISTANT
    assert misses.of(Answer((hit,))) is None
