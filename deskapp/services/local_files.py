"""Reference files that ship with deskapp and that an administrator may replace."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from deskapp import paths
from deskapp.errors import SettingsError
from deskapp.i18n import _

SHIPPED = paths.REFERENCE


class LocalFile(NamedTuple):
    """A reference file as it was read."""

    path: Path
    entries: dict[str, Any]

    def wrong(self, entry: str) -> SettingsError:
        """What to tell the administrator about an entry that cannot be used."""
        message = _("{file}: the entry {entry} is missing or wrong. Correct it or remove the file.")
        return SettingsError(message.format(file=self.path, entry=entry))


def read(name: str, settings_folder: Path, shipped: Path = SHIPPED) -> LocalFile:
    """The file called ``name`` of the settings folder, or the shipped one where there is none.

    Raises:
        SettingsError: If the file cannot be read; the text names it.
    """
    own = settings_folder / name
    path = own if own.exists() else shipped / name
    try:
        return LocalFile(path, _entries(path.read_text(encoding="utf-8-sig")))
    except (OSError, ValueError) as error:
        message = _("The file {file} cannot be read: {reason}. Correct or remove it.")
        raise SettingsError(message.format(file=path, reason=error)) from error


@cache
def _entries(text: str) -> dict[str, Any]:
    """What stands in a file: several parts of a desk read the same one, and none changes it."""
    import tomllib

    return tomllib.loads(text)
