"""Pools: the list of a court, who is in one, and taking it over from the Bureau.

Source: jury sheet, section 1.
"""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any, NamedTuple

from deskapp import roles
from deskapp.data.connection import Connection
from deskapp.data.sessions import plain
from deskapp.roles import Act
from deskapp.services.jury import history, lines, row_ids
from deskapp.services.jury.acting import Acting
from deskapp.services.jury.events import Code
from deskapp.services.jury.history import Told
from deskapp.services.jury.lines import JurorLine
from deskapp.services.jury.refusals import Refusal, RefusedError
from deskapp.services.jury.stages import Status
from deskapp.services.paging import Page, Want

if TYPE_CHECKING:
    from sqlmodel import Session


class PoolLine(NamedTuple):
    """A pool as it is listed."""

    number: str
    court: str
    owner: str
    """Code of the court that has it now; 400 is the Bureau."""
    start_on: dt.date
    asked: int
    by_status: dict[Status, int]
    """How many of its jurors stand where."""
    place: tuple[str | int, ...]

    @property
    def jurors(self) -> int:
        """How many there are."""
        return sum(self.by_status.values())


_ORDER = "start_on, id"
_LINE = "number, court, owner, start_on, asked"
COUNTED = (
    "SELECT pool, status, count(*) FROM juror_in_pool"
    " WHERE pool IN (SELECT value FROM json_each(?)) GROUP BY pool, status"
)
"""Of a page of pools: ten thousand jurors where each has two hundred."""


def page(connection: Connection, want: Want, acting: Acting) -> Page[PoolLine]:
    """A page of the pools of the court in force, the one that starts last first.

    Raises:
        NotAllowedError: If the role may not read of jurors.
    """
    roles.require(acting.user, Act.READ_JURY)
    place, order = want.clause(_ORDER, newest_first=True)
    rows = connection.execute(
        f"SELECT {_LINE}, {_ORDER} FROM jury_pool WHERE court = ? AND {place}"
        f" ORDER BY {order} LIMIT ?",
        (acting.court, *want.place, want.limit),
    ).fetchall()
    return want.page(_lines(connection, rows))


def line(connection: Connection, acting: Acting, number: str) -> PoolLine:
    """One pool.

    Raises:
        NotAllowedError: If the role may not read of jurors.
        RefusedError: ``NO_SUCH_POOL``.
    """
    roles.require(acting.user, Act.READ_JURY)
    rows = connection.execute(
        f"SELECT {_LINE}, {_ORDER} FROM jury_pool WHERE number = ?", (number,)
    ).fetchall()
    if not rows:
        raise RefusedError(Refusal.NO_SUCH_POOL, number=number)
    return _lines(connection, rows)[0]


def members(connection: Connection, want: Want, acting: Acting, number: str) -> Page[JurorLine]:
    """A page of the jurors of a pool by name, those who left it too.

    Raises:
        NotAllowedError: If the role may not read of jurors.
    """
    roles.require(acting.user, Act.READ_JURY)
    columns = "name_key, juror"
    place, order = want.clause(columns)
    rows = connection.execute(
        f"SELECT juror, {columns} FROM juror_in_pool WHERE pool = ? AND {place}"
        f" ORDER BY {order} LIMIT ?",
        (number, *want.place, want.limit),
    ).fetchall()
    places = {juror: tuple(place) for juror, *place in rows}
    found = lines.of_numbers(connection, acting, places)
    return want.page([lines.at(each, places[each.number]) for each in found])


def hand_over(session: Session, acting: Acting, number: str, *, step_id: str) -> PoolLine:
    """Take a pool over from the Bureau, about a week before its start.

    Raises:
        RefusedError: ``NO_SUCH_POOL``; ``WRONG_COURT`` for a pool of another group.
        NotAllowedError: If the role may not import jurors.
    """
    from deskapp.data.jury_tables import JuryPool

    roles.require(acting.user, Act.IMPORT_JURY)
    found = line(plain(session), acting, number)
    if found.court not in acting.group:
        raise RefusedError(Refusal.WRONG_COURT)
    if not history.has(plain(session), step_id):
        row = session.get_one(JuryPool, row_ids.pool(number))
        row.owner = row.court
        session.add(row)
        history.add(session, acting, [Told(step_id, Code.HANDED_OVER, pool=number)])
    return line(plain(session), acting, number)


def _lines(connection: Connection, rows: list[tuple[Any, ...]]) -> list[PoolLine]:
    counted: dict[str, dict[Status, int]] = {row[0]: {} for row in rows}
    among = (json.dumps(list(counted)),)
    for pool, status, count in connection.execute(COUNTED, among).fetchall():
        counted[pool][Status(status)] = count
    return [
        PoolLine(number, court, owner, dt.date.fromisoformat(start), asked, counted[number],
                 tuple(place))
        for number, court, owner, start, asked, *place in rows
    ]  # fmt: skip
