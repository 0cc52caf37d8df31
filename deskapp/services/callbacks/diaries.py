"""When a site rings back: the shipped rules, line by line replaced by an administrator's."""

from __future__ import annotations

import datetime as dt
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from deskapp import paths
from deskapp.errors import SettingsError
from deskapp.i18n import _
from deskapp.services import bank_holidays
from deskapp.services.callbacks.slots import HALF_HOUR, Diary
from deskapp.services.dates import Nation

FILE_NAME = "callbacks.toml"
SHIPPED_FILE = paths.REFERENCE / FILE_NAME

_TIMES = ("opens", "closes")
_NUMBERS = ("capacity", "working_days_ahead", "open_minutes", "about_minutes", "attempts")
_CLOSED = "closed_days"
_NAMES = ("source", *_TIMES, *_NUMBERS, _CLOSED)
MOST = 1000


def of_nation(nation: str) -> Diary:
    """The diary of a site of ``nation``, with the working days and rules in force.

    Raises:
        SettingsError: If a file of the settings folder cannot be used.
    """
    return _in_force(paths.settings_folder(), Nation(nation))


@cache
def _in_force(folder: Path, nation: Nation) -> Diary:
    own = folder / FILE_NAME
    entries = _read(SHIPPED_FILE) | (_read(own) if own.exists() else {})
    for name, value in entries.items():
        if name not in _NAMES or not _fits(name, value):
            message = _("{file}: {name} is not a rule that can be used. Correct or remove it.")
            raise SettingsError(message.format(file=own, name=name))
    closed = entries.pop(_CLOSED)
    del entries["source"]
    calendar = bank_holidays.in_force(folder)[nation]
    worked = calendar._replace(bank_holidays=calendar.bank_holidays | {*closed})
    diary = Diary(worked, **entries)
    if not diary.opens <= diary.last:
        raise SettingsError(_("{file}: closes must be after opens.").format(file=own))
    return diary


def _fits(name: str, value: object) -> bool:
    if name in _TIMES:
        half_hour = HALF_HOUR.seconds // 60
        return isinstance(value, dt.time) and not (value.minute % half_hour or value.second)
    if name in _NUMBERS:
        return type(value) is int and 1 <= value <= MOST
    if name == _CLOSED:
        return isinstance(value, list) and all(type(day) is dt.date for day in value)
    return isinstance(value, str)


def _read(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        message = _("The callback rules {file} cannot be read: {reason}. Correct or remove it.")
        raise SettingsError(message.format(file=file, reason=error)) from error
