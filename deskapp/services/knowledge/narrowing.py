"""Words that narrow a search down: ``t:FEE`` to a topic, ``lang:cy`` to what is said in Welsh.

Source: enquiries sheet, section 10.3.
"""

from __future__ import annotations

from typing import NamedTuple

from deskapp.i18n import LANGUAGES

_TOPIC, _LANGUAGE = "t", "lang"


class Narrowed(NamedTuple):
    """A search, and what it is narrowed to."""

    words: str
    """What is searched for."""
    topic: str = ""
    """Code of a topic; empty for all."""
    language: str = ""
    """``en`` or ``cy``: only what is said in it is searched; empty for both."""

    @property
    def narrows(self) -> bool:
        """Whether anything narrows it."""
        return bool(self.topic or self.language)


def read(typed: str) -> Narrowed:
    """What ``typed`` searches for; what narrows to nothing that exists is a word as any other."""
    if ":" not in typed:
        return Narrowed(typed)
    words, topic, language = [], "", ""
    for word in typed.split():
        name, _colon, value = word.partition(":")
        if name.casefold() == _TOPIC and value.upper() in _codes():
            topic = value.upper()
        elif name.casefold() == _LANGUAGE and value.casefold() in LANGUAGES:
            language = value.casefold()
        else:
            words.append(word)
    return Narrowed(" ".join(words), topic, language)


def _codes() -> set[str]:
    from deskapp.services.enquiries import topics  # who narrows nothing need not read them

    return {topic.code for topic in topics.all_topics()}
