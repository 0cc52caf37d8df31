"""Bookings that hang loose: their hearing is off the list, or is not when they are any more.

Each can be carried over to another hearing of the case on that day, after the double-booking
check. Source: hearings sheet, section 6, rules 2 and 3.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from deskapp import roles
from deskapp.i18n import N_, _
from deskapp.roles import Act, User
from deskapp.services.hearings.lines import STATE_LABELS
from deskapp.services.interpreters.bookings import AHEAD, STATUS_LABELS, Status
from deskapp.text import one_line

if TYPE_CHECKING:
    from deskapp.data.connection import Connection
    from deskapp.services.hearings.acting import Acting

MOST = 200


class Why(StrEnum):
    """Why a booking hangs loose."""

    OFF = "off"
    MOVED = "moved"


WHY_LABELS = {
    Why.OFF: N_("hearing is off"),
    Why.MOVED: N_("hearing is at another time"),
}


class LooseLine(NamedTuple):
    """One such booking at one hearing."""

    booking_id: str
    hearing_id: str
    status: str
    local_start: str
    """Of the booking, wall clock."""
    local_end: str
    booked_room: str
    interpreter: str
    case_ref: str
    case_key: str
    day: str
    """Of the hearing, as are the next three."""
    start: str
    room: str
    list_state: str

    @property
    def why(self) -> Why:
        """Why it hangs loose."""
        return Why.MOVED if self.list_state == "listed" else Why.OFF

    @property
    def state(self) -> str:
        """Why, in words."""
        if self.why is Why.OFF:
            return _(STATE_LABELS.get(self.list_state, self.list_state))
        return f"{_(WHY_LABELS[self.why])}: {self.start or '--:--'} {one_line(self.room)}"

    @property
    def booked(self) -> str:
        """When, what and who is booked."""
        told = (
            f"{self.local_start[11:]}-{self.local_end[11:]}",
            _(STATUS_LABELS[Status(self.status)]),
            one_line(self.interpreter),
        )
        return "  ".join(filter(None, told))


class Target(NamedTuple):
    """Another hearing of the case on that day."""

    hearing_id: str
    start: str
    room: str
    minutes: int | None


def query(site: str, first: dt.date) -> tuple[str, tuple[str | int, ...]]:
    """The statement that reads loose bookings from a day on, and its values."""
    return (
        "SELECT b.id, h.id, b.status, b.local_start, b.local_end, b.room, coalesce(i.name, ''),"
        " h.case_ref, h.case_key, h.day, h.start, h.room, h.list_state"
        " FROM booking AS b INDEXED BY booking_by_day"
        " JOIN booking_hearing AS l ON l.booking_id = b.id AND l.ended_at = ''"
        " JOIN hearing AS h ON h.id = l.hearing_id"
        " LEFT JOIN interpreter AS i ON i.id = b.interpreter_id"
        f" WHERE b.site = ? AND b.day >= ? AND b.status IN ({', '.join('?' for _each in AHEAD)})"
        " AND (h.list_state IN ('removed_from_list', 'cancelled', 'vacated')"
        "  OR h.list_state = 'listed' AND (h.day <> b.day OR h.start <> ''"
        "  AND (h.start < substr(b.local_start, 12) OR h.start >= substr(b.local_end, 12))))"
        " ORDER BY b.day, b.local_start, b.id LIMIT ?",
        (site, first.isoformat(), *sorted(AHEAD), MOST),
    )


def page(connection: Connection, acting: Acting, site: str) -> list[LooseLine]:
    """The loose bookings of a court from today on.

    Raises:
        NotAllowedError: If the role may not read bookings.
    """
    roles.require(acting.user, Act.READ_BOOKINGS)
    rows = connection.execute(*query(site, acting.today)).fetchall()
    return [LooseLine._make(row) for row in rows]


def targets(connection: Connection, line: LooseLine, *, user: User) -> list[Target]:
    """Where a booking could be carried over to: the hearings of the case that stand on that day.

    Raises:
        NotAllowedError: If the role may not read bookings.
    """
    roles.require(user, Act.READ_BOOKINGS)
    rows = connection.execute(
        "SELECT id, start, room, minutes FROM hearing WHERE case_key = ? AND case_key <> ''"
        " AND day = ? AND list_state = 'listed' ORDER BY start, id",
        (line.case_key, line.day),
    ).fetchall()
    return [Target(*row) for row in rows]
