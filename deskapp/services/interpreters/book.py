"""Making bookings: from a hearing, from one that failed, several at once; changing them.

Source: interpreter sheet, sections 3 to 7.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from deskapp import roles
from deskapp.clock import local
from deskapp.data.ids import new_id
from deskapp.data.sessions import plain
from deskapp.errors import FormProblemsError, NotFoundError, Problem
from deskapp.i18n import _, clock_time
from deskapp.roles import Act
from deskapp.services import drafts as form_drafts
from deskapp.services import typed
from deskapp.services.interpreters import (
    act,
    covering,
    drafts,
    lines,
    listed,
    register,
    rows,
    steps,
    stored,
)
from deskapp.services.interpreters.bookings import PLANNED, Status
from deskapp.services.interpreters.codes import Code
from deskapp.services.interpreters.drafts import BookingDraft, BookingProblemsError, Wanted
from deskapp.services.interpreters.life import RefusedError
from deskapp.services.interpreters.repeats import Every, repeated
from deskapp.services.interpreters.wall import WallTimeError
from deskapp.text import compact, one_line

if TYPE_CHECKING:
    from sqlmodel import Session

    from deskapp.data.connection import Connection
    from deskapp.services.interpreters.acting import Acting
    from deskapp.services.interpreters.lines import BookingLine

MOST_REPEATS = 60
"""Bookings of one series."""
_CHANGEABLE = frozenset({Status.DRAFT, Status.REQUESTED, *PLANNED})


def for_hearing(
    connection: Connection, hearing_id: str, acting: Acting, *, party: int = 0
) -> BookingDraft:
    """The form of a booking for a hearing: day, times, room, and whom it is for.

    Args:
        connection: The store.
        hearing_id: The hearing.
        acting: Who books.
        party: Which of its parties, by their order on the list.

    Raises:
        NotFoundError: If there is no such hearing.
        NotAllowedError: If the role may not book interpreters.
    """
    roles.require(acting.user, Act.WORK_BOOKINGS)
    return _filled_in(connection, hearing_id, acting, party=party)


def _filled_in(
    connection: Connection, hearing_id: str, acting: Acting, *, party: int = 0
) -> BookingDraft:
    row = connection.execute(
        "SELECT h.site, h.day, h.start, h.minutes, h.room, h.parties, h.panel, h.channel,"
        " coalesce(l.kind, '') FROM hearing AS h LEFT JOIN hearing_list AS l ON l.id = h.list_id"
        " WHERE h.id = ?",
        (hearing_id,),
    ).fetchone()
    if row is None:
        raise NotFoundError(_("There is no such hearing."))
    site, day, start, minutes, room, parties, panel, channel, list_kind = row
    named = json.loads(parties)
    who = named[party] if 0 <= party < len(named) else {}
    jurisdiction = listed.jurisdiction(panel, list_kind)
    mode = listed.mode(channel)
    begins, ends = listed.times(start, minutes, mode, acting.settings)
    return BookingDraft(
        mode=mode.value,
        day=day,
        start=begins,
        end=ends,
        for_role=listed.role(str(who.get("role", ""))),
        for_name=str(who.get("name", "")),
        room=room,
        site=site,
        jurisdiction=jurisdiction,
        hearings=hearing_id,
    )


def hearing_named(connection: Connection, text: str, acting: Acting, *, day: str = "") -> str:
    """The id of the hearing of this court that was named: by its id, or by its case number.

    ``day`` is as typed; without one, from today on.

    Raises:
        NotFoundError: If there is none, or there are several.
        NotUnderstoodError: If ``day`` is no day.
        NotAllowedError: If the role may not read hearings.
    """
    roles.require(acting.user, Act.READ_HEARINGS)
    first = typed.day(day, today=acting.today) if day else acting.today
    last = first.isoformat() if day else "9999"
    found = connection.execute(
        "SELECT id FROM hearing WHERE id = ?1 OR (case_key = ?2 AND site = ?3"
        " AND list_state = 'listed' AND day >= ?4 AND day <= ?5) ORDER BY day, start LIMIT 2",
        (one_line(text), compact(text) or "-", acting.user.site, first.isoformat(), last),
    ).fetchall()
    if len(found) == 1:
        return str(found[0][0])
    message = _("No hearing of this court is listed for {case}.")
    if found:
        message = _("{case} is listed more than once. Add the day, or give the id of the hearing.")
    raise NotFoundError(message.format(case=one_line(text)))


def again(connection: Connection, booking_id: str, acting: Acting) -> BookingDraft:
    """The form of a booking that replaces one which failed or is to be made for another time.

    Raises:
        NotFoundError: If there is no such booking.
        NotAllowedError: If the role may not book interpreters.
    """
    return replace(as_draft(connection, booking_id, acting), parent_id=booking_id, supplier_ref="")


def as_draft(connection: Connection, booking_id: str, acting: Acting) -> BookingDraft:
    """A booking as it is typed, to change it; without what is withheld of anybody.

    Raises:
        NotFoundError: If there is no such booking.
        NotAllowedError: If the role may not book interpreters.
    """
    roles.require(acting.user, Act.WORK_BOOKINGS)
    kept = _kept(connection, booking_id, acting)
    cover = covering.cover(connection, lines.line(connection, booking_id, user=acting.user))
    return replace(kept, **{name: cover.text(getattr(kept, name)) for name in _FREE})


def _unless_changed(
    connection: Connection, booking_id: str, draft: BookingDraft, acting: Acting
) -> BookingDraft:
    """The form with the kept words where nobody changed what stood there in their stead."""
    kept, shown = _kept(connection, booking_id, acting), as_draft(connection, booking_id, acting)
    same = [name for name in _FREE if getattr(draft, name) == getattr(shown, name)]
    return replace(draft, **{name: getattr(kept, name) for name in same})


def _kept(connection: Connection, booking_id: str, acting: Acting) -> BookingDraft:
    cursor = connection.execute(f"SELECT {', '.join(_TYPED)} FROM booking WHERE id = ?",
                                (booking_id,))  # fmt: skip
    row = cursor.fetchone()
    if row is None:
        raise lines.no_such_booking()
    kept = dict(zip(_TYPED, row, strict=True))
    line = lines.line(connection, booking_id, user=acting.user)
    same = {name: f"{kept[name]}" for name in _TYPED if name in _SAME}
    return BookingDraft(
        **same,
        language=kept["language_code"],
        day=line.day.isoformat(),
        start=clock_time(line.start),
        start_fold=stored.fold_of(kept["local_start"], kept["starts_at"]),
        end=listed.end(line.start, line.end),
        end_fold=stored.fold_of(kept["local_end"], kept["ends_at"]),
        overnight="yes" if kept["overnight"] else "",
        assessment_done="yes" if kept["assessment_done"] else "",
        avoid=" ".join(json.loads(kept["avoid"])),
        hearings=" ".join(each.hearing_id for each in line.hearings),
    )


_FREE = ("note", "dialect_note", "off_contract_reason")
"""Words of the officer's own."""
_SAME = (
    "kind", "other_language", "route", "mode", "for_role", "for_name", "gender", "dialect_note",
    "interpreters", "room", "supplier", "supplier_ref", "cost_code", "off_contract_reason",
    "allowed_by", "allowed_on", "note", "site", "jurisdiction", "person_id", "need_id",
    "parent_id",
)  # fmt: skip
"""Fields that a form and a row have alike."""
_TYPED = (
    *_SAME, "language_code", "local_start", "local_end", "starts_at", "ends_at", "overnight",
    "assessment_done", "avoid",
)  # fmt: skip


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
    if first.status not in _CHANGEABLE:
        raise RefusedError(Code.TRANSITION)
    draft = replace(as_draft(connection, booking_id, acting), parent_id="", supplier_ref="")
    wanted = drafts.read(draft, acting)
    line = _add(
        session, acting, draft, wanted, booking_id=event_id, team_of=first.team_of or booking_id
    )
    return act.send(session, acting, line.id, event_id=new_id())


def change(
    session: Session,
    acting: Acting,
    booking_id: str,
    draft: BookingDraft,
    *,
    event_id: str,
    travel_reason: str = "",
) -> BookingLine:
    """Change a booking before anybody has come; an interpreter who is entered must still be free.

    Raises:
        BookingProblemsError: With everything that stops it; of a draft only what is not understood.
        BlockedError: If the interpreter is booked or away at the new time.
        FormProblemsError: If the travel needs a reason, or hearings are not of one day and court.
        RefusedError: ``E_TRANSITION`` once somebody has come or it has ended.
        NotFoundError: If there is no such booking or hearing.
        NotAllowedError: If the role may not book interpreters.
    """
    roles.require(acting.user, Act.WORK_BOOKINGS)
    if line := steps.done(plain(session), acting, event_id):
        return line
    booking = steps.opened(session, booking_id)
    if Status(booking.status) not in _CHANGEABLE:
        raise RefusedError(Code.TRANSITION)
    draft = _unless_changed(plain(session), booking_id, draft, acting)
    if booking.status != Status.DRAFT:
        must_be_right(draft, acting)
    wanted = drafts.read(draft, acting)
    fields = rows.columns(draft, wanted, acting)
    del fields["site"], fields["parent_id"]
    line = steps.write(
        session, acting, booking, "change", event_id=event_id, reason=one_line(travel_reason),
        **fields,
    )  # fmt: skip
    rows.set_hearings(session, acting, booking, wanted.hearings)
    if Status(booking.status) in PLANNED:
        found = register.line(plain(session), booking.interpreter_id, user=acting.user)
        act.must_be_free(plain(session), acting, booking_id, found, travel_reason)
    return lines.line(plain(session), line.id, user=acting.user)


def add_hearing(
    session: Session, acting: Acting, booking_id: str, hearing_id: str, *, event_id: str
) -> BookingLine:
    """One interpreter for another short hearing of that day: one booking with one more hearing.

    Raises:
        FormProblemsError: If it is not of the same day and court.
        RefusedError: ``E_TRANSITION`` once the booking has ended.
        NotFoundError: If there is no such booking or hearing.
        NotAllowedError: If the role may not book interpreters.
    """
    return _with_hearing(session, acting, booking_id, hearing_id, event_id, add=True)


def take_off_hearing(
    session: Session, acting: Acting, booking_id: str, hearing_id: str, *, event_id: str
) -> BookingLine:
    """The booking is not for that hearing any more.

    Raises:
        RefusedError: ``E_TRANSITION`` once the booking has ended.
        NotFoundError: If there is no such booking.
        NotAllowedError: If the role may not book interpreters.
    """
    return _with_hearing(session, acting, booking_id, hearing_id, event_id, add=False)


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
    before = _kept(connection, booking_id, acting)
    there = _filled_in(connection, hearing_id, acting)
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


def _with_hearing(
    session: Session,
    acting: Acting,
    booking_id: str,
    hearing_id: str,
    event_id: str,
    *,
    add: bool,
) -> BookingLine:
    roles.require(acting.user, Act.WORK_BOOKINGS)
    if line := steps.done(plain(session), acting, event_id):
        return line
    booking = steps.opened(session, booking_id)
    if Status(booking.status) not in _CHANGEABLE | {Status.IN_ATTENDANCE}:
        raise RefusedError(Code.TRANSITION)
    line = lines.line(plain(session), booking_id, user=acting.user)
    kept = [each.hearing_id for each in line.hearings if each.hearing_id != hearing_id]
    rows.set_hearings(session, acting, booking, [*kept, hearing_id] if add else kept)
    return steps.write(
        session,
        acting,
        booking,
        "link" if add else "unlink",
        event_id=event_id,
        extra={"hearing": hearing_id},
    )


def _series(connection: Connection, series_id: str, acting: Acting) -> list[BookingLine]:
    ids = connection.execute("SELECT id FROM booking WHERE series_id = ?", (series_id,)).fetchall()
    found = lines.lines(connection, [each for (each,) in ids], user=acting.user)
    return sorted(found.values(), key=lambda each: each.place)
