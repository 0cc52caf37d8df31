"""What is typed beside the words of a search: ``t:FEE`` one topic alone, ``lang:cy`` in Welsh.

Source: enquiries sheet, section 10.3.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from deskapp.i18n import LANGUAGES
from deskapp.services.enquiries import topics
from deskapp.services.knowledge import suggest
from deskapp.services.knowledge.content import Article, Library
from deskapp.services.knowledge.search import Answer, Hit


class Narrowing(NamedTuple):
    """What was typed, taken apart."""

    words: str
    """What is searched for."""
    topics: frozenset[str] = frozenset()
    """Codes; empty for every topic."""
    language: str = ""
    """``en`` or ``cy``; empty for that of the screen."""

    @property
    def narrows(self) -> bool:
        """Whether anything but words was typed."""
        return bool(self.topics or self.language)


def read(typed: str) -> Narrowing:
    """Take apart what was typed; what names no topic or language is a word like others."""
    known = {topic.code for topic in topics.all_topics()}
    words, wanted, language = [], set(), ""
    for word in typed.split():
        name, _colon, value = word.partition(":")
        if name.lower() == "t" and value.upper() in known:
            wanted.add(value.upper())
        elif name.lower() == "lang" and value.lower() in LANGUAGES:
            language = value.lower()
        else:
            words.append(word)
    return Narrowing(" ".join(words), frozenset(wanted), language)


def kept(
    answer: Answer, narrowing: Narrowing, library: Library, *, language: str, today: dt.date
) -> Answer:
    """An answer with what the topics and the language leave of it; danger always stays.

    Without words it is everything of the topics.
    """
    if not narrowing.narrows:
        return answer
    hits: Iterable[Hit] = answer.hits
    if not narrowing.words:
        answer = replace(answer, close=True)
        hits = suggest.of_topics(library, narrowing.topics, language=language, today=today)
    return replace(answer, hits=tuple(hit for hit in hits if _fits(hit, narrowing, library)))


def _fits(hit: Hit, narrowing: Narrowing, library: Library) -> bool:
    item = library.item(hit.id) or library.snippets.get(hit.id)
    if hit.safety or item is None:
        return hit.safety
    if isinstance(item, Article) and narrowing.language and narrowing.language not in item.editions:
        return False
    return not narrowing.topics or not narrowing.topics.isdisjoint(item.topics)
