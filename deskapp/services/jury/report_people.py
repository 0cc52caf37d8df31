"""Reports of the jury desk that list jurors: due, attending, absent, on call, of a trial.

Source: jury sheet, section 8.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from deskapp.data.connection import Connection
from deskapp.i18n import N_, _, ngettext, number
from deskapp.services.jury import lines, numbers, reading, trial_lines
from deskapp.services.jury.acting import Acting
from deskapp.services.jury.day_lists import Which
from deskapp.services.jury.lines import JurorLine
from deskapp.services.jury.lists import ADJUSTMENT_LABELS, NO_ADJUSTMENT
from deskapp.services.jury.report_table import (
    AUDIT,
    BARCODE,
    COUNT,
    DATE,
    MARK,
    NAME,
    NUMBER,
    POOL,
    STATUS,
    TIME_IN,
    TIME_OUT,
    TRIAL,
    Asked,
    Column,
    Kind,
    Report,
    Value,
)
from deskapp.services.jury.stages import STATUS_LABELS, Stage
from deskapp.services.jury.trial_lines import Outcome

_CELLS: dict[Column, Callable[[JurorLine], Value]] = {
    NUMBER: lambda line: line.number,
    NAME: lambda line: line.name,
    POOL: lambda line: line.pool,
    MARK: lambda line: mark(line.adjustment, welsh=line.welsh),
    TIME_IN: lambda line: line.record.time_in if line.record else None,
    TRIAL: lambda line: line.trial,
    STATUS: lambda line: _(STATUS_LABELS[line.status]),
    BARCODE: lambda line: numbers.barcode(line.number),
    DATE: lambda line: line.next_on,
}
_LISTS: dict[Kind, tuple[Which, tuple[Column, ...]]] = {
    Kind.DUE: (Which.EXPECTED, (NUMBER, NAME, POOL, MARK, BARCODE)),
    Kind.ATTENDING: (Which.EXPECTED, (NUMBER, NAME, TIME_IN, STATUS, TRIAL, MARK)),
    Kind.NOT_IN: (Which.NOT_IN, (NUMBER, NAME, POOL, STATUS, MARK)),
    Kind.NOT_OUT: (Which.EXPECTED, (NUMBER, NAME, TIME_IN, STATUS, TRIAL)),
    Kind.ON_CALL: (Which.ON_CALL, (NUMBER, NAME, POOL, STATUS, MARK)),
    Kind.NEXT: (Which.NEXT, (DATE, NUMBER, NAME, POOL, STATUS)),
}
_STILL_THERE = frozenset({Kind.ATTENDING, Kind.NOT_OUT})
"""Of those expected, only those who came and have not left."""


def mark(adjustment: str, *, welsh: bool) -> str:
    """What must be thought of for a juror, in words; empty for nothing."""
    words = [] if adjustment == NO_ADJUSTMENT else [_(ADJUSTMENT_LABELS.get(adjustment, "")) or "?"]
    return ", ".join([*words, _("Welsh")] if welsh else words)


def people(connection: Connection, acting: Acting, asked: Asked) -> Report:
    """A list of jurors of a day."""
    which, columns = _LISTS[asked.kind]
    on = acting.on(asked.days.last)
    listed = reading.numbers(connection, on, which)
    found = lines.of_numbers(connection, on, listed)
    if asked.kind in _STILL_THERE:
        found = [line for line in found if _is_there(line)]
    rows = tuple(tuple(_CELLS[column](line) for column in columns) for line in found)
    return Report(asked, acting.court_name, columns, rows, sums=[jurors(len(rows))])


def unconfirmed(connection: Connection, acting: Acting, asked: Asked) -> Report:
    """Days on which somebody is not confirmed, with how many."""
    on = acting.on(asked.days.last)
    rows = tuple(reading.unconfirmed_days(connection, on))
    return Report(asked, acting.court_name, (DATE, COUNT), rows)


def absences(connection: Connection, acting: Acting, asked: Asked) -> Report:
    """Everybody who was due and did not come, in a range of days."""
    rows = connection.execute(
        "SELECT a.day, a.juror, j.first_name || ' ' || j.last_name, a.pool FROM attendance AS a"
        " JOIN juror AS j ON j.number = a.juror WHERE a.court = ? AND a.day BETWEEN ? AND ?"
        " AND a.kind = 'absent' ORDER BY a.day, a.juror",
        _range(acting, asked),
    ).fetchall()
    found = tuple((dt.date.fromisoformat(day), *rest) for day, *rest in rows)
    columns = (DATE, NUMBER, NAME, POOL)
    return Report(asked, acting.court_name, columns, found, sums=[jurors(len(found))])


def audit(connection: Connection, acting: Acting, asked: Asked) -> Report:
    """Who attended on the days of a range, under the number of each confirmation."""
    rows = connection.execute(
        "SELECT a.audit_number, a.day, a.juror, j.first_name || ' ' || j.last_name, a.pool,"
        " a.time_in, a.time_out FROM attendance AS a JOIN juror AS j ON j.number = a.juror"
        " WHERE a.court = ? AND a.day BETWEEN ? AND ? AND a.audit_number <> '' AND a.kind <> ''"
        " ORDER BY a.day, a.audit_number, a.juror",
        _range(acting, asked),
    ).fetchall()
    found = tuple(
        (kept, dt.date.fromisoformat(day), juror, name, pool, lines.time(start), lines.time(end))
        for kept, day, juror, name, pool, start, end in rows
    )
    told = ngettext("{count} audit number", "{count} audit numbers", len({row[0] for row in rows}))
    counted = told.format(count=number(len({row[0] for row in rows})))
    columns = (AUDIT, DATE, NUMBER, NAME, POOL, TIME_IN, TIME_OUT)
    sums = [jurors(len(found)), (_("Confirmed under"), counted)]
    return Report(asked, acting.court_name, columns, found, sums=sums)


def of_trial(connection: Connection, acting: Acting, asked: Asked) -> Report:
    """The panel and jury of a trial, in the order of the draw."""
    record = trial_lines.record(connection, acting, asked.trial_id)
    rows = tuple(
        (
            each.order,
            each.juror.number,
            each.juror.name,
            each.outcome.label,
            each.drawn_on,
            each.sworn_on,
        )
        for each in record.members
    )
    about = " ".join(filter(None, (record.line.number, record.line.name)))
    return Report(asked, acting.court_name, _OF_TRIAL, rows, about, [jurors(len(rows))])


def slips(connection: Connection, acting: Acting, asked: Asked) -> Report:
    """A slip for each juror of a panel, or for everybody who is checked in and in waiting."""
    if asked.trial_id:
        record = trial_lines.record(connection, acting, asked.trial_id)
        about = " ".join(filter(None, (record.line.number, record.line.name)))
        found = [each.juror for each in record.members if each.outcome in _ON_PANEL]
    else:
        on, about = acting.on(asked.days.last), _("Jurors in waiting")
        found = lines.of_numbers(connection, on, reading.numbers(connection, on, Which.IN))
    rows = tuple((line.number, line.name, line.pool) for line in found)
    return Report(asked, acting.court_name, (NUMBER, NAME, POOL), rows, about)


def jurors(count: int) -> tuple[str, str]:
    """How many a list has, as a line above it."""
    return _("Jurors"), number(count)


_OF_TRIAL = (
    Column("order", N_("Order")),
    NUMBER,
    NAME,
    Column("outcome", N_("Outcome")),
    Column("drawn_on", N_("Drawn")),
    Column("sworn_on", N_("Sworn")),
)
_ON_PANEL = (Outcome.PANEL, Outcome.JUROR)


def _is_there(line: JurorLine) -> bool:
    return line.record is not None and line.record.stage is Stage.CHECKED_IN


def _range(acting: Acting, asked: Asked) -> tuple[str, str, str]:
    return acting.court, asked.days.first.isoformat(), asked.days.last.isoformat()
