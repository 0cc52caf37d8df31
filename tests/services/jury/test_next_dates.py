"""When many are due next, or all of them on call: one step, which is taken back as one."""

from __future__ import annotations

import datetime as dt

import pytest

from deskapp.errors import FormProblemsError
from deskapp.roles import Role
from deskapp.services.jury import by_list, day_end, doing, exporting, next_dates, scans
from deskapp.services.jury.asks import Do
from deskapp.services.jury.events import Code
from deskapp.services.jury.exporting import What
from deskapp.services.jury.refusals import Refusal, RefusedError
from tests.jury_desk import JuryDesk, number

NINE = dt.time(9)
MONDAY = dt.date(2026, 11, 23)


def test_many_get_a_date_and_whoever_cannot_is_told_of(court: JuryDesk) -> None:
    """A date ends on call, and on call ends a date: they exclude each other."""
    listed = court.jurors(4)
    court.set(2, status=13)
    court.set(3, on_call=1, next_on="")
    assert court.read(next_dates.who_may, listed) == [number(0), number(1), number(3)]
    done = court.do(next_dates.set_for, listed, MONDAY)
    assert done.done == [number(0), number(1), number(3)]
    assert [(juror, error.code) for juror, error in done.refused] == [
        (number(2), Refusal.WRONG_STATUS)
    ]
    assert [(court.line(of).next_on, court.line(of).on_call) for of in (0, 3)] == [
        (MONDAY, False)
    ] * 2
    court.do(next_dates.set_for, [number(0)], None)
    assert (court.line(0).next_on, court.line(0).on_call) == (None, True)


@pytest.mark.parametrize("day", [dt.date(2026, 11, 22), dt.date(2026, 11, 17)])
def test_a_day_without_a_sitting_changes_nobody(court: JuryDesk, day: dt.date) -> None:
    """A Sunday, and yesterday."""
    listed = court.jurors(2)
    with pytest.raises(FormProblemsError, match="does not sit"):
        court.do(next_dates.set_for, listed, day)
    assert court.line(0).next_on == court.acting.date


def test_dates_of_many_are_taken_back_as_one(court: JuryDesk) -> None:
    """After the day was confirmed too: its record stays as it is."""
    listed = court.jurors(3)
    court.do(by_list.check_in_by_list, NINE)
    court.do(day_end.confirm, dt.time(9, 30))
    before = court.line(0)
    step = "018f0000-0000-7000-8000-00000000d47e"
    court.do(next_dates.set_for, listed, MONDAY, step_id=step)
    again = court.do(next_dates.set_for, listed, MONDAY, step_id=step)
    assert again.done == listed
    assert court.do(scans.undo).code is Code.NEXT_DATE
    assert court.line(0) == before
    rows = court.do(
        exporting.export, What.CHANGES, court.acting.date, court.acting.date
    ).text.splitlines()
    last = [row for row in rows if number(0) in row][-1]
    assert "undone" in last
    assert "2026-11-19" in last


def test_a_date_of_one_is_taken_back_unless_it_changed_since(court: JuryDesk) -> None:
    """Somebody else put the juror on call meanwhile."""
    court.jurors(1)
    court.do(doing.do, number(0), Do.NEXT_DATE, {"on": "23 11 2026"})
    court.as_(Role.TEAM_LEADER).do(doing.do, number(0), Do.ON_CALL, {})
    with pytest.raises(RefusedError) as caught:
        court.do(scans.undo)
    assert caught.value.code is Refusal.CHANGED_SINCE
    assert court.line(0).on_call
