"""The words of a scheme file that come from a closed set. Source: casework sheet, section 1.2."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

STAY = "="
PREVIOUS = "@previous"
ANY_STAGE = "*"
PARENT = "parent:"
"""Before the name of an action that the case has that this one was opened for."""
VARIANT_FIELD = "variant"
"""The field of a case that names its variant."""


class Label(NamedTuple):
    """What something is called."""

    en: str
    cy: str


class Subject(StrEnum):
    """What a case of the scheme follows."""

    PERSON = "person"
    PLACE = "place"
    ASSET = "asset"
    NONE = "none"


class Visibility(StrEnum):
    """Who may see the cases of the scheme."""

    SITE = "site"
    TEAM = "team"
    RESTRICTED = "restricted"


class Worklist(StrEnum):
    """In which list the cases of a stage stand."""

    TODO = "todo"
    WAITING = "waiting"
    DONE = "done"


class NoteNeed(StrEnum):
    """Whether an action takes a note."""

    NONE = "none"
    OPTIONAL = "optional"
    REQUIRED = "required"


class ItemKind(StrEnum):
    """What an item is to the people who do it."""

    TASK = "task"
    CHECK = "check"
    CONDITION = "condition"
    REVIEW = "review"
    DEADLINE = "deadline"
    BOOKING = "booking"
    ACTION = "action"
    LOAN = "loan"
    PAYMENT = "payment"


class Status(StrEnum):
    """How an item stands."""

    OPEN = "open"
    DONE = "done"
    NOT_DONE = "not_done"
    WAIVED = "waived"
    CANCELLED = "cancelled"


class Cadence(StrEnum):
    """From what the next occurrence of a series is counted."""

    ANCHOR = "anchor"
    AFTER_DONE = "after_done"


class Period(StrEnum):
    """The stretch of time a sample or report is about."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
