"""Jury days on the first screen: those before today on which somebody is not confirmed.

Nothing but the lists is read, and no rule.
"""

from __future__ import annotations

import datetime as dt

from deskapp.data.connection import Connection
from deskapp.i18n import _, day, ngettext, number
from deskapp.roles import Act, may
from deskapp.services.waiting import LINES, Asker, Group, Line, Lines

DAY = "jury_day"
"""What opens a line: the jury desk, on its day."""
_UNCONFIRMED = (
    "SELECT a.day, count(*) FROM (SELECT DISTINCT court FROM jury_pool) AS c"
    " JOIN attendance AS a ON a.court = c.court"
    " WHERE a.stage IN ('CHECKED_IN', 'CHECKED_OUT') AND a.day < ?"
    " GROUP BY a.day ORDER BY a.day LIMIT ?"
)


def lines(connection: Connection, asker: Asker) -> Lines:
    """Days that must still be confirmed, the oldest first, for the jury desk."""
    if not may(asker.user, Act.WORK_JURY):
        return Lines([])
    rows = connection.execute(_UNCONFIRMED, (asker.today.isoformat(), LINES)).fetchall()
    return Lines([_line(text, count) for text, count in rows])


def _line(text: str, count: int) -> Line:
    words = ngettext("{count} juror not confirmed", "{count} jurors not confirmed", count)
    return Line(
        DAY,
        text,
        words.format(count=number(count)),
        _("Jury day"),
        day(dt.date.fromisoformat(text)),
        (Group.BY_DAY, text, 1),
        urgent=True,
    )
