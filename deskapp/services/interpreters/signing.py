"""Signing a timesheet: the officer, the interpreter, and a correction that keeps the old one.

Source: interpreter sheet, section 8.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from deskapp import roles
from deskapp.clock import stamp
from deskapp.data.sessions import plain
from deskapp.i18n import _
from deskapp.roles import Act
from deskapp.services.interpreters import lines, steps
from deskapp.services.interpreters.act import needed
from deskapp.services.interpreters.bookings import Status
from deskapp.services.interpreters.codes import Code
from deskapp.services.interpreters.life import Event, RefusedError
from deskapp.services.interpreters.sheet_drafts import (
    Figures,
    SheetDraft,
    figures,
    refuse,
)
from deskapp.text import clean, one_line

if TYPE_CHECKING:
    from sqlmodel import Session

    from deskapp.data.booking_tables import Booking
    from deskapp.services.interpreters.acting import Acting
    from deskapp.services.interpreters.lines import BookingLine

FORM = "timesheet"
"""Name of the form that becomes a timesheet."""


@steps.once
def sign_off(
    session: Session, acting: Acting, booking: Booking, draft: SheetDraft, *, event_id: str
) -> BookingLine:
    """Sign the timesheet: the officer now, the interpreter when named in the draft.

    Raises:
        SheetProblemsError: With every ``T_`` code and its words.
        FormProblemsError: If a time or the check of identity cannot be understood.
        RefusedError: ``E_TRANSITION`` or ``E_ROLE``.
        NotFoundError: If there is no such booking.
        NotAllowedError: If the role may not read bookings.
    """
    return _sign(session, acting, booking, draft, Event.SIGN_OFF, event_id)


@steps.once
def customer_absent(
    session: Session, acting: Acting, booking: Booking, draft: SheetDraft, *, event_id: str
) -> BookingLine:
    """The interpreter came, who needed them did not; they get a timesheet all the same.

    Raises:
        As ``sign_off``.
    """
    return _sign(session, acting, booking, draft, Event.CUSTOMER_ABSENT, event_id)


@steps.once
def correct(
    session: Session, acting: Acting, booking: Booking, reason: str, *, event_id: str
) -> BookingLine:
    """A team leader opens a signed timesheet again; the old one is kept.

    Raises:
        FormProblemsError: If there is no reason.
        RefusedError: ``E_TRANSITION`` or ``E_ROLE``.
        NotFoundError: If there is no such booking.
        NotAllowedError: If the role may not read bookings.
    """
    steps.after(booking, Event.CORRECT, acting)
    told = needed(reason, _("Enter what is wrong with the timesheet"))
    return steps.step(session, acting, booking, Event.CORRECT, event_id=event_id, reason=told)


@steps.once
def acknowledge(
    session: Session, acting: Acting, booking: Booking, name: str, *, event_id: str
) -> BookingLine:
    """The interpreter agrees to a timesheet that was signed before.

    Raises:
        FormProblemsError: If there is no name.
        RefusedError: ``E_TRANSITION`` where no timesheet is signed.
        NotFoundError: If there is no such booking.
        NotAllowedError: If the role may not record attendance.
    """
    roles.require(acting.user, Act.ATTEND_BOOKINGS)
    if booking.status not in (Status.FULFILLED, Status.CUSTOMER_DID_NOT_ATTEND):
        raise RefusedError(Code.TRANSITION)
    who = needed(name, _("Enter the name of the interpreter"), field="acknowledged_by")
    return steps.write(
        session, acting, booking, "acknowledge", event_id=event_id, extra={"name": who}
    )


def _sign(
    session: Session,
    acting: Acting,
    booking: Booking,
    draft: SheetDraft,
    event: Event,
    event_id: str,
) -> BookingLine:
    steps.after(booking, event, acting)
    found = figures(booking, draft, acting)
    if found.minutes is None:
        refuse(found.errors)
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
