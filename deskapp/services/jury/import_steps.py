"""What taking in one row of a file of the Bureau would do, by what the desk knows.

Source: jury sheet, section 9.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any, NamedTuple

from deskapp.data.connection import Connection
from deskapp.i18n import N_, _
from deskapp.services.jury import row_ids
from deskapp.services.jury.import_columns import PLACES
from deskapp.services.jury.import_rows import Finding, Row
from deskapp.services.jury.stages import MAY_ATTEND, Status

_ON_PANEL = frozenset({Status.PANEL, Status.JUROR})


class Effect(StrEnum):
    """What an import does with a row."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    OLDER = "older"


EFFECT_LABELS = {
    Effect.NEW: N_("New"),
    Effect.CHANGED: N_("Changed"),
    Effect.SAME: N_("As it was"),
    Effect.OLDER: N_("Older than what is here"),
}


class Step(NamedTuple):
    """What happens to one juror in one pool."""

    effect: Effect
    row: Row
    pool: Mapping[str, object]
    """Columns that are written; empty when nothing changes, as are the next two."""
    juror: Mapping[str, object]
    member: Mapping[str, object]
    member_is_new: bool
    juror_is_new: bool


class Known(NamedTuple):
    """What the store holds of some rows, by its ids."""

    pools: dict[str, dict[str, Any]]
    jurors: dict[str, dict[str, Any]]
    members: dict[str, dict[str, Any]]
    attended: dict[str, str]
    """The last day recorded of a juror, by number."""

    @classmethod
    def of(cls, connection: Connection, rows: Sequence[Row]) -> Known:
        """Read it."""
        numbers = json.dumps([row.juror for row in rows])
        last = connection.execute(
            "SELECT juror, max(day) FROM attendance WHERE juror IN (SELECT value FROM json_each(?))"
            " AND kind <> '' GROUP BY juror",
            (numbers,),
        ).fetchall()
        return cls(
            _rows(connection, "jury_pool", {row_ids.pool(row.pool) for row in rows}),
            _rows(connection, "juror", {row_ids.juror(row.juror) for row in rows}),
            _rows(connection, "juror_in_pool", {row_ids.membership(r.juror, r.pool) for r in rows}),
            dict(last),
        )


def _rows(connection: Connection, table: str, ids: set[str]) -> dict[str, dict[str, Any]]:
    columns = ("id", *_COLUMNS[table])
    rows = connection.execute(
        f"SELECT {', '.join(columns)} FROM {table} WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(ids)),),
    ).fetchall()
    return {row[0]: dict(zip(columns, row, strict=True)) for row in rows}


_COLUMNS = {
    "jury_pool": (*PLACES[0].values(), "number"),
    "juror": (*PLACES[1].values(), "number"),
    "juror_in_pool": (*PLACES[2].values(), "service_start", "active"),
}
"""What a file may say, and what is made of it."""


def step(known: Known, row: Row) -> Step | Finding:
    """What importing a row would do, or why it cannot be used."""
    pool = known.pools.get(row_ids.pool(row.pool))
    juror = known.jurors.get(row_ids.juror(row.juror))
    member = known.members.get(row_ids.membership(row.juror, row.pool))
    start = row.of_pool.get("start_on") or (pool or {}).get("start_on")
    if not start:
        return Finding(row.row, "start_date", _("The pool is not known yet: its start is missing."))
    if member and _older(row, member):
        return Step(Effect.OLDER, row, {}, {}, {}, False, False)
    new_pool = {"owner": row.of_pool["court"], **row.of_pool} if pool is None else row.of_pool
    of_pool = _differing(_said(new_pool), pool)
    of_juror = _differing(row.of_juror, juror)
    of_member = _differing(_member(known, row, member, f"{start}"), member)
    if member is None:
        effect = Effect.NEW
    else:
        effect = Effect.CHANGED if of_pool or of_juror or of_member else Effect.SAME
    return Step(effect, row, of_pool, of_juror, of_member, member is None, juror is None)


def _said(values: Mapping[str, object]) -> dict[str, object]:
    """Without a date that the file leaves empty."""
    return {name: value for name, value in values.items() if name != "start_on" or value}


def _older(row: Row, member: Mapping[str, Any]) -> bool:
    version = row.of_member.get("version", 0)
    assert isinstance(version, int)
    return 0 < version < int(member["version"])


def _member(
    known: Known, row: Row, member: Mapping[str, Any] | None, start: str
) -> dict[str, object]:
    """The membership as the file has it; of whom the desk knows better, what the desk has."""
    said = dict(row.of_member)
    if not said.get("original_start"):
        said.pop("original_start", None)
    if member is None:
        may_attend = said.get("status", 2) in MAY_ATTEND
        due = start if may_attend and not said.get("on_call") else ""
        return {"status": int(Status.RESPONDED), "next_on": due, "service_start": start,
                "original_start": start, "active": 1, **said}  # fmt: skip
    said["service_start"] = start
    if member["status"] in _ON_PANEL and said.get("status") in MAY_ATTEND:
        _forget(said)
    elif said.get("next_on") and f"{said['next_on']}" <= known.attended.get(row.juror, ""):
        said.pop("next_on")  # that day was, and the desk has set the next one
    if said.get("on_call"):
        said["next_on"] = ""
    return said


def _forget(said: dict[str, object]) -> None:
    for name in ("status", "next_on", "on_call"):
        said.pop(name, None)


def _differing(said: Mapping[str, object], kept: Mapping[str, Any] | None) -> dict[str, object]:
    if kept is None:
        return dict(said)
    return {name: value for name, value in said.items() if kept[name] != value}
