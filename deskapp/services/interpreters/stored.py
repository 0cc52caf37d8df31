"""A stored booking as the rules see it."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING

from deskapp.clock import LONDON, instant, local
from deskapp.services.interpreters.bookings import ForRole, Kind, Mode, Route
from deskapp.services.interpreters.validation import Request
from deskapp.services.interpreters.wall import MINUTE, Fold, Span, Wall

if TYPE_CHECKING:
    from deskapp.data.booking_tables import Booking


def request(booking: Booking) -> Request:
    """The request that a row keeps."""
    return Request(
        kind=Kind(booking.kind),
        start=wall(booking.local_start, booking.starts_at),
        end=wall(booking.local_end, booking.ends_at),
        route=Route(booking.route),
        mode=Mode(booking.mode),
        language_code=booking.language_code,
        other_language=booking.other_language,
        for_role=ForRole(booking.for_role) if booking.for_role else None,
        jurisdiction=booking.jurisdiction,
        assessment_done=booking.assessment_done,
        off_contract_reason=booking.off_contract_reason,
        interpreters=booking.interpreters,
        overnight=booking.overnight,
    )


def wall(kept: str, at: str) -> Wall:
    """A reading of the clocks with which of two it is, as its instant says."""
    fold = local(instant(at)).fold
    return Wall(dt.datetime.fromisoformat(kept), Fold.SECOND if fold else Fold.FIRST)


def fold_of(kept: str, at: str) -> str:
    """Which of two readings was meant, as it is typed; empty where there is one only."""
    time = dt.datetime.fromisoformat(kept)
    first, second = (time.replace(tzinfo=LONDON, fold=fold).utcoffset() for fold in (0, 1))
    return (wall(kept, at).fold or Fold.FIRST).value if first != second else ""


def spans(kept: str, until: dt.datetime) -> list[Span]:
    """Breaks as a booking keeps them; one that goes on ends with ``until``.

    What ends in the minute in which it began was none.
    """
    found = [
        Span(instant(start), instant(end) if end else until) for start, end in json.loads(kept)
    ]
    return [each for each in found if abs(each.end - each.start) >= MINUTE]
