"""Rules that compare English and Welsh. Source: knowledge sheet, section 5, E5 and E6."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator, Mapping

from deskapp.i18n import _
from deskapp.services.knowledge import variables
from deskapp.services.knowledge.content import Article, Library
from deskapp.services.knowledge.findings import Finding
from deskapp.services.knowledge.parts import BlockKind, Part, Section
from deskapp.services.knowledge.passages import Pair, pairs, passages, same_shape
from deskapp.text import words

MOST_ENGLISH = 0.6
FEWEST_WORDS = 4
"""Shorter texts may be names that both languages share."""
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_PREFIXED = re.compile(r"^\W*(?:cy|welsh|cymraeg|todo)\b\W*", re.IGNORECASE)
_ENGLISH = frozenset((
    "the", "and", "of", "to", "you", "your", "we", "our", "is", "are", "was", "were", "be",
    "been", "it", "its", "that", "this", "they", "them", "their", "for", "with", "not", "can",
    "cannot", "will", "would", "should", "must", "have", "has", "had", "do", "does", "did", "if",
    "when", "what", "who", "which", "where", "how", "from", "by", "on", "at", "as", "or", "but",
    "about", "before", "after", "only", "ask", "tell", "give", "need", "needs", "say", "court",
))  # fmt: skip
"""Words that no Welsh sentence has."""


def shapes(library: Library) -> Iterator[Finding]:
    """E5: headings of no known kind or in another order, or steps that are more or fewer."""
    for article in library.articles.values():
        for edition in article.editions.values():
            for section in edition.sections:
                if section.part is Part.OTHER:
                    message = _("“{heading}” is none of the headings of an article.")
                    text = message.format(heading=section.heading)
                    yield Finding("E5", edition.file, str(section.line), text)
        yield from _order(article)
        if article.editions.keys() >= {"en", "cy"}:
            yield from _steps(article)


def _order(article: Article) -> Iterator[Finding]:
    order = {part: number for number, part in enumerate(Part)}
    for edition in article.editions.values():
        parts = [section.part for section in edition.sections if section.part is not Part.OTHER]
        repeated = [part for part in set(parts) - {Part.IF} if parts.count(part) > 1]
        if parts != sorted(parts, key=order.__getitem__) or repeated:
            message = _("The headings are not in the order of the format, or one is there twice.")
            yield Finding("E5", edition.file, "", message)


def _steps(article: Article) -> Iterator[Finding]:
    english, welsh = article.editions["en"], article.editions["cy"]
    if not same_shape(article.editions):
        message = _("English and Welsh have different headings.")
        yield Finding("E5", welsh.file, "", message)
        return
    for section, other in zip(english.sections, welsh.sections, strict=True):
        if _numbered(section) != _numbered(other):
            message = _("It has {count} numbered steps, the English has {other}.").format(
                count=_numbered(other), other=_numbered(section)
            )
            yield Finding("E5", welsh.file, str(other.line), message)


def _numbered(section: Section) -> int:
    return sum(block.kind is BlockKind.NUMBERED for block in section.blocks)


def differences(library: Library) -> Iterator[Finding]:
    """E5: variables or numbers that stand in one language only."""
    for pair in pairs(library):
        english, welsh = pair.words["en"], pair.words["cy"]
        yield from _differing(
            pair, Counter(variables.used(english)), Counter(variables.used(welsh))
        )
        bare = [variables.PLACE.sub(" ", text) for text in (english, welsh)]
        yield from _differing(pair, *(Counter(_NUMBER.findall(text)) for text in bare))


def _differing(pair: Pair, english: Counter[str], welsh: Counter[str]) -> Iterator[Finding]:
    if english != welsh:
        only = ", ".join([*(english - welsh).elements(), *(welsh - english).elements()])
        message = _("{name}: only one language has: {only}.").format(name=pair.name, only=only)
        yield Finding("E5", pair.file, pair.where, message)


def placeholders(library: Library, english: Container[str]) -> Iterator[Finding]:
    """E6: Welsh that is English: the same text, behind a prefix, or mostly ``english`` words."""
    for pair in pairs(library):
        plain = {name: variables.PLACE.sub(" ", text) for name, text in pair.words.items()}
        welsh = words(plain["cy"])
        if len(welsh) < FEWEST_WORDS:
            continue
        same = words(_PREFIXED.sub("", plain["cy"])) == words(plain["en"])
        if same and not _is_name(plain["en"]):
            message = _("{name}: the Welsh is the English text.")
        elif not same and sum(word in english for word in welsh) > MOST_ENGLISH * len(welsh):
            message = _("{name}: most words of the Welsh are English.")
        else:
            continue
        yield Finding("E6", pair.file, pair.where, message.format(name=pair.name))


def _is_name(text: str) -> bool:
    """Whether every word has a capital letter: a system or organisation with one name."""
    return all(not word[:1].islower() for word in text.split())


def vocabulary(library: Library) -> frozenset[str]:
    """Words that are English: the commonest, and those the English texts have far more often."""
    counts: Mapping[str, Counter[str]] = {"en": Counter(), "cy": Counter()}
    for passage in passages(library):
        counts[passage.language].update(words(variables.PLACE.sub(" ", passage.text)))
    often = (word for word, count in counts["en"].items() if count > 2 * counts["cy"][word])
    return _ENGLISH.union(often)
