"""What a contact is about: the closed list of topics, found by what callers call them.

Source: enquiries sheet, section 2; the words are data, in ``data/reference/topics.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from deskapp import i18n, paths
from deskapp.errors import NotFoundError
from deskapp.i18n import _

if TYPE_CHECKING:
    from deskapp.services.matching import Matcher

_FILE = paths.REFERENCE / "topics.toml"
_KEYS = re.compile(r"(?:Ctrl\+[A-Z]|F[0-9]+)(?: [A-Z]\b)*")
"""A key of the screen, with the letters behind it."""


class Subtopic(NamedTuple):
    """A finer choice within a topic."""

    code: str
    labels: Mapping[str, str]

    def label(self, language: str) -> str:
        """What it is called in ``en`` or ``cy``."""
        return self.labels[language]


class Topic(NamedTuple):
    """One thing that contacts are about."""

    code: str
    labels: Mapping[str, str]
    """Language -> label."""
    aliases: Mapping[str, tuple[str, ...]]
    """Language -> what callers and officers call it too."""
    says: Mapping[str, str]
    """Language -> what to say or do, and where to point, in two lines."""
    in_lines: str
    """What does in line mode as the key does that ``says`` names; empty where it names none."""
    subtopics: tuple[Subtopic, ...]
    needs_question: bool
    """Whether the officer must write what was asked."""

    def label(self, language: str) -> str:
        """What it is called in ``en`` or ``cy``."""
        return self.labels[language]

    def says_in_lines(self, language: str) -> str:
        """What to say or do, for who has no screen and none of its keys."""
        return _KEYS.sub(self.in_lines, self.says[language])


@cache
def all_topics() -> tuple[Topic, ...]:
    """Every topic, in the order it is offered."""
    import tomllib  # the first page does without it

    with _FILE.open("rb") as file:
        return tuple(_topic(entry) for entry in tomllib.load(file)["topic"])


def by_code(code: str) -> Topic:
    """The topic with this code.

    Raises:
        NotFoundError: If there is none.
    """
    try:
        return _by_code()[code]
    except KeyError:
        raise _no_such_topic() from None


@cache
def label(code: str, language: str) -> str:
    """What a topic is called, found without reading the others: the first page may ask for it.

    Raises:
        NotFoundError: If there is none.
    """
    with _FILE.open(encoding="utf-8") as file:
        if f'code = "{code}"\n' not in file:  # else the file is read on from there
            raise _no_such_topic()
        return next(line for line in file if line.startswith(f"label.{language} = ")).split('"')[1]


def subtopic_label(topic: str, subtopic: str, language: str) -> str:
    """What a stored subtopic is called; empty for none, its code where a newer desk made it."""
    for each in by_code(topic).subtopics:
        if each.code == subtopic:
            return each.label(language)
    return subtopic


def has_subtopic(topic: str, subtopic: str) -> bool:
    """Whether the topic has a finer choice with this code."""
    return any(each.code == subtopic for each in by_code(topic).subtopics)


def find(text: str, language: str) -> list[Topic]:
    """The topics that ``text`` may mean, best first; all of them for an empty one.

    Args:
        text: What was typed: beginnings of words of a code, label or alias of either language,
            in any order.
        language: The language shown; labels in the other one count as aliases.
    """
    return _matcher(language).find(text)


def _no_such_topic() -> NotFoundError:
    return NotFoundError(_("There is no such topic. Choose one from the list."))


@cache
def _by_code() -> Mapping[str, Topic]:
    return {topic.code: topic for topic in all_topics()}


@cache
def _matcher(language: str) -> Matcher[Topic]:
    from deskapp.services.matching import Entry, Matcher  # the first page needs labels only

    return Matcher(
        Entry(
            topic,
            topic.code,
            (topic.label(language),),
            (*topic.labels.values(), *chain.from_iterable(topic.aliases.values())),
        )
        for topic in all_topics()
    )


def _topic(entry: Mapping[str, Any]) -> Topic:
    return Topic(
        code=entry["code"],
        labels=entry["label"],
        says=entry["say"],
        in_lines=entry.get("in_lines", ""),
        aliases={language: tuple(aliases) for language, aliases in entry["aliases"].items()},
        subtopics=tuple(
            Subtopic(subtopic["code"], {name: subtopic[name] for name in i18n.LANGUAGES})
            for subtopic in entry.get("subtopics", ())
        ),
        needs_question=entry.get("needs_question", False),
    )
