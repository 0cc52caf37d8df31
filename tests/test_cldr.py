"""Dates and numbers are shown as Babel shows them, without importing it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from babel.dates import format_date
from babel.numbers import format_decimal

from deskapp import i18n

LOCALES = {"en": "en_GB", "cy": "cy"}


@pytest.fixture(params=LOCALES)
def locale(request: pytest.FixtureRequest) -> Iterator[str]:
    """Babel's name of the language that is switched on."""
    before = i18n.language()
    i18n.use(request.param)
    yield LOCALES[request.param]
    i18n.use(before)


def test_every_day_of_a_year_is_written_as_babel_writes_it(locale: str) -> None:
    """The names are kept apart from Babel and must not drift from it."""
    for number in range(366):
        date = dt.date(2028, 1, 1) + dt.timedelta(days=number)
        noon = dt.datetime.combine(date, dt.time(12))
        assert i18n.day(date) == format_date(date, "d MMM y", locale=locale)
        assert i18n.weekday(date) == format_date(date, "EEEE d MMMM y", locale=locale)
        short = format_date(date, "d MMM", locale=locale)
        named = format_date(date, "EEE d MMM", locale=locale)
        assert i18n.appointment(noon) == f"{named} 12:00"
        assert i18n.when(noon, dt.date(2028, 1, 1)) in (f"{short} 12:00", "12:00")


@pytest.mark.parametrize("value", [0, 7, -12, 999, 1000, -1000, 12_345, 1_234_567, -9_876_543])
def test_a_number_has_its_thousands_marked_as_babel_marks_them(locale: str, value: int) -> None:
    """Officers read counts of a hundred thousand contacts at a glance."""
    assert i18n.number(value) == format_decimal(value, locale=locale)
