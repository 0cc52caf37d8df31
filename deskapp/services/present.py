"""Who asks or acts, and when: what a desk adds its rules and calendars to."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from deskapp.clock import local
from deskapp.roles import User


@dataclass(frozen=True)
class Present:
    """A person at a moment."""

    user: User
    now: dt.datetime

    @property
    def at(self) -> dt.datetime:
        """The moment as the store keeps it, so that it is folded the same later."""
        return self.now.replace(microsecond=self.now.microsecond // 1000 * 1000)

    @property
    def today(self) -> dt.date:
        """The local day."""
        return local(self.now).date()
