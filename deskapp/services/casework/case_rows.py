"""The rows that lists read: how a case and its items stand at one moment, column by column."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from deskapp.clock import stamp
from deskapp.services.casework import retention, worklist
from deskapp.services.casework.bookings import TAKES, Booking, is_booking
from deskapp.services.casework.due import Due
from deskapp.services.casework.facts import CaseFacts
from deskapp.services.casework.scheme import Field
from deskapp.services.casework.state import Item, item_id
from deskapp.services.casework.stored import Kept
from deskapp.services.casework.values import (
    END_OF_TIME,
    ONE_DAY,
    FieldType,
    day_of,
    overdue_from,
    start_of,
    write,
)
from deskapp.services.casework.values import Value as FieldValue
from deskapp.services.casework.vocabulary import Worklist
from deskapp.text import compact, one_line

NEVER = stamp(END_OF_TIME)
"""The key of what is not due: it sorts behind everything."""
MOST_TITLE = 80
COURT_CASE = "case_ref"
"""Field of a scheme that holds the reference of a court case (site and safety sheet, section 7)."""
_NO_PRIORITY = "\uffff"
_NAMING = (FieldType.PARTY, FieldType.PLACE, FieldType.ORG, FieldType.TEXT)


class StateRow(NamedTuple):
    """A row of ``case_state``, column by column."""

    id: str
    family_id: str
    ref: str
    ref_key: str
    scheme: str
    version: int
    stage: str
    list: str
    live: bool
    owner_id: str
    title: str
    external_refs: str
    priority: str
    due: str
    due_key: str
    soon_key: str
    conflicts: int
    opened_at: str
    closed_at: str
    turns_key: str
    destroy_key: str
    case_keys: str


class ItemRow(NamedTuple):
    """A row of ``case_item``, column by column."""

    id: str
    family_id: str
    case_id: str
    name: str
    template: str
    status: str
    open: bool
    outcome: str
    about: str
    due: str
    due_key: str
    starts_key: str = ""
    ends_key: str = ""
    answers: str = "{}"


def state(facts: CaseFacts, kept: Kept) -> StateRow:
    """The row of a case; when time alone changes it is for the caller to say."""
    case = facts.case
    line = worklist.work_line(facts, kept.ref)
    where = _list(facts)
    destroyed = retention.destroy_due(facts)
    return StateRow(
        id=case.id,
        family_id=kept.family_id,
        ref=kept.ref,
        ref_key=compact(kept.ref),
        scheme=case.scheme,
        version=case.version,
        stage=case.stage,
        list=where.value,
        live=where is not Worklist.DONE,
        owner_id=kept.owner_id,
        title=title(facts),
        external_refs=kept.external_refs,
        priority=line.priority or _NO_PRIORITY,
        due=_written(line.due),
        due_key=_key(line.due),
        soon_key=_soon_key(facts, line.due),
        conflicts=len(facts.family.conflicts_of(case.id)),
        opened_at=stamp(case.opened_at),
        closed_at=stamp(case.closed_at) if case.closed_at else "",
        turns_key=NEVER,
        destroy_key=stamp(overdue_from(destroyed)) if destroyed else NEVER,
        case_keys=" ".join(sorted(court_cases(facts, kept))),
    )


def items(facts: CaseFacts, family_id: str) -> Iterable[ItemRow]:
    """The rows of the items of a case."""
    for item in facts.case.items.values():
        due = facts.due(item)
        row = ItemRow(
            id=item_id(facts.case.id, item.name),
            family_id=family_id,
            case_id=facts.case.id,
            name=item.name,
            template=item.template,
            status=item.status.value,
            open=item.is_open,
            outcome=item.outcome,
            about=about(facts, item),
            due=_written(due),
            due_key=_key(due),
        )
        yield _booked(facts, item, row)


def _booked(facts: CaseFacts, item: Item, row: ItemRow) -> ItemRow:
    """The row of an item; of an open booking with its times and what it says."""
    template = facts.scheme.template_by_id.get(item.template)
    booking = Booking.of(item) if template and is_booking(template) else None
    if template is None or booking is None:
        return row
    shown = (each.id for each in template.fields if each.id in TAKES or not each.sensitive)
    said = {name: write(item.fields.get(name)) for name in shown}
    return row._replace(
        starts_key=stamp(booking.start),
        ends_key=stamp(booking.end),
        answers=json.dumps(said, ensure_ascii=False),
    )


def title(facts: CaseFacts) -> str:
    """Whom or what a case is about: the first name or text that is not sensitive."""
    return _first_text(facts.scheme.fields, facts.case.fields)


def court_cases(facts: CaseFacts, kept: Kept) -> set[str]:
    """Letters and digits of each reference of a court case that a case names."""
    typed = facts.case.fields.get(COURT_CASE)
    named = [typed] if isinstance(typed, str) else []
    return {compact(each) for each in (*named, *re.split("[,;]", kept.external_refs))} - {""}


def about(facts: CaseFacts, item: Item) -> str:
    """What tells an item from others of its kind: a text of it, or whose turn it is."""
    template = facts.scheme.template_by_id.get(item.template)
    first = _first_text(template.fields, item.fields, notes=True) if template else ""
    return first or facts.rotation(item)


def _list(facts: CaseFacts) -> Worklist:
    """In which list a case stands; an ended one with work left is to do."""
    if facts.case.closed_at is None:
        return facts.scheme.stage_by_id[facts.case.stage].worklist
    has_work = any(True for _item in facts.case.open_items())
    return Worklist.TODO if has_work else Worklist.DONE


def _first_text(
    fields: Iterable[Field], values: Mapping[str, FieldValue], *, notes: bool = False
) -> str:
    kinds = (*_NAMING, FieldType.NOTE) if notes else _NAMING
    for field in fields:
        value = values.get(field.id)
        if field.type in kinds and not field.sensitive and isinstance(value, str):
            return one_line(value)[:MOST_TITLE]
    return ""


def _written(due: Due | None) -> str:
    if due is None:
        return ""
    return stamp(due.when) if isinstance(due.when, dt.datetime) else due.when.isoformat()


def _key(due: Due | None) -> str:
    return stamp(overdue_from(due.when)) if due else NEVER


def _soon_key(facts: CaseFacts, due: Due | None) -> str:
    """The beginning of the first day on which a due shows as near."""
    if due is None:
        return NEVER
    try:
        after = day_of(due.when) + ONE_DAY
    except OverflowError:
        return NEVER
    return stamp(start_of(facts.calendar.add_working_days(after, -(facts.scheme.soon + 1))))
