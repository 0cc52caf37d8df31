"""Short replies in both languages that an officer puts into a form; none is sent by itself.

Source: enquiries sheet, section 10.6; the texts are data, in ``scripts_kb/snippets.toml``.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from deskapp import paths
from deskapp.cldr import NAMES
from deskapp.errors import NotFoundError
from deskapp.i18n import LANGUAGES, _, language
from deskapp.services.dates import Calendar
from deskapp.text import one_line

FILE = paths.SCRIPTS_KB / "snippets.toml"
PLACE = re.compile(r"\{(name|ref|cursor|date\+(\d{1,2})wd)\}")
_CURSOR = "cursor"
_VARIABLES = {"name": "user.name", "ref": "case_ref"}
"""Place -> what articles call the same."""


@dataclass(frozen=True)
class Snippet:
    """One short reply."""

    id: str
    topics: tuple[str, ...]
    """Codes of the topics that suggest it; none means that it is suggested always."""
    title: Mapping[str, str]
    """Language -> what it is called in a menu."""
    text: Mapping[str, str]
    """Language -> the words, with their places."""


class Filled(NamedTuple):
    """A snippet as it is put into a form."""

    before: str
    """What stands before the cursor afterwards."""
    after: str
    gaps: tuple[str, ...] = ()
    """Variables that stand in square brackets: the contact has nothing for them."""


@cache
def every() -> tuple[Snippet, ...]:
    """Every snippet, in the order of the file."""
    return read(_file())


def read(table: Mapping[str, Any]) -> tuple[Snippet, ...]:
    """The snippets of a file as it was parsed."""
    return tuple(
        Snippet(
            id=entry["id"],
            topics=tuple(entry["topics"]),
            title={name: entry["title"][name] for name in LANGUAGES},
            text={name: entry["text"][name] for name in LANGUAGES},
        )
        for entry in table.get("snippet", ())
    )


def by_id(snippet_id: str) -> Snippet:
    """The snippet with this id.

    Raises:
        NotFoundError: If there is none.
    """
    for each in every():
        if each.id == snippet_id:
            return each
    raise NotFoundError(_("There is no such text. See deskapp enquiry texts."))


def language_of(service: str) -> str:
    """The language that a snippet is put in: that of the service, else that of the screen."""
    return service if service in LANGUAGES else language()


def suggested(topic: str) -> list[Snippet]:
    """The snippets of a topic, then those that fit every contact."""
    own = [each for each in every() if topic in each.topics]
    return own + [each for each in every() if not each.topics]


def listed(topic: str) -> list[Snippet]:
    """Every snippet, those that a topic suggests first."""
    return sorted(every(), key=lambda each: topic not in each.topics)


def filled(
    snippet: Snippet,
    language: str,
    *,
    name: str,
    ref: str,
    today: dt.date,
    calendar: Calendar,
) -> Filled:
    """The words of a snippet with its places filled.

    Args:
        snippet: Which one.
        language: ``en`` or ``cy``: that of the service, not always that of the screen.
        name: The person, or nothing.
        ref: The case reference, or nothing.
        today: The desk's local day.
        calendar: Whose working days the dates count in.
    """
    known = {"name": one_line(name), "ref": one_line(ref)}
    gaps = _file()["gaps"]
    empty: list[str] = []

    def value(match: re.Match[str]) -> str:
        place, days = match[1], match[2]
        if place == _CURSOR:
            return ""
        if days:
            return _day(calendar.add_working_days(today, int(days)), language)
        if not known[place]:
            empty.append(_VARIABLES[place])
        return known[place] or str(gaps[place][language])

    before, _mark, after = snippet.text[language].partition("{cursor}")
    found = PLACE.sub(value, before), PLACE.sub(value, after)
    return Filled(*found, gaps=tuple(dict.fromkeys(empty)))


@cache
def _file() -> dict[str, Any]:
    with FILE.open("rb") as file:
        return tomllib.load(file)


def _day(date: dt.date, language: str) -> str:
    return f"{date.day} {NAMES[language].months[date.month - 1]} {date.year}"
