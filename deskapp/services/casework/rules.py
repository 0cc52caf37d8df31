"""What a due rule is: a small table of an anchor, amounts and finishing touches.

How one is worked out: ``due``. Source: casework sheet, section 1.3.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from deskapp.services.casework.predicates import Predicate

Amount = int | str
"""A number, or ``"$field"``."""

CALENDAR_UNITS = ("years", "months", "weeks", "days", "working_days")
ELAPSED_UNITS = ("hours", "minutes")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SNAPS = ("month_start", "month_end", *WEEKDAYS)


class Roll(StrEnum):
    """What becomes of a day that is no working day."""

    NEXT = "next"
    PREVIOUS = "previous"
    RELEASE = "release"
    """Back while the day, or the day after it, is not a working day."""


@dataclass(frozen=True)
class Step:
    """How far to go from an anchor."""

    years: Amount = 0
    months: Amount = 0
    weeks: Amount = 0
    days: Amount = 0
    working_days: Amount = 0


@dataclass(frozen=True)
class Touches:
    """What is done to a day once it is found."""

    snap: str = ""
    roll: Roll | None = None
    at: dt.time | None = None


@dataclass(frozen=True)
class Shift:
    """A day, or a day and time, so far from an anchor."""

    anchor: str
    back: bool
    """Counted before the anchor."""
    step: Step = Step()
    inclusive: bool = False
    touches: Touches = Touches()
    cutoff: dt.time | None = None


@dataclass(frozen=True)
class Elapsed:
    """An instant so long after or before another, whatever day or clock it passes."""

    anchor: str
    back: bool
    hours: Amount = 0
    minutes: Amount = 0


@dataclass(frozen=True)
class Combined:
    """The earliest or the latest of several rules; one without an answer is passed over."""

    rules: tuple[DueRule, ...]
    latest: bool


@dataclass(frozen=True)
class Choice:
    """One line of a decision table."""

    when: Predicate | None
    """``None``: the default."""
    result: DueRule | Step | Plain


@dataclass(frozen=True)
class Plain:
    """A value that a decision table gives as it stands."""

    value: int | str


@dataclass(frozen=True)
class Chosen:
    """A decision table: the first line that holds is used."""

    choices: tuple[Choice, ...]


DueRule = Shift | Elapsed | Combined | Chosen
