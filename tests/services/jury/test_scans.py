"""Scans at the store: in, out, refused by code, taken back, and the figures beside them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from deskapp.data.connection import Connection
from deskapp.data.ids import new_id
from deskapp.errors import NotAllowedError
from deskapp.roles import Role
from deskapp.services.jury import by_list, day_end, history, panels, reading, scans, trials
from deskapp.services.jury.counts import Place
from deskapp.services.jury.day_lists import Which
from deskapp.services.jury.events import Code
from deskapp.services.jury.refusals import Refusal, RefusedError
from deskapp.services.jury.stages import Stage, Status
from deskapp.services.jury.trials import TrialDraft
from tests.jury_desk import JuryDesk, number

NINE, TEN, FOUR = dt.time(9, 5), dt.time(10, 0), dt.time(16, 0)


def refused(take: Callable[[], object]) -> Refusal:
    """The code with which something is refused."""
    with pytest.raises(RefusedError) as caught:
        take()
    assert f"{caught.value}"
    return caught.value.code


def test_a_scan_checks_a_juror_in(court: JuryDesk) -> None:
    """The time in stands, the next working day is the next date, and on call has ended."""
    court.jurors(1)
    line = court.do(scans.check_in, f"*{number(0)}*", NINE)
    assert line.record is not None
    assert (line.record.stage, line.record.time_in) == (Stage.CHECKED_IN, NINE)
    assert line.next_on == dt.date(2026, 11, 19)
    assert line.where is Place.IN
    assert not line.by_list


def test_the_same_scan_saved_twice_is_one_scan(court: JuryDesk) -> None:
    """A store that was busy is asked again with the same id."""
    court.jurors(1)
    step = new_id()
    first = court.do(scans.check_in, number(0), NINE, step_id=step)
    assert court.do(scans.check_in, number(0), TEN, step_id=step) == first
    assert len(court.store.call_read(history.of_juror, number(0))) == 1


def test_a_juror_leaves_for_the_day(court: JuryDesk) -> None:
    """In and out make a day that can be confirmed."""
    court.jurors(1)
    court.do(scans.check_in, number(0), NINE)
    line = court.do(scans.check_out, number(0), FOUR)
    assert line.record is not None
    assert (line.record.stage, line.record.time_out) == (Stage.CHECKED_OUT, FOUR)
    assert line.where is Place.OUT


def test_check_in_is_refused_in_the_order_of_the_sheet(court: JuryDesk) -> None:
    """Section 5.2: the first that holds, and nothing is changed."""
    court.jurors(1)
    court.pool("430261101")
    court.juror(7, pool="430261101")
    court.pool("411261102", owner="400")
    court.juror(8, pool="411261102")
    court.juror(9, status=int(Status.COMPLETED))

    def scan(of: str, time: dt.time = NINE) -> Refusal:
        return refused(lambda: court.do(scans.check_in, of, time))

    assert scan("12345678") is Refusal.BAD_NUMBER
    assert scan("64150000x") is Refusal.BAD_NUMBER
    court.date = dt.date(2026, 11, 19)
    assert scan(number(0)) is Refusal.FUTURE_DATE
    court.date = dt.date(2026, 11, 10)
    assert scan(number(0)) is Refusal.DAY_LOCKED
    court.date = None
    assert scan(number(99)) is Refusal.JUROR_NOT_FOUND
    assert scan(number(7)) is Refusal.WRONG_COURT
    assert scan(number(8)) is Refusal.WRONG_COURT
    assert scan(number(9)) is Refusal.WRONG_STATUS
    court.do(scans.check_in, number(0), NINE)
    assert scan(number(0)) is Refusal.ALREADY_CHECKED_IN
    court.do(scans.check_out, number(0), FOUR)
    assert scan(number(0)) is Refusal.ALREADY_CHECKED_OUT
    assert len(court.store.call_read(history.of_juror, number(0))) == 2


def test_a_team_leader_may_work_on_a_locked_day(court: JuryDesk) -> None:
    """Unconfirmed leftovers are for a team leader."""
    court.jurors(1)
    leader = court.as_(Role.TEAM_LEADER)
    leader.date = dt.date(2026, 11, 10)
    assert leader.do(scans.check_in, number(0), NINE).where is Place.IN


def test_check_out_is_refused_by_what_stands(court: JuryDesk) -> None:
    """Section 5.3."""
    court.jurors(2)

    def out(of: int, time: dt.time) -> Refusal:
        return refused(lambda: court.do(scans.check_out, number(of), time))

    assert out(99, FOUR) is Refusal.JUROR_NOT_FOUND
    assert out(0, FOUR) is Refusal.NOT_CHECKED_IN
    court.do(scans.check_in, number(0), NINE)
    assert out(0, NINE) is Refusal.CHECK_OUT_NOT_AFTER_CHECK_IN
    court.do(scans.check_out, number(0), FOUR)
    assert out(0, FOUR) is Refusal.ALREADY_CHECKED_OUT


def test_a_hearing_room_user_scans_nobody(court: JuryDesk) -> None:
    """Jurors can be threatened: who they are is for the jury desk."""
    court.jurors(1)
    with pytest.raises(NotAllowedError):
        court.as_(Role.HEARING_ROOM).do(scans.check_in, number(0), NINE)


# -- taking back ---------------------------------------------------------------------------------


def test_one_key_takes_the_last_step_back(court: JuryDesk) -> None:
    """First the way out, then the way in; the juror is due again as before."""
    court.jurors(1)
    court.do(scans.check_in, number(0), NINE)
    court.do(scans.check_out, number(0), FOUR)
    assert court.do(scans.undo).code is Code.CHECKED_OUT
    assert court.line(0).where is Place.IN
    assert court.do(scans.undo).code is Code.CHECKED_IN
    again = court.line(0)
    assert (again.record, again.next_on) == (None, court.acting.date)
    assert refused(lambda: court.do(scans.undo)) is Refusal.NOTHING_TO_UNDO


def test_a_juror_comes_again_after_a_step_was_taken_back(court: JuryDesk) -> None:
    """The row of the day is the same one, and says what holds now."""
    court.jurors(1)
    court.do(scans.check_in, number(0), NINE)
    court.do(scans.undo)
    line = court.do(scans.check_in, number(0), TEN)
    assert line.record is not None
    assert line.record.time_in == TEN
    [(count,)] = court.store.call_read(_count, "attendance")
    assert count == 1


def test_what_changed_since_is_not_taken_back(court: JuryDesk) -> None:
    """Somebody else checked the juror out meanwhile."""
    court.jurors(1)
    court.do(scans.check_in, number(0), NINE)
    court.as_(Role.TEAM_LEADER).do(scans.check_out, number(0), FOUR)
    assert refused(lambda: court.do(scans.undo)) is Refusal.CHANGED_SINCE
    assert court.line(0).where is Place.OUT


def test_taking_back_twice_with_one_id_takes_one_step_back(court: JuryDesk) -> None:
    """The key was sent again by a slow line."""
    court.jurors(2)
    court.do(scans.check_in, number(0), NINE)
    court.do(scans.check_in, number(1), NINE)
    step = new_id()
    court.do(scans.undo, step_id=step)
    court.do(scans.undo, step_id=step)
    assert court.line(0).where is Place.IN
    assert court.line(1).record is None


# -- lists ---------------------------------------------------------------------------------------


def test_a_list_checks_in_whoever_is_due_but_the_absent(court: JuryDesk) -> None:
    """Each record says that it was done by list."""
    court.jurors(20)
    done = court.do(by_list.check_in_by_list, NINE, absent=[number(3), number(4)])
    assert len(done.done) == 18
    assert not done.refused
    assert court.line(0).by_list
    assert court.line(3).record is None
    assert court.read(reading.day).counts[Place.NOT_CHECKED_IN] == 2


def test_a_list_is_one_step_and_is_taken_back_as_one(court: JuryDesk) -> None:
    """One key, not eighteen."""
    court.jurors(20)
    court.do(by_list.check_in_by_list, NINE, absent=[number(3), number(4)])
    undone = court.do(scans.undo)
    assert len(undone.jurors) == 18
    assert court.read(reading.day).counts[Place.NOT_CHECKED_IN] == 20


def test_a_list_takes_the_good_and_tells_of_the_others(court: JuryDesk) -> None:
    """A double, noise of the scanner, and somebody who is unknown."""
    court.jurors(2)
    listed = [number(0), number(0), "*64150", number(77), number(1)]
    done = court.do(by_list.check_in_these, listed, NINE)
    assert done.done == [number(0), number(1)]
    told = {text: error.code for text, error in done.refused}
    assert told == {"*64150": Refusal.BAD_NUMBER, number(77): Refusal.JUROR_NOT_FOUND}


def test_all_leave_but_panels_need_their_own_yes(court: JuryDesk) -> None:
    """Section 5.3."""
    court.jurors(3)
    court.do(by_list.check_in_by_list, NINE)
    court.set(2, status=int(Status.PANEL))
    out = court.do(by_list.check_out_all, FOUR)
    assert (out.leaving, out.panelled) == ([number(0), number(1)], [number(2)])
    assert court.do(by_list.check_out_all, FOUR, with_panels=True).leaving == [number(2)]


def test_nobody_leaves_when_one_came_later(court: JuryDesk) -> None:
    """The list names who."""
    court.jurors(2)
    court.do(scans.check_in, number(0), NINE)
    court.do(scans.check_in, number(1), FOUR)
    out = court.do(by_list.check_out_all, FOUR)
    assert (out.leaving, out.too_late) == ([], [number(1)])
    assert court.line(0).where is Place.IN


# -- figures and lists of the day ----------------------------------------------------------------


def test_the_lists_of_the_day_are_its_figures(court: JuryDesk) -> None:
    """Each juror stands in one list, and expected is all of them."""
    court.jurors(6)
    court.juror(6, next_on="", on_call=1)
    court.juror(7, next_on="2026-11-20")
    court.do(by_list.check_in_these, [number(0), number(1), number(2)], NINE)
    court.do(scans.check_out, number(1), FOUR)
    shown = court.read(reading.day)
    for which, place in (
        (Which.IN, Place.IN), (Which.OUT, Place.OUT), (Which.NOT_IN, Place.NOT_CHECKED_IN),
        (Which.ABSENT, Place.ABSENT), (Which.ON_TRIAL, Place.ON_TRIAL),
        (Which.CONFIRMED, Place.CONFIRMED),
    ):  # fmt: skip
        listed = court.store.call_read(reading.numbers, court.acting, which)
        assert len(listed) == shown.counts[place], which
    assert len(court.read(reading.expected)) == shown.expected == 6
    assert shown.on_call == 1
    assert court.store.call_read(reading.numbers, court.acting, Which.NEXT)[-1] == number(7)


def test_a_trial_expects_nobody_on_a_day_without_a_sitting(court: JuryDesk) -> None:
    """On the Sunday between, nothing is left to confirm; whoever came all the same counts."""
    court.jurors(2)
    court.do(by_list.check_in_by_list, NINE)
    trial = court.do(trials.open_trial, TrialDraft("T1"))
    drawn = court.do(trials.draw_panel, trial.id, 2)
    court.do(panels.empanel, trial.id, drawn.draw.drawn)
    court.clock.shows(dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC))
    court.date = dt.date(2026, 11, 22)
    assert court.read(reading.day).expected == 0
    court.do(day_end.confirm_trial, trial.id, (NINE, FOUR), absent=[number(0)])
    shown = court.read(reading.day)
    assert (shown.counts[Place.ON_TRIAL], shown.juries_unconfirmed) == (2, 0)


def test_the_next_working_day_skips_weekend_and_bank_holiday(court: JuryDesk) -> None:
    """Counted from the day of attendance, also on a day in the past."""
    court.jurors(1)
    court.clock.shows(dt.datetime(2026, 12, 29, 9, tzinfo=dt.UTC))
    court.date = dt.date(2026, 12, 24)
    assert court.do(scans.check_in, number(0), NINE).next_on == dt.date(2026, 12, 29)


def _count(connection: Connection, table: str) -> list[tuple[int]]:
    return connection.execute(f"SELECT count(*) FROM {table}").fetchall()
