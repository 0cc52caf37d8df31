"""Working days: the one place where a due date is counted, for every desk.

Screens, lists, exports, reports and the ``rules`` command call these functions; nothing else does
arithmetic with working days. Where the bank holidays come from: ``bank_holidays``.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import NamedTuple

from deskapp import clock
from deskapp.i18n import N_

ONE_DAY = dt.timedelta(days=1)
WORKING_WEEKDAYS = 5
"""Monday to Friday. Saturday is never a working day, even where staff work it."""


def add_months(day: dt.date, number: int) -> dt.date:
    """``day`` so many months on; the month's last day where it has no such day.

    Raises:
        OverflowError: If that is beyond the years 1 to 9999.
    """
    import calendar as months  # a start does without

    year, month = divmod(day.year * 12 + day.month - 1 + number, 12)
    if not dt.MINYEAR <= year <= dt.MAXYEAR:
        raise OverflowError("beyond the years 1 to 9999")
    return dt.date(year, month + 1, min(day.day, months.monthrange(year, month + 1)[1]))


class Nation(StrEnum):
    """Whose bank holidays count: the nation of the office that handles the matter."""

    ENGLAND_AND_WALES = "england-and-wales"
    SCOTLAND = "scotland"
    NORTHERN_IRELAND = "northern-ireland"


NATION_LABELS = {
    Nation.ENGLAND_AND_WALES: N_("England and Wales"),
    Nation.SCOTLAND: N_("Scotland"),
    Nation.NORTHERN_IRELAND: N_("Northern Ireland"),
}


class Alarm(StrEnum):
    """How near a due date is."""

    NONE = "none"
    AMBER = "amber"
    RED = "red"
    OVERDUE = "overdue"


class Due(NamedTuple):
    """When an answer is due, and how that was counted."""

    received_date: dt.date
    """Day 0: the London date of receipt, working day or not."""
    day_1: dt.date
    """The first working day after receipt."""
    due_date: dt.date
    """Day N."""
    provisional: bool
    """The count rests on days whose bank holidays are not known; never show it as firm."""


class Calendar(NamedTuple):
    """The working days of one nation.

    Source: complaints sheet, section 5; casework sheet, section 1.3.
    """

    nation: Nation
    version: str
    """Kept with every stored due date, so that it can be counted again with a newer list."""
    known_from: dt.date
    known_to: dt.date
    """Every bank holiday from ``known_from`` to ``known_to``, both included, is listed."""
    bank_holidays: frozenset[dt.date]

    def is_working_day(self, day: dt.date) -> bool:
        """Whether ``day`` is Monday to Friday and no bank holiday."""
        return day.weekday() < WORKING_WEEKDAYS and day not in self.bank_holidays

    def add_working_days(self, day: dt.date, n: int) -> dt.date:
        """The ``n``-th working day after ``day``, or before it when ``n`` is negative.

        ``day`` itself never counts, working day or not; with 0 it stands as it is.
        """
        step = ONE_DAY if n > 0 else -ONE_DAY
        for _ in range(abs(n)):
            day += step
            while not self.is_working_day(day):
                day += step
        return day

    def working_day_on_or_after(self, day: dt.date) -> dt.date:
        """``day`` if it is a working day, else the next one."""
        return self.add_working_days(day - ONE_DAY, 1)

    def working_day_on_or_before(self, day: dt.date) -> dt.date:
        """``day`` if it is a working day, else the one before it."""
        return self.add_working_days(day + ONE_DAY, -1)

    def working_days_between(self, day: dt.date, other: dt.date) -> int:
        """How many working days lie after ``day``, up to and including ``other``.

        The same days are counted below 0 when ``other`` is the earlier one.
        """
        if other < day:
            return -self.working_days_between(other, day)
        holidays = sum(
            day < holiday <= other and holiday.weekday() < WORKING_WEEKDAYS
            for holiday in self.bank_holidays
        )
        return _weekdays_to(other) - _weekdays_to(day) - holidays

    def due(self, received_at: dt.datetime, target_days: int) -> Due:
        """When an answer is due that may take ``target_days`` working days (1 or more).

        Counting starts on the first working day after the London date of receipt; there is no
        cut-off at closing time, and nothing stops the clock.

        Raises:
            ValueError: If ``received_at`` has no offset or ``target_days`` is below 1.
            OverflowError: If the answer lies beyond the year 9999.

        Source: complaints sheet, section 5, rules 1 to 3 and 7.
        """
        if target_days < 1:
            raise ValueError("a target is one working day or more")
        received_date = london_date(received_at)
        due_date = self.add_working_days(received_date, target_days)
        return Due(
            received_date=received_date,
            day_1=self.add_working_days(received_date, 1),
            due_date=due_date,
            provisional=not self.is_known(received_date, due_date),
        )

    def is_known(self, day: dt.date, until: dt.date) -> bool:
        """Whether the bank holidays are known for every weekday after ``day`` up to ``until``."""
        first = day + ONE_DAY
        while first.weekday() >= WORKING_WEEKDAYS:
            first += ONE_DAY
        return self.known_from <= first and until <= self.known_to

    def working_days_taken(self, received_at: dt.datetime, replied_at: dt.datetime) -> int:
        """Working days after the date of receipt up to and including the date of the reply.

        Source: complaints sheet, section 5, rule 5.
        """
        return self.working_days_between(london_date(received_at), london_date(replied_at))

    def working_days_left(self, due_date: dt.date, today: dt.date) -> int:
        """Working days after ``today`` up to the due date: 0 on the day, below 0 when it is late.

        Late is at least -1: on the Saturday after a Friday the next working day already counts.
        """
        if today > due_date:
            today = self.working_day_on_or_after(today)
        return self.working_days_between(today, due_date)

    def alarm(self, due_date: dt.date, today: dt.date, amber_days: int) -> Alarm:
        """Amber from ``amber_days`` working days left, red on the last, overdue from the next day.

        Source: complaints sheet, section 5.
        """
        left = self.working_days_left(due_date, today)
        if today > due_date:
            return Alarm.OVERDUE
        if left == 0:
            return Alarm.RED
        return Alarm.AMBER if left <= amber_days else Alarm.NONE


def london_date(moment: dt.datetime) -> dt.date:
    """The calendar date of an instant in London.

    Raises:
        ValueError: If ``moment`` has no offset: it is then no instant.
    """
    if moment.utcoffset() is None:
        raise ValueError("a date and time without an offset is no instant")
    return clock.local(moment).date()


def on_time(due_date: dt.date, replied_at: dt.datetime) -> bool:
    """Whether the London date of the reply is not later than the due date.

    Source: complaints sheet, section 5, rule 4.
    """
    return london_date(replied_at) <= due_date


def _weekdays_to(day: dt.date) -> int:
    """Weekdays from Monday 1 January of the year 1 to ``day``, both included."""
    weeks, days = divmod(day.toordinal(), 7)
    return weeks * WORKING_WEEKDAYS + min(days, WORKING_WEEKDAYS)
