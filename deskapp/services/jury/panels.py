"""Jurors of a panel: sworn in, sent back or returned; sworn jurors returned from the trial.

Source: jury sheet, sections 3 and 5.6.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from deskapp.services.jury import ballot, status, trial_writes
from deskapp.services.jury.acting import Acting
from deskapp.services.jury.trial_lines import Outcome, TrialRecord

if TYPE_CHECKING:
    from sqlmodel import Session

    from deskapp.data.jury_tables import TrialJuror


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

    return trial_writes.move(
        session,
        acting,
        trial_id,
        chosen,
        status.Act.EMPANEL,
        Outcome.PANEL,
        sworn,
        step_id=step_id,
        check=size,
    )


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

    return trial_writes.move(
        session,
        acting,
        trial_id,
        chosen,
        status.Act.SEND_BACK,
        Outcome.PANEL,
        back,
        step_id=step_id,
    )


def return_panel(
    session: Session, acting: Acting, trial_id: str, chosen: Collection[str], *, step_id: str
) -> TrialRecord:
    """Return jurors of the panel to the waiting room, unused and unquestioned.

    Raises:
        RefusedError: ``NOT_ON_TRIAL``, ``WRONG_STATUS``.
        NotFoundError: If there is no such trial.
        NotAllowedError: If the role may not work on jury service.
    """
    return trial_writes.move(
        session,
        acting,
        trial_id,
        chosen,
        status.Act.RETURN_FROM_PANEL,
        Outcome.PANEL,
        trial_writes.returned(acting),
        step_id=step_id,
    )


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
    return trial_writes.move(
        session,
        acting,
        trial_id,
        chosen,
        status.Act.RETURN_FROM_TRIAL,
        Outcome.JUROR,
        trial_writes.returned(acting),
        step_id=step_id,
        complete=complete,
    )
