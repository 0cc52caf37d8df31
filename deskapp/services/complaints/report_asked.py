"""Which report of the complaints desk is wanted, and the rules it is made by."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from deskapp.i18n import N_
from deskapp.services import local_files
from deskapp.services.days import Days
from deskapp.services.small_numbers import Mask

RULES_FILE = "complaint_reports.toml"
MOST_DAYS = 3660


class By(StrEnum):
    """What a report is broken down by."""

    STAGE = "stage"
    SITE = "site"
    JURISDICTION = "jurisdiction"
    MONTH = "month"
    CATEGORY = "category"
    CAUSE = "cause"
    CHANNEL = "channel"


BY_LABELS = {
    By.STAGE: N_("By stage"),
    By.SITE: N_("By site"),
    By.JURISDICTION: N_("By jurisdiction"),
    By.MONTH: N_("By month"),
    By.CATEGORY: N_("By main category"),
    By.CAUSE: N_("By root cause"),
    By.CHANNEL: N_("By channel"),
}


@dataclass(frozen=True)
class Asked:
    """Which report is wanted."""

    days: Days
    by: By = By.STAGE


@dataclass(frozen=True)
class Rules:
    """What is hidden, and what the country had."""

    hide_up_to: int
    national_year: int
    first_contacts: int
    reviews: int

    @property
    def outside(self) -> Mask:
        """What is hidden in a report that leaves the site."""
        return Mask(self.hide_up_to)


@cache
def rules(settings_folder: Path) -> Rules:
    """The rules in force: those of the settings folder, or those that ship.

    Raises:
        SettingsError: If the file cannot be used.
    """
    file = local_files.read(RULES_FILE, settings_folder)
    national = file.entries.get("national")
    if not isinstance(national, dict):
        raise file.wrong("national")
    hide_up_to = file.entries.get("hide_up_to")
    numbers = {"hide_up_to": hide_up_to} | {
        name: national.get(name) for name in ("year", "first_contacts", "reviews")
    }
    for name, value in numbers.items():
        if type(value) is not int or value < 0:
            raise file.wrong(name)
    return Rules(*numbers.values())  # type: ignore[arg-type]  # checked above
