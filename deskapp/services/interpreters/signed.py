"""The signed timesheets of a booking. Source: interpreter sheet, section 8."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from deskapp.clock import instant
from deskapp.i18n import _
from deskapp.services.interpreters import covering, lines, timesheets
from deskapp.services.interpreters.bookings import IDENTITY_LABELS, Identity
from deskapp.services.interpreters.codes import Code
from deskapp.services.interpreters.history import history
from deskapp.services.interpreters.timesheets import Minutes, Sheet
from deskapp.services.interpreters.wall import Span

if TYPE_CHECKING:
    from deskapp.data.connection import Connection
    from deskapp.services.interpreters.acting import Acting


@dataclass(frozen=True)
class SignedSheet:
    """A signed timesheet."""

    id: str
    sheet: Sheet
    identity: str
    travel_note: str
    signed_name: str
    signed_role: str
    acknowledged_by: str
    hearings: tuple[str, ...]
    comments: str
    concern: bool
    customer_absent: bool
    minutes: Minutes
    corrects: str

    @property
    def warnings(self) -> list[Code]:
        """What is only shown."""
        return timesheets.warnings(self.sheet)

    @property
    def identity_words(self) -> str:
        """How the identity was checked, in the language in use."""
        known = self.identity in list(Identity)
        return _(IDENTITY_LABELS[Identity(self.identity)]) if known else self.identity


def sheets(connection: Connection, booking_id: str, acting: Acting) -> list[SignedSheet]:
    """The timesheets of a booking, the newest first.

    Raises:
        NotFoundError: If there is no such booking.
        NotAllowedError: If the role may not read bookings.
    """
    line = lines.line(connection, booking_id, user=acting.user)
    rows = connection.execute(
        "SELECT id, booked_start, booked_end, arrived_at, released_at, breaks, signed_at,"
        " identity, travel_note, signed_name, signed_role, acknowledged_by, hearings, comments,"
        " concern, customer_absent, figures, corrects FROM timesheet WHERE booking_id = ?"
        " ORDER BY hlc DESC, desk DESC, id DESC",
        (booking_id,),
    ).fetchall()
    found = [_sheet(row) for row in rows]
    later = [each for each in history(connection, booking_id) if each.code == "acknowledge"]
    if found and later and not found[0].acknowledged_by:
        found[0] = replace(found[0], acknowledged_by=str(later[-1].changes.get("name", "")))
    cover = covering.cover(connection, line)
    return [covering.sheet(each, cover) for each in found]


def _sheet(row: tuple[Any, ...]) -> SignedSheet:
    breaks = [Span(instant(start), instant(end)) for start, end in json.loads(row[5])]
    sheet = Sheet(
        Span(instant(row[1]), instant(row[2])),
        instant(row[3]),
        instant(row[4]),
        breaks,
        instant(row[6]),
    )
    return SignedSheet(
        id=row[0],
        sheet=sheet,
        identity=row[7],
        travel_note=row[8],
        signed_name=row[9],
        signed_role=row[10],
        acknowledged_by=row[11],
        hearings=tuple(json.loads(row[12])),
        comments=row[13],
        concern=bool(row[14]),
        customer_absent=bool(row[15]),
        minutes=Minutes(**json.loads(row[16])),
        corrects=row[17],
    )
