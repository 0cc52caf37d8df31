"""Which items a query finds, and in which order: documents become items, danger comes first."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from deskapp.services.knowledge import rank, terms
from deskapp.services.knowledge.asked import Asked
from deskapp.services.knowledge.documents import Doc
from deskapp.services.knowledge.entry import SNIPPET
from deskapp.services.knowledge.index import Index
from deskapp.services.knowledge.lexicon import Lexicon
from deskapp.services.knowledge.rank import Score

_MOST_RANKED = 40
LINKED, LINKED_BACK = 0.25, 0.25
"""What a script gets of the score of its articles, and an article of its scripts'."""
_OTHER_LANGUAGE, _OVERDUE, _SNIPPET = 0.97, 0.97, 0.6
_USED, _USED_MOST = 0.05, 1000
"""The most that being used often adds, and how often that is."""
DANGER, BEST = "danger", "best"
TELLING = 0.3
"""How like a phrase must be to say why something was found."""
_NOTHING = Score(0.0, 0.0, -1, 0.0)


@dataclass(slots=True)
class Item:
    """An item that was found, by the better of its languages."""

    doc: Doc
    score: Score
    value: float
    linked: str = ""
    """Id of the item that brought it, where its own words did not."""
    first: str = ""
    """``DANGER`` or ``BEST`` when it stands above every score."""


def items(
    asked: Asked, index: Index, lexicon: Lexicon, language: str, *, alone: bool = False
) -> dict[str, Item]:
    """Every item that ``asked`` may mean, by key; ``alone``: only what is said in ``language``."""
    found: dict[str, Item] = {}
    for doc in index.candidates(" ".join(asked.tokens), asked.stems(), _MOST_RANKED):
        if alone and doc.language != language:
            continue
        score = rank.score(doc, asked, index, lexicon)
        value = score.value * (1.0 if doc.language == language else _OTHER_LANGUAGE)
        value *= _SNIPPET if doc.kind == SNIPPET else 1.0
        known = found.get(doc.key)
        if known is None or known.value < value:
            found[doc.key] = Item(doc, score, value)
    _lend(found, index)
    return found


def of(doc: Doc, first: str = "") -> Item:
    """A document that no score brought."""
    return Item(doc, _NOTHING, 0.0, first=first)


def _lend(found: dict[str, Item], index: Index) -> None:
    """Let scripts and the articles they go with lift one another."""
    own = {item_id: item.value for item_id, item in found.items()}
    for article in own:
        for script in index.scripts_of.get(article, ()):
            if script not in found and (docs := index.of_item(script)):
                found[script] = Item(docs[0], _NOTHING, 0.0, linked=article)
    for item_id, item in found.items():
        if articles := item.doc.links:
            item.value += LINKED * max([own.get(article, 0.0) for article in articles])
        if scripts := index.scripts_of.get(item_id):
            item.value += LINKED_BACK * max([own.get(script, 0.0) for script in scripts])


def ordered(found: Mapping[str, Item], *, used: Mapping[str, int], today: dt.date) -> list[Item]:
    """The likeliest first."""
    return sorted(found.values(), key=lambda item: (-_final(item, used, today), item.doc.id))


def _final(item: Item, used: Mapping[str, int], today: dt.date) -> float:
    often = math.log1p(used.get(item.doc.id, 0)) / math.log1p(_USED_MOST)
    overdue = _OVERDUE if item.doc.review_by < today else 1.0
    return item.value * (1 + _USED * min(often, 1.0)) * overdue


def first(words: str, indexes: Sequence[Index], lexicon: Lexicon) -> list[Item]:
    """What stands above every score: words of danger, then best bets."""
    typed = set(terms.split(words[: terms.LONGEST_QUERY]))
    spelt = {word for word in typed if any(word in index.spelt for index in indexes)}
    dangers = lexicon.dangers.first(words, spelt)
    best = lexicon.best.get(terms.normal(words), ())
    wanted = {**dict.fromkeys(best, BEST), **dict.fromkeys(dangers, DANGER)}
    order = dict.fromkeys((*dangers, *best))
    made = []
    for item_id in order:
        docs = [doc for index in indexes for doc in index.of_item(item_id)]
        if docs:
            made.append(of(docs[0], wanted[item_id]))
    return made
