"""The day itself: arrived, breaks, released, and a timesheet that both sign.

Source: interpreter sheet, section 8.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from deskapp import roles
from deskapp.clock import instant, stamp
from deskapp.data.sessions import plain
from deskapp.errors import FormProblemsError, Problem
from deskapp.i18n import _
from deskapp.roles import Act
from deskapp.services.interpreters import lines, steps, timesheets
from deskapp.services.interpreters.act import needed
from deskapp.services.interpreters.bookings import Identity, Mode, Status
from deskapp.services.interpreters.codes import Code, words
from deskapp.services.interpreters.life import Event, RefusedError
from deskapp.services.interpreters.sheet_reading import Reader, clock
from deskapp.services.interpreters.timesheets import Minutes, Sheet
from deskapp.services.interpreters.wall import Span
from deskapp.text import clean, one_line

if TYPE_CHECKING:
    from sqlmodel import Session

    from deskapp.data.booking_tables import Booking
    from deskapp.data.connection import Connection
    from deskapp.services.interpreters.acting import Acting
    from deskapp.services.interpreters.lines import BookingLine

FORM = "timesheet"
"""Name of the form that becomes a timesheet."""
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


def arrive(
    session: Session,
    acting: Acting,
    booking_id: str,
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
        booking_id: The booking.
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
    if line := steps.done(plain(session), acting, event_id):
        return line
    booking = steps.opened(session, booking_id)
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


def take_break(
    session: Session, acting: Acting, booking_id: str, *, event_id: str, at: str = ""
) -> BookingLine:
    """A break begins, or the one that goes on ends.

    Raises:
        FormProblemsError: If the time cannot be understood or has not come.
        SheetProblemsError: If a break would begin after the release.
        RefusedError: ``E_TRANSITION`` where nobody is here, ``E_ROLE``.
        NotFoundError: If there is no such booking.
        NotAllowedError: If the role may not record attendance.
    """
    if line := steps.done(plain(session), acting, event_id):
        return line
    booking = _present(session, booking_id, acting)
    when = stamp(_past_time(booking, "breaks", at, "", acting))
    breaks: list[list[str]] = json.loads(booking.breaks)
    going_on = bool(breaks) and not breaks[-1][1]
    if booking.released_at and not going_on:
        _refuse([Code.BREAK_OUTSIDE])
    if going_on:
        breaks[-1][1] = when
    else:
        breaks.append([when, ""])
    return steps.write(
        session,
        acting,
        booking,
        "back" if going_on else "break",
        event_id=event_id,
        breaks=json.dumps(breaks),
    )


def release(
    session: Session, acting: Acting, booking_id: str, *, event_id: str, at: str = ""
) -> BookingLine:
    """The interpreter may go: from then on they are free. A break that goes on ends.

    Raises:
        FormProblemsError: If the time cannot be understood or has not come.
        SheetProblemsError: If it is not after the arrival.
        RefusedError: ``E_TRANSITION`` where nobody is here, ``E_ROLE``.
        NotFoundError: If there is no such booking.
        NotAllowedError: If the role may not record attendance.
    """
    if line := steps.done(plain(session), acting, event_id):
        return line
    booking = _present(session, booking_id, acting)
    released_at = _past_time(booking, "released", at, "", acting)
    if released_at <= instant(booking.arrived_at):
        _refuse([Code.RELEASE_NOT_AFTER_ARRIVAL])
    when = stamp(released_at)
    breaks = [[start, end or when] for start, end in json.loads(booking.breaks)]
    return steps.write(
        session,
        acting,
        booking,
        "release",
        event_id=event_id,
        released_at=when,
        breaks=json.dumps(breaks),
    )


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
            f"{clock(instant(start))}-{clock(instant(end) if end else released)}"
            for start, end in json.loads(kept)
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


def sign_off(
    session: Session, acting: Acting, booking_id: str, draft: SheetDraft, *, event_id: str
) -> BookingLine:
    """Sign the timesheet: the officer now, the interpreter when named in the draft.

    Raises:
        SheetProblemsError: With every ``T_`` code and its words.
        FormProblemsError: If a time or the check of identity cannot be understood.
        RefusedError: ``E_TRANSITION`` or ``E_ROLE``.
        NotFoundError: If there is no such booking.
        NotAllowedError: If the role may not read bookings.
    """
    return _sign(session, acting, booking_id, draft, Event.SIGN_OFF, event_id)


def customer_absent(
    session: Session, acting: Acting, booking_id: str, draft: SheetDraft, *, event_id: str
) -> BookingLine:
    """The interpreter came, who needed them did not; they get a timesheet all the same.

    Raises:
        As ``sign_off``.
    """
    return _sign(session, acting, booking_id, draft, Event.CUSTOMER_ABSENT, event_id)


def correct(
    session: Session, acting: Acting, booking_id: str, reason: str, *, event_id: str
) -> BookingLine:
    """A team leader opens a signed timesheet again; the old one is kept.

    Raises:
        FormProblemsError: If there is no reason.
        RefusedError: ``E_TRANSITION`` or ``E_ROLE``.
        NotFoundError: If there is no such booking.
        NotAllowedError: If the role may not read bookings.
    """
    if line := steps.done(plain(session), acting, event_id):
        return line
    booking = steps.opened(session, booking_id)
    steps.after(booking, Event.CORRECT, acting)
    told = needed(reason, _("Enter what is wrong with the timesheet"))
    return steps.step(session, acting, booking, Event.CORRECT, event_id=event_id, reason=told)


def acknowledge(
    session: Session, acting: Acting, booking_id: str, name: str, *, event_id: str
) -> BookingLine:
    """The interpreter agrees to a timesheet that was signed before.

    Raises:
        FormProblemsError: If there is no name.
        RefusedError: ``E_TRANSITION`` where no timesheet is signed.
        NotFoundError: If there is no such booking.
        NotAllowedError: If the role may not record attendance.
    """
    roles.require(acting.user, Act.ATTEND_BOOKINGS)
    if line := steps.done(plain(session), acting, event_id):
        return line
    booking = steps.opened(session, booking_id)
    if booking.status not in (Status.FULFILLED, Status.CUSTOMER_DID_NOT_ATTEND):
        raise RefusedError(Code.TRANSITION)
    who = needed(name, _("Enter the name of the interpreter"), field="acknowledged_by")
    return steps.write(
        session, acting, booking, "acknowledge", event_id=event_id, extra={"name": who}
    )


def _sign(
    session: Session,
    acting: Acting,
    booking_id: str,
    draft: SheetDraft,
    event: Event,
    event_id: str,
) -> BookingLine:
    if line := steps.done(plain(session), acting, event_id):
        return line
    booking = steps.opened(session, booking_id)
    steps.after(booking, event, acting)
    found = figures(booking, draft, acting)
    if found.minutes is None:
        _refuse(found.errors)
    sheet = found.sheet
    breaks = json.dumps([[stamp(each.start), stamp(each.end)] for each in sheet.breaks])
    _keep_sheet(session, acting, booking, draft, found, breaks, absent=event is not Event.SIGN_OFF)
    return steps.step(
        session,
        acting,
        booking,
        event,
        event_id=event_id,
        arrived_at=stamp(sheet.arrived_at),
        released_at=stamp(sheet.released_at),
        breaks=breaks,
        identity=found.identity,
    )


def _keep_sheet(
    session: Session,
    acting: Acting,
    booking: Booking,
    draft: SheetDraft,
    found: Figures,
    breaks: str,
    *,
    absent: bool,
) -> None:
    from deskapp.data.booking_tables import Timesheet
    from deskapp.data.ids import new_id

    line = lines.line(plain(session), booking.id, user=acting.user)
    row = plain(session).execute(
        "SELECT id FROM timesheet WHERE booking_id = ? ORDER BY hlc DESC LIMIT 1", (booking.id,)
    ).fetchone()  # fmt: skip
    assert found.minutes is not None
    session.add(
        Timesheet(
            id=new_id(),
            home_site=acting.user.site,
            at=stamp(acting.at),
            officer_id=acting.user.id,
            booking_id=booking.id,
            mode=booking.mode,
            booked_start=booking.starts_at,
            booked_end=booking.ends_at,
            arrived_at=stamp(found.sheet.arrived_at),
            released_at=stamp(found.sheet.released_at),
            breaks=breaks,
            identity=found.identity,
            travel_note=clean(draft.travel_note).strip(),
            signed_name=acting.user.name,
            signed_role=acting.user.role.value,
            signed_at=stamp(acting.at),
            acknowledged_by=one_line(draft.acknowledged_by),
            hearings=json.dumps([each.hearing_id for each in line.hearings]),
            comments=clean(draft.comments).strip(),
            concern=draft.concern == "yes",
            customer_absent=absent,
            figures=json.dumps(vars(found.minutes)),
            corrects=row[0] if row else "",
        )
    )


def _present(session: Session, booking_id: str, acting: Acting) -> Booking:
    """The booking of somebody who is here.

    Raises:
        RefusedError: ``E_TRANSITION`` where nobody is.
    """
    roles.require(acting.user, Act.ATTEND_BOOKINGS)
    booking = steps.opened(session, booking_id)
    steps.after(booking, Event.SIGN_OFF, acting)
    return booking


def _refuse(codes: list[Code]) -> None:
    raise SheetProblemsError([Problem(FIELD_OF[code], words(code)) for code in codes], codes)


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
