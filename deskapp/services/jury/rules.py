"""The numbers that the rules of jury service count with: what ships, or what a site has set.

Source: jury sheet; what each number rests on stands beside it in ``data/reference/jury.toml``.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

from deskapp.services import local_files

RULES_FILE = "jury.toml"


@dataclass(frozen=True)
class Rules:
    """Limits and thresholds of jury service."""

    locked_after_days: int
    """A day can be worked on until it is so many days ago."""
    full_day_over_minutes: int
    """More than this is a full day; exactly this is a half day."""
    long_day_over_minutes: int
    """More than this has the food rate of a long day."""
    long_from_day: int
    """The first day of service with the limits of long service."""
    extra_long_from_day: int
    youngest: int
    """Age in whole years from which one may serve."""
    oldest: int
    """Age in whole years up to which one may serve; on the next birthday one is over age."""
    deferral_months: int
    """How long after the original start a deferred service may begin."""
    claim_months: int
    """How long after the start of service expenses can be claimed."""
    most_on_panel: int
    most_on_jury: int
    kept_months: int
    """How long everything of a pool is kept after its last day at court."""


@cache
def rules(settings_folder: Path) -> Rules:
    """The rules in force: those of the settings folder, or those that ship.

    Raises:
        SettingsError: If the file cannot be used; the text names the file and the entry.
    """
    file = local_files.read(RULES_FILE, settings_folder)
    names = [field.name for field in fields(Rules)]
    for name in names:
        if type(file.entries.get(name)) is not int or file.entries[name] < 0:
            raise file.wrong(name)
    return Rules(**{name: file.entries[name] for name in names})


@cache
def shipped() -> Rules:
    """The rules that ship."""
    return rules(local_files.SHIPPED)
