"""The bank-holiday list: the one that ships, or an administrator's later one."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from deskapp import paths
from deskapp.errors import SettingsError
from deskapp.i18n import _
from deskapp.services.dates import WORKING_WEEKDAYS, Calendar, Nation

FILE_NAME = "bank_holidays.toml"
SHIPPED_FILE = paths.REFERENCE / FILE_NAME

Calendars = Mapping[Nation, Calendar]
"""One calendar for each nation, all from the same list."""

_KEYS = ("version", "known_from", "known_to", "source", "bank_holidays")
_VERSION = re.compile(r"(\d{4})\.(\d{1,4})", re.ASCII)


@cache
def shipped() -> Calendars:
    """The calendars that come with deskapp."""
    return load(SHIPPED_FILE)


@cache
def in_force(settings_folder: Path) -> Calendars:
    """The calendars to count with: those of the settings folder if their version is later.

    Each folder is read once; a new list is used from the next start.

    Raises:
        SettingsError: If the list in the folder cannot be used.
    """
    file = settings_folder / FILE_NAME
    return max(shipped(), load(file), key=version_of) if file.exists() else shipped()


def load(file: Path) -> Calendars:
    """Read and check a bank-holiday list; the shipped one shows the form.

    Raises:
        SettingsError: If the list cannot be used; the text names the file and the line or entry.
    """
    try:
        return _calendars(_read(file))
    except _EntryError as error:
        raise SettingsError(
            _("{file}, {entry}: {reason} Correct the entry or remove the file.").format(
                file=file, entry=error.entry, reason=error.reason
            )
        ) from error


class _EntryError(Exception):
    """One entry of the list cannot be used."""

    def __init__(self, entry: str, reason: str) -> None:
        super().__init__(entry, reason)
        self.entry = entry
        self.reason = reason


def _read(file: Path) -> dict[str, object]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(
            _(
                "The bank-holiday list {file} cannot be read: {reason}. Correct or remove it."
            ).format(file=file, reason=error)
        ) from error


def _calendars(entries: dict[str, object]) -> Calendars:
    for name in (*_KEYS, *entries):
        if name not in entries:
            raise _EntryError(name, _("This entry is missing."))
        if name not in _KEYS:
            raise _EntryError(name, _("deskapp does not know this entry."))
    if not isinstance(entries["source"], str) or not entries["source"].strip():
        raise _EntryError("source", _("Say where the list comes from."))
    version = entries["version"]
    if not isinstance(version, str) or not _VERSION.fullmatch(version):
        raise _EntryError("version", _('Use a year and a number, such as "2026.1".'))
    known_from = _date("known_from", entries["known_from"])
    known_to = _date("known_to", entries["known_to"])
    if known_to < known_from:
        raise _EntryError("known_to", _("It must not be earlier than known_from."))
    by_nation = entries["bank_holidays"]
    if not isinstance(by_nation, dict) or set(by_nation) != set(Nation):
        raise _EntryError(
            "bank_holidays",
            _("Give one list for each of: {nations}.").format(nations=", ".join(Nation)),
        )
    return MappingProxyType(
        {
            nation: Calendar(
                nation=nation,
                version=version,
                known_from=known_from,
                known_to=known_to,
                bank_holidays=_bank_holidays(nation, by_nation[nation], known_from, known_to),
            )
            for nation in Nation
        }
    )


def _bank_holidays(
    nation: Nation, listed: object, known_from: dt.date, known_to: dt.date
) -> frozenset[dt.date]:
    if not isinstance(listed, list):
        raise _EntryError(nation, _("Give a list of dates."))
    days: set[dt.date] = set()
    for position, value in enumerate(listed, start=1):
        entry = _("{nation}, date {position}").format(nation=nation, position=position)
        day = _date(entry, value)
        entry = f"{entry} ({day})"
        if not known_from <= day <= known_to:
            raise _EntryError(entry, _("The date is not between known_from and known_to."))
        if day.weekday() >= WORKING_WEEKDAYS:
            raise _EntryError(
                entry, _("The date is a Saturday or Sunday. Give the substitute day instead.")
            )
        if day in days:
            raise _EntryError(entry, _("The date is listed twice."))
        days.add(day)
    # A forgotten year would pass for one without bank holidays, and its due dates for firm ones.
    for year in range(known_from.year, known_to.year + 1):
        if not any(day.year == year for day in days):
            raise _EntryError(nation, _("No bank holiday is listed in {year}.").format(year=year))
    return frozenset(days)


def _date(entry: str, value: object) -> dt.date:
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value
    raise _EntryError(entry, _("Use a date such as 2026-12-25, without quotes."))


def version_of(calendars: Calendars) -> tuple[int, ...]:
    """The version of a list; of two the later is the larger."""
    return version_key(calendars[Nation.ENGLAND_AND_WALES].version)


def version_key(version: str) -> tuple[int, ...]:
    """A version as it is compared: 2026.10 is later than 2026.9."""
    return tuple(int(part) for part in version.split("."))
