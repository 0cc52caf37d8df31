"""What somebody types into the one box, by its shape: a name, a number, or words of a matter."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

from deskapp.data import refs
from deskapp.services.knowledge import terms

_SHORTEST = 2
_SHORTEST_BESIDE_DIGITS = 3
"""Letters from which on a word beside digits is one, and no part of a reference."""


class Shape(StrEnum):
    """What is looked for first."""

    NAME = "name"
    """Words that no article knows: a person or a place."""
    NUMBER = "number"
    """A reference, a case number, a postcode, a phone number."""
    WORDS = "words"
    """Words of a matter: articles and scripts."""


def shape(typed: str, known: Collection[str]) -> Shape:
    """What ``typed`` looks like.

    Args:
        typed: As it stands in the box; its last word may not be finished.
        known: Words of the articles and scripts, folded.
    """
    if refs.parse(typed):
        return Shape.NUMBER
    asked = terms.asked(typed, known)
    numbered = any(map(str.isdigit, typed))
    shortest = _SHORTEST_BESIDE_DIGITS if numbered else _SHORTEST
    if any(word in known and (terms.is_form(word) or len(word) >= shortest) for word in asked):
        return Shape.WORDS
    if numbered:
        return Shape.NUMBER
    return Shape.WORDS if _begins(asked[-1:], known) else Shape.NAME


def _begins(last: list[str], known: Collection[str]) -> bool:
    """Whether the word that is being typed begins like one that articles know."""
    return any(each.startswith(word) for word in last if len(word) >= _SHORTEST for each in known)
