"""Making bookings: from a hearing, from one that failed, several at once; changing them.

Source: interpreter sheet, sections 3 to 7.
"""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from deskapp import roles
from deskapp.clock import local, stamp
from deskapp.data import refs
from deskapp.data.ids import new_id
from deskapp.data.sessions import plain
from deskapp.errors import FormProblemsError, NotFoundError, Problem
from deskapp.i18n import _, clock_time
from deskapp.roles import Act
from deskapp.services import drafts as form_drafts
from deskapp.services import typed
from deskapp.services.interpreters import act, drafts, lines, register, steps, stored
from deskapp.services.interpreters.bookings import PLANNED, ForRole, Mode, Status
from deskapp.services.interpreters.codes import Code
from deskapp.services.interpreters.drafts import BookingDraft, BookingProblemsError, Wanted
from deskapp.services.interpreters.life import RefusedError
from deskapp.services.interpreters.repeats import Every, repeated
from deskapp.services.interpreters.wall import MINUTE, WallTimeError, stays_on_one_day
from deskapp.text import clean, compact, fold, one_line

if TYPE_CHECKING:
    from sqlmodel import Session

    from deskapp.data.booking_tables import Booking
    from deskapp.data.connection import Connection
    from deskapp.services.interpreters.acting import Acting
    from deskapp.services.interpreters.lines import BookingLine

REF_PREFIX = "B"
MOST_REPEATS = 60
"""Bookings of one series."""
_LINKS = uuid.UUID("0a0a6a3e-3b0e-4f0c-8a52-7f6f6d0f2a11")
"""Of the ids of links, so that two desks that add one hearing to one booking write one row."""
_ROLES = {
    ForRole.DEFENDANT: ("defendant", "accused", "appellant"),
    ForRole.WITNESS: ("witness", "victim"),
}
"""What a list calls them."""
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
    jurisdiction = _jurisdiction(panel, list_kind)
    mode = _mode(channel)
    begins, ends = _times(start, minutes, mode, acting)
    return BookingDraft(
        mode=mode.value,
        day=day,
        start=begins,
        end=ends,
        for_role=_role(str(who.get("role", ""))),
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
    rows = connection.execute(
        "SELECT id FROM hearing WHERE id = ?1 OR (case_key = ?2 AND site = ?3"
        " AND list_state = 'listed' AND day >= ?4 AND day <= ?5) ORDER BY day, start LIMIT 2",
        (one_line(text), compact(text) or "-", acting.user.site, first.isoformat(), last),
    ).fetchall()
    if len(rows) == 1:
        return str(rows[0][0])
    message = _("No hearing of this court is listed for {case}.")
    if rows:
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
    """A booking as it is typed, to change it.

    Raises:
        NotFoundError: If there is no such booking.
        NotAllowedError: If the role may not book interpreters.
    """
    roles.require(acting.user, Act.WORK_BOOKINGS)
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
        end=_end(line.start, line.end),
        end_fold=stored.fold_of(kept["local_end"], kept["ends_at"]),
        overnight="yes" if kept["overnight"] else "",
        assessment_done="yes" if kept["assessment_done"] else "",
        avoid=" ".join(json.loads(kept["avoid"])),
        hearings=" ".join(each.hearing_id for each in line.hearings),
    )


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
    if _there(connection, booking_id):
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
    if not _there(connection, booking_id):
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
    if _there(connection, booking_id):
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
    if _there(connection, event_id):
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
    if booking.status != Status.DRAFT:
        must_be_right(draft, acting)
    wanted = drafts.read(draft, acting)
    fields = _fields(draft, wanted, acting)
    del fields["site"], fields["parent_id"]
    line = steps.write(
        session, acting, booking, "change", event_id=event_id, reason=one_line(travel_reason),
        **fields,
    )  # fmt: skip
    _set_hearings(session, acting, booking, wanted.hearings)
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

    It is a draft where it cannot be sent yet, such as when the new hearing has no time.

    Raises:
        NotFoundError: If there is no such booking or hearing.
        NotAllowedError: If the role may not book interpreters.
    """
    connection = plain(session)
    if _there(connection, new_booking_id):
        return lines.line(connection, new_booking_id, user=acting.user)
    before = again(connection, booking_id, acting)
    there = for_hearing(connection, hearing_id, acting)
    draft = replace(
        before,
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
    line = save(session, acting, draft, booking_id=new_booking_id)
    if drafts.check(draft, acting).problems:
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

    ref = _free_ref(plain(session))
    booking = Booking(
        id=booking_id,
        home_site=acting.user.site,
        ref=ref,
        ref_key=compact(ref),
        status=Status.DRAFT.value,
        requested_by=acting.user.id,
        series_id=series_id,
        team_of=team_of,
        **_fields(draft, wanted, acting),
    )
    session.add(booking)
    _set_hearings(session, acting, booking, wanted.hearings)
    form_drafts.drop(plain(session), booking_id)
    return steps.write(session, acting, booking, "book", event_id=new_id())


def _fields(draft: BookingDraft, wanted: Wanted, acting: Acting) -> dict[str, Any]:
    """The columns that a form gives."""
    request, found = wanted.request, wanted.span
    return {
        "site": one_line(draft.site) or acting.user.site,
        "kind": request.kind.value,
        "route": request.route.value,
        "mode": request.mode.value,
        "language_code": request.language_code,
        "other_language": request.other_language,
        "dialect_note": one_line(draft.dialect_note),
        "gender": wanted.gender.value,
        "avoid": json.dumps(wanted.avoid),
        "for_role": request.for_role.value if request.for_role else "",
        "for_name": wanted.for_name,
        "person_id": one_line(draft.person_id),
        "need_id": one_line(draft.need_id),
        "jurisdiction": one_line(draft.jurisdiction),
        "assessment_done": request.assessment_done,
        "room": one_line(draft.room),
        "day": request.start.time.date().isoformat(),
        "local_start": request.start.time.isoformat(timespec="minutes"),
        "local_end": request.end.time.isoformat(timespec="minutes"),
        "starts_at": stamp(found.start),
        "ends_at": stamp(found.end),
        "until": stamp(found.end),
        "overnight": request.overnight and not stays_on_one_day(request.start, request.end),
        "interpreters": request.interpreters,
        "supplier": one_line(draft.supplier) or _supplier(wanted, acting),
        "supplier_ref": one_line(draft.supplier_ref),
        "reference_key": compact(draft.supplier_ref),
        "cost_code": one_line(draft.cost_code),
        "off_contract_reason": request.off_contract_reason,
        "allowed_by": one_line(draft.allowed_by),
        "allowed_on": wanted.allowed_on,
        "note": clean(draft.note).strip(),
        "parent_id": one_line(draft.parent_id),
    }


def _supplier(wanted: Wanted, acting: Acting) -> str:
    """Who is asked first for such a booking."""
    found = acting.settings.suppliers_of(wanted.request.kind, wanted.request.route)
    return found[0].name if found else ""


def _set_hearings(
    session: Session, acting: Acting, booking: Booking, hearing_ids: Iterable[str]
) -> None:
    """Make the booking one for just these hearings.

    Raises:
        FormProblemsError: If they are not of its day and court.
        NotFoundError: If there is no such hearing.
    """
    from sqlmodel import select

    from deskapp.data.booking_tables import BookingHearing

    wanted = list(hearing_ids)
    _must_be_that_day(plain(session), booking, wanted)
    where = BookingHearing.booking_id == booking.id
    links = {row.hearing_id: row for row in session.exec(select(BookingHearing).where(where))}
    for hearing_id, link in links.items():
        if hearing_id in wanted:
            link.ended_at = ""
        elif not link.ended_at:
            link.ended_at = stamp(acting.at)
    for hearing_id in wanted:
        if hearing_id not in links:
            session.add(
                BookingHearing(
                    id=str(uuid.uuid5(_LINKS, f"{booking.id} {hearing_id}")),
                    home_site=booking.home_site,
                    booking_id=booking.id,
                    hearing_id=hearing_id,
                )
            )
    session.flush()


def _must_be_that_day(connection: Connection, booking: Booking, hearing_ids: list[str]) -> None:
    rows = connection.execute(
        "SELECT id, site, day FROM hearing WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(hearing_ids),),
    ).fetchall()
    if len(rows) < len(set(hearing_ids)):
        raise NotFoundError(_("There is no such hearing."))
    if any((site, day) != (booking.site, booking.day) for _id, site, day in rows):
        message = _(
            "One booking is for hearings of one day at one court. Book the other by itself."
        )
        raise FormProblemsError([Problem("hearings", message)])


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
    _set_hearings(session, acting, booking, [*kept, hearing_id] if add else kept)
    return steps.write(
        session,
        acting,
        booking,
        "link" if add else "unlink",
        event_id=event_id,
        extra={"hearing": hearing_id},
    )


def _there(connection: Connection, booking_id: str) -> bool:
    row = connection.execute("SELECT 1 FROM booking WHERE id = ?", (booking_id,)).fetchone()
    return row is not None


def _series(connection: Connection, series_id: str, acting: Acting) -> list[BookingLine]:
    rows = connection.execute("SELECT id FROM booking WHERE series_id = ?", (series_id,)).fetchall()
    found = lines.lines(connection, [row[0] for row in rows], user=acting.user)
    return sorted(found.values(), key=lambda each: each.place)


def _free_ref(connection: Connection) -> str:
    """A reference that no booking of this store has."""
    while True:
        ref = refs.new_ref(REF_PREFIX)
        if refs.id_of(connection, "booking", ref) is None:
            return ref


# -- what a hearing says --------------------------------------------------------------------


def _times(start: str, minutes: int | None, mode: Mode, acting: Acting) -> tuple[str, str]:
    """From when to when an interpreter is wanted, by the clock; never shorter than is booked."""
    settings = acting.settings
    if not start:
        session = settings.session_all_day
        return clock_time(session.start), clock_time(session.end)
    begins = dt.time.fromisoformat(start)
    if minutes is None:
        ends = settings.session_from(begins).end
        if ends > begins:
            return start, clock_time(ends)
    length = max(minutes or 0, settings.minimum_minutes[mode]) * MINUTE
    day = dt.datetime.combine(dt.date.min, begins)
    return start, clock_time(day + length) if (day + length).date() == day.date() else "00:00"


def _end(start: dt.datetime, end: dt.datetime) -> str:
    """The end as it is typed: with its day only where the start does not tell it."""
    days = (end.date() - start.date()).days
    told = not days or (days == 1 and end.time() <= start.time())
    return clock_time(end) if told else f"{end.date()} {clock_time(end)}"


def _mode(channel: str) -> Mode:
    words = fold(channel)
    if "phone" in words or "tele" in words:
        return Mode.TELEPHONE
    return Mode.VIDEO if "video" in words or "remote" in words or "cvp" in words else Mode.F2F


def _role(listed: str) -> str:
    words = fold(listed)
    for role, names in _ROLES.items():
        if any(name in words for name in names):
            return role.value
    return ForRole.PARTY.value if words else ""


def _jurisdiction(panel: str, list_kind: str) -> str:
    """What the list tells of the jurisdiction; empty where it does not."""
    kind = fold(list_kind)
    if "crown" in kind or "firm" in kind:
        return "criminal_crown"
    if panel or "magistrates" in kind:
        return "criminal_magistrates"
    for name in ("civil", "family", "tribunal"):
        if name in kind:
            return name
    return ""
