"""Many jurors at once: checked in from a list, all checked out; the record says how it was done.

Source: jury sheet, sections 5.2, 5.3 and 10.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, NamedTuple

from deskapp import roles
from deskapp.data.sessions import plain
from deskapp.roles import Act
from deskapp.services import drafts as form_drafts
from deskapp.services.jury import (
    attendance,
    confirming,
    days,
    history,
    lines,
    numbers,
    reading,
)
from deskapp.services.jury.acting import Acting
from deskapp.services.jury.confirming import CheckOutAll
from deskapp.services.jury.day_lists import Which
from deskapp.services.jury.days import Done
from deskapp.services.jury.events import Code
from deskapp.services.jury.history import Told
from deskapp.services.jury.refusals import Refusal, RefusedError

if TYPE_CHECKING:
    from sqlmodel import Session


class ByList(NamedTuple):
    """What became of the jurors of a list."""

    done: list[str]
    refused: list[tuple[str, RefusedError]]
    """Number or what stood in its place, and why; nothing was changed for these."""


def check_in_by_list(
    session: Session,
    acting: Acting,
    time: dt.time,
    *,
    absent: Collection[str] = (),
    pool: str = "",
    step_id: str,
) -> ByList:
    """Check everybody in who is due and was not, but those who are missing.

    Args:
        session: An open write transaction; the caller commits.
        acting: Who does it, on which day.
        time: Time in of all of them.
        absent: Numbers of those who did not come.
        pool: Only jurors of this pool.
        step_id: Of the step, done once; the marks that were kept under this id are forgotten.

    Raises:
        RefusedError: ``FUTURE_DATE`` or ``DAY_LOCKED``, or ``JUROR_NOT_FOUND`` for a missing one
            who was not due; nothing is changed then.
        NotAllowedError: If the role may not work on jury service.
    """
    roles.require(acting.user, Act.WORK_JURY)
    connection = plain(session)
    if earlier := history.get(connection, step_id):
        return ByList(list(days.jurors_of(earlier)), [])
    due = reading.numbers(connection, acting, Which.NOT_IN, pool)
    if not set(absent) <= set(due):
        raise RefusedError(Refusal.JUROR_NOT_FOUND)
    coming = [each for each in due if each not in absent]
    done = check_in_these(session, acting, coming, time, step_id=step_id)
    form_drafts.drop(plain(session), step_id)
    return done


def check_in_these(
    session: Session, acting: Acting, listed: Iterable[str], time: dt.time, *, step_id: str
) -> ByList:
    """Check the jurors of a list in at one time; whoever cannot be is told of, the others go in.

    Raises:
        RefusedError: ``FUTURE_DATE`` or ``DAY_LOCKED``; nothing is changed then.
        NotAllowedError: If the role may not work on jury service.
    """
    roles.require(acting.user, Act.WORK_JURY)
    connection = plain(session)
    if earlier := history.get(connection, step_id):
        return ByList(list(days.jurors_of(earlier)), [])
    desk = acting.desk
    attendance.not_future(desk)
    attendance.not_locked(desk)
    asked, refused = _read(listed)
    known = {each.number: each for each in lines.of_numbers(connection, acting, asked)}
    done = []
    for number in asked:
        line = known.get(number)
        juror, record = (line.juror, line.record) if line else (None, None)
        try:
            after = attendance.check_in(desk, juror, record, time)
        except RefusedError as error:
            refused.append((number, error))
        else:
            assert line is not None  # a juror who is not known is refused
            done.append(Done(line, after, Code.CHECKED_IN, by_list=True))
    if done:
        whole = Told(step_id, Code.CHECKED_IN, data={"by_list": True, "time": days.clock(time)})
        days.write_many(session, acting, done, whole)
    return ByList([each.line.number for each in done], refused)


def check_out_all(
    session: Session, acting: Acting, time: dt.time, *, with_panels: bool = False, step_id: str
) -> CheckOutAll:
    """Check everybody out who is still in; when one came in later, nobody is changed.

    Args:
        session: An open write transaction; the caller commits.
        acting: Who does it, on which day.
        time: Time out of all of them.
        with_panels: Those on a panel too, after a yes of their own.
        step_id: Of the step, done once.

    Raises:
        RefusedError: ``DAY_LOCKED``.
        NotAllowedError: If the role may not work on jury service.
    """
    roles.require(acting.user, Act.WORK_JURY)
    connection, desk = plain(session), acting.desk
    if earlier := history.get(connection, step_id):
        return CheckOutAll(list(days.jurors_of(earlier)), [], [])
    attendance.not_locked(desk)
    there = reading.expected(connection, acting)
    members = [each.member for each in there]
    all_out = confirming.check_out_all(members, time, with_panels=with_panels)
    leaving = set(all_out.leaving)
    done = [
        Done(line, attendance.check_out(desk, line.juror, line.record, time), Code.CHECKED_OUT,
             by_list=True)
        for line in there
        if line.number in leaving
    ]  # fmt: skip
    if done:
        whole = Told(step_id, Code.CHECKED_OUT, data={"by_list": True, "time": days.clock(time)})
        days.write_many(session, acting, done, whole)
    return all_out


def _read(listed: Iterable[str]) -> tuple[list[str], list[tuple[str, RefusedError]]]:
    """The numbers of a list, each once, and what is none."""
    asked: dict[str, None] = {}
    refused: list[tuple[str, RefusedError]] = []
    for text in listed:
        try:
            asked[numbers.juror_number(text)] = None
        except RefusedError as error:
            refused.append((text, error))
    return list(asked), refused
