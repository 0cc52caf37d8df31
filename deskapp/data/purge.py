"""Erasing: the one way in which rows and values leave the store, with every copy in it.

Officers void; only what two people decided is erased, and the caller keeps that it was.
Source: design sheet of sync, sections 4 and 7.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

from deskapp.data.connection import Connection
from deskapp.data.registry import CAPTURED, KINDS

ERASED = "X"
"""Operation of a change that says that a row is erased, and nothing else of it."""
_TICK = "UPDATE sync_state SET hlc = max(hlc + 1, (desk_now_ms() + clock_offset_ms) * 65536)"


def erase(connection: Connection, rows: Mapping[str, Iterable[str]]) -> None:
    """Delete rows, by table and id, inside the caller's transaction; central is told of each.

    So nothing of them comes back from there, and every desk that has them erases them too.
    """
    listed = {table: list(ids) for table, ids in rows.items()}
    for table, ids in listed.items():
        if KINDS[table] in CAPTURED:
            connection.execute(_TICK)
            connection.executemany(
                "INSERT INTO change_log (change_id, txn, hlc, actor, tbl, row_id, home_site, op,"
                " delta, base_rev, schema_ver, wall_ms, state)"
                " SELECT lower(hex(randomblob(16))), desk_txn(), s.hlc, desk_actor(),"
                f" '{table}', r.id, r.home_site, '{ERASED}', '{{}}', r.sync_rev, s.schema_ver,"
                f" desk_now_ms(), 0 FROM {table} AS r, sync_state AS s WHERE r.id = ?",
                [(row_id,) for row_id in ids],
            )
    remove(connection, listed)


def remove(connection: Connection, rows: Mapping[str, Iterable[str]]) -> None:
    """Delete rows of which central knows already that they are erased.

    The log of changes keeps its numbers and loses what it said of them; pages are overwritten by
    the store, and search indexes follow by their triggers.
    """
    with _uncaptured(connection):
        for table, ids in rows.items():
            named = [(table, row_id) for row_id in ids]
            connection.executemany(
                "UPDATE change_log SET delta = '{}' WHERE tbl = ? AND row_id = ?", named
            )
            connection.executemany(
                f"DELETE FROM {table} WHERE id = ?", [(row_id,) for _table, row_id in named]
            )


def blank(connection: Connection, table: str, column: str, empty: str, ids: Iterable[str]) -> None:
    """Take one value out of rows and of what the log of changes says of them; the rows stay."""
    told = f"$.{column}"
    _change(
        connection,
        table,
        ids,
        f"{column} = :empty",
        "json_remove(delta, :told)",
        {"empty": empty, "told": told},
    )


def drop_from(
    connection: Connection, table: str, column: str, name: str, ids: Iterable[str]
) -> None:
    """As ``blank`` for one name of a column that holds a JSON object."""
    # A text, as it is kept: what json_remove gives would stand in the log as an object.
    inner = f"json_remove(json_extract(delta, '$.{column}'), :name) || ''"
    _change(
        connection,
        table,
        ids,
        f"{column} = json_remove({column}, :name)",
        f"json_set(delta, '$.{column}', {inner})",
        {"name": f"$.{name}"},
    )


def _change(
    connection: Connection,
    table: str,
    ids: Iterable[str],
    kept: str,
    logged: str,
    values: Mapping[str, str],
) -> None:
    """Change rows, by what ``kept`` sets, and what was logged of them, to what ``logged`` gives.

    A logged change that is sealed cannot become another one: it loses everything it said.
    """
    named = [{**values, "tbl": table, "id": row_id} for row_id in ids]
    with _uncaptured(connection):
        connection.executemany(f"UPDATE {table} SET {kept} WHERE id = :id", named)
        connection.executemany(
            f"UPDATE change_log SET delta = iif(chain IS NULL, {logged}, '{{}}')"
            " WHERE tbl = :tbl AND row_id = :id AND delta <> '{}'",
            named,
        )


@contextmanager
def _uncaptured(connection: Connection) -> Iterator[None]:
    """Let rows go or change that nobody may change; a failure takes the transaction back."""
    connection.execute("UPDATE sync_state SET applying = 1")
    yield
    connection.execute("UPDATE sync_state SET applying = 0")
