"""Whether the clock of this computer can be right: receipt and answer are dated by it.

Order between desks never goes by it. Source: complaints sheet, sections 9 and 13.
"""

from __future__ import annotations

import datetime as dt

from deskapp.clock import instant
from deskapp.data.connection import Connection
from deskapp.i18n import _
from deskapp.services.complaints.acting import Acting


def warning(connection: Connection, acting: Acting) -> str:
    """What is told of a clock that is behind the last exchange or far from the one of the central
    database, in the language in use; empty for nothing."""
    [(last_ok_at, offset_ms)] = connection.execute(
        "SELECT coalesce(last_ok_at, ''), clock_offset_ms FROM sync_state"
    ).fetchall()
    grace = dt.timedelta(minutes=acting.rules.logging.grace_minutes)
    behind = last_ok_at and instant(last_ok_at) > acting.now + grace
    if behind or abs(dt.timedelta(milliseconds=offset_ms)) > grace:
        return _("The clock of this computer seems wrong: check the date and time you enter.")
    return ""
