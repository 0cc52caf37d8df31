"""Deferral and postponement: what is refused, and the status afterwards.

Source: jury sheet, section 4.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from deskapp.services.jury.dates import age, months_after
from deskapp.services.jury.refusals import Refusal, RefusedError
from deskapp.services.jury.rules import Rules
from deskapp.services.jury.stages import Status
from deskapp.services.jury.status import REASON_LABELS

POSTPONED = "P"
"""The only reason of a postponement, which is the court's own act."""


class Decision(StrEnum):
    """What is decided on a request."""

    GRANT = "GRANT"
    REFUSE = "REFUSE"


@dataclass(frozen=True)
class Request:
    """Somebody asks to serve later."""

    previous_deferrals: int
    has_attendances: bool
    original_date: dt.date | None = None
    """The start of service as first summoned; needed to grant."""
    date_of_birth: dt.date | None = None
    """An age that is not known is not refused; it is checked when the reply comes."""


@dataclass(frozen=True)
class Answer:
    """What the officer decides."""

    decision: Decision
    new_date: dt.date | None = None
    """When service would begin; needed to grant."""
    into_pool: bool = False
    """Whether a pool was chosen for it."""
    confirm_again: bool = False
    """A juror deferred before is deferred again."""
    manager: bool = False
    """A manager allows a date beyond the latest."""


def decide(request: Request, answer: Answer, rules: Rules) -> Status:
    """The status after a decision. When granted, next date and on call go and the count rises.

    Raises:
        RefusedError: The first that holds of ``HAS_ATTENDANCES``,
            ``FIRST_DEFERRAL_CANNOT_BE_REFUSED``, ``ALREADY_DEFERRED``, ``BEYOND_12_MONTHS`` and
            ``OVER_AGE``.
        ValueError: If it is granted without the dates that it needs.
    """
    if request.has_attendances:
        raise RefusedError(Refusal.HAS_ATTENDANCES)
    if answer.decision is Decision.REFUSE:
        if not request.previous_deferrals:
            raise RefusedError(Refusal.FIRST_DEFERRAL_CANNOT_BE_REFUSED)
        return Status.RESPONDED
    if request.previous_deferrals and not answer.confirm_again:
        raise RefusedError(Refusal.ALREADY_DEFERRED)
    if answer.new_date is None or request.original_date is None:
        raise ValueError("a deferral is granted from one date to another")
    latest = months_after(request.original_date, rules.deferral_months)
    if answer.new_date > latest and not answer.manager:
        raise RefusedError(Refusal.BEYOND_12_MONTHS, date=latest, months=rules.deferral_months)
    check_not_over_age(request.date_of_birth, answer.new_date, rules)
    return Status.RESPONDED if answer.into_pool else Status.DEFERRED


def check_postponement(reason: str, pool: str, new_pool: str) -> None:
    """Refuse a postponement for another reason than ``P`` or into the same pool.

    Raises:
        RefusedError: ``WRONG_REASON`` or ``SAME_POOL``.
    """
    if reason != POSTPONED:
        raise RefusedError(Refusal.WRONG_REASON)
    if pool == new_pool:
        raise RefusedError(Refusal.SAME_POOL)


def check_reason(reason: str) -> None:
    """Refuse a reason that is not among those in use.

    Raises:
        RefusedError: ``WRONG_REASON``.
    """
    if reason not in REASON_LABELS:
        raise RefusedError(Refusal.WRONG_REASON)


def check_not_over_age(date_of_birth: dt.date | None, on: dt.date, rules: Rules) -> None:
    """Refuse a date on which the juror is too old; the birthday itself is.

    Raises:
        RefusedError: ``OVER_AGE``.
    """
    if date_of_birth and age(date_of_birth, on) > rules.oldest:
        raise RefusedError(Refusal.OVER_AGE, date=on)
