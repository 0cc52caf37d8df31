"""How the screens of expenses look; read the difference, then ``--snapshot-update``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from deskapp import i18n
from deskapp.app import DeskApp
from deskapp.data.store import Store
from deskapp.roles import User
from tests.builders import SetClock
from tests.screens.test_looks import SMALL, Step, steps
from tests.services.jury.claims_office import MONDAY, ClaimsOffice

Desk = Callable[..., DeskApp]
CLAIM = ("ctrl+g", "j", "e", "enter")


@pytest.fixture
def expenses_desk(desk: Desk, store: Store, user: User, clock: SetClock) -> DeskApp:
    """A juror with a day that was cut, one not at court, one in cash and one to be entered."""
    office = ClaimsOffice(store, user, clock)
    office.juror(last_name="Example [/b]", smart_card="SC-0042")
    days = [office.day(date=MONDAY + dt.timedelta(days=number)) for number in (0, 1, 2)]
    office.not_attended(date=MONDAY + dt.timedelta(days=3))
    office.enter(days[0], loss="80", ways="car", miles="24", travel_time="45", food="YES")
    office.enter(days[1], loss="40", in_cash="yes")
    return desk()


@pytest.mark.parametrize(
    ("before", "language"),
    [
        pytest.param(steps(*CLAIM), "en", id="claim"),
        pytest.param(steps(*CLAIM), "cy", id="claim-welsh"),
        pytest.param(steps(*CLAIM, "enter"), "en", id="form"),
        pytest.param(steps(*CLAIM, "e"), "en", id="explained"),
        pytest.param(steps("ctrl+g", "j", "r", "enter", "f"), "en", id="figures"),
        pytest.param(steps("ctrl+g", "z", "8", "5"), "en", id="estimate"),
    ],
)
def test_screens_of_expenses(
    before: Step, language: str, expenses_desk: DeskApp, snap_compare: Any
) -> None:
    """Amounts, what was cut and why, a chart, an estimate for a caller."""
    i18n.use(language)
    assert snap_compare(expenses_desk, run_before=before, terminal_size=SMALL)
