"""A run may be killed anywhere, a store copied, central restored: nothing is lost or doubled."""

from __future__ import annotations

import os
import shutil
import signal
from contextlib import suppress
from pathlib import Path

import pytest

from deskapp import failpoints
from deskapp.data import purge
from deskapp.data.central import checks, setup
from deskapp.data.central.connect import connect
from deskapp.data.locks import lock_exchange
from deskapp.data.store import Store
from deskapp.errors import StoreForkedError, SyncRunningError
from deskapp.services import desk_key, exchange
from tests.central.conftest import Central, Desk
from tests.central.test_exchange import Enrol, add_person, change, conflicts, persons


def items(central: Central) -> int:
    """How many persons central has."""
    [(count,)] = central.ask("SELECT count(*) FROM item WHERE tbl = 'person'")
    assert isinstance(count, int)
    return count


@pytest.mark.parametrize("name", failpoints.NAMES)
def test_a_run_that_is_killed_is_finished_by_the_next(
    central: Central, enrolled: Enrol, name: str
) -> None:
    """F1: at each named place the process ends as by kill -9."""
    one, two = enrolled("one", may_apply=True), enrolled("two", may_apply=True)
    add_person(two, full_name="Ben Sample")
    two.sync()
    add_person(one, full_name="Ann Jones")
    assert killed_at(name, one)
    one.sync()
    two.sync()
    assert items(central) == 2
    assert len(persons(one.store)) == 2
    assert persons(one.store) == persons(two.store)
    assert one.store.call_read(conflicts) == []
    again = one.sync()
    assert (again.sent, again.received) == (0, 0)


def killed_at(name: str, desk: Desk) -> bool:
    """Exchange in a process that is killed at the named place; whether it came there."""
    child = os.fork()
    if not child:
        os.environ[failpoints.VARIABLE] = name
        with suppress(BaseException):
            store = Store.open(desk.store.folder, bytes(32), clock=desk.clock.clock)
            exchange.run(store, desk.dsn, clock=desk.clock.clock)
        os._exit(0)
    _pid, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


def test_two_runs_at_once_do_not_mix(central: Central, enrolled: Enrol) -> None:
    """F8: the second says so and ends; the timer may meet the team leader's own run."""
    one = enrolled("one")
    with lock_exchange(one.store.folder), pytest.raises(SyncRunningError):
        one.sync()


def copied(desk: Desk, folder: Path) -> Desk:
    """The same disk in another machine."""
    shutil.copytree(desk.store.folder, folder)
    store = Store.open(folder, bytes(32), clock=desk.clock.clock)
    store.actor = "officer-copy"
    return Desk(store, desk.clock, desk.dsn)


def test_a_cloned_disk_is_found_and_both_keep_their_work(
    central: Central, enrolled: Enrol, tmp_path: Path
) -> None:
    """F9: two machines count the same numbers; the second becomes a desk of its own."""
    one = enrolled("one", may_apply=True)
    add_person(one, full_name="Ann Jones")
    one.sync()
    clone = copied(one, tmp_path / "clone")
    add_person(one, full_name="Written On One")
    one.sync()
    add_person(clone, full_name="Written On The Clone")
    with pytest.raises(StoreForkedError):
        clone.sync()
    request = setup.Request(*clone.store.call_jot(desk_key.fork))
    with connect(central.owner) as owner:
        setup.enrol(owner, request, login="clone_of_one", password=None)
    clone.dsn = central.dsn("clone_of_one")
    clone.sync()
    central.apply()
    clone.sync()
    one.sync()
    assert items(central) == 3
    assert persons(one.store) == persons(clone.store)
    assert len(persons(one.store)) == 3
    clone.store.close()


def test_a_restored_backup_is_found(central: Central, enrolled: Enrol, tmp_path: Path) -> None:
    """F9: central has more of this desk than the desk itself."""
    one = enrolled("one", may_apply=True)
    add_person(one, full_name="Ann Jones")
    backup = copied(one, tmp_path / "backup")
    one.sync()
    add_person(one, full_name="Ben Sample")
    one.sync()
    with pytest.raises(StoreForkedError):
        backup.sync()
    backup.store.close()


def test_a_central_that_went_back_in_time_is_filled_again(
    central: Central, enrolled: Enrol
) -> None:
    """F10: what central forgot comes back from the desks that kept it."""
    one, two = enrolled("one", may_apply=True), enrolled("two", may_apply=True)
    kept = add_person(one, full_name="Ann Jones")
    one.sync()
    two.sync()
    with central.as_it_was():
        change(one, kept, phone="01632 960 001")
        add_person(one, full_name="Ben Sample")
        one.sync()
        two.sync()
        assert items(central) == 2
    assert items(central) == 1
    change(two, kept, email="ann@example.org")
    two.sync()
    one.sync()
    two.sync()
    one.sync()
    assert items(central) == 2
    assert persons(one.store) == persons(two.store)
    ann = next(row for row in persons(one.store) if row[0] == kept)
    assert ann[3:] == ("01632 960 001", "ann@example.org")


def test_a_clock_ten_years_ahead_does_not_win_for_ever(central: Central, enrolled: Enrol) -> None:
    """F7: a value is compared at most two minutes ahead of the server."""
    one, two = enrolled("one", may_apply=True), enrolled("two", may_apply=True)
    person = add_person(one, full_name="Ann Jones")
    one.sync()
    two.sync()
    one.clock.passes(days=3650)
    change(one, person, phone="01632 960 001")
    assert one.sync().skew
    two.sync()
    change(two, person, phone="01632 960 002")
    two.sync()
    one.sync()
    assert persons(one.store) == persons(two.store)
    assert persons(one.store)[0][3] == "01632 960 002"


def test_what_two_people_erased_is_gone_everywhere(central: Central, enrolled: Enrol) -> None:
    """F15, I12: also what another desk was still writing about it, and what was kept of it."""
    one, two = enrolled("one", may_apply=True), enrolled("two", may_apply=True)
    gone = add_person(one, full_name="Ann Jones")
    one.sync()
    two.sync()
    change(one, gone, phone="01632 960 001")
    change(two, gone, phone="01632 960 002")
    one.sync()
    two.sync()
    change(two, gone, email="ann@example.org")
    erase(one, gone)
    one.sync()
    two.sync()
    one.sync()
    assert persons(one.store) == persons(two.store) == []
    assert one.store.call_read(conflicts) == two.store.call_read(conflicts) == []
    for table in ("item", "feed", "sync_inbox", "audit", "audit_before", "quarantine"):
        text = repr(central.ask(f"SELECT row_to_json(t)::text FROM {table} AS t"))
        assert not [each for each in ("Jones", "01632", "example.org") if each in text], table
    with connect(central.owner) as owner:
        assert list(checks.faults(owner)) == []


def erase(desk: Desk, person_id: str) -> None:
    """Erase a person as disposal does; the log of what two people decided is another row."""
    desk.store.call_jot(purge.erase, {"person": [person_id]})


def test_an_erased_row_does_not_come_back_with_an_old_central(
    central: Central, enrolled: Enrol
) -> None:
    """I12: a restored central is filled again without what was erased meanwhile."""
    one = enrolled("one", may_apply=True)
    gone = add_person(one, full_name="Ann Jones")
    with central.as_it_was():
        one.sync()
        erase(one, gone)
        one.sync()
    one.sync()
    assert items(central) == 0
    assert persons(one.store) == []
