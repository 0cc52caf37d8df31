"""What a rule or predicate names: anchors, fields, items. The checks look each of them up."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum, auto
from typing import NamedTuple

from deskapp.services.casework.predicates import (
    Children,
    Compare,
    Constant,
    Count,
    Op,
    Passed,
    Predicate,
    Select,
    Several,
    Sum,
)
from deskapp.services.casework.rules import (
    Amount,
    Chosen,
    Combined,
    DueRule,
    Elapsed,
    Plain,
    Shift,
    Step,
)
from deskapp.services.casework.scheme import Series


class What(Enum):
    """What kind of thing is named."""

    ANCHOR = auto()
    INSTANT = auto()
    """An anchor that must be a date and time."""
    NUMBER = auto()
    """A field that holds a whole number."""
    FIELD = auto()
    ITEM = auto()
    OUTCOME = auto()
    SCHEME = auto()


class Mention(NamedTuple):
    """One thing that is named."""

    what: What
    name: str
    item: str = ""
    """The item whose fields or outcomes are meant; empty for those of the case."""
    op: Op | None = None
    value: Constant = None
    """What a field is compared with."""


def of_rule(rule: DueRule | Plain | Step) -> Iterator[Mention]:
    """What a due rule, or the step of a series, names."""
    match rule:
        case Shift(anchor):
            yield Mention(What.ANCHOR, anchor)
            yield from of_rule(rule.step)
        case Elapsed(anchor):
            yield Mention(What.INSTANT, anchor)
            yield from _amounts(rule.hours, rule.minutes)
        case Combined(rules):
            for each in rules:
                yield from of_rule(each)
        case Chosen(choices):
            for choice in choices:
                if choice.when:
                    yield from of_predicate(choice.when)
                yield from of_rule(choice.result)
        case Step():
            yield from _amounts(rule.years, rule.months, rule.weeks, rule.days, rule.working_days)


def of_series(series: Series) -> Iterator[Mention]:
    """What a series names."""
    yield from of_rule(series.every)
    yield Mention(What.ANCHOR, series.start)
    if series.until:
        yield Mention(What.ANCHOR, series.until)
    if series.times is not None:
        yield from _amounts(series.times)
    if isinstance(series.rotate, str) and series.rotate:
        yield Mention(What.FIELD, series.rotate)


def of_predicate(predicate: Predicate, item: str = "") -> Iterator[Mention]:
    """What a predicate names; ``item``, if there is one, is whose fields it compares."""
    match predicate:
        case Compare(field, op, value):
            listed = value if op is Op.IN and isinstance(value, tuple) else ()
            if listed and listed[0].startswith("$"):
                yield Mention(What.FIELD, field, item)
                yield Mention(What.FIELD, listed[0][1:], item)
            else:
                yield Mention(What.FIELD, field, item, op, value)
        case Passed(rule, at):
            yield from of_rule(rule)
            if at:
                yield Mention(What.ANCHOR, at)
        case Count(select):
            yield from _of_select(select)
        case Sum(select, of):
            yield from _of_select(select)
            yield Mention(What.FIELD, of, select.item)
        case Children(scheme):
            yield Mention(What.SCHEME, scheme)
        case Several(_, parts):
            for part in parts:
                yield from of_predicate(part, item)


def _of_select(select: Select) -> Iterator[Mention]:
    if select.item:
        yield Mention(What.ITEM, select.item)
        for outcome in sorted(select.outcomes):
            yield Mention(What.OUTCOME, outcome, select.item)
    if select.where:
        yield from of_predicate(select.where, select.item)


def _amounts(*amounts: Amount) -> Iterator[Mention]:
    for amount in amounts:
        if isinstance(amount, str):
            yield Mention(What.NUMBER, amount.removeprefix("$"))
