"""What a scheme says about letters, reports and samples. Source: casework sheet, section 1.2."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from deskapp.services.casework.predicates import Predicate
from deskapp.services.casework.rules import Chosen
from deskapp.services.casework.vocabulary import Label, Period

LENGTHS = ("median", "median_hours", "worst_hours")
"""Measures of the time between two anchors: in working days, or in hours that pass.

Hours: site and safety sheet, section 11 (reports).
"""


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
    """``count``, ``overdue``, ``sum``, ``percent``, or a length: see ``LENGTHS``."""
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

    percent: int | Chosen
    """Of a hundred; a decision table where some cases are looked at more often."""
    per: str
    period: Period
