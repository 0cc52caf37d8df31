"""Settings of one officer or one host: the file first, then ``DESKAPP_*``, then options."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from deskapp.errors import SettingsError
from deskapp.i18n import LANGUAGES, _

PROFILES = ("full", "thin", "ascii")
CHANNELS = (
    "counter",
    "phone_in",
    "phone_out",
    "email",
    "webchat",
    "letter",
    "hearing_room",
    "other",
)
"""As the list of channels in ``services.lists``, which a start need not import."""


LANGUAGE_NAME = "language"
"""File in the settings folder: the language that F12 chose last."""


class Settings(NamedTuple):
    """What can be set; every field has a default that works."""

    profile: str | None = None
    """How much the terminal can show: full, thin or ascii; found out when unset."""
    language: str | None = None
    """Language of the screens, en or cy; the locale decides when unset."""
    channel: str = "phone_in"
    """Channel that a new contact starts with."""
    send: str = "changes"
    """What a terminal gets: ``changes`` of its screen, or ``everything`` that is painted."""
    idle_minutes: int = 10
    """After how many minutes without a key the desk is locked; 0 is never. An assumption."""
    facts_date: str | None = None
    """Day whose figures articles show, like 2026-12-01, to look ahead; today when unset."""
    central: str = ""
    """Connection string of the central database, without a password; empty for a desk alone."""
    keys: Mapping[str, str] = {}
    """Own keys, action name to key: ``[keys]`` in the file."""

    def facts_on(self, today: dt.date) -> dt.date:
        """The day whose figures are shown."""
        return dt.date.fromisoformat(self.facts_date) if self.facts_date else today


CHOICES = {
    "profile": PROFILES,
    "language": LANGUAGES,
    "channel": CHANNELS,
    "send": ("changes", "everything"),
}

NUMBERS = {"idle_minutes": 240}
"""Settings that are whole numbers, and the largest of each."""

DAYS = ("facts_date",)
"""Settings that are days."""

TEXTS = ("central",)
"""Settings that are any text."""


def remember_language(language: str) -> None:
    """Start in this language from now on, unless the settings say another."""
    from deskapp import paths

    with suppress(OSError):  # the language is no reason to stop anybody
        file = paths.private_folder(paths.settings_folder()) / LANGUAGE_NAME
        file.write_text(language, encoding="ascii")


def _remembered_language(folder: Path) -> str | None:
    try:
        kept = (folder / LANGUAGE_NAME).read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return None
    return kept if kept in LANGUAGES else None


def load(file: Path | None = None, environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings from ``file`` (the usual one when not given) and the environment.

    Raises:
        SettingsError: If the file cannot be read or a value cannot be used; the text names it.
    """
    from deskapp import paths

    file = file or paths.settings_file()
    remembered = _remembered_language(file.parent)
    values: dict[str, object] = {"language": remembered} if remembered else {}
    if file.exists():
        values |= _from_file(file)
    for name in (*CHOICES, *DAYS, *TEXTS):
        value = environment.get(f"DESKAPP_{name.upper()}")
        if value:
            values[name] = value
    for name in NUMBERS:
        value = environment.get(f"DESKAPP_{name.upper()}")
        if value:
            values[name] = int(value) if value.isdecimal() else value
    return _checked(values, file)


def _from_file(file: Path) -> dict[str, object]:
    import tomllib

    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(
            _("The settings file {file} cannot be read: {reason}. Correct or remove it.").format(
                file=file, reason=error
            )
        ) from error


def _checked(values: dict[str, object], file: Path) -> Settings:
    for name, value in values.items():
        if name not in Settings._fields:
            raise SettingsError(
                _("{file} has a setting called {name}, which deskapp does not know.").format(
                    file=file, name=name
                )
            )
        if name in CHOICES and value not in CHOICES[name]:
            raise SettingsError(
                _("The setting {name} must be one of: {choices}.").format(
                    name=name, choices=", ".join(CHOICES[name])
                )
            )
        if name in NUMBERS:
            _check_number(name, value)
        elif name in DAYS:
            _check_day(name, value)
        elif not (_is_keys(value) if name == "keys" else isinstance(value, str)):
            raise SettingsError(
                _("The setting {name} in {file} has the wrong shape.").format(name=name, file=file)
            )
    return Settings(**values)  # type: ignore[arg-type]  # shapes were checked above


def _check_number(name: str, value: object) -> None:
    if type(value) is not int or not 0 <= value <= NUMBERS[name]:
        message = _("The setting {name} must be a whole number from 0 to {most}.")
        raise SettingsError(message.format(name=name, most=NUMBERS[name]))


def _check_day(name: str, value: object) -> None:
    try:
        dt.date.fromisoformat(value if isinstance(value, str) else "")
    except ValueError:
        message = _("The setting {name} must be a day in quotes, like 2026-12-01.")
        raise SettingsError(message.format(name=name)) from None


def _is_keys(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(key, str) for key in value.values())
