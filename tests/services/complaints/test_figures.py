"""What is counted of complaints: who is in which figure, and who is in none."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

import pytest

from deskapp.services import periods, spread
from deskapp.services.complaints.figures import Counted, Figures, StageFact
from deskapp.services.complaints.report_asked import Asked, By
from deskapp.services.days import Days

NOVEMBER = Days(dt.date(2026, 11, 1), dt.date(2026, 11, 30))


def day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def a_fact(received: str = "2026-11-02", responded: str = "", **changes: Any) -> StageFact:
    """A first answer that is due on 16 November."""
    usual = StageFact(
        number=1,
        received_on=dt.date.fromisoformat(received),
        due_on=dt.date(2026, 11, 16),
        provisional=False,
        responded_on=day(responded),
        on_time=bool(responded) and responded <= "2026-11-16",
        working_days=4 if responded else -1,
        outcome="upheld" if responded else "",
        cause="workload" if responded else "",
        redress=("apology", "explanation") if responded else (),
        status="open",
        site="s1",
        jurisdiction="civil",
        category="DEL",
        channel="letter",
    )
    return usual._replace(**changes)


def counted(*facts: StageFact, by: By = By.STAGE, days: Days = NOVEMBER) -> Counted:
    found = Counted()
    found.take(facts, Asked(days, by))
    return found


def test_on_time_is_of_the_answers_that_were_given_in_the_days() -> None:
    """Not of what was received in them, and not of what is still open."""
    whole = counted(
        a_fact(responded="2026-11-16"),
        a_fact(responded="2026-11-17"),
        a_fact("2026-10-20", "2026-11-03"),
        a_fact("2026-10-01", "2026-10-30"),
        a_fact(responded="2026-12-01"),
        a_fact(),
    ).whole
    assert (whole.on_time, whole.answered) == (2, 3)
    assert whole.received == 4


@pytest.mark.parametrize(
    ("received", "responded", "is_open", "overdue"),
    [
        ("2026-11-30", "", 1, 1),
        ("2026-12-01", "", 0, 0),
        ("2026-10-01", "2026-12-01", 1, 1),
        ("2026-11-02", "2026-11-30", 0, 0),
    ],
)
def test_open_is_what_nobody_had_answered_at_the_end(
    received: str, responded: str, is_open: int, overdue: int
) -> None:
    """A report of a month that is past says how it stood then."""
    whole = counted(a_fact(received, responded)).whole
    assert (whole.open, whole.overdue) == (is_open, overdue)


@pytest.mark.parametrize(("last", "overdue"), [("2026-11-16", 0), ("2026-11-17", 1)])
def test_overdue_begins_the_day_after_the_due_date(last: str, overdue: int) -> None:
    """As in the lists."""
    days = Days(NOVEMBER.first, dt.date.fromisoformat(last))
    assert counted(a_fact(), days=days).whole.overdue == overdue


@pytest.mark.parametrize("status", ["redirected", "withdrawn", "duplicate", "void"])
def test_what_stands_aside_is_listed_and_in_no_figure(status: str) -> None:
    """Whatever was done with it before."""
    found = counted(
        a_fact(responded="2026-11-10", status=status),
        a_fact(number=2, status=status),
        a_fact("2026-10-10", status=status),
    )
    assert found.aside == Counter({status: 1})
    assert (found.whole, found.groups) == (Figures(), {})
    assert not any(found.parts.values())


def test_the_escalation_rate_has_its_own_numerator_and_denominator() -> None:
    """Reviews that were asked for, of first answers that were given."""
    whole = counted(
        a_fact(responded="2026-11-10"),
        a_fact(responded="2026-11-10", status="closed"),
        a_fact(number=2, received="2026-11-12"),
        a_fact(number=3, received="2026-11-20"),
    ).whole
    assert (whole.reviews, whole.first_answers, whole.received) == (1, 2, 4)


def test_lists_count_a_complaint_once_and_its_answers_each() -> None:
    """Categories and channels of what came; causes, outcomes and redress of what was answered."""
    parts = counted(
        a_fact(responded="2026-11-10"),
        a_fact(number=2, received="2026-11-12", responded="2026-11-20", cause="training"),
    ).parts
    assert parts["categories"] == Counter(DEL=1)
    assert parts["channels"] == Counter(letter=1)
    assert parts["causes"] == Counter(workload=1, training=1)
    assert parts["redress"] == Counter(apology=2, explanation=2)


def test_every_month_stands_as_it_did_at_its_end() -> None:
    """A complaint of September that is answered in November was open twice."""
    days = Days(dt.date(2026, 9, 10), dt.date(2026, 11, 20))
    groups = counted(a_fact("2026-09-15", "2026-11-10"), by=By.MONTH, days=days).groups
    assert sorted(groups) == ["2026-09", "2026-10", "2026-11"]
    assert [groups[month].received for month in sorted(groups)] == [1, 0, 0]
    assert [groups[month].open for month in sorted(groups)] == [1, 1, 0]
    assert [groups[month].answered for month in sorted(groups)] == [0, 0, 1]


@pytest.mark.parametrize(
    ("by", "codes"),
    [
        (By.STAGE, {"1", "2"}),
        (By.SITE, {"s1", "s2"}),
        (By.JURISDICTION, {"civil", "family"}),
        (By.CATEGORY, {"DEL", "ATT"}),
        (By.CAUSE, {"", "workload"}),
        (By.CHANNEL, {"letter", "email"}),
    ],
)
def test_a_report_is_broken_down_by_one_thing(by: By, codes: set[str]) -> None:
    """Its groups add up to the whole."""
    other = a_fact(
        number=2, site="s2", jurisdiction="family", category="ATT", channel="email",
        responded="2026-11-04",
    )  # fmt: skip
    found = counted(a_fact(), other, by=by)
    assert set(found.groups) == codes
    assert sum(each.received for each in found.groups.values()) == found.whole.received


def test_nine_of_ten_is_the_nearest_rank() -> None:
    """Of 1 to 10 it is 9, of 1 to 11 it is 10."""
    assert spread.ninetieth(Counter(range(1, 11))) == 9
    assert spread.ninetieth(Counter(range(1, 12))) == 10
    assert spread.average(Counter({2: 3, 4: 1})) == 2.5
    assert spread.average(Counter()) is spread.ninetieth(Counter()) is None


def test_months_are_turned_one_by_one_and_none_is_ahead() -> None:
    """From the present month back over the new year, and forward to today at most."""
    today = dt.date(2026, 2, 10)
    present = Days(dt.date(2026, 2, 1), today)
    january = periods.month_before(present)
    assert january == Days(dt.date(2026, 1, 1), dt.date(2026, 1, 31))
    assert periods.month_before(january).first == dt.date(2025, 12, 1)
    assert periods.month_after(january, today=today) == present
    assert periods.month_after(present, today=today) == present


def test_what_a_category_teaches() -> None:
    """How many came, how many were right, and why."""
    found = counted(
        a_fact(responded="2026-11-10"),
        a_fact(responded="2026-11-10", outcome="not_upheld"),
        a_fact(responded="2026-11-11", outcome="partly_upheld", cause="process"),
    )
    lesson = found.lessons["DEL"]
    assert (lesson.received, lesson.answered, lesson.upheld) == (3, 3, 2)
    assert lesson.causes == Counter(workload=2, process=1)
