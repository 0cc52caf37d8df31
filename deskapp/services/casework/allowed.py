"""Whether an action may be taken, and every reason why not, in the order of the sheet.

Source: casework sheet, section 1.6.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from deskapp.services.casework.answers import (
    Names,
    empty,
    has_role,
    outside,
    put_off_beyond,
    with_answers,
)
from deskapp.services.casework.events import Code, Person, Reason
from deskapp.services.casework.facts import CaseFacts
from deskapp.services.casework.mentions import of_predicate
from deskapp.services.casework.scheme import Action, Guard
from deskapp.services.casework.values import day_of
from deskapp.services.casework.vocabulary import PREVIOUS, NoteNeed, Status

FORM_CAN_SETTLE = frozenset({Code.FIELDS, Code.NOTE})
"""What is asked when the action is chosen, whatever the action."""

NOTHING: Mapping[str, object] = {}
EMPTY: tuple[object, ...] = (None, "", [], ())
"""What JSON knows as no answer."""


def allowed(
    facts: CaseFacts,
    action: Action,
    by: Person,
    values: Mapping[str, object] = NOTHING,
    note: str = "",
) -> tuple[Reason, ...]:
    """Why ``by`` cannot take ``action`` now with these answers; empty when they can.

    Args:
        facts: The case, at the moment of asking.
        action: An action of its scheme.
        by: Who would take it.
        values: The answers as JSON knows them; those of the child if the action opens one.
        note: What was written with it.
    """
    return tuple(_reasons(facts, action, by, values, note))


def can_settle(facts: CaseFacts, action: Action, reason: Reason) -> bool:
    """Whether the form of an action asks for what stands against it, so that it may be opened."""
    if reason.code in FORM_CAN_SETTLE:
        return True
    failed = failed_guards(facts, action, reason)
    return bool(failed) and all(_is_asked(action, guard) for guard in failed)


def failed_guards(facts: CaseFacts, action: Action, reason: Reason) -> list[Guard]:
    """The guards that a reason stands for."""
    if reason.code not in (Code.LIMIT, Code.CONDITION):
        return []
    limit = reason.code is Code.LIMIT
    return [each for each in action.guards if each.limit is limit and not facts.holds(each.holds)]


def _is_asked(action: Action, guard: Guard) -> bool:
    named = (each.name for each in of_predicate(guard.holds) if not each.item)
    return not action.child and any(name in action.asks for name in named)


def _reasons(
    facts: CaseFacts, action: Action, by: Person, values: Mapping[str, object], note: str
) -> Iterator[Reason]:
    own: Mapping[str, object] = NOTHING if action.child else values
    after = with_answers(facts, own)
    if facts.case.closed_at is not None:
        yield Reason(Code.CLOSED)
    nowhere = action.to == PREVIOUS and len(facts.case.visits) == 1
    if facts.case.stage not in action.from_stages or nowhere:
        yield Reason(Code.STAGE, (facts.case.stage,))
    if not has_role(by, action.roles):
        yield Reason(Code.ROLE, tuple(sorted(action.roles)))
    before = facts.case.taken.get(action.different_person)
    if before and before.by == by.id:
        yield Reason(Code.PERSON, (action.different_person,))
    if names := _empty(after, action, own) + _child_empty(facts, action, values):
        yield Reason(Code.FIELDS, names)
    failed = [guard for guard in action.guards if not after.holds(guard.holds)]
    names = _outside(facts, action, values) + put_off_beyond(facts, own)
    if names or any(guard.limit for guard in failed):
        yield Reason(Code.LIMIT, names)
    if names := unfinished(facts, action):
        yield Reason(Code.ITEMS, names)
    if any(not guard.limit for guard in failed):
        yield Reason(Code.CONDITION)
    if action.note is NoteNeed.REQUIRED and not note.strip():
        yield Reason(Code.NOTE)


def _empty(facts: CaseFacts, action: Action, given: Mapping[str, object]) -> Names:
    """Fields the action needs, and required ones that are shown, as long as they are empty.

    One that is answered with what it does not take is not empty: the answer is beyond its limits.
    """
    needed = dict.fromkeys(action.needs_fields)
    for field in facts.scheme.fields:
        is_shown = field.show_if is None or facts.holds(field.show_if)
        if field.required and field.derive is None and is_shown:
            needed[field.id] = None
    return tuple(name for name in needed if facts.value(name) is None and given.get(name) in EMPTY)


def unfinished(facts: CaseFacts, action: Action) -> Names:
    """Names of the required items that the action needs and that are open or not done."""
    wanted = set(action.needs_items)
    templates = [
        template
        for template in facts.scheme.templates
        if template.required and wanted & {template.id, template.list}
    ]
    return tuple(
        item.name
        for template in templates
        for item in facts.case.of_template(template.id)
        if item.status in (Status.OPEN, Status.NOT_DONE)
    )


def _child_empty(facts: CaseFacts, action: Action, values: Mapping[str, object]) -> Names:
    if not action.child:
        return ()
    return empty(facts.book.in_force(action.child, day_of(facts.now)), values)


def _outside(facts: CaseFacts, action: Action, values: Mapping[str, object]) -> Names:
    scheme = facts.scheme
    if action.child:
        scheme = facts.book.in_force(action.child, day_of(facts.now))
    return outside(scheme.fields, values)
