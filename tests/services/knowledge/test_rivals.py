"""What is proved of a search without searching: a check of thousands of phrases rests on it."""

from __future__ import annotations

import datetime as dt
from itertools import islice
from pathlib import Path

import pytest

from deskapp.i18n import LANGUAGES
from deskapp.services.knowledge import (
    entry,
    evaluate,
    indexed,
    lexicon,
    library,
    rank,
    rivals,
    search,
    terms,
)
from deskapp.services.knowledge.asked import understand
from deskapp.services.knowledge.entry import Entry
from deskapp.services.knowledge.index import Index

OWN = Path(__file__).parents[2] / "data" / "kb_queries_own.json"


@pytest.fixture(scope="module")
def shipped() -> Index:
    """The index of the shipped content."""
    return indexed.of(entry.of(library.shipped()))


def ids(searched: Index, phrase: str, language: str, places: int) -> list[str]:
    """What a search finds first."""
    answer = search.search(
        phrase,
        language=language,
        today=dt.date.min,
        limit=places,
        kinds=search.KNOWLEDGE,
        indexes=[searched],
    )
    return [hit.id for hit in answer.hits]


def test_no_document_is_worth_more_than_its_bound(shipped: Index) -> None:
    """Whatever ranking learns, the bound must learn: else an item is called found that is not."""
    known = rivals.Rivals(shipped)
    for query in islice(evaluate.read(OWN).graded, 0, None, 20):
        asked = understand(query.words, shipped, lexicon.shipped())
        bounds = list(known.bounds(asked))
        assert len(bounds) == sum(doc.kind != entry.SNIPPET for doc in shipped.all_docs())
        for doc, bound in bounds:
            begun = any(terms.normal(text).startswith(asked.typed) for text, _ in doc.phrases)
            gained = (1 + rank.SECOND) * rank.EXACT if begun else 0.0
            worth = rank.score(doc, asked, shipped, lexicon.shipped()).value
            assert worth <= bound + gained + 1e-9, (query.words, doc.id)


@pytest.mark.parametrize("places", [1, 2])
def test_what_is_said_to_come_first_does(shipped: Index, places: int) -> None:
    """Fewer places than the check asks for, which leaves more to get wrong."""
    known = rivals.Rivals(shipped)
    said = sorted(
        (phrase, language, item.id)
        for item in library.shipped().items()
        for language in LANGUAGES
        for phrase in item.users_words(language)
    )
    sure = 0
    for phrase, language, item in islice(said, 0, None, 40):
        if known.leave_among(places, item, phrase, language):
            sure += 1
            assert item in ids(shipped, phrase, language, places), phrase
    assert sure > 90  # of 120: else it saves nothing


def test_equals_leave_no_place_for_sure() -> None:
    """Four items say the same words: which three come first, only a search can tell."""
    names = ["first", "second", "third", "fourth"]
    made = indexed.of(
        [Entry(name, search.ARTICLE, "en", f"About {name}", ("lost wallet",)) for name in names]
    )
    assert not any(rivals.Rivals(made).leave_among(3, name, "lost wallet", "en") for name in names)
    assert rivals.Rivals(made).leave_among(4, "fourth", "lost wallet", "en")


def test_what_is_not_looked_for_as_it_is_said_is_searched() -> None:
    """Else a phrase would count as found that no officer can find: too short, or a filter."""
    said = ("ex160", "a", "t:FEE")
    made = indexed.of([Entry("fees", search.ARTICLE, "en", "Help with fees", said)])
    known = rivals.Rivals(made)
    assert known.leave_among(3, "fees", "ex160", "en")
    for phrase in ("a", "t:FEE", "wallet"):
        assert not known.leave_among(3, "fees", phrase, "en")
