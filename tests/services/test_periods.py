"""Ranges of days as officers type them."""

from __future__ import annotations

import datetime as dt

import pytest

from deskapp.errors import DeskError
from deskapp.services import periods
from deskapp.services.days import Days

TODAY = dt.date(2026, 11, 18)


@pytest.mark.parametrize(
    "text",
    ["2 11 to 15 11", "2 Nov - 15 Nov", "2/11/2026 to 15/11/2026", "2026-11-02 to 2026-11-15",
     "2 Tach i 15 Tach", "2 Nov – 15 Nov"],
)  # fmt: skip
def test_two_days_are_typed_with_a_word_or_a_dash(text: str) -> None:
    """In either language, dates as in every form."""
    assert periods.read(text, today=TODAY) == Days(dt.date(2026, 11, 2), dt.date(2026, 11, 15))


def test_one_day_is_a_range_of_its_own() -> None:
    """The report of the day."""
    assert periods.read("today", today=TODAY) == Days(TODAY, TODAY)


@pytest.mark.parametrize("text", ["", "x", "1 11 to 2 11 to 3 11", "15 11 to 2 11", "32 11"])
def test_what_is_no_range_is_refused_in_words(text: str) -> None:
    """The sentence says what to type."""
    with pytest.raises(DeskError):
        periods.read(text, today=TODAY)


def test_week_and_month_end_today() -> None:
    """Wednesday 18 November: from Monday, from the first."""
    assert periods.week(TODAY) == Days(dt.date(2026, 11, 16), TODAY)
    assert periods.month(TODAY) == Days(dt.date(2026, 11, 1), TODAY)
    assert periods.day(TODAY) == Days(TODAY, TODAY)
