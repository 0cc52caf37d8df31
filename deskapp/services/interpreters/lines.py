"""Lists of bookings, in keyset pages that an index gives in order.

Source: interpreter sheet, sections 3, 4 and 11.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from deskapp import roles
from deskapp.clock import instant, stamp
from deskapp.errors import NotFoundError
from deskapp.i18n import N_, _
from deskapp.roles import Act, User
from deskapp.services.choice import Choice
from deskapp.services.interpreters import bookings, languages
from deskapp.services.interpreters.bookings import Booking, Kind, Mode, Route, Status
from deskapp.services.interpreters.wall import start_of
from deskapp.services.paging import Page, Want
from deskapp.text import compact, one_line

if TYPE_CHECKING:
    from deskapp.data.connection import Connection, Value
    from deskapp.services.interpreters.acting import Acting

_ORDER = "b.starts_at, b.id"


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


class Served(NamedTuple):
    """A hearing that a booking is for."""

    hearing_id: str
    case_ref: str
    room: str
    start: str
    """Wall clock; empty where the list gives none."""
    list_state: str


class BookingLine(NamedTuple):
    """A booking as lists show it."""

    id: str
    ref: str
    site: str
    kind: Kind
    route: Route
    mode: Mode
    language_code: str
    other_language: str
    for_role: str
    for_name: str
    room: str
    day: dt.date
    start: dt.datetime
    """Wall clock."""
    end: dt.datetime
    starts_at: dt.datetime
    ends_at: dt.datetime
    interpreters: int
    """How many are asked for."""
    team_of: str
    supplier: str
    supplier_ref: str
    interpreter_id: str
    interpreter_key: str
    interpreter: str
    """Name; empty while nobody is named."""
    assigned_at: dt.datetime | None
    status: Status
    requested_at: dt.datetime | None
    arrived_at: dt.datetime | None
    released_at: dt.datetime | None
    conflict: str
    """Code of ``double_booked.Told``; empty for none."""
    parent_id: str
    series_id: str
    person_id: str
    acknowledged: bool
    """The interpreter agreed to the newest timesheet."""
    hearings: tuple[Served, ...]

    @property
    def place(self) -> tuple[str | int, ...]:
        """Where it stands in a list."""
        return (stamp(self.starts_at), self.id)

    @property
    def language(self) -> str:
        """What is interpreted, or what kind of help it is, in the language in use."""
        if self.language_code:
            return languages.label(self.language_code)
        return one_line(self.other_language) or _(bookings.KIND_LABELS[self.kind])

    @property
    def state(self) -> str:
        """The status in the language in use."""
        return _(bookings.STATUS_LABELS[self.status])

    @property
    def held(self) -> Booking:
        """The booking as the rules of double booking see it; one person is one key."""
        return Booking(
            id=self.id,
            interpreter_id=self.interpreter_key or None,
            status=self.status,
            start=self.starts_at,
            end=self.ends_at,
            site=self.site,
            mode=self.mode,
            released_at=self.released_at,
            supplier_ref=self.supplier_ref,
            assigned_at=self.assigned_at,
        )


_COLUMNS = (
    "b.id, b.ref, b.site, b.kind, b.route, b.mode, b.language_code, b.other_language, b.for_role,"
    " b.for_name, b.room, b.day, b.local_start, b.local_end, b.starts_at, b.ends_at,"
    " b.interpreters, b.team_of, b.supplier, b.supplier_ref, b.interpreter_id, b.interpreter_key,"
    " coalesce(i.name, ''), b.assigned_at, b.status, b.requested_at, b.arrived_at, b.released_at,"
    " b.conflict, b.parent_id, b.series_id, b.person_id,"
    " coalesce((SELECT t.acknowledged_by <> '' FROM timesheet AS t WHERE t.booking_id = b.id"
    " ORDER BY t.hlc DESC LIMIT 1), 0)"
    " OR EXISTS (SELECT 1 FROM booking_event AS e WHERE e.booking_id = b.id"
    " AND e.code = 'acknowledge' AND e.hlc > (SELECT max(t.hlc) FROM timesheet AS t"
    " WHERE t.booking_id = b.id)),"
    " (SELECT json_group_array(json_array(h.id, h.case_ref, h.room, h.start, h.list_state))"
    " FROM booking_hearing AS l JOIN hearing AS h ON h.id = l.hearing_id"
    " WHERE l.booking_id = b.id AND l.ended_at = '')"
)
_FROM = "booking AS b LEFT JOIN interpreter AS i ON i.id = b.interpreter_id"
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
    return want.page(_lines(connection.execute(statement, values).fetchall()))


def query(
    want: Want, acting: Acting, which: Which, *, day: dt.date | None = None
) -> tuple[str, tuple[Value, ...]]:
    """The statement that reads a page, and its values."""
    condition, values = _condition(acting, which, day)
    place, order = want.clause(_ORDER, newest_first=which is Which.PAST)
    return (
        f"SELECT {_COLUMNS} FROM {_FROM} WHERE b.site = ? AND {condition} AND {place}"
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


def line(connection: Connection, booking_id: str, *, user: User) -> BookingLine:
    """One booking.

    Raises:
        NotFoundError: If there is no such booking.
        NotAllowedError: If the role may not read bookings.
    """
    found = lines(connection, [booking_id], user=user)
    if booking_id not in found:
        raise no_such_booking()
    return found[booking_id]


def lines(
    connection: Connection, booking_ids: Iterable[str], *, user: User
) -> dict[str, BookingLine]:
    """Those of the bookings that are here, by id.

    Raises:
        NotAllowedError: If the role may not read bookings.
    """
    roles.require(user, Act.READ_BOOKINGS)
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM {_FROM} WHERE b.id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(booking_ids)),),
    ).fetchall()
    return {each.id: each for each in _lines(rows)}


def of_hearings(
    connection: Connection, hearing_ids: Iterable[str], *, user: User
) -> Mapping[str, list[BookingLine]]:
    """The bookings of each of the hearings, the earliest first; hearings without are left out.

    Raises:
        NotAllowedError: If the role may not read bookings.
    """
    asked = list(hearing_ids)
    rows = connection.execute(
        "SELECT l.hearing_id, l.booking_id FROM booking_hearing AS l"
        " WHERE l.hearing_id IN (SELECT value FROM json_each(?)) AND l.ended_at = ''",
        (json.dumps(asked),),
    ).fetchall()
    found = lines(connection, {booking_id for _hearing, booking_id in rows}, user=user)
    by_hearing: dict[str, list[BookingLine]] = {}
    for hearing_id, booking_id in rows:
        if booking_id in found:
            by_hearing.setdefault(hearing_id, []).append(found[booking_id])
    for each in by_hearing.values():
        each.sort(key=lambda line: line.place)
    return by_hearing


def of_person(connection: Connection, person_id: str, *, user: User) -> list[BookingLine]:
    """The bookings for a person, the newest first, at most a page.

    Raises:
        NotAllowedError: If the role may not read bookings.
    """
    return _some(connection, "b.person_id = ? ORDER BY b.starts_at DESC", person_id, user)


def of_interpreter(connection: Connection, interpreter_id: str, *, user: User) -> list[BookingLine]:
    """The bookings of an interpreter, the latest first, at most a page.

    Raises:
        NotAllowedError: If the role may not read bookings.
    """
    condition = (
        "b.interpreter_key = (SELECT key FROM interpreter WHERE id = ?) ORDER BY b.until DESC"
    )
    return _some(connection, condition, interpreter_id, user)


def _some(connection: Connection, condition: str, value: str, user: User) -> list[BookingLine]:
    roles.require(user, Act.READ_BOOKINGS)
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM {_FROM} WHERE {condition} LIMIT ?", (value, Want().limit_rows)
    ).fetchall()
    return _lines(rows)


def find(connection: Connection, text: str, *, user: User, limit_rows: int) -> list[BookingLine]:
    """The bookings with this reference, ours or the supplier's, or for a hearing of this case.

    Raises:
        NotAllowedError: If the role may not read bookings.
    """
    roles.require(user, Act.READ_BOOKINGS)
    key = compact(text)
    if not key:
        return []
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM {_FROM} WHERE b.id IN ("
        "SELECT id FROM booking WHERE ref_key = ?1 UNION"
        " SELECT id FROM booking WHERE reference_key = ?1 UNION"
        " SELECT l.booking_id FROM hearing AS h JOIN booking_hearing AS l ON l.hearing_id = h.id"
        f" WHERE h.case_key = ?1 AND l.ended_at = '') ORDER BY {_ORDER} LIMIT ?2",
        (key, limit_rows),
    ).fetchall()
    return _lines(rows)


def id_of_ref(connection: Connection, text: str) -> str:
    """The id of the booking with this reference, ours or the supplier's.

    Raises:
        NotFoundError: If no booking, or more than one, goes by it.
    """
    from deskapp.data import refs  # the first page names no reference

    own = refs.id_of(connection, "booking", text)
    if own is not None:
        return own
    rows = connection.execute(
        "SELECT id FROM booking WHERE reference_key = ? LIMIT 2", (compact(text) or "-",)
    ).fetchall()
    if len(rows) != 1:
        message = _("No booking on this desk goes by the reference {ref}. Check each letter.")
        if rows:
            message = _("Several bookings have the reference {ref}. Enter our own, like {own}.")
        raise NotFoundError(message.format(ref=one_line(text), own="B-7KM-4X9-3CK"))
    return str(rows[0][0])


def no_such_booking() -> NotFoundError:
    """What is said of a booking that is not here."""
    return NotFoundError(_("There is no such booking on this desk."))


def _lines(rows: Iterable[tuple[Any, ...]]) -> list[BookingLine]:
    return [_line(row) for row in rows]


def _line(row: tuple[Any, ...]) -> BookingLine:
    values = dict(zip(BookingLine._fields, row, strict=True))
    served = [Served(*each) for each in json.loads(values["hearings"])]
    return BookingLine(
        **values
        | {name: kind(values[name]) for name, kind in _READ.items()}
        | {"hearings": tuple(sorted(served, key=lambda each: (each.start, each.hearing_id)))}
    )


def _instant(text: str) -> dt.datetime | None:
    return instant(text) if text else None


_READ: Mapping[str, Callable[[Any], Any]] = {
    "kind": Kind,
    "route": Route,
    "mode": Mode,
    "status": Status,
    "day": dt.date.fromisoformat,
    "start": dt.datetime.fromisoformat,
    "end": dt.datetime.fromisoformat,
    "starts_at": instant,
    "ends_at": instant,
    "assigned_at": _instant,
    "requested_at": _instant,
    "arrived_at": _instant,
    "released_at": _instant,
    "acknowledged": bool,
}
"""What the columns of a line are read by; the others are as they stand."""
