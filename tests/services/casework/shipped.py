"""Somebody at a desk with the schemes that ship. All people are invented."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from deskapp.data.store import Store
from deskapp.roles import User
from deskapp.services.casework import cases, shelf
from deskapp.services.casework.case_record import CaseRecord
from deskapp.services.dates import Nation
from tests.builders import SetClock
from tests.services.casework.hand import Hand


class ShippedHand(Hand):
    """As ``Hand``, with the schemes of the application."""

    def __init__(self, store: Store, user: User, clock: SetClock, settings: Path) -> None:
        super().__init__(store, user, clock)
        self.book = shelf.rulebook(settings, Nation.ENGLAND_AND_WALES)

    def call(self, verb: Callable[..., Any], *args: Any, **given: Any) -> Any:
        """Do something with a case, a minute after the last: a test stays within its day."""
        self.clock.passes(minutes=1)
        return self.store.call_write(verb, self.acting, *args, **given)

    def being(self, *roles: str) -> ShippedHand:
        """The same person with roles of schemes."""
        self.user = self.user._replace(scheme_roles=frozenset(roles))
        return self

    def add(self, case_id: str, template: str, **values: Any) -> None:
        """Add an item to a case."""
        self.call(cases.add_item, case_id, template, values)

    def agree(self, meeting: str, text: str, owner: str) -> None:
        """Agree on an action at a meeting; it is due a year later."""
        due = self.clock.today.replace(year=self.clock.today.year + 1).isoformat()
        self.call(cases.add_item, meeting, "action", {"text": text, "owner": owner}, due=due)

    def look(self, case_id: str) -> CaseRecord:
        """A case as it stands."""
        found: CaseRecord = self.call(cases.look, case_id)
        return found
