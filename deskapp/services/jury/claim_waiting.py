"""Claims of jurors on the first screen: what waits for somebody who may approve it.

Nothing but the lists is read, and no rate.
"""

from __future__ import annotations

from deskapp.data.connection import Connection
from deskapp.i18n import _, ngettext, number
from deskapp.roles import Act, may
from deskapp.services.waiting import Asker, Group, Line, Lines

CLAIMS = "juror_claims"
"""What opens the line: the list of claims."""
_WAITING = (
    "SELECT count(DISTINCT e.juror), min(e.day) FROM (SELECT DISTINCT court FROM jury_pool) AS c"
    " JOIN attendance_expense AS e ON e.court = c.court WHERE e.state IN ('submitted', 'edited')"
)


def lines(connection: Connection, asker: Asker) -> Lines:
    """One line with how many jurors' claims wait for approval; none where none does."""
    if not may(asker.user, Act.APPROVE_JURY_EXPENSES):
        return Lines([])
    [(count, oldest)] = connection.execute(_WAITING).fetchall()
    if not count:
        return Lines([])
    words = ngettext("{count} claim to approve", "{count} claims to approve", count)
    line = Line(
        CLAIMS,
        "",
        words.format(count=number(count)),
        _("Juror expenses"),
        _("by another person than who put them in"),
        (Group.BY_DAY, oldest, 1),
    )
    return Lines([line])
