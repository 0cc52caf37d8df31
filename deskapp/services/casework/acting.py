"""Who acts on cases, or reads them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from deskapp.roles import User
from deskapp.services.casework.book import Rulebook
from deskapp.services.casework.events import Person


@dataclass(frozen=True)
class Acting:
    """Who acts, when, and by which schemes and calendar."""

    user: User
    now: dt.datetime
    book: Rulebook

    @property
    def person(self) -> Person:
        """Who acts, as schemes see them: with the role of the app and those of schemes."""
        return Person(self.user.id, self.user.scheme_roles | {self.user.role.value})

    @property
    def at(self) -> dt.datetime:
        """The moment as the store keeps it, so that it is folded the same later."""
        return self.now.replace(microsecond=self.now.microsecond // 1000 * 1000)
