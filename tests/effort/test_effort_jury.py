"""How many keys the day of the jury officer takes besides the scans.

The nearest system needs 33 actions for the first of these days and 67 for the second.
"""

from __future__ import annotations

import datetime as dt

import pytest

from deskapp.data.store import Store
from deskapp.roles import User
from deskapp.screens.jury import JuryDeskScreen
from deskapp.services.jury.counts import Place
from deskapp.services.jury.pay import DayKind
from tests.builders import SetClock
from tests.effort.conftest import Officer
from tests.jury_desk import JuryDesk, number

CAME = range(18)
MISSING = (18, 19)


@pytest.fixture
def court(store: Store, clock: SetClock, user: User) -> JuryDesk:
    """Twenty jurors who are due today; two of them will not come."""
    court = JuryDesk(store, clock, user)
    court.jurors(20)
    return court


def confirmed(court: JuryDesk) -> bool:
    """Whether eighteen are confirmed and two recorded as absent."""
    places = [court.line(of).where for of in (*CAME, *MISSING)]
    return places == [Place.CONFIRMED] * 18 + [Place.ABSENT] * 2


async def test_day_by_list(officer: Officer, court: JuryDesk, clock: SetClock) -> None:
    """From Home: the desk, two who are missing, everybody in, everybody out and confirmed."""
    async with officer("a jury day of 20 by list, two absent", 8) as keys:
        await keys.press("ctrl+g")
        await keys.pick("j")
        await keys.pick("b")
        for of in MISSING:
            await keys.type(number(of))
            await keys.press("enter")
        await keys.press("f8", "enter")
        clock.passes(hours=6)
        await keys.pick("c")
        await keys.press("f8")
        assert isinstance(keys.app.screen, JuryDeskScreen)
    assert confirmed(court)
    lines = [court.line(of) for of in CAME]
    assert all(line.by_list for line in lines)
    assert {line.record.time_out for line in lines if line.record} == {dt.time(16, 5)}


async def test_day_by_true_times(officer: Officer, court: JuryDesk, clock: SetClock) -> None:
    """A scan needs no other key; whoever is still in leaves when the day is confirmed."""
    async with officer("a jury day of 20 by scans, two absent", 4) as keys:
        await keys.press("ctrl+g")
        await keys.pick("j")
        await keys.pick("s")
        for of in CAME:
            clock.passes(minutes=1)
            await keys.scan(number(of))
        clock.passes(hours=6)
        await keys.press("escape")
        await keys.pick("c")
        await keys.press("f8")
        assert isinstance(keys.app.screen, JuryDeskScreen)
    assert confirmed(court)
    records = [court.line(of).record for of in CAME]
    assert len({record.time_in for record in records if record}) == 18


async def test_check_in(officer: Officer, court: JuryDesk) -> None:
    """One scan and no other key."""
    async with officer("a juror checked in at the scan screen", 2) as keys:
        await keys.press("ctrl+g")
        await keys.pick("j")
        await keys.pick("s")
        before = keys.count
        await keys.scan(number(1))
        assert keys.count == before
    record = court.line(1).record
    assert record is not None
    assert record.kind is DayKind.ATTENDANCE
