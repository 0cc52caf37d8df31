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
from typing import Any, NamedTuple

from deskapp.services import local_files
from deskapp.services.interpreters.bookings import Kind, Mode, Route
from deskapp.services.local_files import LocalFile
from deskapp.text import one_line

SETTINGS_FILE = "interpreters.toml"


class Session(NamedTuple):
    """Half a day or a whole one, by the clock."""

    start: dt.time
    end: dt.time


@dataclass(frozen=True)
class Supplier:
    """Somebody who is asked for interpreters."""

    name: str
    route: Route
    kinds: frozenset[Kind]
    phone: str


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
    session_am: Session
    session_pm: Session
    session_all_day: Session
    asked_amber_working_days: int
    """So near the hearing a request without an interpreter stands out."""
    expiry_warning_days: int
    """So near its end a registration is told of."""
    retention_months: int
    """How long a booking is kept after its hearing."""
    contract_concerns: str
    """Whom a concern about the contract goes to."""
    suppliers: tuple[Supplier, ...]
    """Who is asked, in the order they are offered."""

    def suppliers_of(self, kind: Kind, route: Route) -> list[Supplier]:
        """Who can be asked for this kind of help on this route."""
        return [each for each in self.suppliers if each.route is route and kind in each.kinds]

    def session_from(self, start: dt.time) -> Session:
        """The session that a hearing without a length belongs to."""
        return self.session_pm if start >= self.midday else self.session_am

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
        session_am=_session(file, "session_am"),
        session_pm=_session(file, "session_pm"),
        session_all_day=_session(file, "session_all_day"),
        asked_amber_working_days=_whole(file, "asked_amber_working_days"),
        expiry_warning_days=_whole(file, "expiry_warning_days"),
        retention_months=_whole(file, "retention_months"),
        contract_concerns=_text(file.entries, "contract_concerns", file),
        suppliers=_suppliers(file),
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


def _session(file: LocalFile, name: str) -> Session:
    value = file.entries.get(name)
    if (
        not isinstance(value, list)
        or len(value) != len(Session._fields)
        or not all(isinstance(each, dt.time) for each in value)
        or not value[0] < value[1]
    ):
        raise file.wrong(name)
    return Session(*value)


def _suppliers(file: LocalFile) -> tuple[Supplier, ...]:
    tables = file.entries.get("suppliers")
    if not isinstance(tables, list) or not all(isinstance(each, dict) for each in tables):
        raise file.wrong("suppliers")
    try:
        return tuple(
            Supplier(
                name=_text(each, "name", file),
                route=Route(each.get("route")),
                kinds=frozenset(Kind(kind) for kind in each.get("kinds", [])),
                phone=_text(each, "phone", file),
            )
            for each in tables
        )
    except (ValueError, TypeError):
        raise file.wrong("suppliers") from None


def _text(entries: Mapping[str, Any], name: str, file: LocalFile) -> str:
    value = entries.get(name)
    if not isinstance(value, str):
        raise file.wrong(name)
    return one_line(value)


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
