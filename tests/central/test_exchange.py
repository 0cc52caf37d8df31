"""Two desks and a real PostgreSQL: what one writes the other has, and no value is lost."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from sqlmodel import Session

from deskapp.clock import stamp
from deskapp.data.connection import Connection
from deskapp.data.ids import new_id
from deskapp.data.store import Store
from deskapp.data.tables import Person
from tests.builders import SITE
from tests.central.conftest import Central, Desk

Enrol = Callable[..., Desk]


def add_person(desk: Desk, **fields: Any) -> str:
    """Write a person on a desk; the id."""
    person = Person(id=new_id(), home_site=SITE, created_at=stamp(desk.clock.moment), **fields)
    row = person.model_dump()
    marks = ", ".join("?" * len(row))
    statement = f"INSERT INTO person ({', '.join(row)}) VALUES ({marks})"
    desk.store.call_jot(Connection.execute, statement, tuple(row.values()))
    return person.id


def change(desk: Desk, person_id: str, **fields: Any) -> None:
    """Change some fields of a person on a desk."""

    def write(session: Session) -> None:
        person = session.get(Person, person_id)
        assert person is not None
        for name, value in fields.items():
            setattr(person, name, value)

    desk.store.call_write(write)


def persons(store: Store) -> list[tuple[Any, ...]]:
    """Every person of a store."""
    return store.call_read(
        lambda connection: connection.execute(
            "SELECT id, sync_rev, full_name, phone, email FROM person ORDER BY id"
        ).fetchall()
    )


def conflicts(connection: Connection) -> list[tuple[Any, ...]]:
    """Every conflict that a desk knows of."""
    return connection.execute(
        "SELECT field, losing, winning, losing_by, winning_by FROM conflict ORDER BY id"
    ).fetchall()


def test_what_one_desk_writes_the_other_gets(central: Central, enrolled: Enrol) -> None:
    """The whole way: captured, sealed, sent, merged, fetched, taken in."""
    one, two = enrolled("one"), enrolled("two")
    person = add_person(one, full_name="Siân O’Brien", phone="01632 960 001")
    assert one.sync().sent == 1
    assert central.apply().applied == 1
    assert two.sync().received == 1
    assert persons(two.store) == [(person, 1, "Siân O’Brien", "01632 960 001", "")]
    one.sync()
    assert persons(one.store) == persons(two.store)


def test_nothing_new_asks_once(central: Central, enrolled: Enrol) -> None:
    """Most runs find nothing; they must cost nothing."""
    one = enrolled("one", may_apply=True)
    add_person(one, full_name="Ann Jones")
    first, second = one.sync(), one.sync()
    assert (first.sent, first.applied, first.received) == (1, 1, 1)
    assert (second.sent, second.applied, second.received) == (0, 0, 0)


def test_different_fields_of_one_row_both_stand(central: Central, enrolled: Enrol) -> None:
    """Two officers who put right different things have not contradicted each other."""
    one, two = enrolled("one", may_apply=True), enrolled("two", may_apply=True)
    person = add_person(one, full_name="Ann Jones")
    one.sync()
    two.sync()
    change(one, person, phone="01632 960 001")
    change(two, person, email="ann@example.org")
    one.sync()
    two.sync()
    one.sync()
    expected = [(person, 3, "Ann Jones", "01632 960 001", "ann@example.org")]
    assert persons(one.store) == persons(two.store) == expected
    assert one.store.call_read(conflicts) == []


def test_the_same_field_twice_keeps_the_value_that_lost(central: Central, enrolled: Enrol) -> None:
    """The later one stands, and a person can still decide otherwise."""
    one, two = enrolled("one", may_apply=True), enrolled("two", may_apply=True)
    person = add_person(one, full_name="Ann Jones")
    one.sync()
    two.sync()
    change(one, person, phone="01632 960 001")
    two.clock.passes(minutes=1)
    change(two, person, phone="01632 960 002")
    two.sync()
    one.sync()
    two.sync()
    assert persons(one.store) == persons(two.store)
    assert persons(one.store)[0][3] == "01632 960 002"
    lost = (
        "phone",
        json.dumps("01632 960 001"),
        json.dumps("01632 960 002"),
        "officer-one",
        "officer-two",
    )
    assert one.store.call_read(conflicts) == two.store.call_read(conflicts) == [lost]


def test_an_edit_that_is_not_merged_yet_stays_in_view(central: Central, enrolled: Enrol) -> None:
    """Read your writes: an officer never sees an older value than the one just typed."""
    one, two = enrolled("one"), enrolled("two")
    person = add_person(one, full_name="Ann Jones")
    one.sync()
    central.apply()
    two.sync()
    change(two, person, phone="01632 960 002")
    change(one, person, phone="01632 960 001", email="ann@example.org")
    one.sync()
    central.apply()
    two.sync()  # sent, not merged: the phone of desk one must not come over it
    assert persons(two.store)[0][3:] == ("01632 960 002", "ann@example.org")


def test_sent_twice_counts_once(central: Central, enrolled: Enrol) -> None:
    """The answer to a push may be lost; the desk then sends the same once more."""
    one = enrolled("one", may_apply=True)
    add_person(one, full_name="Ann Jones")
    one.sync()
    before = central.ask("SELECT * FROM item"), central.ask("SELECT head FROM sync_stream")
    with_central_gone = "UPDATE change_log SET state = 0"
    one.store.call_jot(lambda connection: connection.execute(with_central_gone) and None)
    assert one.sync().sent == 0
    assert (
        central.ask("SELECT * FROM item"),
        central.ask("SELECT head FROM sync_stream"),
    ) == before
