"""One juror on one day: check-in and check-out.

Each step takes what is known and gives what holds afterwards; a refused step raises and changes
nothing. Source: jury sheet, sections 5.1 to 5.3.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from deskapp.services.dates import Calendar
from deskapp.services.jury.pay import DayKind, minutes_between
from deskapp.services.jury.refusals import Refusal, RefusedError
from deskapp.services.jury.rules import Rules
from deskapp.services.jury.stages import (
    CLAIMED,
    MAY_ATTEND,
    Stage,
    Status,
)


@dataclass(frozen=True)
class Record:
    """What is recorded of one juror on one day at one court."""

    stage: Stage | None = None
    """``None`` on a day absent."""
    kind: DayKind = DayKind.ATTENDANCE
    time_in: dt.time | None = None
    time_out: dt.time | None = None
    on_trial: bool = False
    trial: str = ""
    audit_number: str = ""


@dataclass(frozen=True)
class Juror:
    """What must be known of a juror before anything is recorded; ``None`` is never among them."""

    status: Status
    pool_start: dt.date | None = None
    next_date: dt.date | None = None
    on_call: bool = False
    here: bool = True
    """Owned by this court or another of its group."""
    empanelled: bool = False
    """On a running trial that day."""


@dataclass(frozen=True)
class Desk:
    """The day that is worked on, and when that is done."""

    date: dt.date
    """The date in force; times are local to it."""
    today: dt.date
    calendar: Calendar
    """Working days without those on which the court does not sit."""
    rules: Rules
    leader: bool = False
    """A team leader settles what is left of a locked day."""

    @property
    def locked(self) -> bool:
        """Whether the day is too long ago for an officer."""
        return (self.today - self.date).days > self.rules.locked_after_days and not self.leader


@dataclass(frozen=True)
class Step:
    """What holds after a step."""

    juror: Juror
    record: Record | None
    """``None`` after a record was deleted."""


def check_in(desk: Desk, juror: Juror | None, record: Record | None, time: dt.time) -> Step:
    """A juror comes: the time in is recorded, the next date set, and on call ends.

    Args:
        desk: The day.
        juror: ``None`` when nobody has the number.
        record: What is recorded of that day already.
        time: Time in.

    Raises:
        RefusedError: The first that holds of ``FUTURE_DATE``, ``DAY_LOCKED``, ``JUROR_NOT_FOUND``,
            ``WRONG_COURT``, ``WRONG_STATUS``, ``EMPANELLED`` and those of the present record.

    Source: jury sheet, section 5.2; ``BAD_NUMBER`` comes from ``numbers.juror_number``.
    """
    not_future(desk)
    not_locked(desk)
    if juror is None:
        raise RefusedError(Refusal.JUROR_NOT_FOUND)
    if not juror.here:
        raise RefusedError(Refusal.WRONG_COURT)
    has_status(juror, MAY_ATTEND)
    if juror.empanelled:
        raise RefusedError(Refusal.EMPANELLED)
    if record is not None:
        raise refused_by(desk, record)
    following = desk.calendar.add_working_days(desk.date, 1)
    return Step(
        replace(juror, next_date=following, on_call=False),
        Record(Stage.CHECKED_IN, time_in=time),
    )


def check_out(desk: Desk, juror: Juror, record: Record | None, time: dt.time) -> Step:
    """A juror leaves for the day.

    Raises:
        RefusedError: ``DAY_LOCKED``, ``NOT_CHECKED_IN``, ``ALREADY_CHECKED_OUT``,
            ``ATTENDANCE_CONFIRMED`` or ``CHECK_OUT_NOT_AFTER_CHECK_IN``.

    Source: jury sheet, section 5.3.
    """
    not_locked(desk)
    if record is None or record.time_in is None:
        raise RefusedError(Refusal.NOT_CHECKED_IN)
    if record.stage is not Stage.CHECKED_IN:
        raise refused_by(desk, record)
    minutes_between(record.time_in, time)
    return Step(juror, replace(record, stage=Stage.CHECKED_OUT, time_out=time))


def refused_by(desk: Desk, record: Record) -> RefusedError:
    """The refusal that names what is recorded of the day already."""
    if record.stage in CLAIMED:
        return RefusedError(Refusal.ATTENDANCE_CONFIRMED)
    if record.stage is None:
        return RefusedError(Refusal.NO_SHOW_RECORDED, date=desk.date)
    is_out = record.stage is Stage.CHECKED_OUT
    time = record.time_out if is_out else record.time_in
    code = Refusal.ALREADY_CHECKED_OUT if is_out else Refusal.ALREADY_CHECKED_IN
    return RefusedError(code, time=time or "")


def not_future(desk: Desk) -> None:
    """Refuse a day that has not come: ``FUTURE_DATE``."""
    if desk.date > desk.today:
        raise RefusedError(Refusal.FUTURE_DATE, date=desk.date)


def not_locked(desk: Desk) -> None:
    """Refuse a day that is locked: ``DAY_LOCKED``."""
    if desk.locked:
        raise RefusedError(Refusal.DAY_LOCKED, date=desk.date, days=desk.rules.locked_after_days)


def has_status(juror: Juror, allowed: frozenset[Status]) -> None:
    """Refuse a juror of any other status: ``WRONG_STATUS``."""
    if juror.status not in allowed:
        raise RefusedError(Refusal.WRONG_STATUS, status=juror.status)
