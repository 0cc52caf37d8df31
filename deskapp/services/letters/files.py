"""Where letter templates lie: those that ship, and those of the settings folder.

A template is a text file in a folder ``letters``; it is named without its ending, such as
``isc_review.en`` for ``isc_review.en.txt``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from deskapp import paths
from deskapp.errors import SettingsError
from deskapp.i18n import _

SHIPPED_FOLDER = paths.REFERENCE / "letters"
FOLDER = "letters"
ENDING = ".txt"
MOST_BYTES = 20_000

Templates = Callable[[str], str | None]
"""Gives the text of a letter template by its name; ``None`` when there is none."""

_NAME = re.compile(r"[a-z][a-z0-9_]*(\.[a-z]{2})?", re.ASCII)


def shipped(name: str) -> str | None:
    """The text of a template that comes with deskapp."""
    return read(SHIPPED_FOLDER, name)


def in_force(settings_folder: Path, name: str) -> str | None:
    """The text of a template: that of the settings folder, or the shipped one.

    Raises:
        SettingsError: If it cannot be read.
    """
    text = read(settings_folder / FOLDER, name)
    return shipped(name) if text is None else text


def own(settings_folder: Path) -> Mapping[str, str]:
    """Every template of the settings folder, by name.

    Raises:
        SettingsError: If one cannot be read.
    """
    files = sorted((settings_folder / FOLDER).glob(f"*{ENDING}"))
    names = [file.name.removesuffix(ENDING) for file in files]
    found = {name: read(settings_folder / FOLDER, name) for name in names}
    return {name: text for name, text in found.items() if text is not None}


def read(folder: Path, name: str) -> str | None:
    """The text of a template of a folder.

    Raises:
        SettingsError: If it is there and cannot be read.
    """
    file = folder / f"{name}{ENDING}"
    if not _NAME.fullmatch(name) or not file.is_file():
        return None
    try:
        if file.stat().st_size <= MOST_BYTES:
            return file.read_text(encoding="utf-8-sig")
        reason = _("It is larger than {most} KiB.").format(most=MOST_BYTES // 1000)
    except (OSError, UnicodeDecodeError) as error:
        reason = str(error)
    message = _("The letter template {file} cannot be read: {reason}")
    raise SettingsError(message.format(file=file.name, reason=reason))
