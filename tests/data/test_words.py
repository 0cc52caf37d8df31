"""The search index: what a row is found by."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from deskapp.data import words
from deskapp.data.connection import Connection
from deskapp.data.store import Store
from deskapp.data.tables import Person

Make = Any


def found(store: Store, table: str, text: str) -> list[str]:
    """Ids of the rows of ``table`` that a search finds."""
    query = words.fts_query(text)
    sql = f"SELECT id FROM {table}_words WHERE {table}_words MATCH ?"
    rows = store.call_read(lambda connection: connection.execute(sql, (query,)).fetchall())
    return [row_id for (row_id,) in rows]


@pytest.mark.parametrize(
    "typed",
    [
        "o'brien", "O\u2019BRIEN", "obrien", "brien", "o brien", "sian", "SIÂN", "obr", "sian bri",
        "01632 960 001", "01632960001", "+44 1632 960001", "01632", "960 001", "960001", "001",
        "0001", "01632 960", "sian.obrien@mail", "obrien@mail.example", "zz9 4xx", "ZZ94XX", "4xx",
    ],
)  # fmt: skip
def test_a_person_is_found_by_what_is_remembered(store: Store, a_person: Make, typed: str) -> None:
    """Name with or without accents and apostrophe, a number by either end, a postcode."""
    person = a_person(phone="01632 960 001", email="sian.obrien@mail.example", postcode="ZZ9 4XX")
    other = a_person(full_name="Ann Fictional", phone="07700 900 982")
    store.call_write(lambda session: session.add_all([person, other]))
    assert found(store, "person", typed) == [person.id]


@pytest.mark.parametrize("kept", ["+44 7700 900982", "07700900982", "0044 7700-900-982",
                                  "+44 (0)7700 900982"])  # fmt: skip
@pytest.mark.parametrize(
    "typed", ["07700 900 982", "07700900982", "+447700900982", "900982", "982"]
)
def test_a_phone_number_is_found_however_it_is_spaced(
    store: Store, a_person: Make, kept: str, typed: str
) -> None:
    """Abroad or at home, spaced or not, beginning or end."""
    store.call_write(lambda session: session.add(a_person(phone=kept)))
    assert len(found(store, "person", typed)) == 1


def test_a_person_is_found_by_the_new_name_only(store: Store, a_person: Make) -> None:
    """The index follows an edit, and forgets with the row."""
    person = a_person(full_name="Ann Fictional")
    store.call_write(lambda session: session.add(person))

    def rename(session: Session) -> None:
        row = session.get(Person, person.id)
        assert row is not None
        row.full_name = "Ann Invented"

    store.call_write(rename)
    assert found(store, "person", "ann inv") == [person.id]
    assert found(store, "person", "fictional") == []


@pytest.mark.parametrize(
    "typed",
    [
        "E-7KM-4X9-3CJ", "e7km4x93cj", "7km 4x9", "T2026 1234", "t20261234", "fictional ann",
        "lift broken", "hearing date", "07700 900982", "ring after",
    ],
)  # fmt: skip
def test_a_contact_is_found_by_its_texts(store: Store, a_contact: Make, typed: str) -> None:
    """Reference, case, name, topic, question, answer and what the outcome added."""
    contact = a_contact(
        ref="E-7KM-4X9-3CJ",
        person_name="Ann Fictional",
        case_ref="T20261234",
        case_key="T20261234",
        question="Is the lift broken?",
        answer="Yes, use the side door",
        extras=json.dumps({"callback": "07700 900982", "when": "ring after ten"}),
    )
    store.call_write(lambda session: session.add_all([contact, a_contact()]))
    expected = 2 if typed == "hearing date" else 1
    assert len(found(store, "contact", typed)) == expected
    assert contact.id in found(store, "contact", typed)


def test_the_names_of_extras_are_not_searched(store: Store, a_contact: Make) -> None:
    """Or every call-back would be found by the word callback; broken JSON stops no save."""
    rows = [a_contact(extras='{"callback": "ten"}'), a_contact(extras="{broken")]
    store.call_write(lambda session: session.add_all(rows))
    assert found(store, "contact", "callback") == []
    assert len(found(store, "contact", "ten")) == 1


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.text(max_size=60) | st.sampled_from(['"', "a* OR b", "NEAR(a b)", "^a", "a:b", "_", "-"]))
def test_any_text_can_be_searched(store: Store, text: str) -> None:
    """What is typed is words, never the index's own language (rule S4)."""
    query = words.fts_query(text)
    if query:
        sql = "SELECT count(*) FROM contact_words WHERE contact_words MATCH ?"
        store.call_read(lambda connection: connection.execute(sql, (query,)).fetchone())
    else:
        assert not any(letter.isalnum() and letter.isascii() for letter in text)


@settings(max_examples=60, deadline=None)
@given(st.text(min_size=1, max_size=40))
def test_a_row_is_found_by_its_own_text(text: str) -> None:
    """Every script: what was typed finds what was typed."""
    import sqlcipher3.dbapi2 as sqlcipher

    from deskapp.text import clean

    text = clean(text)
    query = words.fts_query(text)
    memory = sqlcipher.connect(":memory:")
    memory.execute(
        "CREATE VIRTUAL TABLE w USING fts5(words, detail=none, tokenize=\"ascii tokenchars '_'\")"
    )
    memory.execute("INSERT INTO w VALUES (?)", (words.fold_words(text),))
    if query:
        assert memory.execute("SELECT count(*) FROM w WHERE w MATCH ?", (query,)).fetchone() == (1,)
    memory.close()


def test_a_paste_of_twenty_thousand_letters_can_be_searched(store: Store, a_contact: Make) -> None:
    """The first words decide."""
    text = "lorem ipsum 12 " * 1400
    store.call_write(lambda session: session.add(a_contact(question=text)))
    assert len(found(store, "contact", text)) == 1


def test_the_index_can_be_made_anew(store: Store, a_contact: Make) -> None:
    """After a bulk load with the triggers away, rows are found all the same."""
    store.call_jot(words.drop)
    contact = a_contact(question="the lift")
    store.call_write(lambda session: session.add(contact))
    store.call_jot(words.rebuild)
    assert found(store, "contact", "lift") == [contact.id]


def test_the_index_is_sound(store: Store, a_contact: Make, a_person: Make) -> None:
    """SQLite's own check of the index against its content."""
    store.call_write(lambda session: session.add_all([a_contact(), a_person()]))

    def check(connection: Connection) -> None:
        for table in ("contact", "person"):
            connection.execute(
                f"INSERT INTO {table}_words ({table}_words) VALUES ('integrity-check')"
            )

    store.call_jot(check)
