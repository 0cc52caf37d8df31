"""The numbers of the hearing day: what ships, or what a site has set.

Source: hearings sheet; what each rests on stands beside it in ``data/reference/hearings.toml``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from deskapp.services import local_files
from deskapp.services.local_files import LocalFile

SETTINGS_FILE = "hearings.toml"


@dataclass(frozen=True)
class Settings:
    """What readiness, lengths and rooms are measured by."""

    red_minutes: int
    """How long before the start something missing stands out."""
    shortest_minutes: int
    longest_minutes: int
    step_minutes: int
    undo_days: int
    """How long an import can be taken back."""
    facilities_for: Mapping[str, frozenset[str]]
    """Desk action of a need -> codes of facilities, any of which is enough."""

    def length_fits(self, minutes: int) -> bool:
        """Whether a hearing may be planned for so long."""
        in_range = self.shortest_minutes <= minutes <= self.longest_minutes
        return in_range and minutes % self.step_minutes == 0


@cache
def settings(settings_folder: Path) -> Settings:
    """The settings in force: those of the settings folder, or those that ship.

    Raises:
        SettingsError: If the file cannot be used; the text names the file and the entry.
    """
    file = local_files.read(SETTINGS_FILE, settings_folder)
    return Settings(
        red_minutes=_whole(file, "red_minutes"),
        shortest_minutes=_whole(file, "shortest_minutes"),
        longest_minutes=_whole(file, "longest_minutes"),
        step_minutes=_whole(file, "step_minutes"),
        undo_days=_whole(file, "undo_days"),
        facilities_for=_facilities(file),
    )


@cache
def shipped() -> Settings:
    """The settings that ship."""
    return settings(local_files.SHIPPED)


def _whole(file: LocalFile, name: str) -> int:
    value = file.entries.get(name)
    if type(value) is not int or value <= 0:
        raise file.wrong(name)
    return value


def _facilities(file: LocalFile) -> Mapping[str, frozenset[str]]:
    table = file.entries.get("facilities_for")
    if not isinstance(table, dict):
        raise file.wrong("facilities_for")
    for action, codes in table.items():
        if not isinstance(codes, list) or not all(isinstance(code, str) for code in codes):
            raise file.wrong(f"facilities_for {action}")
    return MappingProxyType({action: frozenset(codes) for action, codes in table.items()})
