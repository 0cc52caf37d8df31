"""Times as the clocks in London show them, and the instants they stand for.

Only instants are compared and measured. Source: interpreter sheet, section 5.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import NamedTuple

from deskapp.clock import LONDON
from deskapp.services.interpreters.codes import Code

ONE_DAY = dt.timedelta(days=1)
MINUTE = dt.timedelta(minutes=1)


class Fold(StrEnum):
    """Which of two times with the same reading is meant, when the clocks go back."""

    FIRST = "first"
    SECOND = "second"


class WallTimeError(Exception):
    """A reading of the clocks that is no instant; ``code`` says why."""

    def __init__(self, code: Code) -> None:
        super().__init__(code)
        self.code = code


class Wall(NamedTuple):
    """A local date and time without an offset, as an officer types it."""

    time: dt.datetime
    fold: Fold | None = None

    def instant(self) -> dt.datetime:
        """The instant, in UTC.

        Raises:
            WallTimeError: ``E_TIME_GAP`` where the clocks skip it, ``E_TIME_AMBIGUOUS`` where they
                show it twice and ``fold`` is missing.
        """
        first, second = (
            self.time.replace(tzinfo=LONDON, fold=fold).astimezone(dt.UTC) for fold in (0, 1)
        )
        if first.astimezone(LONDON).replace(tzinfo=None) != self.time:
            raise WallTimeError(Code.TIME_GAP)
        if first != second and self.fold is None:
            raise WallTimeError(Code.TIME_AMBIGUOUS)
        return second if self.fold is Fold.SECOND else first


class Span(NamedTuple):
    """From an instant up to another, which does not belong to it."""

    start: dt.datetime
    end: dt.datetime

    @property
    def minutes(self) -> int:
        """Real minutes; 0 when empty."""
        return max((self.end - self.start) // MINUTE, 0)

    def shared(self, other: Span) -> int:
        """Minutes that lie in both; touching is none, and nothing is shared with an empty one."""
        return Span(max(self.start, other.start), min(self.end, other.end)).minutes

    def gap(self, other: Span) -> int:
        """Minutes between two spans that share none, whichever comes first."""
        return max(Span(self.end, other.start).minutes, Span(other.end, self.start).minutes)


def span(start: Wall, end: Wall) -> tuple[Span | None, list[Code]]:
    """What lies between two readings of the clocks, or why nothing does."""
    codes, instants = [], []
    for wall in (start, end):
        try:
            instants.append(wall.instant())
        except WallTimeError as error:
            codes.append(error.code)
    if codes:
        return None, codes
    found = Span(*instants)
    return (found, []) if found.start < found.end else (None, [Code.END_NOT_AFTER_START])


def stays_on_one_day(start: Wall, end: Wall) -> bool:
    """Whether both are on one local date; ending at midnight is still the same one."""
    first, last = start.time.date(), end.time.date()
    return first == last or (end.time.time() == dt.time() and last - first == ONE_DAY)


def start_of(day: dt.date, time: dt.time = dt.time()) -> dt.datetime:
    """The instant when the clocks show ``time``; the first of two, the next after a skipped one."""
    return dt.datetime.combine(day, time, tzinfo=LONDON).astimezone(dt.UTC)
