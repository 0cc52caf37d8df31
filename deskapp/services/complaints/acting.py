"""Who acts on complaints, when, by which rules and calendars."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import NamedTuple

from deskapp.clock import local
from deskapp.roles import User
from deskapp.services import bank_holidays
from deskapp.services.bank_holidays import Calendars
from deskapp.services.complaints import rules as complaint_rules
from deskapp.services.complaints.rules import Rules
from deskapp.services.dates import Calendar, Nation


class Acting(NamedTuple):
    """Who asks or acts."""

    user: User
    now: dt.datetime
    rules: Rules
    calendars: Calendars

    @property
    def at(self) -> dt.datetime:
        """The moment as the store keeps it, so that it is folded the same later."""
        return self.now.replace(microsecond=self.now.microsecond // 1000 * 1000)

    @property
    def today(self) -> dt.date:
        """The local day."""
        return local(self.now).date()

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
