"""What somebody types into the one box, by its shape: a name, a number, or words of a matter."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

from deskapp.services.knowledge import terms


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
    asked = terms.asked(typed, known)
    if any(word in known for word in asked) or _begins(asked[-1:], known):
        return Shape.WORDS
    return Shape.NUMBER if any(map(str.isdigit, typed)) else Shape.NAME


def _begins(last: list[str], known: Collection[str]) -> bool:
    """Whether the word that is being typed begins like one that articles know."""
    return any(word.isalpha() and each.startswith(word) for word in last for each in known)
