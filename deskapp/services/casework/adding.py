"""At which moments an item may be added by hand.

One that says nothing of them may be added as long as the case runs. ``opens`` beside ``many`` names
them: stages, a terminal one too for what survives, and actions, after which it may be added until
the case moves on. Source: casework sheet, section 2.3 ("many, before give or on vary").
"""

from __future__ import annotations

from collections.abc import Iterator

from deskapp.services.casework.events import Code, Reason
from deskapp.services.casework.facts import CaseFacts
from deskapp.services.casework.scheme import Template


def addable(facts: CaseFacts) -> list[Template]:
    """The items that may be added to a case where it stands now."""
    return [
        template
        for template in facts.scheme.templates
        if template.many and not any(untimely(facts, template))
    ]


def untimely(facts: CaseFacts, template: Template) -> Iterator[Reason]:
    """Why an item may not be added at this moment; nothing when it may."""
    case, opens = facts.case, template.opens
    if case.closed_at and not (case.stage in opens.stages and template.survives):
        yield Reason(Code.CLOSED)
    is_inside = not template.while_stages or case.stage in template.while_stages
    if not (is_inside and _is_named(facts, template)):
        yield Reason(Code.STAGE, (case.stage,))
    if opens.when and not facts.holds(opens.when):
        yield Reason(Code.CONDITION)


def _is_named(facts: CaseFacts, template: Template) -> bool:
    """Whether the case is in a stage that is named, or came there by an action that is."""
    case, opens = facts.case, template.opens
    if case.stage in opens.stages or not (opens.stages or opens.actions):
        return True
    return any(
        case.taken[name].at >= case.visit.entered_at for name in opens.actions & case.taken.keys()
    )
