"""When interpreters are not available. Source: interpreter sheet, sections 3, 5 and 6."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from deskapp import roles
from deskapp.clock import stamp
from deskapp.data.sessions import plain
from deskapp.errors import NotFoundError
from deskapp.i18n import N_, _
from deskapp.roles import Act
from deskapp.services import drafts as form_drafts
from deskapp.services.interpreters import register_reading
from deskapp.services.interpreters.conflicts import Part
from deskapp.services.interpreters.register import line
from deskapp.text import one_line

if TYPE_CHECKING:
    from sqlmodel import Session

    from deskapp.data.connection import Connection
    from deskapp.services.interpreters.acting import Acting

AWAY_FORM = "interpreter_away"
PART_LABELS = {Part.AM: N_("Morning"), Part.PM: N_("Afternoon"), Part.ALL_DAY: N_("All day")}


@dataclass(frozen=True)
class AwayDraft:
    """When an interpreter is not available, as typed."""

    first_on: str = ""
    last_on: str = ""
    """Empty for one day."""
    part: str = Part.ALL_DAY.value
    note: str = ""


@dataclass(frozen=True)
class Away:
    """When an interpreter is not available."""

    id: str
    first: dt.date
    last: dt.date
    part: Part
    note: str


def away(connection: Connection, interpreter_id: str, acting: Acting) -> list[Away]:
    """When an interpreter is not available from today on, the earliest first.

    Raises:
        NotAllowedError: If the role may not read bookings.
    """
    roles.require(acting.user, Act.READ_BOOKINGS)
    rows = connection.execute(
        "SELECT id, first_on, last_on, part, note FROM interpreter_away"
        " WHERE interpreter_id = ? AND last_on >= ? AND taken_back_at = ''"
        " ORDER BY first_on, id",
        (interpreter_id, acting.today.isoformat()),
    ).fetchall()
    return [
        Away(row[0], dt.date.fromisoformat(row[1]), dt.date.fromisoformat(row[2]), Part(row[3]),
             row[4])
        for row in rows
    ]  # fmt: skip


def add_away(
    session: Session, acting: Acting, interpreter_id: str, draft: AwayDraft, *, away_id: str
) -> list[Away]:
    """Keep that somebody is not available; with the same id again nothing changes.

    Raises:
        FormProblemsError: With everything to put right.
        NotFoundError: If there is no such interpreter.
        NotAllowedError: If the role may not book interpreters.
    """
    from deskapp.data.booking_tables import InterpreterAway

    roles.require(acting.user, Act.WORK_BOOKINGS)
    line(plain(session), interpreter_id, user=acting.user)
    if session.get(InterpreterAway, away_id) is None:
        first, last, part = register_reading.away_days(draft, acting.today)
        session.add(
            InterpreterAway(
                id=away_id,
                home_site=acting.user.site,
                interpreter_id=interpreter_id,
                first_on=first.isoformat(),
                last_on=last.isoformat(),
                part=part.value,
                note=one_line(draft.note)[: register_reading.LIMITS["note"]],
            )
        )
    form_drafts.drop(plain(session), away_id)
    return away(plain(session), interpreter_id, acting)


def take_back_away(session: Session, acting: Acting, away_id: str) -> None:
    """Somebody is available after all.

    Raises:
        NotFoundError: If there is no such entry.
        NotAllowedError: If the role may not book interpreters.
    """
    from deskapp.data.booking_tables import InterpreterAway

    roles.require(acting.user, Act.WORK_BOOKINGS)
    row = session.get(InterpreterAway, away_id)
    if row is None:
        raise NotFoundError(_("There is no such entry."))
    row.taken_back_at = row.taken_back_at or stamp(acting.at)
