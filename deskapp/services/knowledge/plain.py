"""A plain full-text search over the same content, beside which the real one is measured."""

from __future__ import annotations

from collections.abc import Iterable

from deskapp.services.knowledge import terms
from deskapp.services.knowledge.entry import Entry
from deskapp.services.knowledge.evaluate import Found, Query, Searches

_MOST = 10


def over(entries: Iterable[Entry]) -> Searches:
    """A search over articles and scripts by SQLite's own ranking."""
    from deskapp.data.plain_search import PlainSearch

    texts = [
        (entry.id, " ".join((entry.title, *entry.users_words, *entry.codes, entry.body)))
        for entry in entries
        if entry.kind != "snippet"
    ]
    index = PlainSearch(texts)

    def search(query: Query) -> Found:
        words = terms.split(query.words)
        return Found(index.best(words, _MOST) if words else [])

    return search
