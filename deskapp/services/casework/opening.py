"""Opening of items: what a stage, an action, a predicate or the passing of time calls for.

Opening goes on until nothing more opens. That always ends: nothing is opened by the same cause
twice, and a series stops at the first occurrence that lies ahead.
Source: casework sheet, section 1.4.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from deskapp.services.casework.book import Rulebook
from deskapp.services.casework.facts import CaseFacts
from deskapp.services.casework.scheme import Scheme, Template
from deskapp.services.casework.state import Case, Family, Item
from deskapp.services.casework.values import overdue_from
from deskapp.services.casework.vocabulary import VARIANT_FIELD, Status


def settled(book: Rulebook, family: Family, case: str, now: dt.datetime) -> Family:
    """The family with everything open that one of its cases calls for at ``now``.

    The cases it was opened for are looked at too, because they may count their children.
    """
    seen: set[str] = set()
    while case in family.cases and case not in seen:
        seen.add(case)
        family = _settled(book, family, family.cases[case], now)
        case = family.cases[case].parent
    return family


def _settled(book: Rulebook, family: Family, case: Case, now: dt.datetime) -> Family:
    while True:
        facts = CaseFacts(book, family, case, now)
        new = list(_called_for(facts))
        family = family.turning(facts.turns_at)
        if not new:
            return family
        case = case.with_new(new)
        family = family.with_case(case)


def _called_for(facts: CaseFacts) -> Iterator[Item]:
    """What is to be opened now, each with its leads."""
    for template in facts.scheme.templates:
        found = _occurrences(template, facts) if template.series else _single(template, facts)
        for item in found:
            yield from with_leads(facts.scheme, item)


def with_leads(scheme: Scheme, item: Item) -> Iterator[Item]:
    """An item, and all that leads it."""
    yield item
    for lead in scheme.leads.get(item.template, ()) if item.is_open else ():
        name = lead_name(lead, item)
        led = replace(item, name=name, template=lead.id, cause=name, lead_of=item.name)
        yield from with_leads(scheme, replace(led, fields={}, set_due=None, listed_for=None))


def lead_name(lead: Template, led: Item) -> str:
    """What the lead of an item is called: ``remind``, ``remind#2``, or ``remind#c1``."""
    if led.name == led.template or led.name.startswith(f"{led.template}#"):
        return lead.id + led.name.removeprefix(led.template)
    return f"{lead.id}#{led.name}"


def _single(template: Template, facts: CaseFacts) -> Iterator[Item]:
    """One item for each cause that has not opened it yet."""
    for cause in _causes(template, facts.case):
        if cause not in facts.case.causes and _may_open(template, facts):
            yield _new(template, facts.case, cause)


def _causes(template: Template, case: Case) -> Iterator[str]:
    opens = template.opens
    if template.many:  # opened by hand alone
        return
    if case.stage in opens.stages:
        yield f"{template.id} < stage {case.stage} {case.visit.number}"
    for action in opens.actions & case.taken.keys():
        yield f"{template.id} < action {action} {case.taken[action].times}"
    if opens.when and not opens.stages and not opens.actions:
        yield f"{template.id} < when"


def _may_open(template: Template, facts: CaseFacts) -> bool:
    when = template.opens.when
    return (
        _is_wanted(template, facts)
        and _is_inside(template, facts.case)
        and (when is None or facts.holds(when))
    )


def _is_wanted(template: Template, facts: CaseFacts) -> bool:
    """Whether the variant has the item, and the case has not ended without it."""
    variant = facts.scheme.variant(facts.case.fields.get(VARIANT_FIELD))
    checklist = variant.checklist if variant and template.list else None
    if checklist is not None and template.id not in checklist:
        return False
    ended = facts.case.closed_at is not None
    return not ended or template.survives or facts.case.stage in template.opens.stages


def _is_inside(template: Template, case: Case) -> bool:
    return not template.while_stages or case.stage in template.while_stages


def _new(template: Template, case: Case, cause: str) -> Item:
    number = len(case.by_template.get(template.id, ())) + 1
    name = template.id if number == 1 and not template.series else f"{template.id}#{number}"
    return Item(name, template.id, number, cause, case.visit.entered_at)


def _occurrences(template: Template, facts: CaseFacts) -> Iterator[Item]:
    """The occurrences of a series up to the first that lies ahead.

    Those that come due while the case is outside the stages of the series are there, cancelled.
    """
    if not _goes_on(template, facts):
        return
    inside = _is_inside(template, facts.case)
    number = len(facts.case.by_template.get(template.id, ())) + 1
    while found := facts.occurrence(template, number):
        is_past = facts.has_come(overdue_from(found.when))
        if not inside and not is_past:
            return
        name = f"{template.id}#{number}"
        item = Item(name, template.id, number, name, facts.case.visit.entered_at)
        yield item if inside else replace(item, status=Status.CANCELLED, kept_due=found)
        if not is_past:
            return
        number += 1


def _goes_on(template: Template, facts: CaseFacts) -> bool:
    """Whether the series begins now, or its last occurrence makes room for the next."""
    if not _is_wanted(template, facts):
        return False
    names = facts.case.by_template.get(template.id)
    if not names:
        opens = template.opens
        triggers = bool(opens.stages or opens.actions)
        begun = not triggers or any(True for _cause in _causes(template, facts.case))
        return begun and _may_open(template, facts)
    last = facts.case.items[names[-1]]
    if not last.is_open:
        return True
    found = facts.due(last)
    return found is not None and facts.has_come(overdue_from(found.when))
