"""What is done with a booking until the day: send, assign, confirm, cancel, and back.

Source: interpreter sheet, sections 4, 6 and 7.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from deskapp import roles
from deskapp.clock import instant, stamp
from deskapp.data.sessions import plain
from deskapp.errors import FormProblemsError, Problem
from deskapp.i18n import _
from deskapp.roles import Act
from deskapp.services import conflicts
from deskapp.services.interpreters import notice, steps, stored, validation
from deskapp.services.interpreters.drafts import BookingProblemsError, problem
from deskapp.services.interpreters.life import Event
from deskapp.services.interpreters.notice import CANCEL_REASONS, CancelClass
from deskapp.text import compact, one_line

if TYPE_CHECKING:
    from sqlmodel import Session

    from deskapp.data.booking_tables import Booking
    from deskapp.services.interpreters.acting import Acting
    from deskapp.services.interpreters.codes import Code
    from deskapp.services.interpreters.lines import BookingLine

OTHER = "other"
"""The reason of a cancellation that needs words."""


@steps.once
def send(session: Session, acting: Acting, booking: Booking, *, event_id: str) -> BookingLine:
    """Send the request to the supplier: from now on it is asked for.

    Raises:
        BookingProblemsError: With everything that stops it, by code and in words.
        RefusedError: ``E_TRANSITION`` or ``E_ROLE``.
        NotFoundError: If there is no such booking.
        NotAllowedError: If the role may not read bookings.
    """
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


@steps.once
def cannot_fill(
    session: Session, acting: Acting, booking: Booking, reason: str, *, event_id: str
) -> BookingLine:
    """The supplier has nobody.

    Raises:
        RefusedError: ``E_TRANSITION`` or ``E_ROLE``.
        NotFoundError: If there is no such booking.
        NotAllowedError: If the role may not read bookings.
    """
    event, told = Event.SUPPLIER_CANNOT_FILL, one_line(reason)
    return steps.step(session, acting, booking, event, event_id=event_id, reason=told)


@steps.once
def confirm(
    session: Session, acting: Acting, booking: Booking, *, event_id: str, supplier_ref: str = ""
) -> BookingLine:
    """The interpreter is confirmed; a reference of the supplier may come with it.

    Raises:
        RefusedError: ``E_TRANSITION`` or ``E_ROLE``.
        NotFoundError: If there is no such booking.
        NotAllowedError: If the role may not read bookings.
    """
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


@steps.once
def withdraw(
    session: Session, acting: Acting, booking: Booking, reason: str, *, event_id: str
) -> BookingLine:
    """The supplier takes the interpreter back; it is asked for again.

    Raises:
        FormProblemsError: If there is no reason.
        RefusedError: ``E_TRANSITION`` or ``E_ROLE``.
        NotFoundError: If there is no such booking.
        NotAllowedError: If the role may not read bookings.
    """
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


@steps.once
def cancel(
    session: Session, acting: Acting, booking: Booking, reason: str, words: str, *, event_id: str
) -> BookingLine:
    """The court calls it off; how late that is is kept, never an amount.

    Args:
        session: An open write transaction; the caller commits.
        acting: Who cancels.
        booking: Of its id.
        reason: Code of ``CANCEL_REASONS``.
        words: More about it; needed for ``other``.
        event_id: Id of the step; the same again changes nothing.

    Raises:
        FormProblemsError: If there is no such reason, or no words for another.
        RefusedError: ``E_TRANSITION`` or ``E_ROLE``.
        NotFoundError: If there is no such booking.
        NotAllowedError: If the role may not read bookings.
    """
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


@steps.once
def no_show(
    session: Session, acting: Acting, booking: Booking, reason: str, *, event_id: str
) -> BookingLine:
    """Nobody came.

    Raises:
        RefusedError: ``E_TRANSITION`` or ``E_ROLE``.
        NotFoundError: If there is no such booking.
        NotAllowedError: If the role may not read bookings.
    """
    event, told = Event.MARK_NO_SHOW, one_line(reason)
    return steps.step(session, acting, booking, event, event_id=event_id, reason=told)


@steps.once
def reopen(
    session: Session, acting: Acting, booking: Booking, reason: str, *, event_id: str
) -> BookingLine:
    """Ask again for what could not be filled, before the hearing begins.

    Raises:
        RefusedError: ``E_TRANSITION`` or ``E_ROLE``.
        NotFoundError: If there is no such booking.
        NotAllowedError: If the role may not read bookings.
    """
    event, told = Event.REOPEN, one_line(reason)
    return steps.step(session, acting, booking, event, event_id=event_id, reason=told)


@steps.once
def decide_conflict(
    session: Session, acting: Acting, booking: Booking, reason: str, *, event_id: str
) -> BookingLine:
    """A team leader has looked at a double booking; it is not listed any more, and never gone.

    Raises:
        FormProblemsError: If there is no reason.
        NotFoundError: If there is no such booking.
        NotAllowedError: If the role may not decide double bookings.
    """
    roles.require(acting.user, Act.MANAGE_BOOKINGS)
    told = needed(reason, _("Enter what was agreed with the other court"))
    connection = plain(session)
    conflicts.settle(connection, "booking", booking.id, user=acting.user, now=acting.now)
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
