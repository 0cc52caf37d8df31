"""Days of a juror changed by hand: times, days added, days made into another kind.

Steps as in ``attendance``. Source: jury sheet, section 5.4.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from enum import StrEnum

from deskapp.i18n import N_
from deskapp.services.jury.attendance import (
    Desk,
    Juror,
    Record,
    Step,
    has_status,
    not_future,
    not_locked,
    refused_by,
)
from deskapp.services.jury.pay import DayKind, minutes_between
from deskapp.services.jury.refusals import Refusal, RefusedError
from deskapp.services.jury.stages import APPROVED, CLAIMED, MAY_ATTEND, Stage, Status


class Change(StrEnum):
    """What a confirmed day is made into."""

    ATTENDANCE = "attendance"
    NON_ATTENDANCE = "non_attendance"
    ABSENCE = "absence"
    DELETE = "delete"


CHANGE_LABELS = {
    Change.ATTENDANCE: N_("Attended"),
    Change.NON_ATTENDANCE: N_("Paid, not at court"),
    Change.ABSENCE: N_("Absent"),
    Change.DELETE: N_("No record of this day"),
}


def change_times(
    desk: Desk, juror: Juror, record: Record | None, time_in: dt.time, time_out: dt.time | None
) -> Step:
    """Correct the times of a day that is not confirmed; without a time out nobody has left.

    Raises:
        RefusedError: ``DAY_LOCKED``, ``NOT_CHECKED_IN``, ``NO_SHOW_RECORDED``,
            ``ATTENDANCE_CONFIRMED`` or ``CHECK_OUT_NOT_AFTER_CHECK_IN``.
    """
    not_locked(desk)
    if record is None:
        raise RefusedError(Refusal.NOT_CHECKED_IN)
    if record.stage is None or record.stage in CLAIMED:
        raise refused_by(desk, record)
    if time_out is not None:
        minutes_between(time_in, time_out)
    stage = Stage.CHECKED_IN if time_out is None else Stage.CHECKED_OUT
    return Step(juror, replace(record, stage=stage, time_in=time_in, time_out=time_out))


def add_day(
    desk: Desk, juror: Juror, record: Record | None, time_in: dt.time, time_out: dt.time
) -> Step:
    """Add a day by hand, confirmed at once; it gets a ``P`` number of its own.

    Raises:
        RefusedError: ``FUTURE_DATE``, ``WRONG_STATUS``, ``CHECK_OUT_NOT_AFTER_CHECK_IN`` or
            ``RECORD_EXISTS``.
    """
    not_future(desk)
    has_status(juror, MAY_ATTEND | {Status.COMPLETED})
    minutes_between(time_in, time_out)
    if record is not None:
        raise RefusedError(Refusal.RECORD_EXISTS, date=desk.date)
    return Step(juror, Record(Stage.EXPENSE_ENTERED, time_in=time_in, time_out=time_out))


def add_non_attendance(desk: Desk, juror: Juror, record: Record | None) -> Step:
    """Add a day that is paid though not at court, also in the future; it replaces an absence.

    Raises:
        RefusedError: ``BEFORE_SERVICE_START``, ``WRONG_STATUS`` or ``RECORD_EXISTS``.
    """
    if juror.pool_start and desk.date < juror.pool_start:
        raise RefusedError(Refusal.BEFORE_SERVICE_START, date=juror.pool_start)
    has_status(juror, frozenset(Status) - {Status.SUMMONED})
    if record is not None and record.stage is not None:
        raise RefusedError(Refusal.RECORD_EXISTS, date=desk.date)
    return Step(juror, Record(Stage.EXPENSE_ENTERED, DayKind.NON_ATTENDANCE))


def modify_confirmed(
    desk: Desk,
    juror: Juror,
    record: Record | None,
    change: Change,
    times: tuple[dt.time | None, dt.time | None] = (None, None),
) -> Step:
    """Make a recorded day into another kind of day, or take it away.

    ``times`` in and out are those of an attendance; one left out stays as it is. The bands of all
    later days must be worked out again (``pay.service_days``).

    Raises:
        RefusedError: ``NO_RECORD``; ``EXPENSE_ALREADY_APPROVED`` once a claim was;
            ``NOT_CHECKED_IN`` or ``CHECK_OUT_NOT_AFTER_CHECK_IN`` without two times in order.
    """
    if record is None:
        raise RefusedError(Refusal.NO_RECORD, date=desk.date)
    if record.stage in APPROVED:
        raise RefusedError(Refusal.EXPENSE_ALREADY_APPROVED)
    return Step(juror, _modified(record, change, times))


def _modified(
    record: Record, change: Change, times: tuple[dt.time | None, dt.time | None]
) -> Record | None:
    bare = replace(record, time_in=None, time_out=None, on_trial=False, trial="")
    match change:
        case Change.DELETE:
            return None
        case Change.ABSENCE:
            return replace(bare, stage=None, kind=DayKind.ABSENT, audit_number="")
        case Change.NON_ATTENDANCE:
            return replace(bare, stage=Stage.EXPENSE_ENTERED, kind=DayKind.NON_ATTENDANCE)
        case Change.ATTENDANCE:
            time_in, time_out = times[0] or record.time_in, times[1] or record.time_out
            if time_in is None or time_out is None:
                raise RefusedError(Refusal.NOT_CHECKED_IN)
            minutes_between(time_in, time_out)
            return replace(
                record,
                stage=Stage.EXPENSE_ENTERED,
                kind=DayKind.ATTENDANCE,
                time_in=time_in,
                time_out=time_out,
            )
