"""What a report counts: cases, items or actions, each with what may be asked of it.

Beside the fields there are the names of ``report_names``; a field of the same name wins.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from deskapp.i18n import _
from deskapp.services.casework import case_columns, holding, worklist
from deskapp.services.casework.answers import filled
from deskapp.services.casework.case_line import CaseLine
from deskapp.services.casework.events import Event, Kind
from deskapp.services.casework.facts import CaseFacts
from deskapp.services.casework.holding import Counted
from deskapp.services.casework.predicates import Predicate
from deskapp.services.casework.scheme import Field
from deskapp.services.casework.shown import ANSWER_LABELS, STATUS_LABELS, value_text, when_text
from deskapp.services.casework.state import Item
from deskapp.services.casework.values import Value, When, day_of, overdue_from
from deskapp.services.casework.vocabulary import Status
from deskapp.services.casework.words import item_title, shown
from deskapp.services.dates import Calendar


@dataclass(frozen=True)
class Subject:
    """One case, item or action, as a report asks it; a predicate sees it as it sees a case."""

    facts: CaseFacts
    own: Mapping[str, Value]
    texts: Mapping[str, str]
    """How own values are written, where that is not as they are."""
    moment: When
    """When it counts."""
    overdue: bool
    own_fields: Mapping[str, Field] = field(default_factory=dict)
    answers: Mapping[str, Value] = field(default_factory=dict)
    """Of the item or action itself."""

    @property
    def calendar(self) -> Calendar:
        """The working days that count."""
        return self.facts.calendar

    def has_come(self, moment: dt.datetime) -> bool:
        """Whether a moment has come."""
        return self.facts.has_come(moment)

    def field(self, name: str) -> Field | None:
        """The field of that name, of the item before that of the case."""
        return self.own_fields.get(name) or self.facts.scheme.field_by_id.get(name)

    def value(self, name: str) -> Value:
        """What is asked for by a name."""
        if name in self.own_fields:
            return self.answers.get(name)
        if name in self.facts.scheme.field_by_id:
            return self.facts.value(name)
        return case_columns.value(self.facts, name) if ":" in name else self.own.get(name)

    def text(self, name: str) -> str:
        """The same, as people read it."""
        found = self.field(name)
        if found:
            return value_text(found, self.value(name))
        value = self.value(name)
        if isinstance(value, dt.date):
            return when_text(value)
        return self.texts.get(name, "" if value is None else str(value))

    def anchor(self, name: str) -> When | None:
        """A date of the item, else an anchor of its case."""
        value = self.answers.get(name) or self.own.get(name)
        return value if isinstance(value, dt.date) else self.facts.anchor(name)

    def holds(self, predicate: Predicate) -> bool:
        """Whether a predicate is true of it now."""
        return holding.holds(predicate, self)

    def items(self, template: str) -> Iterable[Counted]:
        """The items of the case."""
        return self.facts.items(template)

    def due_of(self, item: Counted) -> When | None:
        """When an item of the case is due."""
        return self.facts.due_of(item)

    def open_children(self, scheme: str) -> int:
        """The open children of the case."""
        return self.facts.open_children(scheme)


def of_case(facts: CaseFacts, line: CaseLine) -> Subject:
    """A case; it counts when it was opened."""
    due = worklist.next_due(facts)
    overdue = due is not None and facts.now >= overdue_from(due.when)
    own, texts = _of_case(facts, line)
    return Subject(facts, own, texts, facts.case.opened_at, overdue)


def of_items(facts: CaseFacts, line: CaseLine) -> Iterator[Subject]:
    """The items of a case; each counts when it is due, or ended when it had no due date."""
    of_its_case, labels = _of_case(facts, line)
    for item, due, overdue in worklist.item_lines(facts):
        template = facts.scheme.template_by_id.get(item.template)
        if template is None or item.status is Status.CANCELLED:
            continue
        outcome = template.outcome(item.outcome)
        late = _late(item, due.when if due else None, facts.now)
        own: dict[str, Value] = {
            **of_its_case,
            "item": item.template,
            "title": item_title(facts, item),
            "status": item.status.value,
            "outcome": item.outcome or None,
            "late": late,
            "due": due.when if due else None,
            "due_week": _week(due.when) if due else None,
            "ended_on": day_of(item.closed_at) if item.closed_at else None,
            "ended_at": item.closed_at,
        }
        texts = {
            **labels,
            "item": shown(template.label),
            "status": _(STATUS_LABELS[item.status]),
            "outcome": shown(outcome.label) if outcome else "",
            "late": _(ANSWER_LABELS[late]) if late else "",
        }
        moment = due.when if due else item.closed_at or item.entered_at
        fields = {each.id: each for each in template.fields}
        yield Subject(facts, own, texts, moment, overdue, fields, item.fields)


def of_events(
    facts: CaseFacts, line: CaseLine, events: Iterable[Event], names: Mapping[str, str]
) -> Iterator[Subject]:
    """The actions that were taken on a case, with their answers.

    Args:
        facts: The case.
        line: Its line.
        events: What was done with it and was followed.
        names: Officers by id.
    """
    of_its_case, labels = _of_case(facts, line)
    for event in events:
        action = facts.scheme.action_by_id.get(event.what)
        if event.kind is not Kind.DO or action is None:
            continue
        asked = () if action.child else facts.scheme.fields
        own: dict[str, Value] = {
            **of_its_case,
            "action": event.what,
            "taken_by": names.get(event.by.id, event.by.id),
        }
        texts = {**labels, "action": shown(action.label)}
        fields = {each.id: each for each in asked if each.id in event.values}
        answers = filled({}, tuple(fields.values()), event.values)
        yield Subject(facts, own, texts, event.at, False, fields, answers)


def _of_case(facts: CaseFacts, line: CaseLine) -> tuple[dict[str, Value], dict[str, str]]:
    case = facts.case
    due = worklist.next_due(facts)
    ended = "yes" if case.closed_at else "no"
    children = facts.family.children(case.id)
    own: dict[str, Value] = {
        "ref": line.ref,
        "stage": case.stage,
        "looked_after_by": line.owner_name or None,
        "due": due.when if due else None,
        "due_week": _week(due.when) if due else None,
        "ended": ended,
        "open_children": sum(each.closed_at is None for each in children),
    }
    stage = facts.scheme.stage_by_id[case.stage]
    return own, {"stage": shown(stage.label), "ended": _(ANSWER_LABELS[ended])}


def _late(item: Item, due: When | None, now: dt.datetime) -> str | None:
    """Whether an item with a due date was ended, or is still open, after it."""
    if due is None:
        return None
    return "yes" if (item.closed_at or now) >= overdue_from(due) else "no"


def _week(when: When) -> str:
    return f"{day_of(when):%G-W%V}"
