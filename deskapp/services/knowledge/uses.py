"""How often articles and scripts are opened, copied, of use or left: counts by day, of this desk.

Nobody can be told from a count; nothing else is kept. Source: knowledge sheet, section 6 (7 and 9).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from deskapp.data.connection import Connection

KEPT_DAYS = 365
RANKED_DAYS = 90
"""How far back being used lifts an item in the search."""


class Use(StrEnum):
    """What was done with an item; each is a column of counts."""

    OPENED = "opened"
    COPIED = "copied"
    USED = "used"
    """An officer said that it helped, or a script was walked to an end."""
    UNHELPED = "unhelped"
    """An officer said that it did not help."""
    LEFT = "left"
    """A script was left before an end, at a node."""


class Uses(NamedTuple):
    """How often an item was used in some days."""

    item: str
    opened: int
    copied: int
    used: int
    unhelped: int
    left: int


class DropOff(NamedTuple):
    """How often a script was left at a node."""

    item: str
    node: str
    left: int


def count(connection: Connection, item: str, use: Use, *, today: dt.date, node: str = "") -> None:
    """Count one use; what is older than a year goes.

    Args:
        connection: In a transaction of the caller.
        item: Id of an article or script.
        use: What was done.
        today: The desk's local day.
        node: Where a script was left.
    """
    oldest = (today - dt.timedelta(days=KEPT_DAYS)).isoformat()
    connection.execute("DELETE FROM kb_use WHERE used_on < ?", (oldest,))
    connection.execute(
        f'INSERT INTO kb_use (used_on, item, node, "{use}") VALUES (?, ?, ?, 1)'
        f' ON CONFLICT DO UPDATE SET "{use}" = "{use}" + 1',
        (today.isoformat(), item, node),
    )


def often(connection: Connection, *, today: dt.date) -> dict[str, int]:
    """How often each item was opened, copied or of use lately: what the search may lean on."""
    since = today - dt.timedelta(days=RANKED_DAYS)
    return {
        uses.item: uses.opened + uses.copied + uses.used for uses in of_items(connection, since)
    }


def of_items(connection: Connection, since: dt.date) -> Iterator[Uses]:
    """The uses of every item that was used since a day, the most opened first."""
    asked = connection.execute(
        'SELECT item, sum(opened), sum(copied), sum(used), sum(unhelped), sum("left")'
        " FROM kb_use WHERE used_on >= ? GROUP BY item ORDER BY sum(opened) DESC, item",
        (since.isoformat(),),
    )
    return (Uses(*row) for row in asked.fetchall())


def drop_offs(connection: Connection, since: dt.date) -> Iterator[DropOff]:
    """Where scripts were left since a day, the most frequent place first."""
    asked = connection.execute(
        'SELECT item, node, sum("left") FROM kb_use WHERE used_on >= ? AND "left" > 0'
        ' GROUP BY item, node ORDER BY sum("left") DESC, item, node',
        (since.isoformat(),),
    )
    return (DropOff(*row) for row in asked.fetchall())
