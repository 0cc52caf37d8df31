"""Cases as the commands write them: a line each, or the whole of one."""

from __future__ import annotations

from collections.abc import Iterator

from deskapp import clock, i18n
from deskapp.cli.out import show, show_json
from deskapp.clock import stamp
from deskapp.i18n import _
from deskapp.services.casework.acting import Acting
from deskapp.services.casework.case_line import CaseLine
from deskapp.services.casework.case_record import CaseRecord
from deskapp.services.casework.due_lists import DueLine
from deskapp.services.casework.shown import STATUS_LABELS, due_text, value_text, when_text
from deskapp.services.casework.told import RESTRICTED_MARKER, belongs_here, happened
from deskapp.services.casework.values import day_of, write
from deskapp.services.casework.words import item_title, shown


def show_case(line: CaseLine, acting: Acting, *, as_json: bool) -> None:
    """Write a line of a worklist."""
    if as_json:
        show_json(_line_json(line))
        return
    due = due_text(line.due, line.overdue_at, acting.now) if line.due and line.overdue_at else "-"
    scheme = acting.book.scheme(line.scheme, line.version)
    stage = shown(scheme.stage_by_id[line.stage].label)
    parts = [line.ref, due, shown(scheme.label), stage, line.title]
    if line.conflicts:
        parts.append(_("CONFLICT"))
    show("  ".join(filter(None, parts)))


def show_due(line: DueLine, acting: Acting, *, as_json: bool) -> None:
    """Write a line of the list of what is due."""
    if as_json:
        keys = ("ref", "scheme", "title", "name", "template", "about")
        values = {key: getattr(line, key) for key in keys}
        show_json({**values, "due": write(line.due), "overdue": acting.now >= line.overdue_at})
        return
    scheme = acting.book.scheme(line.scheme, line.version)
    template = scheme.template_by_id.get(line.template)
    what = shown(template.label) if template else line.name
    about = f"{what} ({line.about})" if line.about else what
    show("  ".join((line.ref, due_text(line.due, line.overdue_at, acting.now), about, line.title)))


def show_record(record: CaseRecord, acting: Acting, *, as_json: bool) -> None:
    """Write everything about one case."""
    if as_json:
        show_json(_record_json(record))
        return
    for text in (*_head(record), *_items(record), *_actions(record), *_history(record, acting)):
        show(text)


def _head(record: CaseRecord) -> Iterator[str]:
    line, scheme = record.line, record.scheme
    yield f"{line.ref}  {shown(scheme.label)}"
    yield _("Stage: {stage}").format(stage=shown(scheme.stage_by_id[record.facts.case.stage].label))
    yield _("Looked after by: {name}").format(name=line.owner_name or line.owner_id)
    if record.external_refs:
        yield _("Other references: {refs}").format(refs=record.external_refs)
    for kin in filter(None, (record.parent, *record.children)):
        yield _("Belongs together with: {ref}").format(ref=kin.ref)
    if record.restricted_marker:
        yield _(RESTRICTED_MARKER)
    for hold in record.holds:
        yield _("Kept from disposal: {reason}").format(reason=hold.reason)
    for answer in record.answers:
        if answer.value is not None:
            yield f"{shown(answer.field.label)}: {value_text(answer.field, answer.value)}"


def _items(record: CaseRecord) -> Iterator[str]:
    if record.items:
        yield _("Items:")
    for number, (item, due, overdue) in enumerate(record.items, start=1):
        status = _(STATUS_LABELS[item.status])
        parts = [f"{number:>3} {status}", item_title(record.facts, item)]
        if due:
            text = when_text(due.when)
            parts.append(_("OVERDUE, {day}").format(day=text) if overdue else text)
            if due.provisional:
                parts.append(_("holidays not yet known"))
        show_outcome = item.outcome and item.outcome != item.status.value
        template = record.scheme.template_by_id.get(item.template)
        outcome = template.outcome(item.outcome) if template and show_outcome else None
        parts.append(shown(outcome.label) if outcome else "")
        yield "  ".join(filter(None, parts))


def _actions(record: CaseRecord) -> Iterator[str]:
    offers = [offer for offer in record.offers if belongs_here(offer)]
    if offers:
        yield _("What may be done:")
    for offer in offers:
        name = f"    {offer.action.id}  {shown(offer.action.label)}"
        yield f"{name}  ({offer.sentences[0]})" if offer.sentences else name


def _history(record: CaseRecord, acting: Acting) -> Iterator[str]:
    yield _("History:")
    today = day_of(acting.now)
    for event, officer_name, conflict in record.history:
        parts = [i18n.when(clock.local(event.at), today), officer_name, happened(record, event)]
        if conflict:
            parts.append(_("CONFLICT: it changed nothing"))
        yield "    " + "  ".join(filter(None, [*parts, event.note]))


def _line_json(line: CaseLine) -> dict[str, object]:
    keys = ("ref", "scheme", "version", "stage", "title", "owner_name", "conflicts", "closed")
    return {**{key: getattr(line, key) for key in keys}, "due": write(line.due)}


def _record_json(record: CaseRecord) -> dict[str, object]:
    case = record.facts.case
    return {
        **_line_json(record.line),
        "stage": case.stage,
        "external_refs": record.external_refs,
        "fields": {each.field.id: write(each.value) for each in record.answers},
        "items": [
            {
                "name": item.name,
                "template": item.template,
                "status": item.status,
                "outcome": item.outcome,
                "due": write(due.when) if due else None,
                "overdue": overdue,
                "fields": {name: write(value) for name, value in item.fields.items()},
            }
            for item, due, overdue in record.items
        ],
        "actions": {
            each.action.id: [reason.code for reason in each.reasons] for each in record.offers
        },
        "holds": [hold.reason for hold in record.holds],
        "children": [line.ref for line in record.children],
        "parent": record.parent.ref if record.parent else None,
        "destroy_due": write(record.destroy_due),
        "history": [
            {
                "at": stamp(event.at),
                "officer_name": name,
                "kind": event.kind,
                "what": event.what,
                "values": dict(event.values),
                "note": event.note,
                "conflict": conflict,
            }
            for event, name, conflict in record.history
        ],
    }
