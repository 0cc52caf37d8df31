"""What each kind of event changes, once nothing refuses it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from deskapp.services.casework.answers import filled, of_case
from deskapp.services.casework.book import Rulebook
from deskapp.services.casework.events import Event, Kind
from deskapp.services.casework.facts import CaseFacts
from deskapp.services.casework.opening import with_leads
from deskapp.services.casework.refusals import split
from deskapp.services.casework.scheme import Action, Record, Scheme
from deskapp.services.casework.state import Case, Family, Hold, Item, Proposal, Taken, Visit
from deskapp.services.casework.values import day_of, read_when
from deskapp.services.casework.vocabulary import PREVIOUS, STAY, Status


def change(book: Rulebook, family: Family, event: Event) -> Family:
    """The family after ``event``, which nothing may refuse (``refusals``)."""
    if event.kind is Kind.OPEN:
        scheme = book.scheme(event.what, event.version)
        return family.with_case(_opened(scheme, event, event.case, event.parent))
    facts = CaseFacts(book, family, family.cases[event.case], event.at)
    family = family.with_case(_CHANGES[event.kind](facts, event))
    if event.kind is Kind.DO and (child := facts.scheme.action_by_id[event.what].child):
        scheme = book.in_force(child, day_of(event.at))
        family = family.with_case(_opened(scheme, event, event.child, event.case))
    return family


def _opened(scheme: Scheme, event: Event, case: str, parent: str) -> Case:
    first = Visit(scheme.initial.id, 1, event.at)
    return Case(
        id=case,
        scheme=scheme.id,
        version=scheme.version,
        opened_at=event.at,
        opened_by=event.by.id,
        visits=(first,),
        entries={first.stage: first},
        parent=parent,
        fields=filled({}, scheme.fields, event.values),
    )


def _do(facts: CaseFacts, event: Event) -> Case:
    """Answers are filled in, items closed and recorded; then the case moves on."""
    action = facts.scheme.action_by_id[event.what]
    case = facts.case
    if not action.child:
        case = replace(case, fields=filled(case.fields, facts.scheme.fields, event.values))
    times = case.taken[action.id].times + 1 if action.id in case.taken else 1
    case = replace(case, taken={**case.taken, action.id: Taken(event.at, event.by.id, times)})
    case = _closed(of_case(facts, case), action.closes, event)
    for record in action.records:
        case = _recorded(case, facts.scheme, record, event)
    return _moved(of_case(facts, case), action, event.at)


def _closed(facts: CaseFacts, templates: Iterable[str], event: Event) -> Case:
    case = facts.case
    for template in templates:
        for item in facts.case.of_template(template):
            if item.is_open:
                case = case.with_item(
                    _ended(facts, item, Status.DONE, _done_word(facts, item), event)
                )
    return case


def _done_word(facts: CaseFacts, item: Item) -> str:
    outcomes = facts.scheme.template_by_id[item.template].outcomes
    return next((each.id for each in outcomes if each.status is Status.DONE), Status.DONE.value)


def _recorded(case: Case, scheme: Scheme, record: Record, event: Event) -> Case:
    number = len(case.by_template.get(record.item, ())) + 1
    name = record.item if number == 1 else f"{record.item}#{number}"
    outcome = scheme.template_by_id[record.item].outcome(record.outcome)
    new = Item(
        name=name,
        template=record.item,
        number=number,
        cause=f"{name} < recorded",
        entered_at=case.visit.entered_at,
        status=outcome.status if outcome else Status.DONE,
        outcome=record.outcome,
        closed_at=event.at,
        closed_by=event.by.id,
    )
    return case.with_new([new])


def _moved(facts: CaseFacts, action: Action, at: dt.datetime) -> Case:
    """The case where the action leads it; open items that do not go with it are cancelled."""
    case = facts.case
    if action.to in (STAY, case.stage):
        return case
    if action.to == PREVIOUS:
        visits = case.visits[:-1] or case.visits
        return _left(facts, replace(case, visits=visits))
    before = case.entries.get(action.to)
    visit = Visit(action.to, before.number + 1 if before else 1, at)
    closed_at = at if facts.scheme.stage_by_id[action.to].terminal else None
    entries = {**case.entries, action.to: visit}
    moved = replace(case, visits=(*case.visits, visit), entries=entries, closed_at=closed_at)
    return _left(facts, moved)


def _left(before: CaseFacts, case: Case) -> Case:
    """``case`` after a move, without the open items that do not belong where it is now."""
    for item in before.case.open_items():
        template = before.scheme.template_by_id.get(item.template)
        if template is None:
            continue
        ends = case.closed_at is not None and not template.survives
        leaves = template.while_stages and case.stage not in template.while_stages
        if ends or leaves:
            case = case.with_item(_cancelled(before, item, case.visit.entered_at))
    return case


def _cancelled(facts: CaseFacts, item: Item, at: dt.datetime) -> Item:
    return replace(item, status=Status.CANCELLED, kept_due=facts.due(item), closed_at=at)


def _ended(facts: CaseFacts, item: Item, status: Status, outcome: str, event: Event) -> Item:
    """``item`` with an outcome. A correction moves the day it was done only with its status."""
    is_same = item.closed_at is not None and item.status is status
    return replace(
        item,
        status=status,
        outcome=outcome,
        kept_due=facts.due(item),
        closed_at=item.closed_at if is_same else event.at,
        closed_by=event.by.id,
    )


def _set(facts: CaseFacts, event: Event) -> Case:
    of_case_itself, of_items = split(event.values)
    case = facts.case
    case = replace(case, fields=filled(case.fields, facts.scheme.fields, of_case_itself))
    for name, values in of_items.items():
        item = _item(case, name)
        fields = facts.scheme.template_by_id[item.template].fields
        case = case.with_item(replace(item, fields=filled(item.fields, fields, values)))
    return case


def _add(facts: CaseFacts, event: Event) -> Case:
    case, template = facts.case, facts.scheme.template_by_id[event.what]
    new = Item(
        name=event.name,
        template=template.id,
        number=len(case.by_template.get(template.id, ())) + 1,
        cause=f"{event.name} < added",
        entered_at=case.visit.entered_at,
        fields=filled({}, template.fields, event.values),
        set_due=read_when(event.due) if event.due else None,
    )
    return case.with_new(with_leads(facts.scheme, new))


def _close(facts: CaseFacts, event: Event) -> Case:
    item = _item(facts.case, event.what)
    template = facts.scheme.template_by_id[item.template]
    outcome = template.outcome(event.outcome)
    status = outcome.status if outcome else Status.DONE
    item = replace(item, fields=filled(item.fields, template.fields, event.values))
    return facts.case.with_item(_ended(facts, item, status, event.outcome, event))


def _book(facts: CaseFacts, event: Event) -> Case:
    item = _item(facts.case, event.what)
    return facts.case.with_item(replace(item, listed_for=read_when(event.due)))


def _extend(facts: CaseFacts, event: Event) -> Case:
    item = _item(facts.case, event.what)
    put_off = replace(item, set_due=read_when(event.due), listed_for=None)
    return facts.case.with_item(put_off)


def _item(case: Case, name: str) -> Item:
    item = case.item(name)
    if item is None:
        raise LookupError("an event about an item that is not there was not refused")
    return item


def _hold(facts: CaseFacts, event: Event) -> Case:
    hold = Hold(event.what, event.at, event.by.id, event.note)
    return replace(facts.case, holds={**facts.case.holds, event.what: hold}, proposal=None)


def _release(facts: CaseFacts, event: Event) -> Case:
    holds = {name: hold for name, hold in facts.case.holds.items() if name != event.what}
    return replace(facts.case, holds=holds)


def _propose(facts: CaseFacts, event: Event) -> Case:
    return replace(facts.case, proposal=Proposal(event.at, event.by.id, event.note))


def _migrate(facts: CaseFacts, event: Event) -> Case:
    """The case under another version; open items that it does not have are cancelled."""
    scheme = facts.book.scheme(facts.case.scheme, event.version)
    case = replace(facts.case, version=scheme.version)
    for item in facts.case.open_items():
        if item.template not in scheme.template_by_id:
            case = case.with_item(_cancelled(facts, item, event.at))
    return case


def _view(facts: CaseFacts, event: Event) -> Case:
    return facts.case


_CHANGES: Mapping[Kind, Callable[[CaseFacts, Event], Case]] = {
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
