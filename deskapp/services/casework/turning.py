"""Whether time changed cases since the rows of their lists were worked out.

It reads no scheme, so that the first screen can ask; ``projection.catch_up`` does the work.
"""

from __future__ import annotations

import datetime as dt

from deskapp.clock import stamp
from deskapp.data.connection import Connection


def is_behind(connection: Connection, now: dt.datetime) -> bool:
    """Whether a case changed by time alone and its rows do not show it yet."""
    found = connection.execute(
        "SELECT 1 FROM case_state WHERE turns_key <= ? LIMIT 1", (stamp(now),)
    ).fetchone()
    return found is not None
