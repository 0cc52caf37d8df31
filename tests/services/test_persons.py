"""Persons are found while their name is typed and never changed behind anybody's back."""

from __future__ import annotations

from typing import Any

import pytest

from deskapp.data.store import Store
from deskapp.errors import NotFoundError
from deskapp.roles import User
from deskapp.services.enquiries import contact_lines
from deskapp.services.paging import Want
from deskapp.services.persons import persons
from deskapp.services.persons.persons import PersonLine
from tests.builders import SetClock, officer_of, save


def a_person(store: Store, user: User, clock: SetClock, name: str, **given: Any) -> str:
    """Save a contact of a new person and return the person's id."""
    line = save(store, user, clock, person_name=name, **given)
    person_id = store.call_read(contact_lines.record, line.id, user=user).person_id
    assert person_id is not None
    return person_id


def names(store: Store, text: str) -> list[str]:
    """Names of the persons offered."""
    return [line.full_name for line in store.call_read(persons.find, text, user=officer_of(store))]


def person(store: Store, person_id: str) -> PersonLine:
    """One person."""
    return store.call_read(persons.get, person_id, user=officer_of(store))


# -- linking ------------------------------------------------------------------------------


def test_anonymous_contact_makes_no_person(store: Store, user: User, clock: SetClock) -> None:
    """Nobody is a person with an empty name."""
    line = save(store, user, clock)
    assert store.call_read(contact_lines.record, line.id, user=user).person_id is None


def test_picked_person_is_linked_and_no_new_one_is_made(
    store: Store, user: User, clock: SetClock
) -> None:
    """Two contacts of one person stand together."""
    known = a_person(store, user, clock, "Ann Jones")
    assert a_person(store, user, clock, "Ann Jones", person_id=known) == known
    assert names(store, "jones") == ["Ann Jones"]
    assert person(store, known).contacts == 2
    page = store.call_read(contact_lines.of_person, Want(), known, user=user)
    assert len(page.lines) == 2


def test_same_name_typed_without_picking_is_somebody_else(
    store: Store, user: User, clock: SetClock
) -> None:
    """There are many Ann Joneses; only the officer knows whether it is this one."""
    first = a_person(store, user, clock, "Ann Jones")
    assert a_person(store, user, clock, "Ann Jones") != first


def test_details_are_added_where_there_were_none_and_never_replaced(
    store: Store, user: User, clock: SetClock
) -> None:
    """A number typed today does not wipe out the one on file; the contact keeps what was typed."""
    known = a_person(store, user, clock, "Ann Jones", phone="01632 960001")
    save(
        store,
        user,
        clock,
        person_id=known,
        person_name="Annie",
        phone="07700 900982",
        email="ann@example.com",
        postcode="sy23 1as",
    )
    assert person(store, known) == PersonLine(
        known, "Ann Jones", "SY23 1AS", "01632 960001", "ann@example.com", 2
    )


def test_person_who_is_not_there_makes_a_new_one(store: Store, user: User, clock: SetClock) -> None:
    """A link to nobody would lose the name."""
    made = a_person(store, user, clock, "Ann Jones", person_id="no-such-person")
    assert person(store, made).full_name == "Ann Jones"


def test_nobody_with_that_id_is_told(store: Store) -> None:
    """The row may have been linked elsewhere meanwhile."""
    with pytest.raises(NotFoundError):
        person(store, "no-such-person")


# -- finding ------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", "a", "an", " a n ", "%", "_", '"', "''", "🙂", "* OR *"])
def test_nothing_is_offered_below_three_letters_or_for_signs(
    text: str, store: Store, user: User, clock: SetClock
) -> None:
    """Source: enquiries sheet, section 5; a sign is a sign and not a pattern for everything."""
    a_person(store, user, clock, "Ann Jones")
    assert names(store, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Siân O'Brien",
        "sian obrien",
        "SIÂN",
        "O'Bri",
        "O’Brien",
        "obrien",
        "brien",
        "brien sia",
        "01632 960 001",
        "01632960001",
        "960001",
        "+44 1632 960001",
        "sy23 1as",
        "SY231AS",
        "sian.obrien@example",
    ],
)
def test_person_is_found_however_the_name_or_number_is_spelt(
    text: str, store: Store, user: User, clock: SetClock
) -> None:
    """The officer types what they hear."""
    a_person(store, user, clock, "Ann Jones")
    a_person(
        store,
        user,
        clock,
        "Siân O'Brien",
        phone="01632 960001",
        postcode="SY23 1AS",
        email="sian.obrien@example.com",
    )
    assert names(store, text) == ["Siân O'Brien"]


@pytest.mark.parametrize("text", ["O'Brien%", "Sian'); DROP TABLE person; --", 'sian" OR "ann'])
def test_signs_in_a_search_do_no_harm(text: str, store: Store, user: User, clock: SetClock) -> None:
    """Values are bound and quoted, so the worst search finds nothing."""
    a_person(store, user, clock, "Ann Jones")
    names(store, text)
    assert names(store, "jones") == ["Ann Jones"]


def test_details_added_later_are_found_too(store: Store, user: User, clock: SetClock) -> None:
    """The index follows the row."""
    known = a_person(store, user, clock, "Ann Jones")
    save(store, user, clock, person_id=known, phone="07700 900982")
    assert names(store, "07700 900 982") == ["Ann Jones"]


def test_no_more_are_offered_than_asked_for(store: Store, user: User, clock: SetClock) -> None:
    """The list under the field has six rows."""
    for number in range(10):
        a_person(store, user, clock, f"Jones {number:03}")
    assert len(names(store, "jones")) == 8
    assert len(store.call_read(persons.find, "jones", limit_rows=3, user=user)) == 3


@pytest.mark.parametrize(
    ("postcode", "phone", "contacts", "words"),
    [
        ("SY23 1AS", "07700 900 982", 2, "SY23 1AS, phone ends 982, 2 contacts"),
        ("", "+44 (0)1632 960-001", 1, "phone ends 001, 1 contact"),
        ("", "", 0, "0 contacts"),
    ],
)
def test_hint_tells_people_of_one_name_apart(
    postcode: str, phone: str, contacts: int, words: str
) -> None:
    """The last digits can be asked for without reading the number out."""
    assert persons.hint(PersonLine("id", "Ann Jones", postcode, phone, "", contacts)) == words
