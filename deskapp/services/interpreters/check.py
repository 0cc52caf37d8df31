"""Whether the bookings of this store go together, for ``deskapp doctor``; nothing is changed."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from deskapp.clock import stamp
from deskapp.data.connection import Connection

_HOLD = "('assigned', 'confirmed', 'in_attendance', 'fulfilled', 'customer_did_not_attend')"


class Faults(NamedTuple):
    """How many bookings do not go together."""

    twice: int
    """Pairs from now on that keep one interpreter at the same time."""
    without: int
    """Somebody is to come or came, and nobody is named."""


def faults(connection: Connection, now: dt.datetime) -> Faults:
    """Bookings of one interpreter that overlap, and bookings without one that should have one."""
    [(twice,)] = connection.execute(
        "SELECT count(*) FROM booking AS a JOIN booking AS b"
        " ON b.interpreter_key = a.interpreter_key AND b.until > a.starts_at"
        " AND b.starts_at < a.until AND b.id > a.id"
        f" WHERE a.interpreter_key > '' AND a.until > ? AND a.status IN {_HOLD}"
        f" AND b.status IN {_HOLD}",
        (stamp(now),),
    ).fetchall()
    [(without,)] = connection.execute(
        f"SELECT count(*) FROM booking WHERE interpreter_key = '' AND status IN {_HOLD}"
    ).fetchall()
    return Faults(int(twice), int(without))
