"""Which report of the enquiry desk is wanted: for which days, by what, of whom."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from deskapp.clock import LONDON, stamp
from deskapp.i18n import N_


class By(StrEnum):
    """What a report is broken down by."""

    CHANNEL = "channel"
    TOPIC = "topic"
    OUTCOME = "outcome"
    USER_TYPE = "user_type"
    LANGUAGE = "language"
    DAY = "day"
    SITE = "site"
    OFFICER = "officer"


BY_LABELS = {
    By.CHANNEL: N_("By channel"),
    By.TOPIC: N_("By topic"),
    By.OUTCOME: N_("By outcome"),
    By.USER_TYPE: N_("By who they are"),
    By.LANGUAGE: N_("By language"),
    By.DAY: N_("By day"),
    By.SITE: N_("By site"),
    By.OFFICER: N_("By officer"),
}


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


@dataclass(frozen=True)
class Asked:
    """Which report is wanted."""

    days: Days
    by: By = By.CHANNEL
    own: bool = False
    """Only the contacts of who asks."""
