"""What knowledge content is made of: articles, scripts, snippets and facts, as they are read.

Everything here is plain data out of ``deskapp/scripts_kb``. Text is never markup: it is shown as it
stands. Source: knowledge sheet, sections 1 to 4.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import chain
from typing import Any, ClassVar

from deskapp.i18n import LANGUAGES
from deskapp.services.knowledge.findings import Finding
from deskapp.services.snippets import Snippet

Words = Mapping[str, str]
"""A text by language."""

LIVE, WITHDRAWN = "live", "withdrawn"
SAFETY = "safety"
"""Priority of the scripts that come first when their words are hit."""


class Part(StrEnum):
    """What a section of an article is for; the order is that of the article."""

    IN_SHORT = "in_short"
    SAY = "say"
    DO = "do"
    IF = "if"
    REPLY = "reply"
    STAFF = "staff"
    """Never copied, never read out."""
    OTHER = "other"
    """Under a heading that the format does not know."""


class BlockKind(StrEnum):
    """How a block of text is laid out."""

    PARAGRAPH = "paragraph"
    NUMBERED = "numbered"
    BULLET = "bullet"


@dataclass(frozen=True)
class Block:
    """A paragraph, or one item of a list."""

    kind: BlockKind
    text: str
    """One line of plain text, with its variables."""
    line: int
    """Where it begins in the file."""
    number: int = 0
    """Of a numbered item, counted from one."""


@dataclass(frozen=True)
class Section:
    """A heading and what stands under it."""

    part: Part
    heading: str
    blocks: tuple[Block, ...]
    line: int

    def text(self) -> str:
        """Its blocks as plain text, a line for each; items with their number or dash."""
        marks = {BlockKind.BULLET: "- ", BlockKind.PARAGRAPH: ""}
        return "\n".join(
            marks.get(block.kind, f"{block.number}. ") + block.text for block in self.blocks
        )


@dataclass(frozen=True)
class Edition:
    """An article in one language."""

    language: str
    title: str
    users_words: tuple[str, ...]
    sections: tuple[Section, ...]
    file: str
    """Path below the content folder."""
    translates: int | None = None
    """The English version that a Welsh text was made from."""
    unsure: bool = False
    """Whether a translator must check it."""

    def of(self, part: Part) -> tuple[Section, ...]:
        """The sections of one kind."""
        return tuple(section for section in self.sections if section.part is part)

    def body(self) -> str:
        """Headings and text, for search and printing."""
        return "\n".join(f"{section.heading}\n{section.text()}" for section in self.sections)


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


class NodeKind(StrEnum):
    """What a step of a script does."""

    SAY = "say"
    ASK = "ask"
    CHOICE = "choice"
    CHECK = "check"
    SIGNPOST = "signpost"
    ESCALATE = "escalate"
    END = "end"


@dataclass(frozen=True)
class Option:
    """One answer to a choice."""

    key: str
    label: Words
    next: str = ""
    goto_script: str = ""
    """Exactly one of these two is given."""
    set: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Test:
    """The question of a check: a field and one thing asked about it."""

    __test__ = False  # not one of pytest's

    field: str
    name: str
    """eq, in, missing, before, after or age_days_over."""
    value: Any
    """Text; texts; true or false; a day or days from today (twice); days."""


@dataclass(frozen=True)
class Node:
    """One step of a script; which fields count depends on its kind."""

    id: str
    kind: NodeKind
    say: Words = field(default_factory=dict)
    reply: Words = field(default_factory=dict)
    must_say: bool = False
    next: str = ""
    goto_script: str = ""
    collect: str = ""
    """The field that an ask fills, as ``enquiry.<name>``."""
    pattern: str = ""
    """Regular expression that the whole answer must match."""
    choices: tuple[tuple[str, Words], ...] = ()
    """Of an ask: values that are offered, with their labels."""
    required: bool = True
    options: tuple[Option, ...] = ()
    set: Mapping[str, str] = field(default_factory=dict)
    test: Test | None = None
    then: str = ""
    otherwise: str = ""
    """``else`` in the file."""
    article: str = ""
    contact: Words = field(default_factory=dict)
    to: str = ""
    """Role that an escalate names."""
    urgency: str = ""
    """now, today or soon."""
    outcome: str = ""
    result: str = ""
    follow_up_days: int = 0
    summary: Words = field(default_factory=dict)

    def targets(self) -> tuple[str, ...]:
        """Ids of the nodes that may come next."""
        after = (self.next, self.then, self.otherwise, *(each.next for each in self.options))
        return tuple(dict.fromkeys(filter(None, after)))

    def scripts(self) -> tuple[str, ...]:
        """Ids of the scripts that may come next."""
        after = (self.goto_script, *(option.goto_script for option in self.options))
        return tuple(dict.fromkeys(filter(None, after)))

    def texts(self) -> Iterator[tuple[str, Words]]:
        """Every text of the node in both languages, with the name of its field."""
        for name in ("say", "reply", "contact", "summary"):
            if getattr(self, name):
                yield name, getattr(self, name)
        for option in self.options:
            yield f"option {option.key}", option.label
        for value, label in self.choices:
            yield f"options {value}", label


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
class Period:
    """What a fact was from one day on."""

    start: dt.date
    value: Words
    end: dt.date | None = None
    """The last day, where it is known."""


@dataclass(frozen=True)
class Fact:
    """A figure, phone number or address that texts use as ``{fact.<id>}``."""

    id: str
    unit: str
    source: str
    volatile: bool
    review_by: dt.date
    periods: tuple[Period, ...]
    disputed: bool = False
    """Sources differ: no value is shown until somebody confirms one."""
    seen: tuple[tuple[Words, str], ...] = ()
    """Of a disputed fact: what was seen, and in which source."""
    note: Words = field(default_factory=dict)


@dataclass(frozen=True)
class Extra:
    """Something a script collects that the contact form has no field for."""

    name: str
    kind: str
    """text, day, time, yes_no or choice."""
    label: Words
    options: Mapping[str, Words] = field(default_factory=dict)


@dataclass(frozen=True)
class Fields:
    """What scripts may collect or set, and whom they may escalate to."""

    form: Mapping[str, str] = field(default_factory=dict)
    """Name in scripts -> value of the contact form."""
    extras: Mapping[str, Extra] = field(default_factory=dict)
    roles: Mapping[str, Words] = field(default_factory=dict)
    """Code of a role -> what it is called."""

    def __contains__(self, name: str) -> bool:
        return name in self.form or name in self.extras


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
        """The article or script with this id, whatever its status."""
        return self.scripts.get(item_id) or self.articles.get(item_id)

    def every(self) -> Iterator[Article | Script]:
        """Every article and script, whatever its status, scripts first."""
        yield from self.scripts.values()
        yield from self.articles.values()

    def items(self) -> Iterator[Article | Script]:
        """Every live article and script, scripts first."""
        return (item for item in self.every() if item.live)


def in_both(words: Words) -> bool:
    """Whether a text is there in every language."""
    return all(words.get(language, "").strip() for language in LANGUAGES)
