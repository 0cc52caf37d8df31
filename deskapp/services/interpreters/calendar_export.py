"""Which bookings go into a calendar file: those of a court on some days, without names.

Source: interpreter sheet, section 11.
"""

from __future__ import annotations

import datetime as dt

from deskapp import roles
from deskapp.clock import instant, local
from deskapp.data.connection import Connection, Value
from deskapp.i18n import _, clock_time
from deskapp.roles import Act, User
from deskapp.services.courts import sites
from deskapp.services.days import Days
from deskapp.services.interpreters import calendar_text, languages
from deskapp.services.interpreters.bookings import KIND_LABELS, STATUS_LABELS, Kind, Status
from deskapp.services.interpreters.calendar_text import Entry

AHEAD = dt.timedelta(weeks=12)
"""How far a file goes unless other days are asked for; it begins ``BEHIND`` today."""
BEHIND = dt.timedelta(weeks=1)
MOST_EXPORTED = 10_000
"""Bookings in one file."""


def entries(connection: Connection, days: Days, *, user: User) -> list[Entry]:
    """The bookings of the court of ``user`` that were sent, whatever became of them, in order.

    How often a booking changed is the length of its history, which is only added to.

    Raises:
        NotAllowedError: If the role may not read bookings.
    """
    roles.require(user, Act.READ_BOOKINGS)
    statement, values = query(user.site, days)
    return [_entry(*row) for row in connection.execute(statement, values).fetchall()]


def query(site: str, days: Days) -> tuple[str, tuple[Value, ...]]:
    """The statement that reads them, and its values."""
    return (
        "SELECT b.id, b.ref, b.kind, b.language_code, b.other_language, b.starts_at, b.ends_at,"
        " b.status, b.room, b.site, (SELECT count(*) FROM booking_event AS e"
        " WHERE e.booking_id = b.id), (SELECT max(e.at) FROM booking_event AS e"
        " WHERE e.booking_id = b.id)"
        " FROM booking AS b WHERE b.site = ? AND b.day BETWEEN ? AND ? AND b.status <> ?"
        " ORDER BY b.day, b.starts_at, b.id LIMIT ?",
        (site, days.first.isoformat(), days.last.isoformat(), Status.DRAFT.value, MOST_EXPORTED),
    )


def as_ical(connection: Connection, days: Days, *, user: User) -> str:
    """The file of the bookings of some days.

    Raises:
        NotAllowedError: If the role may not read bookings.
    """
    return calendar_text.as_ical(entries(connection, days, user=user))


def _entry(
    booking_id: str, ref: str, kind: str, code: str, other: str, starts_at: str, ends_at: str,
    status: str, room: str, site: str, changes: int, changed_at: str | None,
) -> Entry:  # fmt: skip
    start = instant(starts_at)
    called = languages.label(code) if code else other
    what = _(KIND_LABELS[Kind(kind)])
    return Entry(
        booking_id=booking_id,
        changes=changes,
        changed_at=instant(changed_at) if changed_at else start,
        start=start,
        end=instant(ends_at),
        status=Status(status),
        summary=f"{what}: {called}" if called else what,
        place=", ".join(filter(None, (sites.name(site), room))),
        told=_("Job reference {ref}. {state}. Booked from {time} by the clocks.").format(
            ref=ref, state=_(STATUS_LABELS[Status(status)]), time=_time(start)
        ),
    )


def _time(moment: dt.datetime) -> str:
    return clock_time(local(moment))
