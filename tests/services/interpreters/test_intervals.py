"""Times, conflicts and timesheets against versions that count minute by minute."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskapp.clock import LONDON
from deskapp.services import bank_holidays
from deskapp.services.dates import Nation
from deskapp.services.interpreters import conflicts, notice, repeats, timesheets, wall
from deskapp.services.interpreters.bookings import ATTENDED, HOLDING, Booking, Mode, Status
from deskapp.services.interpreters.codes import Code
from deskapp.services.interpreters.conflicts import Clash, Finding, Part, Unavailable
from deskapp.services.interpreters.notice import CancelClass
from deskapp.services.interpreters.repeats import Every
from deskapp.services.interpreters.settings import shipped
from deskapp.services.interpreters.timesheets import Sheet
from deskapp.services.interpreters.wall import Fold, Span, Wall, WallTimeError

CALENDAR = bank_holidays.shipped()[Nation.ENGLAND_AND_WALES]
SETTINGS = replace(shipped(), travel={"A|B": 45}, remote_changeover_minutes=10)
SPRING, AUTUMN = dt.date(2026, 3, 29), dt.date(2026, 10, 25)
MINUTE = dt.timedelta(minutes=1)
DAY_START = dt.datetime(2026, 10, 24, 20, tzinfo=dt.UTC)

minutes = st.integers(0, 600)
spans = st.builds(
    lambda start, length: Span(DAY_START + start * MINUTE, DAY_START + (start + length) * MINUTE),
    minutes,
    st.integers(-60, 300),
)


def each_minute(span: Span) -> set[dt.datetime]:
    """Every minute that a span holds."""
    found = set()
    at = span.start
    while at < span.end:
        found.add(at)
        at += MINUTE
    return found


# Readings of the clock

change_days = st.sampled_from([SPRING, AUTUMN, dt.date(2026, 6, 1), dt.date(2026, 12, 1)])
readings = st.builds(
    lambda day, at: dt.datetime.combine(day, dt.time()) + at * MINUTE,
    change_days,
    st.integers(0, 240),
)


@settings(deadline=None)
@given(readings)
def test_a_reading_stands_for_as_many_instants_as_show_it(reading: dt.datetime) -> None:
    """Found by looking at the clock at every minute of the day around it."""
    midnight = reading.replace(tzinfo=dt.UTC) - dt.timedelta(hours=3)
    shown = [
        at
        for at in (midnight + number * MINUTE for number in range(360))
        if at.astimezone(LONDON).replace(tzinfo=None) == reading
    ]
    if not shown:
        with pytest.raises(WallTimeError) as error:
            Wall(reading, Fold.FIRST).instant()
        assert error.value.code is Code.TIME_GAP
        return
    assert Wall(reading, Fold.FIRST).instant() == shown[0]
    assert Wall(reading, Fold.SECOND).instant() == shown[-1]
    if len(shown) == 2:
        with pytest.raises(WallTimeError) as error:
            Wall(reading).instant()
        assert error.value.code is Code.TIME_AMBIGUOUS
    else:
        assert Wall(reading).instant() == shown[0]


@settings(deadline=None)
@given(spans, spans)
def test_what_two_spans_share_is_what_minutes_they_have_in_common(one: Span, other: Span) -> None:
    """Half open: touching is nothing."""
    common = each_minute(one) & each_minute(other)
    assert one.shared(other) == other.shared(one) == len(common)
    if not common and one.minutes and other.minutes:
        first, last = sorted((one, other))
        assert one.gap(other) == other.gap(one) == len(each_minute(Span(first.end, last.start)))


@settings(deadline=None)
@given(readings, st.integers(-60, 240))
def test_a_span_is_real_minutes_or_says_what_is_wrong(start: dt.datetime, length: int) -> None:
    """Never both, never neither."""
    end = start + length * MINUTE
    found, errors = wall.span(Wall(start, Fold.FIRST), Wall(end, Fold.FIRST))
    assert (found is None) == bool(errors)
    if found:
        assert found.minutes == len(each_minute(found)) > 0


# Conflicts

bookings = st.builds(
    lambda number, who, status, span, site, mode, release: Booking(
        f"b{number}",
        who,
        status,
        span.start,
        span.end,
        site,
        mode,
        None if release is None else span.start + release * MINUTE,
    ),
    st.integers(0, 99),
    st.sampled_from(["I1", "I2", None]),
    st.sampled_from(Status),
    spans,
    st.sampled_from(["A", "B", "C"]),
    st.sampled_from(Mode),
    st.none() | st.integers(-30, 300),
)
away = st.lists(
    st.builds(
        Unavailable,
        st.sampled_from(["u1", "u2"]),
        st.sampled_from(["I1", "I2"]),
        st.dates(dt.date(2026, 10, 23), dt.date(2026, 10, 26)),
        st.dates(dt.date(2026, 10, 23), dt.date(2026, 10, 26)),
        st.sampled_from(Part),
    ),
    max_size=2,
    unique_by=lambda row: row.id,
)


def occupied_minutes(booking: Booking) -> set[dt.datetime]:
    released = booking.status in ATTENDED and booking.released_at
    return each_minute(Span(booking.start, released or booking.end))


def is_away(row: Unavailable, at: dt.datetime) -> bool:
    """By the date and the hour that the clocks show."""
    here = at.astimezone(LONDON)
    hours = {Part.AM: range(13), Part.PM: range(13, 24), Part.ALL_DAY: range(24)}[row.part]
    return row.first <= here.date() <= row.last and here.hour in hours


def slow_findings(
    candidate: Booking, existing: list[Booking], rows: list[Unavailable]
) -> list[Finding]:
    mine, found = occupied_minutes(candidate), []
    if not mine or candidate.interpreter_id is None:
        return []
    for other in existing:
        theirs = occupied_minutes(other)
        same = other.interpreter_id == candidate.interpreter_id and other.status in HOLDING
        if other.id == candidate.id or not same or not theirs:
            continue
        if mine & theirs:
            found.append(Finding(Clash.OVERLAP, other.id))
            continue
        first, last = sorted((mine, theirs), key=min)
        gap = (min(last) - max(first)) // MINUTE - 1
        needed = 10
        if candidate.mode is other.mode is Mode.F2F:
            pair = {candidate.site, other.site}
            needed = 0 if len(pair) == 1 else 45 if pair == {"A", "B"} else 30
        if gap < needed:
            found.append(Finding(Clash.TRAVEL, other.id, gap, needed))
    found += [
        Finding(Clash.UNAVAILABLE, row.id)
        for row in rows
        if row.interpreter_id == candidate.interpreter_id and any(is_away(row, at) for at in mine)
    ]
    return sorted(found, key=lambda each: (each.clash.value, each.with_id))


@settings(deadline=None)
@given(bookings, st.lists(bookings, max_size=5, unique_by=lambda each: each.id), away)
def test_what_stands_against_a_booking_is_what_minutes_show(
    candidate: Booking, existing: list[Booking], rows: list[Unavailable]
) -> None:
    """Across the night in which the clocks go back."""
    found = conflicts.findings(candidate, existing, rows, SETTINGS)
    assert found == slow_findings(candidate, existing, rows)


def a_booking(start: str, end: str, **changes: object) -> Booking:
    first, last = (
        wall.start_of(dt.date(2026, 12, 1), dt.time.fromisoformat(at)) for at in (start, end)
    )
    booking = Booking("n", "I1", Status.ASSIGNED, first, last, site="A")
    return replace(booking, **changes)  # type: ignore[arg-type]


def test_the_nearest_free_times_are_offered() -> None:
    """Three, in quarter hours, with the journey; of two equally near the earlier."""
    wanted = a_booking("10:00", "11:00")
    busy = [
        a_booking("10:30", "11:30", id="e"),
        a_booking("13:00", "14:00", id="f", site="B"),
    ]
    offered = conflicts.other_starts(wanted, busy, [], SETTINGS)
    assert [f"{at:%H:%M}" for at in offered] == ["09:30", "09:15", "09:00"]
    later = conflicts.other_starts(a_booking("13:15", "14:15"), busy, [], SETTINGS)
    assert [f"{at:%H:%M}" for at in later] == ["14:45", "15:00", "15:15"]


def test_the_last_time_offered_is_that_of_the_settings() -> None:
    """Five o'clock itself is offered, with a booking that ends later."""
    morning = dt.datetime(2026, 12, 1, 9, tzinfo=dt.UTC)
    all_day = [a_booking("09:00", "16:50", id="e")]
    offered = conflicts.other_starts(a_booking("09:00", "10:00"), all_day, [], SETTINGS)
    assert offered == [morning + dt.timedelta(hours=8)]


def test_nothing_is_offered_on_a_day_off() -> None:
    """Nor the time that was asked for."""
    day = dt.date(2026, 12, 1)
    wanted = a_booking("10:00", "11:00")
    off = [Unavailable("u", "I1", day, day)]
    assert conflicts.other_starts(wanted, [], off, SETTINGS) == []
    assert wanted.start not in conflicts.other_starts(wanted, [], [], SETTINGS)


def test_others_with_the_language_who_are_free_are_offered() -> None:
    """Whoever is away or booked is not, nor the one who was asked for."""
    day = dt.date(2026, 12, 1)
    busy = [a_booking("10:30", "11:30", id="e", interpreter_id="I2")]
    off = [Unavailable("u", "I3", day, day, Part.AM)]
    wanted = a_booking("10:00", "11:00")
    ids = ["I1", "I2", "I3", "I4", "I5"]
    assert conflicts.others_free(wanted, ids, busy, off, SETTINGS) == ["I4", "I5"]


def test_the_words_of_a_journey_have_both_numbers() -> None:
    """And it does not block."""
    finding = Finding(Clash.TRAVEL, "e", 45, 60)
    assert "45" in finding.words
    assert "60" in finding.words
    assert not finding.blocks
    assert Finding(Clash.OVERLAP, "e").blocks


# Timesheets

sheets = st.builds(
    lambda booked, arrived, released, breaks, signed: Sheet(
        booked,
        DAY_START + arrived * MINUTE,
        DAY_START + released * MINUTE,
        breaks,
        None if signed is None else DAY_START + signed * MINUTE,
    ),
    spans.filter(lambda span: span.minutes > 0),
    minutes,
    minutes,
    st.lists(
        st.builds(
            lambda start, length: Span(
                DAY_START + start * MINUTE, DAY_START + (start + length) * MINUTE
            ),
            minutes,
            st.integers(-5, 60),
        ),
        max_size=3,
    ),
    st.none() | st.integers(0, 1500),
)


@settings(deadline=None)
@given(sheets, st.integers(0, 240))
def test_the_figures_of_a_timesheet_are_those_of_counting_minutes(
    sheet: Sheet, minimum: int
) -> None:
    """Late, attended, breaks, worked, overrun, charge."""
    booked = each_minute(sheet.booked)
    here = each_minute(Span(sheet.arrived_at, sheet.released_at))
    counted = {at for at in here if at >= sheet.booked.start}
    breaks = [each_minute(each) for each in sheet.breaks]
    wrong = set()
    if not here:
        wrong.add(Code.RELEASE_NOT_AFTER_ARRIVAL)
    if any(not each or not each <= counted for each in breaks):
        wrong.add(Code.BREAK_OUTSIDE)
    if len(set().union(*breaks)) < sum(map(len, breaks)):
        wrong.add(Code.BREAK_OVERLAP)
    if sheet.signed_at and sheet.signed_at < sheet.released_at:
        wrong.add(Code.SIGNED_EARLY)
    assert timesheets.errors(sheet) == sorted(wrong)
    if wrong:
        return
    found = timesheets.minutes(sheet, minimum)
    worked = len(counted - set().union(*breaks))
    assert found.attended == len(counted)
    assert found.breaks == sum(map(len, breaks))
    assert found.worked == worked
    assert found.charge == max(worked, minimum)
    assert found.late == len(each_minute(Span(sheet.booked.start, sheet.arrived_at)))
    assert found.overrun == len(each_minute(Span(max(booked) + MINUTE, sheet.released_at)))


def test_an_officer_signs_on_the_day() -> None:
    """The date in London counts."""
    released = dt.datetime(2026, 6, 1, 22, 50, tzinfo=dt.UTC)
    sheet = Sheet(Span(released - MINUTE, released), released - MINUTE, released)
    assert timesheets.warnings(sheet) == [Code.UNSIGNED]
    assert timesheets.warnings(replace(sheet, signed_at=released)) == []
    late = released + dt.timedelta(minutes=10)
    assert timesheets.warnings(replace(sheet, signed_at=late)) == [Code.SIGNED_LATE]


# Notice and series

starts = st.builds(
    lambda day, minute: wall.start_of(day) + minute * MINUTE,
    st.dates(dt.date(2026, 3, 1), dt.date(2027, 1, 31)),
    st.integers(0, 1439),
)


@settings(deadline=None)
@given(starts, starts)
def test_notice_is_working_days_after_today_up_to_the_hearing(
    start: dt.datetime, now: dt.datetime
) -> None:
    """Counted day by day."""
    day, count = now.astimezone(LONDON).date(), 0
    while day < start.astimezone(LONDON).date():
        day += dt.timedelta(days=1)
        count += CALENDAR.is_working_day(day)
    assert max(notice.working_days_ahead(start, now, CALENDAR), 0) == count


@settings(deadline=None)
@given(starts, starts, st.integers(0, 5))
def test_a_cancellation_is_of_one_class(
    start: dt.datetime, cancelled_at: dt.datetime, days: int
) -> None:
    """In time, late, or after the start, in this order as it comes later."""
    cutoff = notice.cutoff(start, days, dt.time(10), CALENDAR)
    assert f"{cutoff.astimezone(LONDON):%H:%M}" == "10:00"
    day, left = start.astimezone(LONDON).date(), days
    while left:
        day -= dt.timedelta(days=1)
        left -= CALENDAR.is_working_day(day)
    assert cutoff.astimezone(LONDON).date() == day
    order = list(CancelClass)
    found = order.index(notice.cancel_class(start, cancelled_at, cutoff))
    later = order.index(notice.cancel_class(start, cancelled_at + MINUTE, cutoff))
    assert found <= later


@settings(deadline=None)
@given(
    st.dates(dt.date(2026, 3, 1), dt.date(2026, 12, 31)),
    st.integers(2, 23),
    st.sampled_from(Every),
    st.integers(0, 30),
)
def test_a_series_keeps_the_reading_of_the_clock(
    first: dt.date, hour: int, every: Every, count: int
) -> None:
    """On the days that walking through the calendar finds."""
    start = Wall(dt.datetime.combine(first, dt.time(hour)))
    end = Wall(start.time + dt.timedelta(minutes=30))
    found = repeats.repeated(start, end, every, count, CALENDAR)
    days: list[dt.date] = []
    day, weeks = first, 0
    while (len(days) if every is Every.WEEKDAYS else weeks) < count:
        if every is Every.WEEKDAYS and CALENDAR.is_working_day(day):
            days.append(day)
        if every is Every.WEEKLY and day.weekday() == first.weekday():
            weeks += 1
            days += [day] if day not in CALENDAR.bank_holidays else []
        day += dt.timedelta(days=1)
    shown = [each.start.astimezone(LONDON) for each in found]
    assert [at.date() for at in shown] == days
    assert all(at.hour == hour for at in shown)
    assert all(each.minutes == 30 for each in found)
