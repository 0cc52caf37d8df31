"""Columns of reports that are worked out of a case: ``item:X``, ``outcome:X``, ``days:X``.

``item:X`` is when the next X is due, ``outcome:X`` how the last one ended, and ``days:X`` how many
days ago a date of the case was. Source: casework sheet, section 2.1 (live caseload).
"""

from __future__ import annotations

from collections.abc import Iterator

from deskapp.i18n import _
from deskapp.services.casework.facts import CaseFacts
from deskapp.services.casework.scheme import Scheme
from deskapp.services.casework.values import FieldType, Value, day_of, overdue_from
from deskapp.services.casework.vocabulary import Status
from deskapp.services.casework.words import shown

ITEM, OUTCOME, DAYS = "item", "outcome", "days"
_DATED = (FieldType.DATE, FieldType.DATETIME)
_ENDED = (Status.DONE, Status.NOT_DONE, Status.WAIVED)


def names(scheme: Scheme) -> Iterator[str]:
    """Every such column that a report of a scheme may have."""
    for template in scheme.templates:
        yield f"{ITEM}:{template.id}"
        yield f"{OUTCOME}:{template.id}"
    for field in scheme.fields:
        if field.type in _DATED:
            yield f"{DAYS}:{field.id}"


def title(scheme: Scheme, name: str) -> str:
    """What a column is called, in the language in use."""
    kind, _colon, of = name.partition(":")
    if kind == DAYS:
        return _("{field}: days ago").format(field=shown(scheme.field_by_id[of].label))
    label = shown(scheme.template_by_id[of].label)
    words = _("{item}: next") if kind == ITEM else _("{item}: last outcome")
    return words.format(item=label)


def value(facts: CaseFacts, name: str) -> Value:
    """What stands in a column for a case; ``None`` when there is nothing."""
    kind, _colon, of = name.partition(":")
    if kind == DAYS:
        since = facts.anchor(of)
        return None if since is None else (day_of(facts.now) - day_of(since)).days
    return _next(facts, of) if kind == ITEM else _outcome(facts, of)


def _next(facts: CaseFacts, template: str) -> Value:
    dues = [due for item in facts.case.of_template(template) if item.is_open
            and (due := facts.due(item))]  # fmt: skip
    return min((due.when for due in dues), key=overdue_from, default=None)


def _outcome(facts: CaseFacts, template: str) -> Value:
    ended = [item for item in facts.case.of_template(template) if item.status in _ENDED]
    if not ended:
        return None
    found = facts.scheme.template_by_id[template].outcome(ended[-1].outcome)
    return _(shown(found.label)) if found else None
