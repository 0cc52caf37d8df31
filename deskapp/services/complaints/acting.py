"""Who acts on complaints, when, by which rules and calendars."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from deskapp.roles import User
from deskapp.services import bank_holidays
from deskapp.services.bank_holidays import Calendars
from deskapp.services.complaints import rules as complaint_rules
from deskapp.services.complaints.rules import Rules
from deskapp.services.dates import Calendar, Nation
from deskapp.services.present import Present


@dataclass(frozen=True)
class Acting(Present):
    """Who asks or acts."""

    rules: Rules
    calendars: Calendars

    def calendar(self, nation: str) -> Calendar:
        """The working days of a nation."""
        return self.calendars[Nation(nation)]


def acting_on(user: User, now: dt.datetime, settings_folder: Path) -> Acting:
    """Who acts now by what is in force on this computer.

    Raises:
        SettingsError: If a file of the settings folder cannot be used.
    """
    return Acting(
        user,
        now,
        complaint_rules.rules(settings_folder),
        bank_holidays.in_force(settings_folder),
    )
