"""Who works on jury service, when, on which day in force, at which court and by which rules."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path

from deskapp import roles
from deskapp.clock import local
from deskapp.roles import Act, User
from deskapp.services import bank_holidays, desk
from deskapp.services.dates import Calendar
from deskapp.services.jury import courts
from deskapp.services.jury import rules as jury_rules
from deskapp.services.jury.attendance import Desk
from deskapp.services.jury.rules import Rules
from deskapp.services.present import Present


@dataclass(frozen=True)
class Acting(Present):
    """Who asks or acts."""

    date: dt.date
    """The date in force: the day that is worked on, always shown."""
    court: str
    """Code of the court."""
    group: frozenset[str]
    """The courts that share its jurors, itself among them."""
    rules: Rules
    calendar: Calendar
    """The working days on which the court sits."""

    @property
    def court_name(self) -> str:
        """What the court is called; its code where the directory does not know it."""
        return courts.name_of(self.court)

    @property
    def time(self) -> dt.time:
        """The local time to the minute, which a step has unless another is typed."""
        return local(self.now).time().replace(second=0, microsecond=0)

    @property
    def leader(self) -> bool:
        """Whether they may settle what is left of a locked day."""
        return roles.may(self.user, Act.MANAGE_JURY)

    @property
    def desk(self) -> Desk:
        """The day as the rules know it."""
        return Desk(self.date, self.today, self.calendar, self.rules, self.leader)

    def has_come(self, time: dt.time) -> bool:
        """Whether a time of the date in force has come."""
        return (self.date, time) <= (self.today, self.time)

    def on(self, date: dt.date) -> Acting:
        """The same with another date in force."""
        return replace(self, date=date)

    def at_time(self, now: dt.datetime) -> Acting:
        """The same a little later; the date in force stays."""
        return replace(self, now=now)


def acting_on(
    user: User,
    now: dt.datetime,
    settings_folder: Path,
    *,
    court: str,
    date: dt.date | None = None,
) -> Acting:
    """Who acts now by what is in force on this computer.

    Args:
        user: Who it is.
        now: The present instant.
        settings_folder: Where an administrator's files lie.
        court: Code of the court; ``courts.court_of`` says the desk's own.
        date: The date in force; today when left out.

    Raises:
        NotAllowedError: If the role may not read of jurors.
        SettingsError: If a file of the settings folder cannot be used.
    """
    roles.require(user, Act.READ_JURY)
    known = courts.in_force(settings_folder)
    calendar = bank_holidays.in_force(settings_folder)[desk.nation(user.site)]
    return Acting(
        user,
        now,
        date or local(now).date(),
        court,
        known.group(court),
        jury_rules.rules(settings_folder),
        known.calendar(court, calendar),
    )
