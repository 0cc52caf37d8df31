"""Which report of the enquiry desk is wanted: for which days, by what, of whom."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from deskapp.clock import LONDON, instant, local, stamp
from deskapp.i18n import N_


class By(StrEnum):
    """What a report is broken down by."""

    CHANNEL = "channel"
    TOPIC = "topic"
    OUTCOME = "outcome"
    USER_TYPE = "user_type"
    LANGUAGE = "language"
    DAY = "day"
    HALF_HOUR = "half_hour"
    SITE = "site"
    TEAM = "team"
    OFFICER = "officer"


BY_LABELS = {
    By.CHANNEL: N_("By channel"),
    By.TOPIC: N_("By topic"),
    By.OUTCOME: N_("By outcome"),
    By.USER_TYPE: N_("By who they are"),
    By.LANGUAGE: N_("By language"),
    By.DAY: N_("By day"),
    By.HALF_HOUR: N_("By half hour of the day"),
    By.SITE: N_("By site"),
    By.TEAM: N_("By team"),
    By.OFFICER: N_("By officer"),
}


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
        after = self.last + dt.timedelta(days=1)
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


def _ahead(moment: dt.datetime) -> str:
    """By how much local time is ahead of UTC, as a modifier of SQLite."""
    offset = local(moment).utcoffset() or dt.timedelta()
    return f"{offset.total_seconds():+.0f} seconds"


@dataclass(frozen=True)
class Asked:
    """Which report is wanted."""

    days: Days
    by: By = By.CHANNEL
    own: bool = False
    """Only the contacts of who asks."""
