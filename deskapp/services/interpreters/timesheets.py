"""The figures of a timesheet, in real minutes. Source: interpreter sheet, section 8."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from deskapp.clock import local
from deskapp.services.interpreters.codes import Code, ordered
from deskapp.services.interpreters.wall import Span


@dataclass(frozen=True)
class Sheet:
    """What is written down on the day, as instants."""

    booked: Span
    arrived_at: dt.datetime
    released_at: dt.datetime
    breaks: Sequence[Span] = ()
    signed_at: dt.datetime | None = None

    @property
    def started_at(self) -> dt.datetime:
        """The later of the booked start and the arrival."""
        return max(self.booked.start, self.arrived_at)


@dataclass(frozen=True)
class Minutes:
    """What follows from a timesheet."""

    late: int
    attended: int
    breaks: int
    worked: int
    overrun: int
    charge: int


def errors(sheet: Sheet) -> list[Code]:
    """What must be put right before there are figures, in the order of the alphabet."""
    return ordered(_errors(sheet))


def warnings(sheet: Sheet) -> list[Code]:
    """What is only shown."""
    if sheet.signed_at is None:
        return [Code.UNSIGNED]
    is_later = local(sheet.signed_at).date() > local(sheet.released_at).date()
    return [Code.SIGNED_LATE] if is_later else []


def minutes(sheet: Sheet, minimum: int) -> Minutes:
    """The figures of a timesheet without errors.

    ``minimum`` is that of its mode; at least so much is charged.
    """
    attended = Span(sheet.started_at, sheet.released_at).minutes
    breaks = sum(each.minutes for each in sheet.breaks)
    worked = attended - breaks
    return Minutes(
        late=Span(sheet.booked.start, sheet.arrived_at).minutes,
        attended=attended,
        breaks=breaks,
        worked=worked,
        overrun=Span(sheet.booked.end, sheet.released_at).minutes,
        charge=max(minimum, worked),
    )


def _errors(sheet: Sheet) -> Iterator[Code]:
    if sheet.released_at <= sheet.arrived_at:
        yield Code.RELEASE_NOT_AFTER_ARRIVAL
    if not all(
        sheet.started_at <= each.start < each.end <= sheet.released_at for each in sheet.breaks
    ):
        yield Code.BREAK_OUTSIDE
    if any(one.shared(other) for one, other in combinations(sheet.breaks, 2)):
        yield Code.BREAK_OVERLAP
    if sheet.signed_at is not None and sheet.signed_at < sheet.released_at:
        yield Code.SIGNED_EARLY
