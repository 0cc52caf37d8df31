"""Complaints as lists show them; nothing is folded here, and nothing of it is restricted.

Source: complaints sheet, sections 2.1, 5 and 9.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from deskapp import roles
from deskapp.clock import instant
from deskapp.data.connection import Connection
from deskapp.roles import Act, User
from deskapp.services.complaints import covering, deadlines, stored
from deskapp.services.complaints.acting import Acting
from deskapp.services.complaints.events import CIT
from deskapp.services.complaints.lists import Severity, StageStatus, Status
from deskapp.services.dates import Alarm, Nation

ORDER = "s.due_key, s.ref_key, s.id"
COLUMNS = (
    "s.id, s.ref, s.status, s.stage, s.stage_status, s.owner_id, coalesce(o.name, ''),"
    " s.severity, s.category, s.flags, s.jurisdiction, s.site, s.nation, s.received_at,"
    " s.due_on, s.due_key, s.provisional, s.revised_on, s.optic_status, s.optic_ref, s.optic_todo,"
    " s.alert, s.in_conflict, s.person_id, s.person_name, s.summary, s.last_at"
)
FROM = "complaint_state AS s LEFT JOIN officer AS o ON o.id = s.owner_id"
NEVER = "9999-12-31"
"""The key of what is owed no answer."""


@dataclass(frozen=True)
class ComplaintLine:
    """A complaint as lists show it; nothing of it is restricted."""

    id: str
    ref: str
    status: Status
    stage: int
    stage_status: StageStatus
    owner_id: str
    """Empty for nobody, ``CIT`` for the investigations team."""
    owner_name: str
    severity: str
    category: str
    """The main one."""
    flags: tuple[str, ...]
    jurisdiction: str
    site: str
    nation: Nation
    received_at: dt.datetime
    due_on: dt.date
    """Of the last stage, also once it is answered."""
    owed: bool
    """Whether an answer is owed: only then is it due."""
    provisional: bool
    revised_on: dt.date | None
    optic_status: str
    optic_ref: str
    optic_todo: bool
    alert: bool
    in_conflict: bool
    person_id: str
    person_name: str
    """Empty when anonymous."""
    summary: str
    last_at: dt.datetime
    place: tuple[str | int, ...]

    @property
    def major(self) -> bool:
        """Whether it is grave."""
        return self.severity == Severity.MAJOR


def near_words(line: ComplaintLine, acting: Acting) -> str:
    """How near the due date is, in words that need no colour; empty when nothing is owed."""
    if not line.owed:
        return ""
    return deadlines.near_words(acting.calendar(line.nation), line.due_on, acting.today)


def alarm(line: ComplaintLine, acting: Acting) -> Alarm:
    """How near the due date is; none when nothing is owed."""
    if not line.owed:
        return Alarm.NONE
    calendar = acting.calendar(line.nation)
    return deadlines.alarm(calendar, line.due_on, acting.today, acting.rules.targets)


def line(connection: Connection, complaint_id: str, *, user: User) -> ComplaintLine:
    """The line of one complaint.

    Raises:
        NotAllowedError: If the role may not read complaints.
        NotFoundError: If there is none with this id.
    """
    found = lines(connection, [complaint_id], user=user)
    if not found:
        raise stored.no_such_complaint()
    return found[0]


def lines(connection: Connection, ids: Iterable[str], *, user: User) -> list[ComplaintLine]:
    """The lines of the complaints with these ids that are here, in no order.

    Raises:
        NotAllowedError: If the role may not read complaints.
    """
    roles.require(user, Act.READ_COMPLAINTS)
    rows = connection.execute(
        f"SELECT {COLUMNS}, {ORDER} FROM {FROM} WHERE s.id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(ids)),),
    ).fetchall()
    return covered(connection, [of_row(row) for row in rows])


def grown_from(
    connection: Connection, table: str, record_id: str, *, user: User
) -> list[ComplaintLine]:
    """The complaints that were logged from a record, such as a contact, the newest first.

    Raises:
        NotAllowedError: If the role may not read complaints.
    """
    rows = connection.execute(
        "SELECT id FROM complaint WHERE from_table = ? AND from_id = ? LIMIT 50",
        (table, record_id),
    ).fetchall()
    found = lines(connection, [row[0] for row in rows], user=user)
    return sorted(found, key=lambda each: each.id, reverse=True)


def covered(connection: Connection, found: list[ComplaintLine]) -> list[ComplaintLine]:
    """The lines as they may be shown: a summary may hold what is withheld of a person."""
    covers = covering.covers(connection, [each.id for each in found])
    if not covers:
        return found
    return [
        replace(each, summary=cover.text(each.summary)) if (cover := covers.get(each.id)) else each
        for each in found
    ]


def of_row(row: tuple[Any, ...]) -> ComplaintLine:
    """The line of a row of ``COLUMNS``; what it is sorted by stands behind them."""
    due_key = row[15]
    return ComplaintLine(
        id=row[0],
        ref=row[1],
        status=Status(row[2]),
        stage=row[3],
        stage_status=StageStatus(row[4]),
        owner_id=row[5],
        owner_name=row[6] or (CIT if row[5] == CIT else ""),
        severity=row[7],
        category=row[8],
        flags=tuple(row[9].split()),
        jurisdiction=row[10],
        site=row[11],
        nation=Nation(row[12]),
        received_at=instant(row[13]),
        due_on=dt.date.fromisoformat(row[14]),
        owed=due_key != NEVER,
        provisional=bool(row[16]),
        revised_on=dt.date.fromisoformat(row[17]) if row[17] else None,
        optic_status=row[18],
        optic_ref=row[19],
        optic_todo=bool(row[20]),
        alert=bool(row[21]),
        in_conflict=bool(row[22]),
        person_id=row[23],
        person_name=row[24],
        summary=row[25],
        last_at=instant(row[26]),
        place=tuple(row[27:]),
    )
