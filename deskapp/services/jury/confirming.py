"""The end of the day: everybody checked out, the day confirmed, the trial juries confirmed.

Source: jury sheet, sections 5.3, 5.5 and 5.6.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

from deskapp.services.jury.attendance import Desk, Juror, Record, not_future, not_locked
from deskapp.services.jury.pay import DayKind, minutes_between
from deskapp.services.jury.refusals import Refusal, RefusedError
from deskapp.services.jury.stages import CLAIMED, OPEN, Stage, Status

IN_WAITING = "P"
"""First letter of the audit number of jurors in waiting."""
ON_TRIAL = "J"
"""First letter of the audit number of a trial jury."""


@dataclass(frozen=True)
class Member:
    """A juror of the day."""

    number: str
    court: str
    """The court where the juror is due."""
    juror: Juror
    record: Record | None = None
    """Of that day, at whatever court."""
    record_court: str = ""
    """Where the record was made, when not at ``court``."""

    @property
    def on_trial(self) -> bool:
        """Whether the day belongs to a trial and not to the jurors in waiting."""
        return bool(self.juror.empanelled or (self.record and self.record.on_trial))


class DayEnd(NamedTuple):
    """Who is what when the day is confirmed, by number, in the order given."""

    confirmed: list[str]
    absent: list[str]
    untouched: list[str]


class CheckOutAll(NamedTuple):
    """Who leaves when all are checked out at one time."""

    leaving: list[str]
    panelled: list[str]
    """They are on a panel and need a yes of their own."""
    too_late: list[str]
    """They came in at this time or later. With anybody here nobody is changed."""


def confirm_day(court: str, date: dt.date, members: Iterable[Member]) -> DayEnd:
    """Who is confirmed and who was absent; everybody else stays as they are.

    Whoever is still checked in is confirmed too: they get a time out first, asked once.

    Source: jury sheet, section 5.5.
    """
    end = DayEnd([], [], [])
    for member in members:
        if _is_confirmed(court, member):
            end.confirmed.append(member.number)
        elif _is_absent(court, date, member):
            end.absent.append(member.number)
        else:
            end.untouched.append(member.number)
    return end


def may_confirm(desk: Desk) -> None:
    """Refuse to confirm a day that has not come or is locked.

    Raises:
        RefusedError: ``FUTURE_DATE`` or ``DAY_LOCKED``.
    """
    not_future(desk)
    not_locked(desk)


def confirmed(record: Record, audit_number: str, time_out: dt.time) -> Record:
    """A record after the day was confirmed; ``time_out`` is for whoever has none.

    Raises:
        RefusedError: ``NOT_CHECKED_IN`` or ``CHECK_OUT_NOT_AFTER_CHECK_IN``.
    """
    if record.time_in is None:
        raise RefusedError(Refusal.NOT_CHECKED_IN)
    return replace(
        _filled(record, record.time_in, time_out),
        stage=Stage.EXPENSE_ENTERED,
        audit_number=audit_number,
    )


def absent() -> Record:
    """The record of somebody who was due and did not come."""
    return Record(kind=DayKind.ABSENT)


def on_jury(
    record: Record | None, trial: str, audit_number: str, times: tuple[dt.time, dt.time]
) -> Record:
    """A trial juror's record after the jury was confirmed; ``times`` fill only what is missing.

    Raises:
        RefusedError: ``ATTENDANCE_CONFIRMED`` or ``CHECK_OUT_NOT_AFTER_CHECK_IN``.

    Source: jury sheet, section 5.6.
    """
    record = record or Record()
    if record.stage in CLAIMED:
        raise RefusedError(Refusal.ATTENDANCE_CONFIRMED)
    return replace(
        _filled(record, *times),
        stage=Stage.EXPENSE_ENTERED,
        kind=DayKind.ATTENDANCE,
        on_trial=True,
        trial=trial,
        audit_number=audit_number,
    )


def check_out_all(
    members: Iterable[Member], time: dt.time, *, with_panels: bool = False
) -> CheckOutAll:
    """Who leaves at ``time`` when everybody is checked out; nobody does when one came in later.

    Source: jury sheet, section 5.3.
    """
    here = [m for m in members if m.record and m.record.stage is Stage.CHECKED_IN]
    going = [m for m in here if with_panels or m.juror.status is not Status.PANEL]
    panelled = [] if with_panels else [m for m in here if m.juror.status is Status.PANEL]
    too_late = [m.number for m in going if _time_in(m) >= time]
    leaving = [] if too_late else [m.number for m in going]
    return CheckOutAll(leaving, [m.number for m in panelled], too_late)


def _filled(record: Record, time_in: dt.time, time_out: dt.time) -> Record:
    """A record with both times; what it has stays."""
    filled = replace(
        record, time_in=record.time_in or time_in, time_out=record.time_out or time_out
    )
    if filled != record:
        minutes_between(filled.time_in or time_in, filled.time_out or time_out)
    return filled


def _is_confirmed(court: str, member: Member) -> bool:
    record = member.record
    return (
        record is not None
        and record.stage in OPEN
        and (member.record_court or member.court) == court
        and not member.on_trial
    )


def _is_absent(court: str, date: dt.date, member: Member) -> bool:
    juror = member.juror
    return (
        member.record is None
        and juror.status is Status.RESPONDED
        and member.court == court
        and juror.next_date == date
        and not juror.on_call
        and not juror.empanelled
    )


def _time_in(member: Member) -> dt.time:
    return (member.record.time_in if member.record else None) or dt.time.min
