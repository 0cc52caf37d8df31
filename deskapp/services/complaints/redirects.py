"""Subjects that are not ours to answer, and where people are pointed.

Source: complaints sheet, section 3, "Not ours"; the list is data, in ``redirects.toml``, and an
administrator may replace it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from deskapp import i18n, paths
from deskapp.services import local_files

FILE = "redirects.toml"


@dataclass(frozen=True)
class Redirect:
    """A subject that is not ours, and where people are pointed."""

    code: str
    letter: str
    labels: Mapping[str, str]
    where: Mapping[str, str]
    clock: Mapping[str, str]
    """A limit of time to mention, never computed; empty for none."""

    @property
    def label(self) -> str:
        """The subject, in the language in use."""
        return self.labels[i18n.language()]

    def where_in(self, language: str) -> str:
        """Where people are pointed, in ``en`` or ``cy``."""
        return self.where[language]

    def clock_in(self, language: str) -> str:
        """What is said of time, in ``en`` or ``cy``; empty for nothing."""
        return self.clock.get(language, "")


def subjects() -> Mapping[str, Redirect]:
    """Every subject that is not ours, by its code.

    Raises:
        SettingsError: If the file of the settings folder cannot be used.
    """
    return _subjects(paths.settings_folder())


@cache
def _subjects(settings_folder: Path) -> Mapping[str, Redirect]:
    file = local_files.read(FILE, settings_folder)
    found: dict[str, Redirect] = {}
    for entry in file.entries["item"]:
        try:
            found[entry["code"]] = Redirect(
                code=entry["code"],
                letter=entry["letter"],
                labels={language: entry[language] for language in i18n.LANGUAGES},
                where={language: entry["where"][language] for language in i18n.LANGUAGES},
                clock=dict(entry.get("clock", {})),
            )
        except (KeyError, TypeError) as error:
            raise file.wrong(str(entry.get("code", "item"))) from error
    return found
