"""Double booking, travel and unavailability: what stands against a booking, and what to offer.

Source: interpreter sheet, section 6.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from deskapp.clock import local
from deskapp.i18n import N_, _
from deskapp.services.interpreters.bookings import Booking, Mode
from deskapp.services.interpreters.settings import Settings
from deskapp.services.interpreters.wall import ONE_DAY, Span, start_of


class Clash(StrEnum):
    """What stands against a booking."""

    OVERLAP = "OVERLAP"
    TRAVEL = "TRAVEL"
    UNAVAILABLE = "UNAVAILABLE"


BLOCKS = frozenset({Clash.OVERLAP, Clash.UNAVAILABLE})
"""It cannot be saved; with the others an officer may go on with a reason."""

CLASH_WORDS = {
    Clash.OVERLAP: N_("Booked already at that time. To share one interpreter, add the hearing."),
    Clash.TRAVEL: N_("{gap} minutes to get there, {required} are needed. Go on with a reason."),
    Clash.UNAVAILABLE: N_("The interpreter is not available then. Choose another time or person."),
}


class Part(StrEnum):
    """Which part of the days somebody is not available."""

    AM = "AM"
    PM = "PM"
    ALL_DAY = "ALL_DAY"


@dataclass(frozen=True)
class Unavailable:
    """Days on which somebody is not available, both ends included."""

    id: str
    interpreter_id: str
    first: dt.date
    last: dt.date
    part: Part = Part.ALL_DAY


@dataclass(frozen=True, order=True)
class Finding:
    """One thing that stands against a booking."""

    clash: Clash
    with_id: str
    """The other booking, or the unavailability."""
    gap: int | None = None
    """Minutes between both, when they are too few."""
    required: int | None = None

    @property
    def blocks(self) -> bool:
        """Whether the booking cannot be saved."""
        return self.clash in BLOCKS

    @property
    def words(self) -> str:
        """What to tell the officer."""
        return _(CLASH_WORDS[self.clash]).format(gap=self.gap, required=self.required)


def findings(
    candidate: Booking,
    existing: Iterable[Booking],
    unavailable: Iterable[Unavailable],
    settings: Settings,
) -> list[Finding]:
    """Everything that stands against ``candidate``, by code and then id.

    Only bookings that hold the same interpreter count; the candidate itself counts in any state.
    """
    found = _findings(candidate, existing, unavailable, settings)
    return sorted(found, key=lambda finding: (finding.clash, finding.with_id))


def _findings(
    candidate: Booking,
    existing: Iterable[Booking],
    unavailable: Iterable[Unavailable],
    settings: Settings,
) -> Iterator[Finding]:
    span = candidate.occupied
    if candidate.interpreter_id is None or not span.minutes:
        return
    for other in existing:
        if (
            other.id != candidate.id
            and other.interpreter_id == candidate.interpreter_id
            and other.holds
            and other.occupied.minutes
        ):
            yield from _between(candidate, other, settings)
    for row in unavailable:
        if row.interpreter_id == candidate.interpreter_id and any(
            span.shared(away) for away in _away(row, span, settings)
        ):
            yield Finding(Clash.UNAVAILABLE, row.id)


def _between(candidate: Booking, other: Booking, settings: Settings) -> Iterator[Finding]:
    if candidate.occupied.shared(other.occupied):
        yield Finding(Clash.OVERLAP, other.id)
        return
    gap, required = candidate.occupied.gap(other.occupied), required_gap(candidate, other, settings)
    if gap < required:
        yield Finding(Clash.TRAVEL, other.id, gap, required)


def required_gap(booking: Booking, other: Booking, settings: Settings) -> int:
    """Minutes that must lie between two bookings of one interpreter."""
    if booking.mode is Mode.F2F and other.mode is Mode.F2F:
        return settings.travel_minutes(booking.site, other.site)
    return settings.remote_changeover_minutes


def _away(row: Unavailable, span: Span, settings: Settings) -> Iterator[Span]:
    """When somebody is away on the days around ``span``."""
    day = max(row.first, local(span.start).date())
    while day <= min(row.last, local(span.end).date()):
        first = settings.midday if row.part is Part.PM else dt.time()
        end = start_of(day, settings.midday) if row.part is Part.AM else start_of(day + ONE_DAY)
        yield Span(start_of(day, first), end)
        day += ONE_DAY


def other_starts(
    candidate: Booking,
    existing: Iterable[Booking],
    unavailable: Iterable[Unavailable],
    settings: Settings,
) -> list[dt.datetime]:
    """Start times of that day at which nothing stands against the booking, the nearest first.

    The booking keeps its length; of two equally near the earlier one comes first.
    """
    existing, unavailable = list(existing), list(unavailable)
    day = local(candidate.start).date()
    length = candidate.end - candidate.start
    step = dt.timedelta(minutes=settings.offer_step_minutes)
    start, last = start_of(day, settings.offer_from), start_of(day, settings.offer_until)
    free = []
    while start <= last:
        moved = replace(candidate, start=start, end=start + length)
        if start != candidate.start and not findings(moved, existing, unavailable, settings):
            free.append(start)
        start += step
    return sorted(free, key=lambda at: (abs(at - candidate.start), at))[: settings.offers]


def others_free(
    candidate: Booking,
    interpreter_ids: Collection[str],
    existing: Iterable[Booking],
    unavailable: Iterable[Unavailable],
    settings: Settings,
) -> list[str]:
    """Which of ``interpreter_ids``, who have the language, nothing stands against."""
    existing, unavailable = list(existing), list(unavailable)
    return [
        each
        for each in interpreter_ids
        if each != candidate.interpreter_id
        and not findings(replace(candidate, interpreter_id=each), existing, unavailable, settings)
    ]
