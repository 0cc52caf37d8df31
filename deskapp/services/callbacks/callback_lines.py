"""Reading callbacks: the list of a day or of what is left to do, one callback with its tries.

Lists are read in keyset pages by an index. Source: enquiries sheet, sections 5 and 9.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import NamedTuple

from deskapp import roles
from deskapp.clock import instant, stamp
from deskapp.data.connection import Connection, Value
from deskapp.errors import NotFoundError
from deskapp.i18n import _
from deskapp.roles import Act, User
from deskapp.services.callbacks import slots
from deskapp.services.callbacks.slots import Diary, Kind
from deskapp.services.dates import ONE_DAY
from deskapp.services.paging import Page, Want
from deskapp.services.persons import safe_contact
from deskapp.services.persons.safe_contact import SafeLine


class State(StrEnum):
    """How far a callback is; that it is due follows from the time."""

    BOOKED = "booked"
    ATTEMPTING = "attempting"
    MISSED = "missed"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def live(self) -> bool:
        """Whether something is left to do."""
        return self in (State.BOOKED, State.ATTEMPTING, State.MISSED)


class Result(StrEnum):
    """What became of one try."""

    ATTEMPTING = "attempting"
    REACHED = "reached"
    MISSED = "missed"
    UNDONE = "undone"
    """Nobody rang after all: it is no try."""


_TRIES = (
    "(SELECT count(DISTINCT a.contact_id) FROM callback_attempt AS a WHERE a.callback_id = b.id"
    " AND NOT EXISTS (SELECT 1 FROM callback_attempt AS u WHERE u.callback_id = b.id"
    " AND u.contact_id = a.contact_id AND u.result = 'undone'))"
)
_LOAD = (
    "(SELECT count(*) FROM callback AS s WHERE s.site = b.site AND s.slot = b.slot"
    " AND s.state <> 'cancelled')"
)
_LINE = (
    "b.id, b.contact_id, b.person_id, b.slot, b.starts_at, b.kind, b.state, b.priority,"
    f" coalesce(c.ref, ''), coalesce(c.person_name, ''), {_TRIES}, {_LOAD}"
)
_FROM = "callback AS b LEFT JOIN contact AS c ON c.id = b.contact_id"


class CallbackLine(NamedTuple):
    """A callback as lists show it."""

    id: str
    contact_id: str
    """The contact that promised it."""
    person_id: str
    slot: dt.datetime
    """Local, without an offset."""
    starts_at: dt.datetime
    kind: Kind
    state: State
    priority: bool
    ref: str
    """Reference of the contact that promised it."""
    person_name: str
    tries: int
    load: int
    """Callbacks of the same half hour, this one too."""
    safe: SafeLine
    place: tuple[str | int, ...]


def page(
    connection: Connection, want: Want, day: dt.date | None = None, *, user: User
) -> Page[CallbackLine]:
    """A page of one day, whatever became of them, or without a day of all that is left to do.

    The earliest stands first.

    Raises:
        NotAllowedError: If the role may not read contacts.
    """
    roles.require(user, Act.READ_CONTACTS)
    column, condition = "b.starts_at", "b.live = 1 AND b.site = ?"
    values: tuple[Value, ...] = (user.site,)
    if day is not None:
        column, condition = "b.slot", "b.site = ? AND b.slot >= ? AND b.slot < ?"
        values = (user.site, day.isoformat(), (day + ONE_DAY).isoformat())
    place, order = want.clause(f"{column}, b.id")
    rows = connection.execute(
        f"SELECT {_LINE}, {column}, b.id FROM {_FROM} WHERE {condition} AND {place}"
        f" ORDER BY {order} LIMIT ?",
        (*values, *want.place, want.limit),
    ).fetchall()
    return want.page([_line(connection, row, user) for row in rows])


def left_until(
    connection: Connection, until: dt.datetime, *, user: User, limit_rows: int
) -> list[CallbackLine]:
    """What is left to do of all that begins before an instant; priority first, then by time.

    Raises:
        NotAllowedError: If the role may not read contacts.
    """
    roles.require(user, Act.READ_CONTACTS)
    found = _between(connection, "", stamp(until), user=user, limit_rows=limit_rows)
    return sorted(found, key=lambda line: not line.priority)


def becoming_due(
    connection: Connection, after: dt.datetime, now: dt.datetime, *, diary: Diary, user: User
) -> list[CallbackLine]:
    """Booked callbacks whose time to ring has come after one instant and up to another.

    Raises:
        NotAllowedError: If the role may not read contacts.
    """
    roles.require(user, Act.READ_CONTACTS)
    latest = now + diary.about_minutes * slots.MINUTE
    found = _between(connection, stamp(after), stamp(latest), user=user, limit_rows=200)
    return [
        line
        for line in found
        if line.state is State.BOOKED and after < diary.rung_from(line.slot, line.kind) <= now
    ]


def of_contact(connection: Connection, contact_id: str, *, user: User) -> list[CallbackLine]:
    """The callbacks that a contact promised, the newest first.

    Raises:
        NotAllowedError: If the role may not read contacts.
    """
    roles.require(user, Act.READ_CONTACTS)
    rows = connection.execute(
        f"SELECT {_LINE}, b.slot, b.id FROM {_FROM} WHERE b.contact_id = ?"
        " ORDER BY b.booked_at DESC, b.id DESC LIMIT 50",
        (contact_id,),
    ).fetchall()
    return [_line(connection, row, user) for row in rows]


def line(connection: Connection, callback_id: str, *, user: User) -> CallbackLine:
    """One callback as lists show it.

    Raises:
        NotAllowedError: If the role may not read contacts.
        NotFoundError: If there is none with this id.
    """
    roles.require(user, Act.READ_CONTACTS)
    row = connection.execute(
        f"SELECT {_LINE}, b.slot, b.id FROM {_FROM} WHERE b.id = ?", (callback_id,)
    ).fetchone()
    if row is None:
        raise NotFoundError(_("There is no such callback on this desk."))
    return _line(connection, row, user)


def _between(
    connection: Connection, after: str, until: str, *, user: User, limit_rows: int
) -> list[CallbackLine]:
    rows = connection.execute(
        f"SELECT {_LINE}, b.starts_at, b.id FROM {_FROM} WHERE b.live = 1 AND b.site = ?"
        " AND b.starts_at > ? AND b.starts_at <= ? ORDER BY b.starts_at, b.id LIMIT ?",
        (user.site, after, until, limit_rows),
    ).fetchall()
    return [_line(connection, row, user) for row in rows]


def _line(connection: Connection, row: tuple[str, ...], user: User) -> CallbackLine:
    callback_id, contact_id, person_id, slot, starts_at, kind, state, priority = row[:8]
    ref, person_name, tried, load = row[8:12]
    return CallbackLine(
        id=callback_id,
        contact_id=contact_id,
        person_id=person_id,
        slot=dt.datetime.fromisoformat(slot),
        starts_at=instant(starts_at),
        kind=Kind(kind),
        state=State(state),
        priority=bool(priority),
        ref=ref,
        person_name=person_name,
        tries=int(tried),
        load=int(load),
        safe=safe_contact.line_for(connection, person_id, user=user),
        place=tuple(row[12:]),
    )
