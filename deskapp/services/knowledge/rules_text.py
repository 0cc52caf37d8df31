"""Rules about single texts. Source: knowledge sheet, section 5, E13, E14, E17 and W5."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from deskapp.i18n import _
from deskapp.services import cards
from deskapp.services.enquiries import snippets
from deskapp.services.knowledge import facts, variables
from deskapp.services.knowledge.content import Article, Library
from deskapp.services.knowledge.findings import Finding
from deskapp.services.knowledge.parts import Part
from deskapp.services.knowledge.passages import Passage, facts_used, passages
from deskapp.text import digits, fold

_MARKUP = re.compile(r"\[/?[a-z@#][^\]\n]*\]|\*\*|__|`|\]\(|^#|<[a-z/]|\|")
"""Of the terminal toolkit, or Markdown that articles do not have."""
_STAFF_WORDS = ("staff only", "staff yn unig", "internal", "mewnol", "do not tell the", "optic")
"""Words of staff that a user must not be sent."""
_NAMED = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Dr)\.? [A-Z][a-z]+")
_CASE = re.compile(
    r"\b(?:[A-Z]\d{2}[A-Z]{2}\d{3}|[A-Z]{2}\d{2}[A-Z]\d{5}|\d{2}[A-Z]{2}\d{7}|\d{4}-\d{4}-\d{4}-\d{4})\b"
)
"""Claim, family, police and online case numbers."""
_MOBILE = re.compile(r"\b(?:\+44 ?|0)7\d(?: ?\d){8}\b")
_INVENTED = "07700900"
_PHONE = re.compile(r"(?<![\w.])(?:\+44|0\d)(?: ?\d){8,10}\b|\b116 ?\d{3}\b")
_LINK = re.compile(
    r"https?://\S+|\bwww\.\S+|\b[\w.-]+@[\w-]+\.[\w.]+|\b[\w-]+(?:\.[\w-]+)*\.uk/\S+"
)
_MONEY = re.compile(r"£\s?\d")
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
LONG_SENTENCE = 6
"""Words from which on the same sentence in two places is no accident."""


def places(library: Library) -> Iterator[Finding]:
    """E13: a variable or fact that does not exist."""
    for passage in passages(library):
        text = passage.text
        if passage.file == snippets.FILE.name:
            text = snippets.PLACE.sub("", text)
        for name in variables.used(text):
            fact = name.removeprefix(variables.FACT)
            known = fact in library.facts if fact != name else name in variables.GAPS
            if not known:
                message = _("{{{name}}} is not known.").format(name=name)
                yield Finding("E13", passage.file, passage.where, message)


def origins(library: Library) -> Iterator[Finding]:
    """E13: a fact without a source, a source that is not explained, facts that are not listed."""
    used = facts_used(library)
    for item in library.every():
        strange = [each for each in item.sources if each not in library.sources]
        listed = set(item.facts) - used[item.id]
        if isinstance(item, Article):
            listed |= used[item.id] - set(item.facts)
        for name, message in (
            *((each, _("SOURCES.md does not have the source {id}.")) for each in strange),
            *((each, _("facts must list what the text uses: {id}.")) for each in sorted(listed)),
        ):
            yield Finding("E13", item.file, "", message.format(id=name))
    for fact in library.facts.values():
        named = [fact.source, *(source for _words, source in fact.seen)]
        if not library.sources.issuperset(named):
            message = _("The fact has no source, or one that SOURCES.md does not have.")
            yield Finding("E13", facts.FILE, fact.id, message)


def private(library: Library) -> Iterator[Finding]:
    """E14: staff text in a reply; card numbers, names, case numbers or mobile phones in a text."""
    hidden = _hidden(library)
    for passage in passages(library):
        for message in _private(passage, hidden[passage.item]):
            yield Finding("E14", passage.file, passage.where, message)


def _hidden(library: Library) -> dict[str, set[str]]:
    """The sentences of each item that must not reach a user."""
    hidden: dict[str, set[str]] = defaultdict(set)
    for passage in passages(library):
        if passage.name == Part.STAFF.value:
            hidden[passage.item].update(_sentences(passage.text))
    return hidden


def _sentences(text: str) -> list[str]:
    return [each for each in _SENTENCE.split(fold(text)) if len(each.split()) >= LONG_SENTENCE]


def _private(passage: Passage, hidden: set[str]) -> Iterator[str]:
    text = variables.PLACE.sub("", passage.text)
    if passage.copied:
        if passage.staff:
            yield _("A staff article has no reply to copy.")
        if any(words in fold(text) for words in _STAFF_WORDS):
            yield _("The reply has words that are for staff.")
        if hidden.intersection(_sentences(text)):
            yield _("The reply says what stands under “Staff only”.")
    if cards.find(text):
        yield _("This looks like a payment card number.")
    if _NAMED.search(text):
        yield _("This looks like the name of a person.")
    if _CASE.search(text):
        yield _("This looks like the number of a case.")
    if any(not digits(number).startswith(_INVENTED) for number in _MOBILE.findall(text)):
        yield _("This looks like somebody's own phone number.")


def markup(library: Library) -> Iterator[Finding]:
    """E17: what a terminal or the screen could take for markup."""
    for passage in passages(library):
        if found := _MARKUP.search(passage.text):
            message = _("“{text}” is markup, and would be shown as it stands.")
            text = message.format(text=found[0])
            yield Finding("E17", passage.file, passage.where, text)


def literals(library: Library) -> Iterator[Finding]:
    """W5: a phone number, link, address or amount that stands in a text itself."""
    for passage in passages(library):
        text = variables.PLACE.sub("", passage.text)
        for pattern in (_PHONE, _LINK, _MONEY):
            if found := pattern.search(text):
                message = _("“{text}” stands in the text. Use a fact: {{fact.…}}.")
                yield Finding(
                    "W5", passage.file, passage.where, message.format(text=found[0]), stops=False
                )
