"""What knowledge content is made of: articles, scripts, snippets and facts, as they are read.

Everything here is plain data out of ``deskapp/scripts_kb``. Text is never markup: it is shown as it
stands. Source: knowledge sheet, sections 1 to 4.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import ClassVar

from deskapp.services.enquiries.snippets import Snippet
from deskapp.services.knowledge.declared import Fact, Fields
from deskapp.services.knowledge.findings import Finding
from deskapp.services.knowledge.nodes import Node
from deskapp.services.knowledge.parts import Edition, Words

DRAFT, LIVE, WITHDRAWN = "draft", "live", "withdrawn"
LOCAL = "local:"
"""How the ids of items begin that were written at this site: one of the same name may be shipped.
"""
SAFETY = "safety"
"""Priority of the scripts that come first when their words are hit."""


@dataclass(frozen=True)
class Item:
    """What articles and scripts have in common."""

    KIND: ClassVar[str] = ""

    id: str
    category: str
    status: str
    """live, draft or withdrawn; what could not be read is a draft."""
    version: int
    owner: str
    reviewed_on: dt.date
    review_by: dt.date
    channels: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    replaced_by: str = ""
    shares_words: tuple[str, ...] = ()
    """Ids of items that have the same users' words on purpose."""

    @property
    def kind(self) -> str:
        """``article`` or ``script``."""
        return self.KIND

    @property
    def local(self) -> bool:
        """Whether it was written at this site."""
        return self.id.startswith(LOCAL)

    @property
    def live(self) -> bool:
        """Whether it is offered to officers."""
        return self.status == LIVE

    def overdue(self, today: dt.date) -> bool:
        """Whether its review date has passed."""
        return self.review_by < today

    def title(self, language: str) -> str:
        """What it is called; in the other language where this one is missing."""
        raise NotImplementedError

    def users_words(self, language: str) -> tuple[str, ...]:
        """What users say when they mean it."""
        raise NotImplementedError

    def body(self, language: str) -> str:
        """Its whole text, empty where the language is missing."""
        raise NotImplementedError


@dataclass(frozen=True)
class Article(Item):
    """A knowledge article in every language it has."""

    KIND: ClassVar[str] = "article"

    audience: str = "public"
    """public or staff."""
    scripts: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    editions: Mapping[str, Edition] = field(default_factory=dict)

    @property
    def staff(self) -> bool:
        """Whether none of it may reach a user."""
        return self.audience == "staff"

    @property
    def file(self) -> str:
        """Path of its English file, or of the one there is, below the content folder."""
        return self.edition("en").file

    def edition(self, language: str) -> Edition:
        """The text in ``language``, or in the other one where it is missing."""
        return self.editions.get(language) or next(iter(self.editions.values()))

    def title(self, language: str) -> str:
        return self.edition(language).title

    def users_words(self, language: str) -> tuple[str, ...]:
        return self.editions[language].users_words if language in self.editions else ()

    def body(self, language: str) -> str:
        return self.editions[language].body() if language in self.editions else ""


@dataclass(frozen=True)
class Script(Item):
    """A service script: what to say and ask, step by step, in both languages."""

    KIND: ClassVar[str] = "script"

    titles: Words = field(default_factory=dict)
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Language -> what users say when they mean it."""
    translates: int | None = None
    articles: tuple[str, ...] = ()
    start: str = ""
    priority: str = ""
    nodes: Mapping[str, Node] = field(default_factory=dict)
    """By id, in the order of the file."""
    file: str = ""
    """Path below the content folder."""

    @property
    def safety(self) -> bool:
        """Whether it ranks first when its words are hit, with the emergency key on every node."""
        return self.priority == SAFETY

    def title(self, language: str) -> str:
        return self.titles.get(language) or next(iter(self.titles.values()), self.id)

    def users_words(self, language: str) -> tuple[str, ...]:
        return tuple(self.words.get(language, ()))

    def body(self, language: str) -> str:
        texts = chain.from_iterable(node.texts() for node in self.nodes.values())
        return "\n".join(words[language] for _name, words in texts if language in words)


@dataclass(frozen=True)
class Library:
    """Everything that was loaded from one folder, by id; broken files are findings."""

    articles: Mapping[str, Article] = field(default_factory=dict)
    scripts: Mapping[str, Script] = field(default_factory=dict)
    snippets: Mapping[str, Snippet] = field(default_factory=dict)
    facts: Mapping[str, Fact] = field(default_factory=dict)
    fields: Fields = field(default_factory=Fields)
    sources: frozenset[str] = frozenset()
    """Keys of ``SOURCES.md``."""
    findings: tuple[Finding, ...] = ()
    """What was wrong while loading."""
    digest: str = ""
    """Changes whenever a byte of the content does."""

    def item(self, item_id: str) -> Article | Script | None:
        """The article or script with this id, whatever its status; else the local one."""
        for known in (item_id, LOCAL + item_id):
            if found := self.scripts.get(known) or self.articles.get(known):
                return found
        return None

    def every(self) -> Iterator[Article | Script]:
        """Every article and script, whatever its status, scripts first."""
        yield from self.scripts.values()
        yield from self.articles.values()

    def items(self) -> Iterator[Article | Script]:
        """Every live article and script, scripts first."""
        return (item for item in self.every() if item.live)
