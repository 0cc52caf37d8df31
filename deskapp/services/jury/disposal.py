"""Disposal of jurors, pool by pool: one leader proposes, another confirms, and they are erased.

A pool is due when its last day at court is long enough ago; it is held while a claim of it waits
for approval. A juror goes with the last pool that is kept of them. Source: design sheet of sync,
section 7; the period is an assumption.
"""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, NamedTuple

from deskapp import roles
from deskapp.clock import LONDON, local, stamp
from deskapp.data import purge
from deskapp.data.connection import Connection
from deskapp.data.sessions import plain
from deskapp.errors import FormProblemsError, Problem
from deskapp.i18n import _, day
from deskapp.roles import Act
from deskapp.services import erasing
from deskapp.services.dates import add_months
from deskapp.services.erasing import Erased
from deskapp.services.jury import history, row_ids
from deskapp.services.jury.acting import Acting
from deskapp.services.jury.events import Code, Event
from deskapp.services.jury.history import Told
from deskapp.text import one_line

if TYPE_CHECKING:
    from sqlmodel import Session

KIND = "jury"
"""What stands in the log of what was erased in place of a scheme."""
AT_ONCE = 20
"""Pools of one step, the oldest first."""


class Ripe(NamedTuple):
    """A pool whose months are over."""

    number: str
    last_on: dt.date
    """Its last day at court, or its start where nobody came."""
    jurors: int
    proposed_by: str
    """Id of the officer who proposed it; empty when nobody did."""
    proposer: str
    proposed_at: dt.datetime | None

    @property
    def state(self) -> str:
        """What stands between the pool and its end, in the language in use."""
        if self.proposed_at is None:
            return _("may be proposed")
        on = day(local(self.proposed_at).date())
        return _("proposed by {name} on {day}").format(name=self.proposer, day=on)


def due(connection: Connection, acting: Acting) -> list[Ripe]:
    """The pools whose months are over and that nothing holds, the oldest first, for one step.

    Raises:
        NotAllowedError: If the role may not dispose of jurors.
    """
    roles.require(acting.user, Act.MANAGE_JURY)
    first_kept = add_months(acting.today, -acting.rules.kept_months).isoformat()
    rows = connection.execute(_RIPE, (first_kept, first_kept, AT_ONCE)).fetchall()
    names = dict(connection.execute("SELECT id, name FROM officer").fetchall())
    return [_ripe(connection, names, *row) for row in rows]


def propose(session: Session, acting: Acting, reason: str) -> int:
    """Propose what is due and was not proposed yet; how many pools.

    Raises:
        FormProblemsError: If there is no reason.
        NotAllowedError: If the role may not dispose of jurors.
    """
    roles.require(acting.user, Act.MANAGE_JURY)
    if not one_line(reason):
        raise FormProblemsError([Problem("note", _("Enter why they need no longer be kept"))])
    waiting = [each for each in due(plain(session), acting) if each.proposed_at is None]
    told = (
        Told(_proposal_id(each.number), Code.DISPOSAL, pool=each.number, note=one_line(reason))
        for each in waiting
    )
    history.add(session, acting, told)
    session.flush()
    return len(waiting)


def confirm(session: Session, acting: Acting) -> int:
    """Erase the pools that are due and that somebody else proposed; how many.

    Raises:
        NotErasedError: If nobody else proposed any.
        NotAllowedError: If the role may not dispose of jurors.
    """
    roles.require(acting.user, Act.MANAGE_JURY)
    connection = plain(session)
    found = due(connection, acting)
    going = erasing.to_confirm(found, acting.user)
    _keep(session, acting, going)
    asked = (json.dumps([each.number for each in going]),)
    for table, condition in _OF_POOLS:  # in turn: what is left of others decides on the last
        rows = connection.execute(f"SELECT id FROM {table} WHERE {condition}", asked).fetchall()
        purge.erase(connection, {table: [row_id for (row_id,) in rows]})
    return len(going)


def _ripe(
    connection: Connection,
    names: dict[str, str],
    number: str,
    start_on: str,
    last_on: str | None,
    jurors: int,
) -> Ripe:
    proposal: Event | None = history.get(connection, _proposal_id(number))
    by = proposal.officer if proposal else ""
    return Ripe(
        number,
        dt.date.fromisoformat(last_on or start_on),
        jurors,
        by,
        names.get(by, by),
        proposal.at if proposal else None,
    )


def _proposal_id(pool: str) -> str:
    return row_ids.part("disposal", pool)


def _keep(session: Session, acting: Acting, going: list[Ripe]) -> None:
    """Write down what is erased, by whom and by whom it was proposed."""
    gone = []
    for each in going:
        assert each.proposed_at is not None  # nothing else goes
        ended, at = dt.datetime.combine(each.last_on, dt.time(), LONDON), stamp(each.proposed_at)
        row_id = row_ids.pool(each.number)
        gone.append(Erased("jury_pool", row_id, each.number, KIND, ended, each.proposed_by, at))
    erasing.write_down(session, gone, user=acting.user, now=acting.at)


_LAST = (
    "(SELECT max(a.day) FROM juror_in_pool AS m JOIN attendance AS a ON a.juror = m.juror"
    " WHERE m.pool = p.number AND a.pool = p.number AND a.kind <> '')"
)
_RIPE = f"""
SELECT number, start_on, last_on, jurors FROM (
    SELECT p.number, p.start_on, {_LAST} AS last_on,
        (SELECT count(*) FROM juror_in_pool AS m WHERE m.pool = p.number) AS jurors
    FROM jury_pool AS p WHERE p.start_on < ?
    AND NOT EXISTS (
        SELECT 1 FROM juror_in_pool AS m JOIN attendance_expense AS e ON e.juror = m.juror
        WHERE m.pool = p.number AND e.pool = p.number AND e.state IN ('submitted', 'edited')
    )
) WHERE coalesce(last_on, '') < ? ORDER BY start_on, number LIMIT ?
"""
_ASKED = "IN (SELECT value FROM json_each(?1))"
_GONE = "NOT EXISTS (SELECT 1 FROM juror_in_pool AS m WHERE m.juror = {number})"
_OF_POOLS = (
    ("attendance_expense", f"pool {_ASKED}"),
    ("attendance", f"pool {_ASKED}"),
    ("trial_juror", f"pool {_ASKED}"),
    ("juror_event", f"pool {_ASKED}"),
    ("juror_in_pool", f"pool {_ASKED}"),
    ("jury_pool", f"number {_ASKED}"),
    ("juror", f"?1 <> '' AND {_GONE.format(number='juror.number')}"),
    ("juror_event", f"?1 <> '' AND juror <> '' AND {_GONE.format(number='juror_event.juror')}"),
    (
        "jury_draw",
        "?1 <> '' AND NOT EXISTS"
        " (SELECT 1 FROM trial_juror AS t WHERE t.trial_id = jury_draw.trial_id)",
    ),
    (
        "juror_event",  # a step for many names all of them
        "?1 <> '' AND juror = '' AND day < (SELECT coalesce(min(start_on), '9999') FROM jury_pool)",
    ),
)
"""Everything that is kept of pools and of the jurors that have none left, in the order it goes."""
