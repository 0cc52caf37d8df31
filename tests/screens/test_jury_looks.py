"""How the jury screens look; read the difference, then update with ``--snapshot-update``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from deskapp.app import DeskApp
from deskapp.data.store import Store
from deskapp.roles import User
from deskapp.services.jury import scans
from tests.builders import SetClock
from tests.jury_desk import JuryDesk, number
from tests.screens.test_looks import SMALL, WIDE, Step, steps

Desk = Callable[..., DeskApp]
DAY = ("ctrl+g", "j")


@pytest.fixture
def jury_desk(desk: Desk, store: Store, user: User, clock: SetClock) -> DeskApp:
    """A desk with twenty jurors of whom some came; the day before was forgotten."""
    court = JuryDesk(store, clock, user)
    court.jurors(20, identity="P")
    court.juror(20, welsh=1, adjustment="W", adjustment_text="Ramp", optic_ref="12345678")
    court.juror(21, next_on="", on_call=1)
    for of in (1, 2, 4):
        court.do(scans.check_in, number(of), dt.time(9, of))
    court.do(scans.check_out, number(2), dt.time(9, 50))
    court.date = dt.date(2026, 11, 17)
    court.do(scans.check_in, number(3), dt.time(9))
    return desk()


def scanned(*lines: str) -> tuple[str, ...]:
    """The keys of a scanner."""
    return tuple(key for line in lines for key in (*line, "enter"))


@pytest.mark.parametrize(
    ("before", "size"),
    [
        pytest.param(steps(*DAY), SMALL, id="day"),
        pytest.param(
            steps(*DAY, "s", *scanned(number(20), number(20), number(5))), SMALL, id="scans"
        ),
        pytest.param(steps(*DAY, "c"), SMALL, id="confirm"),
        pytest.param(steps(*DAY, "l"), WIDE, id="lists"),
    ],
)
def test_jury_screens(
    before: Step, size: tuple[int, int], jury_desk: DeskApp, snap_compare: Any
) -> None:
    """The day with what was forgotten, results of scans, the end of the day, a list."""
    assert snap_compare(jury_desk, run_before=before, terminal_size=size)
