"""Into another pool: of the same court, of one of its group, or of any other.

Source: jury sheet, section 3.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from deskapp.data.connection import Connection
from deskapp.errors import FormProblemsError, Problem
from deskapp.i18n import _
from deskapp.services.jury import row_ids, status
from deskapp.services.jury.acting import Acting
from deskapp.services.jury.answered import Answers
from deskapp.services.jury.asks import Do
from deskapp.services.jury.lines import JurorLine
from deskapp.services.jury.refusals import Refusal, RefusedError
from deskapp.services.jury.stages import Status
from deskapp.services.jury.status import Act, Known

if TYPE_CHECKING:
    from sqlmodel import Session

LEAVING: Mapping[Do, Act] = {
    Do.INTO_POOL: Act.INTO_POOL,
    Do.REASSIGN: Act.REASSIGN,
    Do.TRANSFER: Act.TRANSFER,
}
"""Which rule of status each is asked of."""


class Pool(NamedTuple):
    """A pool that a juror is put into."""

    number: str
    court: str
    start_on: dt.date | None
    """``None`` for a pool of another court that this desk does not hold."""


class After(NamedTuple):
    """What becomes of the membership, and of a new one."""

    status: Status
    columns: Mapping[str, object] = {}
    target: Pool | None = None
    target_status: Status = Status.RESPONDED
    target_columns: Mapping[str, object] = {}


def left(
    connection: Connection, acting: Acting, line: JurorLine, what: Do, given: Answers
) -> After:
    """What becomes of a juror who goes into another pool.

    Raises:
        RefusedError: With the code of the rule that stands against it.
        FormProblemsError: If it is not known when service would begin there.
    """
    target = _target(connection, acting, what, given)
    start = target.start_on or given.new_date
    if start is None:
        raise FormProblemsError([Problem("new_date", _("Enter when service would begin"))])
    known = Known(
        date_of_birth=line.date_of_birth,
        on=start,
        same_pool=target.number == line.pool and what is not Do.INTO_POOL,
        unconfirmed_at_sender=target.court != line.court and _unconfirmed(connection, line),
    )
    act = LEAVING[what]
    after = status.after(act, line.status, known, acting.rules)
    if what is Do.INTO_POOL:
        return After(Status.DEFERRED, {"active": False}, target)
    columns: dict[str, object] = {"active": False}
    if what is Do.TRANSFER:
        columns["transferred_on"] = acting.date.isoformat()
    here = target if target.start_on else None  # another desk makes what this one cannot know
    return After(after, columns, here, status.at_target(act, line.status))


def put_into(session: Session, line: JurorLine, after: After) -> None:
    """A membership of the other pool, or the one that was there before, made to count again."""
    from deskapp.data.jury_tables import JurorInPool

    target = after.target
    assert target is not None  # asked by the caller
    assert target.start_on is not None  # only a pool of this desk gets one
    row_id, start = row_ids.membership(line.number, target.number), target.start_on.isoformat()
    old = session.get_one(JurorInPool, line.member_id)
    row = session.get(JurorInPool, row_id) or JurorInPool(
        id=row_id,
        home_site=line.home_site,
        juror=line.number,
        pool=target.number,
        court=target.court,
        name_key=old.name_key,
        status=0,
        active=True,
        service_start=start,
        original_start=line.original_start.isoformat(),
        deferrals=line.deferrals,
    )
    summoned = after.target_status is not Status.DEFERRED
    row.status, row.active = int(after.target_status), True
    row.next_on, row.on_call = (start if summoned else ""), False
    row.service_start = start
    for name, value in after.target_columns.items():
        setattr(row, name, value)
    session.add(row)
    if row_id != line.member_id:
        old.active = False
        session.add(old)


def pool(connection: Connection, number: str) -> Pool:
    """A pool that this desk holds.

    Raises:
        RefusedError: ``NO_SUCH_POOL``.
    """
    row = connection.execute(
        "SELECT number, court, start_on FROM jury_pool WHERE number = ?", (number,)
    ).fetchone()
    if row is None:
        raise RefusedError(Refusal.NO_SUCH_POOL, number=number)
    return Pool(row[0], row[1], dt.date.fromisoformat(row[2]))


def _target(connection: Connection, acting: Acting, what: Do, given: Answers) -> Pool:
    in_group = given.pool[:3] in acting.group
    if what is Do.TRANSFER:
        if in_group:
            raise RefusedError(Refusal.SAME_GROUP, number=given.pool)
        try:
            return pool(connection, given.pool)
        except RefusedError:
            return Pool(given.pool, given.pool[:3], None)
    if not in_group:
        raise RefusedError(Refusal.OTHER_GROUP, number=given.pool)
    return pool(connection, given.pool)


def _unconfirmed(connection: Connection, line: JurorLine) -> bool:
    row = connection.execute(
        "SELECT 1 FROM attendance WHERE juror = ? AND court = ?"
        " AND stage IN ('CHECKED_IN', 'CHECKED_OUT') LIMIT 1",
        (line.number, line.court),
    ).fetchone()
    return row is not None
