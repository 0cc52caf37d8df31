"""The kinds of markers: their codes and words, who may set them, when they are looked at again.

The list is data, ``data/reference/markers.toml``; an administrator's later copy in the settings
folder is used in its place. Source: enquiries sheet, section 6.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from deskapp import paths
from deskapp.errors import NotFoundError, SettingsError
from deskapp.i18n import _, language
from deskapp.roles import Role, User
from deskapp.text import one_line

FILE_NAME = "markers.toml"
SHIPPED_FILE = paths.REFERENCE / FILE_NAME


class Steps(StrEnum):
    """How a marker comes to stand."""

    ONE = "one"
    CONFIRM = "confirm"
    """The officer says it a second time."""
    CASE = "case"
    """A restricted case is opened; its assessment by a team leader makes the marker live."""


class MarkerKind(NamedTuple):
    """One kind of marker."""

    code: str
    flag: str
    """The words of the HMCTS list, kept with each marker."""
    label: Mapping[str, str]
    """Language -> what officers are shown."""
    by: Role
    name: Mapping[str, str]
    """Language -> what it is called among those who decide; as the label for most."""
    steps: Steps = Steps.ONE
    scheme: str = ""
    review_months: int = 0
    """0 for one that never lapses alone."""
    order: bool = False
    """Copied from an order, whose date and end are asked."""
    needs_source: bool = False
    about: str = "person"
    """``person`` or ``case``."""
    withholds: bool = False
    """Nobody is shown how to reach the person."""
    restricts: bool = False
    """Nothing of the case may be said by phone or chat."""
    never_offered: bool = False
    tell_leader: bool = False
    older: tuple[str, ...] = ()
    """Codes that it had in older lists."""
    version: str = ""

    @property
    def words(self) -> str:
        """What officers are shown, in the language in use."""
        return self.label[language()]

    @property
    def called(self) -> str:
        """What it is called among those who decide about it, in the language in use."""
        return self.name[language()]

    @property
    def offered_as(self) -> str:
        """What it is called where it is chosen, in the language in use."""
        if self.steps is Steps.CASE:
            return _("{marker}: propose").format(marker=self.called)
        return self.called

    def may_be_set_by(self, user: User) -> bool:
        """Whether somebody may set or propose it."""
        return self.by is Role.OFFICER or user.role in (Role.TEAM_LEADER, Role.MANAGER)


class MarkerList(NamedTuple):
    """One version of the list."""

    version: str
    near_days: int
    """How many days before its review a marker is listed for the team leader."""
    kinds: tuple[MarkerKind, ...]
    """In the order they are offered."""


@cache
def shipped() -> MarkerList:
    """The list that comes with deskapp."""
    return load(SHIPPED_FILE)


@cache
def in_force(settings_folder: Path) -> MarkerList:
    """The list to work with: that of the settings folder if its version is later.

    Raises:
        SettingsError: If the list in the folder cannot be used.
    """
    file = settings_folder / FILE_NAME
    if not file.exists():
        return shipped()
    return max(shipped(), load(file), key=lambda listed: listed.version)


def every() -> tuple[MarkerKind, ...]:
    """The kinds in force on this computer."""
    return in_force(paths.settings_folder()).kinds


def near_days() -> int:
    """How many days before its review a marker is listed for the team leader."""
    return in_force(paths.settings_folder()).near_days


def by_code(code: str) -> MarkerKind:
    """The kind with this code, or that had it in an older list.

    Raises:
        NotFoundError: If there is none.
    """
    for kind in every():
        if code in (kind.code, *kind.older):
            return kind
    message = _("There is no marker with the code {code}. Use one of: {codes}.")
    codes = ", ".join(kind.code for kind in every())
    raise NotFoundError(message.format(code=one_line(code), codes=codes))


def codes(quality: str) -> tuple[str, ...]:
    """Every code, older ones too, of the kinds with a quality such as ``withholds``."""
    return tuple(
        code for kind in every() if getattr(kind, quality) for code in (kind.code, *kind.older)
    )


def load(file: Path) -> MarkerList:
    """Read a list of kinds; the shipped one shows the form.

    Raises:
        SettingsError: If it cannot be read.
    """
    import tomllib

    try:
        with file.open("rb") as opened:
            whole = tomllib.load(opened)
        version = str(whole["version"])
        kinds = tuple(_kind(entry, version) for entry in whole["kind"])
        return MarkerList(version, int(whole["near_days"]), kinds)
    except (OSError, KeyError, TypeError, ValueError) as error:
        message = _("The list of markers {file} cannot be used: {reason}. Correct or remove it.")
        raise SettingsError(message.format(file=file, reason=error)) from error


def _kind(entry: Mapping[str, Any], version: str) -> MarkerKind:
    return MarkerKind(
        **{
            **entry,
            "by": Role(entry["by"]),
            "steps": Steps(entry.get("steps", Steps.ONE)),
            "name": entry.get("name", entry["label"]),
            "older": tuple(entry.get("older", ())),
            "version": version,
        }
    )
