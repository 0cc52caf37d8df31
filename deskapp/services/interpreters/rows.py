"""What a form becomes in the store: the columns of a booking, its hearings, its reference."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from deskapp.clock import stamp
from deskapp.data import refs
from deskapp.data.sessions import plain
from deskapp.errors import FormProblemsError, NotFoundError, Problem
from deskapp.i18n import _
from deskapp.services.interpreters.drafts import BookingDraft, Wanted
from deskapp.services.interpreters.wall import stays_on_one_day
from deskapp.text import clean, compact, one_line

if TYPE_CHECKING:
    from sqlmodel import Session

    from deskapp.data.booking_tables import Booking
    from deskapp.data.connection import Connection
    from deskapp.services.interpreters.acting import Acting

REF_PREFIX = "B"
_LINKS = uuid.UUID("0a0a6a3e-3b0e-4f0c-8a52-7f6f6d0f2a11")
"""Of the ids of links, so that two desks that add one hearing to one booking write one row."""


def is_there(connection: Connection, booking_id: str) -> bool:
    """Whether there is a booking with this id."""
    row = connection.execute("SELECT 1 FROM booking WHERE id = ?", (booking_id,)).fetchone()
    return row is not None


def free_ref(connection: Connection) -> str:
    """A reference that no booking of this store has."""
    while True:
        ref = refs.new_ref(REF_PREFIX)
        if refs.id_of(connection, "booking", ref) is None:
            return ref


def columns(draft: BookingDraft, wanted: Wanted, acting: Acting) -> dict[str, Any]:
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


def set_hearings(
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
