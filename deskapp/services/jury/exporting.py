"""What goes out to the Bureau: attendance, changes of status, decisions and contacts, as CSV.

No name is in any of it: rows go by juror number. That a file was written is told with the jurors'
history. Source: jury sheet, section 9; design sheet of sync, section 13 (S3).
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from deskapp import roles
from deskapp.data.connection import Connection
from deskapp.data.sessions import plain
from deskapp.errors import FormProblemsError, Problem
from deskapp.i18n import N_, _
from deskapp.roles import Act
from deskapp.services import exports
from deskapp.services.jury import history
from deskapp.services.jury.acting import Acting
from deskapp.services.jury.events import OF_DATES, Code
from deskapp.services.jury.history import Told
from deskapp.text import cleaned

if TYPE_CHECKING:
    from sqlmodel import Session


class What(StrEnum):
    """Which file."""

    ATTENDANCE = "attendance"
    CHANGES = "changes"


WHAT_LABELS = {
    What.ATTENDANCE: N_("Attendance"),
    What.CHANGES: N_("Changes of status, decisions and contacts"),
}
ATTENDANCE = (
    "row_id", "juror_number", "date", "court", "pool_number", "stage", "kind", "time_in",
    "time_out", "on_trial", "trial_number", "travel_minutes", "audit_number", "by_list",
    "recorded_by", "recorded_at", "version",
)  # fmt: skip
CHANGES = (
    "event_id", "juror_number", "pool_number", "court", "date", "what", "at", "officer", "act",
    "from_status", "to_status", "reason", "new_date", "about", "note",
)  # fmt: skip
_OUT = (Code.STATUS, Code.NEXT_DATE, Code.ON_CALL, Code.CONTACT, Code.IDENTITY, Code.UNDONE)


class Export(NamedTuple):
    """A file about to be written."""

    text: str
    rows: int


def export(
    session: Session, acting: Acting, what: What, first: dt.date, last: dt.date, *, step_id: str
) -> Export:
    """The rows of a range of days at the court in force; that they were taken out is told.

    Args:
        session: An open write transaction; the caller commits.
        acting: Who takes them out.
        what: Which file.
        first: First day, of attendance or of the change.
        last: Last day, included.
        step_id: Of the export.

    Raises:
        FormProblemsError: If the range ends before it begins.
        NotAllowedError: If the role may not export what was recorded of jurors.
    """
    roles.require(acting.user, Act.IMPORT_JURY)
    if last < first:
        raise FormProblemsError([Problem("last", _("The last day lies before the first"))])
    connection = plain(session)
    header, read = (ATTENDANCE, _days) if what is What.ATTENDANCE else (CHANGES, _changes)
    rows = list(read(connection, acting.court, first.isoformat(), last.isoformat()))
    if not history.has(connection, step_id):
        data = {"what": what.value, "first": f"{first}", "last": f"{last}", "rows": len(rows)}
        history.add(session, acting, [Told(step_id, Code.EXPORTED, data=data)])
    return Export(exports.as_csv(header, rows), len(rows))


def _days(connection: Connection, court: str, first: str, last: str) -> Iterator[list[str]]:
    rows = connection.execute(
        "SELECT id, juror, day, court, pool, stage, kind, time_in, time_out, on_trial, trial,"
        " travel_minutes, audit_number, by_list, recorded_by, recorded_at, sync_rev"
        " FROM attendance WHERE court = ? AND day BETWEEN ? AND ? AND kind <> ''"
        " ORDER BY day, juror",
        (court, first, last),
    )
    for row in rows:
        yield [f"{value}" for value in row]


def _changes(connection: Connection, court: str, first: str, last: str) -> Iterator[list[str]]:
    marks = ", ".join("?" for _code in _OUT)
    rows = connection.execute(
        "SELECT id, juror, pool, court, day, code, at, officer_id, data, note FROM juror_event"
        f" WHERE court = ? AND day BETWEEN ? AND ? AND code IN ({marks}) AND juror <> ''"
        " ORDER BY day, hlc, id",
        (court, first, last, *(code.value for code in _OUT)),
    )
    for *event, data, note in rows:
        kept = cleaned(json.loads(data))
        if event[5] == Code.UNDONE and kept.get("code") not in OF_DATES:
            continue  # of the day the file of attendance tells
        before, after = kept.get("member_before") or {}, kept.get("member_after") or {}
        date = kept.get("new_date") or kept.get("on") or after.get("next_on")
        yield [f"{'' if value is None else value}" for value in (
            *event, kept.get("act"), before.get("status"), after.get("status"),
            kept.get("reason"), date, kept.get("about") or kept.get("proof"), note,
        )]  # fmt: skip
