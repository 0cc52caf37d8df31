"""Everything the desk knows of one juror: who, in which pools, every day, every step.

Source: jury sheet, sections 2, 3 and 5.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, NamedTuple

from deskapp import roles
from deskapp.data.connection import Connection
from deskapp.roles import Act
from deskapp.services.jury import covering, doing, history, lines, numbers
from deskapp.services.jury.acting import Acting
from deskapp.services.jury.attendance import Record
from deskapp.services.jury.doing import Offer
from deskapp.services.jury.events import Code
from deskapp.services.jury.lines import JurorLine
from deskapp.services.jury.stages import Status
from deskapp.services.persons.withheld import Cover


class Person(NamedTuple):
    """How to reach the juror, and what must be known of them."""

    phones: tuple[str, ...]
    email: str
    reach_by: str
    """``none``, ``email`` or ``text``."""
    postcode: str
    police_check: str
    notes: str
    smart_card: str


class Membership(NamedTuple):
    """The juror in one pool."""

    pool: str
    court: str
    status: Status
    active: bool
    next_on: dt.date | None
    on_call: bool
    service_start: dt.date
    deferrals: int
    deferred_to: dt.date | None
    reason: str
    completed_on: dt.date | None
    transferred_on: dt.date | None


class DayLine(NamedTuple):
    """A day that is recorded, at whatever court."""

    id: str
    """Of its row, and of its claim."""
    day: dt.date
    court: str
    pool: str
    record: Record
    travel_minutes: int
    by_list: bool
    recorded_by: tuple[str, ...]
    """Names of everybody who recorded any of it."""


class EventLine(NamedTuple):
    """One thing that was done."""

    id: str
    code: Code
    at: dt.datetime
    officer: str
    """Name of who did it; empty for somebody of a desk that is not known here."""
    court: str
    day: dt.date | None
    note: str
    data: dict[str, object]


class JurorRecord(NamedTuple):
    """Everything of a juror."""

    line: JurorLine
    person: Person
    memberships: tuple[Membership, ...]
    """The one that counts first."""
    days: tuple[DayLine, ...]
    """The newest first."""
    events: tuple[EventLine, ...]
    """The newest first."""
    offers: tuple[Offer, ...]


def look(connection: Connection, acting: Acting, number: str) -> JurorRecord:
    """Everything of the juror with this number, or to whom the row with this id belongs.

    Raises:
        RefusedError: ``BAD_NUMBER`` or ``JUROR_NOT_FOUND``.
        NotAllowedError: If the role may not read of jurors.
    """
    roles.require(acting.user, Act.READ_JURY)
    number = numbers.juror_number(_number_of(connection, number) or number)
    line = lines.line(connection, acting, number)
    names = dict(connection.execute("SELECT id, name FROM officer").fetchall())
    cover = covering.cover(connection, number)
    return JurorRecord(
        line,
        _person(connection, number, cover),
        _memberships(connection, number),
        _days(connection, number, names),
        _events(connection, number, names, cover),
        doing.offers(connection, acting, number),
    )


def _number_of(connection: Connection, row_id: str) -> str:
    """The juror of a row; empty when there is no such row."""
    for question in (
        "SELECT number FROM juror WHERE id = ?",
        "SELECT juror FROM juror_in_pool WHERE id = ?",
        "SELECT juror FROM attendance WHERE id = ?",
    ):
        row = connection.execute(question, (row_id,)).fetchone()
        if row:
            return str(row[0])
    return ""


def _person(connection: Connection, number: str, cover: Cover) -> Person:
    [row] = connection.execute(
        "SELECT phone, phone_2, phone_3, email, reach_by, postcode, police_check, notes,"
        " smart_card FROM juror WHERE number = ?",
        (number,),
    ).fetchall()
    email, reach_by, postcode, police_check, notes, smart_card = row[3:]
    return Person(
        tuple(cover.phone(phone) for phone in row[:3] if phone),
        cover.email(email),
        reach_by,
        cover.postcode(postcode),
        police_check,
        cover.text(notes),
        smart_card,
    )


def _memberships(connection: Connection, number: str) -> tuple[Membership, ...]:
    rows = connection.execute(
        "SELECT pool, court, status, active, next_on, on_call, service_start, deferrals,"
        " deferred_to, reason, completed_on, transferred_on FROM juror_in_pool"
        " WHERE juror = ? ORDER BY active DESC, service_start DESC, pool",
        (number,),
    ).fetchall()
    return tuple(map(_membership, rows))


def _membership(row: tuple[Any, ...]) -> Membership:
    (pool, court, status, active, next_on, on_call, start, deferrals, deferred_to, reason,
     completed_on, transferred_on) = row  # fmt: skip
    return Membership(
        pool,
        court,
        Status(status),
        bool(active),
        lines.date(next_on),
        bool(on_call),
        dt.date.fromisoformat(start),
        deferrals,
        lines.date(deferred_to),
        reason,
        lines.date(completed_on),
        lines.date(transferred_on),
    )


def _days(connection: Connection, number: str, names: dict[str, str]) -> tuple[DayLine, ...]:
    rows = connection.execute(
        f"SELECT id, day, court, pool, travel_minutes, by_list, recorded_by, {lines.RECORD}"
        " FROM attendance WHERE juror = ? AND kind <> '' ORDER BY day DESC, court",
        (number,),
    ).fetchall()
    return tuple(
        DayLine(
            row_id,
            dt.date.fromisoformat(day),
            court,
            pool,
            lines.record(recorded),
            travel,
            bool(by_list),
            tuple(names.get(each, "") for each in by.split()),
        )
        for row_id, day, court, pool, travel, by_list, by, *recorded in rows
    )


def _events(
    connection: Connection, number: str, names: dict[str, str], cover: Cover
) -> tuple[EventLine, ...]:
    return tuple(
        EventLine(
            each.id,
            each.code,
            each.at,
            names.get(each.officer, ""),
            each.court,
            each.day,
            cover.text(each.note),
            cover.anywhere(dict(each.data)),
        )
        for each in history.of_juror(connection, number)
    )
