"""What is erased stays so after central went back in time, though the desk that erased it is gone.

Every desk notes what it was told is erased: which row and field, never what stood there. A central
that no longer knows is told again by whichever desk comes first.
Source: design sheet of sync, sections 7 and 10 (I12).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Set
from typing import NamedTuple

from deskapp.data import logged, purge
from deskapp.data.blanks import BLANKED, Path
from deskapp.data.changes import NO_PAYLOAD
from deskapp.data.connection import Connection

_NOTED = "erased "
"""What the names of such notes in ``local_state`` begin with."""


class Erasure(NamedTuple):
    """A row, or a value of it, that is erased."""

    table: str
    row_id: str
    path: str
    """Empty for the whole row."""


def remember(connection: Connection, erasures: Mapping[Erasure, str]) -> None:
    """Note what is erased, and of which site it was."""
    connection.executemany(
        "INSERT OR IGNORE INTO local_state (name, value) VALUES (?, ?)",
        [(_NOTED + json.dumps(each), site) for each, site in sorted(erasures.items())],
    )


def tell(connection: Connection, known: Set[Erasure]) -> None:
    """Erase anew what central gave back, and let it know of all that it no longer knows.

    Also of what it has not: a desk that was away since before the erasure would bring it back.

    Args:
        connection: The desk's store, writing.
        known: What central still knows to be erased.
    """
    notes = connection.execute(
        "SELECT substr(name, ?), value FROM local_state WHERE name > ? AND name < ?",
        (len(_NOTED) + 1, _NOTED, _NOTED + "\U0010ffff"),
    ).fetchall()
    [(own,)] = connection.execute("SELECT site FROM sync_state").fetchall()
    for erasure, site in sorted((Erasure(*json.loads(note)), site) for note, site in notes):
        if erasure in known:
            continue
        question = f"SELECT 1 FROM {erasure.table} WHERE id = ?"
        if connection.execute(question, (erasure.row_id,)).fetchone():
            _erase(connection, erasure)
        elif site == own:  # rows of other sites are not this desk's to write
            _tell_absent(connection, erasure, site)


def _erase(connection: Connection, erasure: Erasure) -> None:
    table, ids, path = erasure.table, [erasure.row_id], Path.of(erasure.path)
    if not path.column:
        purge.erase(connection, {table: ids})
    elif path.name:
        purge.drop_from(connection, table, path.column, path.name, ids)
    else:
        purge.blank(connection, table, path.column, _empty(connection, erasure), ids)


def _tell_absent(connection: Connection, erasure: Erasure, site: str) -> None:
    path = Path.of(erasure.path)
    empty = _empty(connection, erasure) if path.column and not path.name else None
    left = json.dumps({erasure.path: empty}) if path.column else NO_PAYLOAD
    op = BLANKED if path.column else purge.ERASED
    logged.tell_absent(connection, erasure.table, erasure.row_id, site, op, left)


def _empty(connection: Connection, erasure: Erasure) -> str | None:
    """What a row has that says nothing there: the default of the column."""
    [(default,)] = connection.execute(
        "SELECT dflt_value FROM pragma_table_xinfo(?) WHERE name = ?", erasure[::2]
    ).fetchall()
    [(empty,)] = connection.execute(f"SELECT {default or 'NULL'}").fetchall()
    return None if empty is None else f"{empty}"
