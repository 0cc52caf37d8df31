"""What categories and owners of articles and scripts are called, for people."""

from __future__ import annotations

from deskapp.i18n import N_, _
from deskapp.services.knowledge import facts

_CATEGORIES = {
    "core": N_("Every contact"),
    "jury": N_("Jury service"),
    "fines": N_("Fines"),
    "crime": N_("Criminal courts"),
    "fees": N_("Fees"),
    "hearings": N_("Hearings"),
    "adjustments": N_("Adjustments, language and safety"),
    "witnesses": N_("Witnesses and victims"),
    "complaints": N_("Complaints"),
    "appeals": N_("Appeals"),
    "tribunals": N_("Tribunals"),
    "civil": N_("Money, judgments and possession"),
    "family": N_("Family"),
    "probate": N_("Probate and capacity"),
    "documents": N_("Documents, data and scams"),
    "staff": N_("Staff, safety and standards"),
}
"""The headings of the content plan, knowledge sheet, section 9."""
_LEAD = "-lead"
_FIGURES = {
    "articles": N_("Articles"),
    "scripts": N_("Scripts"),
    "snippets": N_("Short replies"),
    "facts": N_("Figures and phone numbers"),
    "facts_disputed": N_("of these: sources differ"),
    "facts_volatile": N_("of these: change often"),
    "nodes": N_("Steps of scripts"),
    "users_words_en": N_("Users' words, English"),
    "users_words_cy": N_("Users' words, Welsh"),
    "words_en": N_("Words of text, English"),
    "words_cy": N_("Words of text, Welsh"),
    "translator_check": N_("Texts that wait for a translator"),
}
_OF_CATEGORY = "category_"


def category(code: str) -> str:
    """A category in the language in use; the code where nobody knows it."""
    return _(_CATEGORIES[code]) if code in _CATEGORIES else code


def owner(code: str) -> str:
    """Who answers for an item, in the language in use: a role, never a person."""
    if code == facts.FILE:
        return _("Figures and phone numbers")
    of = code.removesuffix(_LEAD)
    return _("Lead: {category}").format(category=category(of)) if of in _CATEGORIES else code


def figure(name: str) -> str:
    """What a figure about the content counts, in the language in use."""
    if name.startswith(_OF_CATEGORY):
        return category(name.removeprefix(_OF_CATEGORY))
    return _(_FIGURES[name]) if name in _FIGURES else name
