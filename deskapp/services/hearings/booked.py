"""Bookings of interpreters and intermediaries as a hearing sees them: is somebody coming?

Source: hearings sheet, section 2, readiness line; interpreter sheet, section 4.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from deskapp import roles
from deskapp.i18n import _
from deskapp.roles import Act, User
from deskapp.services.interpreters.bookings import (
    AHEAD,
    ATTENDED,
    FINAL,
    KIND_LABELS,
    STATUS_LABELS,
    Kind,
    Status,
)
from deskapp.text import one_line

if TYPE_CHECKING:
    from deskapp.data.connection import Connection

COMES = frozenset({Status.CONFIRMED}) | ATTENDED
"""Confirmed, here, or was here."""
GONE = frozenset({Status.CANCELLED_BY_COURT})
"""Nobody is needed any more."""
LIVE = frozenset(Status) - FINAL
COLUMNS = (
    "l.hearing_id, b.id, b.status, b.kind, b.language_code, b.other_language, b.for_name,"
    " b.need_id, b.local_start, b.local_end, b.room, b.interpreter_id, coalesce(i.name, ''),"
    " b.supplier_ref, b.conflict, b.arrived_at, b.released_at"
)
JOINED = (
    "booking_hearing AS l JOIN booking AS b ON b.id = l.booking_id"
    " LEFT JOIN interpreter AS i ON i.id = b.interpreter_id"
)


class BookedLine(NamedTuple):
    """One booking for a hearing."""

    hearing_id: str
    id: str
    status: Status
    kind: Kind
    language_code: str
    other_language: str
    for_name: str
    need_id: str
    local_start: str
    """Wall clock, ``YYYY-MM-DDTHH:MM``."""
    local_end: str
    room: str
    interpreter_id: str
    interpreter: str
    supplier_ref: str
    conflict: str
    arrived_at: str
    released_at: str

    @property
    def what(self) -> str:
        """The language, or what kind of help it is."""
        if self.language_code:
            from deskapp.services import spoken

            return spoken.languages().label(self.language_code)
        return one_line(self.other_language) or _(KIND_LABELS[self.kind])

    @property
    def comes(self) -> bool:
        """Whether somebody is confirmed or here."""
        return self.status in COMES

    def is_there(self, at: str) -> bool:
        """Whether somebody has come, or is confirmed for this time, wall clock; empty for none."""
        return self.status in ATTENDED or (self.comes and not self.misses(at))

    def misses(self, at: str) -> bool:
        """Whether nobody is booked for this time, and that can still be put right."""
        covers = not at or self.local_start <= at < self.local_end
        return self.status in AHEAD and not covers

    def told_at(self, at: str) -> str:
        """The booking as it is read out at a hearing that begins then."""
        return "  ".join(
            filter(None, (_("NOT AT THIS TIME") if self.misses(at) else "", self.words))
        )

    @property
    def counts(self) -> bool:
        """Whether somebody is still needed, or was."""
        return self.status not in GONE

    @property
    def times(self) -> str:
        """From when until when, wall clock."""
        return f"{self.local_start[11:]}-{self.local_end[11:]}"

    @property
    def words(self) -> str:
        """The booking as it is read out."""
        told = (
            _("BOOKED TWICE") if self.conflict else "",
            self.what,
            _(STATUS_LABELS[self.status]),
            self.times,
            one_line(self.for_name),
            one_line(self.interpreter),
            one_line(self.supplier_ref),
        )
        return "  ".join(filter(None, told))


def of_hearings(
    connection: Connection, hearing_ids: Iterable[str], *, user: User
) -> dict[str, list[BookedLine]]:
    """The bookings of hearings, by hearing and start.

    Raises:
        NotAllowedError: If the role may not read bookings.
    """
    roles.require(user, Act.READ_BOOKINGS)
    rows = connection.execute(
        f"SELECT {COLUMNS} FROM {JOINED} WHERE l.ended_at = ''"
        " AND l.hearing_id IN (SELECT value FROM json_each(?)) ORDER BY b.local_start, b.id",
        (json.dumps(list(hearing_ids)),),
    ).fetchall()
    found: dict[str, list[BookedLine]] = defaultdict(list)
    for row in rows:
        found[row[0]].append(_line(row))
    return found


def without_hearing(
    connection: Connection, site: str, on: dt.date, *, user: User
) -> list[BookedLine]:
    """The bookings of a day at a court that hang on no hearing, by start; no draft.

    Raises:
        NotAllowedError: If the role may not read bookings.
    """
    roles.require(user, Act.READ_BOOKINGS)
    rows = connection.execute(
        f"SELECT {COLUMNS} FROM booking AS b LEFT JOIN booking_hearing AS l"
        " ON l.booking_id = b.id AND l.ended_at = ''"
        " LEFT JOIN interpreter AS i ON i.id = b.interpreter_id"
        " WHERE b.site = ? AND b.day = ? AND b.status <> 'draft' AND l.id IS NULL"
        " ORDER BY b.local_start, b.id",
        (site, on.isoformat()),
    ).fetchall()
    return [each for each in map(_line, rows) if each.counts]


def _line(row: tuple[str, ...]) -> BookedLine:
    line = BookedLine._make(row)
    return line._replace(status=Status(row[2]), kind=Kind(row[3]))
