"""What a site sets about money: how much each manager may approve, what a day usually costs.

The entries ``approval`` and ``usual`` of ``jury.toml``. Source: jury sheet, sections 6.5 and 6.6.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from deskapp.services import local_files
from deskapp.services.jury import money
from deskapp.services.jury.rules import RULES_FILE
from deskapp.services.local_files import LocalFile
from deskapp.text import fold

USUAL = ("public_transport", "taxi")
"""Receipts that are told of where they are unusually high."""


@dataclass(frozen=True)
class Limits:
    """Limits of approval, and amounts that are told of."""

    approval: Decimal
    """What a manager without a limit of their own may approve at once."""
    of_manager: Mapping[str, Decimal]
    """By the name of a manager, folded."""
    usual: Mapping[str, Decimal]
    """By item: above it an officer is told, nothing more."""
    usual_at: Mapping[str, Mapping[str, Decimal]]
    """The same of courts with amounts of their own, by code; what is not named is as usual."""

    def told_of(self, court: str) -> Mapping[str, Decimal]:
        """By item, above what an officer of a court is told."""
        return {**self.usual, **self.usual_at.get(court, {})}

    def of(self, name: str) -> Decimal:
        """The limit of the manager with this name."""
        return self.of_manager.get(fold(name), self.approval)


@cache
def limits(settings_folder: Path) -> Limits:
    """The limits in force: those of the settings folder, or those that ship.

    Raises:
        SettingsError: If the file cannot be used; the text names the file and the entry.
    """
    file = local_files.read(RULES_FILE, settings_folder)
    approval, usual = _table(file, "approval"), _table(file, "usual")
    managers, courts = _table(file, "approval", "managers"), _table(file, "usual", "courts")
    return Limits(
        _amount(file, "approval.limit", approval.get("limit")),
        {fold(name): _amount(file, name, raw) for name, raw in managers.items()},
        {name: _amount(file, f"usual.{name}", usual.get(name)) for name in USUAL},
        {code: _of_court(file, code, _table(file, "usual", "courts", code)) for code in courts},
    )


def _of_court(file: LocalFile, code: str, entries: Mapping[str, object]) -> dict[str, Decimal]:
    where = f"usual.courts.{code}"
    if not (re.fullmatch(r"\d{3}", code, re.ASCII) and set(entries) <= set(USUAL)):
        raise file.wrong(where)
    return {name: _amount(file, f"{where}.{name}", raw) for name, raw in entries.items()}


def _table(file: LocalFile, name: str, *below: str) -> dict[str, object]:
    """A table of the file; one that stands below another may be left out."""
    found: object = file.entries.get(name)
    for part in below:
        found = found.get(part, {}) if isinstance(found, dict) else None
    if not isinstance(found, dict):
        raise file.wrong(".".join((name, *below)))
    return dict(found)


def _amount(file: LocalFile, name: str, raw: object) -> Decimal:
    try:
        amount = money.read(raw if isinstance(raw, str) else None)  # a text loses no penny
    except ValueError as error:
        raise file.wrong(name) from error
    if not 0 <= amount <= money.MOST:
        raise file.wrong(name)
    return amount
