"""Ranges of days: those that reports are asked for most, and those that are typed."""

from __future__ import annotations

import datetime as dt
import re

from deskapp.errors import DeskError
from deskapp.i18n import _
from deskapp.services import typed
from deskapp.services.dates import ONE_DAY
from deskapp.services.days import Days, end_of_month
from deskapp.text import fold

_BETWEEN = re.compile(r"\s+(?:to|i|hyd|until|-)\s+|\s*[–—]\s*")


def day(today: dt.date) -> Days:
    """Today alone."""
    return Days(today, today)


def week(today: dt.date) -> Days:
    """From Monday of this week to today."""
    return Days(today - dt.timedelta(days=today.weekday()), today)


def month(today: dt.date) -> Days:
    """From the first of this month to today."""
    return Days(today.replace(day=1), today)


def month_before(days: Days) -> Days:
    """The whole month before the one in which a range begins."""
    last = days.first.replace(day=1) - ONE_DAY
    return Days(last.replace(day=1), last)


def month_after(days: Days, *, today: dt.date) -> Days:
    """The month after the one in which a range begins, up to ``today``; none is later."""
    first = end_of_month(days.first) + ONE_DAY
    if first > today:
        return month(today)
    return Days(first, min(end_of_month(first), today))


def read(text: str, *, today: dt.date) -> Days:
    """The range that was typed: one day, or two with "to" or a dash between them.

    Raises:
        NotUnderstoodError: If it is none; the text says how to write it.
    """
    parts = _BETWEEN.split(fold(text).strip())
    if len(parts) > 2:
        raise typed.NotUnderstoodError(_("Enter one day or two, like 1 11 2026 to 15 11 2026"))
    first, *rest = (typed.day(part, today=today) for part in parts)
    days = Days(first, rest[0] if rest else first)
    if days.last < days.first:
        raise DeskError(_("The last day must not be before the first"))
    return days
