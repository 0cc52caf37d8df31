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
from deskapp.services.knowledge.documents import Doc
from deskapp.services.knowledge.index import Index
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
    for stem, _weight, groups in holding:
        strength = strengths[stem]
        named = strength / NAMED if strength < NAMED else 1.0
        for number, sure in groups:  # asked for most of all: no call for a larger of two
            if strength * sure > best[number]:
                best[number] = strength * sure
            if named * sure > surest[number]:
                surest[number] = named * sure
    weights = asked.weights
    share = sum(map(mul, weights, surest)) / asked.total
    words = sum(map(mul, weights, best)) / asked.total * (1 - COVERED + COVERED * share)
    phrase, likeness, second = _best_phrases(doc, holding, asked, index, lexicon)
    value = WORDS_MATCH * words + PHRASE_MATCH * (likeness + SECOND * second)
    return Score(value, share, phrase, likeness)


def at_most(said: float, held: float, *, gain: float = 0.0) -> float:
    """The most that ``score`` can be for a document of which no more is known.

    Args:
        said: Share of the query, as phrases count it, that stands in its title and users' words.
        held: Share of the query that stands in it at all.
        gain: ``EXACT`` or ``BEGUN`` when one of its phrases gains so much.
    """
    words = held * (1 - COVERED + COVERED * held)
    likeness = 2 * said / (1 + said) + gain
    return WORDS_MATCH * words + PHRASE_MATCH * (1 + SECOND) * likeness


def _best_phrases(
    doc: Doc, holding: list[Sought], asked: Asked, index: Index, lexicon: Lexicon
) -> tuple[int, float, float]:
    """The phrase most like the query, how like it is, and how like the second best is.

    How like two are: of each, what the other has of it. Only users' words can be second: a title
    says what each of them says.
    """
    if not doc.weights:
        doc.weights.extend(
            sum(lexicon.in_phrase(word, index.weight(word)) for word in stems)
            for _text, stems in doc.phrases
        )
    shared: dict[int, float] = {}
    recalled: dict[int, float] = {}
    surest: dict[int, float] = {}
    for word, weight, groups in holding:
        for phrase in doc.in_phrases.get(word, ()):
            shared[phrase] = shared.get(phrase, 0.0) + weight
            for number, sure in groups:
                before = surest.get(phrase * terms.MOST_WORDS + number, 0.0)
                if sure > before:
                    surest[phrase * terms.MOST_WORDS + number] = sure
                    more = asked.in_phrases[number] * (sure - before)
                    recalled[phrase] = recalled.get(phrase, 0.0) + more
    best, likeness, second = -1, 0.0, 0.0
    for phrase, weight in shared.items():
        recall = recalled[phrase] / asked.total_in_phrases
        precision = weight / doc.weights[phrase]
        like = 2 * precision * recall / (precision + recall)
        if phrase == 0:
            like *= TITLE_PHRASE
        if recall > _WORTH_READING and like + EXACT > second:
            like += _word_for_word(doc.phrases[phrase][0], asked.typed)
        if like > likeness:
            second = likeness if best > 0 else second
            best, likeness = phrase, like
        elif like > second and phrase:
            second = like
    return best, likeness, second


def _word_for_word(phrase: str, typed: str) -> float:
    """What a phrase gains that is the query, or goes on where it ends."""
    said = _folded(phrase)
    return EXACT if said == typed else BEGUN if said.startswith(typed) else 0.0


@lru_cache(4096)
def _folded(phrase: str) -> str:
    """``terms.normal``, remembered: the same phrases come close again and again."""
    return terms.normal(phrase)
