"""How long papers take: the turnaround table, with its dates and how old they are.

Source: enquiries sheet, section 10.4; the figures are data, in ``data/reference/turnaround.toml``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from deskapp import i18n
from deskapp.errors import SettingsError
from deskapp.i18n import _, day, language, ngettext, number
from deskapp.services import local_files
from deskapp.services.dates import Calendar
from deskapp.services.local_files import LocalFile
from deskapp.text import words

FILE_NAME = "turnaround.toml"
TOPIC = "STA"
"""The topic that asks for it."""


@dataclass(frozen=True)
class Process:
    """One kind of papers at one office."""

    id: str
    process: Mapping[str, str]
    """Language -> what it is called."""
    office: Mapping[str, str]
    working_days: int
    """From receipt until they are dealt with."""
    as_of: dt.date
    source: str
    words: tuple[str, ...]
    """What it is also found by, in either language."""
    topics: tuple[str, ...] = ()
    """Codes of the topics whose papers these are."""

    def reached_on(self, today: dt.date, calendar: Calendar) -> dt.date:
        """The day of receipt up to which papers should be dealt with by now."""
        return calendar.add_working_days(today, -self.working_days)


@dataclass(frozen=True)
class Table:
    """Every process, in the order of the file."""

    processes: tuple[Process, ...]
    old_after_days: int

    def age(self, process: Process, today: dt.date) -> str:
        """The date of a figure in words, and that it is old when it is."""
        told = day(process.as_of)
        if (today - process.as_of).days <= self.old_after_days:
            return told
        old = ngettext(
            "{date}, over {count} day old", "{date}, over {count} days old", self.old_after_days
        )
        return old.format(date=told, count=number(self.old_after_days))


def find(table: Table, text: str) -> list[Process]:
    """The processes that hold the beginning of every word of ``text``; all for an empty one."""
    asked = words(text)
    return [each for each in table.processes if all(_has(each, word) for word in asked)]


@cache
def in_force(settings_folder: Path) -> Table:
    """The table of the settings folder, or the one that ships.

    Raises:
        SettingsError: If it cannot be used; the text names the file and the entry.
    """
    file = local_files.read(FILE_NAME, settings_folder)
    old_after = file.entries.get("old_after_days")
    listed = file.entries.get("turnaround")
    if type(old_after) is not int:
        raise file.wrong("old_after_days")
    if not isinstance(listed, list):
        raise file.wrong("turnaround")
    return Table(tuple(_process(file, entry) for entry in listed), old_after)


def told(process: Process, table: Table, today: dt.date, calendar: Calendar) -> str:
    """A process in one sentence that can be read out."""
    return _("{process}: {days} ({age}). Received by {reached} should be done.").format(
        process=process.process[language()],
        days=days_words(process),
        age=table.age(process, today),
        reached=day(process.reached_on(today, calendar)),
    )


def days_words(process: Process) -> str:
    """How many working days, in words."""
    days = ngettext("{count} working day", "{count} working days", process.working_days)
    return days.format(count=number(process.working_days))


def _has(process: Process, word: str) -> bool:
    texts: Sequence[str] = (*process.process.values(), *process.office.values(), *process.words)
    return any(each.startswith(word) for text in texts for each in words(text))


def _process(file: LocalFile, entry: Any) -> Process:
    try:
        process = Process(
            id=entry["id"],
            process={name: str(entry["process"][name]) for name in i18n.LANGUAGES},
            office={name: str(entry["office"][name]) for name in i18n.LANGUAGES},
            working_days=entry["working_days"],
            as_of=entry["as_of"],
            source=entry["source"],
            words=tuple(entry.get("words", ())),
            topics=tuple(entry.get("topics", ())),
        )
    except (KeyError, TypeError) as error:
        raise _wrong(file, entry) from error
    right = (
        type(process.working_days) is int
        and process.working_days >= 0
        and type(process.as_of) is dt.date
        and all(isinstance(text, str) and text for text in (process.id, process.source))
    )
    if not right:
        raise _wrong(file, entry)
    return process


def _wrong(file: LocalFile, entry: Any) -> SettingsError:
    name = entry.get("id", "") if isinstance(entry, dict) else ""
    return file.wrong(f"turnaround {name}".strip())
