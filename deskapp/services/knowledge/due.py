"""What must be reviewed, by owner, and figures about the content. Counts only."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from deskapp.services.knowledge import facts, passages
from deskapp.services.knowledge.content import Article, Library, Script


class Due(NamedTuple):
    """One review."""

    owner: str
    review_by: dt.date
    id: str
    file: str


def reviews(library: Library, *, until: dt.date) -> list[Due]:
    """Live items and facts whose review is due by a day: by owner, the longest overdue first."""
    found = [
        Due(item.owner, item.review_by, item.id, item.file)
        for item in library.items()
        if item.review_by <= until
    ]
    found += [
        Due(facts.FILE, fact.review_by, fact.id, facts.FILE)
        for fact in library.facts.values()
        if fact.review_by <= until
    ]
    return sorted(found)


def quoting(library: Library, fact_id: str) -> list[Article | Script]:
    """The live items that name a fact."""
    used = passages.facts_used(library)
    return [item for item in library.items() if fact_id in used.get(item.id, ())]


def figures(library: Library) -> Iterator[tuple[str, int]]:
    """What there is how many of: items by category, words, facts."""
    items = list(library.items())
    yield "articles", sum(isinstance(item, Article) for item in items)
    yield "scripts", sum(not isinstance(item, Article) for item in items)
    yield "snippets", len(library.snippets)
    yield "facts", len(library.facts)
    yield "facts_disputed", sum(fact.disputed for fact in library.facts.values())
    yield "facts_volatile", sum(fact.volatile for fact in library.facts.values())
    yield "nodes", sum(len(script.nodes) for script in library.scripts.values())
    for language in ("en", "cy"):
        yield f"users_words_{language}", sum(len(item.users_words(language)) for item in items)
        yield f"words_{language}", sum(len(item.body(language).split()) for item in items)
    editions = (article.editions.values() for article in library.articles.values())
    yield "translator_check", sum(edition.unsure for each in editions for edition in each)
    for category, count in sorted(Counter(item.category for item in items).items()):
        yield f"category_{category}", count
