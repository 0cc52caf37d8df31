"""What is searched: every article, script and short reply of the content, in each language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from deskapp.i18n import LANGUAGES

if TYPE_CHECKING:
    from deskapp.services.enquiries.snippets import Snippet
    from deskapp.services.knowledge.content import Library

SNIPPET = "snippet"
"""The kind of the short replies."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An article, a script or a snippet in one language, as it is searched."""

    id: str
    kind: str
    language: str
    title: str
    users_words: tuple[str, ...] = ()
    body: str = ""
    codes: tuple[str, ...] = ()
    """Form numbers, and tags once for both languages."""
    links: tuple[str, ...] = ()
    """Of a script: the articles it goes with."""
    safety: bool = False
    staff: bool = False
    review_by: dt.date = dt.date.max
    local: bool = False
    """Written at this site, not shipped."""
    topics: tuple[str, ...] = ()
    """Codes of the topics of a contact that it belongs to."""

    @property
    def key(self) -> str:
        """Its id, marked where it is a short reply: an article may be called the same."""
        return f"{SNIPPET}:{self.id}" if self.kind == SNIPPET else self.id


def of(library: Library) -> list[Entry]:
    """Every live article and script and every short reply, in each of its languages."""
    found = [
        Entry(
            id=item.id,
            kind=item.kind,
            language=language,
            title=item.title(language),
            users_words=item.users_words(language),
            body=item.body(language),
            codes=(*item.forms, *(item.tags if language == LANGUAGES[0] else ())),
            links=getattr(item, "articles", ()),
            safety=getattr(item, "safety", False),
            staff=getattr(item, "staff", False),
            review_by=item.review_by,
            local=item.local,
            topics=item.topics,
        )
        for item in library.items()
        for language in LANGUAGES
    ]
    return [*found, *replies(library.snippets.values())]


def replies(snippets: Iterable[Snippet]) -> Iterator[Entry]:
    """Short replies in each of their languages."""
    for snippet in snippets:
        for language in LANGUAGES:
            title, text = snippet.title[language], snippet.text[language]
            yield Entry(snippet.id, SNIPPET, language, title, body=text, topics=snippet.topics)
