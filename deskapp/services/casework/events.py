"""Events: what was done with a case, by whom and when. A case is the fold of its events.

An event is written once and never changed. It carries what JSON can carry, and the roles that the
person had then, so that every desk folds it to the same state. Source: casework sheet, section 1.1.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """What an event does."""

    OPEN = "open"
    """A case is opened with these values."""
    DO = "do"
    """An action is taken."""
    SET = "set"
    """Fields are filled in; ``name.field`` is the field of an item."""
    ADD = "add"
    """An item is added by hand."""
    CLOSE = "close"
    """An item ends with an outcome, or its outcome is corrected."""
    BOOK = "book"
    """An item is listed for a day."""
    EXTEND = "extend"
    """An item is given another due date."""
    HOLD = "hold"
    """Disposal is stopped."""
    RELEASE = "release"
    """A hold on disposal ends."""
    PROPOSE = "propose"
    """Disposal is proposed; another person decides on it."""
    MIGRATE = "migrate"
    """The case goes on under another version of its scheme."""
    VIEW = "view"
    """A restricted case was looked at."""


class Person(NamedTuple):
    """Who acts, and what they are: roles of the app and of schemes."""

    id: str
    roles: frozenset[str]


@dataclass(frozen=True)
class Event:
    """One thing that was done."""

    id: str
    case: str
    kind: Kind
    at: dt.datetime
    by: Person
    hlc: int = 0
    """Hybrid logical clock; with ``desk`` and ``seq`` it puts the events of all desks in order."""
    desk: str = ""
    seq: int = 0
    what: str = ""
    """The scheme, action or item it is about, or the reason of a hold."""
    version: int = 0
    """The version of the scheme that is opened or migrated to."""
    values: Mapping[str, object] = field(default_factory=dict)
    """Fields to what they are set to, as JSON knows it."""
    note: str = ""
    name: str = ""
    """What an added item is called. A screen uses the id of the event, which no other desk has."""
    outcome: str = ""
    due: str = ""
    """The day, or day and time, that is set by hand."""
    child: str = ""
    """The id of the case that the action opens."""
    parent: str = ""
    """The case that this one is opened for."""

    @property
    def order(self) -> tuple[int, str, int]:
        """Where the event stands among those of all desks."""
        return self.hlc, self.desk, self.seq


class Code(StrEnum):
    """Why something is refused, in the order in which reasons are given."""

    CLOSED = "closed"
    STAGE = "stage"
    ROLE = "role"
    PERSON = "person"
    FIELDS = "fields"
    LIMIT = "limit"
    ITEMS = "items"
    CONDITION = "condition"
    NOTE = "note"


class Reason(NamedTuple):
    """Why something is refused."""

    code: Code
    about: tuple[str, ...] = ()
    """The fields, items, roles or person it is about; ``words`` makes a sentence of them."""
