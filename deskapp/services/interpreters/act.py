"""What is done with a booking until the day: send, assign, confirm, cancel, and back.

Source: interpreter sheet, sections 4, 6 and 7.
"""

from __future__ import annotations

import json
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING

from deskapp import roles
from deskapp.clock import instant, stamp
from deskapp.data.sessions import plain
from deskapp.errors import FormProblemsError, Problem
from deskapp.i18n import N_, _
from deskapp.roles import Act
from deskapp.services import conflicts
from deskapp.services.interpreters import free, lines, notice, register, steps, stored, validation
from deskapp.services.interpreters.bookings import Gender, Kind
from deskapp.services.interpreters.drafts import BookingProblemsError, problem
from deskapp.services.interpreters.free import BlockedError
from deskapp.services.interpreters.life import Event
from deskapp.services.interpreters.notice import CANCEL_REASONS, CancelClass
from deskapp.text import compact, one_line

if TYPE_CHECKING:
    from sqlmodel import Session

    from deskapp.data.booking_tables import Booking
    from deskapp.data.connection import Connection
    from deskapp.services.interpreters.acting import Acting
    from deskapp.services.interpreters.codes import Code
    from deskapp.services.interpreters.lines import BookingLine
    from deskapp.services.interpreters.register import InterpreterLine

OTHER = "other"
"""The reason of a cancellation that needs words."""


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


def send(session: Session, acting: Acting, booking_id: str, *, event_id: str) -> BookingLine:
    """Send the request to the supplier: from now on it is asked for.

    Raises:
        BookingProblemsError: With everything that stops it, by code and in words.
        RefusedError: ``E_TRANSITION`` or ``E_ROLE``.
        NotFoundError: If there is no such booking.
        NotAllowedError: If the role may not read bookings.
    """
    if line := steps.done(plain(session), acting, event_id):
        return line
    booking = steps.opened(session, booking_id)
    steps.after(booking, Event.SEND, acting)
    errors = checks(booking, acting).errors
    if errors:
        raise BookingProblemsError([problem(code) for code in errors], errors)
    return steps.step(
        session, acting, booking, Event.SEND, event_id=event_id, requested_at=stamp(acting.at)
    )


def checks(booking: Booking, acting: Acting) -> validation.Validation:
    """Everything wrong with a stored booking now."""
    return validation.validate(
        stored.request(booking), acting.now, acting.settings, acting.calendar(booking.site)
    )


def warnings(session: Session, acting: Acting, booking_id: str) -> list[Code]:
    """What is only shown of a stored booking.

    Raises:
        NotFoundError: If there is no such booking.
        NotAllowedError: If the role may not read bookings.
    """
    roles.require(acting.user, Act.READ_BOOKINGS)
    return checks(steps.opened(session, booking_id), acting).warnings


def assign(
    session: Session,
    acting: Acting,
    booking_id: str,
    interpreter_id: str,
    *,
    event_id: str,
    supplier_ref: str = "",
    travel_reason: str = "",
) -> BookingLine:
    """Enter who comes, as the supplier says.

    Args:
        session: An open write transaction; the caller commits.
        acting: Who enters it.
        booking_id: The booking.
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
    if line := steps.done(plain(session), acting, event_id):
        return line
    booking = steps.opened(session, booking_id)
    steps.after(booking, Event.ASSIGN, acting)
    connection = plain(session)
    interpreter = register.line(connection, interpreter_id, user=acting.user)
    if interpreter_id in json.loads(booking.avoid):
        message = _("{name} is not wanted for this booking. Choose another.")
        told = message.format(name=interpreter.name)
        raise FormProblemsError([Problem("interpreter", told)])
    must_be_free(connection, acting, booking_id, interpreter, travel_reason)
    reference = one_line(supplier_ref) or booking.supplier_ref
    return steps.step(
        session,
        acting,
        booking,
        Event.ASSIGN,
        event_id=event_id,
        reason=one_line(travel_reason),
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
    booking_id: str,
    interpreter: InterpreterLine,
    travel_reason: str,
) -> None:
    """Nothing may stand against an interpreter for a booking, as the store has it.

    Raises:
        BlockedError: If they are booked or away then; with what can be done instead.
        FormProblemsError: If there is too little time to get there and no reason.
    """
    line = lines.line(connection, booking_id, user=acting.user)
    candidate = replace(line.held, interpreter_id=interpreter.key)
    found = free.findings(connection, candidate, acting.settings)
    if free.blocked(found):
        able = register.able(connection, line, user=acting.user)
        raise BlockedError(found, free.offers(connection, candidate, acting.settings, able))
    if found and not one_line(travel_reason):
        raise FormProblemsError([Problem("travel_reason", each.words) for each in found])


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
    if gender != Gender.NONE and interpreter.gender not in (gender, Gender.NONE):
        found.append(Caution.GENDER)
    if not interpreter.active:
        found.append(Caution.INACTIVE)
    return found


def cannot_fill(
    session: Session, acting: Acting, booking_id: str, reason: str, *, event_id: str
) -> BookingLine:
    """The supplier has nobody.

    Raises:
        RefusedError: ``E_TRANSITION`` or ``E_ROLE``.
        NotFoundError: If there is no such booking.
        NotAllowedError: If the role may not read bookings.
    """
    return _plain_step(session, acting, booking_id, Event.SUPPLIER_CANNOT_FILL, reason, event_id)


def confirm(
    session: Session, acting: Acting, booking_id: str, *, event_id: str, supplier_ref: str = ""
) -> BookingLine:
    """The interpreter is confirmed; a reference of the supplier may come with it.

    Raises:
        RefusedError: ``E_TRANSITION`` or ``E_ROLE``.
        NotFoundError: If there is no such booking.
        NotAllowedError: If the role may not read bookings.
    """
    if line := steps.done(plain(session), acting, event_id):
        return line
    booking = steps.opened(session, booking_id)
    reference = one_line(supplier_ref) or booking.supplier_ref
    return steps.step(
        session,
        acting,
        booking,
        Event.CONFIRM,
        event_id=event_id,
        supplier_ref=reference,
        reference_key=compact(reference),
    )


def withdraw(
    session: Session, acting: Acting, booking_id: str, reason: str, *, event_id: str
) -> BookingLine:
    """The supplier takes the interpreter back; it is asked for again.

    Raises:
        FormProblemsError: If there is no reason.
        RefusedError: ``E_TRANSITION`` or ``E_ROLE``.
        NotFoundError: If there is no such booking.
        NotAllowedError: If the role may not read bookings.
    """
    if line := steps.done(plain(session), acting, event_id):
        return line
    booking = steps.opened(session, booking_id)
    steps.after(booking, Event.SUPPLIER_WITHDRAWS, acting)
    return steps.step(
        session,
        acting,
        booking,
        Event.SUPPLIER_WITHDRAWS,
        event_id=event_id,
        reason=needed(reason, _("Enter what the supplier said")),
        interpreter_id="",
        interpreter_key="",
        assigned_at="",
    )


def cancel(
    session: Session, acting: Acting, booking_id: str, reason: str, words: str, *, event_id: str
) -> BookingLine:
    """The court calls it off; how late that is is kept, never an amount.

    Args:
        session: An open write transaction; the caller commits.
        acting: Who cancels.
        booking_id: The booking.
        reason: Code of ``CANCEL_REASONS``.
        words: More about it; needed for ``other``.
        event_id: Id of the step; the same again changes nothing.

    Raises:
        FormProblemsError: If there is no such reason, or no words for another.
        RefusedError: ``E_TRANSITION`` or ``E_ROLE``.
        NotFoundError: If there is no such booking.
        NotAllowedError: If the role may not read bookings.
    """
    if line := steps.done(plain(session), acting, event_id):
        return line
    booking = steps.opened(session, booking_id)
    steps.after(booking, Event.CANCEL_BY_COURT, acting)
    if reason not in CANCEL_REASONS:
        raise FormProblemsError([Problem("reason", _("Choose why it is cancelled"))])
    if reason == OTHER:
        needed(words, _("Enter why it is cancelled"), field="words")
    return steps.step(
        session,
        acting,
        booking,
        Event.CANCEL_BY_COURT,
        event_id=event_id,
        reason=one_line(words),
        cancel_reason=reason,
        cancel_class=cancel_class(booking, acting).value,
    )


def cancel_class(booking: Booking, acting: Acting) -> CancelClass:
    """How late a cancellation would be now."""
    starts_at = instant(booking.starts_at)
    cutoff = notice.cutoff(
        starts_at,
        acting.settings.cancel_working_days_before,
        acting.settings.cancel_cutoff_time,
        acting.calendar(booking.site),
    )
    return notice.cancel_class(starts_at, acting.now, cutoff)


def no_show(
    session: Session, acting: Acting, booking_id: str, reason: str, *, event_id: str
) -> BookingLine:
    """Nobody came.

    Raises:
        RefusedError: ``E_TRANSITION`` or ``E_ROLE``.
        NotFoundError: If there is no such booking.
        NotAllowedError: If the role may not read bookings.
    """
    return _plain_step(session, acting, booking_id, Event.MARK_NO_SHOW, reason, event_id)


def reopen(
    session: Session, acting: Acting, booking_id: str, reason: str, *, event_id: str
) -> BookingLine:
    """Ask again for what could not be filled, before the hearing begins.

    Raises:
        RefusedError: ``E_TRANSITION`` or ``E_ROLE``.
        NotFoundError: If there is no such booking.
        NotAllowedError: If the role may not read bookings.
    """
    return _plain_step(session, acting, booking_id, Event.REOPEN, reason, event_id)


def decide_conflict(
    session: Session, acting: Acting, booking_id: str, reason: str, *, event_id: str
) -> BookingLine:
    """A team leader has looked at a double booking; it is not listed any more, and never gone.

    Raises:
        FormProblemsError: If there is no reason.
        NotFoundError: If there is no such booking.
        NotAllowedError: If the role may not decide double bookings.
    """
    roles.require(acting.user, Act.MANAGE_BOOKINGS)
    if line := steps.done(plain(session), acting, event_id):
        return line
    booking = steps.opened(session, booking_id)
    told = needed(reason, _("Enter what was agreed with the other court"))
    connection = plain(session)
    conflicts.settle(connection, "booking", booking_id, user=acting.user, now=acting.now)
    return steps.write(
        session, acting, booking, "decide", event_id=event_id, reason=told, seen_by=acting.user.id
    )


def needed(text: str, message: str, *, field: str = "reason") -> str:
    """A text that must not be empty, in one line.

    Raises:
        FormProblemsError: If it is, with ``message``.
    """
    if not one_line(text):
        raise FormProblemsError([Problem(field, message)])
    return one_line(text)


def _plain_step(
    session: Session, acting: Acting, booking_id: str, event: Event, reason: str, event_id: str
) -> BookingLine:
    if line := steps.done(plain(session), acting, event_id):
        return line
    booking = steps.opened(session, booking_id)
    return steps.step(session, acting, booking, event, event_id=event_id, reason=one_line(reason))
