"""The numbers that interpreter bookings count with: what ships, or what a site has set.

Source: interpreter sheet; what each rests on stands beside it in
``data/reference/interpreters.toml``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from deskapp.services import local_files
from deskapp.services.interpreters.bookings import Kind, Mode
from deskapp.services.local_files import LocalFile

SETTINGS_FILE = "interpreters.toml"


@dataclass(frozen=True)
class Settings:
    """What bookings, travel, notice and timesheets are measured by."""

    minimum_minutes: Mapping[Mode, int]
    """The shortest booking of each mode."""
    lead_working_days: Mapping[Kind, int]
    """Notice that each kind needs."""
    second_interpreter_after: int
    """Minutes of sign language that one person can do alone."""
    default_travel_minutes: int
    remote_changeover_minutes: int
    travel: Mapping[str, int]
    """Minutes between two sites, by their codes in text order, joined by ``|``."""
    cancel_working_days_before: int
    cancel_cutoff_time: dt.time
    midday: dt.time
    """Where the morning of an unavailability ends."""
    offer_from: dt.time
    """Other start times are offered from here."""
    offer_until: dt.time
    offer_step_minutes: int
    offers: int
    """How many other start times are offered."""
    success_target_percent: int
    """The success rate that is aimed at."""

    def travel_minutes(self, site: str, other: str) -> int:
        """Minutes from one site to another."""
        if site == other:
            return 0
        return self.travel.get("|".join(sorted((site, other))), self.default_travel_minutes)


@cache
def settings(settings_folder: Path) -> Settings:
    """The settings in force: those of the settings folder, or those that ship.

    Raises:
        SettingsError: If the file cannot be used; the text names the file and the entry.
    """
    file = local_files.read(SETTINGS_FILE, settings_folder)
    return Settings(
        minimum_minutes=_by_name(file, "minimum_minutes", Mode),
        lead_working_days=_by_name(file, "lead_working_days", Kind),
        second_interpreter_after=_whole(file, "second_interpreter_after"),
        default_travel_minutes=_whole(file, "default_travel_minutes"),
        remote_changeover_minutes=_whole(file, "remote_changeover_minutes"),
        travel=_travel(file),
        cancel_working_days_before=_whole(file, "cancel_working_days_before"),
        cancel_cutoff_time=_time(file, "cancel_cutoff_time"),
        midday=_time(file, "midday"),
        offer_from=_time(file, "offer_from"),
        offer_until=_time(file, "offer_until"),
        offer_step_minutes=_whole(file, "offer_step_minutes"),
        offers=_whole(file, "offers"),
        success_target_percent=_whole(file, "success_target_percent"),
    )


@cache
def shipped() -> Settings:
    """The settings that ship."""
    return settings(local_files.SHIPPED)


def _whole(file: LocalFile, name: str) -> int:
    value = file.entries.get(name)
    if type(value) is not int or value < 0:
        raise file.wrong(name)
    return value


def _time(file: LocalFile, name: str) -> dt.time:
    value = file.entries.get(name)
    if not isinstance(value, dt.time):
        raise file.wrong(name)
    return value


def _by_name(file: LocalFile, name: str, names: Any) -> Mapping[Any, int]:
    table = file.entries.get(name)
    if not isinstance(table, dict) or table.keys() != set(names) or not _all_whole(table):
        raise file.wrong(name)
    return MappingProxyType({names(key): value for key, value in table.items()})


def _travel(file: LocalFile) -> Mapping[str, int]:
    table = file.entries.get("travel")
    if not isinstance(table, dict) or not _all_whole(table):
        raise file.wrong("travel")
    for pair in table:
        if pair.split("|") != sorted(pair.split("|")) or pair.count("|") != 1:
            raise file.wrong(f"travel {pair}")
    return MappingProxyType(table)


def _all_whole(table: Mapping[str, object]) -> bool:
    return all(
        isinstance(value, int) and not isinstance(value, bool) and value >= 0
        for value in table.values()
    )
