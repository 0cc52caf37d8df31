"""What the officer of this desk pinned, and which version of each item they read last.

Kept on this desk alone. Source: knowledge sheet, section 6 (3, and what changed since one read it).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from deskapp.data.connection import Connection

MOST_PINNED = 9
_PINNED, _READ = "kb_pinned", "kb_read"


class Marks(NamedTuple):
    """What is remembered of items, by their ids."""

    pinned: tuple[str, ...]
    """The newest first."""
    read: Mapping[str, int]
    """The version that was read last."""

    def changed(self, item_id: str, version: int) -> bool:
        """Whether an item that was read has another version now."""
        return self.read.get(item_id, version) != version


def of(connection: Connection) -> Marks:
    """Everything that is remembered."""
    return Marks(tuple(_kept(connection, _PINNED, [])), _kept(connection, _READ, {}))


def pin(connection: Connection, item_id: str, *, on: bool) -> None:
    """Pin an item, or take it off; the oldest gives way where there are too many."""
    others = [each for each in of(connection).pinned if each != item_id]
    _keep(connection, _PINNED, [item_id, *others][:MOST_PINNED] if on else others)


def was_read(connection: Connection, item_id: str, version: int) -> None:
    """Remember which version of an item was read."""
    read = of(connection).read
    if read.get(item_id) != version:
        _keep(connection, _READ, {**read, item_id: version})


def _kept(connection: Connection, name: str, empty: Any) -> Any:
    row = connection.execute("SELECT value FROM local_state WHERE name = ?", (name,)).fetchone()
    return json.loads(row[0]) if row else empty


def _keep(connection: Connection, name: str, value: object) -> None:
    connection.execute(
        "INSERT INTO local_state (name, value) VALUES (?, ?)"
        " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (name, json.dumps(value)),
    )
