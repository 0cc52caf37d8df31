"""What was done with jurors, as it is kept: written once, read newest first."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from deskapp.clock import instant, stamp
from deskapp.data.connection import Connection
from deskapp.services.jury.acting import Acting
from deskapp.services.jury.events import Code, Event
from deskapp.text import clean, cleaned

if TYPE_CHECKING:
    from sqlmodel import Session

NOTHING: Mapping[str, object] = {}
_COLUMNS = "id, juror, code, at, officer_id, pool, court, day, note, data"


class Told(NamedTuple):
    """What is about to be written down."""

    id: str
    code: Code
    juror: str = ""
    """Empty for a step for many."""
    pool: str = ""
    home_site: str = ""
    """Of the juror's rows; of the officer when empty."""
    note: str = ""
    data: Mapping[str, object] = NOTHING
    day: dt.date | None = None
    """Another day than the one in force."""


def add(session: Session, acting: Acting, told: Iterable[Told]) -> None:
    """Write down what was done, by whom and when."""
    from deskapp.data.jury_tables import JurorEvent

    for each in told:
        session.add(
            JurorEvent(
                id=each.id,
                home_site=each.home_site or acting.user.site,
                at=stamp(acting.at),
                officer_id=acting.user.id,
                juror=each.juror,
                pool=each.pool,
                court=acting.court,
                day=(each.day or acting.date).isoformat(),
                code=each.code.value,
                note=clean(each.note),
                data=json.dumps(dict(each.data), ensure_ascii=False),
            )
        )


def has(connection: Connection, event_id: str) -> bool:
    """Whether a step was written down already."""
    return bool(
        connection.execute("SELECT 1 FROM juror_event WHERE id = ?", (event_id,)).fetchone()
    )


def get(connection: Connection, event_id: str) -> Event | None:
    """One step, as it was written."""
    row = connection.execute(
        f"SELECT {_COLUMNS} FROM juror_event WHERE id = ?", (event_id,)
    ).fetchone()
    return _event(row) if row else None


def of_juror(connection: Connection, number: str, *, limit: int = 500) -> list[Event]:
    """What was done with a juror, the newest first."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM juror_event WHERE juror = ? ORDER BY hlc DESC LIMIT ?",
        (number, limit),
    ).fetchall()
    return [_event(row) for row in rows]


def steps_of(connection: Connection, acting: Acting) -> Iterator[Event]:
    """What the user did on the date in force at the court in force, the newest first."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM juror_event WHERE court = ? AND day = ? AND officer_id = ?"
        " ORDER BY hlc DESC",
        (acting.court, acting.date.isoformat(), acting.user.id),
    )
    for row in rows:
        yield _event(row)


def _event(row: tuple[Any, ...]) -> Event:
    event_id, juror, code, at, officer, pool, court, day, note, data = row
    return Event(
        event_id,
        juror,
        Code(code),
        instant(at),
        officer,
        pool,
        court,
        dt.date.fromisoformat(day) if day else None,
        note,
        cleaned(json.loads(data)),
    )
