"""Bookings whose months are over: two people, one step, nothing left but a line without anybody."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from deskapp.data.connection import Connection
from deskapp.data.ids import new_id
from deskapp.errors import FormProblemsError, NotAllowedError
from deskapp.roles import Role
from deskapp.services import follow_ups, kinds
from deskapp.services.erasing import NotErasedError
from deskapp.services.interpreters import disposal
from tests.services.interpreters.booking_desk import BookingDesk

LATER = dt.datetime(2033, 12, 3, 9, 0, tzinfo=dt.UTC)
"""Seven years and a day after the hearing."""


def leaders(bench: BookingDesk) -> tuple[BookingDesk, BookingDesk]:
    """Two team leaders."""
    one = bench.as_role(Role.TEAM_LEADER)
    return one, replace(one, user=one.user._replace(id=new_id(), name="Ben Arall"))


def rows(bench: BookingDesk, table: str) -> int:
    """How many rows a table has."""
    [(count,)] = bench.read(Connection.execute, f"SELECT count(*) FROM {table}").fetchall()
    return int(count)


def test_one_proposes_another_confirms_and_everything_goes(bench: BookingDesk) -> None:
    """Timesheets, history and links too; the register stays."""
    line = bench.signed(hearings=bench.hearing())
    one, two = leaders(bench)
    assert one.read(disposal.due, one.acting) == []
    bench.clock.shows(LATER)
    bench.booked(day="2033-12-20")
    assert [each.id for each in one.read(disposal.due, one.acting)] == [line.id]
    with pytest.raises(NotErasedError, match="propose it first"):
        two.write(disposal.confirm)
    with pytest.raises(FormProblemsError):
        one.write(disposal.propose, " ")
    assert one.write(disposal.propose, "Years are over") == 1
    assert one.write(disposal.propose, "Years are over") == 0
    with pytest.raises(NotErasedError, match="somebody else"):
        one.write(disposal.confirm)
    assert two.write(disposal.confirm) == 1
    assert [rows(bench, table) for table in ("booking", "timesheet", "booking_hearing")] == [
        1,
        0,
        0,
    ]
    kept = bench.read(Connection.execute, "SELECT tbl, ref, scheme FROM purge_log").fetchall()
    assert kept == [("booking", line.ref, "booking")]
    assert rows(bench, "interpreter") == 1


def test_what_is_promised_on_it_holds_a_booking(bench: BookingDesk) -> None:
    """Somebody waits for an answer."""
    line = bench.booked()
    bench.clock.shows(LATER)
    one, _two = leaders(bench)
    bench.store.call_write(
        follow_ups.promise, kinds.BOOKING, line.id, "message", "Ring them",
        dt.date(2033, 12, 30), user=one.user,
    )  # fmt: skip
    assert one.read(disposal.due, one.acting) == []


def test_only_a_team_leader_disposes_of_bookings(bench: BookingDesk) -> None:
    """Nobody else sees what is due."""
    with pytest.raises(NotAllowedError):
        bench.read(disposal.due, bench.acting)
