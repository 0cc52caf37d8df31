"""What a booking is told of others that hold its interpreter, as it is stored and said.

Source: interpreter sheet, section 10.
"""

from __future__ import annotations

from enum import StrEnum

from deskapp.i18n import N_, _


class Conflict(StrEnum):
    """Why somebody must look at a booking."""

    DOUBLE_BOOKED = "DOUBLE_BOOKED"
    """It lost its interpreter to others."""
    IMPOSSIBLE_ATTENDANCE = "IMPOSSIBLE_ATTENDANCE"
    """The interpreter is recorded as attending elsewhere at the same time."""


class Told(StrEnum):
    """What stands in ``booking.conflict``."""

    DOUBLE_BOOKED = Conflict.DOUBLE_BOOKED.value
    IMPOSSIBLE_ATTENDANCE = Conflict.IMPOSSIBLE_ATTENDANCE.value
    ALSO_ASKED = "ALSO_ASKED"
    """It keeps its interpreter; another booking lost them to it."""


_LABELS = {
    Told.DOUBLE_BOOKED: N_("Booked twice: ring the other court, then ask for another"),
    Told.IMPOSSIBLE_ATTENDANCE: N_("In two places at once: a team leader decides"),
    Told.ALSO_ASKED: N_("Booked twice: this one keeps the interpreter, tell the other court"),
}


def words(conflict: str) -> str:
    """What is told of a conflict; its code where a newer desk wrote it."""
    return _(_LABELS[Told(conflict)]) if conflict in list(Told) else conflict
