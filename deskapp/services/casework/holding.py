"""Whether a predicate holds of a case, at one moment. Source: casework sheet, section 1.5."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from operator import ge, gt, le, lt
from typing import Protocol

from deskapp.services.casework import due
from deskapp.services.casework.due import Anchors
from deskapp.services.casework.predicates import (
    Children,
    Compare,
    Constant,
    Count,
    Mode,
    Op,
    Passed,
    Predicate,
    Select,
    Several,
    Sum,
)
from deskapp.services.casework.rules import DueRule, Shift, Step
from deskapp.services.casework.values import END_OF_TIME, ONE_DAY, Value, When, day_of, start_of
from deskapp.services.casework.vocabulary import Status
from deskapp.services.dates import Calendar
from deskapp.text import fold

NEXT_TICK = dt.timedelta(milliseconds=1)
"""The store keeps moments in thousandths of a second."""
ORDER: Mapping[Op, Callable[..., bool]] = {Op.GE: ge, Op.GT: gt, Op.LE: le, Op.LT: lt}


class Counted(Protocol):
    """An item as a predicate sees it."""

    @property
    def name(self) -> str: ...
    @property
    def template(self) -> str: ...
    @property
    def outcome(self) -> str: ...
    @property
    def status(self) -> str: ...
    @property
    def closed_at(self) -> dt.datetime | None: ...
    @property
    def fields(self) -> Mapping[str, Value]: ...


class Facts(Anchors, Protocol):
    """What a predicate may ask."""

    def has_come(self, moment: dt.datetime) -> bool:
        """Whether a moment has come."""
        ...

    def items(self, template: str) -> Iterable[Counted]:
        """The items of one template, or all of them when it is empty."""
        ...

    def due_of(self, item: Counted) -> When | None:
        """When one of the items is due."""
        ...

    def open_children(self, scheme: str) -> int:
        """How many child cases of that scheme are not ended."""
        ...


def holds(predicate: Predicate, facts: Facts) -> bool:
    """Whether ``predicate`` is true of ``facts`` now."""
    match predicate:
        case Compare(field, Op.IN, (str(name),)) if name.startswith("$"):
            return _is_listed(facts.value(field), facts.value(name[1:]))
        case Compare(field, op, value):
            return compare(facts.value(field), op, value)
        case Passed(rule, at):
            return _passed(rule, at, facts)
        case Count(select, op, value):
            return compare(len(_selected(select, facts)), op, value)
        case Sum(select, of, op, value):
            numbers = [item.fields.get(of) for item in _selected(select, facts)]
            total = sum((n for n in numbers if isinstance(n, int | Decimal)), start=Decimal())
            return compare(total, op, value)
        case Children(scheme, number):
            return facts.open_children(scheme) == number
        case Several(Mode.ALL, parts):
            return all(holds(part, facts) for part in parts)
        case Several(Mode.ANY, parts):
            return any(holds(part, facts) for part in parts)
        case Several(_, parts):
            return not any(holds(part, facts) for part in parts)


def compare(value: Value, op: Op, wanted: Constant) -> bool:
    """Whether a value stands to another as ``op`` says; an empty one only ``is_not`` anything.

    A choice of several ``is`` each of its answers.
    """
    if op is Op.SET:
        return (value is not None) == wanted
    if op is Op.IS_NOT:
        return not compare(value, Op.IS, wanted)
    if value is None or wanted is None:
        return False
    held = value if isinstance(value, tuple) else (value,)
    if op in (Op.IS, Op.IN):
        accepted = wanted if isinstance(wanted, tuple) else (wanted,)
        return any(each in accepted for each in held)
    return _comparable(value, wanted) and ORDER[op](value, wanted)


def _is_listed(value: Value, names: Value) -> bool:
    """Whether a text is one of a list: of answers, or of names parted by lines or commas."""
    listed = re.split(r"[\n,;]", names) if isinstance(names, str) else names
    if not isinstance(value, str) or not isinstance(listed, list | tuple):
        return False
    return _plain(value) in map(_plain, listed)


def _plain(text: str) -> str:
    return " ".join(fold(text).split())


def _comparable(value: Value, wanted: Constant) -> bool:
    if isinstance(value, int | Decimal) and isinstance(wanted, int | Decimal):
        return True
    return type(value) is type(wanted) and not isinstance(value, tuple)


def _passed(rule: DueRule, at: str, facts: Facts) -> bool:
    limit = due.reckon(rule, facts)
    if limit is None:
        return False
    if not at:
        return facts.has_come(_end_of(limit.when))
    moment = facts.anchor(at)
    if moment is None:
        return False
    if isinstance(limit.when, dt.datetime) and isinstance(moment, dt.datetime):
        return moment > limit.when
    return day_of(moment) > day_of(limit.when)


def _end_of(limit: When) -> dt.datetime:
    """The first moment that is later than ``limit``: a day is later when it is another."""
    try:
        if isinstance(limit, dt.datetime):
            return limit + NEXT_TICK
        return start_of(limit + ONE_DAY)
    except OverflowError:
        return END_OF_TIME


def _selected(select: Select, facts: Facts) -> list[Counted]:
    return [item for item in facts.items(select.item) if _fits(item, select, facts)]


def _fits(item: Counted, select: Select, facts: Facts) -> bool:
    # Cancelled items do not count unless they are asked for.
    is_counted = item.status != Status.CANCELLED
    return (
        (item.status in select.statuses if select.statuses else is_counted)
        and (not select.outcomes or item.outcome in select.outcomes)
        and (select.where is None or holds(select.where, OfItem(item, facts)))
        and (select.within is None or _within(item, select.within, facts))
    )


def _within(item: Counted, step: Step, facts: Facts) -> bool:
    """Whether today lies in the period that begins with the day the item was closed."""
    if item.closed_at is None:
        return False
    first = day_of(item.closed_at)
    last = due.shift(Shift("", back=False, step=step, inclusive=True), item.closed_at, facts)
    if last is None or not facts.has_come(start_of(first)):
        return False
    return not facts.has_come(_end_of(day_of(last.when)))


@dataclass(frozen=True)
class OfItem:
    """The facts of a case, with the fields of one of its items in place of its own."""

    item: Counted
    case: Facts

    @property
    def calendar(self) -> Calendar:
        """The working days that count."""
        return self.case.calendar

    def has_come(self, moment: dt.datetime) -> bool:
        """Whether a moment has come."""
        return self.case.has_come(moment)

    def value(self, name: str) -> Value:
        """The value of a field of the item."""
        return self.item.fields.get(name)

    def anchor(self, name: str) -> When | None:
        """A date field of the item, its own due date, else an anchor of its case."""
        if name == f"item:{self.item.template}":
            return self.case.due_of(self.item)
        value = self.item.fields.get(name)
        return value if isinstance(value, dt.date) else self.case.anchor(name)

    def holds(self, predicate: Predicate) -> bool:
        """Whether a predicate holds of the item."""
        return holds(predicate, self)

    def items(self, template: str) -> Iterable[Counted]:
        """The items of the case."""
        return self.case.items(template)

    def due_of(self, item: Counted) -> When | None:
        """When an item of the case is due."""
        return self.case.due_of(item)

    def open_children(self, scheme: str) -> int:
        """The open children of the case."""
        return self.case.open_children(scheme)
