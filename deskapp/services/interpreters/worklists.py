"""The worklists of bookings, in keyset pages that an index gives in order.

Source: interpreter sheet, section 4.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from deskapp import roles
from deskapp.clock import stamp
from deskapp.i18n import N_
from deskapp.roles import Act
from deskapp.services.choice import Choice
from deskapp.services.interpreters.lines import COLUMNS, FROM, BookingLine, of_rows
from deskapp.services.interpreters.wall import start_of
from deskapp.services.paging import Page, Want

if TYPE_CHECKING:
    from deskapp.data.connection import Connection, Value
    from deskapp.services.interpreters.acting import Acting

ORDER = "b.starts_at, b.id"


class Which(Choice):
    """Which bookings a worklist shows."""

    TODAY = "today", N_("Today")
    TOMORROW = "tomorrow", N_("Tomorrow")
    TO_SEND = "to_send", N_("Drafts to send")
    ASKED = "asked", N_("Asked, nobody named yet")
    UNCONFIRMED = "unconfirmed", N_("Named but not confirmed")
    UNFILLED = "unfilled", N_("The supplier cannot fill them")
    CONFLICTS = "conflicts", N_("Booked twice")
    UNSIGNED = "unsigned", N_("Timesheets to sign")
    REMOVED = "removed", N_("The hearing is no longer listed")
    COMING = "coming", N_("All to come")
    PAST = "past", N_("All that were")


_HAS_REMOVED = (
    "EXISTS (SELECT 1 FROM booking_hearing AS l JOIN hearing AS h ON h.id = l.hearing_id"
    " WHERE l.booking_id = b.id AND l.ended_at = ''"
    " AND h.list_state IN ('removed_from_list', 'cancelled', 'vacated'))"
)


def page(
    connection: Connection, want: Want, acting: Acting, which: Which, *, day: dt.date | None = None
) -> Page[BookingLine]:
    """A page of a worklist of the user's court, the earliest first; of ``PAST`` the latest.

    Args:
        connection: The store.
        want: Which page.
        acting: Who asks, and when.
        which: Which list.
        day: A day of its own, in place of the one that the list names.

    Raises:
        NotAllowedError: If the role may not read bookings.
    """
    statement, values = query(want, acting, which, day=day)
    roles.require(acting.user, Act.READ_BOOKINGS)
    return want.page(of_rows(connection.execute(statement, values).fetchall()))


def query(
    want: Want, acting: Acting, which: Which, *, day: dt.date | None = None
) -> tuple[str, tuple[Value, ...]]:
    """The statement that reads a page, and its values."""
    condition, values = _condition(acting, which, day)
    place, order = want.clause(ORDER, newest_first=which is Which.PAST)
    return (
        f"SELECT {COLUMNS} FROM {FROM} WHERE b.site = ? AND {condition} AND {place}"
        f" ORDER BY {order} LIMIT ?",
        (acting.user.site, *values, *want.place, want.limit),
    )


def _condition(acting: Acting, which: Which, day: dt.date | None) -> tuple[str, tuple[Value, ...]]:
    now = stamp(acting.now)
    if day is not None or which in (Which.TODAY, Which.TOMORROW):
        ahead = dt.timedelta(days=which is Which.TOMORROW)
        return "b.day = ?", ((day or acting.today + ahead).isoformat(),)
    match which:
        case Which.TO_SEND:
            return "b.status = 'draft'", ()
        case Which.ASKED:
            return "b.status = 'requested'", ()
        case Which.UNCONFIRMED:
            return "b.status = 'assigned'", ()
        case Which.UNFILLED:
            return "b.status = 'unfilled' AND b.starts_at >= ?", (now,)
        case Which.CONFLICTS:
            return "b.conflict > '' AND b.seen_by = ''", ()
        case Which.UNSIGNED:
            return "b.status = 'in_attendance' AND (b.released_at > '' OR b.ends_at < ?)", (now,)
        case Which.REMOVED:
            live = "('draft', 'requested', 'assigned', 'confirmed')"
            condition = f"b.starts_at >= ? AND b.status IN {live} AND {_HAS_REMOVED}"
            return condition, (stamp(start_of(acting.today)),)
        case Which.PAST:
            return "b.starts_at < ?", (now,)
    return "b.starts_at >= ?", (now,)


def counts(connection: Connection, acting: Acting) -> dict[Which, int]:
    """How many bookings each worklist has that is worked off.

    Raises:
        NotAllowedError: If the role may not read bookings.
    """
    roles.require(acting.user, Act.READ_BOOKINGS)
    found = dict[Which, int]()
    for which in Which:
        if which in (Which.COMING, Which.PAST):
            continue
        condition, values = _condition(acting, which, None)
        [(count,)] = connection.execute(
            f"SELECT count(*) FROM booking AS b WHERE b.site = ? AND {condition}",
            (acting.user.site, *values),
        ).fetchall()
        found[which] = int(count)
    return found
