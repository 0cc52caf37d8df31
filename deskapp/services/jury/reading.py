"""What the jury desk reads of a day: who is expected, where they are, and its worklists in pages.

Expected at a court on a day is whoever has a record there, is on a running trial there, or is due:
each counts once, so that the figures always add up. Source: jury sheet, sections 5, 8 and 9.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from deskapp import roles
from deskapp.data.connection import Connection
from deskapp.roles import Act
from deskapp.services.jury import counts, lines
from deskapp.services.jury.acting import Acting
from deskapp.services.jury.counts import Place
from deskapp.services.jury.day_lists import (
    CALLED,
    COUNTED,
    DUE,
    LISTS,
    SWORN,
    TRIALS,
    DayList,
    Which,
)
from deskapp.services.jury.lines import JurorLine
from deskapp.services.jury.stages import OPEN
from deskapp.services.paging import Page, Want


@dataclass(frozen=True)
class DayView:
    """The figures of the date in force."""

    counts: dict[Place, int]
    """Together they are those expected."""
    on_call: int
    previous_unconfirmed: dt.date | None
    """The working day before, when something of it is not confirmed."""
    locked: bool
    trials: int
    """Running that day."""
    juries_unconfirmed: int
    """Of the jurors sworn on them, those whose day is not confirmed."""

    @property
    def expected(self) -> int:
        """How many are expected."""
        return sum(self.counts.values())


def day(connection: Connection, acting: Acting) -> DayView:
    """The figures of the date in force at the court in force.

    Raises:
        NotAllowedError: If the role may not read of jurors.
    """
    roles.require(acting.user, Act.READ_JURY)
    found = dict.fromkeys(Place, 0)
    juries_unconfirmed = 0
    day_on = acting.date.isoformat()
    today = (acting.court, day_on)
    for *row, on_trial, count in connection.execute(COUNTED, (day_on, day_on, *today)).fetchall():
        recorded = lines.record(row)
        found[Place.ON_TRIAL if on_trial else counts.of_record(recorded)] += count
        if on_trial and recorded.stage in OPEN:
            juries_unconfirmed += count
    unrecorded = _count(connection, SWORN, acting)
    found[Place.ON_TRIAL] += unrecorded
    found[Place.NOT_CHECKED_IN] += _count(connection, DUE, acting)
    return DayView(
        found,
        on_call=_count(connection, CALLED, acting),
        previous_unconfirmed=previous_unconfirmed(connection, acting),
        locked=acting.desk.locked,
        trials=_count(connection, TRIALS, acting),
        juries_unconfirmed=juries_unconfirmed + unrecorded,
    )


def page(
    connection: Connection, want: Want, acting: Acting, which: Which, *, pool: str = ""
) -> Page[JurorLine]:
    """A page of a list; lists of a day by juror number, the others by name.

    Args:
        connection: The store.
        want: Which page.
        acting: At which court on which day.
        which: Which list.
        pool: Only jurors of this pool.

    Raises:
        NotAllowedError: If the role may not read of jurors.
    """
    roles.require(acting.user, Act.READ_JURY)
    source = LISTS[which]
    place, order = want.clause(source.order)
    of_pool = "m.pool = ?" if pool else "TRUE"
    rows = connection.execute(
        f"SELECT m.juror, {source.order} FROM {source.table} WHERE {source.condition}"
        f" AND {of_pool} AND {place} ORDER BY {order} LIMIT ?",
        (*_values(source, acting), *([pool] if pool else ()), *want.place, want.limit),
    ).fetchall()
    places = {juror: tuple(place) for juror, *place in rows}
    found = lines.of_numbers(connection, acting, places)
    return want.page([lines.at(each, places[each.number]) for each in found])


def place_of(
    connection: Connection, acting: Acting, which: Which, number: str
) -> tuple[str | int, ...]:
    """Where a juror stands in a list, to go on behind them; nowhere for who is not in it."""
    source = LISTS[which]
    row = connection.execute(
        f"SELECT {source.order} FROM {source.table} WHERE {source.condition} AND m.juror = ?",
        (*_values(source, acting), number),
    ).fetchone()
    return tuple(row or ())


def expected(connection: Connection, acting: Acting, *, pool: str = "") -> list[JurorLine]:
    """Everybody expected on the date in force, by number; thousands at most.

    Raises:
        NotAllowedError: If the role may not read of jurors.
    """
    roles.require(acting.user, Act.READ_JURY)
    return lines.of_numbers(connection, acting, numbers(connection, acting, Which.EXPECTED, pool))


def numbers(connection: Connection, acting: Acting, which: Which, pool: str = "") -> list[str]:
    """Numbers of all jurors of a list, in its order.

    Raises:
        NotAllowedError: If the role may not read of jurors.
    """
    roles.require(acting.user, Act.READ_JURY)
    source = LISTS[which]
    of_pool = "m.pool = ?" if pool else "TRUE"
    rows = connection.execute(
        f"SELECT m.juror FROM {source.table} WHERE {source.condition} AND {of_pool}"
        f" ORDER BY {source.order}",
        (*_values(source, acting), *([pool] if pool else ())),
    ).fetchall()
    return [row[0] for row in rows]


def unconfirmed_days(connection: Connection, acting: Acting) -> list[tuple[dt.date, int]]:
    """Days up to the one in force on which somebody is not confirmed, and how many, newest first.

    Raises:
        NotAllowedError: If the role may not read of jurors.
    """
    roles.require(acting.user, Act.READ_JURY)
    rows = connection.execute(
        "SELECT day, count(*) FROM attendance WHERE court = ? AND day <= ?"
        " AND stage IN ('CHECKED_IN', 'CHECKED_OUT') GROUP BY day ORDER BY day DESC LIMIT 100",
        (acting.court, acting.date.isoformat()),
    ).fetchall()
    return [(dt.date.fromisoformat(text), count) for text, count in rows]


def previous_unconfirmed(connection: Connection, acting: Acting) -> dt.date | None:
    """The working day before, when something of it is not confirmed."""
    before = acting.calendar.add_working_days(acting.date, -1)
    row = connection.execute(
        "SELECT 1 FROM attendance WHERE court = ? AND stage IN ('CHECKED_IN', 'CHECKED_OUT')"
        " AND day = ? LIMIT 1",
        (acting.court, before.isoformat()),
    ).fetchone()
    return before if row else None


def _values(source: DayList, acting: Acting) -> list[str | bool]:
    given: dict[str, str | bool] = {
        "c": acting.court,
        "d": acting.date.isoformat(),
        "s": acting.calendar.is_working_day(acting.date),
    }
    return [given[each] for each in source.values]


def _count(connection: Connection, source: DayList, acting: Acting) -> int:
    [(number,)] = connection.execute(
        f"SELECT count(*) FROM {source.table} WHERE {source.condition}", _values(source, acting)
    ).fetchall()
    return int(number)
