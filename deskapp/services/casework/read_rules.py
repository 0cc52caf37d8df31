"""Reading due rules, series steps and predicates from their tables."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal
from typing import TypeVar

from deskapp.i18n import _
from deskapp.services.casework.parts import Part
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
from deskapp.services.casework.rules import (
    CALENDAR_UNITS,
    ELAPSED_UNITS,
    SNAPS,
    Amount,
    Choice,
    Chosen,
    Combined,
    DueRule,
    Elapsed,
    Plain,
    Roll,
    Shift,
    Step,
    Touches,
)

T = TypeVar("T")

NOWHERE = Shift("", back=False)
"""Stands for a rule that could not be read; the file is refused anyway."""

_FIELD = re.compile(r"\$[a-z][a-z0-9_]*", re.ASCII)
_DIRECTIONS = ("after", "before", "on")


def due_rule(part: Part) -> DueRule:
    """The due rule of a table; every key of it is asked for."""
    if part.has("choose"):
        return decision_table(part, due_rule)
    for combination in ("earliest", "latest"):
        if part.has(combination):
            rules = tuple(due_rule(each) for each in part.parts(combination))
            if not rules:
                part.find(combination, _("Give at least one rule."))
            part.end()
            return Combined(rules, latest=combination == "latest")
    given = [key for key in _DIRECTIONS if part.has(key)]
    if len(given) != 1:
        part.find("", _("Give exactly one of: {keys}.").format(keys=", ".join(_DIRECTIONS)))
        part.rest()
        return NOWHERE
    anchor, back = part.text(given[0]), given[0] == "before"
    rule = _elapsed(part, anchor, back) if _is_elapsed(part) else _shift(part, anchor, back)
    part.end()
    return rule


def _is_elapsed(part: Part) -> bool:
    return any(part.has(unit) for unit in ELAPSED_UNITS)


def _elapsed(part: Part, anchor: str, back: bool) -> Elapsed:
    rule = Elapsed(anchor, back, hours=amount(part, "hours"), minutes=amount(part, "minutes"))
    if others := part.rest():
        part.find(min(others), _("Hours and minutes cannot be combined with this."))
    return rule


def _shift(part: Part, anchor: str, back: bool) -> Shift:
    cutoff = part.time("cutoff")
    if cutoff and not part.has("working_days"):
        part.find("cutoff", _("Use this with working_days only."))
    return Shift(anchor, back, step(part), part.flag("inclusive"), touches(part), cutoff)


def step(part: Part) -> Step:
    """The amounts of a table."""
    return Step(**{unit: amount(part, unit) for unit in CALENDAR_UNITS})


def every(part: Part) -> Step:
    """How far apart the occurrences of a series are; never nothing."""
    found = step(part)
    amounts = [getattr(found, unit) for unit in CALENDAR_UNITS]
    numbers = [each for each in amounts if isinstance(each, int)]
    if min(numbers, default=0) < 0 or not any(amounts):
        part.find("", _("A series must go forward, by more than nothing."))
    part.end()
    return found


def amount(part: Part, key: str) -> Amount:
    """A whole number, or ``"$field"``."""
    value = part.raw(key)
    if value is None:
        return 0
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and _FIELD.fullmatch(value):
        return value
    part.find(key, _('Use a whole number, or the name of a field such as "$days".'))
    return 0


def touches(part: Part) -> Touches:
    """The finishing touches of a table."""
    roll = part.one_of("roll", Roll)
    return Touches(part.one_of("snap", SNAPS), Roll(roll) if roll else None, part.time("at"))


def decision_table(part: Part, result: Callable[[Part], DueRule | Step | Plain]) -> Chosen:
    """The lines of ``choose``; ``result`` reads what a line gives."""
    lines = part.parts("choose")
    if not lines:
        part.find("choose", _("Give at least one line."))
    choices = []
    for position, line in enumerate(lines):
        when = line.part("when")
        if when is None and position < len(lines) - 1:
            line.find("", _("A line without when must be the last."))
        choices.append(Choice(predicate(when) if when else None, result(line.of(line.rest()))))
    part.end()
    return Chosen(tuple(choices))


def plain_or_rule(part: Part) -> DueRule | Plain:
    """What a line of a decision table gives to a field: a value, or a date by a rule."""
    if not part.has("value"):
        return due_rule(part)
    value = part.raw("value")
    part.end()
    if isinstance(value, str | int) and not isinstance(value, bool):
        return Plain(value)
    part.find("value", _("This must be a text or a whole number."))
    return Plain("")


def predicate(part: Part) -> Predicate:
    """The predicate of a table; every key of it is asked for."""
    found = _predicate(part)
    part.end()
    return found


def _predicate(part: Part) -> Predicate:
    if part.has("field"):
        return Compare(part.text("field"), *_comparison(part))
    if part.has("passed"):
        rule = part.part("passed")
        return Passed(due_rule(rule) if rule else NOWHERE, part.text("at"))
    if part.has("count"):
        return Count(_select(part.part("count")), *_comparison(part))
    if part.has("sum"):
        return Sum(_select(part.part("sum")), part.text("of", needed=True), *_comparison(part))
    if part.has("children"):
        return Children(part.text("children"), part.number("open", 0, least=0, most=10_000))
    for mode in Mode:
        if part.has(mode):
            return Several(mode, tuple(predicate(each) for each in part.parts(mode)))
    part.find("", _("Give one of: field, passed, count, sum, children, all, any, none."))
    part.rest()
    return Several(Mode.ALL, ())


def _comparison(part: Part) -> tuple[Op, Constant]:
    given = [op for op in Op if part.has(op)]
    if len(given) != 1:
        part.find("", _("Give exactly one of: {keys}.").format(keys=", ".join(Op)))
        for op in given:
            part.raw(op)
        return Op.IS, None
    return given[0], _constant(part, given[0])


def _constant(part: Part, op: Op) -> Constant:
    value = part.raw(op)
    if op is Op.SET:
        if not isinstance(value, bool):
            part.find(op, _("This must be true or false."))
        return value is True
    if op is Op.IN:
        return part.words(op)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return Decimal(str(value))
    if isinstance(value, str | int | dt.date):
        return value
    part.find(op, _("This must be a text, a number or a date."))
    return None


def _select(part: Part | None) -> Select:
    if part is None:
        return Select()
    where, within = part.part("where"), part.part("within")
    found = Select(
        item=part.text("item"),
        outcomes=frozenset(part.words("outcome")),
        statuses=frozenset(part.words("status")),
        where=predicate(where) if where else None,
        within=every(within) if within else None,
    )
    part.end()
    return found
