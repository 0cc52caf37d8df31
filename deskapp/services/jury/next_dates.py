"""When jurors are due next, one or many at once; or on call, which excludes a date.

Source: jury sheet, sections 1 and 5.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from deskapp import roles
from deskapp.data.connection import Connection
from deskapp.data.sessions import plain
from deskapp.errors import FormProblemsError, Problem
from deskapp.i18n import _, day
from deskapp.roles import Act
from deskapp.services.jury import days, history, lines
from deskapp.services.jury.acting import Acting
from deskapp.services.jury.attendance import Step
from deskapp.services.jury.days import Done
from deskapp.services.jury.events import Code
from deskapp.services.jury.history import Told
from deskapp.services.jury.lines import JurorLine
from deskapp.services.jury.refusals import Refusal, RefusedError
from deskapp.services.jury.stages import Status

if TYPE_CHECKING:
    from sqlmodel import Session

_MAY_BE_DUE = frozenset({Status.SUMMONED, Status.RESPONDED, Status.PANEL})


class SetFor(NamedTuple):
    """For whom a date was set."""

    done: list[str]
    refused: list[tuple[str, RefusedError]]
    """Number, and why nothing was changed for this juror."""


def may_be_due(line: JurorLine) -> None:
    """Refuse a juror who is due nowhere.

    Raises:
        RefusedError: ``WRONG_COURT`` or ``WRONG_STATUS``.
    """
    if not line.here:
        raise RefusedError(Refusal.WRONG_COURT)
    if line.status not in _MAY_BE_DUE:
        raise RefusedError(Refusal.WRONG_STATUS, status=line.status)


def who_may(connection: Connection, acting: Acting, numbers: Iterable[str]) -> list[str]:
    """Those of a list who can have a next date, in its order.

    Raises:
        NotAllowedError: If the role may not read of jurors.
    """
    found = []
    for line in lines.of_numbers(connection, acting, numbers):
        with suppress(RefusedError):
            may_be_due(line)
            found.append(line.number)
    return found


def done(acting: Acting, line: JurorLine, on: dt.date | None) -> Done:
    """What setting the next date makes of a juror; without a date they are on call.

    Raises:
        RefusedError: As ``may_be_due``.
        FormProblemsError: If the court does not sit on that day, or it is past.
    """
    may_be_due(line)
    _must_sit(acting, on)
    juror = replace(line.juror, next_date=on, on_call=on is None)
    return Done(line, Step(juror, line.record), _code(on), about=_about(on))


def set_for(
    session: Session, acting: Acting, numbers: Iterable[str], on: dt.date | None, *, step_id: str
) -> SetFor:
    """Set the next date of many; whoever cannot have one is told of, the others get it.

    Args:
        session: An open write transaction; the caller commits.
        acting: Who does it.
        numbers: Of the jurors.
        on: The date; without one they are put on call.
        step_id: Of the step, done once and taken back as one.

    Raises:
        FormProblemsError: If the court does not sit on that day, or it is past.
        NotAllowedError: If the role may not work on jury service.
    """
    roles.require(acting.user, Act.WORK_JURY)
    _must_sit(acting, on)
    connection = plain(session)
    if known := history.get(connection, step_id):
        return SetFor(list(days.jurors_of(known)), [])
    made: list[Done] = []
    refused: list[tuple[str, RefusedError]] = []
    for line in lines.of_numbers(connection, acting, numbers):
        try:
            made.append(done(acting, line, on))
        except RefusedError as error:
            refused.append((line.number, error))
    if made:
        days.write_many(session, acting, made, Told(step_id, _code(on), data=_about(on)))
    return SetFor([each.line.number for each in made], refused)


def _must_sit(acting: Acting, on: dt.date | None) -> None:
    if on and (on < acting.today or not acting.calendar.is_working_day(on)):
        message = _("The court does not sit on {date}. Choose a day on which it does.")
        raise FormProblemsError([Problem("on", message.format(date=day(on)))])


def _code(on: dt.date | None) -> Code:
    return Code.NEXT_DATE if on else Code.ON_CALL


def _about(on: dt.date | None) -> dict[str, object]:
    return {"on": on.isoformat()} if on else {}
