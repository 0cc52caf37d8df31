"""One booking with everything that hangs on it: history, timesheets, hearings, what may be done.

Source: interpreter sheet, sections 3, 4 and 8.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from deskapp.clock import instant
from deskapp.i18n import _
from deskapp.services.interpreters import covering, life, lines, register, steps
from deskapp.services.interpreters.assigning import Caution, cautions
from deskapp.services.interpreters.bookings import PLANNED, Gender
from deskapp.services.interpreters.cues import Cue, cue
from deskapp.services.interpreters.history import History, history
from deskapp.services.interpreters.life import Event
from deskapp.services.interpreters.lines import BookingLine
from deskapp.services.interpreters.notice import CANCEL_LABELS, CANCEL_REASONS, CancelClass
from deskapp.services.interpreters.register import InterpreterLine
from deskapp.services.interpreters.signed import SignedSheet, sheets

if TYPE_CHECKING:
    from deskapp.data.connection import Connection
    from deskapp.services.interpreters.acting import Acting


@dataclass(frozen=True)
class Other:
    """The other booking of a double booking, as far as this desk may know of it."""

    booking_id: str
    site: str
    why: str
    """Code of ``double_booked.Told``."""


@dataclass(frozen=True)
class BookingRecord:
    """Everything of one booking."""

    line: BookingLine
    cue: Cue
    interpreter: InterpreterLine | None
    cautions: tuple[Caution, ...]
    """What speaks against the interpreter who is to come."""
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
    who, planned = by_id.get(line.interpreter_id), line.status in PLANNED
    replaced_by, team = _kin(connection, line, acting)
    cover = covering.cover(connection, line)
    return BookingRecord(
        line=line,
        cue=cue(line, acting),
        interpreter=who,
        cautions=tuple(cautions(who, line, kept["gender"])) if who and planned else (),
        avoid=tuple(by_id[each] for each in avoided if each in by_id),
        cancelled=_cancelled(*late),
        history=tuple(covering.history(history(connection, booking_id), cover)),
        sheets=tuple(sheets(connection, booking_id, acting)),
        replaced_by=replaced_by,
        team=team,
        may=tuple(possible(line, acting)),
        **cover.anywhere(kept)
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
