"""Booking the senior person on site: by a team leader, for half-days.

Source: site and safety sheet, section 1.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from deskapp import roles
from deskapp.clock import local
from deskapp.data.connection import Connection
from deskapp.data.ids import new_id
from deskapp.data.sessions import plain
from deskapp.errors import DeskError, FormProblemsError, Problem
from deskapp.i18n import _, language, weekday
from deskapp.roles import Act, User
from deskapp.services import desk, drafts, typed
from deskapp.services.casework import cases
from deskapp.services.casework.acting import Acting
from deskapp.services.hard import spos
from deskapp.services.hard.spos import Half
from deskapp.services.persons import persons
from deskapp.text import one_line

if TYPE_CHECKING:
    from sqlmodel import Session

LONGEST_NAME = 200


class Booking(NamedTuple):
    """Who is to be booked, and for when."""

    name: str
    phone: str
    day: dt.date
    halves: tuple[Half, ...]

    @property
    def when(self) -> str:
        """The day and its halves, in the language in use."""
        halves = ", ".join(_(spos.HALF_LABELS[half]).lower() for half in self.halves)
        return f"{weekday(self.day)}, {halves}"


class AlreadyBookedError(DeskError):
    """Somebody else is booked for a half-day."""


def read(given: Mapping[str, str], *, today: dt.date) -> Booking:
    """The booking of a form: ``name``, ``phone``, ``day`` and ``half``; no half is the whole day.

    Raises:
        FormProblemsError: With everything to put right.
    """
    name, phone = one_line(given.get("name", "")), one_line(given.get("phone", ""))
    found = [] if name else [Problem("name", _("Enter who is senior person on site"))]
    if len(name) > LONGEST_NAME:
        message = _("Enter {count} characters or less").format(count=LONGEST_NAME)
        found.append(Problem("name", message))
    found += persons.problems(phone, "")
    on = today
    try:
        on = typed.day(given.get("day", ""), today=today)
    except typed.NotUnderstoodError as error:
        found.append(Problem("day", str(error)))
    if on < today:
        found.append(Problem("day", _("Enter today or a later day")))
    half = given.get("half", "")
    if half and half not in list(Half):
        found.append(Problem("half", _("Select morning or afternoon, or leave it empty")))
    if found:
        raise FormProblemsError(found)
    return Booking(name, phone, on, (Half(half),) if half else tuple(Half))


def replaced(connection: Connection, booking: Booking, midday: dt.time, *, user: User) -> list[str]:
    """Who else is booked for a half of the booking, each once.

    Raises:
        NotAllowedError: If the role may not read cases.
    """
    spans = [spos.span(booking.day, half, midday) for half in booking.halves]
    booked = spos.bookings(connection, spans[0][0], user=user)
    standing = (spos.covering(booked, start) for start, _end in spans)
    names = (duty.name for duty in standing if duty)
    return [name for name in dict.fromkeys(names) if name != booking.name]


def book(
    session: Session, acting: Acting, draft_id: str, booking: Booking, midday: dt.time
) -> None:
    """Book somebody; what was booked before stays, and the last booking counts.

    Saving the same draft again changes nothing.

    Raises:
        NotAllowedError: If the role may not book.
        RefusedError: If the scheme refuses it.
    """
    roles.require(acting.user, Act.BOOK_DUTY)
    drafts.drop(plain(session), draft_id)
    case_id = _case(session, acting, booking)
    booked = plain(session).execute(
        "SELECT 1 FROM case_item WHERE family_id = ? AND name = ?", (case_id, draft_id)
    )
    if booked.fetchone() is not None:
        return
    names = (draft_id, new_id())
    for name, half in zip(names, booking.halves, strict=False):
        start, end = spos.span(booking.day, half, midday)
        given = {"resource": booking.name, "start": _text(start), "end": _text(end)}
        cases.add_item(session, acting, case_id, spos.ON_DUTY, given, item_id=name)


def _case(session: Session, acting: Acting, booking: Booking) -> str:
    """The case of that person, opened when there is none, with the number given now."""
    connection = plain(session)
    case_id = spos.case_of(connection, booking.name, user=acting.user)
    if case_id:
        known = spos.people(connection, user=acting.user).get(booking.name, "")
        if booking.phone and booking.phone != known:
            cases.fill_in(session, acting, case_id, {"phone": booking.phone})
        return case_id
    case_id = new_id()
    given = {
        "site": desk.site_name(acting.user.site, language()),
        "duty": spos.SENIOR,
        "person": booking.name,
        "phone": booking.phone,
    }
    cases.open_case(session, acting, case_id, spos.SCHEME, given)
    return case_id


def _text(moment: dt.datetime) -> str:
    return local(moment).isoformat(timespec="minutes")
