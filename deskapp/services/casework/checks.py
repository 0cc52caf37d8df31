"""Whether the parts of a scheme fit together: stages, names, rings. Every fault is found.

Source: casework sheet, section 1.2.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping

from deskapp.i18n import _
from deskapp.roles import Role
from deskapp.services.casework import case_columns, check_rules
from deskapp.services.casework.mentions import What
from deskapp.services.casework.parts import Findings
from deskapp.services.casework.report_names import NAMES
from deskapp.services.casework.scheme import Field, Scheme
from deskapp.services.casework.values import FieldType
from deskapp.services.casework.vocabulary import PARENT, PREVIOUS, STAY, VARIANT_FIELD

PEOPLE = (FieldType.PARTY, FieldType.ORG)
"""Types of fields that a letter can be addressed to."""


def check(
    scheme: Scheme, findings: Findings, templates: Callable[[str], str | None] | None
) -> None:
    """Add to ``findings`` whatever does not fit together in ``scheme``."""
    _ids(scheme, findings)
    _stages(scheme, findings)
    _names(scheme, findings)
    _items(scheme, findings)
    check_rules.check(scheme, findings)
    if templates:
        _letters(scheme, findings, templates)


def unknown_schemes(scheme: Scheme, known: Iterable[str]) -> list[str]:
    """The schemes that ``scheme`` opens or counts cases of and that are not known."""
    named = {action.child for action in scheme.actions if action.child}
    named |= {
        mention.name
        for _path, mentions in check_rules.rules_of(scheme)
        for mention in mentions
        if mention.what is What.SCHEME
    }
    return sorted(named.difference(known))


def unknown_in_parents(scheme: Scheme, others: Iterable[Scheme]) -> list[str]:
    """The actions that answers of ``scheme`` suggest and no scheme that opens its cases has."""
    opened_by = [each for each in others if any(act.child == scheme.id for act in each.actions)]
    known = {act.id for each in opened_by for act in each.actions}
    options = (option for field in scheme.fields for option in field.options)
    named = {o.suggests.removeprefix(PARENT) for o in options if o.suggests.startswith(PARENT)}
    return sorted(named - known)


def _ids(scheme: Scheme, findings: Findings) -> None:
    kinds: Mapping[str, Iterable[str]] = {
        "stage": [each.id for each in scheme.stages],
        "field": [each.id for each in scheme.fields],
        "action": [each.id for each in scheme.actions],
        "item": [each.id for each in scheme.templates],
        "variant": [each.id for each in scheme.variants],
        "letter": [each.id for each in scheme.letters],
        "report": [each.id for each in scheme.reports],
    }
    for kind, ids in kinds.items():
        seen: set[str] = set()
        for position, name in enumerate(ids):
            if name and name in seen:
                message = _("Another one has the same id.")
                findings.add((kind, position, "id"), f"{kind} {name}", message)
            seen.add(name)


def _stages(scheme: Scheme, findings: Findings) -> None:
    initial = [stage.id for stage in scheme.stages if stage.initial]
    if len(initial) != 1:
        findings.add(("stage", 0), "stage", _("Exactly one stage must be the initial one."))
    reached = _reached(scheme, initial)
    for position, stage in enumerate(scheme.stages):
        place = f"stage {stage.id}"
        if stage.id not in reached:
            findings.add(("stage", position), place, _("No action leads to this stage."))
        leaves = any(
            stage.id in action.from_stages and action.to not in (STAY, stage.id)
            for action in scheme.actions
        )
        if not stage.terminal and not leaves:
            message = _("No action leads out of this stage, and it is not terminal.")
            findings.add(("stage", position), place, message)
        if stage.terminal and scheme.retention is None:
            message = _("A case ends here, but [scheme] has no retention.")
            findings.add(("stage", position), place, message)


def _reached(scheme: Scheme, initial: list[str]) -> set[str]:
    """The stages that some way of actions leads to. Going back leads nowhere new."""
    reached, ahead = set(initial), list(initial)
    while ahead:
        stage = ahead.pop()
        for action in scheme.actions:
            if stage in action.from_stages and action.to not in {STAY, PREVIOUS, *reached}:
                reached.add(action.to)
                ahead.append(action.to)
    return reached


def _names(scheme: Scheme, findings: Findings) -> None:
    """Every name of a part in another part is the name of something."""
    columns = {*case_columns.names(scheme), *(each.id for each in _fields(scheme))}
    known: Mapping[str, set[str]] = {
        "stage": set(scheme.stage_by_id),
        "move": {*scheme.stage_by_id, STAY, PREVIOUS},
        "field": set(scheme.field_by_id),
        "action": set(scheme.action_by_id),
        "item": set(scheme.template_by_id),
        "list": {*scheme.template_by_id, *(each.list for each in scheme.templates if each.list)},
        "letter": {letter.id for letter in scheme.letters},
        "role": {*scheme.roles, *Role},
        **{over: columns | of.keys() for over, of in NAMES.items()},
        "": set(),
        "person": {each.id for each in _fields(scheme) if each.type in PEOPLE},
        "offer": {*scheme.stage_by_id, *scheme.action_by_id, *scheme.template_by_id},
    }
    for kind, position, name, key, of, words in _uses(scheme):
        for word in words:
            if word and word not in known[of]:
                message = _("The scheme has nothing called {name}.").format(name=word)
                findings.add((kind, position, key), f"{kind} {name}, {key}", message)


def _uses(scheme: Scheme) -> Iterator[tuple[str, int, str, str, str, Iterable[str]]]:
    """Kind, position and id of a part, its key, and which names of what kind stand there."""
    for n, action in enumerate(scheme.actions):
        for key, of, words in (
            ("from", "stage", action.from_stages),
            ("to", "move", [action.to]),
            ("role", "role", action.roles),
            ("asks", "field", action.asks if not action.child else ()),
            ("needs_fields", "field", action.needs_fields),
            ("needs_items", "list", action.needs_items),
            ("different_person", "action", [action.different_person]),
            ("opens", "item", action.opens),
            ("records", "item", [record.item for record in action.records]),
            ("closes", "item", action.closes),
            ("letters", "letter", action.letters),
        ):
            yield "action", n, action.id, key, of, sorted(words)
    for n, field in enumerate(scheme.fields):
        suggests = {option.suggests for option in field.options}
        own = sorted(name for name in suggests if not name.startswith(PARENT))
        yield "field", n, field.id, "options", "action", own
    for n, item in enumerate(scheme.templates):
        suggested = [item.suggests, *(outcome.suggests for outcome in item.outcomes)]
        for key, of, words in (
            ("role", "role", item.roles),
            ("opens", "stage", item.opens.stages),
            ("opens", "action", item.opens.actions),
            ("while", "stage", item.while_stages),
            ("suggests", "action", suggested),
            ("lead_of", "item", [item.lead_of]),
        ):
            yield "item", n, item.id, key, of, sorted(words)
    for n, variant in enumerate(scheme.variants):
        yield "variant", n, variant.id, "due", "item", sorted(variant.due)
        yield "variant", n, variant.id, "checklist", "item", variant.checklist or ()
        yield "variant", n, variant.id, "letters", "letter", variant.letters or ()
    for n, letter in enumerate(scheme.letters):
        yield "letter", n, letter.id, "offer_on", "offer", letter.offer_on
        yield "letter", n, letter.id, "to", "person", [letter.to]
    for n, report in enumerate(scheme.reports):
        sums = [measure.of for measure in report.measures if measure.kind == "sum"]
        yield "report", n, report.id, "group", report.over, report.group
        yield "report", n, report.id, "measures", report.over, sums
    for n, sample in enumerate(scheme.samples):
        yield "sample", n, "", "per", "cases", [sample.per]


def _fields(scheme: Scheme) -> list[Field]:
    return [*scheme.fields, *(field for each in scheme.templates for field in each.fields)]


def _items(scheme: Scheme, findings: Findings) -> None:
    """Every item is opened by something, leads lead somewhere, recorded outcomes exist."""
    recorded = {record.item for action in scheme.actions for record in action.records}
    for position, item in enumerate(scheme.templates):
        place = f"item {item.id}"
        opens = item.opens.stages or item.opens.actions or item.opens.when
        if not (opens or item.many or item.lead_of or item.series or item.id in recorded):
            findings.add(("item", position), place, _("Nothing opens this item."))
        if item.lead_of and (opens or item.many or item.series):
            message = _("A lead is opened with the item it leads, and by nothing else.")
            findings.add(("item", position, "lead_of"), place, message)
        if _leads_itself(scheme, item.id):
            message = _("Leads lead each other in a ring.")
            findings.add(("item", position, "lead_of"), place, message)
    for position, action in enumerate(scheme.actions):
        for record in action.records:
            template = scheme.template_by_id.get(record.item)
            if template and not template.outcome(record.outcome):
                message = _("The scheme has nothing called {name}.").format(name=record.outcome)
                findings.add(("action", position, "records"), f"action {action.id}", message)
    if scheme.variants and VARIANT_FIELD not in scheme.field_by_id:
        message = _("A scheme with variants needs a field called variant.")
        findings.add(("variant", 0), "variant", message)


def _leads_itself(scheme: Scheme, name: str) -> bool:
    seen: Counter[str] = Counter()
    at = name
    while at in scheme.template_by_id and not seen[at]:
        seen[at] += 1
        at = scheme.template_by_id[at].lead_of
    return at == name


def _letters(scheme: Scheme, findings: Findings, templates: Callable[[str], str | None]) -> None:
    """Every template is there, and names only what may stand in a letter."""
    from deskapp.services.casework import letter_text  # a case is opened without templates

    for position, letter in enumerate(scheme.letters):
        for language in ("en", "cy"):
            text = templates(getattr(letter, language))
            path, place = ("letter", position, language), f"letter {letter.id}, {language}"
            if text is None:
                findings.add(path, place, _("There is no such template."))
                continue
            for fault in letter_text.faults(text, scheme, letter.to):
                findings.add(path, place, fault)
