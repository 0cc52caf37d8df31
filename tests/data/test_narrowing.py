"""A search for common words: as quick as one for rare ones, and it finds the same."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest

from bench import store as bench_store
from deskapp.data import narrowing, words
from deskapp.data.connection import Connection
from deskapp.data.narrowing import Narrowed, narrow
from deskapp.data.store import Store

INDEX = "contact_words"
NAMES = ("christopher", "christine", "christmas", "caerdydd", "gaerdydd", "ann")


@pytest.fixture
def store() -> Iterator[Store]:
    """Contacts in which "possession" is common, "possible" is rare, and names alternate."""
    with bench_store.a_store(captured=False) as opened:
        rows = bench_store.contacts(240)
        for number, row in enumerate(rows):
            row["question"] = f"possession hearing {'possible' if number in (7, 99) else 'order'}"
            row["answer"] = ""
            row["person_name"] = f"{NAMES[number % len(NAMES)]} fictional"
            row["phone"] = f"01632960{number:03d}"
        marks = ", ".join(f":{name}" for name in rows[0])
        sql = f"INSERT INTO contact ({', '.join(rows[0])}) VALUES ({marks})"
        opened.call_jot(Connection.executemany, sql, rows)
        yield opened


def asked(store: Store, text: str, forms: words.Forms | None = None) -> Narrowed:
    """How a search is asked."""
    return store.call_read(narrow, INDEX, text, forms, limit_rows=9)


def found(store: Store, text: str, forms: words.Forms | None = None) -> list[int]:
    """The rows that it finds, the newest first."""
    narrowed = asked(store, text, forms)
    sql = (
        f"SELECT w.rowid FROM {INDEX} AS w WHERE {INDEX} MATCH ? AND ({narrowed.check})"
        " ORDER BY w.rowid DESC"
    )
    rows = store.call_read(Connection.execute, sql, (narrowed.query, *narrowed.values))
    return [rowid for (rowid,) in rows.fetchall()]


def indexed(store: Store, text: str, forms: words.Forms | None = None) -> list[int]:
    """The rows that the index alone finds."""
    sql = f"SELECT rowid FROM {INDEX} WHERE {INDEX} MATCH ? ORDER BY rowid DESC"
    rows = store.call_read(Connection.execute, sql, (words.fts_query(text, forms),))
    return [rowid for (rowid,) in rows.fetchall()]


TYPED = (
    "possession", "possible", "possi", "poss", "p", "christ", "christopher possession",
    "christine possible", "christopher christine", "fictional 0163", "01632960012", "960 012",
    "012", "hearing fictional ann", "nobody", "possession nobody",
)  # fmt: skip


@pytest.mark.parametrize("sample_rows", [20, 1000])
def test_it_finds_what_the_index_finds(
    sample_rows: int, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether the sample is the whole list or a part of it, common words or rare ones."""
    monkeypatch.setattr(narrowing, "SAMPLE_ROWS", sample_rows)

    def forms(word: str) -> list[str]:
        return ["caerdydd", "gaerdydd"] if word == "chaerdydd" else [word]

    for text, chosen in product((*TYPED, "chaerdydd possession"), (None, forms)):
        assert found(store, text, chosen) == indexed(store, text, chosen), text
    assert found(store, "chaerdydd", forms), "the test looks at something"


def test_a_common_word_is_looked_for_by_its_first_letters_and_a_rare_one_as_it_stands(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The index would collect every row of the common one before it gave the first."""
    monkeypatch.setattr(narrowing, "SAMPLE_ROWS", 40)
    assert asked(store, "possession").query == '"poss"*'
    assert asked(store, "possible").query == '"possible"*'
    both = asked(store, "possession possible").query
    assert both == '("poss"* AND "possible"*) OR "possessionpossible"*'
    assert asked(store, "poss 960") == Narrowed(words.fts_query("poss 960"), "TRUE", ())


def test_rows_come_one_by_one_by_the_index(store: Store) -> None:
    """No sort and no scan of a table: the first page of a million rows is the work of one page."""
    narrowed = asked(store, "possession")
    sql = (
        f"EXPLAIN QUERY PLAN SELECT w.rowid FROM {INDEX} AS w JOIN contact AS c ON c.id = w.id"
        f" WHERE {INDEX} MATCH ? AND ({narrowed.check}) ORDER BY w.rowid DESC LIMIT 9"
    )
    plan = store.call_read(Connection.execute, sql, (narrowed.query, *narrowed.values)).fetchall()
    steps = [str(row[-1]) for row in plan]
    assert len(steps) == 2
    assert "VIRTUAL TABLE" in steps[0]
    assert steps[1].startswith("SEARCH c USING")
    assert not any("TEMP B-TREE" in step for step in steps)
    [(declared,)] = store.call_read(
        Connection.execute, "SELECT sql FROM sqlite_master WHERE name = ?", (INDEX,)
    ).fetchall()
    lengths = " ".join(map(str, range(1, words.INDEXED_LETTERS + 1)))
    assert f"prefix='{lengths}'" in declared
