"""What may be done with a juror of a status, and the status afterwards.

Source: jury sheet, section 3. Deferral has rules of its own: ``deferral``.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from deskapp.i18n import N_
from deskapp.services.jury.dates import age
from deskapp.services.jury.refusals import Refusal, RefusedError
from deskapp.services.jury.rules import Rules
from deskapp.services.jury.stages import Status


class Act(StrEnum):
    """What is done with a juror besides the day at court."""

    ACCEPT_REPLY = "accept_reply"
    EXCUSE = "excuse"
    REFUSE_EXCUSAL = "refuse_excusal"
    DISQUALIFY = "disqualify"
    DEFER = "defer"
    INTO_POOL = "into_pool"
    REASSIGN = "reassign"
    TRANSFER = "transfer"
    DRAW = "draw"
    EMPANEL = "empanel"
    SEND_BACK = "send_back"
    """Not used, or challenged."""
    RETURN_FROM_PANEL = "return_from_panel"
    RETURN_FROM_TRIAL = "return_from_trial"
    COMPLETE = "complete"
    UNDO_COMPLETION = "undo_completion"
    FAILED_TO_ATTEND = "failed_to_attend"
    UNDO_FAILED_TO_ATTEND = "undo_failed_to_attend"
    SUMMONS_RETURNED = "summons_returned"
    SEND_AGAIN = "send_again"


class Move(NamedTuple):
    """From which statuses an act leads to which."""

    sources: frozenset[Status]
    to: Status


def _move(to: Status, *sources: Status) -> Move:
    return Move(frozenset(sources), to)


_S = Status
MOVES = {
    Act.ACCEPT_REPLY: _move(_S.RESPONDED, _S.SUMMONED, _S.AWAITING_INFO),
    Act.EXCUSE: _move(_S.EXCUSED, _S.SUMMONED, _S.RESPONDED, _S.AWAITING_INFO),
    Act.REFUSE_EXCUSAL: _move(_S.RESPONDED, _S.SUMMONED, _S.RESPONDED, _S.AWAITING_INFO),
    Act.DISQUALIFY: _move(_S.DISQUALIFIED, _S.SUMMONED, _S.RESPONDED, _S.AWAITING_INFO),
    Act.DEFER: _move(_S.DEFERRED, _S.SUMMONED, _S.RESPONDED),
    Act.INTO_POOL: _move(_S.RESPONDED, _S.DEFERRED),
    Act.REASSIGN: _move(_S.REASSIGNED, _S.SUMMONED, _S.RESPONDED, _S.DEFERRED),
    Act.TRANSFER: _move(_S.TRANSFERRED, _S.SUMMONED, _S.RESPONDED),
    Act.DRAW: _move(_S.PANEL, _S.RESPONDED),
    Act.EMPANEL: _move(_S.JUROR, _S.PANEL),
    Act.SEND_BACK: _move(_S.RESPONDED, _S.PANEL),
    Act.RETURN_FROM_PANEL: _move(_S.RESPONDED, _S.PANEL),
    Act.RETURN_FROM_TRIAL: _move(_S.RESPONDED, _S.JUROR),
    Act.COMPLETE: Move(
        frozenset(_S) - {_S.SUMMONED, _S.TRANSFERRED, _S.FAILED_TO_ATTEND, _S.COMPLETED},
        _S.COMPLETED,
    ),
    Act.UNDO_COMPLETION: _move(_S.RESPONDED, _S.COMPLETED),
    Act.FAILED_TO_ATTEND: _move(_S.FAILED_TO_ATTEND, _S.RESPONDED),
    Act.UNDO_FAILED_TO_ATTEND: _move(_S.RESPONDED, _S.FAILED_TO_ATTEND),
    Act.SUMMONS_RETURNED: _move(_S.UNDELIVERABLE, _S.SUMMONED),
    Act.SEND_AGAIN: _move(_S.SUMMONED, _S.UNDELIVERABLE),
}
LEADER_ONLY = frozenset({Act.UNDO_COMPLETION, Act.UNDO_FAILED_TO_ATTEND})

REASON_LABELS = {
    "A": N_("Moved from the area"),
    "B": N_("Student"),
    "C": N_("Childcare"),
    "D": N_("Deceased"),
    "F": N_("The forces"),
    "G": N_("Financial hardship"),
    "I": N_("Ill"),
    "J": N_("Too many jurors (Bureau)"),
    "K": N_("Criminal record"),
    "L": N_("Language difficulties"),
    "M": N_("Medical"),
    "N": N_("Mental health"),
    "O": N_("Other"),
    "P": N_("Postponement of service"),
    "R": N_("Religious reasons"),
    "S": N_("Recently served"),
    "T": N_("Travelling difficulties"),
    "W": N_("Work related"),
    "X": N_("Carer"),
    "Y": N_("Holiday"),
    "Z": N_("Bereavement"),
    "CE": N_("Criminal justice employee"),
    "DC": N_("Deferred by court, too many jurors"),
    "PE": N_("Personal engagement"),
}
"""Reasons of excusal and deferral that are in use, by code."""

DISQUALIFICATION_LABELS = {
    "A": N_("Age"),
    "B": N_("Bail"),
    "C": N_("Conviction"),
    "D": N_("Judicial disqualification"),
    "E": N_("Electronic police check failed"),
    "M": N_("Mental health, detained"),
    "N": N_("Mental health, capacity"),
    "O": N_("Mental health, other"),
    "R": N_("Residency"),
}
_REASONS = {
    Act.EXCUSE: REASON_LABELS,
    Act.DEFER: REASON_LABELS,
    Act.DISQUALIFY: DISQUALIFICATION_LABELS,
}


@dataclass(frozen=True)
class Known:
    """What is known when something is done with a juror; each act looks at some of it."""

    reason: str = ""
    date_of_birth: dt.date | None = None
    leader: bool = False
    service_start: dt.date | None = None
    on: dt.date | None = None
    """The new start of service, or the day of completion."""
    same_pool: bool = False
    unconfirmed_at_sender: bool = False
    """An attendance at another sending court is not confirmed."""
    checked_in: bool = False
    """Checked in at this court that day."""
    attended: bool = False
    """Has any attendance at all, or a completion date."""


def after(act: Act, status: Status, known: Known, rules: Rules) -> Status:
    """The status after ``act``; of a reassignment or transfer the one where the juror leaves.

    Raises:
        RefusedError: The first that holds: ``WRONG_STATUS``, ``NOT_ALLOWED``, ``WRONG_REASON``,
            then the conditions of the act.
    """
    move = MOVES[act]
    if status not in move.sources:
        raise RefusedError(Refusal.WRONG_STATUS, status=status)
    if act in LEADER_ONLY and not known.leader:
        raise RefusedError(Refusal.NOT_ALLOWED)
    if act in _REASONS and known.reason not in _REASONS[act]:
        raise RefusedError(Refusal.WRONG_REASON)
    _check(act, known, rules)
    return move.to


def at_target(act: Act, status: Status) -> Status:
    """The status in the new pool: kept by a reassignment, responded after a transfer."""
    return status if act is Act.REASSIGN else Status.RESPONDED


def _check(act: Act, known: Known, rules: Rules) -> None:
    if act is Act.ACCEPT_REPLY and known.date_of_birth is None:
        raise RefusedError(Refusal.NO_DATE_OF_BIRTH)
    if act in (Act.REASSIGN, Act.TRANSFER):
        _check_leaving(known, rules)
    if act in (Act.DRAW, Act.SEND_BACK) and not known.checked_in:
        raise RefusedError(Refusal.NOT_CHECKED_IN)
    if act is Act.FAILED_TO_ATTEND and known.attended:
        raise RefusedError(Refusal.HAS_ATTENDANCES)
    start = known.service_start
    if act is Act.COMPLETE and start and known.on and known.on < start:
        raise RefusedError(Refusal.BEFORE_SERVICE_START, date=start)


def _check_leaving(known: Known, rules: Rules) -> None:
    if known.same_pool:
        raise RefusedError(Refusal.SAME_POOL)
    if known.unconfirmed_at_sender:
        raise RefusedError(Refusal.UNCONFIRMED_ATTENDANCES)
    if known.date_of_birth is None or known.on is None:
        return
    years = age(known.date_of_birth, known.on)
    if years > rules.oldest:
        raise RefusedError(Refusal.OVER_AGE, date=known.on)
    if years < rules.youngest:
        raise RefusedError(Refusal.UNDER_AGE, date=known.on)
