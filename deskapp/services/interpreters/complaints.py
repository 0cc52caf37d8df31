"""A complaint about an interpreter or a booking: three paths, each to somebody else.

It is an entry in the history of the booking, never a state of it. Only what was proven enters the
published rate. Source: interpreter sheet, section 8.
"""

from __future__ import annotations

import json
from enum import StrEnum
from typing import TYPE_CHECKING

from deskapp import roles
from deskapp.clock import stamp
from deskapp.data.connection import Connection
from deskapp.data.sessions import plain
from deskapp.errors import FormProblemsError, NotFoundError, Problem
from deskapp.i18n import N_, _
from deskapp.roles import Act, User
from deskapp.services import drafts, kinds
from deskapp.services.interpreters import lines
from deskapp.services.interpreters.acting import Acting
from deskapp.text import clean

if TYPE_CHECKING:
    from sqlmodel import Session

MADE, PROVEN, NOT_PROVEN = "complaint", "complaint_proven", "complaint_not_proven"
"""Codes of the entries."""
LONGEST = 2000
COMPLAINT_CATEGORY, CONTRACTOR = "INTP", "also_INTP.contractor"
"""What HMCTS complaints about interpreters are about, and what is asked of them besides
(``complaint_categories.toml``)."""


class Path(StrEnum):
    """Who deals with it."""

    INTERPRETER = "interpreter"
    ADMINISTRATION = "administration"
    CONTRACT = "contract"


class Category(StrEnum):
    """What it is about."""

    NOBODY_AVAILABLE = "nobody_available"
    DID_NOT_ATTEND = "did_not_attend"
    LATE = "late"
    LEFT_EARLY = "left_early"
    WRONG_LANGUAGE = "wrong_language"
    QUALITY = "quality"
    CONDUCT = "conduct"
    TIMESHEET = "timesheet"
    OTHER = "other"


PATH_LABELS = {
    Path.INTERPRETER: N_("The interpreter: skill, conduct, lateness"),
    Path.ADMINISTRATION: N_("The booking: wrong language, nobody booked"),
    Path.CONTRACT: N_("The contract as a whole, or a concern that comes back"),
}
PATH_WORDS = {
    Path.INTERPRETER: N_("Tell the language supplier, with the job reference {ref}."),
    Path.ADMINISTRATION: N_(
        "It goes through the HMCTS complaints procedure: an answer within 10 working days."
    ),
    Path.CONTRACT: N_("Write to the {mailbox}, with the job reference {ref}."),
}
CATEGORY_LABELS = {
    Category.NOBODY_AVAILABLE: N_("No interpreter available"),
    Category.DID_NOT_ATTEND: N_("Did not attend"),
    Category.LATE: N_("Late"),
    Category.LEFT_EARLY: N_("Left early"),
    Category.WRONG_LANGUAGE: N_("Language or dialect wrong"),
    Category.QUALITY: N_("Quality of the interpreting"),
    Category.CONDUCT: N_("Conduct"),
    Category.TIMESHEET: N_("Timesheet or charging"),
    Category.OTHER: N_("Other"),
}


def where(path: Path, ref: str, mailbox: str) -> str:
    """What to do with a complaint on this path.

    Args:
        path: Who deals with it.
        ref: The job reference.
        mailbox: Whom a concern about the contract goes to.
    """
    return _(PATH_WORDS[path]).format(ref=ref, mailbox=mailbox)


def problems(path: str, category: str, details: str) -> list[Problem]:
    """What must be put right before it is kept."""
    found = []
    if path not in list(Path):
        found.append(Problem("path", _("Select what the complaint is about")))
    if category not in list(Category):
        found.append(Problem("category", _("Select the category")))
    if not details.strip():
        found.append(Problem("details", _("Write down what happened")))
    elif len(details.strip()) > LONGEST:
        message = _("Shorten what happened to {most} characters")
        found.append(Problem("details", message.format(most=LONGEST)))
    return found


def make(
    session: Session,
    acting: Acting,
    booking_id: str,
    *,
    path: str,
    category: str,
    details: str,
    event_id: str,
) -> None:
    """Write a complaint into the history of a booking; the same id twice writes one.

    Raises:
        NotAllowedError: If the role may not work on bookings.
        FormProblemsError: If something is missing.
        NotFoundError: If there is no such booking.
    """
    roles.require(acting.user, Act.ATTEND_BOOKINGS)
    if found := problems(path, category, details):
        raise FormProblemsError(found)
    data = {"path": path, "category": category}
    _write(session, acting, booking_id, MADE, data, clean(details.strip()), event_id)


def decide(
    session: Session,
    acting: Acting,
    booking_id: str,
    complaint_id: str,
    *,
    proven: bool,
    reason: str,
    event_id: str,
) -> None:
    """Write down whether a complaint was proven; the same id twice writes one.

    Raises:
        NotAllowedError: If the role may not decide it.
        NotFoundError: If there is no such complaint, or it is decided already.
    """
    roles.require(acting.user, Act.MANAGE_BOOKINGS)
    if _is_written(session, event_id):
        return
    if complaint_id not in open_ones(plain(session), booking_id, user=acting.user):
        raise NotFoundError(_("This complaint is decided already."))
    data = {"complaint": complaint_id}
    code = PROVEN if proven else NOT_PROVEN
    _write(session, acting, booking_id, code, data, clean(reason.strip()), event_id)


def handover(
    connection: Connection, booking_id: str, details: str, *, user: User
) -> dict[str, str]:
    """The form of a complaint to HMCTS about a booking: what happened, of which case.

    Raises:
        NotFoundError: If there is no such booking.
        NotAllowedError: If the role may not read bookings.
    """
    line = lines.line(connection, booking_id, user=user)
    return {
        "from_table": kinds.BOOKING,
        "from_id": booking_id,
        "categories": COMPLAINT_CATEGORY,
        CONTRACTOR: line.supplier,
        "case_ref": line.hearings[0].case_ref if line.hearings else "",
        "summary": _("Interpreter: {language}").format(language=line.language),
        "details": details,
    }


def open_ones(connection: Connection, booking_id: str, *, user: User) -> list[str]:
    """Ids of the complaints about a booking that nobody decided yet, in their order.

    Raises:
        NotAllowedError: If the role may not read bookings.
    """
    roles.require(user, Act.READ_BOOKINGS)
    rows = connection.execute(
        "SELECT id, code, data FROM booking_event WHERE booking_id = ? AND code IN (?, ?, ?)"
        " ORDER BY hlc, desk",
        (booking_id, MADE, PROVEN, NOT_PROVEN),
    ).fetchall()
    decided = {json.loads(data).get("complaint") for _id, code, data in rows if code != MADE}
    return [event_id for event_id, code, _data in rows if code == MADE and event_id not in decided]


def _write(
    session: Session,
    acting: Acting,
    booking_id: str,
    code: str,
    data: dict[str, str],
    words: str,
    event_id: str,
) -> None:
    from deskapp.data.booking_tables import Booking, BookingEvent

    booking = session.get(Booking, booking_id)
    if booking is None:
        raise lines.no_such_booking()
    if _is_written(session, event_id):
        return
    session.add(
        BookingEvent(
            id=event_id,
            home_site=acting.user.site,
            at=stamp(acting.at),
            officer_id=acting.user.id,
            booking_id=booking_id,
            code=code,
            before=booking.status,
            after=booking.status,
            role=acting.user.role.value,
            reason=words,
            data=json.dumps(data),
        )
    )
    drafts.drop(plain(session), event_id)


def _is_written(session: Session, event_id: str) -> bool:
    from deskapp.data.booking_tables import BookingEvent

    return session.get(BookingEvent, event_id) is not None
