"""Recurring bookings: the same time by the clock on several days.

Source: interpreter sheet, sections 5 and 9.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from deskapp.services.dates import Calendar
from deskapp.services.interpreters.wall import Span, Wall

ONE_WEEK = dt.timedelta(weeks=1)


class Every(StrEnum):
    """How often."""

    WEEKLY = "weekly"
    """The same weekday; a bank holiday is left out and not made up for."""
    WEEKDAYS = "weekdays"
    """Working days from the first date on."""


def repeated(start: Wall, end: Wall, every: Every, count: int, calendar: Calendar) -> list[Span]:
    """Each booking of a series; 10:00 stays 10:00 when the clocks change.

    Raises:
        WallTimeError: If one of the times does not exist on its day, or could be two.
    """
    first = start.time.date()
    return [
        Span(_moved(start, day - first), _moved(end, day - first))
        for day in _days(first, every, count, calendar)
    ]


def _days(first: dt.date, every: Every, count: int, calendar: Calendar) -> list[dt.date]:
    if every is Every.WEEKLY:
        weeks = (first + ONE_WEEK * number for number in range(count))
        return [day for day in weeks if day not in calendar.bank_holidays]
    days = []
    day = calendar.working_day_on_or_after(first)
    for _ in range(count):
        days.append(day)
        day = calendar.add_working_days(day, 1)
    return days


def _moved(wall: Wall, by: dt.timedelta) -> dt.datetime:
    return wall._replace(time=wall.time + by).instant()
