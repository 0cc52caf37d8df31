"""Who acts on cases, or reads them."""

from __future__ import annotations

from dataclasses import dataclass

from deskapp.services.casework.book import Rulebook
from deskapp.services.casework.events import Person
from deskapp.services.present import Present


@dataclass(frozen=True)
class Acting(Present):
    """Who acts, when, and by which schemes and calendar."""

    book: Rulebook

    @property
    def person(self) -> Person:
        """Who acts, as schemes see them: with the role of the app and those of schemes."""
        return Person(self.user.id, self.user.scheme_roles | {self.user.role.value})
