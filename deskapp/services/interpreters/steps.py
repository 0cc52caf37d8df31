"""One step of a booking: checked by its life, written once, with its line of history.

Every change of a booking goes through ``step``; what else each needs is checked by its caller.
Source: interpreter sheet, section 4.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec

from deskapp import roles
from deskapp.clock import instant, local, stamp
from deskapp.data.sessions import plain
from deskapp.i18n import N_, _
from deskapp.roles import Act
from deskapp.services import drafts as form_drafts
from deskapp.services.interpreters import life, lines
from deskapp.services.interpreters.bookings import Status
from deskapp.services.interpreters.codes import Code
from deskapp.services.interpreters.life import Event, RefusedError
from deskapp.services.interpreters.lines import BookingLine

if TYPE_CHECKING:
    from sqlmodel import Session

    from deskapp.data.booking_tables import Booking
    from deskapp.data.connection import Connection
    from deskapp.services.interpreters.acting import Acting

NOT_BEFORE_THE_DAY = frozenset({Event.ARRIVE, Event.MARK_NO_SHOW})
"""Before its day nobody can have come to a booking, or have stayed away."""
DISPOSAL = "disposal"
"""Code of the event that proposes to erase a booking."""
NOTED = {
    "book": N_("Booked"),
    "change": N_("Changed"),
    "link": N_("Hearing added"),
    "unlink": N_("Hearing taken off"),
    "break": N_("Break begun"),
    "back": N_("Back from the break"),
    "break_off": N_("Break taken back"),
    "release": N_("Released"),
    "acknowledge": N_("Timesheet acknowledged"),
    "decide": N_("Double booking decided"),
    DISPOSAL: N_("Disposal proposed"),
    "complaint": N_("Complaint"),
    "complaint_proven": N_("Complaint proven"),
    "complaint_not_proven": N_("Complaint not proven"),
}
"""What is written down besides the events of life."""
_UNCHANGED: Mapping[str, object] = {}


def opened(session: Session, booking_id: str) -> Booking:
    """The row of a booking.

    Raises:
        NotFoundError: If there is no such booking.
    """
    from deskapp.data.booking_tables import Booking

    found = session.get(Booking, booking_id)
    if found is None:
        raise lines.no_such_booking()
    return found


def after(booking: Booking, event: Event, acting: Acting) -> Status:
    """The status after an event, if it may happen now.

    Raises:
        RefusedError: ``E_TRANSITION`` or ``E_ROLE``.
    """
    status = life.after(
        Status(booking.status),
        event,
        role=acting.user.role,
        start=instant(booking.starts_at),
        now=acting.now,
    )
    if event in NOT_BEFORE_THE_DAY and local(instant(booking.starts_at)).date() > acting.today:
        raise RefusedError(Code.TRANSITION, too_early())
    return status


def too_early() -> str:
    """Why an event of the day of the booking is not possible yet."""
    return _("That is for the day of the booking.")


def step(
    session: Session,
    acting: Acting,
    booking: Booking,
    event: Event,
    *,
    event_id: str,
    reason: str = "",
    extra: Mapping[str, object] = _UNCHANGED,
    **fields: Any,
) -> BookingLine:
    """Let an event happen to a booking: ``fields`` are written with the status after it.

    ``extra`` is noted besides.

    Raises:
        RefusedError: ``E_TRANSITION`` or ``E_ROLE``.
    """
    status = after(booking, event, acting)
    return write(
        session,
        acting,
        booking,
        event.value,
        event_id=event_id,
        reason=reason,
        extra=extra,
        status=status.value,
        **fields,
    )


def write(
    session: Session,
    acting: Acting,
    booking: Booking,
    code: str,
    *,
    event_id: str,
    reason: str = "",
    extra: Mapping[str, object] = _UNCHANGED,
    **fields: Any,
) -> BookingLine:
    """Change columns of a booking and write down what they were; ``extra`` is noted besides."""
    from deskapp.data.booking_tables import BookingEvent

    before = booking.status
    changed = {name: [getattr(booking, name), value] for name, value in fields.items()}
    for name, value in fields.items():
        setattr(booking, name, value)
    booking.until = (booking.released_at or booking.ends_at) if booking.arrived_at else (
        booking.ends_at
    )  # fmt: skip
    noted = {
        name: pair for name, pair in changed.items() if name != "status" and pair[0] != pair[1]
    }
    session.add(booking)
    session.add(
        BookingEvent(
            id=event_id,
            home_site=acting.user.site,
            at=stamp(acting.at),
            officer_id=acting.user.id,
            booking_id=booking.id,
            code=code,
            before=before,
            after=booking.status,
            role=acting.user.role.value,
            reason=reason,
            data=json.dumps({**noted, **extra}, ensure_ascii=False),
        )
    )
    connection = plain(session)
    form_drafts.drop(connection, event_id)
    return lines.line(connection, booking.id, user=acting.user)


P = ParamSpec("P")


def once(
    work: Callable[Concatenate[Session, Acting, Booking, P], BookingLine],
) -> Callable[Concatenate[Session, Acting, str, P], BookingLine]:
    """A step of a booking, named by its id, that changes nothing when it is taken again.

    What it is taken again with is its ``event_id``: the booking is given as it stands then.

    Raises:
        NotFoundError: If there is no such booking.
        NotAllowedError: If the role may not read bookings.
    """

    @wraps(work)
    def step(
        session: Session, acting: Acting, booking_id: str, /, *given: P.args, **named: P.kwargs
    ) -> BookingLine:
        if line := done(plain(session), acting, str(named["event_id"])):
            return line
        return work(session, acting, opened(session, booking_id), *given, **named)

    return step


def done(connection: Connection, acting: Acting, event_id: str) -> BookingLine | None:
    """The booking as it stands, where this step was written before: twice saved is saved once.

    Raises:
        NotAllowedError: If the role may not read bookings.
    """
    roles.require(acting.user, Act.READ_BOOKINGS)
    row = connection.execute(
        "SELECT booking_id FROM booking_event WHERE id = ?", (event_id,)
    ).fetchone()
    if row is None:
        return None
    form_drafts.drop(connection, event_id)
    return lines.line(connection, row[0], user=acting.user)
