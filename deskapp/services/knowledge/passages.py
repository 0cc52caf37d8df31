"""Every text of the content with its place, alone or beside its translation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import zip_longest
from typing import NamedTuple

from deskapp.services.enquiries import snippets
from deskapp.services.knowledge import facts, variables
from deskapp.services.knowledge.content import Article, Library, Script
from deskapp.services.knowledge.parts import Block, Edition, Part, Section, Words


class Passage(NamedTuple):
    """One text in one language."""

    file: str
    where: str
    """Line, or node of a script."""
    language: str
    name: str
    """What the text is: ``title``, the part of an article, or the field of a node."""
    text: str
    item: str
    """Id of its article or script; empty for snippets and facts."""
    staff: bool = False
    """Whether it must never reach a user."""

    @property
    def copied(self) -> bool:
        """Whether it is pasted to users."""
        return self.name == Part.REPLY.value


class Pair(NamedTuple):
    """One text in both languages."""

    file: str
    where: str
    name: str
    words: Words


def passages(library: Library) -> Iterator[Passage]:
    """Every text, in the order of the files."""
    for article in library.articles.values():
        for edition in article.editions.values():
            yield from _of_edition(article, edition)
    for script in library.scripts.values():
        for where, name, words in _of_script(script):
            for language, text in words.items():
                yield Passage(script.file, where, language, name, text, script.id)
    for snippet in library.snippets.values():
        for language, text in snippet.text.items():
            yield Passage(snippets.FILE.name, snippet.id, language, Part.REPLY.value, text, "")
    for fact in library.facts.values():
        for language, text in fact.note.items():
            yield Passage(facts.FILE, fact.id, language, "note", text, "")


def pairs(library: Library) -> Iterator[Pair]:
    """Every text that stands in both languages; of articles those whose places correspond."""
    for article in library.articles.values():
        if article.editions.keys() >= {"en", "cy"}:
            yield from _editions(article.editions)
    for script in library.scripts.values():
        for where, name, words in _of_script(script):
            if words.keys() >= {"en", "cy"}:
                yield Pair(script.file, where, name, words)
    for snippet in library.snippets.values():
        yield Pair(snippets.FILE.name, snippet.id, "title", snippet.title)
        yield Pair(snippets.FILE.name, snippet.id, Part.REPLY.value, snippet.text)
    for fact in library.facts.values():
        if fact.note.keys() >= {"en", "cy"}:
            yield Pair(facts.FILE, fact.id, "note", fact.note)


def facts_used(library: Library) -> dict[str, set[str]]:
    """Id of an item -> the facts that its texts name."""
    used: dict[str, set[str]] = defaultdict(set)
    for passage in passages(library):
        for name in variables.used(passage.text):
            if name.startswith(variables.FACT):
                used[passage.item].add(name.removeprefix(variables.FACT))
    return used


def same_shape(editions: Mapping[str, Edition]) -> bool:
    """Whether both languages have the same parts in the same order."""
    parts = [[section.part for section in edition.sections] for edition in editions.values()]
    return all(each == parts[0] for each in parts)


def _of_edition(article: Article, edition: Edition) -> Iterator[Passage]:
    common = (edition.file, edition.language, article.id)
    yield _passage(common, "1", "title", edition.title, article.staff)
    for section in edition.sections:
        staff = article.staff or section.part is Part.STAFF
        yield _passage(common, str(section.line), "heading", section.heading, staff)
        for block in section.blocks:
            yield _passage(common, str(block.line), section.part.value, block.text, staff)


def _passage(
    common: tuple[str, str, str], where: str, name: str, text: str, staff: bool
) -> Passage:
    file, language, item = common
    return Passage(file, where, language, name, text, item, staff)


def _of_script(script: Script) -> Iterator[tuple[str, str, Words]]:
    yield "", "title", script.titles
    for node in script.nodes.values():
        for name, words in node.texts():
            yield node.id, name, words


def _editions(editions: Mapping[str, Edition]) -> Iterator[Pair]:
    """Titles, and section by section: block by block where there are as many of them."""
    english, welsh = editions["en"], editions["cy"]
    yield Pair(welsh.file, "1", "title", {"en": english.title, "cy": welsh.title})
    if not same_shape(editions):
        return
    for section, other in zip(english.sections, welsh.sections, strict=True):
        yield _headings(welsh.file, section, other)
        if len(section.blocks) != len(other.blocks):
            words = {"en": section.text(), "cy": other.text()}
            yield Pair(welsh.file, str(other.line), section.part.value, words)
            continue
        for block, its in zip_longest(section.blocks, other.blocks):
            yield _blocks(welsh.file, section.part, block, its)


def _headings(file: str, section: Section, other: Section) -> Pair:
    return Pair(file, str(other.line), "heading", {"en": section.heading, "cy": other.heading})


def _blocks(file: str, part: Part, block: Block, other: Block) -> Pair:
    return Pair(file, str(other.line), part.value, {"en": block.text, "cy": other.text})
