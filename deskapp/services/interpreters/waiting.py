"""Bookings on the first screen: nobody named, not confirmed, not signed, booked twice.

Nothing but the bookings is read; rules and calendars are loaded only when one may stand out.
"""

from __future__ import annotations

import datetime as dt

from deskapp.clock import stamp
from deskapp.data.connection import Connection
from deskapp.i18n import _, clock_time
from deskapp.roles import Act, may
from deskapp.services import kinds
from deskapp.services.waiting import LINES, Asker, Group, Line, Lines

_AHEAD = dt.timedelta(days=7)
"""Longer than what stands out reaches, weekends and holidays included."""
_NEAR = (
    "SELECT id FROM booking WHERE site = ? AND status IN"
    " ('draft', 'requested', 'assigned', 'confirmed', 'unfilled')"
    " AND starts_at >= ? AND starts_at < ? ORDER BY starts_at, id LIMIT ?"
)
_UNSIGNED = (
    "SELECT id FROM booking WHERE status = 'in_attendance' AND site = ?"
    " AND (released_at > '' OR ends_at < ?) ORDER BY starts_at, id LIMIT ?"
)
_TWICE = (
    "SELECT id FROM booking WHERE conflict > '' AND site = ? AND seen_by = ''"
    " ORDER BY starts_at, id LIMIT ?"
)


def lines(connection: Connection, asker: Asker) -> Lines:
    """The bookings of the user's court that stand out, the first to be there first."""
    if not may(asker.user, Act.READ_BOOKINGS):
        return Lines([])
    now, site = stamp(asker.now), asker.user.site
    since = stamp(asker.tomorrow - dt.timedelta(days=1))
    rows = connection.execute(_NEAR, (site, since, stamp(asker.now + _AHEAD), LINES)).fetchall()
    rows += connection.execute(_UNSIGNED, (site, now, LINES)).fetchall()
    rows += connection.execute(_TWICE, (site, LINES)).fetchall()
    return _told(connection, asker, {row[0] for row in rows}) if rows else Lines([])


def _told(connection: Connection, asker: Asker, ids: set[str]) -> Lines:
    from deskapp import paths  # only for a start with bookings that may stand out
    from deskapp.services.interpreters import lines as booking_lines
    from deskapp.services.interpreters.acting import acting_on
    from deskapp.services.interpreters.cues import Level, cue

    acting = acting_on(asker.user, asker.now, paths.settings_folder())
    found = []
    for line in booking_lines.lines(connection, ids, user=asker.user).values():
        told = cue(line, acting)
        if told.level is Level.NONE:
            continue
        day = min(line.day, asker.today).isoformat() if told.level is Level.RED else (
            line.day.isoformat()
        )  # fmt: skip
        case = ", ".join(dict.fromkeys(each.case_ref for each in line.hearings if each.case_ref))
        found.append(
            Line(
                kinds.BOOKING,
                line.id,
                told.words,
                _("Interpreter {time}").format(time=clock_time(line.start)),
                f"{line.ref} {line.language} {case}".strip(),
                (Group.BY_DAY, day, 0 if told.level is Level.RED else 1),
                urgent=True,
            )
        )
    found.sort(key=lambda each: each.place)
    return Lines(found[:LINES], len(found[LINES:]))
