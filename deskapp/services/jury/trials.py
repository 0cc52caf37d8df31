"""Trials: opened, a panel drawn by lot, jurors sworn, sent back or returned, the trial ended.

Source: jury sheet, sections 3 and 5.6.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from deskapp import roles
from deskapp.clock import stamp
from deskapp.data.sessions import plain
from deskapp.errors import FormProblemsError, Problem
from deskapp.i18n import _
from deskapp.roles import Act
from deskapp.services import drafts as form_drafts
from deskapp.services.jury import (
    ballot,
    days,
    history,
    lines,
    numbers,
    reading,
    row_ids,
    status,
    trial_lines,
)
from deskapp.services.jury.acting import Acting
from deskapp.services.jury.attendance import Step
from deskapp.services.jury.days import Done
from deskapp.services.jury.events import Code
from deskapp.services.jury.history import Told
from deskapp.services.jury.lines import JurorLine
from deskapp.services.jury.reading import Which
from deskapp.services.jury.refusals import Refusal, RefusedError
from deskapp.services.jury.stages import Stage
from deskapp.services.jury.status import Known
from deskapp.services.jury.trial_lines import DrawLine, Outcome, TrialLine, TrialRecord
from deskapp.text import one_line

if TYPE_CHECKING:
    from sqlmodel import Session

    from deskapp.data.jury_tables import TrialJuror


@dataclass(frozen=True)
class TrialDraft:
    """A trial as it was typed."""

    number: str
    name: str = ""
    """Names of the defendants or parties."""
    judge: str = ""
    room: str = ""


def open_trial(session: Session, acting: Acting, draft: TrialDraft, *, step_id: str) -> TrialLine:
    """Open a trial at the court in force; its stored form is forgotten.

    Raises:
        FormProblemsError: If the number is none.
        RefusedError: ``TRIAL_EXISTS``.
        NotAllowedError: If the role may not work on jury service.
    """
    from deskapp.data.jury_tables import Trial

    roles.require(acting.user, Act.WORK_JURY)
    connection = plain(session)
    number = numbers.trial_number(one_line(draft.number))
    if not number:
        message = _("Enter the number of the trial, up to 16 characters")
        raise FormProblemsError([Problem("number", message)])
    trial_id = row_ids.trial(acting.court, number)
    if not history.has(connection, step_id):
        if session.get(Trial, trial_id) is not None:
            raise RefusedError(Refusal.TRIAL_EXISTS, number=number)
        session.add(
            Trial(
                id=trial_id,
                home_site=acting.user.site,
                number=number,
                court=acting.court,
                name=one_line(draft.name),
                judge=one_line(draft.judge),
                room=one_line(draft.room),
                start_on=acting.date.isoformat(),
            )
        )
        history.add(session, acting, [_of_trial(step_id, Code.TRIAL_OPENED, trial_id)])
    form_drafts.drop(plain(session), step_id)
    return trial_lines.line(plain(session), acting, trial_id)


def draw_panel(
    session: Session,
    acting: Acting,
    trial_id: str,
    count: int,
    *,
    pools: Sequence[str] = (),
    seed: str = "",
    step_id: str,
) -> DrawLine:
    """Draw so many jurors in waiting for the panel of a trial, by lot; the draw is kept.

    Args:
        session: An open write transaction; the caller commits.
        acting: Who draws, on which day.
        trial_id: Of the trial.
        count: How many.
        pools: Only from these pools; from all when empty.
        seed: One that nobody can foresee when empty; only invented data has its own.
        step_id: Of the draw, made once.

    Raises:
        RefusedError: ``WRONG_PANEL_SIZE``, ``NOT_ENOUGH_JURORS``, ``TRIAL_ENDED``.
        NotFoundError: If there is no such trial.
        NotAllowedError: If the role may not work on jury service.
    """
    from deskapp.data.jury_tables import JuryDraw

    roles.require(acting.user, Act.WORK_JURY)
    connection = plain(session)
    if not history.has(connection, step_id):
        trial = _running(session, acting, trial_id)
        there = _can_be_drawn(session, acting, trial_id, pools)
        drawn = ballot.draw(there, count, seed or ballot.new_seed(), acting.rules)
        session.add(
            JuryDraw(
                id=step_id,
                home_site=acting.user.site,
                at=stamp(acting.at),
                officer_id=acting.user.id,
                trial_id=trial_id,
                court=acting.court,
                day=acting.date.isoformat(),
                asked=count,
                seed=drawn.seed,
                pools=json.dumps(list(pools)),
                candidates=json.dumps(drawn.candidates),
                drawn=json.dumps(drawn.drawn),
            )
        )
        first = 1 + max((each.order for each in trial.members), default=0)
        for order, number in enumerate(drawn.drawn, start=first):
            _put_on(session, acting, trial.line, there[number], order, step_id)
        _change(session, acting, [there[each] for each in drawn.drawn], status.Act.DRAW,
                _of_trial(step_id, Code.DRAWN, trial_id, asked=count))  # fmt: skip
    return trial_lines.draw(plain(session), acting, step_id)


def empanel(
    session: Session, acting: Acting, trial_id: str, chosen: Collection[str], *, step_id: str
) -> TrialRecord:
    """Swear jurors of the panel in.

    Raises:
        RefusedError: ``WRONG_PANEL_SIZE``, ``NOT_ON_TRIAL``, ``WRONG_STATUS``, ``TRIAL_ENDED``.
        NotFoundError: If there is no such trial.
        NotAllowedError: If the role may not work on jury service.
    """

    def sworn(row: TrialJuror) -> None:
        row.outcome, row.sworn_on = Outcome.JUROR.value, acting.date.isoformat()

    def size(record: TrialRecord) -> None:
        on_jury = sum(each.outcome is Outcome.JUROR for each in record.members)
        ballot.check_size(on_jury + len(chosen), acting.rules.most_on_jury)

    return _move(session, acting, trial_id, chosen, status.Act.EMPANEL, Outcome.PANEL, sworn,
                 step_id=step_id, check=size)  # fmt: skip


def send_back(
    session: Session,
    acting: Acting,
    trial_id: str,
    chosen: Collection[str],
    outcome: Outcome,
    *,
    step_id: str,
) -> TrialRecord:
    """Send jurors of the panel back to the waiting room: not used, or challenged.

    Raises:
        RefusedError: ``NOT_ON_TRIAL``, ``WRONG_STATUS``, ``NOT_CHECKED_IN``.
        NotFoundError: If there is no such trial.
        NotAllowedError: If the role may not work on jury service.
    """
    if outcome not in (Outcome.NOT_USED, Outcome.CHALLENGED):
        raise ValueError("jurors are sent back as not used or challenged")

    def back(row: TrialJuror) -> None:
        row.outcome, row.back_on = outcome.value, acting.date.isoformat()

    return _move(session, acting, trial_id, chosen, status.Act.SEND_BACK, Outcome.PANEL, back,
                 step_id=step_id)  # fmt: skip


def return_panel(
    session: Session, acting: Acting, trial_id: str, chosen: Collection[str], *, step_id: str
) -> TrialRecord:
    """Return jurors of the panel to the waiting room, unused and unquestioned.

    Raises:
        RefusedError: ``NOT_ON_TRIAL``, ``WRONG_STATUS``.
        NotFoundError: If there is no such trial.
        NotAllowedError: If the role may not work on jury service.
    """
    return _move(session, acting, trial_id, chosen, status.Act.RETURN_FROM_PANEL, Outcome.PANEL,
                 _returned(acting), step_id=step_id)  # fmt: skip


def return_jury(
    session: Session,
    acting: Acting,
    trial_id: str,
    chosen: Collection[str],
    *,
    complete: bool = False,
    step_id: str,
) -> TrialRecord:
    """Return sworn jurors from a trial; with ``complete`` their service ends that day.

    Confirm their day first: afterwards they are jurors in waiting again.

    Raises:
        RefusedError: ``NOT_ON_TRIAL``, ``WRONG_STATUS``.
        NotFoundError: If there is no such trial.
        NotAllowedError: If the role may not work on jury service.
    """
    return _move(session, acting, trial_id, chosen, status.Act.RETURN_FROM_TRIAL, Outcome.JUROR,
                 _returned(acting), step_id=step_id, complete=complete)  # fmt: skip


def end(session: Session, acting: Acting, trial_id: str, *, step_id: str) -> TrialLine:
    """End a trial that nobody is on.

    Raises:
        RefusedError: ``TRIAL_NOT_EMPTY``.
        NotFoundError: If there is no such trial.
        NotAllowedError: If the role may not work on jury service.
    """
    from deskapp.data.jury_tables import Trial

    roles.require(acting.user, Act.WORK_JURY)
    if not history.has(plain(session), step_id):
        line = trial_lines.line(plain(session), acting, trial_id)
        ballot.end_trial(line.panel + line.jury)
        row = session.get_one(Trial, trial_id)
        row.ended_on = acting.date.isoformat()
        session.add(row)
        history.add(session, acting, [_of_trial(step_id, Code.TRIAL_ENDED, trial_id)])
    return trial_lines.line(plain(session), acting, trial_id)


# -- how it is written ---------------------------------------------------------------------------


def _running(session: Session, acting: Acting, trial_id: str) -> TrialRecord:
    record = trial_lines.record(plain(session), acting, trial_id)
    if record.line.ended_on is not None:
        raise RefusedError(Refusal.TRIAL_ENDED)
    return record


def _can_be_drawn(
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


def _put_on(
    session: Session, acting: Acting, trial: TrialLine, line: JurorLine, order: int, draw_id: str
) -> None:
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


def _move(
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
        record = _running(session, acting, trial_id)
        if check:
            check(record)
        there = {each.juror.number: each for each in record.members if each.outcome is was}
        for number in chosen:
            if number not in there:
                raise RefusedError(Refusal.NOT_ON_TRIAL, number=number)
        moved = [there[number].juror for number in dict.fromkeys(chosen)]
        _change(session, acting, moved, act, _of_trial(step_id, Code.STATUS, trial_id,
                act=act.value), complete=complete)  # fmt: skip
        for line in moved:
            row = session.get_one(TrialJuror, row_ids.on_trial(trial_id, line.number))
            put(row)
            session.add(row)
    return trial_lines.record(plain(session), acting, trial_id)


def _change(
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


def _returned(acting: Acting) -> Callable[[TrialJuror], None]:
    def put(row: TrialJuror) -> None:
        row.outcome, row.back_on = Outcome.RETURNED.value, acting.date.isoformat()

    return put


def _of_trial(step_id: str, code: Code, trial_id: str, **about: object) -> Told:
    """What is told of a trial; ``trial_id`` is in the data, as the event is of no juror."""
    return Told(step_id, code, data={"trial": trial_id, **about})
