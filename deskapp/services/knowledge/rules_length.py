"""Rules about dates, lengths and users' words. Source: knowledge sheet, section 5, W1 to W3."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from deskapp.i18n import LANGUAGES, _, day
from deskapp.services.knowledge import facts, variables
from deskapp.services.knowledge.content import Article, Library, Script
from deskapp.services.knowledge.findings import Finding
from deskapp.services.knowledge.nodes import Node, NodeKind
from deskapp.services.knowledge.parts import Edition, Part
from deskapp.services.knowledge.passages import facts_used

SOON_DAYS = 30
MOST_DAYS, MOST_DAYS_VOLATILE = 366, 184
"""Longest time to the next review: 12 months, 6 where figures change."""
IN_SHORT_WORDS, ARTICLE_WORDS, SENTENCE_WORDS, SAY_WORDS = 60, 450, 20, 45
USUAL_NODES = 7
FEWEST_WORDS, MOST_WORDS = 8, 20
_SENTENCE_END = re.compile(r"[.!?:](?:\s|$)")


def reviews(library: Library, today: dt.date, *, release: bool) -> Iterator[Finding]:
    """W1: a review that is due; in a release a volatile fact past its review stops."""
    for item in library.items():
        if (item.review_by - today).days <= SOON_DAYS:
            message = _("The review is due by {day}.").format(day=day(item.review_by))
            yield Finding("W1", item.file, "", message, stops=False)
    for fact in library.facts.values():
        if (fact.review_by - today).days <= SOON_DAYS:
            message = _("The review is due by {day}.").format(day=day(fact.review_by))
            stops = release and fact.volatile and fact.review_by < today
            yield Finding("W1", facts.FILE, fact.id, message, stops=stops)


def review_dates(library: Library) -> Iterator[Finding]:
    """E1: a next review before the last one, or too far from it."""
    used = facts_used(library)
    for item in library.every():
        known = [library.facts[each] for each in used[item.id] if each in library.facts]
        volatile = any(fact.volatile for fact in known)
        most = MOST_DAYS_VOLATILE if volatile else MOST_DAYS
        if not 0 <= (item.review_by - item.reviewed_on).days <= most:
            message = _("review_by must be at most {days} days after reviewed_on.")
            yield Finding("E1", item.file, "", message.format(days=most))


def lengths(library: Library) -> Iterator[Finding]:
    """W2: a text that is too long to read out or hard to read; a script with too many steps."""
    for article in library.articles.values():
        for edition in article.editions.values():
            for where, message in _of_edition(edition):
                yield Finding("W2", edition.file, where, message, stops=False)
    for script in library.scripts.values():
        for node_id, message in _of_script(script):
            yield Finding("W2", script.file, node_id, message, stops=False)


def _of_edition(edition: Edition) -> Iterator[tuple[str, str]]:
    for section in edition.of(Part.IN_SHORT):
        if (count := _count(section.text())) > IN_SHORT_WORDS:
            yield str(section.line), _too_long(count, IN_SHORT_WORDS)
    if (count := _count(edition.body())) > ARTICLE_WORDS:
        yield "", _too_long(count, ARTICLE_WORDS)
    texts = [block.text for section in edition.sections for block in section.blocks]
    average = sum(map(_count, texts)) / max(1, sum(map(_sentences, texts)))
    if average > SENTENCE_WORDS:
        message = _("A sentence has {count} words on average; {most} is the most.")
        yield "", message.format(count=round(average), most=SENTENCE_WORDS)


def _of_script(script: Script) -> Iterator[tuple[str, str]]:
    for node in script.nodes.values():
        for text in node.say.values():
            if (count := _count(text)) > SAY_WORDS:
                yield node.id, _too_long(count, SAY_WORDS)
    if (count := len(usual_path(script))) > USUAL_NODES:
        message = _("The usual path has {count} nodes; {most} is the most.")
        yield "", message.format(count=count, most=USUAL_NODES)


def usual_path(script: Script) -> list[Node]:
    """The nodes an officer sees when the first option is taken every time; checks are silent."""
    path: dict[str, Node] = {}
    node_id = script.start
    while node_id in script.nodes and node_id not in path:
        node = path[node_id] = script.nodes[node_id]
        node_id = next(iter(node.targets()), "")
        if node.options and node.options[0].goto_script:
            break
    return [node for node in path.values() if node.kind is not NodeKind.CHECK]


def _count(text: str) -> int:
    """Words of a text; a variable counts as one."""
    return len(variables.PLACE.sub("x", text).split())


def _sentences(text: str) -> int:
    return max(1, len(_SENTENCE_END.findall(text)))


def _too_long(count: int, most: int) -> str:
    return _("It has {count} words; {most} is the most.").format(count=count, most=most)


def users_words(library: Library) -> Iterator[Finding]:
    """W3: too few phrases for the search to find it by, or too many to be all its own."""
    for item in library.items():
        for language in item.editions if isinstance(item, Article) else LANGUAGES:
            count = len(item.users_words(language))
            if not FEWEST_WORDS <= count <= MOST_WORDS:
                message = _("It has {count} users' words in {language}; 8 to 20 are wanted.")
                text = message.format(count=count, language=language)
                yield Finding("W3", item.file, "", text, stops=False)
