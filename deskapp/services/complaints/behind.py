"""Whether due dates were counted with an older list of bank holidays; ``recount`` counts them anew.

It loads no move and no event: the first screen asks it at every start.
"""

from __future__ import annotations

import json

from deskapp.data.connection import Connection
from deskapp.services.bank_holidays import Calendars, version_key, version_of


def is_behind(connection: Connection, calendars: Calendars) -> bool:
    """Whether the date of an open complaint was counted with an older list."""
    return bool(waiting(connection, calendars, limit=1))


def waiting(connection: Connection, calendars: Calendars, *, limit: int) -> list[str]:
    """Ids of open complaints whose date was counted with an older list."""
    in_force = version_of(calendars)
    kept = connection.execute(
        "SELECT DISTINCT calendar_version FROM complaint_stage WHERE answered = 0"
    ).fetchall()
    older = [version for (version,) in kept if version and version_key(version) < in_force]
    rows = connection.execute(
        "SELECT s.complaint_id FROM complaint_stage AS s"
        " JOIN complaint_state AS c ON c.id = s.complaint_id"
        " WHERE s.answered = 0 AND s.calendar_version IN (SELECT value FROM json_each(?))"
        " AND c.live = 1 LIMIT ?",
        (json.dumps(older), limit),
    )
    return [str(row[0]) for row in rows]
