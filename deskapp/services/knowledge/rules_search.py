"""Rules about being found. Source: knowledge sheet, section 5, E15 and E16."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from deskapp.i18n import LANGUAGES, _
from deskapp.services.knowledge import entry, indexed, search
from deskapp.services.knowledge.content import Article, Library, Script
from deskapp.services.knowledge.findings import Finding
from deskapp.services.knowledge.index import Index
from deskapp.services.knowledge.rivals import Rivals
from deskapp.text import words

RESULTS = 3


class Alone(NamedTuple):
    """One item that is asked for, and what is searched for it."""

    id: str
    indexes: tuple[Index, ...]


def unfound(library: Library, alone: Alone | None = None) -> Iterator[Finding]:
    """E15: an item that its own words or title do not bring into the first three results."""
    searched = alone.indexes if alone else (indexed.of(entry.of(library)),)
    rivals = None if alone else Rivals(searched[0])
    first: dict[str, tuple[str, ...]] = {}
    for item in library.items():
        if alone and item.id != alone.id:
            continue
        for language in LANGUAGES:
            for phrase in (item.title(language), *item.users_words(language)):
                if rivals and rivals.leave_among(RESULTS, item.id, phrase, language):
                    continue
                if phrase not in first:
                    first[phrase] = _first(phrase, language, searched)
                if item.id not in first[phrase]:
                    message = _("“{words}” finds {others} first.").format(
                        words=phrase, others=", ".join(first[phrase]) or _("nothing")
                    )
                    yield Finding("E15", item.file, "", message)


def _first(phrase: str, language: str, searched: tuple[Index, ...]) -> tuple[str, ...]:
    """Ids of the first results for a phrase."""
    answer = search.search(
        phrase,
        language=language,
        today=dt.date.min,
        limit=RESULTS,
        kinds=search.KNOWLEDGE,
        indexes=searched,
    )
    return tuple(hit.id for hit in answer.hits)


def shared(library: Library) -> Iterator[Finding]:
    """E16: the same title, or the same users' words in items that do not know of each other."""
    titles: dict[tuple[str, ...], list[Article | Script]] = defaultdict(list)
    phrases: dict[tuple[str, ...], list[Article | Script]] = defaultdict(list)
    for item in library.items():
        for language in LANGUAGES:
            if item not in titles[(*words(item.title(language)),)]:
                titles[(*words(item.title(language)),)].append(item)
            for said in item.users_words(language):
                if item not in phrases[(*words(said),)]:
                    phrases[(*words(said),)].append(item)
    for title, (first, *others) in titles.items():
        for other in others:
            message = _("It has the same title as {id}: {words}.")
            text = message.format(id=first.id, words=" ".join(title))
            yield Finding("E16", other.file, "", text)
    for phrase, (first, *others) in phrases.items():
        for other in others:
            if not _linked(first, other):
                message = _("It has the same users' words as {id} and no link to it: {words}.")
                text = message.format(id=first.id, words=" ".join(phrase))
                yield Finding("E16", other.file, "", text)


def _linked(item: Article | Script, other: Article | Script) -> bool:
    return other.id in _links(item) or item.id in _links(other)


def _links(item: Article | Script) -> set[str]:
    if isinstance(item, Article):
        return {*item.scripts, *item.related, *item.shares_words}
    named = {node.article for node in item.nodes.values()}
    onward = {each for node in item.nodes.values() for each in node.scripts()}
    return {*item.articles, *item.shares_words} | named | onward
