"""Traps of section 16: one officer on two devices, and names that run from right to left."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from deskapp.data import vault
from deskapp.data.connection import Connection
from deskapp.data.store import Store
from deskapp.roles import User
from deskapp.services import drafts
from deskapp.services.enquiries import contact_lines
from deskapp.services.paging import Want
from deskapp.services.persons import persons
from tests.builders import SetClock, a_draft, officer_of, save

NAMES = ("דנה לדוגמה", "لينا المثال", "Ann Example")


@pytest.fixture
def other(prepared_folder: Path, tmp_path: Path, clock: SetClock) -> Iterator[Store]:
    """The same officer at another desk: a store of its own, with the same officer in it."""
    folder = Path(shutil.copytree(prepared_folder, tmp_path / "other" / "data"))
    store = Store.open(folder, vault.unlock(folder), clock=clock.clock)
    store.call_jot(Connection.execute, "UPDATE sync_state SET desk_id = 'another-desk'")
    store.actor = officer_of(store).id
    yield store
    store.close()


def changes(store: Store) -> dict[str, tuple[str, str]]:
    """Row and actor of every contact that waits for the exchange, by the reference it tells."""
    rows = store.call_read(
        Connection.execute,
        "SELECT c.row_id, c.actor, c.delta FROM change_log AS c WHERE c.tbl = 'contact'",
    )
    return {json.loads(delta)["ref"]: (row_id, actor) for row_id, actor, delta in rows.fetchall()}


def test_an_officer_on_two_devices_writes_two_sets_of_contacts(
    store: Store, other: Store, user: User, clock: SetClock
) -> None:
    """Nothing of one overwrites the other's: ids and references differ, the officer is one."""
    for each in (store, other):
        for _contact in range(2):
            save(each, user, clock, person_name="Ann Example")
    here, there = changes(store), changes(other)
    assert len(here) == len(there) == 2
    assert not here.keys() & there.keys()
    rows = [row for row, _actor in (*here.values(), *there.values())]
    assert len(set(rows)) == 4
    assert {actor for _row, actor in (*here.values(), *there.values())} == {user.id}
    desks = [
        each.call_read(Connection.execute, "SELECT DISTINCT desk FROM contact").fetchall()
        for each in (store, other)
    ]
    assert desks[0] != desks[1]


def test_what_is_being_typed_stays_on_the_device_it_is_typed_on(
    store: Store, other: Store, user: User, clock: SetClock
) -> None:
    """One running contact for each device: a draft is never part of an exchange."""
    store.call_jot(drafts.keep, a_draft(user, clock))
    other.call_jot(drafts.keep, a_draft(user, clock))
    for each in (store, other):
        assert len(each.call_read(drafts.waiting, user.id)) == 1
        logged = each.call_read(Connection.execute, "SELECT DISTINCT tbl FROM change_log")
        assert ("draft",) not in logged.fetchall()


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_runs_from_right_to_left_is_kept_found_and_listed(
    name: str, store: Store, user: User, clock: SetClock
) -> None:
    """Letters stand as they were typed; the beginning of each word finds the person."""
    line = save(store, user, clock, person_name=name)
    begun = " ".join(word[:3] for word in name.split())
    [person] = store.call_read(persons.find, begun, user=user)
    assert person.full_name == name
    [found] = store.call_read(contact_lines.page, Want(), begun, user=user).lines
    assert (found.id, found.person_name) == (line.id, name)
