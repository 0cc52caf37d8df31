"""Why an event is refused: the one place that decides what may be done with a case.

Screens ask before they offer, services before they write, and the fold once more for events that
come from other desks. Source: casework sheet, section 1.6.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from deskapp.services.casework.adding import untimely
from deskapp.services.casework.allowed import allowed
from deskapp.services.casework.answers import (
    beyond_latest,
    empty,
    has_role,
    outside,
    put_off_beyond,
)
from deskapp.services.casework.book import Rulebook
from deskapp.services.casework.events import Code, Event, Kind, Reason
from deskapp.services.casework.facts import CaseFacts
from deskapp.services.casework.retention import family_reasons
from deskapp.services.casework.state import Family, Item
from deskapp.services.casework.values import read_when
from deskapp.services.casework.vocabulary import NoteNeed, Status

Reasons = Iterator[Reason]
DUE = "_due"
"""What a reason names when a day is missing, as forms of cases call it."""
PROPOSED = "proposed"
"""What a reason names when disposal was proposed already."""


def refusals(book: Rulebook, family: Family, event: Event) -> tuple[Reason, ...]:
    """Why ``event`` cannot be followed now, the first reason first; empty when it can."""
    if event.kind is Kind.OPEN:
        return tuple(_open(book, family, event))
    if event.case not in family.cases:
        return (Reason(Code.CLOSED),)
    facts = CaseFacts(book, family, family.cases[event.case], event.at)
    return tuple(_CHECKS[event.kind](facts, event))


def _open(book: Rulebook, family: Family, event: Event) -> Reasons:
    scheme = book.scheme(event.what, event.version)
    if event.case in family.cases:
        yield Reason(Code.STAGE)
    if names := empty(scheme, event.values):
        yield Reason(Code.FIELDS, names)
    if names := outside(scheme.fields, event.values):
        yield Reason(Code.LIMIT, names)


def _do(facts: CaseFacts, event: Event) -> Reasons:
    action = facts.scheme.action_by_id.get(event.what)
    if action is None:
        yield Reason(Code.STAGE, (event.what,))
    elif action.child and (not event.child or event.child in facts.family.cases):
        yield Reason(Code.CONDITION, (action.child,))
    else:
        yield from allowed(facts, action, event.by, event.values, event.note)


def _set(facts: CaseFacts, event: Event) -> Reasons:
    of_case, of_items = split(event.values)
    if facts.case.closed_at and of_case:
        yield Reason(Code.CLOSED)
    if names := outside(facts.scheme.fields, of_case) + put_off_beyond(facts, of_case):
        yield Reason(Code.LIMIT, names)
    for name, values in of_items.items():
        item = facts.case.item(name)
        template = facts.scheme.template_by_id.get(item.template) if item else None
        if template is None:
            yield Reason(Code.ITEMS, (name,))
        elif names := outside(template.fields, values):
            yield Reason(Code.LIMIT, names)


def split(
    values: Mapping[str, object],
) -> tuple[dict[str, object], dict[str, dict[str, object]]]:
    """Values of the case itself, and of its items (``name.field``) by their names."""
    of_case: dict[str, object] = {}
    of_items: dict[str, dict[str, object]] = {}
    for key, value in values.items():
        name, dot, field = key.rpartition(".")
        if dot:
            of_items.setdefault(name, {})[field] = value
        else:
            of_case[key] = value
    return of_case, of_items


def _add(facts: CaseFacts, event: Event) -> Reasons:
    template = facts.scheme.template_by_id.get(event.what)
    if template is None or not template.many:
        if facts.case.closed_at:
            yield Reason(Code.CLOSED)
        yield Reason(Code.ITEMS, (event.what,))
        return
    yield from untimely(facts, template)
    if not has_role(event.by, template.roles):
        yield Reason(Code.ROLE, tuple(sorted(template.roles)))
    day = (DUE,) if template.wants_day and not event.due else ()
    if names := empty(template, event.values) + day:
        yield Reason(Code.FIELDS, names)
    if names := outside(template.fields, event.values):
        yield Reason(Code.LIMIT, names)
    is_template = event.name.partition("#")[0] in facts.scheme.template_by_id
    if not event.name or facts.case.item(event.name) or is_template:
        yield Reason(Code.ITEMS, (event.name,))
    elif event.due:
        new = Item(event.name, template.id, 0, "", facts.case.visit.entered_at)
        yield from _due_limit(facts, new, event.due)


def _close(facts: CaseFacts, event: Event) -> Reasons:
    item = facts.case.item(event.what)
    template = facts.scheme.template_by_id.get(item.template) if item else None
    if item is None or template is None or item.status is Status.CANCELLED:
        yield Reason(Code.ITEMS, (event.what,))
        return
    if not has_role(event.by, template.roles):
        yield Reason(Code.ROLE, tuple(sorted(template.roles)))
    outcome = template.outcome(event.outcome)
    is_done = outcome is not None and outcome.status is Status.DONE
    if is_done and (names := empty(template, {**item.fields, **event.values})):
        yield Reason(Code.FIELDS, names)
    if names := outside(template.fields, event.values):
        yield Reason(Code.LIMIT, names)
    if outcome is None:
        yield Reason(Code.LIMIT, (event.outcome,))
    elif outcome.note is NoteNeed.REQUIRED and not event.note.strip():
        yield Reason(Code.NOTE)


def _book(facts: CaseFacts, event: Event) -> Reasons:
    item = facts.case.item(event.what)
    if item is None or not item.is_open:
        yield Reason(Code.ITEMS, (event.what,))
    else:
        yield from _due_limit(facts, item, event.due)


def _extend(facts: CaseFacts, event: Event) -> Reasons:
    yield from _book(facts, event)
    if not event.note.strip():
        yield Reason(Code.NOTE)


def _due_limit(facts: CaseFacts, item: Item, due: str) -> Reasons:
    try:
        when = read_when(due)
    except ValueError:
        yield Reason(Code.LIMIT, (due,))
    else:
        if beyond_latest(facts, item, when):
            yield Reason(Code.LIMIT, (item.name,))


def _hold(facts: CaseFacts, event: Event) -> Reasons:
    if not event.what or event.what in facts.case.holds:
        yield Reason(Code.CONDITION, (event.what,))
    if not event.note.strip():
        yield Reason(Code.NOTE)


def _release(facts: CaseFacts, event: Event) -> Reasons:
    if event.what not in facts.case.holds:
        yield Reason(Code.CONDITION, (event.what,))


def _propose(facts: CaseFacts, event: Event) -> Reasons:
    if facts.case.proposal:
        yield Reason(Code.STAGE, (PROPOSED,))
    if names := family_reasons(facts):
        yield Reason(Code.CONDITION, names)
    if not event.note.strip():
        yield Reason(Code.NOTE)


def _migrate(facts: CaseFacts, event: Event) -> Reasons:
    case = facts.case
    if not facts.book.knows(case.scheme, event.version) or event.version <= case.version:
        yield Reason(Code.LIMIT, (str(event.version),))
    elif any(
        visit.stage not in facts.book.scheme(case.scheme, event.version).stage_by_id
        for visit in case.visits
    ):
        yield Reason(Code.STAGE)


def _view(facts: CaseFacts, event: Event) -> Reasons:
    return iter(())


_CHECKS: Mapping[Kind, Callable[[CaseFacts, Event], Reasons]] = {
    Kind.DO: _do,
    Kind.SET: _set,
    Kind.ADD: _add,
    Kind.CLOSE: _close,
    Kind.BOOK: _book,
    Kind.EXTEND: _extend,
    Kind.HOLD: _hold,
    Kind.RELEASE: _release,
    Kind.PROPOSE: _propose,
    Kind.MIGRATE: _migrate,
    Kind.VIEW: _view,
}
