"""A central that is busy, paused or full, and a desk whose disk is: later, and nothing lost."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from psycopg import conninfo

from deskapp.data.central import limits, setup
from deskapp.data.central.connect import connect
from deskapp.errors import CentralBusyError, CentralUnreachableError, StoreFullError, SyncExit
from deskapp.services import background, tries
from tests.central.conftest import Central, Desk
from tests.central.test_exchange import Enrol, add_person, persons
from tests.central.test_line import add_people, all_once

PEOPLE = 40


def put(central: Central, name: str, value: int) -> None:
    """Set what every desk is told."""
    with connect(central.owner) as owner:
        limits.put(owner, name, value)


def test_a_central_that_asks_to_wait_is_left_alone_so_long(
    central: Central, enrolled: Enrol
) -> None:
    """A short wait is waited for, five times; each desk comes back at another moment."""
    one = enrolled("one")
    add_person(one, full_name="Ann Jones")
    put(central, "retry_after_s", 7)
    with pytest.raises(CentralBusyError, match="Nothing is lost") as refused:
        one.sync()
    assert refused.value.exit_code == SyncExit.UNREACHABLE
    assert len(one.rests) == tries.TRIES - 1
    assert min(one.rests) >= 7
    assert len(set(one.rests)) == len(one.rests)
    assert central.ask("SELECT 1 FROM sync_inbox") == []
    put(central, "retry_after_s", 0)
    assert one.sync().sent == 1
    assert 0 < one.rests[-1] <= 7, "the next run waits for what is left of the time"


def test_a_central_that_asks_for_a_long_wait_is_not_even_reached(
    central: Central, enrolled: Enrol, tmp_path: Path
) -> None:
    """It is left to later runs, and none comes too early, whoever begins it."""
    one = enrolled("one")
    put(central, "retry_after_s", 300)
    with pytest.raises(CentralBusyError, match="300 seconds"):
        one.sync()
    put(central, "retry_after_s", 0)
    one.clock.passes(seconds=100)
    there, one.dsn = one.dsn, conninfo.make_conninfo(one.dsn, host=f"{tmp_path}")
    with pytest.raises(CentralBusyError, match="200 seconds"):
        one.sync()
    assert one.rests == []
    one.dsn = there
    one.clock.passes(seconds=201)
    one.sync()
    one.clock.shows(one.clock.moment - dt.timedelta(days=3650))
    one.sync()


def test_what_another_holds_for_too_long_is_busy_and_not_away(central: Central) -> None:
    """An upgrade beside a service that was not stopped, for one."""
    with (
        connect(central.owner) as holds,
        connect(central.owner) as waits,
        holds.transaction(),
    ):
        holds.execute("LOCK TABLE sync_central")
        waits.execute("SET lock_timeout = 50")
        with pytest.raises(CentralBusyError, match="busy"):
            setup.migrate(waits)


def test_a_central_that_is_paused_is_no_fault_of_the_desk(
    central: Central, enrolled: Enrol
) -> None:
    """It is tried again; exit code 3, as when the line is down, and not that it was refused."""
    one = enrolled("one")
    add_person(one, full_name="Ann Jones")
    put(central, "paused", 1)
    with pytest.raises(CentralBusyError, match="paused") as refused:
        one.sync()
    assert background.outcome(refused.value.exit_code) is background.Outcome.UNREACHED
    assert len(one.rests) == tries.TRIES - 1
    put(central, "paused", 0)
    assert one.sync().sent == 1


def test_a_server_with_too_many_callers_is_busy_and_refuses_nobody(
    central: Central, enrolled: Enrol
) -> None:
    """All desks of a building come at once after a failure of power."""
    one = enrolled("one")
    login = conninfo.conninfo_to_dict(one.dsn)["user"]
    with connect(central.owner) as owner:
        owner.execute(f"ALTER ROLE {login} CONNECTION LIMIT 0")
    with pytest.raises(CentralBusyError, match="tried again"):
        one.sync()
    assert len(one.rests) == tries.TRIES - 1
    with connect(central.owner) as owner:
        owner.execute(f"ALTER ROLE {login} CONNECTION LIMIT -1")
    one.sync()


def full(central: Central, table: str) -> None:
    """Let writing into a table of central fail as on a full disk."""
    with connect(central.owner) as owner:
        owner.execute(
            "CREATE OR REPLACE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            " RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$;"
            f" CREATE TRIGGER no_room BEFORE INSERT ON {table} EXECUTE FUNCTION no_room()"
        )


@pytest.mark.parametrize("table", ["sync_inbox", "item", "audit"])
def test_a_central_without_room_keeps_nothing_half(
    central: Central, enrolled: Enrol, table: str
) -> None:
    """F2, in sending and in merging; the desk is told whom to tell."""
    one = enrolled("one", may_apply=True)
    add_people(one, PEOPLE)
    full(central, table)
    with pytest.raises(CentralUnreachableError, match="no room left"):
        one.sync()
    assert central.ask("SELECT 1 FROM item UNION ALL SELECT 1 FROM audit") == []
    with connect(central.owner) as owner:
        owner.execute(f"DROP TRIGGER no_room ON {table}")
    one.sync()
    assert all_once(central, PEOPLE)


def pages(desk: Desk, most: int | None) -> int:
    """Let the file of a desk grow to so many pages only, without end where None; its pages now."""
    writer = desk.store._writer
    writer.execute(f"PRAGMA max_page_count = {most or 2**31 - 2}").fetchall()
    [(count,)] = writer.execute("PRAGMA page_count").fetchall()
    return int(count)


def tried(desk: Desk) -> StoreFullError | None:
    """What an exchange was stopped by."""
    try:
        desk.sync()
    except StoreFullError as error:
        return error
    return None


def test_a_desk_whose_disk_is_full_goes_on_where_it_was(central: Central, enrolled: Enrol) -> None:
    """F2, wherever it comes: in sealing, noting what was sent, staging, taking in."""
    one, two = enrolled("one", may_apply=True), enrolled("two", may_apply=True)
    add_people(two, 10 * PEOPLE, "Other " + "x" * 50)
    two.sync()
    add_people(one, PEOPLE)
    stopped = set()
    room = pages(one, None)
    for _try in range(200):
        pages(one, room)
        refused = tried(one)
        pages(one, None)
        if refused is None:
            break
        assert "disk is full" in f"{refused}"
        assert background.outcome(refused.exit_code) is background.Outcome.FULL
        [(sent, staged)] = one.store.call_read(
            lambda connection: connection.execute(
                "SELECT (SELECT count(*) FROM change_log WHERE state > 0),"
                " (SELECT count(*) FROM pull_stage)"
            ).fetchall()
        )
        stopped.add((bool(sent), bool(staged)))
        room += 12
    assert len(stopped) >= 2, stopped
    one.sync()
    two.sync()
    assert len(persons(one.store)) == 11 * PEOPLE
    assert persons(one.store) == persons(two.store)
    assert all_once(central, 11 * PEOPLE)
