"""What the log of changes says of rows and values that are erased: that they are, nothing else.

A logged change that is sealed cannot become another one: it loses everything it said, and what of
it central may not have is said once more. Every function runs inside the caller's transaction.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from deskapp.data import blanks, capture
from deskapp.data.blanks import Path
from deskapp.data.change_state import APPLIED_UPTO, SEALED_UPTO
from deskapp.data.changes import NO_PAYLOAD
from deskapp.data.connection import Connection
from deskapp.data.registry import KINDS, Kind
from deskapp.data.upcasts import fields_today

Gone = Mapping[str, Mapping[Path, int]]
"""Values that are erased, by the id of their row: from which revision on a writer knew of it."""
WITHOUT_PAYLOAD = (
    "UPDATE change_log SET delta_hash = coalesce(delta_hash, payload_hash(CAST(delta AS BLOB))),"
    f" delta = '{NO_PAYLOAD}' WHERE delta <> '{NO_PAYLOAD}' AND"
)
"""SQL that takes out what changes said; what stands for it in the chain stays."""
_LOG = (
    "INSERT INTO change_log (change_id, txn, wall_ms, state, hlc, actor, tbl, row_id, home_site,"
    " op, delta, base_rev, schema_ver)"
    " SELECT lower(hex(randomblob(16))), desk_txn(), desk_now_ms(), 0,"
)
"""SQL that begins a change; what is read from ``hlc`` on follows."""
_TICK = "UPDATE sync_state SET hlc = max(hlc + 1, (desk_now_ms() + clock_offset_ms) * 65536)"
_COLUMNS = (
    "seq, row_id, op, hlc, base_rev, schema_ver, delta,"
    f" seq <= {SEALED_UPTO}, seq <= {APPLIED_UPTO}"
)


class _Logged(NamedTuple):
    seq: int
    row_id: str
    op: str
    hlc: int
    base_rev: int
    revision: str
    delta: str
    sealed: bool
    merged: bool
    """Central surely has it."""


def tell(
    connection: Connection, table: str, told: Iterable[tuple[str, str, str]], hlc: str = "s.hlc"
) -> None:
    """Log changes that no trigger logs: operation, delta and id of each row."""
    connection.execute(_TICK)
    connection.executemany(
        f"{_LOG} {hlc}, desk_actor(), '{table}', r.id, r.home_site, ?, ?, r.sync_rev, s.schema_ver"
        f" FROM {table} AS r, sync_state AS s WHERE r.id = ?",
        told,
    )


def tell_absent(
    connection: Connection, table: str, row_id: str, site: str, op: str, told: str
) -> None:
    """Log a change of a row that is not here."""
    connection.execute(_TICK)
    connection.execute(
        f"{_LOG} hlc, desk_actor(), ?, ?, ?, ?, ?, 0, schema_ver FROM sync_state",
        (table, row_id, site, op, told),
    )


def tell_oldest(connection: Connection, table: str, ids: Iterable[str]) -> None:
    """Log rows as they stand, for a central that forgot them; whoever wrote them may be gone.

    They are told with the oldest clock there is, so that they fill what is missing and never stand
    against what anybody wrote.
    """
    told = capture.told_of(KINDS[table], capture.columns(connection, table))
    hlc = "hlc" if KINDS[table] is Kind.EVENT else "1"
    connection.executemany(
        f"{_LOG} {hlc}, '', '{table}', id, home_site, 'I', {capture.whole(told, table)}, 0,"
        f" (SELECT schema_ver FROM sync_state) FROM {table} WHERE id = ?",
        [(row_id,) for row_id in ids],
    )


def strip(connection: Connection, table: str, gone: Gone) -> set[tuple[str, Path]]:
    """Take values out of the log.

    Returns:
        Id of the row and path of the names of JSON objects that were taken out of changes which
        central may not have had yet: the row here still has them.
    """
    names: set[tuple[str, Path]] = set()
    for change in _of_rows(connection, table, gone):
        written = fields_today(table, change.revision, json.loads(change.delta))
        unseen = [path for path, rev in gone[change.row_id].items() if change.base_rev < rev]
        left = blanks.without(written, unseen)
        if left == written:
            continue
        if not change.merged:
            names |= {(change.row_id, path) for path in unseen if path.name}
            if change.sealed and left:
                _say_again(connection, table, change, left, written, f"{change.hlc}")
        _replace(connection, change, left)
    return names


def say_again(connection: Connection, seq: int) -> None:
    """Log what a change wrote once more, as it stands in its row now."""
    [(table, *values)] = connection.execute(
        f"SELECT tbl, {_COLUMNS} FROM change_log WHERE seq = ?",
        (seq,),
    ).fetchall()
    change = _Logged(*values)
    written = fields_today(table, change.revision, json.loads(change.delta))
    _say_again(connection, table, change, written, written, "s.hlc")


def _of_rows(connection: Connection, table: str, gone: Gone) -> list[_Logged]:
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM change_log WHERE tbl = ?"
        " AND row_id IN (SELECT value FROM json_each(?)) AND op IN ('I', 'U')"
        " AND delta <> ? ORDER BY seq",
        (table, json.dumps(list(gone)), NO_PAYLOAD),
    ).fetchall()
    return [_Logged(*row) for row in rows]


def _replace(connection: Connection, change: _Logged, left: Mapping[str, Any]) -> None:
    if change.sealed:
        connection.execute(f"{WITHOUT_PAYLOAD} seq = ?", (change.seq,))
    else:  # it may have been sealed before a copy became a desk of its own
        connection.execute(
            "UPDATE change_log SET delta = ?, delta_hash = NULL WHERE seq = ?",
            (json.dumps(left, ensure_ascii=False), change.seq),
        )


def _say_again(
    connection: Connection,
    table: str,
    change: _Logged,
    left: Mapping[str, Any],
    written: Mapping[str, Any],
    hlc: str,
) -> None:
    """Log the rest of a change as it stands now: a later value must not go behind an earlier."""
    told = capture.told_of(KINDS[table], capture.columns(connection, table))
    row = connection.execute(
        f"SELECT {capture.whole(told, table)} FROM {table} WHERE id = ?", (change.row_id,)
    ).fetchone()
    if row is None:
        return
    now = json.loads(row[0])
    # Of a JSON object only a name went: the row may still have it.
    rest = {name: now[name] if left[name] == written[name] else left[name] for name in left}
    if KINDS[table] is Kind.EVENT:
        hlc = "r.hlc"
    tell(connection, table, [(change.op, json.dumps(rest, ensure_ascii=False), change.row_id)], hlc)
