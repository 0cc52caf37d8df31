"""What the exchange says of interpreters whom two courts booked without knowing of each other.

The decision itself is ``claims.decide``; here stands which rows of the store it is about, and what
is written into them. Both bookings are told of each other; nothing is lost. Source: interpreter
sheet, section 10; design sheet of sync, sections 3 (claim) and 6 (step 5).
"""

from __future__ import annotations

from enum import StrEnum

from deskapp.i18n import N_, _
from deskapp.services.interpreters.claims import CONFLICT_LABELS, Conflict


class Told(StrEnum):
    """What stands in ``booking.conflict``."""

    DOUBLE_BOOKED = Conflict.DOUBLE_BOOKED.value
    IMPOSSIBLE_ATTENDANCE = Conflict.IMPOSSIBLE_ATTENDANCE.value
    ALSO_ASKED = "ALSO_ASKED"
    """It keeps its interpreter; another booking lost them to it."""


LABELS = {
    Told.DOUBLE_BOOKED: CONFLICT_LABELS[Conflict.DOUBLE_BOOKED],
    Told.IMPOSSIBLE_ATTENDANCE: CONFLICT_LABELS[Conflict.IMPOSSIBLE_ATTENDANCE],
    Told.ALSO_ASKED: N_("Booked twice: this one keeps the interpreter, tell the other court"),
}


def words(conflict: str) -> str:
    """What is told of a conflict; its code where a newer desk wrote it."""
    return _(LABELS[Told(conflict)]) if conflict in list(Told) else conflict
