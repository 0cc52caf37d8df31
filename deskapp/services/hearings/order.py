"""In which order the hearings of a day stand: by room, whose numbers sort as numbers, then by time.

The whole order of a day comes from one index; SQLite cannot sort rooms so.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from deskapp.services.hearings import rooms
from deskapp.services.paging import Page, Want

if TYPE_CHECKING:
    from deskapp.data.connection import Connection

Place = tuple[str, str, str]
"""Sort key of the room, start and id of a hearing."""


def query(site: str, day: dt.date) -> tuple[str, tuple[Any, ...]]:
    """The statement that reads every hearing of a day, and its values."""
    return (
        "SELECT room, start, id FROM hearing WHERE site = ? AND day = ?"
        " AND NOT (list_state = 'removed_from_list' AND list_id = '')",
        (site, day.isoformat()),
    )


def place(room: str, start: str, hearing_id: str) -> Place:
    """Where a hearing stands in its day."""
    return rooms.sort_key(room), start, hearing_id


def of_day(connection: Connection, site: str, day: dt.date) -> list[Place]:
    """Every hearing of a day at one court, in its order."""
    keys: dict[str, str] = {}
    found = []
    for room, start, hearing_id in connection.execute(*query(site, day)).fetchall():
        if room not in keys:
            keys[room] = rooms.sort_key(room)
        found.append((keys[room], start, hearing_id))
    found.sort()
    return found


def from_place(places: Sequence[Place], want: Want) -> Sequence[Place]:
    """What follows the place that is wanted, or precedes it, the nearest first."""
    if not want.place:
        return places[::-1] if want.backwards else places
    at = (str(want.place[0]), str(want.place[1]), str(want.place[2]))
    if want.backwards:
        return places[: bisect_left(places, at)][::-1]
    return places[bisect_right(places, at) :]


def page(places: Sequence[Place], want: Want) -> Page[Place]:
    """The page that is wanted."""
    return want.page(list(from_place(places, want)[: want.limit]))
