"""Months and ages."""

from __future__ import annotations

import calendar
import datetime as dt


def months_after(date: dt.date, months: int) -> dt.date:
    """The same day so many months on, or the last day of a month that is too short for it.

    Raises:
        OverflowError: If it lies beyond the year 9999.
    """
    years, month = divmod(date.month - 1 + months, 12)
    year = date.year + years
    if year > dt.MAXYEAR:
        raise OverflowError("beyond the last year of the calendar")
    last = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(date.day, last))


def age(date_of_birth: dt.date, on: dt.date) -> int:
    """Whole years on a day; who was born on 29 February is older from 1 March of other years."""
    before_birthday = (on.month, on.day) < (date_of_birth.month, date_of_birth.day)
    return on.year - date_of_birth.year - before_birthday
