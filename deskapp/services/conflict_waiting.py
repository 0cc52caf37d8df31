"""What was written twice, on the first screen of those who decide."""

from __future__ import annotations

from deskapp.data.connection import Connection
from deskapp.i18n import _
from deskapp.roles import Act, may
from deskapp.services.waiting import LINES, Asker, Group, Line, Lines

CONFLICT = "conflict"


def lines(connection: Connection, asker: Asker) -> Lines:
    """What waits for a decision, the oldest first."""
    some = "SELECT 1 FROM conflict WHERE resolved_at = '' LIMIT 1"
    if not may(asker.user, Act.DECIDE_CONFLICTS) or not connection.execute(some).fetchone():
        return Lines([])
    # read only on a day with something to decide
    from deskapp.services import conflicts
    from deskapp.services.paging import Want

    found = conflicts.page(connection, Want(limit_rows=LINES), user=asker.user)
    return Lines(
        [
            Line(
                CONFLICT,
                each.id,
                _("to decide"),
                _("Written twice: {field}").format(field=each.field),
                each.record,
                (Group.BY_DAY, f"{asker.today}", at),
            )
            for at, each in enumerate(found.lines)
        ]
    )
