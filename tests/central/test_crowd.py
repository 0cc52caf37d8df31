"""F13, F14: many desks, several appliers and somebody who does not let go, all at once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

import psycopg

from deskapp.data.central import checks
from deskapp.data.central.connect import connect
from tests.central.conftest import Central, Desk
from tests.central.test_exchange import Enrol, add_person, change, conflicts, persons

DESKS = 20
EACH = 4
Result = TypeVar("Result")


def at_once(*works: Callable[[], Result]) -> list[Result]:
    """What each gives, all begun at the same moment."""
    ready = Barrier(len(works))

    def begin(work: Callable[[], Result]) -> Result:
        ready.wait()
        return work()

    with ThreadPoolExecutor(len(works)) as crowd:
        return list(crowd.map(begin, works))


def numbers(central: Central) -> list[int]:
    """Numbers of the feed, in order; where a stream should end last."""
    rows = central.ask("SELECT seq FROM feed ORDER BY seq")
    [(head,)] = central.ask("SELECT max(head) FROM sync_stream")
    return [*(int(f"{seq}") for (seq,) in rows), int(f"{head}")]


def settled(desks: list[Desk]) -> None:
    """What central has reaches everybody."""
    for desk in desks:
        desk.sync()


def test_all_desks_of_a_site_at_once(central: Central, enrolled: Enrol) -> None:
    """After a line that was down all morning: every value is there, no number twice or left out."""
    desks = [enrolled(f"d{at}", may_apply=at % 2 == 0) for at in range(DESKS)]
    shared = add_person(desks[0], full_name="Ann Jones")
    desks[0].sync()
    settled(desks)
    for at, desk in enumerate(desks):
        for number in range(EACH):
            add_person(desk, full_name=f"Person {at} {number}")
        change(desk, shared, phone=f"01632 960 {at:03}")
    outcomes = at_once(*(desk.sync for desk in desks))
    assert sum(each.sent for each in outcomes) == DESKS * (EACH + 1)
    central.apply()
    settled(desks)
    assert len(persons(desks[0].store)) == DESKS * EACH + 1
    assert all(persons(desk.store) == persons(desks[0].store) for desk in desks)
    # each phone but the one that stands is kept, however the desks came in
    assert len(desks[0].store.call_read(conflicts)) == DESKS - 1
    found = numbers(central)
    assert len(set(found)) == len(found) - 1
    with connect(central.owner) as owner:
        assert list(checks.faults(owner)) == []


def test_two_appliers_and_a_transaction_that_stays_open(central: Central, enrolled: Enrol) -> None:
    """A dump that runs, or a window that somebody left open, holds nobody up."""
    desks = [enrolled(f"d{at}") for at in range(6)]
    reader = enrolled("reader")
    with psycopg.connect(central.owner) as idle:
        idle.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        idle.execute("SELECT count(*) FROM deskapp.feed")
        for turn in range(3):
            for desk in desks:
                add_person(desk, full_name=f"Turn {turn}")
                desk.sync()
            at_once(central.apply, central.apply, reader.sync)
        central.apply()
        reader.sync()
        assert len(persons(reader.store)) == len(desks) * 3
        idle.rollback()
    # nothing but new rows: the numbers are 1, 2, 3 to the end
    *fed, head = numbers(central)
    assert fed == list(range(1, head + 1))
    settled(desks)
    assert all(persons(desk.store) == persons(reader.store) for desk in desks)
