"""What is claimed for the days of a juror, as it is kept, counted and shown.

Source: jury sheet, sections 6.2 to 6.6.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from deskapp.errors import DeskError
from deskapp.i18n import N_
from deskapp.services.jury import claims, expenses, limits, money, rates
from deskapp.services.jury import rules as jury_rules
from deskapp.services.jury.expenses import ITEMS, Day, Figures
from deskapp.services.jury.limits import Limits
from deskapp.services.jury.rates import RateRow, RateTable
from deskapp.services.jury.rules import Rules
from deskapp.services.jury.stages import Stage

COUNTED = (*ITEMS, "smart_card")
"""What is kept of a day once it was paid."""


class State(StrEnum):
    """How far the claim on one day has come."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    """It waits for another person's approval."""
    APPROVED = "approved"
    EDITED = "edited"
    """Changed after it was approved: the difference waits for approval."""


STATE_LABELS = {
    State.DRAFT: N_("To submit"),
    State.SUBMITTED: N_("To approve"),
    State.APPROVED: N_("Approved"),
    State.EDITED: N_("Changed, to approve"),
}
TO_APPROVE = frozenset({State.SUBMITTED, State.EDITED})


class Basis(NamedTuple):
    """What amounts are counted by."""

    rules: Rules
    table: RateTable
    limits: Limits


def basis(settings_folder: Path) -> Basis:
    """What is in force on this computer.

    Raises:
        SettingsError: If a file of the settings folder cannot be used.
    """
    return Basis(
        jury_rules.rules(settings_folder),
        rates.in_force(settings_folder),
        limits.limits(settings_folder),
    )


@dataclass(frozen=True)
class ClaimDay:
    """One day with what is claimed for it."""

    id: str
    """Of the attendance and of its claim."""
    juror: str
    pool: str
    court: str
    date: dt.date
    state: State
    stage: Stage | None
    day: Day
    basis: Basis
    version: int
    fixed: RateRow | None = None
    """The rates that were fixed to it when it was submitted."""
    in_cash: bool = False
    other_what: str = ""
    permitted_by: str = ""
    audit_number: str = ""
    touched_by: frozenset[str] = frozenset()
    """Ids of everybody who entered, submitted or edited any of it, at whatever desk."""
    paid: Mapping[str, Decimal] | None = None
    """What was approved so far, by ``COUNTED``; ``None`` before anything was."""

    @property
    def rules(self) -> Rules:
        """By which it is counted."""
        return self.basis.rules

    @property
    def row(self) -> RateRow:
        """The rates that count for it.

        Raises:
            NoRatesError: If none are known for its date.
        """
        return self.fixed or self.basis.table.on(self.date)

    @cached_property
    def figures(self) -> Figures:
        """What the day comes to.

        Raises:
            RefusedError: ``EXPENSE_BELOW_ZERO`` or ``CHECK_OUT_NOT_AFTER_CHECK_IN``.
            NoRatesError: If no rates are known for its date.
        """
        return expenses.figures(self.day, self.row.rates, self.rules)

    @property
    def problem(self) -> DeskError | None:
        """Why the day cannot be counted, where another change left it so."""
        try:
            self.figures  # noqa: B018 - it raises
        except DeskError as error:
            return error
        return None

    @property
    def due(self) -> dict[str, Decimal]:
        """What the day comes to, by ``COUNTED``."""
        return {**self.figures.items, "smart_card": self.figures.smart_card}

    @property
    def to_pay(self) -> Decimal:
        """What remains to be paid for it."""
        if self.problem:
            return money.ZERO
        return claims.day_total(self.due) - claims.day_total(self.paid or {})

    @property
    def seen(self) -> str:
        """Short text that differs once anything of the day or of its amounts is another."""
        amounts = "" if self.problem else str(sorted(self.due.items()))
        told = (self.version, self.state, self.stage, self.day, self.in_cash, amounts)
        return hashlib.sha256(repr(told).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Claim:
    """Every confirmed day of a juror, in the order of their dates."""

    juror: str
    name: str
    pool: str
    service_start: dt.date | None
    smart_card: str
    """Number of their card."""
    days: tuple[ClaimDay, ...]

    def of(self, states: Iterable[State]) -> tuple[ClaimDay, ...]:
        """The days that have come so far."""
        wanted = frozenset(states)
        return tuple(day for day in self.days if day.state in wanted)

    @property
    def to_submit(self) -> tuple[ClaimDay, ...]:
        """The days in draft."""
        return self.of([State.DRAFT])

    @property
    def to_approve(self) -> tuple[ClaimDay, ...]:
        """The days that wait for approval."""
        return self.of(TO_APPROVE)


def amount(days: Iterable[ClaimDay]) -> Decimal:
    """What remains to be paid for days together."""
    return money.total(day.to_pay for day in days)


def seen(days: Iterable[ClaimDay]) -> dict[str, str]:
    """What was shown of days, by id: an act on them takes it, to notice that one has changed."""
    return {day.id: day.seen for day in days}
