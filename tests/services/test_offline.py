"""How long a desk works without central: counted by a clock that may be wrong."""

from __future__ import annotations

import datetime as dt

import pytest

from deskapp.clock import stamp
from deskapp.data.connection import Connection
from deskapp.data.store import Store
from deskapp.services import drafts, offline
from deskapp.services.desk import Exchange
from tests.builders import SetClock

YEARS = dt.timedelta(days=3650)


def exchanged(store: Store, by_desk: dt.datetime, by_central: dt.datetime, limit: int = 30) -> None:
    """Note an exchange as the two clocks saw it."""

    def note(connection: Connection) -> None:
        connection.execute(
            "UPDATE sync_state SET central_id = 'c', last_ok_at = ?", (stamp(by_desk),)
        )
        offline.keep(connection, limit, by_central)

    store.call_jot(note)


def alone(store: Store, now: dt.datetime) -> float:
    """Days since the last exchange, as they count."""
    return store.call_read(offline.standing, now).alone / dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("limit", "days", "near", "over"),
    [(30, 14.9, False, False), (30, 15, True, False), (30, 29.9, True, False), (30, 30, True, True),
     (7, 3.5, True, False), (7, 7, True, True), (0, 4000, False, False)],
)  # fmt: skip
def test_a_desk_is_warned_from_half_of_its_limit_and_stops_at_it(
    store: Store, clock: SetClock, limit: int, days: float, near: bool, over: bool
) -> None:
    """Whatever number of days central has told; 0 is no limit."""
    began = clock.moment
    exchanged(store, began, began, limit)
    now = began + dt.timedelta(days=days)
    found = store.call_read(offline.standing, now)
    assert (found.near, found.over) == (near, over)
    assert len(list(offline.words(Exchange(True, 3, None), found, now))) == 1 + near
    if limit:
        assert found.ends_at == began + dt.timedelta(days=limit)


def test_a_desk_that_never_exchanged_has_no_limit(store: Store, clock: SetClock) -> None:
    """It works alone, as long as it likes."""
    found = store.call_read(offline.standing, clock.moment + YEARS)
    assert not found.near
    assert not found.over


def test_a_store_that_was_not_told_a_limit_has_the_usual_one(store: Store, clock: SetClock) -> None:
    """Its last exchange was with an older deskapp."""
    exchanged(store, clock.moment, clock.moment)
    store.call_jot(Connection.execute, "DELETE FROM local_state WHERE name = 'offline_limit'")
    assert store.call_read(offline.standing, clock.moment).limit_days == offline.USUAL_DAYS


@pytest.mark.parametrize("wrong", [-YEARS, YEARS])
def test_a_clock_that_was_wrong_and_is_put_right_locks_nobody_out(
    store: Store, clock: SetClock, wrong: dt.timedelta
) -> None:
    """At the last exchange it said another year, and central the right one."""
    right = clock.moment
    exchanged(store, right + wrong, right)
    assert alone(store, right + dt.timedelta(days=2)) == 2
    assert alone(store, right + wrong + dt.timedelta(days=2)) == 2


def test_a_clock_that_goes_back_counts_nothing_and_comes_back_by_itself(
    store: Store, clock: SetClock
) -> None:
    """An empty battery; what it says wrong is kept nowhere."""
    exchanged(store, clock.moment, clock.moment)
    assert alone(store, clock.moment - YEARS) == 0
    assert store.call_read(offline.standing, clock.moment + YEARS).over
    assert alone(store, clock.moment + dt.timedelta(days=3)) == 3


@pytest.mark.parametrize(("hours", "finished"), [(-25, False), (-23, True), (2, True)])
def test_only_what_was_open_when_the_time_ran_out_is_finished(
    store: Store, clock: SetClock, hours: int, finished: bool
) -> None:
    """What was parked before that day waits for the exchange; nothing of it is lost."""
    exchanged(store, clock.moment, clock.moment)
    end = clock.moment + dt.timedelta(days=30)
    begun = drafts.begun(
        "contact", {"topic": "FIN"}, officer_id="o", now=end + dt.timedelta(hours=hours)
    )
    found = store.call_read(offline.standing, end + dt.timedelta(hours=3))
    assert offline.may_finish(begun, found) is finished
