"""What central could not take, on the first screen of those who look after it."""

from __future__ import annotations

from deskapp.data.change_state import State
from deskapp.data.connection import Connection
from deskapp.i18n import _
from deskapp.roles import Act, may
from deskapp.services.waiting import LINES, Asker, Group, Line, Lines

ASIDE = "change_log"


def lines(connection: Connection, asker: Asker) -> Lines:
    """What waits to be looked after, the oldest first."""
    some = "SELECT 1 FROM change_log WHERE state = ? LIMIT 1"
    if (
        not may(asker.user, Act.DECIDE_CONFLICTS)
        or not connection.execute(some, (State.QUARANTINED.value,)).fetchone()
    ):
        return Lines([])
    # read only on a day with something to look after
    from deskapp.services import set_aside
    from deskapp.services.paging import Want

    found = set_aside.page(connection, Want(limit_rows=LINES), user=asker.user)
    return Lines(
        [
            Line(
                ASIDE,
                f"{each.seq}",
                _("to decide"),
                _("Not taken: {fields}").format(fields=each.fields),
                each.record,
                (Group.BY_DAY, f"{asker.today}", at),
            )
            for at, each in enumerate(found.lines)
        ]
    )
