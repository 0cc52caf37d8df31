"""Making bookings: from a hearing, from one that failed, several at once; changing them.

Source: interpreter sheet, sections 3 to 7.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from deskapp import roles
from deskapp.clock import local
from deskapp.data.ids import new_id
from deskapp.data.sessions import plain
from deskapp.errors import FormProblemsError, Problem
from deskapp.i18n import _
from deskapp.roles import Act
from deskapp.services import drafts as form_drafts
from deskapp.services.interpreters import act, drafts, lines, rows, steps
from deskapp.services.interpreters.bookings import AHEAD, Status
from deskapp.services.interpreters.codes import Code
from deskapp.services.interpreters.drafts import BookingDraft, BookingProblemsError, Wanted
from deskapp.services.interpreters.filling import as_draft, hearing_draft, kept_draft
from deskapp.services.interpreters.life import RefusedError
from deskapp.services.interpreters.repeats import Every, repeated
from deskapp.services.interpreters.wall import WallTimeError
from deskapp.text import compact

if TYPE_CHECKING:
    from sqlmodel import Session

    from deskapp.data.connection import Connection
    from deskapp.services.interpreters.acting import Acting
    from deskapp.services.interpreters.lines import BookingLine

MOST_REPEATS = 60
"""Bookings of one series."""


def save(
    session: Session, acting: Acting, draft: BookingDraft, *, booking_id: str, series_id: str = ""
) -> BookingLine:
    """Keep a booking as a draft, also one that cannot be sent yet.

    Saving with the same id again changes nothing. Kept forms with that id go.

    Raises:
        BookingProblemsError: If a field cannot be understood, or the times are no times.
        FormProblemsError: If the hearings are not of one day and court.
        NotFoundError: If there is no such hearing.
        NotAllowedError: If the role may not book interpreters.
    """
    roles.require(acting.user, Act.WORK_BOOKINGS)
    connection = plain(session)
    if rows.is_there(connection, booking_id):
        form_drafts.drop(connection, booking_id)
        return lines.line(connection, booking_id, user=acting.user)
    wanted = drafts.read(draft, acting)
    return _add(session, acting, draft, wanted, booking_id=booking_id, series_id=series_id)


def book(session: Session, acting: Acting, draft: BookingDraft, *, booking_id: str) -> BookingLine:
    """Keep a booking and send the request, in one step.

    Booking with the same id again changes nothing.

    Raises:
        BookingProblemsError: With everything that stops it, by code and in words.
        FormProblemsError: If the hearings are not of one day and court.
        NotFoundError: If there is no such hearing.
        NotAllowedError: If the role may not book interpreters.
    """
    connection = plain(session)
    if not rows.is_there(connection, booking_id):
        must_be_right(draft, acting)
    line = save(session, acting, draft, booking_id=booking_id)
    if line.status is not Status.DRAFT:
        return line
    return act.send(session, acting, booking_id, event_id=new_id())


def must_be_right(draft: BookingDraft, acting: Acting) -> None:
    """Nothing may stop a booking from being sent.

    Raises:
        BookingProblemsError: With everything that does.
    """
    found = drafts.check(draft, acting)
    if found.problems:
        raise BookingProblemsError(found.problems, found.errors)


def book_series(
    session: Session,
    acting: Acting,
    draft: BookingDraft,
    every: Every,
    count: int,
    *,
    booking_id: str,
) -> list[BookingLine]:
    """Book the same time by the clock on several days; all of them or none.

    Bank holidays are left out. The hearing of the draft belongs to the first of them alone.

    Raises:
        BookingProblemsError: With everything that stops the first, or one of the other days.
        NotAllowedError: If the role may not book interpreters.
    """
    if not 1 <= count <= MOST_REPEATS:
        message = _("Enter a whole number from {least} to {most}")
        told = message.format(least=1, most=MOST_REPEATS)
        raise FormProblemsError([Problem("count", told)])
    connection = plain(session)
    if rows.is_there(connection, booking_id):
        return _series(connection, booking_id, acting)
    must_be_right(draft, acting)
    request = drafts.read(draft, acting).request
    calendar = acting.calendar(draft.site or acting.user.site)
    try:
        spans = repeated(request.start, request.end, every, count, calendar)
    except WallTimeError as error:
        raise BookingProblemsError([drafts.problem(error.code)], [error.code]) from error
    for number, each in enumerate(spans):
        on = local(each.start).date().isoformat()
        first = replace(draft, day=on, hearings=draft.hearings if not number else "")
        one_id = booking_id if not number else new_id()
        save(session, acting, first, booking_id=one_id, series_id=booking_id)
        act.send(session, acting, one_id, event_id=new_id())
    return _series(connection, booking_id, acting)


def second(session: Session, acting: Acting, booking_id: str, *, event_id: str) -> BookingLine:
    """Another request like this one, for the next person of a team.

    Its id is that of the step, so that the same again changes nothing.

    Raises:
        BookingProblemsError: If it could not be sent now.
        RefusedError: ``E_TRANSITION`` where nobody can be asked any more.
        NotFoundError: If there is no such booking.
        NotAllowedError: If the role may not book interpreters.
    """
    connection = plain(session)
    if rows.is_there(connection, event_id):
        return lines.line(connection, event_id, user=acting.user)
    first = lines.line(connection, booking_id, user=acting.user)
    if first.status not in AHEAD:
        raise RefusedError(Code.TRANSITION)
    draft = replace(as_draft(connection, booking_id, acting), parent_id="", supplier_ref="")
    wanted = drafts.read(draft, acting)
    line = _add(
        session, acting, draft, wanted, booking_id=event_id, team_of=first.team_of or booking_id
    )
    return act.send(session, acting, line.id, event_id=new_id())


def carry_over(
    session: Session, acting: Acting, booking_id: str, hearing_id: str, *, new_booking_id: str
) -> BookingLine:
    """The same help for the next hearing of the case: a new request at that hearing's time.

    It is a draft where it cannot be sent yet, such as when the new hearing has no time, and where
    the user is in the hearing room: the office sends it.

    Raises:
        NotFoundError: If there is no such booking or hearing.
        NotAllowedError: If the role has no part in hearings.
    """
    roles.require(acting.user, Act.CARRY_BOOKINGS)
    connection = plain(session)
    if rows.is_there(connection, new_booking_id):
        return lines.line(connection, new_booking_id, user=acting.user)
    before = kept_draft(connection, booking_id, acting)
    there = hearing_draft(connection, hearing_id, acting)
    draft = replace(
        before,
        parent_id=booking_id,
        supplier_ref="",
        day=there.day,
        start=there.start,
        end=there.end,
        start_fold="",
        end_fold="",
        overnight="",
        room=there.room,
        site=there.site,
        jurisdiction=there.jurisdiction or before.jurisdiction,
        hearings=hearing_id,
    )
    line = _add(session, acting, draft, drafts.read(draft, acting), booking_id=new_booking_id)
    if drafts.check(draft, acting).problems or not roles.may(acting.user, Act.WORK_BOOKINGS):
        return line
    return act.send(session, acting, new_booking_id, event_id=new_id())


# -- writing -------------------------------------------------------------------------------


def _add(
    session: Session,
    acting: Acting,
    draft: BookingDraft,
    wanted: Wanted,
    *,
    booking_id: str,
    series_id: str = "",
    team_of: str = "",
) -> BookingLine:
    from deskapp.data.booking_tables import Booking

    ref = rows.free_ref(plain(session))
    booking = Booking(
        id=booking_id,
        home_site=acting.user.site,
        ref=ref,
        ref_key=compact(ref),
        status=Status.DRAFT.value,
        requested_by=acting.user.id,
        series_id=series_id,
        team_of=team_of,
        **rows.columns(draft, wanted, acting),
    )
    session.add(booking)
    rows.set_hearings(session, acting, booking, wanted.hearings)
    form_drafts.drop(plain(session), booking_id)
    return steps.write(session, acting, booking, "book", event_id=new_id())


def _series(connection: Connection, series_id: str, acting: Acting) -> list[BookingLine]:
    ids = connection.execute("SELECT id FROM booking WHERE series_id = ?", (series_id,)).fetchall()
    found = lines.lines(connection, [each for (each,) in ids], user=acting.user)
    return sorted(found.values(), key=lambda each: each.place)
