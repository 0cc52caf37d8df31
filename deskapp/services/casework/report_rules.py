"""What is hidden in reports that leave the site: a local rule, shipped as a file."""

from __future__ import annotations

import tomllib
from pathlib import Path

from deskapp import paths
from deskapp.errors import SettingsError
from deskapp.i18n import _
from deskapp.services.small_numbers import Mask

NAME = "case_reports.toml"
SHIPPED = paths.REFERENCE / NAME


def outside(settings_folder: Path) -> Mask:
    """How small numbers are hidden: as the file of the settings folder says, else the shipped one.

    Raises:
        SettingsError: If that file cannot be used.
    """
    own = settings_folder / NAME
    try:
        number = tomllib.loads((own if own.exists() else SHIPPED).read_text("utf-8"))["hide_up_to"]
    except (OSError, ValueError, KeyError) as error:
        raise _unusable(own) from error
    if isinstance(number, bool) or not isinstance(number, int) or number < 0:
        raise _unusable(own)
    return Mask(number)


def _unusable(file: Path) -> SettingsError:
    message = _("{file} must say hide_up_to, a whole number. Correct or remove it.")
    return SettingsError(message.format(file=file))
