"""Who acts on bookings, when, and by which numbers and calendars."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from deskapp.roles import User
from deskapp.services import bank_holidays, desk
from deskapp.services.bank_holidays import Calendars
from deskapp.services.dates import Calendar
from deskapp.services.interpreters import settings as booking_settings
from deskapp.services.interpreters.settings import Settings
from deskapp.services.present import Present


@dataclass(frozen=True)
class Acting(Present):
    """Who asks or acts."""

    settings: Settings
    calendars: Calendars

    def calendar(self, site: str) -> Calendar:
        """The working days of the nation of a site."""
        return self.calendars[desk.nation(site)]


def acting_on(user: User, now: dt.datetime, settings_folder: Path) -> Acting:
    """Who acts now by what is in force on this computer.

    Raises:
        SettingsError: If a file of the settings folder cannot be used.
    """
    return Acting(
        user,
        now,
        booking_settings.settings(settings_folder),
        bank_holidays.in_force(settings_folder),
    )
