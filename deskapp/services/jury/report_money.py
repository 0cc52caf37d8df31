"""Reports of the jury desk about money: days that are not paid, and what was paid.

Source: jury sheet, sections 6.6 and 8.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from deskapp.data.connection import Connection
from deskapp.i18n import N_, _, day, number
from deskapp.services.jury import claim_rows, claim_writes, money
from deskapp.services.jury.acting import Acting
from deskapp.services.jury.claim_state import STATE_LABELS, State
from deskapp.services.jury.claims import PAID_FROM
from deskapp.services.jury.events import Code
from deskapp.services.jury.report_people import jurors
from deskapp.services.jury.report_table import NAME, NUMBER, POOL, Asked, Column, Kind, Report

_UNPAID = (
    NUMBER,
    NAME,
    POOL,
    Column("state", N_("State")),
    Column("days", N_("Days")),
    Column("oldest", N_("Oldest")),
)
_PAYMENTS = (
    Column("paid_on", N_("Approved")),
    NUMBER,
    NAME,
    Column("financial_loss", N_("Loss")),
    Column("travel", N_("Travel")),
    Column("food_and_drink", N_("Food")),
    Column("total", N_("Total")),
    Column("check", N_("Check")),
)


def unpaid(connection: Connection, acting: Acting, asked: Asked) -> Report:
    """Jurors with days that are not paid, the oldest day first; all of them to the day asked."""
    rows = connection.execute(
        "SELECT e.juror, j.first_name || ' ' || j.last_name, e.pool, e.state, count(*), min(e.day)"
        " FROM attendance_expense AS e JOIN juror AS j ON j.number = e.juror"
        " WHERE e.court = ? AND e.state IN ('draft', 'submitted', 'edited') AND e.day <= ?"
        " GROUP BY e.juror, e.state ORDER BY min(e.day), e.juror",
        (acting.court, asked.days.last.isoformat()),
    ).fetchall()
    found = tuple(
        (juror, name, pool, _(STATE_LABELS[State(state)]), count, dt.date.fromisoformat(oldest))
        for juror, name, pool, state, count, oldest in rows
    )
    sums = [
        jurors(len({row[0] for row in found})),
        (_("Days"), number(sum(row[4] for row in found))),
    ]
    if found:
        sums.append((_("Oldest"), day(found[0][5])))
    return Report(asked, acting.court_name, _UNPAID, found, sums=sums)


def payments(connection: Connection, acting: Acting, asked: Asked) -> Report:
    """What was approved on the days of a range, of one way of payment alone."""
    rows = connection.execute(
        "SELECT v.day, v.juror, j.first_name || ' ' || j.last_name, v.data FROM juror_event AS v"
        " JOIN juror AS j ON j.number = v.juror"
        " WHERE v.court = ? AND v.day BETWEEN ? AND ? AND v.code = ? ORDER BY v.day, v.hlc, v.id",
        (
            acting.court,
            asked.days.first.isoformat(),
            asked.days.last.isoformat(),
            Code.APPROVED.value,
        ),
    ).fetchall()
    odd = {juror for juror in {row[1] for row in rows} if not _adds_up(connection, juror)}
    found = tuple(
        (
            dt.date.fromisoformat(text),
            juror,
            name,
            *(parts[each] for each in reversed(PAID_FROM)),
            written.payment.total,
            _("PAID TWICE?") if juror in odd else "",
        )
        for text, juror, name, data in rows
        for written in claim_writes.read_payments(data)
        if written.in_cash is (asked.kind is Kind.CASH)
        for parts in [written.payment.parts or {}]
    )
    total = money.total(row[-2] for row in found if isinstance(row[-2], Decimal))
    sums = [(_("Payments"), number(len(found))), (_("Total"), money.shown(total))]
    if odd:
        sums.append((_("To check"), _("two desks approved the same days; ask before you pay")))
    return Report(asked, acting.court_name, _PAYMENTS, found, sums=sums)


def _adds_up(connection: Connection, juror: str) -> bool:
    """Whether the payments of a juror are what their days were approved for: two managers at two
    desks without a network may have approved the same ones."""
    paid = connection.execute(
        "SELECT data FROM juror_event WHERE juror = ? AND code = ?", (juror, Code.APPROVED.value)
    ).fetchall()
    days = connection.execute(
        "SELECT paid FROM attendance_expense WHERE juror = ?", (juror,)
    ).fetchall()
    payments = (each.payment.total for row in paid for each in claim_writes.read_payments(row[0]))
    return money.total(payments) == money.total(claim_rows.paid_total(row[0]) for row in days)
