"""A case as lists show it: its columns, and the line of one case."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from deskapp.clock import instant
from deskapp.data.connection import Connection
from deskapp.services.casework import stored, withheld_texts
from deskapp.services.casework.case_rows import NEVER
from deskapp.services.casework.values import When

COLUMNS = (
    "s.id, s.ref, s.scheme, s.version, s.stage, s.title, s.due, s.due_key, s.owner_id,"
    " coalesce(o.name, ''), s.conflicts, s.closed_at, s.priority, s.ref_key"
)
TABLES = "case_state AS s LEFT JOIN officer AS o ON o.id = s.owner_id"


@dataclass(frozen=True)
class CaseLine:
    """A case as lists show it."""

    id: str
    ref: str
    scheme: str
    version: int
    stage: str
    title: str
    due: When | None
    """What is due next: a local day, or an instant."""
    overdue_at: dt.datetime | None
    """From when that is overdue."""
    owner_id: str
    owner_name: str
    conflicts: int
    closed: bool
    place: tuple[str | int, ...]


def of(connection: Connection, case_id: str) -> CaseLine:
    """The line of one case.

    Raises:
        NotFoundError: If there is none with this id.
    """
    found = connection.execute(f"SELECT {COLUMNS} FROM {TABLES} WHERE s.id = ?", (case_id,))
    row = found.fetchone()
    if row is None:
        raise stored.no_such_case()
    return covered(connection, [from_row(row)])[0]


def from_row(row: tuple[str, ...], place: tuple[str | int, ...] = ()) -> CaseLine:
    """The line of a row of ``COLUMNS``; ``place`` is where it stands in an order of its own."""
    (case_id, ref, scheme, version, stage, title, due, due_key, owner_id, owner_name) = row[:10]
    conflicts, closed_at, priority, ref_key = row[10:14]
    return CaseLine(
        id=case_id,
        ref=ref,
        scheme=scheme,
        version=int(version),
        stage=stage,
        title=title,
        due=when(due) if due else None,
        overdue_at=None if due_key == NEVER else instant(due_key),
        owner_id=owner_id,
        owner_name=owner_name,
        conflicts=int(conflicts),
        closed=bool(closed_at),
        place=place or (due_key, priority, ref_key),
    )


def covered(connection: Connection, lines: list[CaseLine]) -> list[CaseLine]:
    """The lines as they may be shown: a title may hold what is withheld of a person."""
    covers = withheld_texts.covers(connection, [each.id for each in lines])
    if not covers:
        return lines
    return [
        replace(each, title=cover.text(each.title)) if (cover := covers.get(each.id)) else each
        for each in lines
    ]


def when(written: str) -> When:
    """A due date as it is kept: a local day, or an instant."""
    return instant(written) if "T" in written else dt.date.fromisoformat(written)
