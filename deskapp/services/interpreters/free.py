"""Who is free when: what stands against a booking in the store, what to offer, who is here now.

The searches go by the index of bookings of one interpreter, however many bookings there are.
Source: interpreter sheet, section 6.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from deskapp import roles
from deskapp.clock import instant, local, stamp
from deskapp.errors import DeskError
from deskapp.i18n import _, clock_time
from deskapp.roles import Act
from deskapp.services.interpreters import conflicts, lines, register, worklists
from deskapp.services.interpreters.bookings import Booking, Mode, Status
from deskapp.services.interpreters.conflicts import Clash, Finding, Part, Unavailable
from deskapp.services.interpreters.lines import BookingLine
from deskapp.services.interpreters.register import InterpreterLine
from deskapp.services.interpreters.settings import Settings
from deskapp.services.interpreters.wall import MINUTE, ONE_DAY
from deskapp.services.interpreters.worklists import Which
from deskapp.services.paging import Want

if TYPE_CHECKING:
    from deskapp.data.connection import Connection
    from deskapp.services.interpreters.acting import Acting

HELD = (
    "SELECT id, interpreter_key, status, starts_at, ends_at, site, mode, released_at,"
    " supplier_ref, assigned_at FROM booking"
    " WHERE interpreter_key = ? AND until > ? AND starts_at < ?"
    " AND status IN ('assigned', 'confirmed', 'in_attendance', 'fulfilled',"
    " 'customer_did_not_attend')"
)
"""Bookings that keep one interpreter between two instants; read by ``booking_by_interpreter``."""
AWAY = (
    "SELECT a.id, i.key, a.first_on, a.last_on, a.part FROM interpreter AS i"
    " JOIN interpreter_away AS a ON a.interpreter_id = i.id"
    " WHERE i.key = ? AND a.last_on >= ? AND a.first_on <= ? AND a.taken_back_at = ''"
)


class Offers(NamedTuple):
    """What may be done instead of a booking that is blocked."""

    starts: list[dt.datetime]
    """Free start times of that day for the same interpreter, as instants, the nearest first."""
    others: list[InterpreterLine]
    """Others who are free at that time and have the language."""


class BlockedError(DeskError):
    """An interpreter cannot be booked then; ``offers`` say what can be done instead."""

    def __init__(self, findings: list[Finding], offers: Offers) -> None:
        self.findings = findings
        self.offers = offers
        told = [each.words for each in findings if each.blocks]
        if offers.starts:
            times = ", ".join(clock_time(local(each)) for each in offers.starts)
            told.append(_("Free that day at: {times}.").format(times=times))
        if offers.others:
            names = ", ".join(each.name for each in offers.others)
            told.append(_("Free at that time: {names}.").format(names=names))
        super().__init__("\n".join(dict.fromkeys(told)))


class Here(NamedTuple):
    """An interpreter who is in the building, and until when they are spoken for."""

    booking: BookingLine
    free: bool
    """Released, or not booked any more now."""
    next_at: dt.datetime | None
    """When they are booked next on this day, anywhere; none when they are not."""


def findings(connection: Connection, candidate: Booking, settings: Settings) -> list[Finding]:
    """Everything that stands against a booking for its interpreter, by code and then id.

    Args:
        connection: The store.
        candidate: With the key of the interpreter as ``interpreter_id``.
        settings: Travel times and where midday is.
    """
    existing, away = _around(connection, candidate, settings)
    return conflicts.findings(candidate, existing, away, settings)


def offers(
    connection: Connection,
    candidate: Booking,
    settings: Settings,
    others: Iterable[InterpreterLine],
) -> Offers:
    """What may be done instead: other times of that day, or ``others`` who are free.

    At most so many of each as the settings say.
    """
    existing, away = _around(connection, candidate, settings, whole_day=True)
    starts = conflicts.other_starts(candidate, existing, away, settings)
    free: list[InterpreterLine] = []
    for other in others:
        if len(free) >= settings.offers:
            break
        asked = replace(candidate, interpreter_id=other.key)
        if other.key != candidate.interpreter_id and not findings(connection, asked, settings):
            free.append(other)
    return Offers(starts, free)


def offers_for(connection: Connection, booking_id: str, acting: Acting) -> list[InterpreterLine]:
    """Who has the language of a booking, is not to be avoided, and is free at its time.

    Raises:
        NotFoundError: If there is no such booking.
        NotAllowedError: If the role may not read bookings.
    """
    line = lines.line(connection, booking_id, user=acting.user)
    able = register.able(connection, line, user=acting.user)
    nobody = replace(line.held, interpreter_id=None)
    return offers(connection, nobody, acting.settings, able).others


def here(connection: Connection, acting: Acting) -> list[Here]:
    """Who is in the building today, those who are free now first.

    Raises:
        NotAllowedError: If the role may not read bookings.
    """
    roles.require(acting.user, Act.READ_BOOKINGS)
    today = worklists.page(connection, Want(limit_rows=_MOST_HERE), acting, Which.TODAY).lines
    arrived = [
        each
        for each in today
        if each.arrived_at is not None
        and each.mode is Mode.F2F
        and (each.status is Status.IN_ATTENDANCE or each.ends_at > acting.now)
    ]
    found = [_here(connection, each, acting) for each in _last_of_each(arrived)]
    return sorted(found, key=lambda each: (not each.free, each.booking.interpreter))


_MOST_HERE = 1000
"""Bookings of a day that are looked at; a busy day has a thousand."""


def _last_of_each(arrived: Iterable[BookingLine]) -> list[BookingLine]:
    """Of each interpreter the booking that keeps them now, or else the last that did."""
    last: dict[str, BookingLine] = {}
    for each in arrived:
        before = last.get(each.interpreter_key)
        busy = each.status is Status.IN_ATTENDANCE and each.released_at is None
        if before is None or busy or before.released_at is not None:
            last[each.interpreter_key] = each
    return list(last.values())


def _here(connection: Connection, line: BookingLine, acting: Acting) -> Here:
    rows = connection.execute(
        HELD, (line.interpreter_key, stamp(acting.now), stamp(acting.now + ONE_DAY))
    ).fetchall()
    later = [instant(row[3]) for row in rows if row[0] != line.id and row[2] != "in_attendance"]
    today = [at for at in later if local(at).date() == acting.today]
    free = line.released_at is not None or line.status is not Status.IN_ATTENDANCE
    return Here(line, free, min(today, default=None))


def _around(
    connection: Connection, candidate: Booking, settings: Settings, *, whole_day: bool = False
) -> tuple[list[Booking], list[Unavailable]]:
    """The bookings of the interpreter near enough to matter, and when they are away."""
    if candidate.interpreter_id is None:
        return [], []
    longest = max(
        settings.default_travel_minutes,
        settings.remote_changeover_minutes,
        *settings.travel.values(),
        0,
    )
    margin = ONE_DAY if whole_day else longest * MINUTE + MINUTE
    span = candidate.occupied
    first, last = span.start - margin, span.end + margin
    rows = connection.execute(HELD, (candidate.interpreter_id, stamp(first), stamp(last)))
    existing = [_booking(row) for row in rows.fetchall()]
    away = connection.execute(
        AWAY,
        (
            candidate.interpreter_id,
            local(first).date().isoformat(),
            local(last).date().isoformat(),
        ),
    )
    return existing, [_unavailable(row) for row in away.fetchall()]


def _booking(row: tuple[str, ...]) -> Booking:
    return Booking(
        row[0],
        row[1],
        Status(row[2]),
        instant(row[3]),
        instant(row[4]),
        row[5],
        Mode(row[6]),
        instant(row[7]) if row[7] else None,
        row[8],
        instant(row[9]) if row[9] else None,
    )


def _unavailable(row: tuple[str, ...]) -> Unavailable:
    first, last = (dt.date.fromisoformat(text) for text in row[2:4])
    return Unavailable(row[0], row[1], first, last, Part(row[4]))


def blocked(found: Iterable[Finding]) -> bool:
    """Whether a booking cannot be saved."""
    return any(each.blocks for each in found)


def travel(found: Iterable[Finding]) -> list[Finding]:
    """Those where an officer may go on with a reason."""
    return [each for each in found if each.clash is Clash.TRAVEL]
