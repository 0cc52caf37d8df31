"""The languages that can be asked for, and which kind of booking each belongs to.

Source: ``data/reference/languages.csv``.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from deskapp import i18n
from deskapp.services.interpreters.bookings import Kind
from deskapp.services.local_files import SHIPPED
from deskapp.text import fold

if TYPE_CHECKING:
    from deskapp.services.matching import Matcher

WELSH = "cym"


class Language(NamedTuple):
    """One language of the list."""

    code: str
    english: str
    welsh: str
    kind: Kind
    """What is neither spoken nor signed is booked as signed."""

    @property
    def label(self) -> str:
        """Its name in the language in use."""
        return self.welsh if i18n.language() == "cy" else self.english


@cache
def languages() -> Mapping[str, Language]:
    """Every language by its code, in the order of the list."""
    with (SHIPPED / "languages.csv").open(encoding="utf-8", newline="") as file:
        return MappingProxyType(
            {
                row["code"]: Language(
                    row["code"],
                    row["english_name"],
                    row["welsh_name"] or row["english_name"],
                    Kind.SPOKEN if row["kind"] == Kind.SPOKEN else Kind.SIGN,
                )
                for row in csv.DictReader(file)
            }
        )


@cache
def kinds() -> Mapping[str, Kind]:
    """The kind of booking of each language code."""
    return MappingProxyType({code: each.kind for code, each in languages().items()})


def label(code: str) -> str:
    """What a stored code is called; the code itself where a newer list made it."""
    found = languages().get(code)
    return found.label if found else code


def find(text: str) -> list[Language]:
    """The languages that ``text`` may mean, best first; all of them for an empty one."""
    return _matcher().find(text)


def named(text: str) -> str:
    """The code of the language that was typed by its code or whole name; empty for none."""
    return _named().get(fold(text).strip(), "")


@cache
def _named() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for each in languages().values():
        for name in (each.code, fold(each.english), fold(each.welsh)):
            found.setdefault(name, each.code)  # what two are called means the first
    return found


@cache
def _matcher() -> Matcher[Language]:
    from deskapp.services.matching import Entry, Matcher

    return Matcher(
        Entry(each, each.code, tuple(dict.fromkeys((each.english, each.welsh))))
        for each in languages().values()
    )
