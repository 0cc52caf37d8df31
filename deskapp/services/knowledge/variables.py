"""Filling the places of a text: what is missing shows as a gap to fill, never as braces.

Source: knowledge sheet, sections 3 and 4.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import NamedTuple

from deskapp.i18n import N_, _, speaking
from deskapp.services.knowledge import facts
from deskapp.services.knowledge.declared import Fact
from deskapp.text import one_line

GAPS = {
    "officer.name": N_("your name"),
    "court.name": N_("name of the court"),
    "court.phone": N_("phone number of the court"),
    "court.email": N_("email address of the court"),
    "case_ref": N_("case reference"),
    "user.name": N_("name of the person"),
    "due_date": N_("date"),
}
"""Every variable but facts, and what stands in its gap; to be translated."""
FACT = "fact."
PLACE = re.compile(r"\{([^{}\n]*)\}")
_UNKNOWN = N_("to be filled in")


class Filled(NamedTuple):
    """A text with its places filled."""

    text: str
    gaps: tuple[str, ...]
    """Variables that stand as a gap in square brackets, facts too."""
    doubts: Mapping[str, str]
    """Fact -> why it must be checked before it is quoted, a key of ``facts.REASONS``."""
    dated: Mapping[str, dt.date]
    """Fact that is quoted and that nobody confirmed -> since when its value is known."""


def fill(
    text: str,
    values: Mapping[str, str],
    language: str,
    *,
    known: Mapping[str, Fact],
    on: dt.date,
) -> Filled:
    """``text`` with its variables and facts.

    Args:
        text: As it stands in an article, script or reply.
        values: What is known, by the names of ``GAPS``; an empty value is a gap.
        language: That of ``text``.
        known: Every fact, by id.
        on: The day whose figures are shown: that of the enquiry.
    """
    gaps: list[str] = []
    doubts: dict[str, str] = {}
    dated: dict[str, dt.date] = {}

    def value(match: re.Match[str]) -> str:
        name = match[1]
        fact = known.get(name.removeprefix(FACT)) if name.startswith(FACT) else None
        if fact is not None:
            words, doubt = facts.value(fact, language, on=on)
            if not doubt:
                if (since := facts.since(fact, on=on)) and fact.unit in facts.FIGURES:
                    dated[fact.id] = since
                return words
            doubts[fact.id] = doubt
        elif found := one_line(values.get(name, "")):
            return found
        else:
            words = _(GAPS.get(name, _UNKNOWN))
        gaps.append(name)
        return f"[{words}]"

    with speaking(language):
        filled = PLACE.sub(value, text)
    return Filled(filled, tuple(dict.fromkeys(gaps)), doubts, dated)


def gap(name: str) -> str:
    """What stands in the gap of a variable, in the language in use."""
    return _(facts.CHECK_FIRST if name.startswith(FACT) else GAPS.get(name, _UNKNOWN))


def used(text: str) -> list[str]:
    """Every variable of a text, in order, as often as it stands there."""
    return PLACE.findall(text)
