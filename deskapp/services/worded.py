"""Closed lists that ship as data, each item with its words in both languages."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from deskapp import i18n, paths
from deskapp.errors import NotFoundError
from deskapp.i18n import _

if TYPE_CHECKING:
    from deskapp.services.matching import Matcher

FOLDER = paths.REFERENCE


@dataclass(frozen=True)
class Item:
    """One entry of a list."""

    code: str
    """What is stored."""
    labels: Mapping[str, str]
    """Language -> label."""
    letter: str = ""
    """The key that ticks it, the same in both languages."""
    flag: str = ""
    """Its code in the HMCTS-wide list, where it has one."""

    @property
    def label(self) -> str:
        """What it is called, in the language in use."""
        return self.labels[i18n.language()]


class Items:
    """The entries of one list, in the order they are offered."""

    def __init__(self, items: Iterable[Item]) -> None:
        self._items = {item.code: item for item in items}

    def __iter__(self) -> Iterator[Item]:
        return iter(self._items.values())

    def __contains__(self, code: str) -> bool:
        return code in self._items

    def by_code(self, code: str) -> Item:
        """The entry with this code.

        Raises:
            NotFoundError: If there is none.
        """
        try:
            return self._items[code]
        except KeyError:
            message = _("{code} is not in the list.")
            raise NotFoundError(message.format(code=code[:40])) from None

    def label(self, code: str) -> str:
        """What a stored code is called; the code itself where a newer desk made it."""
        return self._items[code].label if code in self._items else code

    def find(self, text: str) -> list[Item]:
        """The entries that ``text`` may mean, best first; all of them for an empty one."""
        return self._matcher.find(text)

    @cached_property
    def _matcher(self) -> Matcher[Item]:
        from deskapp.services.matching import Entry, Matcher  # the first page needs labels only

        return Matcher(Entry(item, item.code, tuple(item.labels.values())) for item in self)


def read(name: str) -> Mapping[str, Any]:
    """A shipped file of a list and what it says besides."""
    with (FOLDER / name).open("rb") as file:
        return tomllib.load(file)


def items(document: Mapping[str, Any]) -> Items:
    """The ``[[item]]`` tables of a shipped file."""
    return Items(
        Item(
            code=entry["code"],
            labels={language: entry[language] for language in i18n.LANGUAGES},
            letter=entry.get("letter", ""),
            flag=entry.get("flag", ""),
        )
        for entry in document["item"]
    )
