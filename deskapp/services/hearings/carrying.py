"""What becomes of the bookings of a hearing that does not go ahead as planned.

Every step is one of the interpreter desk; nothing of it is decided here. Source: hearings sheet,
sections 3 and 6.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from deskapp.data.ids import new_id
from deskapp.data.sessions import plain
from deskapp.services.hearings import booked, events, loose
from deskapp.services.hearings.events import Code
from deskapp.services.hearings.flags import Does
from deskapp.services.hearings.loose import LooseLine
from deskapp.services.hearings.needs import NeedLine
from deskapp.services.hearings.stored import Hearing
from deskapp.services.interpreters import act, book, changing, filling
from deskapp.services.interpreters.bookings import FINAL, Status
from deskapp.services.interpreters.drafts import BookingDraft

if TYPE_CHECKING:
    from sqlmodel import Session

    from deskapp.data.connection import Connection
    from deskapp.services.hearings.acting import Acting


def failed(session: Session, acting: Acting, booking_id: str, outcome: str, reason: str) -> None:
    """Set what became of the booking for want of which a hearing was adjourned.

    A booking that says so already is left alone.

    Raises:
        RefusedError: If it cannot end so from where it stands.
        NotFoundError: If there is no such booking.
    """
    bookings = acting.bookings
    row = (
        plain(session).execute("SELECT status FROM booking WHERE id = ?", (booking_id,)).fetchone()
    )
    if row is not None and row[0] == outcome:
        return
    if outcome == Status.UNFILLED:
        act.cannot_fill(session, bookings, booking_id, reason, event_id=new_id())
    else:
        act.no_show(session, bookings, booking_id, reason, event_id=new_id())


def carry(session: Session, acting: Acting, hearing_id: str, next_id: str) -> list[str]:
    """Ask again, for the hearing at which it goes on, for everybody who was booked; their ids.

    Who was cancelled by the court is not asked for again. From the hearing room it is a draft,
    which the office sends.
    """
    found = booked.of_hearings(plain(session), [hearing_id], user=acting.user)
    made = []
    for each in found.get(hearing_id, ()):
        if each.counts:
            new = new_id()
            book.carry_over(session, acting.bookings, each.id, next_id, new_booking_id=new)
            made.append(new)
    return made


def move(
    session: Session, acting: Acting, line: LooseLine, hearing_id: str, *, travel_reason: str = ""
) -> None:
    """Carry a loose booking over to another hearing of the day, at that hearing's time.

    Raises:
        BlockedError: If the interpreter is booked or away then.
        BookingProblemsError: With everything that stops it.
        FormProblemsError: If the travel needs a reason.
        NotFoundError: If there is no such booking or hearing.
        NotAllowedError: If the role may not book interpreters.
    """
    bookings, connection = acting.bookings, plain(session)
    there = filling.for_hearing(connection, hearing_id, bookings)
    before = filling.as_draft(connection, line.booking_id, bookings)
    kept = [each for each in before.hearings.split() if each not in (line.hearing_id, hearing_id)]
    draft = replace(
        before,
        day=there.day,
        start=there.start,
        end=there.end,
        start_fold="",
        end_fold="",
        room=there.room,
        hearings=" ".join((*kept, hearing_id)),
    )
    changing.change(
        session, bookings, line.booking_id, draft, event_id=new_id(), travel_reason=travel_reason
    )
    told = {"hearing": hearing_id, "bookings": [line.booking_id]}
    events.add(session, acting, line.hearing_id, Code.MOVED, told)


def for_need(
    connection: Connection, acting: Acting, hearing: Hearing, need: NeedLine
) -> BookingDraft:
    """The booking that a need asks for, filled in from the hearing.

    Raises:
        NotAllowedError: If the role may not book interpreters.
    """
    assert need.kind is not None
    assert need.does is Does.BOOK
    kind, language = need.kind.books
    keys = [each.key for each in hearing.parties]
    party = keys.index(need.party_key) if need.party_key in keys else -1
    filled = filling.for_hearing(connection, hearing.id, acting.bookings, party=party)
    return replace(
        filled,
        kind=kind,
        language=need.language_code or language,
        other_language=need.other_language,
        for_name=need.party_name or filled.for_name,
        person_id=need.person_id,
        need_id=need.id,
        note=need.comment,
    )


def ask_for(session: Session, acting: Acting, hearing: Hearing, need: NeedLine) -> str:
    """Keep the draft of the booking that a need asks for, unless one is there; its id.

    Raises:
        BookingProblemsError: If the hearing has no time that can be booked.
        NotAllowedError: If the role may not book interpreters.
    """
    found = booked.of_hearings(plain(session), [hearing.id], user=acting.user)
    for each in found.get(hearing.id, ()):
        if each.need_id == need.id and each.status not in FINAL:
            return each.id
    draft = for_need(plain(session), acting, hearing, need)
    return book.save(session, acting.bookings, draft, booking_id=new_id()).id


def loose_line(
    connection: Connection, acting: Acting, site: str, booking_id: str, hearing_id: str
) -> LooseLine | None:
    """A booking that hangs loose at a hearing; none where it does not any more."""
    for line in loose.page(connection, acting, site):
        if (line.booking_id, line.hearing_id) == (booking_id, hearing_id):
            return line
    return None
