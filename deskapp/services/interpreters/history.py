"""What was done with a booking, the oldest first. Source: interpreter sheet, section 4."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from deskapp.clock import instant
from deskapp.i18n import _
from deskapp.services.interpreters import steps
from deskapp.services.interpreters.assigning import Caution
from deskapp.services.interpreters.life import EVENT_LABELS, Event
from deskapp.text import cleaned

if TYPE_CHECKING:
    from deskapp.data.connection import Connection


@dataclass(frozen=True)
class History:
    """One line of what was done with a booking."""

    id: str
    at: dt.datetime
    who: str
    code: str
    before: str
    after: str
    reason: str
    changes: Mapping[str, Any]
    """Name of a column to what it was and is."""

    @property
    def cautions(self) -> list[Caution]:
        """What spoke against an interpreter when they were entered."""
        noted = self.changes.get("cautions", ())
        return [caution for caution in Caution if caution in noted]

    @property
    def what(self) -> str:
        """What was done, in the language in use."""
        if self.code in list(Event):
            return _(EVENT_LABELS[Event(self.code)])
        return _(steps.NOTED[self.code]) if self.code in steps.NOTED else self.code


def history(connection: Connection, booking_id: str) -> list[History]:
    """What was done with a booking, the oldest first."""
    rows = connection.execute(
        "SELECT e.id, e.at, coalesce(o.name, ''), e.code, e.before, e.after, e.reason, e.data"
        " FROM booking_event AS e LEFT JOIN officer AS o ON o.id = e.officer_id"
        " WHERE e.booking_id = ? ORDER BY e.hlc, e.desk, e.id",
        (booking_id,),
    ).fetchall()
    return [
        History(each_id, instant(at), who, code, before, after, reason, cleaned(json.loads(data)))
        for each_id, at, who, code, before, after, reason, data in rows
    ]
