"""Worklists of claims: each juror once, by the oldest day that is in the list.

Source: jury sheet, sections 6.6 and 8.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from deskapp import roles
from deskapp.data.connection import Connection
from deskapp.i18n import N_
from deskapp.roles import Act
from deskapp.services.choice import Choice
from deskapp.services.jury import claim_rows, claim_state
from deskapp.services.jury.acting import Acting
from deskapp.services.jury.claim_state import Basis, State
from deskapp.services.paging import Page, Want


class Which(Choice):
    """Which claims a list shows."""

    DRAFT = State.DRAFT.value, N_("To enter and submit")
    SUBMITTED = State.SUBMITTED.value, N_("To approve")
    EDITED = State.EDITED.value, N_("Changed after approval, to approve")
    APPROVED = State.APPROVED.value, N_("Approved")


@dataclass(frozen=True)
class ClaimLine:
    """A juror with days in a list."""

    juror: str
    name: str
    pool: str
    oldest: dt.date
    """Their first day in it."""
    count: int
    """Days in it."""
    amount: Decimal
    """What remains to be paid for these days."""
    place: tuple[str | int, ...]


_SAME = (
    "FROM attendance_expense AS f INDEXED BY attendance_expense_by_juror"
    " WHERE f.juror = e.juror AND f.court = e.court AND f.state = e.state"
)
"""The days of the same juror; without the hint those of the whole list are looked through."""
_COUNT = f"(SELECT count(*) {_SAME})"
_FIRST = f"NOT EXISTS (SELECT 1 {_SAME} AND f.day < e.day)"


def page(
    connection: Connection, want: Want, acting: Acting, basis: Basis, which: Which
) -> Page[ClaimLine]:
    """A page of a list of the court in force, the oldest day first.

    Raises:
        NotAllowedError: If the role may not read of jurors.
    """
    roles.require(acting.user, Act.READ_JURY)
    place, order = want.clause("e.day, e.juror")
    rows = connection.execute(
        f"SELECT e.day, e.juror, e.pool, {_COUNT}, j.first_name, j.last_name"
        " FROM attendance_expense AS e JOIN juror AS j ON j.number = e.juror"
        f" WHERE e.court = ? AND e.state = ? AND {place} AND {_FIRST} ORDER BY {order} LIMIT ?",
        (acting.court, which.value, *want.place, want.limit),
    ).fetchall()
    return want.page([_line(connection, row, State(which.value), basis) for row in rows])


def of_juror(connection: Connection, acting: Acting, basis: Basis, juror: str) -> ClaimLine | None:
    """What a juror has claimed, whatever state it is in; none without a confirmed day.

    Raises:
        NotFoundError: If there is no juror with this number.
        NotAllowedError: If the role may not read of jurors.
    """
    claim = claim_rows.claim(connection, juror, basis, user=acting.user)
    if not claim.days:
        return None
    first, amount = claim.days[0], claim_state.amount(claim.days)
    return ClaimLine(juror, claim.name, claim.pool, first.date, len(claim.days), amount, ())


def _line(connection: Connection, row: tuple[str, ...], state: State, basis: Basis) -> ClaimLine:
    day, juror, pool, count, first_name, last_name = row
    days = claim_rows.days_of(connection, juror, basis)
    return ClaimLine(
        juror=juror,
        name=f"{first_name} {last_name}",
        pool=pool,
        oldest=dt.date.fromisoformat(day),
        count=int(count),
        amount=claim_state.amount(each for each in days if each.state is state),
        place=(day, juror),
    )
