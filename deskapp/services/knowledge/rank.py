"""How well a document answers a query.

Source: knowledge sheet, section 7; the figures were chosen with ``kb_queries_own.json``, half of
which was left out of the choosing (docs/search.md).
"""

from __future__ import annotations

from functools import lru_cache
from operator import mul
from typing import NamedTuple

from deskapp.services.knowledge import terms
from deskapp.services.knowledge.asked import Asked, Sought
from deskapp.services.knowledge.index import Doc, Index
from deskapp.services.knowledge.lexicon import Lexicon

WORDS_MATCH, PHRASE_MATCH = 1.0, 1.0
"""What single words count beside the one phrase that says it best."""
COVERED = 0.5
"""Part of the score of single words that depends on how much of the query was found."""
TITLE_PHRASE = 0.9
SECOND = 0.3
"""What the second best phrase counts beside the best: who says it in two ways means it."""
EXACT = 0.3
"""What a phrase gains that is the query word for word."""
BEGUN = 0.2
"""What a phrase gains that goes on where the query ends: it is being typed."""
_WORTH_READING = 0.3
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
    """How like that phrase is to the query: up to 1, more when it is the same word for word."""


def score(doc: Doc, asked: Asked, index: Index, lexicon: Lexicon) -> Score:
    """How well ``doc`` answers ``asked``."""
    best = [0.0] * len(asked.groups)
    surest = [0.0] * len(asked.groups)
    strengths = doc.strength
    holding = asked.held(strengths)
    for sought in holding:
        strength = strengths[sought.stem]
        named = min(1.0, strength / NAMED)
        for number, sure in sought.groups:
            best[number] = max(best[number], strength * sure)
            surest[number] = max(surest[number], named * sure)
    weights = asked.weights
    share = sum(map(mul, weights, surest)) / asked.total
    words = sum(map(mul, weights, best)) / asked.total * (1 - COVERED + COVERED * share)
    phrase, likeness, second = _best_phrases(doc, holding, asked, index, lexicon)
    value = WORDS_MATCH * words + PHRASE_MATCH * (likeness + SECOND * second)
    return Score(value, share, phrase, likeness)


def _best_phrases(
    doc: Doc, holding: list[Sought], asked: Asked, index: Index, lexicon: Lexicon
) -> tuple[int, float, float]:
    """The phrase most like the query, how like it is, and how like the second best is.

    Only users' words can be second: a title says what each of them says.
    """
    if not doc.weights:
        doc.weights.extend(
            sum(lexicon.in_phrase(word, index.weight(word)) for word in stems)
            for _text, stems in doc.phrases
        )
    shared: dict[int, float] = {}
    surest: dict[tuple[int, int], float] = {}
    for word, weight, groups in holding:
        for phrase in doc.in_phrases.get(word, ()):
            shared[phrase] = shared.get(phrase, 0.0) + weight
            for number, sure in groups:
                if sure > surest.get((phrase, number), 0.0):
                    surest[phrase, number] = sure
    found = dict.fromkeys(shared, 0.0)
    for (phrase, number), sure in surest.items():
        found[phrase] += asked.in_phrases[number] * sure
    best, likeness, second = -1, 0.0, 0.0
    for phrase, weight in shared.items():
        like = _likeness(doc, phrase, weight, found[phrase] / asked.total_in_phrases, asked.typed)
        if like > likeness:
            second = likeness if best > 0 else second
            best, likeness = phrase, like
        elif like > second and phrase:
            second = like
    return best, likeness, second


def _likeness(doc: Doc, phrase: int, weight: float, recall: float, typed: str) -> float:
    """How like a phrase and the query are: of each, what the other has of it."""
    precision = weight / doc.weights[phrase]
    likeness = 2 * precision * recall / (precision + recall)
    likeness *= TITLE_PHRASE if phrase == 0 else 1.0
    if recall > _WORTH_READING:
        said = _folded(doc.phrases[phrase][0])
        likeness += EXACT if said == typed else BEGUN if said.startswith(typed) else 0.0
    return likeness


@lru_cache(4096)
def _folded(phrase: str) -> str:
    """``terms.normal``, remembered: the same phrases come close again and again."""
    return terms.normal(phrase)
