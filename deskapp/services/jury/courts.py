"""Which court a desk works for, which courts share its jurors, and when it sits.

Source: jury sheet, sections 1 and 5.2.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from deskapp.data import directory
from deskapp.data.connection import Connection
from deskapp.data.directory import Court
from deskapp.errors import DeskError
from deskapp.i18n import _, language
from deskapp.services import local_files
from deskapp.services.dates import Calendar
from deskapp.services.jury.rules import RULES_FILE

BUREAU = "400"
"""The central bureau, which has a pool until it is handed over."""
_CODE = re.compile(r"\d{3}", re.ASCII)


class NoCourtError(DeskError):
    """Nothing says which court the desk works for."""


@dataclass(frozen=True)
class Courts:
    """What the settings say of courts, by their codes."""

    of_site: Mapping[str, str]
    groups: tuple[frozenset[str], ...]
    non_sitting: Mapping[str, frozenset[dt.date]]

    def group(self, court: str) -> frozenset[str]:
        """The courts that share jurors with ``court``, itself among them."""
        return frozenset({court}).union(*(each for each in self.groups if court in each))

    def calendar(self, court: str, calendar: Calendar) -> Calendar:
        """The working days on which ``court`` sits."""
        closed = self.non_sitting.get(court, frozenset())
        return calendar._replace(bank_holidays=calendar.bank_holidays | closed)


@cache
def in_force(settings_folder: Path) -> Courts:
    """What the settings folder says, or what ships.

    Raises:
        SettingsError: If the file cannot be used; the text names the file and the entry.
    """
    file = local_files.read(RULES_FILE, settings_folder)
    sites, groups, closed = (
        file.entries.get(name, empty)
        for name, empty in (("courts", {}), ("groups", []), ("non_sitting", {}))
    )
    if not isinstance(sites, dict) or not all(map(_is_code, sites.values())):
        raise file.wrong("courts")
    if not isinstance(groups, list) or not all(_is_group(each) for each in groups):
        raise file.wrong("groups")
    if not isinstance(closed, dict) or not all(map(_are_days, closed.values())):
        raise file.wrong("non_sitting")
    return Courts(
        sites,
        tuple(frozenset(each["codes"]) for each in groups),
        {code: frozenset(days) for code, days in closed.items()},
    )


def court_of(connection: Connection, site: str, settings_folder: Path) -> str:
    """The code of the court that a desk works for.

    Raises:
        NoCourtError: If nothing says it.
        SettingsError: If the settings cannot be used.
    """
    known = court_if_known(connection, site, settings_folder)
    if not known:
        message = _("No court of jurors is known for this desk. Name its code in {file}.")
        raise NoCourtError(message.format(file=RULES_FILE))
    return known


def court_if_known(connection: Connection, site: str, settings_folder: Path) -> str:
    """As ``court_of``; empty when nothing says it, as before the first file of the Bureau.

    The settings say it, else the directory, else the newest pool that the desk holds.

    Raises:
        SettingsError: If the settings cannot be used.
    """
    known = in_force(settings_folder).of_site.get(site, "")
    if not known:
        court = directory.by_key(site)
        known = court.juror_code if court else ""
    if not known:
        row = connection.execute(
            "SELECT court FROM jury_pool ORDER BY start_on DESC, id DESC LIMIT 1"
        ).fetchone()
        known = row[0] if row else ""
    return str(known)


def name_of(code: str) -> str:
    """What the court with a code is called in the language in use; the code where the directory
    does not know it."""
    court = _by_code().get(code)
    return court.shown_name(language()) if court else code


@cache
def _by_code() -> dict[str, Court]:
    return {court.juror_code: court for court in reversed(directory.courts())}


def is_code(text: str) -> bool:
    """Whether it is the code of a court."""
    return bool(_CODE.fullmatch(text))


def _is_code(value: object) -> bool:
    return isinstance(value, str) and is_code(value)


def _is_group(value: object) -> bool:
    codes = value.get("codes") if isinstance(value, dict) else None
    return isinstance(codes, list) and all(map(_is_code, codes))


def _are_days(value: object) -> bool:
    return isinstance(value, list) and all(type(each) is dt.date for each in value)
