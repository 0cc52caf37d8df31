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
from deskapp.i18n import _
from deskapp.roles import Act, User
from deskapp.services.interpreters import bookings, languages
from deskapp.services.interpreters.bookings import Booking, Kind, Mode, Route, Status
from deskapp.services.paging import Want
from deskapp.text import one_line

if TYPE_CHECKING:
    from deskapp.data.connection import Connection


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
    def missed(self) -> list[Served]:
        """The hearings that begin before the booking does, or once it has ended."""
        return missed(self.hearings, self.start, self.end)

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


def missed(hearings: Iterable[Served], start: dt.datetime, end: dt.datetime) -> list[Served]:
    """Those of the hearings that still stand but begin outside these times, as wall clock."""
    return [
        each
        for each in hearings
        if each.start
        and each.list_state == "listed"
        and not start <= dt.datetime.combine(start, dt.time.fromisoformat(each.start)) < end
    ]


COLUMNS = (
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
FROM = "booking AS b LEFT JOIN interpreter AS i ON i.id = b.interpreter_id"


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
        f"SELECT {COLUMNS} FROM {FROM} WHERE b.id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(booking_ids)),),
    ).fetchall()
    return {each.id: each for each in of_rows(rows)}


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
        f"SELECT {COLUMNS} FROM {FROM} WHERE {condition} LIMIT ?", (value, Want().limit_rows)
    ).fetchall()
    return of_rows(rows)


def no_such_booking() -> NotFoundError:
    """What is said of a booking that is not here."""
    return NotFoundError(_("There is no such booking on this desk."))


def of_rows(rows: Iterable[tuple[Any, ...]]) -> list[BookingLine]:
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
