"""A timesheet as it is typed, and what it comes to. Source: interpreter sheet, section 8."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from deskapp import roles
from deskapp.clock import instant
from deskapp.errors import FormProblemsError, Problem
from deskapp.i18n import _
from deskapp.roles import Act
from deskapp.services.interpreters import lines, steps, stored, timesheets
from deskapp.services.interpreters.bookings import Identity, Mode
from deskapp.services.interpreters.codes import Code, words
from deskapp.services.interpreters.sheet_reading import Reader, clock
from deskapp.services.interpreters.timesheets import Minutes, Sheet
from deskapp.services.interpreters.wall import Span
from deskapp.text import clean

if TYPE_CHECKING:
    from sqlmodel import Session

    from deskapp.data.booking_tables import Booking
    from deskapp.data.connection import Connection
    from deskapp.services.interpreters.acting import Acting

LIMITS = {"travel_note": 500, "comments": 2000, "acknowledged_by": 120}
FIELD_OF = {
    Code.RELEASE_NOT_AFTER_ARRIVAL: "released",
    Code.BREAK_OUTSIDE: "breaks",
    Code.BREAK_OVERLAP: "breaks",
    Code.SIGNED_EARLY: "released",
    Code.TIME_GAP: "released",
    Code.TIME_AMBIGUOUS: "released",
}
"""Beside which field a code is shown."""


@dataclass(frozen=True)
class SheetDraft:
    """A timesheet as typed; what is empty is taken from the booking."""

    arrived: str = ""
    """Local time, or ``now``."""
    released: str = ""
    fold: str = ""
    """``first`` or ``second`` for every time that the clocks show twice."""
    breaks: str = ""
    """Like ``11:00-11:15, 13:00-14:00``."""
    identity: str = ""
    travel_note: str = ""
    comments: str = ""
    concern: str = ""
    """``yes`` for a concern about quality."""
    acknowledged_by: str = ""
    """Name of the interpreter who agrees; empty when they do not, or not now."""


class SheetProblemsError(FormProblemsError):
    """A timesheet cannot be signed; ``codes`` say why besides the words."""

    def __init__(self, problems: list[Problem], codes: list[Code]) -> None:
        super().__init__(problems)
        self.codes = tuple(codes)


@dataclass(frozen=True)
class Figures:
    """A timesheet as it would be signed now."""

    sheet: Sheet
    identity: str
    errors: list[Code]
    warnings: list[Code]
    minutes: Minutes | None
    """None while there are errors."""


def as_draft(connection: Connection, booking_id: str, acting: Acting) -> SheetDraft:
    """The timesheet as far as it is known: what was recorded, else now.

    Raises:
        NotFoundError: If there is no such booking.
        NotAllowedError: If the role may not read bookings.
    """
    line = lines.line(connection, booking_id, user=acting.user)
    [(kept, identity)] = connection.execute(
        "SELECT breaks, identity FROM booking WHERE id = ?", (booking_id,)
    ).fetchall()
    released = line.released_at or acting.now
    return SheetDraft(
        arrived=clock(line.arrived_at),
        released=clock(released),
        breaks=", ".join(
            f"{clock(each.start)}-{clock(each.end)}" for each in stored.spans(kept, released)
        ),
        identity=identity,
        acknowledged_by=line.interpreter,
    )


def figures(booking: Booking, draft: SheetDraft, acting: Acting) -> Figures:
    """What a timesheet comes to if it is signed now.

    Raises:
        FormProblemsError: If a time or the check of identity cannot be understood.
    """
    reader = Reader(booking, draft, acting)
    arrived_at = reader.time("arrived", draft.arrived, booking.arrived_at)
    released_at = reader.time("released", draft.released, booking.released_at)
    breaks = reader.breaks(released_at)
    identity = draft.identity or booking.identity
    if identity not in [each.value for each in Identity]:
        reader.add("identity", _("Choose how the identity was checked"))
    for name, limit in LIMITS.items():
        if len(clean(getattr(draft, name))) > limit:
            reader.add(name, _("Write at most {limit} characters").format(limit=limit))
    if reader.problems:
        raise FormProblemsError(reader.problems)
    sheet = Sheet(
        Span(instant(booking.starts_at), instant(booking.ends_at)),
        arrived_at,
        released_at,
        breaks,
        acting.at,
    )
    errors = timesheets.errors(sheet)
    minimum = acting.settings.minimum_minutes[Mode(booking.mode)]
    return Figures(
        sheet,
        identity,
        errors,
        timesheets.warnings(sheet),
        None if errors else timesheets.minutes(sheet, minimum),
    )


def preview(session: Session, acting: Acting, booking_id: str, draft: SheetDraft) -> Figures:
    """What a timesheet comes to, before it is signed; nothing is written.

    Raises:
        FormProblemsError: If a time or the check of identity cannot be understood.
        NotFoundError: If there is no such booking.
        NotAllowedError: If the role may not read bookings.
    """
    roles.require(acting.user, Act.READ_BOOKINGS)
    return figures(steps.opened(session, booking_id), draft, acting)


def refuse(codes: list[Code]) -> None:
    raise SheetProblemsError([Problem(FIELD_OF[code], words(code)) for code in codes], codes)
