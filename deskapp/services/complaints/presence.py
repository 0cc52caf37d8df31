"""Who else has a complaint open: told at other desks once it was exchanged, for a while.

Nobody is kept out by it. A desk that exchanges with nobody keeps nothing. Source: complaints sheet,
section 9.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from deskapp.clock import instant, local
from deskapp.data.connection import Connection
from deskapp.data.ids import new_id
from deskapp.data.sessions import plain
from deskapp.i18n import _, clock_time
from deskapp.services.complaints import stored
from deskapp.services.complaints.acting import Acting
from deskapp.services.complaints.events import Code, Event
from deskapp.services.complaints.moves import MOVES

if TYPE_CHECKING:
    from sqlmodel import Session


class Opened(NamedTuple):
    """Somebody at another desk who opened a complaint and did nothing with it since."""

    name: str
    at: dt.datetime
    move: str
    """The move whose form they began; empty when they look."""


def note(session: Session, acting: Acting, complaint_id: str, move: str = "") -> None:
    """Keep that somebody opened a complaint, or began the form of a move; once in a while."""
    connection = plain(session)
    [(is_joined,)] = connection.execute("SELECT enrolled_at IS NOT NULL FROM sync_state").fetchall()
    if not is_joined:
        return
    last = connection.execute(
        "SELECT at FROM complaint_event WHERE complaint_id = ? AND code = ? AND officer_id = ?"
        " AND coalesce(json_extract(data, '$.move'), '') = ? ORDER BY hlc DESC LIMIT 1",
        (complaint_id, Code.OPENED, acting.user.id, move),
    ).fetchone()
    if last and acting.now - instant(last[0]) < _while(acting):
        return
    event = Event(
        id=new_id(),
        complaint=complaint_id,
        code=Code.OPENED,
        at=acting.at,
        officer=acting.user.id,
        role=acting.user.role.value,
        data={"move": move} if move else {},
    )
    stored.add(session, event, site=acting.user.site)


def elsewhere(
    connection: Connection, acting: Acting, events: Iterable[Event], names: Mapping[str, str]
) -> tuple[Opened, ...]:
    """Who opened a complaint at another desk lately and did nothing with it since.

    Args:
        connection: Where this desk says which it is.
        acting: Who asks, and when.
        events: Of the complaint, in their order.
        names: Officer id -> name.
    """
    [(own_desk,)] = connection.execute("SELECT desk_id FROM sync_state").fetchall()
    last = {event.officer: event for event in events if event.code != Code.VIEWED}
    since = acting.now - _while(acting)
    return tuple(
        Opened(names.get(event.officer, ""), event.at, event.text("move"))
        for event in last.values()
        if event.code == Code.OPENED and event.desk != own_desk and event.at > since
    )


def words(opened: Iterable[Opened]) -> str:
    """Who else has a complaint open, since when and for what, in the language in use."""
    told = []
    for each in opened:
        move = next((_(move.label) for code, move in MOVES.items() if code == each.move), "")
        since = _("{name} since {time}").format(
            name=each.name or _("somebody"), time=clock_time(local(each.at))
        )
        told.append(f"{since}: {move}" if move else since)
    return ", ".join(told)


def _while(acting: Acting) -> dt.timedelta:
    return dt.timedelta(minutes=acting.rules.together.open_minutes)
