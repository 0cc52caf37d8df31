"""Reports of the jury desk about money: days that are not paid, and what was paid.

Source: jury sheet, sections 6.6 and 8.
"""

from __future__ import annotations

import datetime as dt

from deskapp.data.connection import Connection
from deskapp.i18n import N_, _, day
from deskapp.services.jury import claim_writes, money
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
    sums = [jurors(len({row[0] for row in found})), (_("Days"), str(sum(row[4] for row in found)))]
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
    found = tuple(
        (
            dt.date.fromisoformat(text),
            juror,
            name,
            *(parts[each] for each in reversed(PAID_FROM)),
            written.payment.total,
        )
        for text, juror, name, data in rows
        for written in claim_writes.read_payments(data)
        if written.in_cash is (asked.kind is Kind.CASH)
        for parts in [written.payment.parts or {}]
    )
    total = money.total(row[-1] for row in found)
    sums = [(_("Payments"), str(len(found))), (_("Total"), money.shown(total))]
    return Report(asked, acting.court_name, _PAYMENTS, found, sums=sums)
