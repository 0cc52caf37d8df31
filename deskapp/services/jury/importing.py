"""Taking a file of the Bureau in: what it would do, and doing it; the same file again does nothing.

Source: jury sheet, section 9.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from deskapp import roles
from deskapp.data.connection import Connection
from deskapp.data.sessions import plain
from deskapp.roles import Act
from deskapp.services.jury import history, import_steps, row_ids
from deskapp.services.jury.acting import Acting
from deskapp.services.jury.events import Code
from deskapp.services.jury.history import Told
from deskapp.services.jury.import_rows import File, Finding, Row
from deskapp.services.jury.import_steps import Effect, Known, Step
from deskapp.services.jury.stages import MAY_ATTEND

if TYPE_CHECKING:
    from sqlmodel import Session

Progress = Callable[[int, int], None]
"""Told how many rows of how many are done."""
CHUNK = 500


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
        known = Known.of(connection, rows)
        known.pools.update(made)
        for row in rows:
            step = import_steps.step(known, row)
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
