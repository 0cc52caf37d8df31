"""Rules about being found. Source: knowledge sheet, section 5, E15 and E16."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from deskapp.i18n import LANGUAGES, _
from deskapp.services.knowledge.content import Article, Library, Script
from deskapp.services.knowledge.findings import Finding
from deskapp.services.knowledge.rules_links import file_of
from deskapp.text import words


def unfound(library: Library) -> Iterator[Finding]:
    """E15: an item that its own words or title do not bring into the first three results."""
    yield from ()


def shared(library: Library) -> Iterator[Finding]:
    """E16: the same title, or the same users' words in items that do not know of each other."""
    titles: dict[tuple[str, ...], list[Article | Script]] = defaultdict(list)
    phrases: dict[tuple[str, ...], list[Article | Script]] = defaultdict(list)
    for item in library.items():
        for language in LANGUAGES:
            if item not in titles[(*words(item.title(language)),)]:
                titles[(*words(item.title(language)),)].append(item)
            for phrase in item.users_words(language):
                if item not in phrases[(*words(phrase),)]:
                    phrases[(*words(phrase),)].append(item)
    for title, (first, *others) in titles.items():
        for other in others:
            message = _("It has the same title as {id}: {words}.")
            text = message.format(id=first.id, words=" ".join(title))
            yield Finding("E16", file_of(other), "", text)
    for phrase, (first, *others) in phrases.items():
        for other in others:
            if not _linked(first, other):
                message = _("It has the same users' words as {id} and no link to it: {words}.")
                text = message.format(id=first.id, words=" ".join(phrase))
                yield Finding("E16", file_of(other), "", text)


def _linked(item: Article | Script, other: Article | Script) -> bool:
    return other.id in _links(item) or item.id in _links(other)


def _links(item: Article | Script) -> set[str]:
    if isinstance(item, Article):
        return {*item.scripts, *item.related, *item.shares_words}
    named = {node.article for node in item.nodes.values()}
    onward = {each for node in item.nodes.values() for each in node.scripts()}
    return {*item.articles, *item.shares_words} | named | onward
