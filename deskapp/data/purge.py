"""Erasing: the one way in which rows leave the store, with every copy of them in it.

Officers void; only what two people decided is erased, and the caller keeps that it was.
Source: design sheet of sync, sections 4 and 7.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from deskapp.data.connection import Connection


def erase(connection: Connection, rows: Mapping[str, Iterable[str]]) -> None:
    """Delete rows, by table and id, inside the caller's transaction.

    The log of changes keeps its numbers and loses what it said of them; pages are overwritten by
    the store, and search indexes follow by their triggers.
    """
    connection.execute("UPDATE sync_state SET applying = 1")
    for table, ids in rows.items():
        named = [(table, row_id) for row_id in ids]
        connection.executemany(
            "UPDATE change_log SET delta = '{}' WHERE tbl = ? AND row_id = ?", named
        )
        connection.executemany(
            f"DELETE FROM {table} WHERE id = ?", [(row_id,) for _table, row_id in named]
        )
    connection.execute("UPDATE sync_state SET applying = 0")
