"""Reports of the complaints desk, counted in pieces so that the reader is soon free again."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple

from deskapp.clock import instant
from deskapp.data.connection import Connection
from deskapp.roles import User
from deskapp.services.bank_holidays import Calendars
from deskapp.services.complaints.figures import Counted, StageFact
from deskapp.services.complaints.lists import Status
from deskapp.services.complaints.report_asked import Asked, By
from deskapp.services.dates import Nation
from deskapp.services.days import check_days

PIECE_ROWS = 500
"""Stages that are read and counted at once: some milliseconds."""


class Place(NamedTuple):
    """Where a report has come to: it goes by the day of the answer, which stands in an index."""

    answered_on: str = ""
    """Empty for what is not answered; that comes first."""
    row: int = -1


START = Place()


@dataclass(frozen=True)
class Piece:
    """What was counted of some stages, and where the next ones begin."""

    counted: Counted
    after: Place | None
    """None when these were the last."""


@dataclass(frozen=True)
class Optic:
    """What is still to be entered in OPTIC."""

    waiting: int
    """Complaints that are not entered, be they answered or not."""
    answered: int
    """Of these, those that wait for nothing else."""
    oldest: dt.date | None
    """Day on which the oldest of them was received."""


@dataclass(frozen=True)
class Report:
    """Everything a report tells."""

    asked: Asked
    site: str
    """Key of the site it is about; empty when it is about every site."""
    counted: Counted
    optic: Optic
    calendar_version: str
    known_to: dt.date
    synced_at: dt.datetime | None
    """When it was last exchanged with the central database; none when it never was."""


def piece(connection: Connection, asked: Asked, after: Place, *, user: User) -> Piece:
    """The figures of the next stages behind ``after``, counted here so that the caller need not.

    Raises:
        NotAllowedError: If the role may not see it.
        FormProblemsError: If the range has no days or too many.
    """
    check_days(asked.days, user=user)
    first = asked.days.first.isoformat()
    rows = connection.execute(
        _STAGES.format(
            scope=_scope(asked, "c.site"),
            answered="TRUE" if after.answered_on else "s.responded_on = ''",
        ),
        {
            "answered_on": after.answered_on,
            "row": after.row,
            "last": asked.days.last.isoformat(),
            "site": user.site,
            "rows": PIECE_ROWS,
        },
    ).fetchall()
    counted = Counted()
    counted.take(map(_fact, rows), asked)
    if len(rows) == PIECE_ROWS:
        return Piece(counted, Place(rows[-1][5], rows[-1][0]))
    return Piece(counted, None if after.answered_on else Place(first))


def put_together(
    connection: Connection, asked: Asked, counted: Counted, *, calendars: Calendars, user: User
) -> Report:
    """The report of what was counted, with everything besides.

    Raises:
        NotAllowedError: If the role may not see it.
    """
    check_days(asked.days, user=user)
    calendar = calendars[Nation.ENGLAND_AND_WALES]
    [(synced_at,)] = connection.execute("SELECT last_ok_at FROM sync_state").fetchall()
    return Report(
        asked=asked,
        site="" if asked.by is By.SITE else user.site,
        counted=counted,
        optic=_optic(connection, asked, user.site),
        calendar_version=calendar.version,
        known_to=calendar.known_to,
        synced_at=instant(synced_at) if synced_at else None,
    )


def read(connection: Connection, asked: Asked, *, calendars: Calendars, user: User) -> Report:
    """The whole report at once, for who can wait.

    Raises:
        NotAllowedError: If the role may not see it.
        FormProblemsError: If the range has no days or too many.
    """
    counted = Counted()
    after: Place | None = START
    while after is not None:
        found = piece(connection, asked, after, user=user)
        counted += found.counted
        after = found.after
    return put_together(connection, asked, counted, calendars=calendars, user=user)


def _scope(asked: Asked, column: str) -> str:
    return "TRUE" if asked.by is By.SITE else f"{column} = :site"


_STAGES = """
SELECT s.rowid, s.number, s.received_on, s.due_on, s.provisional, s.responded_on, s.on_time,
    s.working_days, s.outcome, s.root_cause, s.redress,
    c.status, c.site, c.jurisdiction, c.category, c.channel
FROM complaint_stage AS s JOIN complaint_state AS c ON c.id = s.complaint_id
WHERE (s.responded_on, s.rowid) > (:answered_on, :row) AND {answered}
AND +s.received_on <= :last AND {scope}
ORDER BY s.responded_on, s.rowid LIMIT :rows
"""


def _fact(row: tuple[str, ...]) -> StageFact:
    _row, number, received_on, due_on, provisional, responded_on, on_time, taken = row[:8]
    outcome, cause, redress, *of_complaint = row[8:]
    return StageFact(
        int(number),
        dt.date.fromisoformat(received_on),
        _day(due_on),
        bool(provisional),
        _day(responded_on),
        bool(on_time),
        int(taken),
        outcome,
        cause,
        tuple(redress.split()),
        *of_complaint,
    )


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _optic(connection: Connection, asked: Asked, site: str) -> Optic:
    sql = (
        "SELECT count(*), coalesce(sum(status = :awaiting), 0), min(received_on)"
        f" FROM complaint_state WHERE optic_todo = 1 AND {_scope(asked, 'site')}"
    )
    values = {"awaiting": Status.AWAITING_OPTIC.value, "site": site}
    [(waiting, answered, oldest)] = connection.execute(sql, values).fetchall()
    return Optic(int(waiting), int(answered), _day(oldest or ""))
