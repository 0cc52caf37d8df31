"""Hearings on the first screen: those that begin soon and lack what had to be arranged.

One statement decides whether anything hangs on a hearing that is near; rules are loaded only then.
Parties who are not there yet are told on the board alone. Source: hearings sheet, section 2.
"""

from __future__ import annotations

import datetime as dt
import json

from deskapp.clock import stamp
from deskapp.data.connection import Connection
from deskapp.i18n import _
from deskapp.roles import Act, may
from deskapp.services import kinds
from deskapp.services.hearings.channels import REMOTE
from deskapp.services.waiting import LINES, Asker, Group, Line, Lines
from deskapp.text import compact, one_line

_AROUND = dt.timedelta(hours=2)
"""Longer before the start than what stands out reaches, and as long after it."""
_LOOKED_AT = 200
"""Hearings of these hours whose readiness is worked out: more would slow the first screen."""
_OVER_A_LINK = [f" OR h.channel LIKE '%{word}%'" for word in REMOTE]
_NEAR = (
    "SELECT h.id FROM hearing AS h WHERE h.site = ? AND h.day = ? AND h.list_state = 'listed'"
    " AND h.starts_at >= ? AND h.starts_at < ? AND ("
    "EXISTS (SELECT 1 FROM booking_hearing AS b WHERE b.hearing_id = h.id AND b.ended_at = '')"
    " OR EXISTS (SELECT 1 FROM video_link AS v WHERE v.hearing_id = h.id AND NOT v.removed)"
    " OR EXISTS (SELECT 1 FROM support_need AS n WHERE n.case_key ="
    " CASE h.case_key WHEN '' THEN '#' || h.id ELSE h.case_key END)"
    " OR EXISTS (SELECT 1 FROM hearing_event AS e WHERE e.hearing_id = h.id AND e.code = 'jurors')"
    f"{''.join(_OVER_A_LINK)}"
    " OR h.case_key IN (SELECT value FROM json_each(?)))"
    " ORDER BY h.starts_at, h.id LIMIT ?"
)
_TRIALS = (
    "SELECT number FROM trial WHERE home_site = ?1 AND start_on <= ?2"
    " AND (ended_on = '' OR ended_on >= ?2)"
)


def lines(connection: Connection, asker: Asker) -> Lines:
    """The hearings of the user's court that stand out now, the first to begin first."""
    if not may(asker.user, Act.READ_HEARINGS):
        return Lines([])
    today = asker.user.site, asker.today.isoformat()
    near = stamp(asker.now - _AROUND), stamp(asker.now + _AROUND)
    trials = [compact(number) for (number,) in connection.execute(_TRIALS, today).fetchall()]
    values = (*today, *near, json.dumps(trials), _LOOKED_AT)
    ids = [row[0] for row in connection.execute(_NEAR, values).fetchall()]
    return _told(connection, asker, ids) if ids else Lines([])


def _told(connection: Connection, asker: Asker, ids: list[str]) -> Lines:
    from deskapp import paths  # only for a start with hearings that may stand out
    from deskapp.services.hearings import board, readiness
    from deskapp.services.hearings.acting import acting_on

    acting = acting_on(asker.user, asker.now, paths.settings_folder())
    found = []
    for line in board.lines(connection, acting, ids):
        lacking = [part for part in line.missing if part.kind is not readiness.Kind.PARTIES]
        if line.red and lacking:
            hearing = line.bearing.hearing
            told = ", ".join(part.label for part in lacking)
            found.append(
                Line(
                    kinds.HEARING,
                    line.id,
                    _("MISSING: {what}").format(what=told),
                    _("Hearing {time}").format(time=hearing.start),
                    f"{one_line(hearing.room)} {one_line(hearing.case_ref)} {hearing.who}".strip(),
                    (Group.BY_TIME, hearing.start, 0),
                    urgent=True,
                )
            )
    return Lines(found[:LINES], len(found[LINES:]))
