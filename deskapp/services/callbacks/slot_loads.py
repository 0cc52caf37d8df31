"""How full the half hours are, and which can still be had."""

from __future__ import annotations

import datetime as dt

from deskapp import roles
from deskapp.data.connection import Connection
from deskapp.roles import Act, User
from deskapp.services.callbacks import slots
from deskapp.services.callbacks.slots import Diary
from deskapp.services.dates import ONE_DAY


def next_free(
    connection: Connection, wish: dt.datetime, *, now: dt.datetime, site: str, diary: Diary
) -> dt.datetime | None:
    """The next slot that can be booked and is not full, from a wished one on."""
    rows = connection.execute(
        "SELECT slot, count(*) FROM callback WHERE site = ? AND slot >= ? AND slot < ?"
        " AND state <> 'cancelled' GROUP BY slot",
        (site, slots.key(now)[:10], (diary.furthest(now) + ONE_DAY).isoformat()),
    ).fetchall()
    loads = dict(rows)
    return diary.next_free(
        wish, now=now, is_free=lambda slot: loads.get(slots.key(slot), 0) < diary.capacity
    )


def crowded(
    connection: Connection, first: dt.date, *, diary: Diary, user: User
) -> list[tuple[dt.datetime, int]]:
    """Slots from a day on that hold more than they may, with how many; the earliest first.

    Two desks that could not see each other may both have booked the last place: both stand.

    Raises:
        NotAllowedError: If the role may not read contacts.
    """
    roles.require(user, Act.READ_CONTACTS)
    rows = connection.execute(
        "SELECT slot, count(*) FROM callback WHERE site = ? AND slot >= ?"
        " AND state <> 'cancelled' GROUP BY slot HAVING count(*) > ? ORDER BY slot LIMIT 50",
        (user.site, first.isoformat(), diary.capacity),
    ).fetchall()
    return [(dt.datetime.fromisoformat(slot), int(count)) for slot, count in rows]


def load(connection: Connection, slot: dt.datetime, *, site: str, but: str = "") -> int:
    """How many callbacks a slot of a site holds, cancelled ones and one id left out."""
    [(count,)] = connection.execute(
        "SELECT count(*) FROM callback WHERE site = ? AND slot = ? AND state <> 'cancelled'"
        " AND id <> ?",
        (site, slots.key(slot), but),
    ).fetchall()
    return int(count)
