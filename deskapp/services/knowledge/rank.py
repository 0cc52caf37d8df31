"""How well a document answers a query.

Source: knowledge sheet, section 7; the figures were chosen with ``kb_queries_own.json``, half of
which was left out of the choosing (docs/search.md).
"""

from __future__ import annotations

from typing import NamedTuple

from deskapp.services.knowledge.asked import STOP, Asked
from deskapp.services.knowledge.index import Doc, Index
from deskapp.services.knowledge.lexicon import Lexicon

WORDS_MATCH, PHRASE_MATCH = 1.0, 1.0
"""What single words count beside the one phrase that says it best."""
COVERED = 0.5
"""Part of the score of single words that depends on how much of the query was found."""
PHRASE_STOP = 1 / 3
"""What a word that tells little counts in a phrase: "get out of" means something."""
TITLE_PHRASE = 0.9
NAMED = 0.6
"""Strength of a word that stands once in the users' words; what only the text mentions is less."""


class Score(NamedTuple):
    """How well one document answers."""

    value: float
    covered: float
    """Share of the weight of the query that was found, 0 to 1; a mention in the text is less."""
    phrase: int
    """Number of the phrase that says it best (the title is 0), -1 for none."""
    likeness: float
    """How like that phrase is to the query, 0 to 1."""


def score(doc: Doc, asked: Asked, index: Index, lexicon: Lexicon) -> Score:
    """How well ``doc`` answers ``asked``."""
    found = covered = 0.0
    for group in asked.groups:
        best = sure_of_best = 0.0
        for form, sure in group.forms.items():
            strength = doc.strength.get(form)
            if strength is not None:
                best = max(best, strength * sure)
                sure_of_best = max(sure_of_best, sure * min(1.0, strength / NAMED))
        found += group.weight * best
        covered += group.weight * sure_of_best
    share = covered / asked.total
    words = found / asked.total * (1 - COVERED + COVERED * share)
    phrase, likeness = _best_phrase(doc, asked, index, lexicon)
    return Score(WORDS_MATCH * words + PHRASE_MATCH * likeness, share, phrase, likeness)


def _best_phrase(doc: Doc, asked: Asked, index: Index, lexicon: Lexicon) -> tuple[int, float]:
    """The phrase most like the query, and how like it is."""
    best = (-1, 0.0)
    for number, (_text, stems) in enumerate(doc.phrases):
        matching = [asked.by_stem.get(word) for word in stems]
        if not any(matching):
            continue
        likeness = _likeness(stems, matching, asked, index, lexicon)
        likeness *= TITLE_PHRASE if number == 0 else 1.0
        if likeness > best[1]:
            best = (number, likeness)
    return best


def _likeness(
    stems: list[str],
    matching: list[list[tuple[int, float]] | None],
    asked: Asked,
    index: Index,
    lexicon: Lexicon,
) -> float:
    """Of phrase and query, what each has of the other: 2pr / (p + r)."""
    whole = shared = 0.0
    sure_of: dict[int, float] = {}
    for word, groups in zip(stems, matching, strict=True):
        weight = index.weight(word) * (PHRASE_STOP if word in lexicon.stop else 1.0)
        whole += weight
        if groups:
            shared += weight * max(sure for _group, sure in groups)
            for number, sure in groups:
                sure_of[number] = max(sure, sure_of.get(number, 0.0))
    total = found = 0.0
    for number, group in enumerate(asked.groups):
        weight = group.weight * (PHRASE_STOP / STOP if group.stop else 1.0)
        total += weight
        found += weight * sure_of.get(number, 0.0)
    precision, recall = shared / (whole or 1.0), found / (total or 1.0)
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
