"""A newer bank-holiday list: compared with the one in force, then put into the settings folder.

The file is given by an administrator; nothing is ever fetched. Due dates of open complaints are
counted again by ``complaints.recount``. Source: complaints sheet, section 5, rules 7 and 8.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from deskapp import paths, roles
from deskapp.errors import DeskError
from deskapp.i18n import _, day
from deskapp.roles import Act, User
from deskapp.services import bank_holidays
from deskapp.services.bank_holidays import FILE_NAME, Calendars, version_of
from deskapp.services.dates import NATION_LABELS, Nation
from deskapp.services.exports import FileNotWrittenError


class CalendarRefusedError(DeskError):
    """The list is not put in force."""


@dataclass(frozen=True)
class Change:
    """One day that is a bank holiday in one of two lists alone."""

    nation: Nation
    day: dt.date
    added: bool
    """Whether it is one from now on; else it is none any more."""


@dataclass(frozen=True)
class Offered:
    """A list that could be put in force."""

    content: bytes
    calendars: Calendars
    changes: tuple[Change, ...]
    """Of the days that both lists know."""
    objections: tuple[str, ...]
    """Why somebody must say that it is meant so, already translated."""
    is_new: bool
    """False when just this list is in force already."""


def look(file: Path, settings_folder: Path, *, today: dt.date) -> Offered:
    """Read and check a list, and compare it with the one in force; nothing is changed.

    Raises:
        SettingsError: If the list, or the one in force, cannot be used.
        CalendarRefusedError: If its version is not later than the one in force.
    """
    calendars = bank_holidays.load(file)
    before = bank_holidays.in_force(settings_folder)
    is_new = dict(calendars) != dict(before)
    if is_new and version_of(calendars) <= version_of(before):
        message = _(
            "Version {version} is not later than {before}, which is in force. Give the list a later"
            " version."
        )
        raise CalendarRefusedError(
            message.format(version=_version(calendars), before=_version(before))
        )
    changes = tuple(_changes(before, calendars))
    objections = tuple(_objections(before, calendars, changes, today))
    return Offered(file.read_bytes(), calendars, changes, objections, is_new)


def put(
    offered: Offered, settings_folder: Path, *, user: User, despite_objections: bool = False
) -> None:
    """Put a list into the settings folder; the one that was there is kept beside it.

    It counts at once in this process, and in others from their next start.

    Raises:
        NotAllowedError: If the role may not.
        CalendarRefusedError: If there are objections and nobody said that it is meant so.
        FileNotWrittenError: If the folder cannot be written.
    """
    roles.require(user, Act.SET_COMPLAINT_RULES)
    if offered.objections and not despite_objections:
        raise CalendarRefusedError("\n".join(offered.objections))
    if not offered.is_new:
        return
    file = settings_folder / FILE_NAME
    try:
        paths.private_folder(settings_folder)
        if file.exists():
            _write(_kept(file), file.read_bytes())
        _write(file, offered.content)
    except OSError as error:
        message = _("The file {file} cannot be written: {reason}.")
        raise FileNotWrittenError(message.format(file=file, reason=error.strerror)) from error
    bank_holidays.in_force.cache_clear()


def _kept(file: Path) -> Path:
    """Where the list that was in the folder stays, by its version."""
    return file.with_suffix(f".{_version(bank_holidays.load(file))}{file.suffix}")


def _write(file: Path, content: bytes) -> None:
    """Replace a file whole, or leave it as it was."""
    new = file.with_name(f"{file.name}.new")
    new.write_bytes(content)
    new.replace(file)


def _changes(before: Calendars, after: Calendars) -> Iterator[Change]:
    for nation in Nation:
        old, new = before[nation], after[nation]
        first, last = max(old.known_from, new.known_from), min(old.known_to, new.known_to)
        for each in sorted(old.bank_holidays ^ new.bank_holidays):
            if first <= each <= last:
                yield Change(nation, each, each in new.bank_holidays)


def _objections(
    before: Calendars, after: Calendars, changes: tuple[Change, ...], today: dt.date
) -> Iterator[str]:
    """What a list that only adds knowledge never does."""
    old, new = before[Nation.ENGLAND_AND_WALES], after[Nation.ENGLAND_AND_WALES]
    if new.known_to < old.known_to:
        message = _("It knows less: to {new} instead of {old}.")
        yield message.format(new=day(new.known_to), old=day(old.known_to))
    if new.known_from > old.known_from:
        message = _("It knows less: from {new} instead of {old}.")
        yield message.format(new=day(new.known_from), old=day(old.known_from))
    for change in changes:
        if change.day < today:
            yield _("It contradicts the past: {change}.").format(change=words(change))


def words(change: Change) -> str:
    """A change as people read it."""
    told = _("{day} is a bank holiday ({nation})")
    if not change.added:
        told = _("{day} is no bank holiday any more ({nation})")
    return told.format(day=day(change.day), nation=_(NATION_LABELS[change.nation]))


def _version(calendars: Calendars) -> str:
    return calendars[Nation.ENGLAND_AND_WALES].version
