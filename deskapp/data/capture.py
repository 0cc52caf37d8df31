"""Change capture: triggers that write down every local change in the transaction that makes it.

They are generated from the registry and from the columns the file really has, so nothing a service
does, and no way of writing, can pass them. Source: design sheet of sync, sections 2 to 4.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from deskapp.data.registry import HIDDEN, KINDS, Kind, captured_tables

if TYPE_CHECKING:
    from deskapp.data.connection import Connection

# IS NOT 1, so that a missing state row stops every write instead of letting it pass uncaptured.
_LOCAL = "(SELECT applying FROM sync_state) IS NOT 1"
_LOG = (
    "CREATE VIEW captured AS SELECT tbl, row_id, home_site, op, delta, base_rev FROM change_log",
    """CREATE TRIGGER capture_log INSTEAD OF INSERT ON captured WHEN NEW.delta <> '{}' BEGIN
 UPDATE sync_state SET hlc = max(hlc + 1, (desk_now_ms() + clock_offset_ms) * 65536);
 INSERT INTO change_log (change_id, txn, hlc, actor, tbl, row_id, home_site, op, delta, base_rev,
 schema_ver, wall_ms, state)
 VALUES (lower(hex(randomblob(16))), desk_txn(), (SELECT hlc FROM sync_state), desk_actor(),
 NEW.tbl, NEW.row_id, NEW.home_site, NEW.op, NEW.delta, NEW.base_rev,
 (SELECT schema_ver FROM sync_state), desk_now_ms(), 0);
 END""",
)
"""Where the triggers of every table write to. Each connection reads the whole schema first: what
they have in common stands once, or it would cost every start twice the time and memory."""


class Column(NamedTuple):
    """A column as the file has it."""

    name: str
    boolean: bool


def columns(connection: Connection, table: str) -> list[Column]:
    """The columns of ``table``, in order."""
    rows = connection.execute("SELECT name, type FROM pragma_table_xinfo(?)", (table,)).fetchall()
    return [Column(name, declared == "BOOLEAN") for name, declared in rows]


def drop(connection: Connection) -> None:
    """Take every capture trigger away, inside the transaction of a migration step."""
    connection.execute("DROP VIEW IF EXISTS captured")
    names = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'capture%'"
    ).fetchall()
    for (name,) in names:
        connection.execute(f'DROP TRIGGER "{name}"')


def rebuild(connection: Connection) -> None:
    """Make the triggers of every captured table anew, inside the caller's transaction.

    A table that a later migration step makes is left to that step.
    """
    drop(connection)
    for statement in statements(connection):
        connection.execute(statement)


def statements(connection: Connection) -> list[str]:
    """What makes the capture of every captured table that the file has."""
    made = list(_LOG)
    for table in captured_tables():
        if of := columns(connection, table):
            made += triggers(table, KINDS[table], of)
    return made


def triggers(table: str, kind: Kind, of: list[Column]) -> list[str]:
    """The statements that make the triggers of one table with the columns ``of``."""
    told = told_of(kind, of)
    made = [
        _guard(table, "deleted", "DELETE", "rows are never deleted here, only voided"),
        _captured(table, "I", "INSERT", whole(told, "NEW"), stamped=kind is Kind.EVENT),
    ]
    if kind is Kind.EVENT:
        fixed = ", ".join(column.name for column in of if column.name not in ("hlc", "desk"))
        return [
            *made,
            _guard(table, "fixed", f"UPDATE OF {fixed}", "rows are written once"),
            _guard(table, "stamped", "UPDATE OF hlc, desk", "set by the store", "OLD.hlc <> 0"),
        ]
    own = " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in HIDDEN[kind])
    return [
        *made,
        _guard(table, "fixed", f"UPDATE OF {', '.join(HIDDEN[kind])}", "set by the store", own),
        _captured(table, "U", "UPDATE", _changes(told)),
    ]


def _guard(table: str, name: str, event: str, reason: str, condition: str = "1") -> str:
    return (
        f"CREATE TRIGGER capture_{table}_{name} BEFORE {event} ON {table}"
        f" WHEN {_LOCAL} AND ({condition})"
        f" BEGIN SELECT RAISE(ABORT, '{table}: {reason}'); END"
    )


def _captured(table: str, op: str, event: str, delta: str, *, stamped: bool = False) -> str:
    stamp = (
        f" UPDATE {table} SET (hlc, desk) = (SELECT hlc, desk_id FROM sync_state)"
        " WHERE rowid = NEW.rowid;"
    )
    return (
        f"CREATE TRIGGER capture_{table}_{event.lower()} AFTER {event} ON {table} WHEN {_LOCAL}"
        f" BEGIN INSERT INTO captured VALUES"
        f" ('{table}', NEW.id, NEW.home_site, '{op}', {delta}, NEW.sync_rev);"
        f"{stamp if stamped else ''} END"
    )


def told_of(kind: Kind, of: list[Column]) -> list[Column]:
    """The columns that a change of such a table tells; the others travel beside it."""
    return [column for column in of if column.name not in HIDDEN[kind]]


def whole(told: list[Column], row: str) -> str:
    """SQL for the JSON of every field of ``row``, which is ``NEW`` or the name of a table."""
    pairs = (
        f"'{column.name}',"
        f" {f'json({_json(column, row)})' if column.boolean else f'{row}.{column.name}'}"
        for column in told
    )
    return f"json_object({', '.join(pairs)})"


def _changes(told: list[Column]) -> str:
    """JSON of the changed fields only; a field set to null says null, which json_patch cannot."""
    pieces = " || ".join(
        f"iif(NEW.{column.name} IS OLD.{column.name}, '',"
        f" ',\"{column.name}\":' || {_json(column, 'NEW')})"
        for column in told
    )
    return f"'{{' || substr({pieces}, 2) || '}}'"


def _json(column: Column, row: str) -> str:
    if column.boolean:
        value = f"{row}.{column.name}"
        return f"iif({value} IS NULL, 'null', iif({value}, 'true', 'false'))"
    return f"json_quote({row}.{column.name})"
