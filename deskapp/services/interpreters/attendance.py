"""The day itself: arrived, breaks, released, and a timesheet that both sign.

Source: interpreter sheet, section 8.
"""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING

from deskapp import roles
from deskapp.clock import instant, stamp
from deskapp.errors import FormProblemsError, Problem
from deskapp.i18n import _
from deskapp.roles import Act
from deskapp.services.interpreters import steps, timesheets
from deskapp.services.interpreters.bookings import Identity
from deskapp.services.interpreters.codes import Code, ordered
from deskapp.services.interpreters.life import Event
from deskapp.services.interpreters.sheet_drafts import SheetDraft, refuse
from deskapp.services.interpreters.sheet_reading import Reader
from deskapp.services.interpreters.timesheets import Sheet
from deskapp.services.interpreters.wall import MINUTE, Span

if TYPE_CHECKING:
    from sqlmodel import Session

    from deskapp.data.booking_tables import Booking
    from deskapp.services.interpreters.acting import Acting
    from deskapp.services.interpreters.lines import BookingLine


@steps.once
def arrive(
    session: Session,
    acting: Acting,
    booking: Booking,
    *,
    event_id: str,
    at: str = "",
    identity: str = Identity.CARD.value,
    fold: str = "",
) -> BookingLine:
    """The interpreter is here, and who they are was checked.

    Args:
        session: An open write transaction; the caller commits.
        acting: Who writes it down.
        booking: Of its id.
        event_id: Id of the step; the same again changes nothing.
        at: Local time as typed; empty for now.
        identity: Code of ``Identity``.
        fold: Which of two, where the clocks show the time twice.

    Raises:
        FormProblemsError: If the time cannot be understood or has not come, or nothing was checked.
        RefusedError: ``E_TRANSITION`` or ``E_ROLE``.
        NotFoundError: If there is no such booking.
        NotAllowedError: If the role may not read bookings.
    """
    steps.after(booking, Event.ARRIVE, acting)
    arrived_at = _past_time(booking, "arrived", at, fold, acting)
    if identity not in [each.value for each in Identity]:
        raise FormProblemsError([Problem("identity", _("Choose how the identity was checked"))])
    return steps.step(
        session,
        acting,
        booking,
        Event.ARRIVE,
        event_id=event_id,
        arrived_at=stamp(arrived_at),
        identity=identity,
    )


@steps.once
def take_break(
    session: Session, acting: Acting, booking: Booking, *, event_id: str, at: str = ""
) -> BookingLine:
    """A break begins, or the one that goes on ends; one that ends as it begins was none.

    Raises:
        FormProblemsError: If the time cannot be understood or has not come.
        SheetProblemsError: If a break would begin before the start, or after the release, end
            before it begins, or overlap another: nobody could sign it.
        RefusedError: ``E_TRANSITION`` where nobody is here, ``E_ROLE``.
        NotFoundError: If there is no such booking.
        NotAllowedError: If the role may not record attendance.
    """
    _must_be_here(booking, acting)
    when = stamp(_past_time(booking, "breaks", at, "", acting))
    breaks: list[list[str]] = json.loads(booking.breaks)
    going_on = bool(breaks) and not breaks[-1][1]
    if booking.released_at and not going_on:
        refuse([Code.BREAK_OUTSIDE])
    code = "back" if going_on else "break"
    if not going_on:
        breaks.append([when, ""])
    elif breaks[-1][0] == when:
        code = "break_off"
        del breaks[-1]
    else:
        breaks[-1][1] = when
    _must_fit(booking, breaks)
    return steps.write(session, acting, booking, code, event_id=event_id, breaks=json.dumps(breaks))


@steps.once
def release(
    session: Session, acting: Acting, booking: Booking, *, event_id: str, at: str = ""
) -> BookingLine:
    """The interpreter may go: from then on they are free. A break that goes on ends.

    Raises:
        FormProblemsError: If the time cannot be understood or has not come.
        SheetProblemsError: If it is not after the arrival and every break.
        RefusedError: ``E_TRANSITION`` where nobody is here, ``E_ROLE``.
        NotFoundError: If there is no such booking.
        NotAllowedError: If the role may not record attendance.
    """
    _must_be_here(booking, acting)
    released_at = _past_time(booking, "released", at, "", acting)
    if released_at <= instant(booking.arrived_at):
        refuse([Code.RELEASE_NOT_AFTER_ARRIVAL])
    when = stamp(released_at)
    breaks = [[start, end or when] for start, end in json.loads(booking.breaks) if start != when]
    _must_fit(booking, breaks, released_at)
    return steps.write(
        session,
        acting,
        booking,
        "release",
        event_id=event_id,
        released_at=when,
        breaks=json.dumps(breaks),
    )


def _must_be_here(booking: Booking, acting: Acting) -> None:
    """The interpreter of a booking is in attendance.

    Raises:
        RefusedError: ``E_TRANSITION`` where nobody is.
        NotAllowedError: If the role may not record attendance.
    """
    roles.require(acting.user, Act.ATTEND_BOOKINGS)
    steps.after(booking, Event.SIGN_OFF, acting)


def _must_fit(
    booking: Booking, breaks: list[list[str]], released_at: dt.datetime | None = None
) -> None:
    """Every break lies where a timesheet may have it, as far as is known now.

    Raises:
        SheetProblemsError: If one does not.
    """
    spans = [
        Span(instant(start), instant(end) if end else instant(start) + MINUTE)
        for start, end in breaks
    ]
    last = max((each.end for each in spans), default=instant(booking.arrived_at))
    booked = Span(instant(booking.starts_at), instant(booking.ends_at))
    sheet = Sheet(booked, instant(booking.arrived_at), released_at or last, spans)
    found = {Code.BREAK_OUTSIDE, Code.BREAK_OVERLAP}.intersection(timesheets.errors(sheet))
    if found:
        refuse(ordered(found))


def _past_time(booking: Booking, field: str, text: str, fold: str, acting: Acting) -> dt.datetime:
    reader = Reader(booking, SheetDraft(fold=fold), acting)
    found = reader.time(field, text, "")
    if not reader.problems and found > acting.at + _GRACE:
        reader.add(field, _("That time has not come yet. Enter when it was."))
    if reader.problems:
        raise FormProblemsError(reader.problems)
    return found


_GRACE = dt.timedelta(minutes=1)
"""A time is typed to the minute: this one has begun."""
