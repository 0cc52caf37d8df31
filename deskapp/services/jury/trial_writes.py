"""How trials are written: who can be drawn, who is put onto a panel, who is moved on.

Source: jury sheet, sections 3 and 5.6.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from deskapp import roles
from deskapp.data.sessions import plain
from deskapp.roles import Act
from deskapp.services.jury import (
    ballot,
    days,
    history,
    lines,
    reading,
    row_ids,
    status,
    trial_lines,
)
from deskapp.services.jury.acting import Acting
from deskapp.services.jury.attendance import Step
from deskapp.services.jury.day_lists import Which
from deskapp.services.jury.days import Done
from deskapp.services.jury.events import Code
from deskapp.services.jury.history import Told
from deskapp.services.jury.lines import JurorLine
from deskapp.services.jury.refusals import Refusal, RefusedError
from deskapp.services.jury.stages import Stage
from deskapp.services.jury.status import Known
from deskapp.services.jury.trial_lines import Outcome, TrialLine, TrialRecord

if TYPE_CHECKING:
    from sqlmodel import Session

    from deskapp.data.jury_tables import TrialJuror


def running(session: Session, acting: Acting, trial_id: str) -> TrialRecord:
    """A trial that has not ended.

    Raises:
        NotFoundError: If there is no such trial.
        RefusedError: ``TRIAL_ENDED``.
    """
    record = trial_lines.record(plain(session), acting, trial_id)
    if record.line.ended_on is not None:
        raise RefusedError(Refusal.TRIAL_ENDED)
    return record


def can_be_drawn(
    session: Session, acting: Acting, trial_id: str, pools: Sequence[str]
) -> dict[str, JurorLine]:
    """Who can be drawn, by number: nobody who is on this panel or was challenged on it."""
    connection = plain(session)
    rows = connection.execute(
        "SELECT juror FROM trial_juror WHERE trial_id = ? AND outcome IN (?, ?, ?)",
        (trial_id, Outcome.PANEL.value, Outcome.JUROR.value, Outcome.CHALLENGED.value),
    ).fetchall()
    barred = {row[0] for row in rows}
    there = lines.of_numbers(connection, acting, reading.numbers(connection, acting, Which.IN))
    return {
        each.number: each
        for each in there
        if each.number not in barred
        and ballot.can_be_drawn(each.status, each.record, each.pool, pools)
    }


def put_on(
    session: Session, acting: Acting, trial: TrialLine, line: JurorLine, order: int, draw_id: str
) -> None:
    """Put a juror who was drawn onto the panel of a trial, for the first time or once more."""
    from deskapp.data.jury_tables import TrialJuror

    row_id = row_ids.on_trial(trial.id, line.number)
    row = session.get(TrialJuror, row_id) or TrialJuror(
        id=row_id,
        home_site=line.home_site,
        trial_id=trial.id,
        trial=trial.number,
        court=trial.court,
        juror=line.number,
        pool=line.pool,
        place=order,
        outcome="",
        draw_id="",
        drawn_on="",
    )
    row.place, row.pool, row.draw_id = order, line.pool, draw_id
    row.outcome, row.drawn_on = Outcome.PANEL.value, acting.date.isoformat()
    row.sworn_on = row.back_on = ""
    session.add(row)


def move(
    session: Session,
    acting: Acting,
    trial_id: str,
    chosen: Collection[str],
    act: status.Act,
    was: Outcome,
    put: Callable[[TrialJuror], None],
    *,
    step_id: str,
    check: Callable[[TrialRecord], None] | None = None,
    complete: bool = False,
) -> TrialRecord:
    """Move jurors of a trial on, all or none."""
    from deskapp.data.jury_tables import TrialJuror

    roles.require(acting.user, Act.WORK_JURY)
    if not history.has(plain(session), step_id):
        record = running(session, acting, trial_id)
        if check:
            check(record)
        there = {each.juror.number: each for each in record.members if each.outcome is was}
        for number in chosen:
            if number not in there:
                raise RefusedError(Refusal.NOT_ON_TRIAL, number=number)
        moved = [there[number].juror for number in dict.fromkeys(chosen)]
        change(session, acting, moved, act, of_trial(step_id, Code.STATUS, trial_id,
                act=act.value), complete=complete)  # fmt: skip
        for line in moved:
            row = session.get_one(TrialJuror, row_ids.on_trial(trial_id, line.number))
            put(row)
            session.add(row)
    return trial_lines.record(plain(session), acting, trial_id)


def change(
    session: Session,
    acting: Acting,
    moved: Sequence[JurorLine],
    act: status.Act,
    whole: Told,
    *,
    complete: bool = False,
) -> None:
    """Write the status of jurors after an act, and tell of it as one step."""
    done = [_after(acting, line, act, whole, complete=complete) for line in moved]
    days.write_many(session, acting, done, whole)


def _after(
    acting: Acting, line: JurorLine, act: status.Act, whole: Told, *, complete: bool
) -> Done:
    checked_in = line.record is not None and line.record.stage is Stage.CHECKED_IN
    known = Known(checked_in=checked_in, service_start=line.service_start, on=acting.date)
    juror = replace(line.juror, status=status.after(act, line.status, known, acting.rules))
    columns: dict[str, object] = {}
    if act is status.Act.RETURN_FROM_TRIAL:
        following = acting.calendar.add_working_days(acting.date, 1)
        juror = replace(juror, next_date=following)
    if complete:
        after = status.after(status.Act.COMPLETE, juror.status, known, acting.rules)
        juror = replace(juror, status=after, next_date=None, on_call=False)
        columns["completed_on"] = acting.date.isoformat()
    about = {"act": act.value, **whole.data}
    return Done(line, Step(juror, line.record), Code.STATUS, about=about, columns=columns)


def leave(session: Session, acting: Acting, number: str) -> None:
    """Return a juror whose service ends from the panel or jury they are on, if they are on one."""
    from sqlmodel import col, select

    from deskapp.data.jury_tables import TrialJuror

    on_it = (Outcome.PANEL.value, Outcome.JUROR.value)
    rows = select(TrialJuror).where(TrialJuror.juror == number, col(TrialJuror.outcome).in_(on_it))
    for row in session.exec(rows).all():
        returned(acting)(row)
        session.add(row)


def returned(acting: Acting) -> Callable[[TrialJuror], None]:
    """What returning writes of a juror."""

    def put(row: TrialJuror) -> None:
        row.outcome, row.back_on = Outcome.RETURNED.value, acting.date.isoformat()

    return put


def of_trial(step_id: str, code: Code, trial_id: str, **about: object) -> Told:
    """What is told of a trial; ``trial_id`` is in the data, as the event is of no juror."""
    return Told(step_id, code, data={"trial": trial_id, **about})
