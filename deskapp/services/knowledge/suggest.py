"""What may help before anything is typed: by the contact on the screen, then what is always there.

Source: knowledge sheet, section 6 (3).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from deskapp.i18n import _
from deskapp.services.knowledge import search
from deskapp.services.knowledge.content import Article, Library, Script
from deskapp.services.knowledge.index import Index
from deskapp.services.knowledge.search import Hit

MOST_OF_WORDS, MOST_OF_TOPIC = 4, 8


class About(NamedTuple):
    """What is known of the contact on the screen."""

    topic: str = ""
    words: str = ""
    """What was asked and said so far."""


def suggested(
    library: Library,
    indexes: Sequence[Index],
    about: About,
    *,
    pinned: Sequence[str] = (),
    lately: Sequence[str],
    language: str,
    today: dt.date,
) -> list[Hit]:
    """What fits the words of the contact, its topic, what is pinned, what was used last, and
    safety; each once.

    Args:
        library: Articles and scripts.
        indexes: What is searched.
        about: The contact on the screen; empty where none is.
        pinned: Ids that the officer pinned, the newest first.
        lately: Ids that were used last, the newest first.
        language: Of the titles.
        today: For what is past its review date.
    """
    asked = search.search(
        about.words,
        language=language,
        today=today,
        kinds=search.KNOWLEDGE,
        limit=MOST_OF_WORDS,
        indexes=indexes,
    )
    hits = [hit for hit in asked.hits if asked.close or hit.safety]
    hits += [
        _hit(item, why, language, today)
        for item, why in _always(library, about.topic, pinned, lately)
    ]
    by_id: dict[str, Hit] = {}
    for hit in hits:
        by_id.setdefault(hit.id, hit)
    return list(by_id.values())


def _always(
    library: Library, topic: str, pinned: Sequence[str], lately: Sequence[str]
) -> Iterator[tuple[Article | Script, str]]:
    """Items that need no words, with why they stand there."""
    live = list(library.items())
    of_topic = [item for item in live if topic and topic in item.topics]
    yield from ((item, _("For this topic")) for item in of_topic[:MOST_OF_TOPIC])
    for ids, why in ((pinned, _("Pinned")), (lately, _("Used last"))):
        named = [library.item(each) for each in ids]
        yield from ((item, why) for item in named if item and item.live)
    safety = [item for item in live if isinstance(item, Script) and item.safety]
    yield from ((item, _("When somebody is in danger")) for item in safety)


def _hit(item: Article | Script, why: str, language: str, today: dt.date) -> Hit:
    return Hit(
        id=item.id,
        kind=item.kind,
        title=item.title(language),
        why=why,
        overdue=item.overdue(today),
        staff=isinstance(item, Article) and item.staff,
    )
