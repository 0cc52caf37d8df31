"""Changing a booking before it has ended: its fields, and which hearings it serves.

Source: interpreter sheet, sections 3 and 6.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from deskapp import roles
from deskapp.data.sessions import plain
from deskapp.roles import Act
from deskapp.services.interpreters import (
    assigning,
    drafts,
    filling,
    lines,
    register,
    rows,
    steps,
)
from deskapp.services.interpreters.book import must_be_right
from deskapp.services.interpreters.bookings import AHEAD, PLANNED, Status
from deskapp.services.interpreters.codes import Code
from deskapp.services.interpreters.drafts import BookingDraft
from deskapp.services.interpreters.life import RefusedError
from deskapp.text import one_line

if TYPE_CHECKING:
    from sqlmodel import Session

    from deskapp.data.booking_tables import Booking
    from deskapp.services.interpreters.acting import Acting
    from deskapp.services.interpreters.lines import BookingLine


@steps.once
def change(
    session: Session,
    acting: Acting,
    booking: Booking,
    draft: BookingDraft,
    *,
    event_id: str,
    travel_reason: str = "",
) -> BookingLine:
    """Change a booking before anybody has come; an interpreter who is entered must still be free.

    Raises:
        BookingProblemsError: With everything that stops it; of a draft only what is not understood.
        BlockedError: If the interpreter is booked or away at the new time.
        FormProblemsError: If the travel needs a reason, or hearings are not of one day and court.
        RefusedError: ``E_TRANSITION`` once somebody has come or it has ended.
        NotFoundError: If there is no such booking or hearing.
        NotAllowedError: If the role may not book interpreters.
    """
    roles.require(acting.user, Act.WORK_BOOKINGS)
    if Status(booking.status) not in AHEAD:
        raise RefusedError(Code.TRANSITION)
    draft = filling.unless_changed(plain(session), booking.id, draft, acting)
    if booking.status != Status.DRAFT:
        must_be_right(draft, acting)
    wanted = drafts.read(draft, acting)
    fields = rows.columns(draft, wanted, acting)
    del fields["site"], fields["parent_id"]
    steps.write(
        session, acting, booking, "change", event_id=event_id, reason=one_line(travel_reason),
        **fields,
    )  # fmt: skip
    rows.set_hearings(session, acting, booking, wanted.hearings)
    connection = plain(session)
    line = lines.line(connection, booking.id, user=acting.user)
    if line.status in PLANNED:
        found = register.line(connection, booking.interpreter_id, user=acting.user)
        assigning.must_be_free(connection, acting, line, found, travel_reason)
    return line


@steps.once
def add_hearing(
    session: Session, acting: Acting, booking: Booking, hearing_id: str, *, event_id: str
) -> BookingLine:
    """One interpreter for another short hearing of that day: one booking with one more hearing.

    Raises:
        FormProblemsError: If it is not of the same day and court.
        RefusedError: ``E_TRANSITION`` once the booking has ended.
        NotFoundError: If there is no such booking or hearing.
        NotAllowedError: If the role may not book interpreters.
    """
    return _with_hearing(session, acting, booking, hearing_id, event_id, add=True)


@steps.once
def take_off_hearing(
    session: Session, acting: Acting, booking: Booking, hearing_id: str, *, event_id: str
) -> BookingLine:
    """The booking is not for that hearing any more.

    Raises:
        RefusedError: ``E_TRANSITION`` once the booking has ended.
        NotFoundError: If there is no such booking.
        NotAllowedError: If the role may not book interpreters.
    """
    return _with_hearing(session, acting, booking, hearing_id, event_id, add=False)


def _with_hearing(
    session: Session,
    acting: Acting,
    booking: Booking,
    hearing_id: str,
    event_id: str,
    *,
    add: bool,
) -> BookingLine:
    roles.require(acting.user, Act.WORK_BOOKINGS)
    if Status(booking.status) not in AHEAD | {Status.IN_ATTENDANCE}:
        raise RefusedError(Code.TRANSITION)
    line = lines.line(plain(session), booking.id, user=acting.user)
    kept = [each.hearing_id for each in line.hearings if each.hearing_id != hearing_id]
    rows.set_hearings(session, acting, booking, [*kept, hearing_id] if add else kept)
    return steps.write(
        session,
        acting,
        booking,
        "link" if add else "unlink",
        event_id=event_id,
        extra={"hearing": hearing_id},
    )
