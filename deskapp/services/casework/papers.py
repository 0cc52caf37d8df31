"""What a scheme says about letters, reports and samples. Source: casework sheet, section 1.2."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from deskapp.services.casework.predicates import Predicate
from deskapp.services.casework.vocabulary import Label, Period


@dataclass(frozen=True)
class Letter:
    """A letter that is offered, never sent by itself."""

    id: str
    label: Label
    en: str
    cy: str
    to: str
    offer_on: tuple[str, ...]


class Measure(NamedTuple):
    """What a report counts."""

    kind: str
    """``count``, ``overdue``, ``sum``, ``percent`` or ``median``."""
    of: str = ""
    where: Predicate | None = None
    between: tuple[str, str] | None = None


@dataclass(frozen=True)
class Report:
    """A table on the screen and as CSV."""

    id: str
    label: Label
    over: str
    where: Predicate | None
    group: tuple[str, ...]
    measures: tuple[Measure, ...]
    period: Period | None


@dataclass(frozen=True)
class Sample:
    """Which part of the work is looked at again."""

    percent: int
    per: str
    period: Period
