"""Closing a day at a court: every hearing has a result first.

Source: hearings sheet, sections 2 and 9.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple

from deskapp import roles
from deskapp.data.sessions import plain
from deskapp.errors import DeskError
from deskapp.i18n import ngettext, number
from deskapp.roles import Act
from deskapp.services.hearings import bearings, codes, events, order, resulting, results
from deskapp.services.hearings.board import LISTED
from deskapp.services.hearings.codes import RefusedError
from deskapp.services.hearings.day import State
from deskapp.services.hearings.events import Code
from deskapp.services.hearings.readiness import Bearing
from deskapp.services.hearings.results import Outcome

if TYPE_CHECKING:
    from sqlmodel import Session

    from deskapp.data.connection import Connection
    from deskapp.services.hearings.acting import Acting


class DayOpenError(DeskError):
    """Hearings without a result keep the day open."""


class Closing(NamedTuple):
    """How a day stands before it is closed."""

    closed_at: dt.datetime | None
    """``None`` while it is open."""
    waiting: list[Bearing]
    """Hearings that need a result first."""
    not_reached: list[Bearing]
    """Hearings that closing adjourns for want of time."""


def look(connection: Connection, acting: Acting, site: str, day: dt.date) -> Closing:
    """What closing a day would meet.

    Raises:
        NotAllowedError: If the role may not read hearings.
    """
    roles.require(acting.user, Act.READ_HEARINGS)
    ids = [each[-1] for each in order.of_day(connection, site, day)]
    found = [
        bearing
        for bearing in bearings.each(connection, acting, ids)
        if bearing.hearing.list_state == LISTED and bearing.day.result is None
    ]
    key = events.day_key(site, day)
    closed = [each for each in events.of(connection, [key]).get(key, []) if each.code == Code.CLOSE]
    return Closing(
        closed[-1].at if closed else None,
        [each for each in found if each.day.state is not State.NOT_REACHED],
        [each for each in found if each.day.state is State.NOT_REACHED],
    )


def close(session: Session, acting: Acting, site: str, day: dt.date, *, event_id: str) -> int:
    """Close a day; how many hearings that were not reached are adjourned by that.

    Raises:
        DayOpenError: If a hearing needs a result first.
        RefusedError: ``H_FUTURE_RESULT`` for a day to come.
        NotAllowedError: If the role may not close days.
    """
    roles.require(acting.user, Act.MANAGE_HEARINGS)
    if events.is_there(session, event_id):
        return 0
    if day > acting.today:
        raise RefusedError(codes.Code.FUTURE_RESULT)
    found = look(plain(session), acting, site, day)
    if found.waiting:
        message = ngettext(
            "{count} hearing has no result yet. Enter it, or mark the hearing as not reached.",
            "{count} hearings have no result yet. Enter them, or mark them as not reached.",
            len(found.waiting),
        )
        raise DayOpenError(message.format(count=number(len(found.waiting))))
    from deskapp.data.ids import new_id

    adjourned = {"result": Outcome.ADJOURNED.value, "reason": results.NO_TIME}
    for bearing in found.not_reached:
        resulting.give(session, acting, bearing.hearing.id, adjourned, event_id=new_id())
    told = {"site": site, "day": day.isoformat(), "adjourned": len(found.not_reached)}
    key = events.day_key(site, day)
    events.add(session, acting, key, Code.CLOSE, told, event_id=event_id)
    return len(found.not_reached)
