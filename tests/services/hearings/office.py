"""A court with hearings of today and everything that hangs on them; all of it invented."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

from deskapp.clock import LONDON, stamp
from deskapp.data.ids import new_id
from deskapp.data.store import Store
from deskapp.roles import Role, User
from deskapp.services.hearings import acting as hearing_acting
from deskapp.services.hearings import needing
from deskapp.services.hearings.acting import Acting
from deskapp.services.hearings.need_drafts import NeedDraft
from deskapp.services.interpreters import book, filling
from deskapp.services.local_files import SHIPPED
from tests.builders import SITE, SetClock

R = TypeVar("R")
TODAY = dt.date(2026, 11, 18)
"""A Wednesday, the day of the clock of the tests."""
PARTIES = [
    {"role": "Defendant", "name": "Maria Silva", "masked": False, "custody": False},
    {"role": "Prosecutor", "name": "Crown Prosecution Service", "masked": False, "custody": False},
]


class Court:
    """The hearings of a desk, and somebody who works with them."""

    def __init__(self, store: Store, user: User, clock: SetClock) -> None:
        self.store = store
        self.user = user
        self.clock = clock

    @property
    def acting(self) -> Acting:
        """The user, now."""
        return hearing_acting.acting_on(self.user, self.clock.moment, SHIPPED)

    def as_role(self, role: Role) -> Court:
        """Somebody else at the same desk."""
        return Court(self.store, self.user._replace(role=role), self.clock)

    def write(self, verb: Callable[..., R], *given: Any, **named: Any) -> R:
        """Do something as the user."""
        return self.store.call_write(verb, self.acting, *given, **named)

    def step(self, verb: Callable[..., R], *given: Any, **named: Any) -> R:
        """The same for a step that has an id."""
        return self.write(verb, *given, **named, event_id=new_id())

    def read(self, verb: Callable[..., R], *given: Any, **named: Any) -> R:
        """Read something as the user."""
        return self.store.call_read(verb, self.acting, *given, **named)

    def hearing(self, start: str = "11:00", day: dt.date = TODAY, **given: Any) -> str:
        """The id of a new hearing with two parties in court 1."""
        from deskapp.data.hearing_tables import Hearing

        usual: dict[str, Any] = {
            "room": "Court 1",
            "case_ref": "52XY0012326",
            "hearing_type": "Plea",
            "minutes": 60,
            "parties": json.dumps(PARTIES),
        }
        fields = {**usual, **given}
        fields["case_key"] = fields["case_ref"]
        begin = dt.datetime.combine(day, dt.time.fromisoformat(start), LONDON)
        hearing_id = new_id()

        def add(session: Any) -> None:
            session.add(
                Hearing(
                    id=hearing_id,
                    home_site=SITE,
                    site=SITE,
                    day=day.isoformat(),
                    start=start,
                    starts_at=stamp(begin),
                    **fields,
                )
            )

        self.store.call_write(add)
        return hearing_id

    def need(self, hearing_id: str, flag: str, **given: Any) -> str:
        """The id of a new need of the defendant."""
        usual: dict[str, Any] = {
            "party_key": "maria silva",
            "party_name": "Maria Silva",
            "comment": "As the form says",
        }
        draft = NeedDraft(flag, **{**usual, **given})
        return self.write(needing.add, hearing_id, draft, need_id=new_id())

    def booking(self, hearing_id: str, language: str = "por", **given: Any) -> str:
        """The id of a request that was sent for a hearing."""

        def make(session: Any, acting: Acting) -> str:
            from deskapp.data.sessions import plain

            filled = filling.for_hearing(plain(session), hearing_id, acting.bookings)
            draft = replace(filled, language=language, **given)
            return book.book(session, acting.bookings, draft, booking_id=new_id()).id

        return self.write(make)
