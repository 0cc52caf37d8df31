"""Forms of bookings as they begin: from a hearing, from one that failed, from one to change.

Source: interpreter sheet, sections 3 and 7.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from deskapp import roles
from deskapp.errors import NotFoundError
from deskapp.i18n import _, clock_time
from deskapp.roles import Act
from deskapp.services import typed
from deskapp.services.interpreters import covering, lines, listed, stored
from deskapp.services.interpreters.drafts import BookingDraft
from deskapp.text import compact, one_line

if TYPE_CHECKING:
    from deskapp.data.connection import Connection
    from deskapp.services.interpreters.acting import Acting


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
    return hearing_draft(connection, hearing_id, acting, party=party)


def hearing_draft(
    connection: Connection, hearing_id: str, acting: Acting, *, party: int = 0
) -> BookingDraft:
    """The same for whoever has a part in the hearing: what is carried over begins with it.

    Raises:
        NotFoundError: If there is no such hearing.
        NotAllowedError: If the role has no part in hearings.
    """
    roles.require(acting.user, Act.CARRY_BOOKINGS)
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
    kept = kept_draft(connection, booking_id, acting)
    cover = covering.cover(connection, lines.line(connection, booking_id, user=acting.user))
    return replace(kept, **{name: cover.text(getattr(kept, name)) for name in _FREE})


def unless_changed(
    connection: Connection, booking_id: str, draft: BookingDraft, acting: Acting
) -> BookingDraft:
    """The form with the kept words where nobody changed what stood there in their stead.

    Raises:
        NotFoundError: If there is no such booking.
        NotAllowedError: If the role may not book interpreters.
    """
    shown = as_draft(connection, booking_id, acting)
    kept = kept_draft(connection, booking_id, acting)
    same = [name for name in _FREE if getattr(draft, name) == getattr(shown, name)]
    return replace(draft, **{name: getattr(kept, name) for name in same})


def kept_draft(connection: Connection, booking_id: str, acting: Acting) -> BookingDraft:
    """The same for whoever has a part in the hearing.

    Raises:
        NotFoundError: If there is no such booking.
        NotAllowedError: If the role has no part in hearings.
    """
    roles.require(acting.user, Act.CARRY_BOOKINGS)
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
