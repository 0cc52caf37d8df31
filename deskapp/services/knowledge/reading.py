"""Typed reading of TOML tables: what is wrong becomes a finding, and its field a default."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Collection, Mapping
from typing import Any

from deskapp.i18n import LANGUAGES, N_, _
from deskapp.services.knowledge.findings import Finding
from deskapp.text import one_line

FAR_PAST = dt.date(1, 1, 1)
"""A date that could not be read: long overdue, so that nobody relies on it."""
_MISSING = N_("{field} is missing.")
_UNKNOWN = N_("{field} is no field here. Correct its name or remove it.")
_TYPES = {
    str: N_("{field} must be a text in quotes."),
    int: N_("{field} must be a whole number."),
    bool: N_("{field} must be true or false."),
    dt.date: N_("{field} must be a date like 2026-11-01, without quotes."),
    list: N_("{field} must be a list of texts."),
    dict: N_("{field} must be a table."),
}


class Reader:
    """One table of a file; each field is taken once, ``close`` names those left over."""

    def __init__(self, table: Mapping[str, Any], file: str, where: str = "") -> None:
        self._table, self._file, self._where = table, file, where
        self._taken: set[str] = set()
        self.findings: list[Finding] = []

    def wrong(self, rule: str, message: str) -> None:
        """Note something to put right in this table."""
        self.findings.append(Finding(rule, self._file, self._where, message))

    def given(self, name: str) -> bool:
        """Whether the table has this field at all."""
        return name in self._table

    def text(self, name: str, default: str | None = None, *, of: Collection[str] = ()) -> str:
        """A text, one of ``of`` where that is given; without ``default`` it must be there."""
        found = str(self._take(name, str, default, ""))
        if of and found not in of and name in self._table:
            message = _("{field} is {value}. It must be one of: {choices}.").format(
                field=name, value=one_line(found) or "“”", choices=", ".join(sorted(of))
            )
            self.wrong("E1", message)
            return default or ""
        return found

    def number(self, name: str, default: int | None = None, *, least: int = 1) -> int:
        """A whole number of at least ``least``."""
        found = int(self._take(name, int, default, least))
        if found < least and name in self._table:
            message = _("{field} must be {least} or more.").format(field=name, least=least)
            self.wrong("E1", message)
        return max(found, least) if name in self._table else found

    def flag(self, name: str, default: bool = False) -> bool:
        """True or false."""
        return bool(self._take(name, bool, default, default))

    def day(self, name: str, default: dt.date | None = None) -> dt.date:
        """A date; one that cannot be read lies in the far past."""
        found = self._take(name, dt.date, default, FAR_PAST)
        assert isinstance(found, dt.date)
        return found

    def texts(
        self, name: str, default: tuple[str, ...] | None = (), *, of: Collection[str] = ()
    ) -> tuple[str, ...]:
        """A list of texts, each one of ``of`` where that is given."""
        found = self._take(name, list, default, ())
        if not all(isinstance(each, str) for each in found):
            self.wrong("E1", _(_TYPES[list]).format(field=name))
            return ()
        for each in found:
            if of and each not in of:
                message = _("{field} has {value}. It must be one of: {choices}.").format(
                    field=name, value=one_line(each), choices=", ".join(sorted(of))
                )
                self.wrong("E1", message)
        return tuple(each for each in found if not of or each in of)

    def table(self, name: str) -> Mapping[str, Any]:
        """A table; empty where it is not given."""
        found = self._take(name, dict, {}, {})
        assert isinstance(found, dict)
        return found

    def tables(self, name: str) -> list[Mapping[str, Any]]:
        """A list of tables; empty where it is not given."""
        found = self._take(name, list, [], [])
        if all(isinstance(each, dict) for each in found):
            return list(found)
        self.wrong("E1", _(_TYPES[dict]).format(field=name))
        return []

    def words(self, name: str, *, required: bool = False) -> dict[str, str]:
        """A text in the languages it has; a language of its own name is left out with a finding."""
        if not required and name not in self._table:
            return {}
        found = self._take(name, dict, None, {})
        kept = {
            language: text.strip()
            for language, text in found.items()
            if language in LANGUAGES and isinstance(text, str)
        }
        for language in found.keys() - kept.keys():
            self.wrong("E1", _(_UNKNOWN).format(field=f"{name}.{one_line(language)}"))
        return kept

    def anything(self, name: str) -> Any:
        """A value of any type; None where it is not given."""
        self._taken.add(name)
        return self._table.get(name)

    def close(self) -> list[Finding]:
        """The findings, with those fields that nobody took."""
        for name in self._table.keys() - self._taken:
            self.wrong("E1", _(_UNKNOWN).format(field=one_line(name)))
        return self.findings

    def _take(self, name: str, kind: type, default: Any, instead: Any) -> Any:
        """The value of a field; ``instead`` where it is wrong, or missing without a default."""
        self._taken.add(name)
        if name not in self._table:
            if default is None:
                self.wrong("E1", _(_MISSING).format(field=name))
                return instead
            return default
        found = self._table[name]
        # true is a whole number to Python, and a time of day a date
        exact = type(found) is kind if kind in (bool, int, dt.date) else isinstance(found, kind)
        if exact:
            return found
        self.wrong("E1", _(_TYPES[kind]).format(field=name))
        return instead if default is None else default


def parsed(text: str, file: str, *, first_line: int = 1) -> tuple[dict[str, Any], list[Finding]]:
    """The table of a TOML text; empty with a finding where it cannot be read.

    ``first_line`` is where the text begins in its file, so that the finding names the right line.
    """
    try:
        return tomllib.loads(text), []
    except tomllib.TOMLDecodeError as error:
        line, reason = _place(str(error))
        where = str(line + first_line - 1) if line else ""
        message = _("This is not TOML: {reason}.").format(reason=one_line(reason))
        return {}, [Finding("E1", file, where, message)]


def _place(error: str) -> tuple[int, str]:
    """Line and reason out of the words of ``tomllib``."""
    reason, _at, place = error.rpartition(" (at ")
    if place.startswith("line ") and place.split(",")[0][5:].isdigit():
        return int(place.split(",")[0][5:]), reason
    return 0, error
