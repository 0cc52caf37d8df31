"""How the hearing day looks; read the difference, then update with ``--snapshot-update``."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable
from typing import Any

import pytest

from deskapp.app import DeskApp
from deskapp.data.store import Store
from deskapp.roles import User
from deskapp.services.interpreters import act, assigning, attendance, lines, rows
from tests.builders import SetClock
from tests.screens.test_looks import SMALL, WIDE, Step, steps
from tests.services.hearings.office import TODAY, Court
from tests.services.interpreters.booking_desk import BookingDesk

Desk = Callable[..., DeskApp]
BOARD = ("ctrl+g", "g")
BOOKINGS = ("ctrl+g", "i")


@pytest.fixture(autouse=True)
def _fixed_references(monkeypatch: pytest.MonkeyPatch) -> None:
    """References are random; in a picture they are not."""
    numbers = itertools.count(1)

    def free_ref(_connection: object) -> str:
        digits = f"{next(numbers):03}".translate(str.maketrans("0125", "WXYZ"))
        return f"B-7KM-4X9-{digits}"

    monkeypatch.setattr(rows, "free_ref", free_ref)


@pytest.fixture
def hearing_desk(desk: Desk, store: Store, user: User, clock: SetClock) -> DeskApp:
    """A morning in three rooms: one lacks its interpreter, one has its interpreter here."""
    court, bench = Court(store, user, clock), BookingDesk(store, clock, user)
    moment = clock.moment
    clock.shows(moment - dt.timedelta(hours=2))
    late = court.hearing("10:15", room="Court 1", case_ref="52XY0000126")
    court.need(late, "SM0002")
    court.booking(late)
    here = court.hearing("10:00", room="Court 2", case_ref="52XY0000226")
    booked = court.booking(here, "pol")
    line = bench.read(lines.line, booked, user=user)
    line = bench.take(assigning.assign, line, bench.interpreter())
    line = bench.take(act.confirm, line, supplier_ref="JOB 7101")
    court.hearing("14:00", room="Court 10", case_ref="52XY0000326", channel="Video hearing")
    court.booking(court.hearing("10:00", TODAY + dt.timedelta(days=1)))
    clock.shows(moment)
    bench.take(attendance.arrive, line)
    return desk()


@pytest.mark.parametrize(
    ("before", "size"),
    [
        pytest.param(steps(*BOARD), SMALL, id="board"),
        pytest.param(steps(*BOARD), WIDE, id="board-wide"),
        pytest.param(steps(*BOARD, "enter"), SMALL, id="hearing"),
        pytest.param(steps(*BOOKINGS), SMALL, id="desk"),
        pytest.param(steps(*BOOKINGS), WIDE, id="desk-wide"),
        pytest.param(steps(*BOARD, "down", "enter", "b", "1"), SMALL, id="booking"),
        pytest.param(
            steps(*BOARD, "down", "enter", "b", "1", "s", "f12"), SMALL, id="timesheet-welsh"
        ),
    ],
)
def test_screens_of_the_hearing_day(
    before: Step, size: tuple[int, int], hearing_desk: DeskApp, snap_compare: Any
) -> None:
    """The board with what is missing, one hearing, the bookings of the day, one, its timesheet."""
    assert snap_compare(hearing_desk, run_before=before, terminal_size=size)
