"""What is erased stays so after central went back in time, though the desk that erased it is gone.

Every desk notes what it was told is erased: which row and field, never what stood there. A central
that no longer knows is told again by whichever desk comes first.
Source: design sheet of sync, sections 7 and 10 (I12).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Set
from typing import NamedTuple

from deskapp.data import purge
from deskapp.data.blanks import Path
from deskapp.data.connection import Connection

_NOTED = "erased "
"""What the names of such notes in ``local_state`` begin with."""


class Erasure(NamedTuple):
    """A row, or a value of it, that is erased."""

    table: str
    row_id: str
    path: str
    """Empty for the whole row."""


def remember(connection: Connection, erasures: Set[Erasure]) -> None:
    """Note what is erased."""
    connection.executemany(
        "INSERT OR IGNORE INTO local_state (name, value) VALUES (?, '')",
        [(_NOTED + json.dumps(each),) for each in sorted(erasures)],
    )


def tell(connection: Connection, known: Set[Erasure], came: Mapping[str, Set[str]]) -> None:
    """Erase anew what central gave back, and let it know.

    Args:
        connection: The desk's store, writing.
        known: What central still knows to be erased.
        came: Ids of the rows that it gave, by table.
    """
    notes = connection.execute(
        "SELECT substr(name, ?) FROM local_state WHERE name > ? AND name < ?",
        (len(_NOTED) + 1, _NOTED, _NOTED + "\U0010ffff"),
    ).fetchall()
    forgotten = {Erasure(*json.loads(note)) for (note,) in notes} - known
    for each in sorted(forgotten):
        if each.row_id not in came.get(each.table, ()):
            continue
        path = Path.of(each.path)
        if not path.column:
            purge.erase(connection, {each.table: [each.row_id]})
        elif path.name:
            purge.drop_from(connection, each.table, path.column, path.name, [each.row_id])
        else:
            empty = _empty(connection, each)
            purge.blank(connection, each.table, path.column, empty, [each.row_id])


def _empty(connection: Connection, erasure: Erasure) -> str | None:
    """What a row has that says nothing there: the default of the column."""
    [(default,)] = connection.execute(
        "SELECT dflt_value FROM pragma_table_xinfo(?) WHERE name = ?", erasure[::2]
    ).fetchall()
    [(empty,)] = connection.execute(f"SELECT {default or 'NULL'}").fetchall()
    return None if empty is None else f"{empty}"
