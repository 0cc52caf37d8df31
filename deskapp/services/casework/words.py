"""Reasons as sentences, in the language in use: what the screen says beside a greyed action."""

from __future__ import annotations

from deskapp import i18n
from deskapp.i18n import N_, _
from deskapp.roles import ROLE_LABELS
from deskapp.services.casework.allowed import failed_guards
from deskapp.services.casework.events import Code, Reason
from deskapp.services.casework.facts import CaseFacts
from deskapp.services.casework.mentions import of_predicate
from deskapp.services.casework.scheme import Action, Scheme
from deskapp.services.casework.state import Item
from deskapp.services.casework.values import day_of
from deskapp.services.casework.vocabulary import Label

WHY = {
    Code.CLOSED: N_("the case is closed"),
    Code.STAGE: N_("not at this stage: {about}"),
    Code.ROLE: N_("only these may: {about}"),
    Code.PERSON: N_("somebody else must, because you were the last to do this: {about}"),
    Code.FIELDS: N_("fill in first: {about}"),
    Code.LIMIT: N_("outside the limits: {about}"),
    Code.ITEMS: N_("open or not done: {about}"),
    Code.CONDITION: N_("first: {about}"),
    Code.NOTE: N_("write a note"),
}


SCHEME_ROLES = {
    "case_admin": N_("case administrator"),
    "coordinator": N_("coordinator"),
    "data_lead": N_("data lead"),
    "decision_maker": N_("decision maker"),
    "fire_warden": N_("Fire warden"),
    "hub_manager": N_("hub manager"),
    "safeguarding_lead": N_("safeguarding lead"),
    "security_lead": N_("security lead"),
    "senior": N_("senior officer"),
    "senior_case_admin": N_("senior case administrator"),
    "senior_person": N_("Senior person on site"),
    "supervisor": N_("supervisor"),
}
"""The roles of the shipped schemes; one that a site adds is called as its file calls it."""


def role_label(role: str) -> str:
    """What a role of the app or of a scheme is called, in the language in use."""
    labels = SCHEME_ROLES | {each.value: label for each, label in ROLE_LABELS.items()}
    return _(labels.get(role, role))


def why_not(facts: CaseFacts, action: Action, reason: Reason) -> str:
    """Why an action is refused: ``Complete: not now: open or not done: Condition``."""
    about = ", ".join(_named(facts, action, reason)) or _("see the rules of the scheme")
    return _("{label}: not now: {why}").format(
        label=shown(action.label), why=_(WHY[reason.code]).format(about=about)
    )


def shown(label: Label) -> str:
    """A label in the language in use."""
    return label.cy if i18n.language() == "cy" else label.en


def item_title(facts: CaseFacts, item: Item) -> str:
    """What an item is called; one that was added by hand with the first of its texts."""
    template = facts.scheme.template_by_id.get(item.template)
    if template is None:
        return item.name
    texts = [item.fields.get(field.id) for field in template.fields] if template.many else []
    first = next((text for text in texts if isinstance(text, str)), "") or turn(facts, item)
    return f"{shown(template.label)} ({first})" if first else shown(template.label)


def turn(facts: CaseFacts, item: Item) -> str:
    """Which one of its list is the turn of an occurrence, such as a call point; often none."""
    return turn_label(facts.scheme, facts.rotation(item))


def turn_label(scheme: Scheme, name: str) -> str:
    """What one of the list of a rotating series is called; lists may keep the turns by name."""
    options = (option for field in scheme.fields for option in field.options)
    return next((shown(option.label) for option in options if option.id == name), name)


def _guarded(facts: CaseFacts, action: Action, reason: Reason) -> list[str]:
    """What the guards that a reason stands for are about: fields, items and cases."""
    scheme = facts.scheme
    labels = {each.id: each.label for each in facts.book.schemes.values()}
    labels |= {each.id: each.label for each in scheme.templates}
    labels |= {each.id: each.label for each in scheme.fields}
    named = [
        mention.name
        for guard in failed_guards(facts, action, reason)
        for mention in of_predicate(guard.holds)
        if not mention.item
    ]
    return [shown(labels[name]) for name in dict.fromkeys(named) if name in labels]


def _named(facts: CaseFacts, action: Action, reason: Reason) -> list[str]:
    """What a reason is about, each by its label."""
    if not reason.about:
        return _guarded(facts, action, reason)
    if reason.code is Code.ITEMS:
        items = [facts.case.items.get(name) for name in reason.about]
        return [item_title(facts, item) for item in items if item]
    if reason.code is Code.ROLE:
        labels = {role: role_label(role) for role in reason.about}
    elif reason.code is Code.STAGE:
        labels = {each.id: shown(each.label) for each in facts.scheme.stages}
    elif reason.code is Code.PERSON:
        labels = {each.id: shown(each.label) for each in facts.scheme.actions}
    else:
        asking = facts.scheme
        if action.child:
            asking = facts.book.in_force(action.child, day_of(facts.now))
        labels = {each.id: shown(each.label) for each in asking.fields}
    return [labels.get(name, name) for name in reason.about]
