"""Persons by name: the last word first, in pages, however a name is spelt."""

from __future__ import annotations

import pytest

from deskapp.data.connection import Connection
from deskapp.data.store import Store
from deskapp.roles import User
from deskapp.services.paging import Want
from deskapp.services.persons import person_pages
from deskapp.text import name_key
from tests.builders import SetClock, save

SORTED = ["Élodie Abel", "jones", "Ann Jones", "Bob JONES", "Mr O'Brien", "Siân Ŵyn-Jones", "Zu"]
NAMES = [*SORTED[::2], *SORTED[1::2]]


@pytest.fixture(autouse=True)
def known(store: Store, user: User, clock: SetClock) -> None:
    """Some persons, and one who gave no name."""
    for name in NAMES:
        save(store, user, clock, person_name=name)
    save(store, user, clock, phone="01632 960001")


def names(store: Store, user: User, want: Want) -> list[str]:
    page = store.call_read(person_pages.page, want, user=user)
    return [each.line.full_name for each in page.lines]


def test_persons_stand_by_the_last_word_of_their_name(store: Store, user: User) -> None:
    """A caller says their surname; who gave none cannot be looked up."""
    assert names(store, user, Want()) == SORTED


def test_pages_meet_whichever_way_they_are_read(store: Store, user: User) -> None:
    """Two persons of one name are parted by nothing but their id."""
    store.call_jot(lambda connection: connection.execute("UPDATE person SET full_name = 'A B'"))
    first = store.call_read(person_pages.page, Want(limit_rows=5), user=user)
    assert (len(first.lines), first.more) == (5, True)
    rest = Want(first.lines[-1].place, limit_rows=5)
    second = store.call_read(person_pages.page, rest, user=user)
    back = Want(second.lines[0].place, backwards=True, limit_rows=5)
    assert store.call_read(person_pages.page, back, user=user) == first._replace(more=False)
    assert len({each.line.id for each in (*first.lines, *second.lines)}) == len(NAMES) + 1


@pytest.mark.parametrize(
    ("typed", "first"),
    [("J", "jones"), ("jones b", "Bob JONES"), ("OB", "Mr O'Brien"), ("wy", "Siân Ŵyn-Jones")],
)
def test_letters_lead_to_the_first_name_that_begins_so_or_follows(
    store: Store, user: User, typed: str, first: str
) -> None:
    """Without accents, apostrophes or capitals."""
    assert names(store, user, person_pages.starting(typed))[0] == first


def test_nothing_follows_the_last_name(store: Store, user: User) -> None:
    """The list then shows its end."""
    assert names(store, user, person_pages.starting("zz")) == []


def test_the_index_gives_the_order(store: Store) -> None:
    """A long list opens as fast as a short one."""
    for place in ("TRUE", "(name_key(full_name), id) > ('jones', '')"):
        plan = store.call_read(
            Connection.execute,
            "EXPLAIN QUERY PLAN SELECT name_key(full_name), id FROM person"
            f" WHERE name_key(full_name) > '' AND {place}"
            " ORDER BY name_key(full_name) ASC, id ASC LIMIT 51",
        ).fetchall()
        steps = [step[3] for step in plan]
        assert any("person_by_name" in step for step in steps)
        assert not any("TEMP B-TREE" in step for step in steps)


@pytest.mark.parametrize(
    ("name", "key"), [("", ""), ("  ", ""), ("Ann", "ann"), ("Ann Mary O'Neill", "oneill ann mary")]
)
def test_key_of_a_name_begins_with_its_last_word(name: str, key: str) -> None:
    """The rest parts those of one surname."""
    assert name_key(name) == key
