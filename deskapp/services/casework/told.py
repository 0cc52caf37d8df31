"""What happened to a case and what may be done with it, as screens and commands tell it."""

from __future__ import annotations

from deskapp.i18n import N_, _
from deskapp.services.casework.case_record import CaseRecord, Offer
from deskapp.services.casework.events import Code, Event, Kind
from deskapp.services.casework.refusals import split
from deskapp.services.casework.scheme import Action
from deskapp.services.casework.shown import STATUS_LABELS, when_text
from deskapp.services.casework.state import Item
from deskapp.services.casework.values import overdue_from, read_when
from deskapp.services.casework.words import item_title, shown

KIND_LABELS = {
    Kind.OPEN: N_("opened"),
    Kind.DO: N_("action"),
    Kind.SET: N_("filled in"),
    Kind.ADD: N_("added"),
    Kind.CLOSE: N_("closed"),
    Kind.BOOK: N_("booked"),
    Kind.EXTEND: N_("put off"),
    Kind.HOLD: N_("held"),
    Kind.RELEASE: N_("hold ended"),
    Kind.PROPOSE: N_("disposal proposed"),
    Kind.MIGRATE: N_("moved to another version"),
    Kind.VIEW: N_("looked at"),
}
RESTRICTED_MARKER = N_("A restricted marker exists. Ask the team leader.")
"""What others are told of a case that they may not see. Source: casework sheet, section 1.7."""
_NOT_NOW = frozenset({Code.STAGE, Code.CLOSED})


def happened(record: CaseRecord, event: Event) -> str:
    """What an event did, and to what."""
    if event.kind is Kind.DO and (action := record.scheme.action_by_id.get(event.what)):
        return shown(action.label)
    if event.kind is Kind.SET:
        names = _filled(record, event)
        return " ".join((_(KIND_LABELS[event.kind]), ", ".join(names))) if names else _("note")
    item = record.facts.case.item(event.name or event.what)
    about = item_title(record.facts, item) if item else ""
    if event.kind in (Kind.HOLD, Kind.RELEASE):
        about = event.what
    outcome = outcome_label(record, item, event.outcome) if item else ""
    return " ".join(filter(None, (_(KIND_LABELS[event.kind]), about, outcome, _day(event.due))))


def outcome_label(record: CaseRecord, item: Item, outcome: str) -> str:
    """What an outcome of an item is called; the plain word where its scheme has no other."""
    template = record.scheme.template_by_id.get(item.template)
    found = template.outcome(outcome) if template else None
    if found is None or found.id == found.status:
        return _(STATUS_LABELS[item.status]) if outcome else ""
    return shown(found.label)


def is_outlived(record: CaseRecord, item: Item) -> bool:
    """Whether what called for an open item holds no more, so that it can be waived.

    Source: casework sheet, section 1.4.
    """
    template = record.scheme.template_by_id.get(item.template)
    opens = template.opens if template and item.is_open else None
    led = record.facts.case.items.get(item.lead_of)
    if opens and led and not led.is_open:
        return _is_before(record, item, led)
    if opens is None or opens.when is None or opens.stages or opens.actions:
        return False
    return not record.facts.holds(opens.when)


def _is_before(record: CaseRecord, lead: Item, led: Item) -> bool:
    """Whether a lead comes before what it leads: a reminder of something that is done."""
    first, then = record.facts.due(lead), record.facts.due(led)
    return (
        first is not None
        and then is not None
        and (overdue_from(first.when) < overdue_from(then.when))
    )


def suggested(record: CaseRecord, item: Item) -> Action | None:
    """The action that the way an item ended suggests, when it can be taken now."""
    template = record.scheme.template_by_id.get(item.template)
    outcome = template.outcome(item.outcome) if template else None
    name = (outcome.suggests if outcome else "") or (template.suggests if template else "")
    offers = (offer for offer in record.offers if offer.action.id == name and not offer.reasons)
    return next((offer.action for offer in offers), None)


def suggested_by_answers(record: CaseRecord) -> str:
    """The action that an answer given with the last action suggests, as its scheme names it.

    Source: casework sheet, section 2.1 (a breach dealt with by short custody).
    """
    done = [entry.event for entry in record.history if entry.event.kind is Kind.DO]
    action = record.scheme.action_by_id.get(done[-1].what) if done else None
    for name, value in done[-1].values.items() if action and not action.child else ():
        field = record.scheme.field_by_id.get(name)
        for option in field.options if field else ():
            if option.id == value and option.suggests:
                return option.suggests
    return ""


def belongs_here(offer: Offer) -> bool:
    """Whether an action is one of the present stage, whether or not it can be taken now."""
    return not any(reason.code in _NOT_NOW for reason in offer.reasons)


def _filled(record: CaseRecord, event: Event) -> list[str]:
    """The fields that an event filled in, by their labels."""
    of_case, of_items = split(event.values)
    fields = record.scheme.field_by_id
    names = [shown(fields[name].label) if name in fields else name for name in of_case]
    items = [record.facts.case.item(name) for name in of_items]
    return [*names, *(item_title(record.facts, item) for item in items if item)]


def _day(due: str) -> str:
    """A due day as it is read out; one of an event that could not be followed may be none."""
    try:
        return when_text(read_when(due)) if due else ""
    except ValueError:
        return due
