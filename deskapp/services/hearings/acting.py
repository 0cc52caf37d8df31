"""Who acts on hearings, when, and by which settings."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from deskapp.roles import User
from deskapp.services.hearings import settings as hearing_settings
from deskapp.services.hearings.settings import Settings
from deskapp.services.interpreters import acting as booking_acting
from deskapp.services.present import Present


@dataclass(frozen=True)
class Acting(Present):
    """Who asks or acts."""

    settings: Settings
    bookings: booking_acting.Acting
    """The same person and moment, as bookings see them."""

    def next_working_day(self, site: str) -> dt.date:
        """The first working day after today at a court."""
        return self.bookings.calendar(site).add_working_days(self.today, 1)


def acting_on(user: User, now: dt.datetime, settings_folder: Path) -> Acting:
    """Who acts now by what is in force on this computer.

    Raises:
        SettingsError: If a file of the settings folder cannot be used.
    """
    return Acting(
        user,
        now,
        hearing_settings.settings(settings_folder),
        booking_acting.acting_on(user, now, settings_folder),
    )
