"""Erasing: the one way in which rows and values leave the store, with every copy in it.

Officers void; only what two people decided is erased, and the caller keeps that it was.
Source: design sheet of sync, sections 4 and 7.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

from deskapp.data import logged
from deskapp.data.blanks import BLANKED, Path
from deskapp.data.changes import NO_PAYLOAD
from deskapp.data.connection import Connection
from deskapp.data.registry import CAPTURED, KINDS

ERASED = "X"
"""Operation of a change that says that a row is erased, and nothing else of it."""
_ALL = 2**63 - 1
"""A revision that nobody has seen."""


def erase(connection: Connection, rows: Mapping[str, Iterable[str]]) -> None:
    """Delete rows, by table and id, inside the caller's transaction; central is told of each.

    So nothing of them comes back from there, and every desk that has them erases them too.
    """
    listed = {table: list(ids) for table, ids in rows.items()}
    for table, ids in listed.items():
        if KINDS[table] in CAPTURED:
            logged.tell(connection, table, [(ERASED, NO_PAYLOAD, row_id) for row_id in ids])
    remove(connection, listed)


def remove(connection: Connection, rows: Mapping[str, Iterable[str]]) -> None:
    """Delete rows of which central knows already that they are erased.

    The log of changes keeps its numbers and loses what it said of them; pages are overwritten by
    the store, and search indexes follow by their triggers.
    """
    with _uncaptured(connection):
        for table, ids in rows.items():
            named = [(table, row_id) for row_id in ids]
            connection.executemany(f"{logged.WITHOUT_PAYLOAD} tbl = ? AND row_id = ?", named)
            connection.executemany(
                f"DELETE FROM {table} WHERE id = ?", [(row_id,) for _table, row_id in named]
            )


def blank(
    connection: Connection, table: str, column: str, empty: str | None, ids: Iterable[str]
) -> None:
    """Take one value out of rows and of what the log of changes says of them; the rows stay.

    Central is told of each, so it goes there and at every desk that has it.
    """
    _take_out(connection, table, Path(column, ""), empty, ids)


def drop_from(
    connection: Connection, table: str, column: str, name: str, ids: Iterable[str]
) -> None:
    """As ``blank`` for one name of a column that holds a JSON object."""
    _take_out(connection, table, Path(column, name), None, ids)


def _take_out(
    connection: Connection, table: str, path: Path, empty: str | None, ids: Iterable[str]
) -> None:
    named = list(ids)
    value = f"json_remove({path.column}, '$.{path.name}')" if path.name else "?"
    given = () if path.name else (empty,)
    with _uncaptured(connection):
        connection.executemany(
            f"UPDATE {table} SET {path.column} = {value} WHERE id = ?",
            [(*given, row_id) for row_id in named],
        )
    logged.strip(connection, table, {row_id: {path: _ALL} for row_id in named})
    left = json.dumps({f"{path}": empty})
    logged.tell(connection, table, [(BLANKED, left, row_id) for row_id in named])


def forget(connection: Connection, table: str, gone: logged.Gone) -> None:
    """Forget values that were erased elsewhere, as far as they were written here before that.

    Args:
        connection: The desk's store, writing; it takes in these rows next.
        table: Of the rows.
        gone: What is erased.
    """
    names = logged.strip(connection, table, gone)
    with _uncaptured(connection):
        for row_id, path in names:
            connection.execute(
                f"UPDATE {table} SET {path.column} = json_remove({path.column}, '$.{path.name}')"
                f" WHERE id = ? AND json_valid({path.column})",
                (row_id,),
            )


@contextmanager
def _uncaptured(connection: Connection) -> Iterator[None]:
    """Let rows go or change that nobody may change; a failure takes the transaction back."""
    connection.execute("UPDATE sync_state SET applying = 1")
    yield
    connection.execute("UPDATE sync_state SET applying = 0")
