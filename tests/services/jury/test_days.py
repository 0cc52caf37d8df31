"""The day at court: steps, check-out of all, juries, and figures that add up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskapp import i18n
from deskapp.errors import Exit
from deskapp.services import bank_holidays
from deskapp.services.dates import Nation
from deskapp.services.jury import attendance, confirming, corrections, counts, numbers
from deskapp.services.jury import rules as jury_rules
from deskapp.services.jury.attendance import Desk, Juror, Record
from deskapp.services.jury.confirming import Member
from deskapp.services.jury.corrections import Change
from deskapp.services.jury.counts import JurorDays, Place
from deskapp.services.jury.pay import DayKind
from deskapp.services.jury.refusals import REFUSAL_WORDS, Refusal, RefusedError
from deskapp.services.jury.stages import CLAIMED, OPEN, Stage, Status

WEDNESDAY = dt.date(2025, 3, 12)
CALENDAR = bank_holidays.shipped()[Nation.ENGLAND_AND_WALES]
RULES = jury_rules.shipped()
DESK = Desk(WEDNESDAY, WEDNESDAY, CALENDAR, RULES)
IN = Record(Stage.CHECKED_IN, time_in=dt.time(9, 5))
OUT = replace(IN, stage=Stage.CHECKED_OUT, time_out=dt.time(16))
JUROR = Juror(Status.RESPONDED, next_date=WEDNESDAY)


def refusal(step: Callable[[], object]) -> RefusedError:
    with pytest.raises(RefusedError) as refused:
        step()
    return refused.value


def member(number: str = "064150001", record: Record | None = None, **juror: object) -> Member:
    return Member(number, "415", replace(JUROR, **juror), record)  # type: ignore[arg-type]


# Numbers


@pytest.mark.parametrize("scanned", ["064150001", "*064150001*", " *064150001* ", "064150001\r\n"])
def test_a_number_is_read_with_and_without_its_frame(scanned: str) -> None:
    """Leading zeros count."""
    assert numbers.juror_number(scanned) == "064150001"


@pytest.mark.parametrize(
    "scanned",
    ["", "*", "64150001", "0641500012", "**064150001**", "06415000l", "٠٦٤١٥٠٠٠١", "064 150 001"],
)
def test_noise_is_no_number(scanned: str) -> None:
    """A wrong juror checked in is worse than a second scan."""
    assert refusal(lambda: numbers.juror_number(scanned)).code is Refusal.BAD_NUMBER


def test_a_printed_barcode_is_read_again() -> None:
    """What is printed must be scannable."""
    assert numbers.juror_number(numbers.barcode("064150001")) == "064150001"


def test_numbers_of_pools_trials_and_optic() -> None:
    """By their shapes."""
    assert numbers.is_pool_number("415250301")
    assert not numbers.is_pool_number("415251301")
    assert not numbers.is_pool_number("415250300")
    assert numbers.is_optic_reference("12345678")
    assert not numbers.is_optic_reference("1234567")
    assert numbers.trial_number(" t20250001 ") == "T20250001"
    assert numbers.trial_number("X" * 16)
    assert not numbers.trial_number("X" * 17)
    assert not numbers.trial_number(" ")


# Steps


def test_the_words_name_the_present_state() -> None:
    """The officer must not look it up."""
    scanned = refusal(lambda: attendance.check_in(DESK, JUROR, IN, dt.time(9, 20)))
    assert "09:05" in str(scanned)
    left = refusal(lambda: attendance.check_out(DESK, JUROR, OUT, dt.time(17)))
    assert "16:00" in str(left)


def test_every_refusal_has_words() -> None:
    """In the language of the desk."""
    assert REFUSAL_WORDS.keys() == set(Refusal)
    own = refusal(lambda: attendance.check_in(DESK, None, None, dt.time(9)))
    assert (own.code, own.exit_code) == (Refusal.JUROR_NOT_FOUND, Exit.DATA)
    i18n.use("cy")
    assert str(refusal(lambda: numbers.juror_number("x"))) != _english(Refusal.BAD_NUMBER)


def _english(code: Refusal) -> str:
    return REFUSAL_WORDS[code]


def test_a_juror_of_another_court_group_is_sent_on() -> None:
    """Before the status is looked at."""
    juror = replace(JUROR, here=False, status=Status.COMPLETED)
    code = refusal(lambda: attendance.check_in(DESK, juror, None, dt.time(9))).code
    assert code is Refusal.WRONG_COURT


def test_days_without_sittings_are_left_out_of_the_next_date() -> None:
    """The court's own days as well as bank holidays."""
    closed = CALENDAR._replace(bank_holidays=CALENDAR.bank_holidays | {dt.date(2025, 3, 13)})
    desk = replace(DESK, calendar=closed)
    after = attendance.check_in(desk, JUROR, None, dt.time(9))
    assert after.juror.next_date == dt.date(2025, 3, 14)


def test_a_team_leader_settles_a_locked_day() -> None:
    """Nothing may stay open for ever."""
    desk = replace(DESK, today=WEDNESDAY + dt.timedelta(days=30))
    for step in (
        lambda: attendance.check_out(desk, JUROR, IN, dt.time(16)),
        lambda: corrections.change_times(desk, JUROR, IN, dt.time(9), None),
        lambda: confirming.may_confirm(desk),
    ):
        assert refusal(step).code is Refusal.DAY_LOCKED
    after = attendance.check_out(replace(desk, leader=True), JUROR, IN, dt.time(16))
    assert after.record is not None
    assert after.record.stage is Stage.CHECKED_OUT


def test_times_are_corrected_before_the_day_is_confirmed() -> None:
    """Without a time out nobody has left."""
    back = corrections.change_times(DESK, JUROR, OUT, dt.time(9), None).record
    assert back == Record(Stage.CHECKED_IN, time_in=dt.time(9))
    out = corrections.change_times(DESK, JUROR, IN, dt.time(8), dt.time(12)).record
    assert out == Record(Stage.CHECKED_OUT, time_in=dt.time(8), time_out=dt.time(12))
    done = replace(OUT, stage=Stage.EXPENSE_ENTERED)
    for record, code in (
        (None, Refusal.NOT_CHECKED_IN),
        (confirming.absent(), Refusal.NO_SHOW_RECORDED),
        (done, Refusal.ATTENDANCE_CONFIRMED),
    ):
        step = partial(corrections.change_times, DESK, JUROR, record, dt.time(8), None)
        assert refusal(step).code is code


def test_a_day_without_times_cannot_be_made_attended() -> None:
    """Nor one that is not there be changed."""
    change = Change.ATTENDANCE
    empty = confirming.absent()
    code = refusal(lambda: corrections.modify_confirmed(DESK, JUROR, empty, change)).code
    assert code is Refusal.NOT_CHECKED_IN
    code = refusal(lambda: corrections.modify_confirmed(DESK, JUROR, None, change)).code
    assert code is Refusal.NO_RECORD


clock_times = st.builds(dt.time, st.integers(0, 22), st.integers(0, 59))
any_records = st.builds(
    Record,
    st.none() | st.sampled_from(Stage),
    st.sampled_from(DayKind),
    st.none() | clock_times,
    st.none() | clock_times,
)
maybe_records = st.none() | any_records.filter(
    lambda record: record.stage not in OPEN or record.time_in is not None
)
jurors = st.builds(
    Juror,
    st.sampled_from(Status),
    st.none() | st.just(WEDNESDAY),
    st.none() | st.dates(WEDNESDAY - dt.timedelta(days=2), WEDNESDAY + dt.timedelta(days=2)),
    st.booleans(),
    st.booleans(),
    st.booleans(),
)


@settings(deadline=None)
@given(jurors, maybe_records, clock_times, clock_times, st.integers(-2, 10))
def test_a_step_goes_forward_or_changes_nothing(
    juror: Juror, record: Record | None, first: dt.time, second: dt.time, days_ago: int
) -> None:
    """Whatever is scanned in whatever order, times out lie after times in."""
    desk = replace(DESK, today=WEDNESDAY + dt.timedelta(days=days_ago))
    try:
        after = attendance.check_in(desk, juror, record, first)
    except RefusedError:
        after = attendance.Step(juror, record)
    else:
        assert 0 <= days_ago <= 7
        assert record is None
    try:
        last = attendance.check_out(desk, after.juror, after.record, second).record
    except RefusedError:
        return
    assert last is not None
    assert last.time_in is not None
    assert last.time_out is not None
    assert last.time_in < last.time_out
    assert last.stage is Stage.CHECKED_OUT


# The end of the day

members = st.lists(
    st.builds(
        lambda juror, record, court: Member("n", court, juror, record),
        jurors,
        maybe_records,
        st.sampled_from(["415", "767"]),
    ),
    max_size=12,
).map(lambda each: [replace(one, number=f"{place:09}") for place, one in enumerate(each)])


@settings(deadline=None)
@given(members)
def test_everybody_is_confirmed_or_absent_or_untouched(day: list[Member]) -> None:
    """Exactly once, and never somebody whose day was confirmed before."""
    end = confirming.confirm_day("415", WEDNESDAY, day)
    assert sorted([*end.confirmed, *end.absent, *end.untouched]) == [one.number for one in day]
    by_number = {one.number: one for one in day}
    for number in end.confirmed:
        record = by_number[number].record
        assert record is not None
        assert record.stage in OPEN
    assert all(by_number[number].record is None for number in end.absent)


@settings(deadline=None)
@given(members)
def test_confirming_again_changes_nothing(day: list[Member]) -> None:
    """It may be repeated for late entries."""
    end = confirming.confirm_day("415", WEDNESDAY, day)
    after = [
        replace(one, record=confirming.confirmed(one.record, "P1", dt.time(23, 59)))
        if one.record and one.number in end.confirmed
        else replace(one, record=confirming.absent())
        if one.number in end.absent
        else one
        for one in day
    ]
    again = confirming.confirm_day("415", WEDNESDAY, after)
    assert (again.confirmed, again.absent) == ([], [])


@settings(deadline=None)
@given(members)
def test_the_counts_of_a_day_add_up(day: list[Member]) -> None:
    """Expected are in, out, confirmed, absent, on trial and not checked in."""
    found = counts.counts(day)
    assert sum(found.values()) == len(day)
    assert min(found.values()) >= 0
    assert found.keys() == set(Place)


def test_places_of_a_day() -> None:
    """One of each."""
    day = [
        member(record=IN),
        member(record=OUT),
        member(record=replace(OUT, stage=Stage.EXPENSE_EDITED)),
        member(record=confirming.absent()),
        member(record=IN, empanelled=True),
        member(),
    ]
    assert [counts.place(each) for each in day] == list(Place)


def test_all_leave_at_once_or_nobody_does() -> None:
    """A time before somebody's time in is a slip, and half a list would be worse than none."""
    day = [
        member("1", IN),
        member("2", replace(IN, time_in=dt.time(9, 30))),
        member("3", IN, status=Status.PANEL),
        member("4", OUT),
        member("5"),
    ]
    assert confirming.check_out_all(day, dt.time(9, 30)) == ([], ["3"], ["2"])
    assert confirming.check_out_all(day, dt.time(9, 31)) == (["1", "2"], ["3"], [])
    everybody = confirming.check_out_all(day, dt.time(16), with_panels=True)
    assert everybody == (["1", "2", "3"], [], [])


def test_a_jury_is_confirmed_with_the_times_it_has() -> None:
    """Only what is missing is filled."""
    times = (dt.time(10), dt.time(16, 30))
    assert confirming.on_jury(IN, "T1", "J7", times) == Record(
        Stage.EXPENSE_ENTERED,
        time_in=dt.time(9, 5),
        time_out=dt.time(16, 30),
        on_trial=True,
        trial="T1",
        audit_number="J7",
    )
    assert confirming.on_jury(None, "T1", "J7", times).time_in == dt.time(10)
    late = replace(IN, time_in=dt.time(16, 30))
    for step in (
        partial(confirming.on_jury, late, "T1", "J7", times),
        partial(confirming.confirmed, late, "P7", dt.time(16, 30)),
    ):
        assert refusal(step).code is Refusal.CHECK_OUT_NOT_AFTER_CHECK_IN
    unseen = partial(confirming.confirmed, confirming.absent(), "P7", dt.time(16))
    assert refusal(unseen).code is Refusal.NOT_CHECKED_IN
    assert confirming.confirmed(OUT, "P7", dt.time(9)) == replace(
        OUT, stage=Stage.EXPENSE_ENTERED, audit_number="P7"
    )
    for stage in CLAIMED:
        done = replace(OUT, stage=stage)
        code = refusal(partial(confirming.on_jury, done, "T1", "J7", times)).code
        assert code is Refusal.ATTENDANCE_CONFIRMED


def test_a_day_that_has_not_come_is_not_confirmed() -> None:
    """Today and seven days back are."""
    tomorrow = replace(DESK, date=WEDNESDAY + dt.timedelta(days=1))
    assert refusal(lambda: confirming.may_confirm(tomorrow)).code is Refusal.FUTURE_DATE
    confirming.may_confirm(replace(DESK, date=WEDNESDAY - dt.timedelta(days=7)))


# Figures


@settings(deadline=None)
@given(
    st.lists(
        st.builds(
            JurorDays,
            st.dates(dt.date(2025, 3, 1), dt.date(2025, 3, 31)),
            st.none() | st.dates(dt.date(2025, 3, 1), dt.date(2025, 3, 31)),
            st.lists(st.dates(dt.date(2025, 2, 20), dt.date(2025, 4, 10)), max_size=8),
            st.lists(st.dates(dt.date(2025, 2, 20), dt.date(2025, 4, 10)), max_size=8),
        ),
        max_size=4,
    )
)
def test_utilisation_is_that_of_counting_each_day(jurors: list[JurorDays]) -> None:
    """A working day is one in service that the court works on, or one attended."""
    first, last = dt.date(2025, 3, 5), dt.date(2025, 3, 25)
    working = attended = sitting = 0
    for juror in jurors:
        for number in range(21):
            day = first + dt.timedelta(days=number)
            came = day in juror.attended or day in juror.sat
            in_service = juror.first <= day and (juror.last is None or day <= juror.last)
            working += came or (in_service and CALENDAR.is_working_day(day))
            attended += came
            sitting += day in juror.sat
    found = counts.utilisation(jurors, first, last, CALENDAR.is_working_day)
    assert found == (working, attended, sitting)
    assert found.not_attended == working - attended
    assert found.not_attended >= 0
    if working:
        assert found.percent is not None
        assert abs(found.percent - Decimal(sitting * 100) / working) <= Decimal("0.05")
    else:
        assert found.percent is None


def test_rates_of_attendance_are_rounded_half_up() -> None:
    """Of nobody there is none."""
    assert counts.attendance_rate(1, 7) == Decimal("12.5")
    assert counts.percent(1, 16) == Decimal("6.3")
    assert counts.attendance_rate(0, 0) is None
