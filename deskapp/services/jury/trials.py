"""Trials: opened, a panel drawn by lot, the trial ended; of its jurors see ``panels``.

Source: jury sheet, sections 3 and 5.6.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
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
    history,
    numbers,
    row_ids,
    status,
    trial_lines,
    trial_writes,
)
from deskapp.services.jury.acting import Acting
from deskapp.services.jury.events import Code
from deskapp.services.jury.refusals import Refusal, RefusedError
from deskapp.services.jury.trial_lines import DrawLine, TrialLine
from deskapp.text import one_line

if TYPE_CHECKING:
    from sqlmodel import Session


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
        history.add(session, acting, [trial_writes.of_trial(step_id, Code.TRIAL_OPENED, trial_id)])
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
        trial = trial_writes.running(session, acting, trial_id)
        there = trial_writes.can_be_drawn(session, acting, trial_id, pools)
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
            trial_writes.put_on(session, acting, trial.line, there[number], order, step_id)
        whole = trial_writes.of_trial(step_id, Code.DRAWN, trial_id, asked=count)
        chosen = [there[each] for each in drawn.drawn]
        trial_writes.change(session, acting, chosen, status.Act.DRAW, whole)
    return trial_lines.draw(plain(session), acting, step_id)


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
        history.add(session, acting, [trial_writes.of_trial(step_id, Code.TRIAL_ENDED, trial_id)])
    return trial_lines.line(plain(session), acting, trial_id)
