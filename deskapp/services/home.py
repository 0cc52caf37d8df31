"""What the first screen shows: what waits on every desk, and how the exchange stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import NamedTuple

from deskapp.clock import LONDON, stamp
from deskapp.data.connection import Connection
from deskapp.roles import User
from deskapp.services import (
    conflict_waiting,
    desk,
    follow_ups,
    offline,
    set_aside_waiting,
    unfinished,
)
from deskapp.services.callbacks import callback_waiting
from deskapp.services.casework import waiting as cases_waiting
from deskapp.services.complaints import waiting as complaints_waiting
from deskapp.services.desk import Exchange
from deskapp.services.hearings import waiting as hearings_waiting
from deskapp.services.interpreters import waiting as bookings_waiting
from deskapp.services.jury import claim_waiting
from deskapp.services.jury import waiting as jury_waiting
from deskapp.services.knowledge import notices, to_review
from deskapp.services.offline import Standing
from deskapp.services.waiting import Asker, Line, Lines

DESKS: tuple[Callable[[Connection, Asker], Lines], ...] = (
    unfinished.waiting,
    callback_waiting.lines,
    follow_ups.waiting,
    cases_waiting.lines,
    notices.waiting,
    to_review.waiting,
    complaints_waiting.lines,
    hearings_waiting.lines,
    bookings_waiting.lines,
    jury_waiting.lines,
    claim_waiting.lines,
    conflict_waiting.lines,
    set_aside_waiting.lines,
)
"""What gives lines to the first screen. Each reads plain SQL and asks what the role may see."""


class Home(NamedTuple):
    """Everything the first screen shows."""

    lines: list[Line]
    """What waits, as it stands on the screen."""
    left: int
    """How much more is due than there are lines for."""
    contacts_today: int
    exchange: Exchange
    standing: Standing
    """With the limit of working without central."""


def look(connection: Connection, *, user: User, now: dt.datetime) -> Home:
    """What waits for ``user`` now; of each desk only what they may read."""
    asker = Asker(user, now)
    given = [lines_of(connection, asker) for lines_of in DESKS]
    return Home(
        lines=sorted((line for each in given for line in each.lines), key=lambda line: line.place),
        left=sum(each.left for each in given),
        contacts_today=_contacts_on(connection, user.id, asker.today),
        exchange=desk.exchange(connection),
        standing=offline.standing(connection, now),
    )


def _contacts_on(connection: Connection, officer_id: str, today: dt.date) -> int:
    begin = dt.datetime.combine(today, dt.time(), LONDON)
    end = dt.datetime.combine(today + dt.timedelta(days=1), dt.time(), LONDON)
    taken = connection.execute(
        "SELECT outcome, count(*) FROM contact"
        " WHERE started_at >= ? AND started_at < ? AND officer_id = ? GROUP BY outcome",
        (stamp(begin), stamp(end), officer_id),
    ).fetchall()
    if not taken:
        return 0
    from deskapp.services.enquiries import (
        outcomes,  # not needed for the first page of a quiet morning
    )

    return sum(count for outcome, count in taken if outcome not in outcomes.UNCOUNTED)
