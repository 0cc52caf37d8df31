"""Letter templates of schemes: what one may name of a case. Source: casework sheet, section 1.2."""

from __future__ import annotations

from collections.abc import Iterator

from deskapp.i18n import _
from deskapp.services.casework.scheme import Scheme
from deskapp.services.letters.template import (
    Empty,
    EmptyFieldError,
    LetterError,
    is_draft,
    named,
    written,
)

__all__ = ["Empty", "EmptyFieldError", "LetterError", "faults", "is_draft", "named", "written"]

CASE_NAMES = frozenset({"ref", "today", "officer", "site", "due"})
"""What a template may name beside the fields of the scheme: ``shown_values`` of ``letters``."""
ITEM_NAMES = frozenset({"title", "due", "outcome"})
"""What a template may name of an item beside its fields; also of the one the letter is about."""


def faults(template: str, scheme: Scheme, to: str) -> Iterator[str]:
    """What is wrong with a template of a letter of ``scheme`` that is written to ``to``."""
    found = named(template)
    yield from found.problems
    fields = {each.id: each for item in scheme.templates for each in item.fields}
    fields.update(scheme.field_by_id)
    for name in sorted(found.fields - CASE_NAMES - ITEM_NAMES):
        if name not in fields:
            yield _("The template names {name}, which is no field.").format(name=name)
        elif fields[name].sensitive and name != to:
            yield _("The template names {name}, which is sensitive.").format(name=name)
    for item, names in found.items.items():
        template_of = scheme.template_by_id.get(item)
        if template_of is None:
            yield _("The template names {name}, which is no item.").format(name=item)
            continue
        known = {each.id for each in template_of.fields if not each.sensitive} | ITEM_NAMES
        for name in sorted(names - known):
            yield _("The template names {name}, which is no field.").format(name=name)
