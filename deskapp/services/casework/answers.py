"""Answers of a person held against what a scheme asks: empty, outside the limits, too late."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from deskapp.services.casework.events import Person
from deskapp.services.casework.facts import CaseFacts
from deskapp.services.casework.holding import compare
from deskapp.services.casework.predicates import Op
from deskapp.services.casework.scheme import Field, Scheme, Template
from deskapp.services.casework.state import Case, Item
from deskapp.services.casework.values import (
    YES_NO_UNKNOWN,
    Cell,
    FieldType,
    Lines,
    Value,
    When,
    overdue_from,
    read,
    size,
)

Names = tuple[str, ...]

MOST_LINES = 100
"""Of one field; more is no answer of a person."""


def has_role(person: Person, roles: frozenset[str]) -> bool:
    """Whether somebody has one of ``roles``; nobody is kept out when there are none."""
    return not roles or not roles.isdisjoint(person.roles)


def empty(asking: Scheme | Template, values: Mapping[str, object]) -> Names:
    """The fields that must be filled from the start and are not.

    Fields that are shown only for some answers are asked for once those are known (``allowed``).
    """
    return tuple(
        field.id
        for field in asking.fields
        if field.required and not field.show_if and values.get(field.id) in (None, "", [], ())
    )


def outside(fields: Iterable[Field], values: Mapping[str, object]) -> Names:
    """The answers that their field does not take: unknown, worked out, or beyond a limit."""
    by_id = {field.id: field for field in fields}
    return tuple(
        name for name, raw in values.items() if name not in by_id or not takes(by_id[name], raw)
    )


def takes(field: Field, raw: object) -> bool:
    """Whether ``raw`` can be the value of a field."""
    if field.derive is not None:
        return False
    try:
        value = value_of(field, raw)
    except (ValueError, OverflowError):
        return False
    if value is None:
        return True
    measured = size(value)
    if field.min is not None and not compare(measured, Op.GE, field.min):
        return False
    if field.max is not None and not compare(measured, Op.LE, field.max):
        return False
    return _is_option(field, value)


def value_of(field: Field, raw: object) -> Value:
    """The value of a field that ``raw``, as JSON knows it, stands for.

    Raises:
        ValueError: If it cannot be one.
    """
    if field.type is not FieldType.LINES:
        return read(field.type, raw)
    if raw in (None, "", []):
        return None
    if not isinstance(raw, list | tuple) or len(raw) > MOST_LINES:
        raise ValueError("a list of lines is wanted")
    return Lines(tuple(_line(field.columns, row) for row in raw))


def _line(columns: tuple[Field, ...], raw: object) -> Mapping[str, Cell]:
    """One line: what each column takes, and nothing else."""
    if not isinstance(raw, Mapping) or outside(columns, raw) or _missing(columns, raw):
        raise ValueError("a line with the columns of the field is wanted")
    return {each.id: read(each.type, raw.get(each.id)) for each in columns if raw.get(each.id)}


def _missing(columns: Iterable[Field], raw: Mapping[object, object]) -> bool:
    return any(each.required and raw.get(each.id) in (None, "", []) for each in columns)


def _is_option(field: Field, value: Value) -> bool:
    if field.type is FieldType.YES_NO_UNKNOWN:
        return value in YES_NO_UNKNOWN
    if field.type not in (FieldType.CHOICE, FieldType.CHOICES):
        return True
    ids = {option.id for option in field.options}
    return ids.issuperset(value if isinstance(value, tuple) else (value,))


def filled(
    held: Mapping[str, Value], fields: Iterable[Field], values: Mapping[str, object]
) -> dict[str, Value]:
    """``held`` with the answers written over it; an answer that its field does not take is left."""
    by_id = {field.id: field for field in fields}
    answers = {
        name: value_of(by_id[name], raw)
        for name, raw in values.items()
        if name in by_id and takes(by_id[name], raw)
    }
    return {**held, **answers}


def with_answers(facts: CaseFacts, values: Mapping[str, object]) -> CaseFacts:
    """The facts as they would be with these answers filled in."""
    if not values:
        return facts
    case = facts.case
    case = replace(case, fields=filled(case.fields, facts.scheme.fields, values))
    return of_case(facts, case)


def of_case(facts: CaseFacts, case: Case) -> CaseFacts:
    """The facts of another state of the same case, at the same moment."""
    return CaseFacts(facts.book, facts.family.with_case(case), case, facts.now)


def beyond_latest(facts: CaseFacts, item: Item, when: When) -> bool:
    """Whether ``when`` is later than an item may be put off to."""
    latest = facts.latest(item)
    return latest is not None and overdue_from(when) > overdue_from(latest.when)


def put_off_beyond(facts: CaseFacts, values: Mapping[str, object]) -> Names:
    """The items, put off by hand, whose last day these answers would bring before that."""
    by_hand = [item for item in facts.case.open_items() if item.set_due or item.listed_for]
    if not by_hand:
        return ()
    after = with_answers(facts, values)
    return tuple(item.name for item in by_hand if _is_late(after, item) > _is_late(facts, item))


def _is_late(facts: CaseFacts, item: Item) -> bool:
    due = facts.due(item)
    return due is not None and beyond_latest(facts, item, due.when)
