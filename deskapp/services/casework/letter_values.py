"""What a letter may name of a case: its fields and items, as they are read out."""

from __future__ import annotations

from collections.abc import Mapping

from deskapp.i18n import _
from deskapp.services.casework import letter_text
from deskapp.services.casework.case_record import CaseRecord
from deskapp.services.casework.letter_text import Empty
from deskapp.services.casework.scheme import Field
from deskapp.services.casework.shown import STATUS_LABELS, value_text, when_text
from deskapp.services.casework.state import Item
from deskapp.services.casework.values import Value
from deskapp.services.casework.vocabulary import Visibility
from deskapp.services.casework.words import item_title, shown
from deskapp.text import clean


def of(record: CaseRecord, about: Item | None) -> dict[str, object]:
    """What a template may name, as it is read out."""
    facts, scheme = record.facts, record.scheme
    values: dict[str, object] = {
        field.id: _shown(record, field, facts.value(field.id)) for field in scheme.fields
    }
    items = {
        template.id: [_item(record, item) for item in facts.case.of_template(template.id)]
        for template in scheme.templates
    }
    due = record.line.due
    empty = {name: Empty(name) for name in letter_text.ITEM_NAMES}
    return {
        **empty,
        **values,
        "ref": record.line.ref,
        "officer": record.line.owner_name or Empty("officer"),
        "due": when_text(due) if due else Empty("due"),
        "items": items,
        **(_item(record, about) if about else {}),
    }


def _item(record: CaseRecord, item: Item) -> Mapping[str, object]:
    template = record.scheme.template_by_id[item.template]
    outcome = template.outcome(item.outcome)
    due = record.facts.due(item)
    return {
        **{each.id: _shown(record, each, item.fields.get(each.id)) for each in template.fields},
        "title": item_title(record.facts, item),
        "due": when_text(due.when) if due else Empty("due"),
        "outcome": shown(outcome.label) if outcome else _(STATUS_LABELS[item.status]),
    }


def label(record: CaseRecord, about: Item | None, name: str) -> str:
    """What a field that a letter needs is called on the screen."""
    template = record.scheme.template_by_id.get(about.template) if about else None
    field = (template and template.field(name)) or record.scheme.field_by_id.get(name)
    return shown(field.label) if field else name


def _shown(record: CaseRecord, field: Field, value: Value) -> object:
    if field.sensitive and record.scheme.visibility is Visibility.RESTRICTED:
        return Empty(field.id)
    return clean(value_text(field, value)) or Empty(field.id)
