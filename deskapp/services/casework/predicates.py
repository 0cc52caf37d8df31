"""Predicates: what a scheme may ask of a case, and whether it holds.

There is no text expression language, and nothing is evaluated as code.
Source: casework sheet, section 1.5.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from deskapp.services.casework.rules import DueRule, Step
from deskapp.services.casework.values import Value


class Op(StrEnum):
    """How a value is compared."""

    IS = "is"
    IS_NOT = "is_not"
    IN = "in"
    SET = "set"
    GE = "ge"
    GT = "gt"
    LE = "le"
    LT = "lt"


Constant = Value | bool


@dataclass(frozen=True)
class Compare:
    """A field against a value."""

    field: str
    op: Op
    value: Constant


@dataclass(frozen=True)
class Passed:
    """Whether the date of an anchor, or today, is later than the date of a rule."""

    rule: DueRule
    at: str


@dataclass(frozen=True)
class Select:
    """Which items of a case are looked at."""

    item: str = ""
    outcomes: frozenset[str] = frozenset()
    statuses: frozenset[str] = frozenset()
    where: Predicate | None = None
    within: Step | None = None


@dataclass(frozen=True)
class Count:
    """How many items there are."""

    select: Select
    op: Op
    value: Constant


@dataclass(frozen=True)
class Sum:
    """The sum of a field over items."""

    select: Select
    of: str
    op: Op
    value: Constant


@dataclass(frozen=True)
class Children:
    """How many child cases of a scheme are open."""

    scheme: str
    open: int


class Mode(StrEnum):
    """How many of several must hold."""

    ALL = "all"
    ANY = "any"
    NONE = "none"


@dataclass(frozen=True)
class Several:
    """All, any or none of several predicates."""

    mode: Mode
    parts: tuple[Predicate, ...]


Predicate = Compare | Passed | Count | Sum | Children | Several
