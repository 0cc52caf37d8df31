"""The figures of the jury desk: where everybody is today, how well jurors' time was used.

Source: jury sheet, section 8.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Decimal

from deskapp.data.connection import Connection
from deskapp.i18n import N_, _, day, number
from deskapp.services.jury import counts, reading
from deskapp.services.jury.acting import Acting
from deskapp.services.jury.counts import PLACE_LABELS, JurorDays, Utilisation
from deskapp.services.jury.pay import DayKind
from deskapp.services.jury.report_table import DATE, Asked, Bar, Column, Report
from deskapp.services.jury.stages import MAY_ATTEND, Status

_IN_SERVICE = MAY_ATTEND | {Status.COMPLETED}
_PLACES = (Column("place", N_("Where")), Column("jurors", N_("Jurors")))
_DAYS = (
    DATE,
    Column("attended", N_("Attended")),
    Column("absent", N_("Absent")),
    Column("sat", N_("On trial")),
)


def summary(connection: Connection, acting: Acting, asked: Asked) -> Report:
    """Everybody expected on a day by where they are; together they are those expected."""
    on = acting.on(asked.days.last)
    shown = reading.day(connection, on)
    rows = tuple((_(PLACE_LABELS[place]), count) for place, count in shown.counts.items())
    before = shown.previous_unconfirmed
    sums = [
        (_("Expected"), number(shown.expected)),
        (_("On call"), number(shown.on_call)),
        (_("Trials"), number(shown.trials)),
        (_("Day before"), _("not confirmed: {date}").format(date=day(before)) if before else "-"),
    ]
    bars = [Bar(label, count, number(count)) for label, count in rows]
    return Report(asked, acting.court_name, _PLACES, rows, sums=sums, bars=bars)


def figures(connection: Connection, acting: Acting, asked: Asked) -> Report:
    """Utilisation and attendance rate of a range of days, and each day of it."""
    found = utilisation(connection, acting, asked)
    came, absent, sat = _by_day(connection, acting, asked)
    days = sorted({*came, *absent})
    rows = tuple((each, came[each], absent[each], sat[each]) for each in days)
    rate = counts.attendance_rate(came.total(), absent.total())
    sums = [
        (_("Utilisation"), _share(found.percent, found.sitting, found.working)),
        (_("Juror working days"), number(found.working)),
        (_("Of these attended"), number(found.attended)),
        (_("Not attended"), number(found.not_attended)),
        (_("Sitting days"), number(found.sitting)),
        (_("Attendance rate"), _share(rate, came.total(), came.total() + absent.total())),
    ]
    bars = [Bar(day(each), came[each], number(came[each])) for each in days]
    return Report(
        asked,
        acting.court_name,
        _DAYS,
        rows,
        sums=sums,
        bars=bars,
        bars_of=_("Attended, day by day"),
    )


def utilisation(connection: Connection, acting: Acting, asked: Asked) -> Utilisation:
    """How well the time of the jurors of a court was used in a range of days."""
    return counts.utilisation(
        _juror_days(connection, acting, asked),
        asked.days.first,
        asked.days.last,
        acting.calendar.is_working_day,
    )


def _juror_days(connection: Connection, acting: Acting, asked: Asked) -> Iterator[JurorDays]:
    """The days of everybody who served at the court in these days."""
    first, last = (each.isoformat() for each in asked.days)
    attended: defaultdict[str, set[dt.date]] = defaultdict(set)
    sat: defaultdict[str, set[dt.date]] = defaultdict(set)
    for juror, text, on_trial in connection.execute(
        "SELECT juror, day, on_trial FROM attendance"
        " WHERE court = ? AND day BETWEEN ? AND ? AND kind = ?",
        (acting.court, first, last, DayKind.ATTENDANCE.value),
    ).fetchall():
        (sat if on_trial else attended)[juror].add(dt.date.fromisoformat(text))
    marks = ", ".join("?" for _status in _IN_SERVICE)
    for juror, start, completed in connection.execute(
        "SELECT juror, service_start, completed_on FROM juror_in_pool WHERE court = ?"
        f" AND active = 1 AND status IN ({marks}) AND service_start <= ?"
        " AND (completed_on = '' OR completed_on >= ?)",
        (acting.court, *_IN_SERVICE, last, first),
    ).fetchall():
        yield JurorDays(
            dt.date.fromisoformat(start),
            dt.date.fromisoformat(completed) if completed else None,
            attended.pop(juror, ()),
            sat.pop(juror, ()),
        )
    for juror in {*attended, *sat}:  # they came, and have left the court since
        days = attended[juror] | sat[juror]
        yield JurorDays(min(days), max(days), attended[juror], sat[juror])


def _by_day(
    connection: Connection, acting: Acting, asked: Asked
) -> tuple[Counter[dt.date], Counter[dt.date], Counter[dt.date]]:
    """How many came, were absent and sat on a trial, by day."""
    came, absent, sat = Counter[dt.date](), Counter[dt.date](), Counter[dt.date]()
    for text, kind, trial, count in connection.execute(
        "SELECT day, kind, on_trial, count(*) FROM attendance"
        " WHERE court = ? AND day BETWEEN ? AND ? GROUP BY day, kind, on_trial",
        (acting.court, *(each.isoformat() for each in asked.days)),
    ).fetchall():
        date = dt.date.fromisoformat(text)
        if kind == DayKind.ABSENT:
            absent[date] += count
        elif kind == DayKind.ATTENDANCE:
            came[date] += count
            sat[date] += count if trial else 0
    return came, absent, sat


def _share(percent: Decimal | None, part: int, whole: int) -> str:
    if percent is None:
        return "-"
    told = _("{percent}%: {part} of {whole}")
    return told.format(percent=percent, part=number(part), whole=number(whole))
