"""How many rows are written at central at once: few in one statement, many by COPY.

Values go in binary: no text is escaped, which took longer than to write the rows.
Names of tables and columns come from this package only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

import psycopg

_FEW = 500
"""Rows that go as arrays: an exchange of a quarter of an hour makes no temporary table."""
_TYPES = (
    dict.fromkeys(("seq", "hlc", "base_rev", "wall_ms", "rev", "n", "audit_n"), "bigint")
    | dict.fromkeys(("delta_hash", "chain", "before_hash", "hash", "audit_hash"), "bytea")
    | dict.fromkeys(("fields", "meta", "doc"), "jsonb")
    | {"whole": "boolean", "at": "timestamptz"}
)
"""Of every column that is no text."""


def together(cursor: psycopg.Cursor[Any], rows: int) -> AbstractContextManager[object]:
    """Send what the block writes without waiting for each statement, where ``rows`` are few.

    An error of one is raised when the block asks for something, or ends, also within another.
    """
    return cursor.connection.pipeline() if rows <= _FEW else nullcontext()


def insert(
    cursor: psycopg.Cursor[Any],
    table: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    on_conflict: str = "",
) -> None:
    """Write rows of ``table``."""
    listed = list(rows)
    if _go_as_arrays(cursor, listed):
        if listed:
            _by_arrays(cursor, table, columns, listed, on_conflict)
    elif not on_conflict:
        _copy(cursor, table, columns, listed)
    else:
        cursor.execute(_staged(cursor, table, columns, listed) + on_conflict)
        cursor.execute(f"TRUNCATE {_stage(table)}")


@contextmanager
def inserting(
    cursor: psycopg.Cursor[Any],
    table: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[Any]],
    on_conflict: str,
) -> Iterator[None]:
    """Write rows of ``table``, once in a transaction, while the block goes on.

    What the block asks is sent at once; it waits only where it reads an answer, and at its end.
    """
    if _go_as_arrays(cursor, rows):
        _by_arrays(cursor, table, columns, rows, on_conflict)
        yield
        return
    statement = _staged(cursor, table, columns, rows) + on_conflict
    with cursor.connection.pipeline():
        cursor.execute(statement)
        yield


def _go_as_arrays(cursor: psycopg.Cursor[Any], rows: Sequence[Sequence[Any]]) -> bool:
    return len(rows) <= _FEW or bool(cursor.connection.info.pipeline_status)  # which has no COPY


def _stage(table: str) -> str:
    return f"new_{table}"


def _staged(
    cursor: psycopg.Cursor[Any], table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> str:
    """Copy rows beside ``table``; the statement that adds them to it."""
    typed = ", ".join(f"{name} {_sent(name)}" for name in columns)
    cursor.execute(
        f"CREATE TEMPORARY TABLE IF NOT EXISTS {_stage(table)} ({typed}) ON COMMIT DELETE ROWS"
    )
    _copy(cursor, _stage(table), columns, rows)
    named, read = ", ".join(columns), ", ".join(f"{name}::{_type(name)}" for name in columns)
    return f"INSERT INTO {table} ({named}) SELECT {read} FROM {_stage(table)}"


def _copy(
    cursor: psycopg.Cursor[Any], table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    named = ", ".join(columns)
    with cursor.copy(f"COPY {table} ({named}) FROM STDIN (FORMAT BINARY)") as copy:
        copy.set_types([_sent(name) for name in columns])
        for row in rows:
            copy.write_row(row)


def _by_arrays(
    cursor: psycopg.Cursor[Any],
    table: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[Any]],
    on_conflict: str,
) -> None:
    named = ", ".join(columns)
    arrays = ", ".join(f"%b::{_type(name)}[]" for name in columns)
    cursor.execute(
        f"INSERT INTO {table} ({named}) SELECT * FROM unnest({arrays}) AS new ({named})"
        f"{on_conflict}",
        [list(column) for column in zip(*rows, strict=True)],
    )


def _type(column: str) -> str:
    return _TYPES.get(column, "text")


def _sent(column: str) -> str:
    """As which type a value goes: JSON as the text that it is."""
    kind = _type(column)
    return "text" if kind == "jsonb" else kind


def each(cursor: psycopg.Cursor[Any], statement: str, rows: Iterable[Sequence[Any]]) -> None:
    """Run a statement for each of ``rows``; nothing is asked where there is none."""
    listed = list(rows)
    if listed:
        cursor.executemany(statement, listed)
