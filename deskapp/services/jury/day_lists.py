"""The lists of a day as SQL: who stands in each, and the order that an index gives it in.

Expected at a court on a day is whoever has a record there, is on a running trial there, or is due:
each counts once, so that the figures always add up. A trial expects nobody on a day on which the
court does not sit. Source: jury sheet, sections 5 and 8.
"""

from __future__ import annotations

from typing import NamedTuple

from deskapp.i18n import N_
from deskapp.services.choice import Choice


class Which(Choice):
    """Which jurors a list shows."""

    EXPECTED = "expected", N_("Everybody expected")
    NOT_IN = "not_in", N_("Due, not checked in")
    IN = "in", N_("Checked in")
    OUT = "out", N_("Checked out")
    CONFIRMED = "confirmed", N_("Confirmed")
    ABSENT = "absent", N_("Absent")
    ON_TRIAL = "on_trial", N_("On trial")
    ON_CALL = "on_call", N_("On call")
    NEXT = "next", N_("Due later")
    NO_DATE = "no_date", N_("No next date, or one that is past")
    ALL = "all", N_("All jurors of this court")


class DayList(NamedTuple):
    """Where the jurors of a list stand: ``m`` in its condition and order."""

    table: str
    condition: str
    values: str
    """For each question mark ``c`` for the court, ``d`` for the day, ``s`` for whether it sits."""
    order: str


SWORN_HERE = (
    "EXISTS (SELECT 1 FROM trial_juror AS t WHERE t.juror = m.juror AND t.court = m.court"
    " AND t.sworn_on <> '' AND t.sworn_on <= ? AND (t.back_on = '' OR t.back_on > ?))"
)
_BY_NUMBER, _BY_NAME = "m.juror", "m.name_key, m.juror"
RECORDED = "m.court = ? AND m.day = ? AND m.kind <> ''"
_WAITING = f"{RECORDED} AND m.on_trial = 0 AND NOT {SWORN_HERE}"
_MEMBER = "m.court = ? AND m.active = 1"

DUE = DayList(
    "juror_in_pool AS m",
    f"{_MEMBER} AND m.next_on = ? AND m.on_call = 0 AND m.status IN (2, 3)"
    " AND NOT EXISTS (SELECT 1 FROM attendance AS a WHERE a.juror = m.juror AND a.day = m.next_on"
    f" AND a.court = m.court AND a.kind <> '') AND NOT {SWORN_HERE}",
    "cddd",
    _BY_NAME,
)
SWORN = DayList(
    "trial_juror AS m",
    "m.court = ? AND m.sworn_on <> '' AND m.sworn_on <= ? AND (m.back_on = '' OR m.back_on > ?)"
    " AND ? AND NOT EXISTS (SELECT 1 FROM attendance AS a WHERE a.juror = m.juror AND a.day = ?"
    " AND a.court = m.court AND a.kind <> '')",
    "cddsd",
    _BY_NUMBER,
)
CALLED = DayList("juror_in_pool AS m", f"{_MEMBER} AND m.on_call = 1", "c", _BY_NAME)
TRIALS = DayList(
    "trial AS m",
    "m.court = ? AND m.start_on <= ? AND (m.ended_on = '' OR m.ended_on >= ?)",
    "cdd",
    "m.number",
)
_RECORDS = DayList("attendance AS m", RECORDED, "cd", _BY_NUMBER)


def _of_stage(condition: str) -> DayList:
    return DayList("attendance AS m", f"{_WAITING} AND {condition}", "cddd", _BY_NUMBER)


def _either(*lists: DayList) -> DayList:
    """Everybody of several lists, each once; such a list is as long as a day."""
    parts = " UNION ".join(
        f"SELECT m.juror, m.pool FROM {each.table} WHERE {each.condition}" for each in lists
    )
    return DayList(f"({parts}) AS m", "TRUE", "".join(each.values for each in lists), _BY_NUMBER)


LISTS = {
    Which.EXPECTED: _either(_RECORDS, SWORN, DUE),
    Which.NOT_IN: DUE,
    Which.IN: _of_stage("m.stage = 'CHECKED_IN'"),
    Which.OUT: _of_stage("m.stage = 'CHECKED_OUT'"),
    Which.CONFIRMED: _of_stage("m.stage LIKE 'EXPENSE%'"),
    Which.ABSENT: _of_stage("m.stage = ''"),
    Which.ON_TRIAL: _either(
        SWORN,
        DayList(
            "attendance AS m",
            f"{RECORDED} AND (m.on_trial = 1 OR {SWORN_HERE})",
            "cddd",
            _BY_NUMBER,
        ),
    ),
    Which.ON_CALL: CALLED,
    Which.NEXT: DayList(
        "juror_in_pool AS m",
        f"{_MEMBER} AND m.next_on > ? AND m.status IN (2, 3)",
        "cd",
        "m.next_on, m.name_key, m.juror",
    ),
    Which.NO_DATE: DayList(
        "juror_in_pool AS m",
        f"{_MEMBER} AND m.status = 2 AND m.on_call = 0 AND +m.next_on < ?",
        "cd",
        _BY_NAME,
    ),
    Which.ALL: DayList("juror_in_pool AS m", _MEMBER, "c", _BY_NAME),
}
COUNTED = (
    "SELECT m.kind, m.stage, '', '', 0, '', '', m.on_trial = 1 OR " + SWORN_HERE + ", count(*)"
    f" FROM attendance AS m WHERE {RECORDED} GROUP BY 1, 2, 8"
)
