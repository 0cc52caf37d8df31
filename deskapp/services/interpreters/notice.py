"""Notice and cancellation: working days before a hearing. Source: interpreter sheet, section 7."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from deskapp.clock import local
from deskapp.i18n import N_
from deskapp.services.dates import Calendar
from deskapp.services.interpreters.wall import start_of


class CancelClass(StrEnum):
    """How late a cancellation comes; never an amount of money."""

    IN_TIME = "in_time"
    LATE = "late"
    AFTER_START = "after_start"
    """A hearing cut short: the timesheet says how long it was."""


CANCEL_LABELS = {
    CancelClass.IN_TIME: N_("In time"),
    CancelClass.LATE: N_("Late"),
    CancelClass.AFTER_START: N_("After the start: use the timesheet"),
}

CANCEL_REASONS = {
    "settled": N_("Guilty plea or settled"),
    "adjourned": N_("Adjourned"),
    "vacated": N_("Vacated"),
    "listed_in_error": N_("Listed in error"),
    "not_needed": N_("The party no longer needs it"),
    "wrong_language": N_("Wrong language"),
    "remote": N_("Moved to remote"),
    "duplicate": N_("Booked twice"),
    "other": N_("Other"),
}


def working_days_ahead(start: dt.datetime, now: dt.datetime, calendar: Calendar) -> int:
    """Working days after today up to and including the day of the hearing."""
    return calendar.working_days_between(local(now).date(), local(start).date())


def cutoff(start: dt.datetime, working_days: int, time: dt.time, calendar: Calendar) -> dt.datetime:
    """Until when a cancellation is in time, as an instant.

    It is on the n-th working day before the local date of the start; with 0 on that date itself,
    whatever day it is.
    """
    return start_of(calendar.add_working_days(local(start).date(), -working_days), time)


def cancel_class(
    start: dt.datetime, cancelled_at: dt.datetime, cutoff_at: dt.datetime
) -> CancelClass:
    """How late a cancellation comes. After the start none is in time, whatever the cut-off."""
    if cancelled_at >= start:
        return CancelClass.AFTER_START
    return CancelClass.IN_TIME if cancelled_at <= cutoff_at else CancelClass.LATE
