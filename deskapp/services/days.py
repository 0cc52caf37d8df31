"""A range of local days: what reports are about, and which ranges are refused."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from deskapp import roles
from deskapp.clock import LONDON, instant, local, stamp
from deskapp.errors import FormProblemsError, Problem
from deskapp.i18n import _
from deskapp.roles import Act, User
from deskapp.services.dates import ONE_DAY

MOST_DAYS = 3660
"""Ten years: of more than that nobody reads a report."""


class LocalTime(NamedTuple):
    """How SQLite makes local time out of a stamp: the hours that it is ahead of UTC."""

    change: str
    """Stamp of the instant from which the clocks show ``after``; none is later where they rest."""
    before: str
    after: str


class Days(NamedTuple):
    """A range of local days, both included."""

    first: dt.date
    last: dt.date

    @property
    def begin(self) -> str:
        """Stamp of the instant from which they run."""
        return stamp(dt.datetime.combine(self.first, dt.time(), LONDON))

    @property
    def end(self) -> str:
        """Stamp of the instant before which they end."""
        after = self.last + ONE_DAY
        return stamp(dt.datetime.combine(after, dt.time(), LONDON))

    @property
    def local_time(self) -> LocalTime:
        """The time of the clocks on these days, of which they may change on one."""
        last = instant(self.end)
        hours = [instant(self.begin)]
        while hours[-1] < last:
            hours.append(hours[-1] + dt.timedelta(hours=1))
        before = _ahead(hours[0])
        change = next((hour for hour in hours if _ahead(hour) != before), last)
        return LocalTime(stamp(change), before, _ahead(change))

    def months(self) -> Iterator[Days]:
        """The range month by month; the first and the last may not be whole."""
        first = self.first
        while first <= self.last:
            last = min(end_of_month(first), self.last)
            yield Days(first, last)
            first = last + ONE_DAY


def _ahead(moment: dt.datetime) -> str:
    """By how much local time is ahead of UTC, as a modifier of SQLite."""
    offset = local(moment).utcoffset() or dt.timedelta()
    return f"{offset.total_seconds():+.0f} seconds"


def end_of_month(day: dt.date) -> dt.date:
    """The last day of the month of a day."""
    return (day.replace(day=28) + dt.timedelta(days=4)).replace(day=1) - ONE_DAY


def check_days(days: Days, *, user: User) -> None:
    """Refuse the report of a range that ``user`` may not see or that has no days.

    Raises:
        NotAllowedError: If the role may not see it.
        FormProblemsError: If the days are the wrong way round or too many.
    """
    roles.require(user, Act.READ_REPORTS)
    length = (days.last - days.first).days
    if length < 0:
        message = _("The last day must not be before the first")
        raise FormProblemsError([Problem("last", message)])
    if length >= MOST_DAYS:
        raise FormProblemsError([Problem("first", _("Enter a range of ten years or less"))])
