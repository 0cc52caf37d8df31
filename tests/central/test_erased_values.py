"""A value that is erased alone is gone at central and at every desk, and stays gone."""

from __future__ import annotations

from pathlib import Path

import pytest

from deskapp.data import purge
from deskapp.data.central import checks, setup
from deskapp.data.central.connect import connect
from deskapp.data.connection import Connection
from deskapp.data.store import Store
from deskapp.errors import StoreForkedError
from deskapp.services import desk_key
from tests.builders import SITE
from tests.central.conftest import Central, Desk
from tests.central.test_exchange import Enrol, add_person, change, persons
from tests.central.test_faults import copied

WORD = "Heron In The Reeds"
LATER = "Kingfisher By The Weir"


def blank(desk: Desk, person: str) -> None:
    """Erase the email of a person, as two people have decided."""
    desk.store.call_jot(purge.blank, "person", "email", "", [person])


def in_store(store: Store) -> str:
    """Everything that a desk holds."""

    def read(connection: Connection) -> str:
        listed = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'"
        names = [name for (name,) in connection.execute(listed)]
        return "".join(
            f"{connection.execute(f'SELECT * FROM {name}').fetchall()}" for name in names
        )

    return store.call_read(read)


def at(central: Central) -> str:
    """Everything that central holds."""
    names = central.ask("SELECT tablename FROM pg_tables WHERE schemaname = 'deskapp'")
    return "".join(f"{central.ask(f'SELECT t::text FROM {name} AS t')}" for (name,) in names)


def assert_gone(central: Central, *desks: Desk) -> None:
    """Neither word is anywhere, and what is kept holds together."""
    held = [at(central), *(in_store(desk.store) for desk in desks)]
    assert [word in each for each in held for word in (WORD, LATER)] == [False] * 2 * len(held)
    with connect(central.owner) as owner:
        assert list(checks.faults(owner)) == []


def settled(*desks: Desk) -> None:
    """Everybody exchanges until all have everything."""
    for _twice in range(2):
        for desk in desks:
            desk.sync()


@pytest.fixture
def two(enrolled: Enrol) -> tuple[Desk, Desk]:
    """Two desks that merge themselves what they send."""
    return enrolled("one", may_apply=True), enrolled("two", may_apply=True)


def test_it_goes_with_every_copy_of_it(central: Central, two: tuple[Desk, Desk]) -> None:
    """Rows, logs, what was replaced, what had lost; the rest of the row stays."""
    one, other = two
    person = add_person(one, full_name="Ann Jones", email=WORD)
    settled(one, other)
    change(one, person, email=LATER)
    change(other, person, email=f"{WORD}, {LATER}")
    settled(one, other)
    assert WORD in at(central)
    assert WORD in in_store(other.store)
    blank(one, person)
    settled(one, other)
    assert_gone(central, one, other)
    assert persons(one.store) == persons(other.store)
    assert persons(other.store)[0][2:] == ("Ann Jones", "", "")
    change(other, person, email="ann@example.org")
    settled(other, one)
    assert persons(one.store)[0][4] == "ann@example.org"


def test_a_late_edit_does_not_fill_it_again(central: Central, two: tuple[Desk, Desk]) -> None:
    """Who did not know of the erasure keeps everything else that was written in the same save."""
    one, other = two
    person = add_person(one, full_name="Ann Jones", email=WORD)
    settled(one, other)
    change(other, person, email=LATER, phone="01632 960 002")
    blank(one, person)
    settled(one, other)
    assert_gone(central, one, other)
    assert persons(one.store) == persons(other.store)
    assert persons(one.store)[0][2:] == ("Ann Jones", "01632 960 002", "")


def test_what_waits_in_the_inbox_goes_too(central: Central, enrolled: Enrol) -> None:
    """One step may merge the edit, the other edit and the erasure."""
    one, other = enrolled("one"), enrolled("two")
    person = add_person(one, full_name="Ann Jones", email=WORD)
    one.sync()
    central.apply()
    other.sync()
    change(other, person, email=LATER)
    change(one, person, email=f"{WORD} 2", phone="01632 960 001")
    one.sync()
    other.sync()
    blank(one, person)
    one.sync()
    central.apply()
    settled(one, other)
    central.apply()  # what was sealed and is said once more
    settled(one, other)
    assert_gone(central, one, other)
    assert persons(one.store) == persons(other.store)
    assert persons(other.store)[0][2:] == ("Ann Jones", "01632 960 001", "")


def test_an_old_copy_does_not_bring_it_back(
    central: Central, two: tuple[Desk, Desk], tmp_path: Path
) -> None:
    """A store from a backup sends everything that it keeps once more, and changes of its own."""
    one, other = two
    person = add_person(one, full_name="Ann Jones", email=WORD)
    settled(one, other)
    backup = copied(other, tmp_path / "backup")
    blank(one, person)
    add_person(other, full_name="Ben Sample")
    settled(one, other)
    change(backup, person, email=LATER, phone="01632 960 003")
    with pytest.raises(StoreForkedError):
        backup.sync()
    request = setup.Request(*backup.store.call_jot(desk_key.fork))
    with connect(central.owner) as owner:
        setup.enrol(owner, request, login="backup_of_two", password=None)
        setup.let_apply(owner, "backup_of_two")
    backup.dsn = central.dsn("backup_of_two")
    settled(backup, one, other)
    assert_gone(central, one, other, backup)
    assert {row[2:] for row in persons(backup.store)} == {
        ("Ann Jones", "01632 960 003", ""),
        ("Ben Sample", "", ""),
    }
    backup.store.close()


def test_an_old_central_does_not_bring_it_back(central: Central, two: tuple[Desk, Desk]) -> None:
    """The row may even be younger than the backup: it comes back without the value."""
    one, other = two
    person = add_person(one, full_name="Ann Jones", email=WORD)
    settled(one, other)
    with central.as_it_was():
        young = add_person(one, full_name="Ben Sample", email=LATER)
        settled(one, other)
        blank(one, person)
        blank(other, young)
        settled(one, other)
    settled(other, one, other)
    assert_gone(central, one, other)
    assert persons(one.store) == persons(other.store)
    assert {row[2] for row in persons(one.store)} == {"Ann Jones", "Ben Sample"}


@pytest.mark.parametrize("sent", [False, True])
def test_one_name_of_an_event_goes_alone(
    central: Central, two: tuple[Desk, Desk], sent: bool
) -> None:
    """What somebody tried to prove themselves with; the contact is written once and stays."""
    one, other = two
    one.store.call_jot(
        Connection.execute,
        "INSERT INTO contact_event (id, home_site, at, officer_id, contact_id, code, note)"
        " VALUES ('e', ?, '', '', 'c', '', ?)",
        (SITE, f'{{"tried": "{WORD}", "other": true}}'),
    )
    if sent:
        settled(one, other)
    one.store.call_jot(purge.drop_from, "contact_event", "note", "tried", ["e"])
    settled(one, other)
    assert_gone(central, one, other)
    question = "SELECT note FROM contact_event"
    assert other.store.call_read(Connection.execute, question).fetchall() == [('{"other":true}',)]
