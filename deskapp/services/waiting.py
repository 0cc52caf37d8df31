"""What the first screen shows of a desk: lines that wait for somebody, as every desk gives them."""

from __future__ import annotations

import datetime as dt
from enum import IntEnum
from typing import NamedTuple

from deskapp.clock import LONDON, local
from deskapp.roles import User

LINES = 50
"""At most so many of each desk; the first screen is no backlog."""


class Group(IntEnum):
    """What stands above what."""

    BEGUN = 0
    """Forms that are open or parked."""
    BY_TIME = 1
    """Somebody waits for a certain time of today."""
    BY_DAY = 2
    """What is due, by its day."""


class Asker(NamedTuple):
    """For whom the first screen is, and when."""

    user: User
    now: dt.datetime

    @property
    def today(self) -> dt.date:
        """The local day."""
        return local(self.now).date()

    @property
    def tomorrow(self) -> dt.datetime:
        """When the local day ends."""
        return dt.datetime.combine(self.today + dt.timedelta(days=1), dt.time(), LONDON)


class Line(NamedTuple):
    """One line, worded; Enter opens its record."""

    kind: str
    """What opens it: a kind of record, or ``draft`` for an unfinished form."""
    id: str
    state: str
    what: str
    who: str
    place: tuple[Group, str | int, int]
    """Group, then what the lines of a group are sorted by, whatever their desk."""
    urgent: bool = False


class Lines(NamedTuple):
    """The lines of one desk, and how many more it has."""

    lines: list[Line]
    left: int = 0
