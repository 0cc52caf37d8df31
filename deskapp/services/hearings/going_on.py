"""Adjourning to another day: the next hearing, with everything and everybody it needs.

Source: hearings sheet, section 3.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple

from deskapp import roles
from deskapp.clock import LONDON, stamp
from deskapp.data.sessions import plain
from deskapp.i18n import _
from deskapp.roles import Act
from deskapp.services.hearings import carrying, codes, events, needing, needs, rooms
from deskapp.services.hearings.events import Code
from deskapp.services.hearings.results import Next
from deskapp.services.hearings.stored import Hearing

if TYPE_CHECKING:
    from sqlmodel import Session

    from deskapp.data.connection import Connection
    from deskapp.services.hearings.acting import Acting


class Given(NamedTuple):
    """What a result led to."""

    next_id: str = ""
    """The hearing at which it goes on; empty for none."""
    bookings: tuple[str, ...] = ()
    """Draft bookings for it."""
    warnings: tuple[str, ...] = ()
    """What to look at, already translated."""


def make_next(session: Session, acting: Acting, hearing: Hearing, asked: Next) -> Given:
    """Make the next hearing; needs follow, the interpreter is asked for again unless not wanted."""
    from deskapp.data.ids import new_id

    connection = plain(session)
    next_id = new_id()
    clash = rooms_clash(connection, hearing.site, asked)
    _copy(session, acting, hearing, asked, next_id)
    session.flush()
    needing.carried_on(
        session, acting, hearing.subject_key, needs.subject_key(next_id, hearing.case_key)
    )
    warnings = [codes.told(codes.Code.ROOM_CLASH)] if clash else []
    made = carrying.carry(session, acting, hearing.id, next_id) if asked.carry else []
    if made and not roles.may(acting.user, Act.WORK_BOOKINGS):
        warnings.append(_("The interpreter is kept as a draft: the office sends the request."))
    told = {"hearing": next_id, "day": asked.day.isoformat(), "bookings": len(made)}
    events.add(session, acting, hearing.id, Code.NEXT, {**told, "from": False})
    came = {"hearing": hearing.id, "day": hearing.day.isoformat(), "bookings": len(made)}
    events.add(session, acting, next_id, Code.NEXT, {**came, "from": True})
    return Given(next_id, tuple(made), tuple(warnings))


def _copy(session: Session, acting: Acting, hearing: Hearing, asked: Next, next_id: str) -> None:
    from deskapp.data.hearing_tables import Hearing as Row

    before = session.get_one(Row, hearing.id)
    begin = dt.datetime.combine(asked.day, asked.start, LONDON)
    same = (
        "site", "house", "case_ref", "case_key", "case_name", "hearing_type", "description",
        "channel", "panel", "judiciary", "restricted", "restriction", "parties",
    )  # fmt: skip
    session.add(
        Row(
            id=next_id,
            home_site=acting.user.site,
            day=asked.day.isoformat(),
            start=f"{asked.start:%H:%M}",
            starts_at=stamp(begin),
            minutes=asked.minutes,
            room=asked.room,
            **{name: getattr(before, name) for name in same},
        )
    )


def rooms_clash(connection: Connection, site: str, asked: Next) -> bool:
    """Whether another hearing is planned in the room at that time; usual for block lists.

    Source: section 7, ``H_ROOM_CLASH``.
    """
    if not asked.room:
        return False
    rows = connection.execute(
        "SELECT room, start, minutes FROM hearing WHERE site = ? AND day = ? AND start <> ''"
        " AND list_state = 'listed'",
        (site, asked.day.isoformat()),
    ).fetchall()
    begin = asked.start.hour * 60 + asked.start.minute
    for room, start, minutes in rows:
        other = int(start[:2]) * 60 + int(start[3:5])
        overlaps = other < begin + asked.minutes and begin < other + (minutes or 1)
        if overlaps and rooms.key_of(room) == rooms.key_of(asked.room):
            return True
    return False
