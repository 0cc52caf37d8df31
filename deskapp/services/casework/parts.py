"""Reading the tables of a scheme file key by key; what is wrong is kept, and reading goes on."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple, TypeVar

from deskapp.i18n import _
from deskapp.services.casework.toml_lines import Path, Places
from deskapp.services.casework.vocabulary import Label
from deskapp.text import one_line

E = TypeVar("E", bound=StrEnum)

MOST_PARTS = 400
"""Of one kind in one file; more is no scheme but an attack on the machine."""
DEEPEST = 20
"""Tables within tables."""

_ID = re.compile(r"[a-z][a-z0-9_]{0,63}", re.ASCII)


class Finding(NamedTuple):
    """One thing to put right in a scheme file."""

    line: int
    place: str
    """Where in the file, such as ``item review, due``."""
    message: str
    """What is wrong, already translated."""


class Findings:
    """Everything that is wrong with one file."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._found: list[Finding] = []

    def add(self, path: Path, place: str, message: str) -> None:
        """Keep one finding."""
        self._found.append(Finding(self._places.line(path), one_line(place), one_line(message)))

    def all(self) -> tuple[Finding, ...]:
        """Each finding once, in the order of the file."""
        return tuple(sorted(dict.fromkeys(self._found)))


class Part:
    """One table of the file."""

    def __init__(
        self, table: Mapping[str, object], path: Path, name: str, findings: Findings
    ) -> None:
        self.path = path
        self.name = name
        self.findings = findings
        self._table = table
        self._read: set[str] = set()

    def find(self, key: str, message: str) -> None:
        """Keep a finding about one key; an empty one is about the table as a whole."""
        place = ", ".join(filter(None, (self.name, key)))
        self.findings.add((*self.path, key) if key else self.path, place, message)

    def has(self, key: str) -> bool:
        """Whether the table has the key."""
        return key in self._table

    def raw(self, key: str) -> object:
        """The value as TOML has it; ``None`` when there is none."""
        self._read.add(key)
        return self._table.get(key)

    def end(self) -> None:
        """Every key has been asked for; the others are unknown."""
        for key in self._table.keys() - self._read:
            self.find(key, _("deskapp does not know this key."))

    def text(self, key: str, *, needed: bool = False) -> str:
        """A text; empty when there is none."""
        value = self.raw(key)
        if value is None:
            if needed:
                self.find(key, _("This key is missing."))
            return ""
        if not isinstance(value, str):
            self.find(key, _("This must be a text."))
            return ""
        return one_line(value)

    def id(self, key: str = "id") -> str:
        """A name of something in the file; a missing or impossible one is a finding."""
        value = self.text(key, needed=True)
        if value and not _ID.fullmatch(value):
            self.find(key, _("Use small letters, digits and _ only, and begin with a letter."))
        return value

    def flag(self, key: str) -> bool:
        """A yes or no; no when there is none."""
        value = self.raw(key)
        if value is not None and not isinstance(value, bool):
            self.find(key, _("This must be true or false."))
        return value is True

    def number(self, key: str, default: int, *, least: int, most: int) -> int:
        """A whole number."""
        value = self.raw(key)
        if value is None:
            return default
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            self.find(
                key,
                _("This must be a whole number from {least} to {most}.").format(
                    least=least, most=most
                ),
            )
            return default
        return value

    def words(self, key: str) -> tuple[str, ...]:
        """Several texts; one alone may stand without a list."""
        value = self.raw(key)
        if value is None:
            return ()
        found = [value] if isinstance(value, str) else value
        if not isinstance(found, list) or not all(isinstance(each, str) for each in found):
            self.find(key, _("This must be a list of texts."))
            return ()
        return tuple(one_line(each) for each in found)

    def choice(self, key: str, choices: type[E], default: E) -> E:
        """One of a closed set."""
        word = self.one_of(key, choices)
        return choices(word) if word else default

    def one_of(self, key: str, choices: Iterable[str]) -> str:
        """One of several words; empty when there is none."""
        word, known = self.text(key), list(choices)
        if word and word not in known:
            self.find(key, _("Use one of: {choices}.").format(choices=", ".join(known)))
            return ""
        return word

    def day(self, key: str) -> dt.date:
        """A date without quotes."""
        value = self.raw(key)
        if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
            return value
        self.find(key, _("Use a date such as 2026-12-25, without quotes."))
        return dt.date.min

    def time(self, key: str) -> dt.time | None:
        """A time of day, with or without quotes."""
        value = self.raw(key)
        try:
            if isinstance(value, str):
                value = dt.time.fromisoformat(value)
        except ValueError:
            pass
        if isinstance(value, dt.time) and value.tzinfo is None:
            return value
        if value is not None:
            self.find(key, _("Use a time such as 15:00, in quotes."))
        return None

    def label(self) -> Label:
        """What the part is called in both languages; a missing language is a finding."""
        part = self.part("label")
        if part is None:
            if not self.has("label"):
                self.find("label", _("This key is missing."))
            return Label("", "")
        texts = {key: part.text(key) for key in Label._fields}
        for language, text in texts.items():
            if not text:
                part.find(language, _("The label in this language is missing."))
        part.end()
        return Label(**texts)

    def part(self, key: str) -> Part | None:
        """A table within this one; ``None`` when there is none."""
        value = self.raw(key)
        if value is None:
            return None
        if not isinstance(value, dict):
            self.find(key, _("This must be a table."))
            return None
        return self._inner(value, (*self.path, key), key)

    def parts(self, key: str) -> list[Part]:
        """Several tables within this one; one alone may stand without a list."""
        value = self.raw(key)
        tables: Sequence[object] = value if isinstance(value, list) else [value]
        if value is None:
            return []
        if not all(isinstance(table, dict) for table in tables) or len(tables) > MOST_PARTS:
            self.find(
                key, _("This must be a list of at most {most} tables.").format(most=MOST_PARTS)
            )
            return []
        return [
            self._inner(table, (*self.path, key, position), self._title(key, table))
            for position, table in enumerate(tables)
            if isinstance(table, dict)
        ]

    def of(self, table: Mapping[str, object]) -> Part:
        """Another table at the same place, such as what a line of a decision table gives."""
        return Part(table, self.path, self.name, self.findings)

    def rest(self) -> dict[str, object]:
        """The keys that were not asked for yet; they count as asked for now."""
        left = {key: self._table[key] for key in self._table if key not in self._read}
        self._read.update(left)
        return left

    def _title(self, key: str, table: object) -> str:
        name = table.get("id") if isinstance(table, dict) else None
        return f"{key} {name}" if isinstance(name, str) else key

    def _inner(self, table: Mapping[str, object], path: Path, name: str) -> Part:
        if len(path) > 2 * DEEPEST:
            self.find("", _("This is nested too deeply."))
            table = {}
        return Part(table, path, ", ".join(filter(None, (self.name, name))), self.findings)
