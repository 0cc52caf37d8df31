"""Taking a file of the Bureau in: what it would do, and doing it; the same file again does nothing.

Source: jury sheet, section 9.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from deskapp import roles
from deskapp.data.connection import Connection
from deskapp.data.sessions import plain
from deskapp.i18n import N_, _
from deskapp.roles import Act
from deskapp.services.jury import history, row_ids
from deskapp.services.jury.acting import Acting
from deskapp.services.jury.events import Code
from deskapp.services.jury.history import Told
from deskapp.services.jury.import_columns import PLACES
from deskapp.services.jury.import_rows import File, Finding, Row
from deskapp.services.jury.stages import MAY_ATTEND, Status

if TYPE_CHECKING:
    from sqlmodel import Session

Progress = Callable[[int, int], None]
"""Told how many rows of how many are done."""
CHUNK = 500
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


class Plan(NamedTuple):
    """Everything that an import would do."""

    steps: list[Step]
    findings: list[Finding]
    doubles: int
    unused: list[str]
    digest: str

    @property
    def counts(self) -> dict[str, int]:
        """How many rows it happens to, by effect, with those refused and those that stand twice."""
        told = {each.value: 0 for each in Effect}
        for step in self.steps:
            told[step.effect.value] += 1
        return {**told, "refused": len({each.row for each in self.findings}),
                "doubles": self.doubles}  # fmt: skip


def nothing_told(_done: int, _total: int) -> None:
    """For who does not watch."""


def plan(
    connection: Connection, acting: Acting, file: File, progress: Progress = nothing_told
) -> Plan:
    """What importing the good rows of a file would do now.

    Raises:
        NotAllowedError: If the role may not import jurors.
    """
    roles.require(acting.user, Act.IMPORT_JURY)
    steps: list[Step] = []
    findings = list(file.findings)
    made: dict[str, dict[str, Any]] = {}
    for begin in range(0, len(file.rows), CHUNK):
        rows = file.rows[begin : begin + CHUNK]
        known = _Known.of(connection, rows)
        known.pools.update(made)
        for row in rows:
            step = _step(known, row)
            if isinstance(step, Finding):
                findings.append(step)
            else:
                steps.append(step)
                if step.pool and row_ids.pool(row.pool) not in known.pools:
                    new = {"start_on": "", "asked": 0, "number": row.pool, **step.pool}
                    made[row_ids.pool(row.pool)] = known.pools[row_ids.pool(row.pool)] = new
        progress(begin + len(rows), len(file.rows))
    return Plan(steps, sorted(findings), file.doubles, file.unused, file.digest)


def take(
    session: Session,
    acting: Acting,
    file: File,
    progress: Progress = nothing_told,
    *,
    step_id: str,
) -> Plan:
    """Import the good rows of a file, all or none; what was done.

    Args:
        session: An open write transaction; the caller commits.
        acting: Who imports.
        file: As it was read.
        progress: Told every now and then how many rows of how many are done.
        step_id: Of the import, done once.

    Raises:
        NotAllowedError: If the role may not import jurors.
    """
    connection = plain(session)
    if not acting.court and file.rows:  # the first file says which court this is
        acting = replace(acting, court=str(file.rows[0].of_pool["court"]))
    made = plan(connection, acting, file)
    if history.has(connection, step_id):
        return made
    changed = [each for each in made.steps if each.effect in (Effect.NEW, Effect.CHANGED)]
    for begin in range(0, len(changed), CHUNK):
        chunk = changed[begin : begin + CHUNK]
        _write(connection, acting, chunk)
        history.add(session, acting, _told(chunk, step_id))
        session.flush()
        progress(begin + len(chunk), len(changed))
    if changed:
        data = {"digest": file.digest, **made.counts}
        history.add(session, acting, [Told(step_id, Code.IMPORTED, data=data)])
    return made


def report(made: Plan) -> dict[str, object]:
    """What was or would be done, for programs; no name is in it."""
    refused = [each._asdict() for each in made.findings]
    return {**made.counts, "unused_columns": made.unused, "findings": refused}


# -- what would happen ---------------------------------------------------------------------------


class _Known(NamedTuple):
    """What the store holds of some rows, by its ids."""

    pools: dict[str, dict[str, Any]]
    jurors: dict[str, dict[str, Any]]
    members: dict[str, dict[str, Any]]
    attended: dict[str, str]
    """The last day recorded of a juror, by number."""

    @classmethod
    def of(cls, connection: Connection, rows: Sequence[Row]) -> _Known:
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


def _step(known: _Known, row: Row) -> Step | Finding:
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
    known: _Known, row: Row, member: Mapping[str, Any] | None, start: str
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


# -- doing it ------------------------------------------------------------------------------------


def _write(connection: Connection, acting: Acting, steps: Sequence[Step]) -> None:
    site = acting.user.site
    for step in steps:
        row = step.row
        _put(connection, "jury_pool", row_ids.pool(row.pool), site, step.pool,
             {"number": row.pool})  # fmt: skip
        _put(connection, "juror", row_ids.juror(row.juror), site, step.juror,
             {"number": row.juror})  # fmt: skip
        if step.member_is_new:
            _make_room(connection, row)
        _put(connection, "juror_in_pool", row_ids.membership(row.juror, row.pool), site,
             step.member, {"juror": row.juror, "pool": row.pool})  # fmt: skip


def _put(
    connection: Connection,
    table: str,
    row_id: str,
    site: str,
    values: Mapping[str, object],
    key: Mapping[str, object],
) -> None:
    """Make a row or change it; the names come from this module alone (S4)."""
    if not values:
        return
    sets = ", ".join(f"{name} = ?" for name in values)
    given = [value if isinstance(value, int) else f"{value}" for value in values.values()]
    changed = connection.execute(f"UPDATE {table} SET {sets} WHERE id = ?", (*given, row_id))
    if changed.rowcount:
        return
    columns = ", ".join(("id", "home_site", *key, *values))
    marks = ", ".join("?" for _column in range(2 + len(key) + len(values)))
    connection.execute(
        f"INSERT INTO {table} ({columns}) VALUES ({marks})",
        (row_id, site, *(f"{value}" for value in key.values()), *given),
    )


def _make_room(connection: Connection, row: Row) -> None:
    """One membership at a court counts: the new one, unless it is at an end already."""
    if row.of_member.get("status", 2) in MAY_ATTEND:
        connection.execute(
            "UPDATE juror_in_pool SET active = 0 WHERE juror = ? AND court = ? AND active = 1",
            (row.juror, f"{row.of_member['court']}"),
        )


def _told(steps: Sequence[Step], step_id: str) -> Iterator[Told]:
    """What is told of those who were here before."""
    for step in steps:
        if step.effect is Effect.CHANGED and step.member:
            number, pool = step.row.juror, step.row.pool
            part = row_ids.part(step_id, f"{number}|{pool}")
            changed = {name: value for name, value in step.member.items() if name != "name_key"}
            yield Told(part, Code.IMPORTED, number, pool, data=changed)
