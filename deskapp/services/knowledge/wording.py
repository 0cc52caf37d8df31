"""A step of a script in words: what is said with its places filled, and whom to tell.

Source: knowledge sheet, section 4.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from contextlib import suppress

from deskapp.i18n import N_, day, speaking
from deskapp.services.knowledge import variables
from deskapp.services.knowledge.parts import Words
from deskapp.services.knowledge.variables import Filled
from deskapp.services.knowledge.walk import Walk

URGENCIES = {"now": N_("now"), "today": N_("today"), "soon": N_("soon")}
"""When somebody must be told; to be translated."""


def filled(walk: Walk, words: Words, *, on: dt.date, of_desk: Mapping[str, str]) -> Filled:
    """A text of the step, in the language of the walk.

    Args:
        walk: Where the script stands.
        words: One of the texts of its node.
        on: The day whose figures are shown.
        of_desk: What only the desk knows, by the names of ``variables.GAPS``.
    """
    values = walk.values
    known = {
        **of_desk,
        "case_ref": values.get("case_ref", ""),
        "user.name": values.get("person_name", ""),
    }
    if by_when := _day(values.get("by_when", ""), walk.language):
        known["due_date"] = by_when
    text = words.get(walk.language, "")
    return variables.fill(text, known, walk.language, known=walk.library.facts, on=on)


def role(walk: Walk) -> str:
    """Whom the step says to tell; empty where it tells nobody."""
    code = walk.node.to
    return walk.library.fields.roles.get(code, {}).get(walk.language, code)


def article(walk: Walk) -> str:
    """Title of the article that the step points to; empty where there is none."""
    found = walk.library.articles.get(walk.node.article)
    return found.title(walk.language) if found else ""


def _day(text: str, language: str) -> str:
    with suppress(ValueError), speaking(language):
        return day(dt.date.fromisoformat(text))
    return ""
