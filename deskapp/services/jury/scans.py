"""Scans of the day: one juror in or out, who they are, and taking the last step back.

Source: jury sheet, sections 5.2, 5.3 and 10.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from deskapp import roles
from deskapp.data.connection import Connection
from deskapp.data.sessions import plain
from deskapp.roles import Act
from deskapp.services.jury import attendance, days, history, lines, numbers, row_ids
from deskapp.services.jury.acting import Acting
from deskapp.services.jury.attendance import Desk, Juror, Record, Step
from deskapp.services.jury.days import Done
from deskapp.services.jury.events import OF_DATES, UNDOABLE, Code, Event
from deskapp.services.jury.history import Told
from deskapp.services.jury.lines import JurorLine
from deskapp.services.jury.lists import IDENTITY_LABELS
from deskapp.services.jury.refusals import Refusal, RefusedError
from deskapp.services.jury.stages import CLAIMED

if TYPE_CHECKING:
    from sqlmodel import Session

_UNDOES = "undoes"


class LastStep(NamedTuple):
    """The step that would be taken back."""

    id: str
    code: Code
    jurors: tuple[str, ...]
    """Of the jurors it was taken for."""


class Undone(NamedTuple):
    """A step that was taken back."""

    code: Code
    jurors: tuple[JurorLine, ...]
    """The jurors as they are again."""


def check_in(
    session: Session, acting: Acting, number: str, time: dt.time, *, step_id: str
) -> JurorLine:
    """A juror comes; checking in twice with the same id does it once.

    Args:
        session: An open write transaction; the caller commits.
        acting: Who scans, on which day.
        number: As scanned or typed.
        time: Time in.
        step_id: Of this scan.

    Returns:
        The juror as they are now.

    Raises:
        RefusedError: As ``attendance.check_in``, and ``BAD_NUMBER`` before; nothing was changed.
        NotAllowedError: If the role may not work on jury service.
    """

    def take(desk: Desk, juror: Juror | None, record: Record | None) -> Step:
        return attendance.check_in(desk, juror, record, time)

    return _scan(session, acting, number, take, Code.CHECKED_IN, step_id)


def check_out(
    session: Session, acting: Acting, number: str, time: dt.time, *, step_id: str
) -> JurorLine:
    """A juror leaves for the day; see ``check_in``.

    Raises:
        RefusedError: As ``attendance.check_out``, ``BAD_NUMBER`` and ``JUROR_NOT_FOUND`` before.
        NotAllowedError: If the role may not work on jury service.
    """

    def take(desk: Desk, juror: Juror | None, record: Record | None) -> Step:
        if juror is None:
            raise RefusedError(Refusal.JUROR_NOT_FOUND)
        return attendance.check_out(desk, juror, record, time)

    return _scan(session, acting, number, take, Code.CHECKED_OUT, step_id)


def identity(
    session: Session, acting: Acting, number: str, code: str, *, step_id: str
) -> JurorLine:
    """Keep by what a juror showed who they are.

    Raises:
        RefusedError: ``BAD_NUMBER``, ``JUROR_NOT_FOUND``, ``WRONG_REASON`` for no such code.
        NotAllowedError: If the role may not work on jury service.
    """
    from deskapp.data.jury_tables import Juror as JurorRow

    roles.require(acting.user, Act.WORK_JURY)
    line = lines.line(plain(session), acting, numbers.juror_number(number))
    if code not in IDENTITY_LABELS:
        raise RefusedError(Refusal.WRONG_REASON)
    if not history.has(plain(session), step_id):
        row = session.get_one(JurorRow, row_ids.juror(line.number))
        told = {"before": row.identity, "after": code}
        row.identity = code
        session.add(row)
        of_juror = (line.number, line.pool, line.home_site)
        history.add(session, acting, [Told(step_id, Code.IDENTITY, *of_juror, data=told)])
    return lines.line(plain(session), acting, line.number)


def last(connection: Connection, acting: Acting) -> LastStep | None:
    """The last step of the user on the date in force that was not taken back yet.

    Raises:
        NotAllowedError: If the role may not work on jury service.
    """
    roles.require(acting.user, Act.WORK_JURY)
    undone: set[object] = set()
    for event in history.steps_of(connection, acting):
        if event.code is Code.UNDONE:
            undone.add(event.data.get(_UNDOES))
        elif event.code in UNDOABLE and days.STEP not in event.data and event.id not in undone:
            return LastStep(event.id, event.code, days.jurors_of(event))
    return None


def to_undo(connection: Connection, acting: Acting) -> LastStep:
    """The step that ``undo`` takes back now.

    Raises:
        RefusedError: As ``undo``.
        NotAllowedError: If the role may not work on jury service.
    """
    step = last(connection, acting)
    if step is None:
        raise RefusedError(Refusal.NOTHING_TO_UNDO)
    for line in lines.of_numbers(connection, acting, step.jurors):
        _taken_back(connection, step, line)
    return step


def undo(session: Session, acting: Acting, *, step_id: str) -> Undone:
    """Take the last step of the user on the date in force back: one scan, or a whole list.

    Raises:
        RefusedError: ``NOTHING_TO_UNDO``; ``ATTENDANCE_CONFIRMED`` or ``CHANGED_SINCE`` when
            something happened to a juror of it since; nothing is changed then.
        NotAllowedError: If the role may not work on jury service.
    """
    connection = plain(session)
    known = history.get(connection, step_id)
    if known is None:
        step = to_undo(connection, acting)
        done = [_taken_back(connection, step, line) for line in
                lines.of_numbers(connection, acting, step.jurors)]  # fmt: skip
        days.keep(session, acting, done)
        history.add(session, acting, _told(step, step_id, done))
        known = history.get(plain(session), step_id)
        assert known is not None  # just written
    jurors = lines.of_numbers(connection, acting, days.jurors_of(known))
    return Undone(Code(str(known.data["code"])), tuple(jurors))


def _scan(
    session: Session,
    acting: Acting,
    number: str,
    take: Callable[[Desk, Juror | None, Record | None], Step],
    code: Code,
    step_id: str,
) -> JurorLine:
    roles.require(acting.user, Act.WORK_JURY)
    connection, number = plain(session), numbers.juror_number(number)
    if not history.has(connection, step_id):
        line = lines.find(connection, acting, number)
        juror, record = (line.juror, line.record) if line else (None, None)
        after = take(acting.desk, juror, record)
        assert line is not None  # a juror who is not known is refused
        days.write(session, acting, Done(line, after, code), step_id=step_id)
    return lines.line(plain(session), acting, number)


def _taken_back(connection: Connection, step: LastStep, line: JurorLine) -> Done:
    """The day as it was before a step.

    Raises:
        RefusedError: ``ATTENDANCE_CONFIRMED`` or ``CHANGED_SINCE``.
    """
    single = step.jurors == (line.number,)
    event = history.get(connection, step.id) if single else None
    if event is None or not event.juror:
        event = history.get(connection, row_ids.part(step.id, line.number))
    assert event is not None  # written with the step
    if step.code in OF_DATES:
        return _date_taken_back(line, event)
    if line.record is not None and line.record.stage in CLAIMED:
        raise RefusedError(Refusal.ATTENDANCE_CONFIRMED)
    if days.written(line.record) != event.data[days.AFTER]:
        raise RefusedError(Refusal.CHANGED_SINCE, number=line.number)
    juror = line.juror
    if days.member(juror) == event.data[days.MEMBER_AFTER]:
        juror = days.member_of(event.data[days.MEMBER_BEFORE], juror)
    return Done(line, Step(juror, days.read(event.data[days.BEFORE])), Code.UNDONE)


def _date_taken_back(line: JurorLine, event: Event) -> Done:
    """When a juror was due before; the day stays.

    Raises:
        RefusedError: ``CHANGED_SINCE``.
    """
    if days.member(line.juror) != event.data[days.MEMBER_AFTER]:
        raise RefusedError(Refusal.CHANGED_SINCE, number=line.number)
    juror = days.member_of(event.data[days.MEMBER_BEFORE], line.juror)
    return Done(line, Step(juror, line.record), Code.UNDONE)


def _told(step: LastStep, step_id: str, done: list[Done]) -> Iterator[Told]:
    """What is told of a step that was taken back, as a whole and of each juror."""
    data: dict[str, object] = {_UNDOES: step.id, "code": step.code.value}
    if len(done) > 1:
        yield Told(step_id, Code.UNDONE, data={**data, days.JURORS: list(step.jurors)})
    for each in done:
        line = each.line
        part = step_id if len(done) == 1 else row_ids.part(step_id, line.number)
        about = {**data, days.MEMBER_AFTER: days.member(each.after.juror)}
        yield Told(part, Code.UNDONE, line.number, line.pool, line.home_site, data=about)
