"""A court with jurors for tests: rows as an import would make them, and steps as officers do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from deskapp.data.connection import Connection
from deskapp.data.ids import new_id
from deskapp.data.store import Store
from deskapp.roles import Role, User
from deskapp.services.jury import lines, row_ids
from deskapp.services.jury.acting import Acting, acting_on
from deskapp.services.jury.lines import JurorLine
from deskapp.text import name_key
from tests.builders import SetClock

COURT = "411"
POOL = "411261101"
FIRST = 641_500_000
R = TypeVar("R")


def number(of: int) -> str:
    """The number of the n-th juror."""
    return f"{FIRST + of:09d}"


class JuryDesk:
    """A court, who works there, and the day in force."""

    def __init__(self, store: Store, clock: SetClock, user: User) -> None:
        self.store, self.clock, self.user = store, clock, user
        self.date: dt.date | None = None
        self.court = COURT

    @property
    def acting(self) -> Acting:
        """Who acts now; times without the settings of the person who runs the tests."""
        folder = Path("/nonexistent")
        return acting_on(self.user, self.clock.moment, folder, court=self.court, date=self.date)

    def as_(self, role: Role) -> JuryDesk:
        """The same desk with somebody of another role at it."""
        other = JuryDesk(self.store, self.clock, self.user._replace(role=role, id=f"o-{role}"))
        other.date, other.court = self.date, self.court
        return other

    def read(self, work: Callable[..., R], *args: Any, **given: Any) -> R:
        """Read as who acts; the acting is put behind the connection."""
        return self.store.call_read(work, self.acting, *args, **given)

    def do(self, work: Callable[..., R], *args: Any, **given: Any) -> R:
        """Take a step as who acts, with an id of its own unless one is given."""
        return self.store.call_write(work, self.acting, *args, **{"step_id": new_id(), **given})

    def line(self, of: int) -> JurorLine:
        """How the n-th juror stands."""
        return self.store.call_read(lines.line, self.acting, number(of))

    # -- rows ------------------------------------------------------------------------------

    def pool(self, pool: str = POOL, *, start: str = "2026-11-16", **given: Any) -> None:
        """A pool that was handed over."""
        row = {"number": pool, "court": pool[:3], "owner": pool[:3], "start_on": start, **given}
        self._put("jury_pool", {"id": row_ids.pool(pool), **row})

    def juror(self, of: int, *, pool: str = POOL, **given: Any) -> str:
        """The n-th juror, who responded and is due on the day in force; their number."""
        juror, last = number(of), f"Ash{of:04d}"
        key = name_key(f"{last} Kim")
        person = {"number": juror, "first_name": "Kim", "last_name": last, "name_key": key}
        known = {name: given.pop(name) for name in _PERSON if name in given}
        member: dict[str, Any] = {
            "juror": juror,
            "pool": pool,
            "court": pool[:3],
            "name_key": key,
            "status": 2,
            "active": 1,
            "next_on": self.acting.date.isoformat(),
            "service_start": "2026-11-16",
            "original_start": "2026-11-16",
            **given,
        }
        self._put("juror", {"id": row_ids.juror(juror), **person, **known})
        self._put("juror_in_pool", {"id": row_ids.membership(juror, pool), **member})
        return juror

    def jurors(self, count: int, **given: Any) -> list[str]:
        """A pool with so many jurors who are due."""
        self.pool()
        return [self.juror(of, **given) for of in range(count)]

    def set(self, of: int, *, pool: str = POOL, **values: Any) -> None:
        """Change the membership of the n-th juror, as another desk or the Bureau would."""
        names = ", ".join(f"{name} = ?" for name in values)
        self.store.call_jot(
            Connection.execute,
            f"UPDATE juror_in_pool SET {names} WHERE id = ?",
            (*values.values(), row_ids.membership(number(of), pool)),
        )

    def _put(self, table: str, row: Mapping[str, Any]) -> None:
        row = {"home_site": self.user.site, **row}
        marks = ", ".join("?" for _value in row)
        self.store.call_jot(
            Connection.execute,
            f"INSERT OR IGNORE INTO {table} ({', '.join(row)}) VALUES ({marks})",
            tuple(row.values()),
        )


_PERSON = (
    "title", "date_of_birth", "phone", "email", "postcode", "welsh", "adjustment",
    "adjustment_text", "identity", "optic_ref", "loss_pence", "travel_minutes", "usual",
)  # fmt: skip
