"""Due rules: each against a slow version that counts day by day, and the hard days by hand."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskapp.clock import LONDON
from deskapp.services.casework import due
from deskapp.services.casework.parts import Findings, Part
from deskapp.services.casework.read_rules import due_rule
from deskapp.services.casework.toml_lines import Places
from deskapp.services.casework.values import When, overdue_from
from deskapp.services.rules.casework_anchors import GivenAnchors
from tests.services.casework.desk import EW, day

ONE = dt.timedelta(days=1)
DAYS = st.dates(dt.date(2024, 1, 1), dt.date(2028, 6, 30))


def reckon(rule: dict[str, Any], **anchors: Any) -> When | None:
    findings = Findings(Places(""))
    read = due_rule(Part(rule, (), "", findings))
    assert findings.all() == ()
    found = due.reckon(read, GivenAnchors(anchors, EW, None))
    return found.when if found else None


def is_working(each: dt.date) -> bool:
    return each.weekday() < 5 and each not in EW.bank_holidays


def slow_working_days(start: dt.date, number: int, sign: int) -> dt.date:
    """Walks day by day; the start never counts."""
    while number:
        start += sign * ONE
        number -= is_working(start)
    return start


@given(DAYS, st.integers(0, 60), st.booleans())
def test_working_days_are_counted_strictly_beyond_the_start(
    start: dt.date, number: int, back: bool
) -> None:
    """Working day or not, the start does not count."""
    rule = {"before" if back else "after": "a", "working_days": number}
    assert reckon(rule, a=start.isoformat()) == slow_working_days(start, number, -1 if back else 1)


@given(DAYS, st.integers(0, 30))
def test_months_stop_at_the_last_day_of_the_month(start: dt.date, number: int) -> None:
    """The slow version tries the day of the month, then the days before it."""
    year, month = start.year, start.month
    for _ in range(number):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    wanted = (
        next(
            date
            for last in range(start.day, 27, -1) or [start.day]
            if (date := real_date(year, month, last))
        )
        if start.day > 27
        else dt.date(year, month, start.day)
    )
    assert reckon({"after": "a", "months": number}, a=start.isoformat()) == wanted


def real_date(year: int, month: int, of: int) -> dt.date | None:
    try:
        return dt.date(year, month, of)
    except ValueError:
        return None


@given(DAYS, st.sampled_from(["next", "previous", "release"]))
def test_a_roll_walks_day_by_day(start: dt.date, roll: str) -> None:
    """Release goes back while the day or the one after it is not a working day."""
    wanted = start
    step = ONE if roll == "next" else -ONE
    while not is_working(wanted) or (roll == "release" and not is_working(wanted + ONE)):
        wanted += step
    assert reckon({"on": "a", "roll": roll}, a=start.isoformat()) == wanted


@given(DAYS, st.integers(0, 3), st.integers(0, 20), st.integers(0, 10), st.booleans())
def test_the_order_of_work_is_always_the_same(
    start: dt.date, months: int, days: int, working: int, inclusive: bool
) -> None:
    """Months, then days, then working days, then the day less, then the roll."""
    rule = {
        "roll": "next",
        "inclusive": inclusive,
        "working_days": working,
        "days": days,
        "months": months,
        "after": "a",
    }
    wanted = reckon({"after": "a", "months": months}, a=start.isoformat())
    assert isinstance(wanted, dt.date)
    wanted = slow_working_days(wanted + days * ONE, working, 1) - inclusive * ONE
    while not is_working(wanted):
        wanted += ONE
    assert reckon(rule, a=start.isoformat()) == wanted


@given(
    st.integers(0, 60 * 24 * 230),
    st.integers(0, 200),
    st.integers(0, 600),
)
def test_hours_are_elapsed_time_across_the_clock_change(
    start: int, hours: int, minutes: int
) -> None:
    """Counted in seconds since 1970, which know no clock change."""
    moment = dt.datetime(2026, 3, 20, tzinfo=dt.UTC) + dt.timedelta(minutes=start)
    found = reckon({"after": "a", "hours": hours, "minutes": minutes}, a=moment.isoformat())
    assert isinstance(found, dt.datetime)
    assert found.timestamp() == moment.timestamp() + 3600 * hours + 60 * minutes


@pytest.mark.parametrize(
    ("rule", "anchor", "wanted"),
    [
        ({"after": "a", "days": 28, "inclusive": True}, "2026-04-10", "2026-05-07"),
        ({"before": "a", "days": 28, "inclusive": True}, "2026-05-07", "2026-04-10"),
        ({"after": "a", "years": 1}, "2024-02-29", "2025-02-28"),
        ({"after": "a", "years": 1, "months": 1}, "2024-01-31", "2025-02-28"),
        ({"on": "a", "snap": "month_end"}, "2028-02-10", "2028-02-29"),
        ({"on": "a", "snap": "month_start"}, "2026-02-10", "2026-02-01"),
        ({"on": "a", "snap": "wednesday"}, "2026-03-04", "2026-03-04"),
        ({"on": "a", "snap": "tuesday"}, "2026-03-04", "2026-03-10"),
        ({"on": "a", "snap": "month_end", "roll": "previous"}, "2026-05-03", "2026-05-29"),
        # Friday, and the Thursday before a Good Friday
        ({"on": "a", "roll": "release"}, "2026-05-01", "2026-04-30"),
        ({"on": "a", "roll": "release"}, "2026-04-02", "2026-04-01"),
        # Statutory limits stand on a bank holiday
        ({"after": "a", "months": 6}, "2026-06-25", "2026-12-25"),
        # Day of an instant is that of London: 23:30 UTC in June is tomorrow
        ({"after": "a", "days": 1}, "2026-06-01T23:30:00+00:00", "2026-06-03"),
    ],
)
def test_days_worked_out_by_hand(rule: dict[str, Any], anchor: str, wanted: str) -> None:
    """From the calendar on the wall."""
    assert reckon(rule, a=anchor) == day(wanted)


@pytest.mark.parametrize(
    ("anchor", "wanted"),
    [
        ("2026-03-04T14:59", "2026-03-18"),
        ("2026-03-04T15:00", "2026-03-19"),
        ("2026-03-07T16:00", "2026-03-20"),
        ("2026-03-04", "2026-03-18"),
    ],
)
def test_a_cutoff_counts_one_more_day_only_late_on_a_working_day(anchor: str, wanted: str) -> None:
    """Saturday is not late, and a plain date has no time."""
    rule = {"after": "a", "working_days": 10, "cutoff": "15:00"}
    assert reckon(rule, a=anchor) == day(wanted)


def test_a_time_of_day_is_local_in_summer_and_winter() -> None:
    """17:00 is 16:00 UTC in summer; 01:30 does not exist on the last Sunday of March."""
    rule = {"on": "a", "at": "17:00"}
    assert reckon(rule, a="2026-07-01") == dt.datetime(2026, 7, 1, 16, tzinfo=dt.UTC)
    assert reckon(rule, a="2026-12-01") == dt.datetime(2026, 12, 1, 17, tzinfo=dt.UTC)
    found = reckon({"on": "a", "at": "01:30"}, a="2026-03-29")
    assert found == dt.datetime(2026, 3, 29, 2, 30, tzinfo=LONDON)


def test_earliest_and_latest_pass_over_what_is_empty() -> None:
    """With nothing left there is no due date."""
    rules = [{"after": "a", "days": 9}, {"on": "b"}, {"on": "c", "at": "10:00"}]
    assert reckon({"earliest": rules}, a="2026-03-01") == day("2026-03-10")
    given_all = {"a": "2026-03-01", "b": "2026-03-09", "c": "2026-03-09"}
    found = reckon({"earliest": rules}, **given_all)
    assert isinstance(found, dt.datetime)
    assert reckon({"latest": rules}, **given_all) == day("2026-03-10")
    assert reckon({"latest": rules}) is None


def test_the_first_line_of_a_decision_table_that_holds_is_used() -> None:
    """Without a default there may be none."""
    table = [
        {"when": {"field": "k", "is": "x"}, "after": "a", "days": 1},
        {"when": {"field": "k", "set": True}, "after": "a", "days": 2},
    ]
    assert reckon({"choose": table}, a="2026-03-01", k="x") == day("2026-03-02")
    assert reckon({"choose": table}, a="2026-03-01", k="y") == day("2026-03-03")
    assert reckon({"choose": table}, a="2026-03-01") is None
    with_default = [*table, {"on": "a"}]
    assert reckon({"choose": with_default}, a="2026-03-01") == day("2026-03-01")


def test_an_amount_that_is_a_field_is_its_value() -> None:
    """An empty one gives no date; a monstrous one is refused, not counted."""
    rule = {"after": "a", "working_days": "$n"}
    assert reckon(rule, a="2026-03-02", n=2) == day("2026-03-04")
    assert reckon(rule, a="2026-03-02") is None
    with pytest.raises(OverflowError):
        reckon(rule, a="2026-03-02", n=10**9)


def test_what_lies_beyond_the_known_holidays_is_flagged_only_if_they_count() -> None:
    """A period in years does not rest on bank holidays."""
    anchors = GivenAnchors({"a": EW.known_to.isoformat()}, EW, None)
    for rule, wanted in (
        ({"after": "a", "working_days": 1}, True),
        ({"after": "a", "days": 1, "roll": "next"}, True),
        ({"after": "a", "years": 7}, False),
        ({"before": "a", "working_days": 1}, False),
    ):
        found = due.reckon(due_rule(Part(rule, (), "", Findings(Places("")))), anchors)
        assert found is not None
        assert found.provisional is wanted


def test_a_day_is_overdue_from_the_next_and_a_time_from_the_next_minute() -> None:
    """Also on the night of the clock change."""
    assert overdue_from(day("2026-03-29")) == dt.datetime(2026, 3, 29, 23, tzinfo=dt.UTC)
    assert overdue_from(day("2026-03-28")) == dt.datetime(2026, 3, 29, 0, tzinfo=dt.UTC)
    at_ten = dt.datetime(2026, 7, 1, 10, tzinfo=LONDON)
    assert overdue_from(at_ten) == dt.datetime(2026, 7, 1, 9, 1, tzinfo=dt.UTC)
