"""One booking with everything that hangs on it: history, timesheets, hearings, what may be done.

Source: interpreter sheet, sections 3, 4 and 8.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from deskapp.clock import instant
from deskapp.i18n import _
from deskapp.services.interpreters import life, lines, register, steps, timesheets
from deskapp.services.interpreters.bookings import IDENTITY_LABELS, Gender, Identity
from deskapp.services.interpreters.codes import Code
from deskapp.services.interpreters.cues import Cue, cue
from deskapp.services.interpreters.life import EVENT_LABELS, Event
from deskapp.services.interpreters.lines import BookingLine
from deskapp.services.interpreters.notice import CANCEL_LABELS, CANCEL_REASONS, CancelClass
from deskapp.services.interpreters.register import InterpreterLine
from deskapp.services.interpreters.timesheets import Minutes, Sheet
from deskapp.services.interpreters.wall import Span
from deskapp.text import cleaned

if TYPE_CHECKING:
    from deskapp.data.connection import Connection
    from deskapp.services.interpreters.acting import Acting


@dataclass(frozen=True)
class Other:
    """The other booking of a double booking, as far as this desk may know of it."""

    booking_id: str
    site: str
    why: str
    """Code of ``booking_claims.Told``."""


@dataclass(frozen=True)
class History:
    """One line of what was done with a booking."""

    id: str
    at: dt.datetime
    who: str
    code: str
    before: str
    after: str
    reason: str
    changes: Mapping[str, Any]
    """Name of a column to what it was and is."""

    @property
    def what(self) -> str:
        """What was done, in the language in use."""
        if self.code in list(Event):
            return _(EVENT_LABELS[Event(self.code)])
        return _(steps.NOTED[self.code]) if self.code in steps.NOTED else self.code


@dataclass(frozen=True)
class SignedSheet:
    """A signed timesheet."""

    id: str
    sheet: Sheet
    identity: str
    travel_note: str
    signed_name: str
    signed_role: str
    acknowledged_by: str
    hearings: tuple[str, ...]
    comments: str
    concern: bool
    customer_absent: bool
    minutes: Minutes
    corrects: str

    @property
    def warnings(self) -> list[Code]:
        """What is only shown."""
        return timesheets.warnings(self.sheet)

    @property
    def identity_words(self) -> str:
        """How the identity was checked, in the language in use."""
        known = self.identity in list(Identity)
        return _(IDENTITY_LABELS[Identity(self.identity)]) if known else self.identity


@dataclass(frozen=True)
class BookingRecord:
    """Everything of one booking."""

    line: BookingLine
    cue: Cue
    interpreter: InterpreterLine | None
    avoid: tuple[InterpreterLine, ...]
    gender: str
    dialect_note: str
    need_id: str
    assessment_done: bool
    overnight: bool
    cost_code: str
    off_contract_reason: str
    allowed_by: str
    allowed_on: str
    note: str
    requested_by: str
    """Name."""
    identity: str
    breaks: tuple[tuple[dt.datetime, dt.datetime | None], ...]
    cancelled: str
    """Why and how late, in the language in use; empty when it is not."""
    conflict_with: tuple[Other, ...]
    seen_by: str
    history: tuple[History, ...]
    """The oldest first."""
    sheets: tuple[SignedSheet, ...]
    """The newest first; only that one counts."""
    replaced_by: tuple[BookingLine, ...]
    team: tuple[BookingLine, ...]
    """The other bookings of its team."""
    may: tuple[Event, ...]
    """What this user can do with it now."""


_KEPT = (
    "gender", "dialect_note", "need_id", "assessment_done", "overnight", "cost_code",
    "off_contract_reason", "allowed_by", "allowed_on", "note", "identity", "breaks",
    "cancel_class", "cancel_reason", "conflict_with", "seen_by", "avoid", "requested_by",
)  # fmt: skip
_COLUMNS = ", ".join(f"b.{name}" for name in _KEPT[:-1]) + ", coalesce(o.name, '')"


def record(connection: Connection, booking_id: str, acting: Acting) -> BookingRecord:
    """One booking with everything that hangs on it.

    Raises:
        NotFoundError: If there is no such booking.
        NotAllowedError: If the role may not read bookings.
    """
    line = lines.line(connection, booking_id, user=acting.user)
    [row] = connection.execute(
        f"SELECT {_COLUMNS} FROM booking AS b LEFT JOIN officer AS o ON o.id = b.requested_by"
        " WHERE b.id = ?",
        (booking_id,),
    ).fetchall()
    kept = dict(zip(_KEPT, row, strict=True))
    avoided: list[str] = json.loads(kept.pop("avoid"))
    late = kept.pop("cancel_class"), kept.pop("cancel_reason")
    by_id = register.lines(connection, [line.interpreter_id, *avoided], acting)
    breaks = [(instant(start), instant(end) if end else None) for start, end in
              json.loads(kept["breaks"])]  # fmt: skip
    replaced_by, team = _kin(connection, line, acting)
    return BookingRecord(
        line=line,
        cue=cue(line, acting),
        interpreter=by_id.get(line.interpreter_id),
        avoid=tuple(by_id[each] for each in avoided if each in by_id),
        cancelled=_cancelled(*late),
        history=tuple(_history(connection, booking_id)),
        sheets=tuple(sheets(connection, booking_id, acting)),
        replaced_by=replaced_by,
        team=team,
        may=tuple(possible(line, acting)),
        **kept
        | {
            "gender": kept["gender"] or Gender.NONE.value,
            "assessment_done": bool(kept["assessment_done"]),
            "overnight": bool(kept["overnight"]),
            "breaks": tuple(breaks),
            "conflict_with": tuple(Other(*each) for each in json.loads(kept["conflict_with"])),
        },
    )


def possible(line: BookingLine, acting: Acting) -> list[Event]:
    """What this user can do with a booking now."""
    found = life.possible(line.status, acting.user.role)
    begun, early = acting.now >= line.starts_at, line.day > acting.today
    return [
        event
        for event in found
        if not (event is Event.REOPEN and begun)
        and not (event in steps.NOT_BEFORE_THE_DAY and early)
    ]


def _history(connection: Connection, booking_id: str) -> list[History]:
    """What was done with a booking, the oldest first."""
    rows = connection.execute(
        "SELECT e.id, e.at, coalesce(o.name, ''), e.code, e.before, e.after, e.reason, e.data"
        " FROM booking_event AS e LEFT JOIN officer AS o ON o.id = e.officer_id"
        " WHERE e.booking_id = ? ORDER BY e.hlc, e.desk, e.id",
        (booking_id,),
    ).fetchall()
    return [
        History(each_id, instant(at), who, code, before, after, reason, cleaned(json.loads(data)))
        for each_id, at, who, code, before, after, reason, data in rows
    ]


def sheets(connection: Connection, booking_id: str, acting: Acting) -> list[SignedSheet]:
    """The timesheets of a booking, the newest first.

    Raises:
        NotFoundError: If there is no such booking.
        NotAllowedError: If the role may not read bookings.
    """
    lines.line(connection, booking_id, user=acting.user)
    rows = connection.execute(
        "SELECT id, booked_start, booked_end, arrived_at, released_at, breaks, signed_at,"
        " identity, travel_note, signed_name, signed_role, acknowledged_by, hearings, comments,"
        " concern, customer_absent, figures, corrects FROM timesheet WHERE booking_id = ?"
        " ORDER BY hlc DESC, desk DESC, id DESC",
        (booking_id,),
    ).fetchall()
    found = [_sheet(row) for row in rows]
    later = [each for each in _history(connection, booking_id) if each.code == "acknowledge"]
    if found and later and not found[0].acknowledged_by:
        found[0] = replace(found[0], acknowledged_by=str(later[-1].changes.get("name", "")))
    return found


def _sheet(row: tuple[Any, ...]) -> SignedSheet:
    breaks = [Span(instant(start), instant(end)) for start, end in json.loads(row[5])]
    sheet = Sheet(
        Span(instant(row[1]), instant(row[2])),
        instant(row[3]),
        instant(row[4]),
        breaks,
        instant(row[6]),
    )
    return SignedSheet(
        id=row[0],
        sheet=sheet,
        identity=row[7],
        travel_note=row[8],
        signed_name=row[9],
        signed_role=row[10],
        acknowledged_by=row[11],
        hearings=tuple(json.loads(row[12])),
        comments=row[13],
        concern=bool(row[14]),
        customer_absent=bool(row[15]),
        minutes=Minutes(**json.loads(row[16])),
        corrects=row[17],
    )


def _kin(
    connection: Connection, line: BookingLine, acting: Acting
) -> tuple[tuple[BookingLine, ...], tuple[BookingLine, ...]]:
    """The bookings that replace one, and the others of its team."""
    first = line.team_of or line.id
    rows = connection.execute(
        "SELECT id, parent_id = ?1 FROM booking WHERE parent_id = ?1"
        " UNION SELECT id, 0 FROM booking WHERE team_of = ?2 AND team_of > ''"
        " UNION SELECT ?2, 0",
        (line.id, first),
    ).fetchall()
    found = lines.lines(connection, [row[0] for row in rows], user=acting.user)
    replacing = {row[0] for row in rows if row[1]}
    ordered = sorted(found.values(), key=lambda each: each.place)
    return (
        tuple(each for each in ordered if each.id in replacing),
        tuple(each for each in ordered if each.id not in replacing and each.id != line.id),
    )


def _cancelled(kept_class: str, reason: str) -> str:
    if not reason:
        return ""
    why = _(CANCEL_REASONS[reason]) if reason in CANCEL_REASONS else reason
    known = kept_class in list(CancelClass)
    late = _(CANCEL_LABELS[CancelClass(kept_class)]) if known else kept_class
    return _("{why}. {how_late}.").format(why=why, how_late=late)
