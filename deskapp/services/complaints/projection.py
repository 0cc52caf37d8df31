"""How complaints stand, kept for lists and reports, and made anew from their events.

Only what was logged and the events enter, so two desks with the same events have the same rows.
Source: design sheet of sync, section 3.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from deskapp.clock import local, stamp
from deskapp.data.connection import Connection, Value
from deskapp.services.complaints import stored
from deskapp.services.complaints.lists import OpticStatus, Status
from deskapp.services.complaints.state import Complaint, Stage
from deskapp.text import compact

LATER = "9999-12-31"
"""The key of what is owed no answer: it sorts behind every due date."""


class Rebuilt(NamedTuple):
    """One step of making everything anew."""

    complaints: int
    last: str
    """Where the next step begins; empty when this was the last."""


def write(connection: Connection, complaint_id: str) -> Complaint:
    """Keep how a complaint stands, inside the caller's transaction."""
    complaint = stored.complaint(connection, complaint_id)
    _put(connection, "complaint_state", _state(connection, complaint))
    for stage in complaint.stages:
        _put(connection, "complaint_stage", _stage(complaint, stage))
    return complaint


def renew(connection: Connection, ids: Iterable[str]) -> None:
    """Work out the complaints anew whose rows or events have these ids; central sent them."""
    rows = connection.execute(
        "SELECT id FROM complaint WHERE id IN (SELECT value FROM json_each(:ids))"
        " UNION SELECT c.id FROM complaint_event AS e JOIN complaint AS c ON c.id = e.complaint_id"
        " WHERE e.id IN (SELECT value FROM json_each(:ids))",
        {"ids": json.dumps(sorted(ids))},
    ).fetchall()
    for (complaint_id,) in rows:
        write(connection, complaint_id)


def rebuild(connection: Connection, after: str = "", limit: int = 500) -> Rebuilt:
    """Work out the next complaints behind ``after`` anew, and drop what none stands behind.

    Call it with ``last`` until that is empty, each time in a transaction of its own.
    """
    rows = connection.execute(
        "SELECT id FROM complaint WHERE id > ? ORDER BY id LIMIT ?", (after, limit)
    ).fetchall()
    ids = [str(row[0]) for row in rows]
    last = ids[-1] if len(ids) == limit else ""
    for table, column in (("complaint_stage", "complaint_id"), ("complaint_state", "id")):
        connection.execute(
            f"DELETE FROM {table} WHERE {column} > ? AND (? = '' OR {column} <= ?)"
            f" AND {column} NOT IN (SELECT id FROM complaint)",
            (after, last, last),
        )
    for complaint_id in ids:
        connection.execute("DELETE FROM complaint_stage WHERE complaint_id = ?", (complaint_id,))
        write(connection, complaint_id)
    return Rebuilt(len(ids), last)


def differing(connection: Connection, limit: int = 500) -> int:
    """How many of the newest complaints stand in the lists otherwise than their events say."""
    rows = connection.execute("SELECT id FROM complaint ORDER BY id DESC LIMIT ?", (limit,))
    return sum(not _is_right(connection, str(row[0])) for row in rows.fetchall())


def _is_right(connection: Connection, complaint_id: str) -> bool:
    complaint = stored.complaint(connection, complaint_id)
    wanted = [("complaint_state", _state(connection, complaint))]
    wanted += [("complaint_stage", _stage(complaint, stage)) for stage in complaint.stages]
    return all(
        connection.execute(
            f"SELECT {', '.join(row)} FROM {table} WHERE id = ?", (row["id"],)
        ).fetchone()
        == tuple(row.values())
        for table, row in wanted
    )


def _put(connection: Connection, table: str, row: dict[str, Value]) -> None:
    marks = ", ".join("?" for _column in row)
    changes = ", ".join(f"{name} = excluded.{name}" for name in row if name != "id")
    connection.execute(
        f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})"
        f" ON CONFLICT (id) DO UPDATE SET {changes}",
        tuple(row.values()),
    )


def _state(connection: Connection, complaint: Complaint) -> dict[str, Value]:
    [(person_id, person_name, summary)] = connection.execute(
        "SELECT person_id, person_name, summary FROM complaint WHERE id = ?", (complaint.id,)
    ).fetchall()
    stage, live = complaint.stage, complaint.status is Status.OPEN
    due_on = stage.due.due_on.isoformat()
    last_at = complaint.last_at or complaint.logged.at
    return {
        "id": complaint.id,
        "ref": complaint.ref,
        "ref_key": compact(complaint.ref),
        "site": complaint.site,
        "nation": complaint.nation,
        "status": complaint.status.value,
        "stage": stage.number,
        "stage_status": stage.status.value,
        "live": live,
        "owner_id": complaint.owner,
        "severity": complaint.severity,
        "category": next(iter(complaint.categories), ""),
        "categories": _spaced(complaint.categories),
        "flags": _spaced(sorted(complaint.flags)),
        "jurisdiction": complaint.logged.jurisdiction,
        "channel": complaint.logged.channel,
        "logged_by": complaint.logged.officer,
        "received_at": stamp(complaint.received_at),
        "received_on": _day(complaint.received_at),
        "due_on": due_on,
        "due_key": due_on if complaint.owed else LATER,
        "provisional": stage.due.provisional,
        "revised_on": stage.revised_on.isoformat() if stage.revised_on else "",
        "optic_status": complaint.optic,
        "optic_ref": complaint.optic_ref,
        "optic_key": compact(complaint.optic_ref),
        "optic_todo": _optic_todo(complaint),
        "unacknowledged": bool(person_name) and complaint.owed and stage.silent,
        "alert": bool(complaint.new_alerts),
        "in_conflict": bool(complaint.open_conflicts),
        "restricted": bool(complaint.about_staff),
        "person_id": person_id,
        "person_name": person_name,
        "summary": summary,
        "closed_at": stamp(complaint.ended_at) if complaint.ended_at else "",
        "last_at": stamp(last_at),
        "destroy_key": _day(last_at) if complaint.status.ended else LATER,
    }


def _optic_todo(complaint: Complaint) -> bool:
    waits = complaint.status in (Status.OPEN, Status.AWAITING_OPTIC)
    return waits and complaint.optic == OpticStatus.NOT_ENTERED


def _stage(complaint: Complaint, stage: Stage) -> dict[str, Value]:
    answer = stage.answer
    return {
        "id": f"{complaint.id}:{stage.number}",
        "complaint_id": complaint.id,
        "number": stage.number,
        "status": stage.status.value,
        "answered": answer is not None,
        "owner_id": stage.owner,
        "received_at": stamp(stage.received_at),
        "received_on": _day(stage.received_at),
        "target_days": stage.due.target_days,
        "due_on": stage.due.due_on.isoformat(),
        "provisional": stage.due.provisional,
        "calendar_version": stage.due.calendar_version,
        "acknowledged_at": _stamp(stage.acknowledged_at),
        "holding_at": _stamp(stage.holding_at),
        "revised_on": stage.revised_on.isoformat() if stage.revised_on else "",
        "responded_at": _stamp(answer.at if answer else None),
        "responded_on": _day(answer.at) if answer else "",
        "responded_by": answer.officer if answer else "",
        "response_channel": answer.channel if answer else "",
        "on_time": stage.on_time,
        "working_days": stage.due.working_days if answer else -1,
        "outcome": answer.outcome if answer else "",
        "root_cause": answer.root_cause if answer else "",
        "redress": " ".join(answer.redress) if answer else "",
        "lateness": answer.lateness if answer else "",
    }


def _spaced(codes: Iterator[str] | list[str] | tuple[str, ...]) -> str:
    return f" {' '.join(codes)} "


def _day(moment: dt.datetime) -> str:
    return local(moment).date().isoformat()


def _stamp(moment: dt.datetime | None) -> str:
    return stamp(moment) if moment else ""
