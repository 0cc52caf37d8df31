"""Who keeps an interpreter when two courts booked the same one without knowing of each other.

The decision of the centre, for the kind ``claim`` of the sync design: it is taken under the lock of
the interpreter, from what is there and what a desk pushes, and says what becomes of every booking.
What the centre accepted stays; an attendance is a fact and always kept; nothing is lost.
Source: interpreter sheet, section 10.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from deskapp.services.interpreters.bookings import ATTENDED, FINAL, PLANNED, Booking, Status
from deskapp.services.interpreters.double_booked import Conflict

_ENDED = FINAL - {Status.UNFILLED}
"""States that are never left again, but for a fact."""


@dataclass(frozen=True)
class Mark:
    """A conflict and the bookings it is with, in text order."""

    conflict: Conflict
    with_ids: tuple[str, ...]


@dataclass(frozen=True)
class Held:
    """A booking at the centre."""

    booking: Booking
    """As it stands after the decision."""
    mark: Mark | None = None
    pushed: Booking | None = None
    """As it was pushed last; the same again changes nothing."""


Centre = Mapping[str, Held]
"""Bookings by id."""


def decide(centre: Centre, pushed: Iterable[Booking]) -> dict[str, Held]:
    """What is at the centre after one push.

    Changes that hold nobody come first, then attendances, confirmed and assigned bookings. A
    planned booking that overlaps anything there loses its interpreter and is requested again; one
    that an attendance overlaps loses as well.
    """
    after = dict(centre)
    for booking in _in_order(pushed):
        if not _is_stale(after.get(booking.id), booking):
            _apply(after, booking)
    return _with_impossible(after)


def _in_order(pushed: Iterable[Booking]) -> list[Booking]:
    last_of_each = {booking.id: booking for booking in pushed}
    return sorted(last_of_each.values(), key=_turn)


def _turn(booking: Booking) -> tuple[int, bool, bool, float, str]:
    """When a booking has its turn within a push."""
    if booking.status in ATTENDED:
        rank = 1
    elif booking.status is Status.CONFIRMED:
        rank = 2
    else:
        rank = 3 if booking.status is Status.ASSIGNED else 0
    assigned_at = booking.assigned_at
    return (
        rank,
        not booking.supplier_ref,
        assigned_at is None,
        assigned_at.timestamp() if assigned_at else 0.0,
        booking.id,
    )


def _is_stale(there: Held | None, booking: Booking) -> bool:
    """Whether it was pushed before, or is older than what came of it."""
    if there is None:
        return False
    if booking in (there.pushed, there.booking):
        return True
    status = there.booking.status
    return booking.status not in ATTENDED and (status in ATTENDED or status in _ENDED)


def _apply(after: dict[str, Held], booking: Booking) -> None:
    hit = sorted(held.booking.id for held in after.values() if booking.clashes(held.booking))
    if booking.status in PLANNED and hit:
        after[booking.id] = _lost(booking, hit, booking)
        return
    after[booking.id] = Held(booking, None, booking)
    for each in hit:
        held = after[each]
        if held.booking.status in PLANNED:
            after[each] = _lost(held.booking, [booking.id], held.pushed)


def _lost(booking: Booking, hit: list[str], pushed: Booking | None) -> Held:
    asked_again = replace(booking, status=Status.REQUESTED, interpreter_id=None)
    return Held(asked_again, Mark(Conflict.DOUBLE_BOOKED, tuple(hit)), pushed)


def _with_impossible(after: dict[str, Held]) -> dict[str, Held]:
    """Every attendance with the mark of those it overlaps; without any it has none."""
    facts = [held.booking for held in after.values() if held.booking.status in ATTENDED]
    for fact in facts:
        mark = after[fact.id].mark
        # A mark with a booking that is not here cannot be taken back.
        unknown = set(mark.with_ids) - after.keys() if mark else set()
        others = {other.id for other in facts if fact.clashes(other)} | unknown
        clash = Mark(Conflict.IMPOSSIBLE_ATTENDANCE, tuple(sorted(others))) if others else None
        after[fact.id] = replace(after[fact.id], mark=clash)
    return after
