"""Doing one thing with a juror: status, dates, notes and corrections of a day, through one door.

Source: jury sheet, sections 3, 4 and 5.4.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from deskapp import roles
from deskapp.data.connection import Connection
from deskapp.data.sessions import plain
from deskapp.errors import DeskError
from deskapp.roles import Act
from deskapp.services import drafts as form_drafts
from deskapp.services.jury import (
    answered,
    confirming,
    corrections,
    days,
    history,
    lines,
    moving,
    next_dates,
    numbers,
    row_ids,
    scans,
)
from deskapp.services.jury.acting import Acting
from deskapp.services.jury.answered import Answers
from deskapp.services.jury.asks import Do
from deskapp.services.jury.attendance import Step
from deskapp.services.jury.days import Done
from deskapp.services.jury.events import Code
from deskapp.services.jury.history import Told
from deskapp.services.jury.lines import JurorLine
from deskapp.services.jury.refusals import Refusal, RefusedError

if TYPE_CHECKING:
    from sqlmodel import Session

_NOON, _LATER = dt.time(12), dt.time(13)
"""Any two times, to ask whether a day may be corrected at all."""


class Offer(NamedTuple):
    """Something that may be done, and why not now; without a reason it may."""

    do: Do
    why_not: str


def offers(connection: Connection, acting: Acting, number: str) -> tuple[Offer, ...]:
    """Everything that may be done with a juror now, that first, and why the rest may not.

    Raises:
        RefusedError: ``JUROR_NOT_FOUND``.
        NotAllowedError: If the role may not read of jurors.
    """
    line = lines.line(connection, acting, number)
    attended = moving.has_attended(connection, line.number)
    found = [Offer(what, _why_not(what, line, acting, attended=attended)) for what in Do]
    return tuple(sorted(found, key=lambda offer: bool(offer.why_not)))


def do(
    session: Session,
    acting: Acting,
    number: str,
    what: Do,
    values: Mapping[str, str],
    *,
    step_id: str,
) -> JurorLine:
    """Do one thing with a juror; doing it twice with the same id does it once.

    Args:
        session: An open write transaction; the caller commits.
        acting: Who does it, on which day.
        number: Of the juror, as typed.
        what: One of ``asks.ASKS``.
        values: What was answered, as typed or chosen.
        step_id: Id of the stored form, or a new one.

    Returns:
        The juror as they are now.

    Raises:
        FormProblemsError: With everything to put right in the answers.
        RefusedError: With the code of the rule that stands against it.
        NotAllowedError: If the role may not work on jury service.
    """
    roles.require(acting.user, Act.WORK_JURY)
    connection, number = plain(session), numbers.juror_number(number)
    if not history.has(connection, step_id):
        line = lines.line(connection, acting, number)
        if not line.here and what not in _WRITTEN:
            raise RefusedError(Refusal.WRONG_COURT)
        given = answered.read(what, values, today=acting.today)
        _HOW[what](session, acting, line, what, given, step_id)
        session.flush()
    form_drafts.drop(plain(session), step_id)
    return lines.line(plain(session), acting, number)


How = Callable[["Session", Acting, JurorLine, Do, Answers, str], None]


def _write_down(
    session: Session, acting: Acting, line: JurorLine, what: Do, given: Answers, step_id: str
) -> None:
    code = Code.CONTACT if what is Do.CONTACT else Code.NOTE
    told = Told(step_id, code, line.number, line.pool, line.home_site, given.note, given.told())
    history.add(session, acting, [told])


def _identity(
    session: Session, acting: Acting, line: JurorLine, what: Do, given: Answers, step_id: str
) -> None:
    scans.identity(session, acting, line.number, given.proof, step_id=step_id)


def _next_date(
    session: Session, acting: Acting, line: JurorLine, what: Do, given: Answers, step_id: str
) -> None:
    on = None if what is Do.ON_CALL else given.on
    days.write(session, acting, next_dates.done(acting, line, on), step_id=step_id)


def _correct(
    session: Session, acting: Acting, line: JurorLine, what: Do, given: Answers, step_id: str
) -> None:
    after, code = _corrected(acting, line, what, given)
    if what is Do.ADD_DAY and after.record is not None:
        audit_number = row_ids.audit_number(confirming.IN_WAITING, step_id)
        after = replace(after, record=replace(after.record, audit_number=audit_number))
    done = Done(line, after, code, given.note, line.by_list, given.told())
    days.write(session, acting, done, step_id=step_id)


def _corrected(acting: Acting, line: JurorLine, what: Do, given: Answers) -> tuple[Step, Code]:
    desk, juror, record = acting.desk, line.juror, line.record
    if what is Do.NON_ATTENDANCE:
        return corrections.add_non_attendance(desk, juror, record), Code.NON_ATTENDANCE
    if what is Do.CHANGE_DAY:
        assert given.change is not None  # it is asked
        times = (given.time_in, given.time_out)
        changed = corrections.modify_confirmed(desk, juror, record, given.change, times)
        return changed, Code.DAY_CHANGED
    assert given.time_in is not None  # it is asked
    if what is Do.TIMES:
        times_of = (given.time_in, given.time_out)
        return corrections.change_times(desk, juror, record, *times_of), Code.TIMES
    assert given.time_out is not None  # it is asked
    added = corrections.add_day(desk, juror, record, given.time_in, given.time_out)
    return added, Code.DAY_ADDED


_WRITTEN = frozenset({Do.CONTACT, Do.NOTE})
_CORRECTIONS = frozenset({Do.TIMES, Do.ADD_DAY, Do.NON_ATTENDANCE, Do.CHANGE_DAY})
_HOW: Mapping[Do, How] = {
    **dict.fromkeys(Do, moving.move),
    **dict.fromkeys(_WRITTEN, _write_down),
    **dict.fromkeys(_CORRECTIONS, _correct),
    Do.IDENTITY: _identity,
    Do.NEXT_DATE: _next_date,
    Do.ON_CALL: _next_date,
}


def _why_not(what: Do, line: JurorLine, acting: Acting, *, attended: bool) -> str:
    """Why something may not be done now, as far as that is known before it is asked."""
    try:
        roles.require(acting.user, Act.WORK_JURY)
        if not line.here and what not in _WRITTEN:
            raise RefusedError(Refusal.WRONG_COURT)
        if what in (Do.NEXT_DATE, Do.ON_CALL):
            next_dates.may_be_due(line)
        elif what in moving.ACTS:
            moving.may_begin(what, line, acting)
            moving.may_end_well(what, line, attended=attended)
        elif what is Do.TIMES:
            corrections.change_times(acting.desk, line.juror, line.record, _NOON, None)
        elif what is Do.ADD_DAY:
            corrections.add_day(acting.desk, line.juror, line.record, _NOON, _LATER)
        elif what is Do.NON_ATTENDANCE:
            corrections.add_non_attendance(acting.desk, line.juror, line.record)
        elif what is Do.CHANGE_DAY:
            corrections.modify_confirmed(
                acting.desk, line.juror, line.record, corrections.Change.DELETE
            )
    except DeskError as error:
        return str(error)
    return ""
