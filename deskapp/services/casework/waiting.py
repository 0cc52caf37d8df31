"""Cases on the first screen, from the list that every event keeps up to date: no scheme is read."""

from __future__ import annotations

import datetime as dt

from deskapp.clock import instant, stamp
from deskapp.data.connection import Connection
from deskapp.i18n import _
from deskapp.roles import Act, may
from deskapp.services import kinds
from deskapp.services.nearness import due_text, local_day
from deskapp.services.persons.withheld import OPEN
from deskapp.services.waiting import LINES, Asker, Group, Line, Lines


def lines(connection: Connection, asker: Asker) -> Lines:
    """Cases that the user looks after and that are due, the most urgent first.

    What is late already stands before what is due on the same day.
    """
    if not may(asker.user, Act.READ_CASES):
        return Lines([])
    rows = connection.execute(
        "SELECT id, ref, title, due, due_key FROM case_state"
        " WHERE owner_id = ? AND live = 1 AND due_key <= ? ORDER BY due_key, priority, ref_key"
        " LIMIT ?",
        (asker.user.id, stamp(asker.tomorrow), LINES),
    ).fetchall()
    if not rows:
        return Lines([])
    from deskapp.services.casework import withheld_texts  # only for a start with cases

    covers = withheld_texts.covers(connection, [case_id for case_id, *_more in rows])
    return Lines(
        [
            _line(case_id, ref, covers.get(case_id, OPEN).text(title), *more, asker=asker)
            for case_id, ref, title, *more in rows
        ]
    )


def _line(case_id: str, ref: str, title: str, written: str, due_key: str, *, asker: Asker) -> Line:
    due = instant(written) if "T" in written else dt.date.fromisoformat(written)
    overdue_at = instant(due_key)
    return Line(
        kinds.CASE,
        case_id,
        due_text(due, overdue_at, asker.now),
        _("Casework"),
        f"{ref} {title}",
        (Group.BY_DAY, local_day(due).isoformat(), int(asker.now < overdue_at)),
        urgent=True,
    )
