"""Full or half day, long day, band of service: what decides how much a day may cost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from deskapp.i18n import N_
from deskapp.services.jury.refusals import Refusal, RefusedError
from deskapp.services.jury.rules import Rules


class DayKind(StrEnum):
    """What a day was to the juror."""

    ATTENDANCE = "attendance"
    NON_ATTENDANCE = "non_attendance"
    """Paid though not at court."""
    ABSENT = "absent"


class PayType(StrEnum):
    """By which limit a day is paid."""

    FULL_DAY = "FULL_DAY"
    HALF_DAY = "HALF_DAY"


class Food(StrEnum):
    """What is claimed for food and drink."""

    NONE = "NONE"
    YES = "YES"
    """By the length of the day."""
    UP_TO_10_HOURS = "UP_TO_10_HOURS"
    OVER_10_HOURS = "OVER_10_HOURS"


class Band(StrEnum):
    """How long somebody has served."""

    STANDARD = "standard"
    LONG = "long"
    EXTRA_LONG = "extra_long"


DAY_KIND_LABELS = {
    DayKind.ATTENDANCE: N_("Attended"),
    DayKind.NON_ATTENDANCE: N_("Paid, not at court"),
    DayKind.ABSENT: N_("Absent"),
}
PAY_LABELS = {PayType.FULL_DAY: N_("Full day"), PayType.HALF_DAY: N_("Half day")}
FOOD_LABELS = {
    Food.NONE: N_("No food and drink"),
    Food.YES: N_("Food and drink by the length of the day"),
    Food.UP_TO_10_HOURS: N_("Food and drink, up to 10 hours"),
    Food.OVER_10_HOURS: N_("Food and drink, over 10 hours"),
}
BAND_LABELS = {
    Band.STANDARD: N_("Standard service"),
    Band.LONG: N_("Long service"),
    Band.EXTRA_LONG: N_("Extra long service"),
}


class Times(NamedTuple):
    """When somebody was at court, in local time, and their travel time."""

    time_in: dt.time
    time_out: dt.time
    travel: dt.timedelta = dt.timedelta()


class DayType(NamedTuple):
    """What follows from the kind and the length of a day."""

    minutes: int
    """At court and on the way; 0 when not attended."""
    pay: PayType | None
    """``None`` on a day that is not paid."""
    food: Food
    """The food band of the day."""


class DayRecord(NamedTuple):
    """One date on which somebody has a record, at any court."""

    date: dt.date
    kind: DayKind


class ServiceDay(NamedTuple):
    """Which day of service a date is."""

    number: int
    band: Band


def minutes_between(time_in: dt.time, time_out: dt.time) -> int:
    """Whole minutes at court.

    Raises:
        RefusedError: If the time out is not after the time in.
    """
    minutes = _minute_of_day(time_out) - _minute_of_day(time_in)
    if minutes <= 0:
        raise RefusedError(Refusal.CHECK_OUT_NOT_AFTER_CHECK_IN, time=time_in)
    return minutes


def effective_minutes(times: Times) -> int:
    """Time at court and on the way, as a duration; it may be more than a day.

    Raises:
        RefusedError: If the time out is not after the time in.

    Source: jury sheet, section 6.2.
    """
    travel = times.travel // dt.timedelta(minutes=1)
    return minutes_between(times.time_in, times.time_out) + travel


def day_type(
    rules: Rules,
    times: Times | None,
    kind: DayKind = DayKind.ATTENDANCE,
    officer_set: PayType | None = None,
) -> DayType:
    """Full or half day and the food band, after the times of a day were entered or changed.

    A short day that an officer set to full stays full; a day above the limit becomes full, whatever
    was set before. A day that is not attended has no length.

    Raises:
        RefusedError: If the time out is not after the time in.

    Source: jury sheet, section 6.2.
    """
    if kind is DayKind.ABSENT:
        return DayType(0, None, Food.NONE)
    if kind is DayKind.NON_ATTENDANCE:
        return DayType(0, PayType.FULL_DAY, Food.NONE)
    minutes = effective_minutes(times) if times else 0
    full = minutes > rules.full_day_over_minutes or officer_set is PayType.FULL_DAY
    return DayType(
        minutes, PayType.FULL_DAY if full else PayType.HALF_DAY, food_band(rules, minutes)
    )


def food_band(rules: Rules, minutes: int) -> Food:
    """The food band of a day of so many effective minutes."""
    return Food.OVER_10_HOURS if minutes > rules.long_day_over_minutes else Food.UP_TO_10_HOURS


def band(rules: Rules, service_day: int) -> Band:
    """The band of the n-th day of service, counted from 1. Source: jury sheet, section 6.3."""
    if service_day >= rules.extra_long_from_day:
        return Band.EXTRA_LONG
    return Band.LONG if service_day >= rules.long_from_day else Band.STANDARD


def service_days(rules: Rules, records: Iterable[DayRecord]) -> dict[dt.date, ServiceDay]:
    """The day of service and the band of every date on which somebody served.

    Dates count once, at whatever courts; days absent do not count.

    Source: jury sheet, section 6.3.
    """
    served = sorted({record.date for record in records if record.kind is not DayKind.ABSENT})
    return {
        date: ServiceDay(number, band(rules, number)) for number, date in enumerate(served, start=1)
    }


def _minute_of_day(time: dt.time) -> int:
    return time.hour * 60 + time.minute
