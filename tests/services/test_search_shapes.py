"""One box finds a reference, a postcode, digits, a name or words, in whatever spelling."""

from __future__ import annotations

import pytest

from deskapp.data.connection import Connection
from deskapp.data.store import Store
from deskapp.data.words import fts_query
from deskapp.roles import User
from deskapp.services import mutations
from deskapp.services.enquiries import contact_lines
from deskapp.services.paging import Want
from deskapp.services.persons import persons
from tests.builders import SetClock, save


@pytest.fixture
def ref(store: Store, user: User, clock: SetClock) -> str:
    """Reference of the one contact that everything here should find; another lies beside it."""
    save(store, user, clock, person_name="Dafydd Nobody", question="Something else")
    line = save(
        store,
        user,
        clock,
        person_name="Siân O'Brien-Prydderch",
        phone="01632 960123",
        email="sian@example.com",
        postcode="SY23 1AA",
        case_ref="ZZ26P00123",
        question="Hearing yng Nghaerdydd, 100% late",
    )
    return line.ref


@pytest.mark.parametrize(
    "typed",
    [
        "{ref}", "{bare}", "sy23 1aa", "SY231AA", "1aa", "01632960123", "+44 1632 960 123", "0123",
        "123", "o'brien", "O’Brien", "obrien", "brien", "sian", "SIÂN", "zz26p00123", "zz26-p00123",
        "nghaerdydd", "caerdydd", "Gaerdydd", "chaerdydd", "100%", "hearing sian", "sian@example",
    ],
)  # fmt: skip
def test_it_is_found_whatever_its_shape(typed: str, ref: str, store: Store, user: User) -> None:
    """Accents, apostrophes, spaces and Welsh mutations fold; nobody chooses a kind of search."""
    words = typed.format(ref=ref, bare=ref.replace("-", "").lower())
    found = store.call_read(contact_lines.page, Want(), words, user=user).lines
    assert [line.ref for line in found] == [ref]


@pytest.mark.parametrize("typed", ["%", '"', "\U0001f600", "*", "' OR 1=1 --", "_", "AND", "NEAR("])
def test_signs_find_nothing_and_break_nothing(
    typed: str, ref: str, store: Store, user: User
) -> None:
    """They are looked for like any other text."""
    assert store.call_read(contact_lines.page, Want(), typed, user=user).lines == []
    assert store.call_read(persons.find, typed, user=user) == []


def test_a_mutated_name_finds_its_person_only_when_no_other_does(
    store: Store, user: User, clock: SetClock
) -> None:
    """Who is found as typed is not drowned in what it might have been."""
    for name in ("Prydderch", "Brydderch", "Morgan"):
        save(store, user, clock, person_name=name)
    both = ["Brydderch", "Prydderch"]
    typed = {"brydderch": ["Brydderch"], "phrydderch": both, "forgan": ["Morgan"]}
    for text, names in typed.items():
        found = store.call_read(persons.find, text, user=user)
        assert sorted(line.full_name for line in found) == names
    assert mutations.searched("bar") == ("bar",)


def test_a_search_in_every_form_uses_the_index_and_sorts_nothing(store: Store) -> None:
    """A million contacts are searched inside a frame of typing."""
    sql = (
        "EXPLAIN QUERY PLAN SELECT c.id FROM contact_words AS w JOIN contact AS c ON c.id = w.id"
        " WHERE contact_words MATCH ? AND TRUE ORDER BY w.rowid DESC LIMIT 9"
    )
    query = fts_query("caerdydd gwrandawiad", mutations.searched)
    plan = str(store.call_read(Connection.execute, sql, (query,)).fetchall())
    assert "VIRTUAL TABLE INDEX" in plan
    assert "TEMP B-TREE" not in plan
