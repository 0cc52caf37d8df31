"""The values that scripts set, as people read them in either language, and back.

A script sets ``low`` or ``list office``; the form shows it in the language that is spoken, and a
contact keeps what only scripts collect as the script has it. Source: knowledge sheet, section 4.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from contextlib import suppress

from deskapp.i18n import N_, _, day, language, speaking
from deskapp.services.enquiries import outcomes
from deskapp.services.enquiries.outcomes import Kind
from deskapp.services.knowledge import fields
from deskapp.services.knowledge.declared import Fields
from deskapp.services.knowledge.parts import Words
from deskapp.text import words

_YES_NO = {"yes": N_("Yes"), "no": N_("No")}


def in_words(known: Fields, name: str, value: str, spoken: str) -> str:
    """A value as it stands in the form; what nobody put into words stays as it is.

    Args:
        known: Fields and their words.
        name: That of the field in ``fields.toml``.
        value: As a script has it.
        spoken: The language.
    """
    if value in _YES_NO and _is_yes_no(known, name):
        with speaking(spoken):
            return _(_YES_NO[value])
    return _offered(known, name).get(value, {}).get(spoken, value)


def code(known: Fields, name: str, text: str) -> str:
    """The value of a script that ``text`` stands for, in either language; else the text."""
    said = words(text)
    for value, labels in _offered(known, name).items():
        if said in (words(value), *map(words, labels.values())):
            return value
    if _is_yes_no(known, name):
        for value in _YES_NO:
            if said in (words(in_words(known, name, value, each)) for each in ("en", "cy")):
                return value
    return text


def read(known: Fields, name: str, text: str) -> str:
    """A kept or typed value in the language in use, a date in words."""
    value, extra, need = code(known, name, text), known.extras.get(name), fields.need(known, name)
    with suppress(ValueError):  # typed over in the form, in some other shape
        if extra and extra.kind == "day":
            return day(dt.date.fromisoformat(value))
        if need and need.kind is not Kind.TEXT:
            return outcomes.shown(need, value)
    return in_words(known, name, value, language())


def _offered(known: Fields, name: str) -> Mapping[str, Words]:
    extra = known.extras.get(name)
    return {**known.words.get(name, {}), **(extra.options if extra else {})}


def _is_yes_no(known: Fields, name: str) -> bool:
    if extra := known.extras.get(name):
        return extra.kind == "yes_no"
    need = fields.need(known, name)
    return need is not None and need.kind is Kind.YES_NO
