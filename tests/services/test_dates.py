"""Working days, due dates and the bank-holiday list."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskapp.errors import Exit, SettingsError
from deskapp.services import bank_holidays
from deskapp.services.dates import Alarm, Calendar, Nation, london_date, on_time

EW = bank_holidays.shipped()[Nation.ENGLAND_AND_WALES]
SCOTLAND = bank_holidays.shipped()[Nation.SCOTLAND]
NI = bank_holidays.shipped()[Nation.NORTHERN_IRELAND]

# The columns of the complaints sheet, section 5; day.month.
ALL_NATIONS = """
2024: 1.1, 29.3, 6.5, 27.5, 25.12, 26.12
2025: 1.1, 18.4, 5.5, 26.5, 25.12, 26.12
2026: 1.1, 3.4, 4.5, 25.5, 25.12, 28.12
2027: 1.1, 26.3, 3.5, 31.5, 27.12, 28.12
2028: 3.1, 14.4, 1.5, 29.5, 25.12, 26.12
"""
EW_AND_NI_ADD = """
2024: 1.4, 26.8
2025: 21.4, 25.8
2026: 6.4, 31.8
2027: 29.3, 30.8
2028: 17.4, 28.8
"""
SCOTLAND_ADDS = """
2024: 2.1, 5.8, 2.12
2025: 2.1, 4.8, 1.12
2026: 2.1, 15.6, 3.8, 30.11
2027: 4.1, 2.8, 30.11
2028: 4.1, 7.8, 30.11
"""
NI_ADDS = """
2024: 18.3, 12.7
2025: 17.3, 14.7
2026: 17.3, 13.7
2027: 17.3, 12.7
2028: 17.3, 12.7
"""


def holidays(*columns: str) -> frozenset[dt.date]:
    found = set()
    for line in "".join(columns).split("\n"):
        year, _, days = line.partition(": ")
        for day, month in (text.split(".") for text in days.split(", ") if text):
            found.add(dt.date(int(year), int(month), int(day)))
    return frozenset(found)


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


# The shipped list


def test_the_shipped_list_is_the_table_of_the_complaints_sheet() -> None:
    """Every due date rests on it; widely used packaged lists have gaps."""
    assert EW.bank_holidays == holidays(ALL_NATIONS, EW_AND_NI_ADD)
    assert SCOTLAND.bank_holidays == holidays(ALL_NATIONS, SCOTLAND_ADDS)
    assert NI.bank_holidays == holidays(ALL_NATIONS, EW_AND_NI_ADD, NI_ADDS)


def test_15_june_2026_is_a_bank_holiday_in_scotland_only() -> None:
    """The one-off day that packaged lists miss."""
    assert not SCOTLAND.is_working_day(day("2026-06-15"))
    assert EW.is_working_day(day("2026-06-15"))
    assert NI.is_working_day(day("2026-06-15"))


def test_the_shipped_list_says_what_it_knows() -> None:
    """The version is kept with a due date; beyond ``known_to`` no date is firm."""
    for calendar in (EW, SCOTLAND, NI):
        assert calendar.version == "2026.1"
        assert (calendar.known_from, calendar.known_to) == (day("2024-01-01"), day("2028-12-31"))


# Due dates: the examples of the sheet, counted by hand


@pytest.mark.parametrize(
    ("received", "calendar", "target", "due"),
    [
        ("2025-06-09T10:00+01:00", EW, 10, "2025-06-23"),
        ("2025-05-23T17:30+01:00", EW, 10, "2025-06-09"),
        ("2026-03-27T11:30+00:00", EW, 10, "2026-04-14"),
        ("2026-03-27T11:30+00:00", SCOTLAND, 10, "2026-04-13"),
        ("2026-03-09T09:15+00:00", NI, 10, "2026-03-24"),
        ("2025-12-15T14:00+00:00", EW, 15, "2026-01-08"),
        ("2025-12-31T12:00+00:00", EW, 10, "2026-01-15"),
        ("2025-12-31T12:00+00:00", SCOTLAND, 10, "2026-01-16"),
        ("2026-08-21T12:00+01:00", EW, 10, "2026-09-07"),
        ("2026-08-21T12:00+01:00", SCOTLAND, 10, "2026-09-04"),
        ("2026-07-03T12:00+01:00", NI, 10, "2026-07-20"),
        ("2025-07-03T23:15+00:00", EW, 10, "2025-07-18"),
        # Substitute days: 1 Jan 2028 is a Saturday, 25 and 26 Dec 2027 are the weekend.
        ("2027-12-24T09:00+00:00", EW, 1, "2027-12-29"),
        ("2027-12-31T09:00+00:00", EW, 1, "2028-01-04"),
        ("2027-12-31T09:00+00:00", SCOTLAND, 1, "2028-01-05"),
        ("2026-06-12T09:00+01:00", SCOTLAND, 1, "2026-06-16"),
        # Freedom-of-information counting skips the holidays of any nation; this one does not.
        ("2026-03-16T09:00+00:00", EW, 1, "2026-03-17"),
    ],
)
def test_an_answer_is_due_on_the_last_working_day_of_the_target(
    received: str, calendar: Calendar, target: int, due: str
) -> None:
    """Only the holidays of the handling office's nation are skipped."""
    assert calendar.due(at(received), target).due_date == day(due)


@pytest.mark.parametrize("received", ["2025-06-14", "2025-06-15"])
def test_a_weekend_receipt_is_day_0_itself(received: str) -> None:
    """Moving it to Monday first would give the user one day more to wait."""
    due = EW.due(at(f"{received}T10:00+01:00"), 10)
    assert due.received_date == day(received)
    assert due.day_1 == day("2025-06-16")
    assert due.due_date == day("2025-06-27")


def test_day_1_skips_a_bank_holiday() -> None:
    """Received on Maundy Thursday, counting starts after Easter Monday."""
    assert EW.due(at("2026-04-02T09:00+01:00"), 2).day_1 == day("2026-04-07")


@pytest.mark.parametrize(
    ("moment", "date"),
    [
        ("2025-06-09T23:59:59+01:00", "2025-06-09"),
        ("2025-06-10T00:00+01:00", "2025-06-10"),
        ("2025-07-03T23:15+00:00", "2025-07-04"),
        ("2025-12-03T23:15+00:00", "2025-12-03"),
        ("2025-07-04T04:00+05:30", "2025-07-03"),
        # The clocks change at 01:00 UTC on both days.
        ("2025-03-30T00:30+00:00", "2025-03-30"),
        ("2025-03-30T22:59+00:00", "2025-03-30"),
        ("2025-03-30T23:00+00:00", "2025-03-31"),
        ("2025-10-25T23:00+00:00", "2025-10-26"),
        ("2025-10-26T23:30+00:00", "2025-10-26"),
    ],
)
def test_the_date_of_an_instant_is_its_date_in_london(moment: str, date: str) -> None:
    """In summer an hour of each day already belongs to the next one in London."""
    assert london_date(at(moment)) == day(date)


def test_a_time_without_an_offset_is_refused() -> None:
    """The zone of the machine must never decide a due date."""
    naive = at("2025-07-03T23:15")
    with pytest.raises(ValueError, match="offset"):
        london_date(naive)
    with pytest.raises(ValueError, match="offset"):
        EW.due(naive, 10)
    with pytest.raises(ValueError, match="offset"):
        on_time(day("2025-07-04"), naive)


@pytest.mark.parametrize("target", [0, -1])
def test_a_target_below_one_day_is_refused(target: int) -> None:
    """An answer that is due on or before its receipt is a slip."""
    with pytest.raises(ValueError, match="target"):
        EW.due(at("2025-06-09T10:00+01:00"), target)


# Timeliness


@pytest.mark.parametrize(
    ("replied", "met", "taken"),
    [
        ("2025-06-09T10:05+01:00", True, 0),
        ("2025-06-10T00:01+01:00", True, 1),
        ("2025-06-23T23:59+01:00", True, 10),
        ("2025-06-24T00:01+01:00", False, 11),
        ("2025-06-23T23:01+00:00", False, 11),
        ("2025-06-21T12:00+01:00", True, 9),
    ],
)
def test_a_reply_counts_by_its_london_date(replied: str, met: bool, taken: int) -> None:
    """The due date lasts until midnight in London, not until the office closes."""
    received = at("2025-06-09T10:00+01:00")
    assert on_time(EW.due(received, 10).due_date, at(replied)) is met
    assert EW.working_days_taken(received, at(replied)) == taken


def test_a_weekend_reply_after_a_friday_due_date_is_late_within_the_same_count() -> None:
    """Days taken are working days; on time is a matter of dates."""
    received, saturday = at("2025-06-06T10:00+01:00"), at("2025-06-21T10:00+01:00")
    assert not on_time(EW.due(received, 10).due_date, saturday)
    assert EW.working_days_taken(received, saturday) == 10


# The end of the known calendar


@pytest.mark.parametrize(
    ("known_to", "provisional"),
    [("2026-04-14", False), ("2026-04-13", True), ("2026-03-27", True), ("2026-01-01", True)],
)
def test_a_date_beyond_the_known_calendar_is_provisional(known_to: str, provisional: bool) -> None:
    """A bank holiday not yet announced could move it; the date itself is still given."""
    calendar = EW._replace(known_to=day(known_to))
    due = calendar.due(at("2026-03-27T11:30+00:00"), 10)
    assert due.provisional is provisional
    assert due.due_date == day("2026-04-14")


@pytest.mark.parametrize(
    ("received", "due", "provisional"),
    [
        ("2028-12-15", "2028-12-29", False),
        ("2028-12-18", "2029-01-01", True),
        ("2029-03-01", "2029-03-13", True),
    ],
)
def test_the_shipped_list_ends_with_2028(received: str, due: str, provisional: bool) -> None:
    """1 January 2029 is counted as a working day, so it must not be shown as firm."""
    counted = EW.due(at(f"{received}T12:00+00:00"), 8)
    assert (counted.due_date, counted.provisional) == (day(due), provisional)


@pytest.mark.parametrize(
    ("received", "provisional"),
    [("2023-12-28", True), ("2023-12-29", False), ("2023-12-31", False), ("2024-01-02", False)],
)
def test_a_date_before_the_known_calendar_is_provisional_too(
    received: str, provisional: bool
) -> None:
    """Days before the list begins may hold holidays; 30 and 31 December 2023 are a weekend."""
    assert EW.due(at(f"{received}T12:00+00:00"), 10).provisional is provisional


# Working days as such


def test_working_days_are_counted_backwards_beyond_the_start() -> None:
    """Casework sheet: two working days before Tuesday 7 April 2026 is Wednesday 1 April."""
    assert EW.add_working_days(day("2026-04-07"), -2) == day("2026-04-01")
    assert EW.add_working_days(day("2026-04-05"), -1) == day("2026-04-02")


def test_no_working_days_leave_the_day_as_it_stands() -> None:
    """A rule without working days has no working day to look for."""
    assert EW.add_working_days(day("2026-04-05"), 0) == day("2026-04-05")


@pytest.mark.parametrize(
    ("start", "calendar", "before", "after"),
    [
        ("2026-04-03", EW, "2026-04-02", "2026-04-07"),
        ("2026-04-03", SCOTLAND, "2026-04-02", "2026-04-06"),
        ("2026-04-08", EW, "2026-04-08", "2026-04-08"),
    ],
)
def test_a_day_rolls_to_the_nearest_working_day(
    start: str, calendar: Calendar, before: str, after: str
) -> None:
    """A working day stays where it is."""
    assert calendar.working_day_on_or_before(day(start)) == day(before)
    assert calendar.working_day_on_or_after(day(start)) == day(after)


@pytest.mark.parametrize(
    ("today", "left", "alarm"),
    [
        ("2025-06-17", 4, Alarm.NONE),
        ("2025-06-18", 3, Alarm.AMBER),
        ("2025-06-20", 1, Alarm.AMBER),
        ("2025-06-22", 1, Alarm.AMBER),
        ("2025-06-23", 0, Alarm.RED),
        ("2025-06-24", -1, Alarm.OVERDUE),
        ("2025-06-25", -2, Alarm.OVERDUE),
    ],
)
def test_the_alarm_counts_working_days(today: str, left: int, alarm: Alarm) -> None:
    """Amber at 3 working days left, red on the last, overdue from the next."""
    due, amber = day("2025-06-23"), 3
    assert EW.working_days_left(due, day(today)) == left
    assert EW.alarm(due, day(today), amber) is alarm


@pytest.mark.parametrize("today", ["2025-06-21", "2025-06-22", "2025-06-23"])
def test_the_weekend_after_a_friday_due_date_is_one_day_late(today: str) -> None:
    """Nothing that is overdue may read as 0 days."""
    assert EW.working_days_left(day("2025-06-20"), day(today)) == -1
    assert EW.alarm(day("2025-06-20"), day(today), 3) is Alarm.OVERDUE


# Against an independent, slow count


def is_off(calendar: Calendar, some_day: dt.date) -> bool:
    return some_day.strftime("%a") in ("Sat", "Sun") or some_day in calendar.bank_holidays


def days_after(start: dt.date, end: dt.date) -> list[dt.date]:
    return [start + dt.timedelta(days=n) for n in range(1, (end - start).days + 1)]


calendars = st.sampled_from([EW, SCOTLAND, NI])
some_days = st.dates(day("2023-06-01"), day("2029-06-30"))
instants = st.datetimes(at("2024-01-01T00:00"), at("2028-10-01T00:00"), timezones=st.just(dt.UTC))


@given(calendars, instants, st.integers(1, 30))
def test_a_due_date_is_the_nth_working_day_after_receipt(
    calendar: Calendar, received_at: dt.datetime, target: int
) -> None:
    """Written again, day by day, from the words of the rule."""
    due = calendar.due(received_at, target)
    counted = days_after(due.received_date, due.due_date)
    working = [some_day for some_day in counted if not is_off(calendar, some_day)]
    assert len(working) == target
    assert (working[0], working[-1]) == (due.day_1, due.due_date)
    assert not due.provisional


@given(calendars, some_days, some_days)
def test_working_days_between_two_days_are_counted_one_by_one(
    calendar: Calendar, one: dt.date, other: dt.date
) -> None:
    """Backwards it is the same number below 0."""
    first, last = sorted((one, other))
    working = sum(not is_off(calendar, some_day) for some_day in days_after(first, last))
    assert calendar.working_days_between(first, last) == working
    assert calendar.working_days_between(last, first) == -working


@given(calendars, some_days, st.integers(-40, 40))
def test_adding_working_days_and_counting_them_agree(
    calendar: Calendar, start: dt.date, n: int
) -> None:
    """The way there, and from a working day the way back."""
    end = calendar.add_working_days(start, n)
    assert n == 0 or calendar.is_working_day(end)
    if n >= 0 or calendar.is_working_day(start):
        assert calendar.working_days_between(start, end) == n
    if calendar.is_working_day(start):
        assert calendar.add_working_days(end, -n) == start


@given(calendars, some_days, some_days)
def test_what_is_late_is_never_0_days_late(
    calendar: Calendar, due_date: dt.date, today: dt.date
) -> None:
    """The number and the alarm must not contradict each other."""
    left, alarm = calendar.working_days_left(due_date, today), calendar.alarm(due_date, today, 3)
    assert (left < 0) == (today > due_date) == (alarm is Alarm.OVERDUE)


# A list of the administrator


A_LIST = """
version = "2026.2"
known_from = 2026-01-01
known_to = 2026-12-31
source = "an invented list"

[bank_holidays]
england-and-wales = [2026-01-01, 2026-12-25]
scotland = [2026-01-02]
northern-ireland = [2026-03-17]
"""


@pytest.fixture
def list_file(tmp_path: Path) -> Path:
    file = tmp_path / bank_holidays.FILE_NAME
    file.write_text(A_LIST, encoding="utf-8")
    return file


def test_a_list_of_the_administrator_can_be_read(list_file: Path) -> None:
    """The form is that of the shipped list."""
    scotland = bank_holidays.load(list_file)[Nation.SCOTLAND]
    assert scotland == Calendar(
        nation=Nation.SCOTLAND,
        version="2026.2",
        known_from=day("2026-01-01"),
        known_to=day("2026-12-31"),
        bank_holidays=frozenset({day("2026-01-02")}),
    )


def test_a_list_saved_by_a_windows_editor_can_be_read(list_file: Path) -> None:
    """It begins with a byte order mark."""
    list_file.write_text(A_LIST, encoding="utf-8-sig")
    assert bank_holidays.load(list_file)[Nation.SCOTLAND].version == "2026.2"


@pytest.mark.parametrize(
    ("version", "used"),
    [("2026.2", "2026.2"), ("2026.10", "2026.10"), ("2027.0", "2027.0"), ("2025.9", "2026.1")],
)
def test_the_list_with_the_later_version_is_in_force(
    list_file: Path, version: str, used: str
) -> None:
    """A list left behind in the settings folder must not hide a later one that ships."""
    list_file.write_text(A_LIST.replace("2026.2", version), encoding="utf-8")
    assert bank_holidays.in_force(list_file.parent)[Nation.SCOTLAND].version == used


def test_the_tenth_list_of_a_year_is_later_than_the_ninth(
    list_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Versions are numbers, not text."""
    list_file.write_text(A_LIST.replace("2026.2", "2026.9"), encoding="utf-8")
    ninth = bank_holidays.load(list_file)
    monkeypatch.setattr(bank_holidays, "shipped", lambda: ninth)
    list_file.write_text(A_LIST.replace("2026.2", "2026.10"), encoding="utf-8")
    assert bank_holidays.in_force(list_file.parent)[Nation.SCOTLAND].version == "2026.10"


def test_the_shipped_list_is_in_force_without_another(tmp_path: Path) -> None:
    """Nobody has to set up a calendar."""
    assert bank_holidays.in_force(tmp_path) is bank_holidays.shipped()


@pytest.mark.parametrize(
    ("entry", "changed", "named"),
    [
        ("2026-12-25", "2026-12-32", "line 8"),
        ('"2026.2"', '"2026.2', "line 2"),
        ('"2026.2"', "2026.2", "version"),
        ('"2026.2"', '"v2"', "version"),
        ('source = "an invented list"', "", "source"),
        ('"an invented list"', '" "', "source"),
        ("known_to", "known_till", "known_to"),
        ("[bank_holidays]", "known_until = 1\n[bank_holidays]", "known_until"),
        ("known_to = 2026-12-31", 'known_to = "2026-12-31"', "known_to"),
        ("known_to = 2026-12-31", "known_to = 2025-12-31", "known_to"),
        ("known_to = 2026-12-31", "known_to = 2026-12-31T00:00:00", "known_to"),
        ("known_to = 2026-12-31", "known_to = 2027-06-30", "2027"),
        ("scotland", "wales", "bank_holidays"),
        ("scotland = [2026-01-02]", "", "bank_holidays"),
        ("[2026-01-02]", "2026-01-02", "scotland"),
        ("[2026-01-02]", "[]", "scotland"),
        ("2026-12-25", "20261225", "england-and-wales, date 2"),
        ("2026-12-25", "2026-12-26", "england-and-wales, date 2 (2026-12-26)"),
        ("2026-12-25", "2027-12-27", "england-and-wales, date 2 (2027-12-27)"),
        ("2026-12-25", "2026-01-01", "england-and-wales, date 2 (2026-01-01)"),
    ],
)
def test_a_list_that_cannot_be_used_is_refused(
    list_file: Path, entry: str, changed: str, named: str
) -> None:
    """A wrong list gives wrong due dates; the text names the file and the entry."""
    assert entry in A_LIST
    list_file.write_text(A_LIST.replace(entry, changed), encoding="utf-8")
    with pytest.raises(SettingsError) as refused:
        bank_holidays.in_force(list_file.parent)
    assert refused.value.exit_code is Exit.SETTINGS
    assert str(list_file) in str(refused.value)
    assert named in str(refused.value)


def test_a_list_that_is_no_text_is_refused(list_file: Path) -> None:
    """Somebody copied another file over it."""
    list_file.write_bytes(b"\xff\xfe\x00version")
    with pytest.raises(SettingsError, match="cannot be read"):
        bank_holidays.load(list_file)


def test_a_missing_list_is_a_settings_problem(tmp_path: Path) -> None:
    """It was named, so it must be there."""
    with pytest.raises(SettingsError, match="cannot be read"):
        bank_holidays.load(tmp_path / "none.toml")
