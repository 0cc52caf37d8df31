"""Who comes: the interpreter whom the supplier names, and what speaks against them.

Source: interpreter sheet, sections 4 and 6.
"""

from __future__ import annotations

import json
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING

from deskapp.clock import stamp
from deskapp.data.sessions import plain
from deskapp.errors import FormProblemsError, Problem
from deskapp.i18n import N_, _
from deskapp.services.interpreters import free, lines, register, steps
from deskapp.services.interpreters.bookings import Gender, Kind
from deskapp.services.interpreters.free import BlockedError
from deskapp.services.interpreters.life import Event
from deskapp.text import compact, one_line

if TYPE_CHECKING:
    from sqlmodel import Session

    from deskapp.data.booking_tables import Booking
    from deskapp.data.connection import Connection
    from deskapp.services.interpreters.acting import Acting
    from deskapp.services.interpreters.lines import BookingLine
    from deskapp.services.interpreters.register import InterpreterLine


class Caution(StrEnum):
    """What an officer should see before an interpreter is entered; it does not stop them."""

    EXPIRED = "expired"
    LANGUAGE = "language"
    GENDER = "gender"
    INACTIVE = "inactive"


CAUTION_WORDS = {
    Caution.EXPIRED: N_("The registration has ended by that day. Ask the supplier."),
    Caution.LANGUAGE: N_("The register does not have this language for them. Ask the supplier."),
    Caution.GENDER: N_("Not the gender that was asked for. Ask the person it is for."),
    Caution.INACTIVE: N_("Not active in the register any more."),
}


@steps.once
def assign(
    session: Session,
    acting: Acting,
    booking: Booking,
    interpreter_id: str,
    *,
    event_id: str,
    supplier_ref: str = "",
    travel_reason: str = "",
) -> BookingLine:
    """Enter who comes, as the supplier says; what speaks against them is noted with it.

    Args:
        session: An open write transaction; the caller commits.
        acting: Who enters it.
        booking: Of its id.
        interpreter_id: Of the register.
        event_id: Id of the step; the same again changes nothing.
        supplier_ref: The supplier's reference; empty to keep what is there.
        travel_reason: Why it is entered though there is too little time to get there.

    Raises:
        BlockedError: If they are booked or away then; with what can be done instead.
        FormProblemsError: If they are to be avoided, or the travel needs a reason.
        RefusedError: ``E_TRANSITION`` or ``E_ROLE``.
        NotFoundError: If there is no such booking or interpreter.
        NotAllowedError: If the role may not read bookings.
    """
    steps.after(booking, Event.ASSIGN, acting)
    connection = plain(session)
    interpreter = register.line(connection, interpreter_id, user=acting.user)
    seen = against(connection, acting, booking.id, interpreter_id, travel_reason)
    reference = one_line(supplier_ref) or booking.supplier_ref
    return steps.step(
        session,
        acting,
        booking,
        Event.ASSIGN,
        event_id=event_id,
        reason=one_line(travel_reason),
        extra={"cautions": seen} if seen else {},
        interpreter_id=interpreter_id,
        interpreter_key=interpreter.key,
        assigned_at=stamp(acting.at),
        supplier_ref=reference,
        reference_key=compact(reference),
        conflict="",
        conflict_with="[]",
        lost_id="",
        lost_key="",
        seen_by="",
    )


def must_be_free(
    connection: Connection,
    acting: Acting,
    line: BookingLine,
    interpreter: InterpreterLine,
    travel_reason: str,
) -> None:
    """Nothing may stand against an interpreter for a booking as it is now.

    Raises:
        BlockedError: If they are booked or away then; with what can be done instead.
        FormProblemsError: If there is too little time to get there and no reason.
    """
    candidate = replace(line.held, interpreter_id=interpreter.key)
    found = free.findings(connection, candidate, acting.settings)
    if free.blocked(found):
        able = register.able(connection, line, user=acting.user)
        raise BlockedError(found, free.offers(connection, candidate, acting.settings, able))
    if found and not one_line(travel_reason):
        raise FormProblemsError([Problem("travel_reason", each.words) for each in found])


def against(
    connection: Connection,
    acting: Acting,
    booking_id: str,
    interpreter_id: str,
    travel_reason: str = "",
) -> list[Caution]:
    """What speaks against an interpreter who could be entered, but does not stop it.

    Raises:
        BlockedError: If they are booked or away then; with what can be done instead.
        FormProblemsError: If they are to be avoided, or there is too little time to get there and
            no reason.
        NotFoundError: If there is no such booking or interpreter.
        NotAllowedError: If the role may not read bookings.
    """
    line = lines.line(connection, booking_id, user=acting.user)
    interpreter = register.line(connection, interpreter_id, user=acting.user)
    avoid, gender = _wishes(connection, booking_id)
    if interpreter_id in avoid:
        message = _("{name} is not wanted for this booking. Choose another.")
        told = message.format(name=interpreter.name)
        raise FormProblemsError([Problem("interpreter", told)])
    must_be_free(connection, acting, line, interpreter, travel_reason)
    return cautions(interpreter, line, gender)


def cautions(interpreter: InterpreterLine, booking: BookingLine, gender: str) -> list[Caution]:
    """What an officer should see before they enter this interpreter.

    ``gender`` is the one that is asked for.
    """
    found = []
    if interpreter.expired_on(booking.day):
        found.append(Caution.EXPIRED)
    able = (
        booking.kind in interpreter.kinds
        if booking.kind is Kind.INTERMEDIARY or not booking.language_code
        else booking.language_code in interpreter.languages
    )
    if not able:
        found.append(Caution.LANGUAGE)
    if gender in (Gender.FEMALE, Gender.MALE) and interpreter.gender not in (gender, Gender.NONE):
        found.append(Caution.GENDER)
    if not interpreter.active:
        found.append(Caution.INACTIVE)
    return found


def _wishes(connection: Connection, booking_id: str) -> tuple[list[str], str]:
    """Ids of those who are to be avoided, and the gender that is asked for."""
    [(avoid, gender)] = connection.execute(
        "SELECT avoid, gender FROM booking WHERE id = ?", (booking_id,)
    ).fetchall()
    return json.loads(avoid), gender
