"""What a case is once its events are folded: values that are replaced, never changed."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple, Self

from deskapp.services.casework.due import Due
from deskapp.services.casework.events import Event, Reason
from deskapp.services.casework.values import END_OF_TIME, Value, When
from deskapp.services.casework.vocabulary import Status


class Visit(NamedTuple):
    """One entry of a stage."""

    stage: str
    number: int
    """1 for the first entry of the stage, 2 for the next."""
    entered_at: dt.datetime


class Taken(NamedTuple):
    """The last time an action was taken."""

    at: dt.datetime
    by: str
    times: int


class Hold(NamedTuple):
    """Why a case may not be disposed of."""

    reason: str
    since: dt.datetime
    by: str
    note: str


class Proposal(NamedTuple):
    """That the case be disposed of."""

    at: dt.datetime
    by: str
    note: str


@dataclass(frozen=True)
class Item:
    """One occurrence of an item of a case."""

    name: str
    """``psr``, ``decide_breach#2``, ``review#1``, or what it was called when added by hand."""
    template: str
    number: int
    cause: str
    """What opened it; nothing opens it twice."""
    entered_at: dt.datetime
    """When the stage was entered in which it was opened."""
    status: Status = Status.OPEN
    outcome: str = ""
    lead_of: str = ""
    """The name of the occurrence it leads."""
    fields: Mapping[str, Value] = field(default_factory=dict)
    set_due: When | None = None
    """A due set by hand; it does not move with what the rule counts from."""
    listed_for: When | None = None
    """A booking; it replaces the due of this occurrence."""
    kept_due: Due | None = None
    """The due as it was when the item ended; it never moves again."""
    closed_at: dt.datetime | None = None
    closed_by: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.status is Status.OPEN


@dataclass(frozen=True)
class Case:
    """One thing being followed, as it stands."""

    id: str
    scheme: str
    version: int
    opened_at: dt.datetime
    opened_by: str
    visits: tuple[Visit, ...]
    """How the case came where it is; going back by ``@previous`` takes the last one off."""
    parent: str = ""
    fields: Mapping[str, Value] = field(default_factory=dict)
    """What was filled in; derived fields are worked out (``facts``)."""
    items: Mapping[str, Item] = field(default_factory=dict)
    by_template: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Names of the items of each template, in the order they were opened."""
    causes: frozenset[str] = frozenset()
    entries: Mapping[str, Visit] = field(default_factory=dict)
    """The last entry of each stage that was ever entered."""
    taken: Mapping[str, Taken] = field(default_factory=dict)
    holds: Mapping[str, Hold] = field(default_factory=dict)
    proposal: Proposal | None = None
    """Stands until a hold is set."""
    closed_at: dt.datetime | None = None

    @property
    def visit(self) -> Visit:
        """The entry of the present stage."""
        return self.visits[-1]

    @property
    def stage(self) -> str:
        """Where the case stands."""
        return self.visit.stage

    def of_template(self, template: str) -> Iterator[Item]:
        """The items of one template, in the order they were opened."""
        return (self.items[name] for name in self.by_template.get(template, ()))

    def open_items(self) -> Iterator[Item]:
        """The items that are still to be done."""
        return (item for item in self.items.values() if item.is_open)

    def item(self, name: str) -> Item | None:
        """The item of that name; ``psr`` and ``psr#1`` are the same."""
        return self.items.get(name) or self.items.get(
            name.removesuffix("#1") if name.endswith("#1") else f"{name}#1"
        )

    def with_item(self, item: Item) -> Self:
        """The case with an item in place of the one of its name."""
        return replace(self, items={**self.items, item.name: item})

    def with_new(self, items: Iterable[Item]) -> Self:
        """The case with items that it did not have."""
        new = {item.name: item for item in items}
        names = dict(self.by_template)
        for item in new.values():
            names[item.template] = (*names.get(item.template, ()), item.name)
        causes = self.causes.union(item.cause for item in new.values())
        return replace(self, items={**self.items, **new}, by_template=names, causes=causes)


class Conflict(NamedTuple):
    """An event that could not be followed when folded; it is kept and changed nothing."""

    event: Event
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Family:
    """A case with the cases it was opened for and those opened for it."""

    cases: Mapping[str, Case] = field(default_factory=dict)
    conflicts: tuple[Conflict, ...] = ()
    turns_at: dt.datetime = END_OF_TIME
    """Before this moment, time alone opens nothing; known of a family as ``seen_at`` gives it."""

    def with_case(self, case: Case) -> Self:
        """The family with one case added or replaced."""
        return replace(self, cases={**self.cases, case.id: case})

    def turning(self, at: dt.datetime) -> Self:
        """The family, which may change at a moment, if not before."""
        return replace(self, turns_at=at) if at < self.turns_at else self

    def children(self, parent: str) -> Iterator[Case]:
        """The cases opened for ``parent``."""
        return (case for case in self.cases.values() if case.parent == parent)

    def conflicts_of(self, case: str) -> tuple[Conflict, ...]:
        """What could not be followed in one case."""
        return tuple(each for each in self.conflicts if each.event.case == case)


def item_id(case: str, name: str) -> str:
    """The row id of an item that a scheme opens: the same on every desk that opens it.

    It is made from the case, the item and the number of the occurrence; a lead of an item that was
    added by hand has the name of that in place of the number.

    Raises:
        ValueError: If ``case`` is no UUID.

    Source: casework sheet, section 1.4.
    """
    return str(uuid.uuid5(uuid.UUID(case), name if "#" in name else f"{name}#1"))
