"""Reading callbacks: the list of a day or of what is left to do, one callback with its tries.

Lists are read in keyset pages by an index. Source: enquiries sheet, sections 5 and 9.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from deskapp import roles
from deskapp.clock import instant, stamp
from deskapp.data.connection import Connection, Value
from deskapp.errors import NotFoundError
from deskapp.i18n import _
from deskapp.roles import Act, User
from deskapp.services import safe_contact, slots, withheld
from deskapp.services.dates import ONE_DAY
from deskapp.services.paging import Page, Want
from deskapp.services.safe_contact import SafeLine
from deskapp.services.slots import Diary, Kind

NUMBER_SHOWN = "number_shown"
"""Code of the event that keeps why a number was shown though its person said not to ring."""


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


@dataclass(frozen=True)
class CallbackLine:
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


@dataclass(frozen=True)
class Try:
    """One try to ring."""

    contact_id: str
    ref: str
    """Reference of its contact; empty until that is saved."""
    at: dt.datetime
    officer_name: str
    on_time: bool
    result: Result


@dataclass(frozen=True)
class Card:
    """A callback with everything the officer who rings must see."""

    line: CallbackLine
    phone: str
    """Empty while it is hidden or withheld."""
    withheld: bool
    """The address of the person is confidential: nobody is shown how to reach them."""
    hidden: bool
    """The person said not to ring: the number is shown when a reason is kept."""
    topic: str
    user_type: str
    case_ref: str
    question: str
    booked_at: dt.datetime
    booked_by: str
    note: str
    over_reason: str
    end_reason: str
    tries: tuple[Try, ...]

    @property
    def open_try(self) -> Try | None:
        """The try that is under way."""
        last = self.tries[-1] if self.tries else None
        return last if last and last.result is Result.ATTEMPTING else None

    @property
    def kept_on_time(self) -> bool | None:
        """Whether the first try began when it was promised; None before it."""
        return self.tries[0].on_time if self.tries else None


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


def card(connection: Connection, callback_id: str, *, user: User) -> Card:
    """One callback with its tries; the number only where it may be seen.

    Raises:
        NotAllowedError: If the role may not read contacts.
        NotFoundError: If there is none with this id.
    """
    kept = line(connection, callback_id, user=user)
    [row] = connection.execute(
        "SELECT coalesce(nullif(c.phone, ''), p.phone, ''), coalesce(c.topic, ''),"
        " coalesce(c.user_type, ''), coalesce(c.case_ref, ''), coalesce(c.question, ''),"
        " b.booked_at, coalesce(o.name, ''), b.note, b.over_reason, b.end_reason"
        " FROM callback AS b LEFT JOIN contact AS c ON c.id = b.contact_id"
        " LEFT JOIN person AS p ON p.id = b.person_id LEFT JOIN officer AS o ON o.id = b.booked_by"
        " WHERE b.id = ?",
        (callback_id,),
    ).fetchall()
    cover = withheld.cover(connection, kept.person_id)
    cover = withheld.cover(connection, kept.person_id)
    silent = not kept.safe.may_call and not _number_shown(connection, kept, user)
    hidden = silent and not cover.address  # a reason shows the number, but never this address
    phone, topic, user_type, case_ref, question, booked_at, booked_by, *words = row
    note, over_reason, end_reason = map(cover.text, words)
    return Card(
        line=kept,
        phone="" if hidden or cover.address else phone,
        withheld=cover.address,
        hidden=hidden,
        topic=topic,
        user_type=user_type,
        case_ref=case_ref,
        question=cover.text(question),
        booked_at=instant(booked_at),
        booked_by=booked_by,
        note=note,
        over_reason=over_reason,
        end_reason=end_reason,
        tries=tries(connection, callback_id, user=user),
    )


def tries(connection: Connection, callback_id: str, *, user: User) -> tuple[Try, ...]:
    """The tries of a callback, the first one first; those undone are left out.

    Raises:
        NotAllowedError: If the role may not read contacts.
    """
    roles.require(user, Act.READ_CONTACTS)
    rows = connection.execute(
        "SELECT a.contact_id, coalesce(c.ref, ''), a.at, coalesce(o.name, ''), a.on_time, a.result"
        " FROM callback_attempt AS a LEFT JOIN contact AS c ON c.id = a.contact_id"
        " LEFT JOIN officer AS o ON o.id = a.officer_id"
        " WHERE a.callback_id = ? ORDER BY a.hlc, a.desk LIMIT 500",
        (callback_id,),
    ).fetchall()
    folded: dict[str, Try] = {}
    for contact_id, ref, at, name, on_time, result in rows:
        begun = folded.get(contact_id) or Try(
            contact_id, ref, instant(at), name, bool(on_time), Result.ATTEMPTING
        )
        folded[contact_id] = dataclasses.replace(begun, result=Result(result))
    return tuple(each for each in folded.values() if each.result is not Result.UNDONE)


def next_free(
    connection: Connection, wish: dt.datetime, *, now: dt.datetime, site: str, diary: Diary
) -> dt.datetime | None:
    """The next slot that can be booked and is not full, from a wished one on."""
    rows = connection.execute(
        "SELECT slot, count(*) FROM callback WHERE site = ? AND slot >= ? AND slot < ?"
        " AND state <> 'cancelled' GROUP BY slot",
        (site, slots.key(now)[:10], (diary.furthest(now) + ONE_DAY).isoformat()),
    ).fetchall()
    loads = dict(rows)
    return diary.next_free(
        wish, now=now, is_free=lambda slot: loads.get(slots.key(slot), 0) < diary.capacity
    )


def crowded(
    connection: Connection, first: dt.date, *, diary: Diary, user: User
) -> list[tuple[dt.datetime, int]]:
    """Slots from a day on that hold more than they may, with how many; the earliest first.

    Two desks that could not see each other may both have booked the last place: both stand.

    Raises:
        NotAllowedError: If the role may not read contacts.
    """
    roles.require(user, Act.READ_CONTACTS)
    rows = connection.execute(
        "SELECT slot, count(*) FROM callback WHERE site = ? AND slot >= ?"
        " AND state <> 'cancelled' GROUP BY slot HAVING count(*) > ? ORDER BY slot LIMIT 50",
        (user.site, first.isoformat(), diary.capacity),
    ).fetchall()
    return [(dt.datetime.fromisoformat(slot), int(count)) for slot, count in rows]


def load(connection: Connection, slot: dt.datetime, *, site: str, but: str = "") -> int:
    """How many callbacks a slot of a site holds, cancelled ones and one id left out."""
    [(count,)] = connection.execute(
        "SELECT count(*) FROM callback WHERE site = ? AND slot = ? AND state <> 'cancelled'"
        " AND id <> ?",
        (site, slots.key(slot), but),
    ).fetchall()
    return int(count)


def _number_shown(connection: Connection, line: CallbackLine, user: User) -> bool:
    row = connection.execute(
        "SELECT 1 FROM contact_event WHERE contact_id = ? AND code = ? AND officer_id = ?",
        (line.contact_id, NUMBER_SHOWN, user.id),
    ).fetchone()
    return row is not None


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
