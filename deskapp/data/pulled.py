"""What came from central, on the desk: staged page by page, then taken in as a whole.

A field that was changed here and that central has not merged yet keeps the local value until then.
Every function runs inside the caller's transaction. Source: design sheet of sync, section 6 (PULL).
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from deskapp.data import capture, gone_again, logged, purge, quick_json
from deskapp.data.blanks import Path
from deskapp.data.connection import Connection, Value
from deskapp.data.gone_again import Erasure
from deskapp.data.registry import CAPTURED, KINDS, Kind, captured_tables
from deskapp.data.streams import site_of
from deskapp.data.upcasts import fields_today

PUT, REMOVED, ERASED = "P", "R", "X"
_AGAIN = "sync_again"
_CONFLICT = "conflict"


class Row(NamedTuple):
    """A row of a stream."""

    stream: str
    seq: int
    tbl: str
    row_id: str
    op: str
    doc: str


class Place(NamedTuple):
    """How far a stream is read."""

    seq: int
    mark: str


class Staged(NamedTuple):
    """What was fetched of a stream and waits."""

    seq: int
    """The newest row that waits."""
    end: Place
    """Where the stream ended when it was fetched."""


def places(connection: Connection) -> dict[str, Place]:
    """How far each stream is read and taken in."""
    rows = connection.execute("SELECT stream, seq, mark FROM sync_cursor").fetchall()
    return {stream: Place(seq, mark) for stream, seq, mark in rows}


def staged(connection: Connection) -> dict[str, Staged]:
    """What a run that was cut has fetched of each stream and not taken in."""
    rows = connection.execute(
        "SELECT s.stream, max(s.seq), c.staged_seq, c.staged_mark FROM pull_stage AS s"
        " JOIN sync_cursor AS c ON c.stream = s.stream GROUP BY s.stream"
    ).fetchall()
    return {stream: Staged(seq, Place(end, mark)) for stream, seq, end, mark in rows}


def stage(connection: Connection, rows: Sequence[Row], ends: Mapping[str, Place]) -> None:
    """Keep a page, and where its stream ended then: an end that central forgets makes it void."""
    connection.executemany("INSERT OR REPLACE INTO pull_stage VALUES (?, ?, ?, ?, ?, ?)", rows)
    connection.executemany(
        "INSERT INTO sync_cursor (stream, seq, mark, staged_seq, staged_mark)"
        " VALUES (?, 0, '', ?, ?) ON CONFLICT (stream) DO UPDATE SET"
        " staged_seq = excluded.staged_seq, staged_mark = excluded.staged_mark",
        [(stream, *ends[stream]) for stream in {row.stream for row in rows}],
    )


def erases(connection: Connection) -> bool:
    """Whether something that waits says that rows or values are erased."""
    question = "SELECT 1 FROM pull_stage WHERE op = ? OR instr(doc, '\"erased\"') LIMIT 1"
    return connection.execute(question, (ERASED,)).fetchone() is not None


def drop_staged(connection: Connection, stream: str) -> None:
    """Forget what was fetched of a stream: central no longer knows that past."""
    connection.execute("DELETE FROM pull_stage WHERE stream = ?", (stream,))


def start_again(connection: Connection, streams: Iterable[str]) -> None:
    """Read streams from their beginning: central went back in time.

    The next rows that are taken in are then compared with what is here: see ``send_forgotten``.
    Until then nobody has seen any revision of a row: the numbers of a past that central forgot
    would let an edit pass for one that knew of what is there now.
    """
    for stream in streams:
        connection.execute("DELETE FROM sync_cursor WHERE stream = ?", (stream,))
        drop_staged(connection, stream)
    connection.execute("UPDATE sync_state SET applying = 1")
    for table in _captured(connection):
        connection.execute(f"UPDATE {table} SET sync_rev = 0 WHERE sync_rev > 0")
    connection.execute("UPDATE sync_state SET applying = 0")
    flag = "INSERT OR REPLACE INTO local_state (name, value) VALUES (?, '1')"
    connection.execute(flag, (_AGAIN,))


def _captured(connection: Connection) -> Iterator[str]:
    """The captured tables that are there: a later step of the migration makes the others."""
    return (table for table in captured_tables() if capture.columns(connection, table))


def reads_again(connection: Connection) -> bool:
    """Whether what is taken in next is read because central went back in time."""
    question = "SELECT 1 FROM local_state WHERE name = ?"
    return connection.execute(question, (_AGAIN,)).fetchone() is not None


def send_forgotten(connection: Connection, fetched: Mapping[str, set[str]]) -> int:
    """Send central once more the rows that it no longer has; how many.

    Args:
        connection: The desk's store, writing.
        fetched: Ids of everything that central has now, by table.
    """
    flag = connection.execute("DELETE FROM local_state WHERE name = ?", (_AGAIN,))
    if not flag.rowcount:
        return 0
    sent = 0
    for table in _captured(connection):
        missing = connection.execute(
            f"SELECT id FROM {table} WHERE id NOT IN (SELECT value FROM json_each(?)) AND id NOT IN"
            " (SELECT row_id FROM change_log WHERE tbl = ? AND op = 'I' AND delta <> '{}')",
            (json.dumps(sorted(fetched.get(table, ()))), table),
        ).fetchall()
        logged.tell_oldest(connection, table, [row_id for (row_id,) in missing])
        sent += len(missing)
    return sent


def take_in(
    connection: Connection, reached: Mapping[str, Place], applied_seq: int
) -> dict[str, set[str]]:
    """Make the staged rows ours, and note how far was read; ids of what changed, by table.

    Args:
        connection: The desk's store, writing.
        reached: Where each stream ends.
        applied_seq: Changes of this desk up to here are in the rows already.
    """
    # A run that was cut and the next may each have fetched a row: only the newest of it counts.
    rows = connection.execute(
        "SELECT tbl, row_id, op, doc, stream FROM (SELECT *, max(seq) AS newest FROM pull_stage"
        " GROUP BY stream, tbl, row_id) ORDER BY stream, newest"
    ).fetchall()
    sites = {(table, row_id): site_of(stream) for table, row_id, *_rest, stream in rows}
    docs = [
        (table, row_id, op, quick_json.read(doc))
        for table, row_id, op, doc, _stream in rows
        if table in KINDS and KINDS[table] in CAPTURED  # else it is a newer desk's
    ]
    _forget(connection, docs)
    own = _unmerged(connection, applied_seq) if rows else {}
    known = {
        table: {each.name for each in capture.columns(connection, table)}
        for table in {table for table, *_rest in docs}
    }
    touched: dict[str, set[str]] = defaultdict(set)
    puts: dict[tuple[str, tuple[str, ...], tuple[str, ...]], list[list[Value]]] = defaultdict(list)
    away: dict[str, list[str]] = defaultdict(list)
    erased: dict[str, list[str]] = defaultdict(list)
    newest = 0
    for table, row_id, op, doc in docs:
        touched[table].add(row_id)
        if op == ERASED:
            erased[table].append(row_id)
        elif op == REMOVED:
            away[table].append(row_id)
        else:
            values = _values(table, row_id, doc, known[table])
            newest = max(newest, int(values.get("hlc") or 0))
            keep = tuple(sorted(own.get((table, row_id), frozenset()) & values.keys()))
            puts[table, tuple(values), keep].append(list(values.values()))
    connection.execute("UPDATE sync_state SET applying = 1, hlc = max(hlc, ?)", (newest,))
    # Conflicts first: the words that a row is found by hold the references that it had before.
    for table, names, keep in sorted(puts, key=lambda each: each[0] != _CONFLICT):
        connection.executemany(_put(table, names, keep), puts[table, names, keep])
    for table, ids in away.items():
        connection.executemany(f"DELETE FROM {table} WHERE id = ?", [(each,) for each in ids])
    connection.execute("UPDATE sync_state SET applying = 0")
    if erased:
        purge.remove(connection, erased)
    erasures = _erasures(docs)
    gone_again.remember(connection, {each: sites[each[:2]] for each in erasures})
    if reads_again(connection):
        gone_again.tell(connection, erasures)
    connection.execute("DELETE FROM pull_stage")
    connection.executemany(
        "INSERT OR REPLACE INTO sync_cursor (stream, seq, mark) VALUES (?, ?, ?)",
        [(stream, *place) for stream, place in reached.items()],
    )
    return touched


def _unmerged(connection: Connection, applied_seq: int) -> dict[tuple[str, str], set[str]]:
    """Fields that were written here and that central has not merged, by table and id."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    rows = connection.execute(
        "SELECT tbl, row_id, schema_ver, delta FROM change_log WHERE seq > ?", (applied_seq,)
    )
    for table, row_id, revision, delta in rows:
        names = fields_today(table, revision, quick_json.read(delta))
        found[table, row_id] |= {name.partition(".")[0] for name in names}
    return found


def _forget(connection: Connection, docs: Iterable[tuple[str, str, str, dict[str, Any]]]) -> None:
    """Forget the values of rows that were erased at another desk."""
    gone: dict[str, dict[str, dict[Path, int]]] = defaultdict(dict)
    [(own_id,)] = connection.execute("SELECT desk_id FROM sync_state").fetchall()
    for table, row_id, _op, doc in docs:
        for path, (rev, desk) in doc.get("erased", {}).items():
            if desk != own_id:
                gone[table].setdefault(row_id, {})[Path.of(path)] = rev
    for table in gone:
        purge.forget(connection, table, gone[table])


def _erasures(docs: Iterable[tuple[str, str, str, dict[str, Any]]]) -> set[Erasure]:
    """What central says is erased."""
    return {
        Erasure(table, row_id, path)
        for table, row_id, op, doc in docs
        for path in ([""] if op == ERASED else doc.get("erased", ()))
    }


def _values(table: str, row_id: str, doc: dict[str, Any], known: set[str]) -> dict[str, Value]:
    """Column by column; what this desk does not know is left out."""
    values: dict[str, Value] = {"id": row_id, "home_site": doc["home_site"], "sync_rev": doc["rev"]}
    if KINDS[table] is Kind.EVENT:
        values |= {"hlc": doc["hlc"], "desk": doc["desk"]}
    return values | {name: doc["fields"][name] for name in sorted(doc["fields"]) if name in known}


def _put(table: str, names: tuple[str, ...], keep: tuple[str, ...]) -> str:
    """SQL that writes a row, and of one that is here everything but ``keep``.

    Who then edits a field that was kept has not seen what central has there: the row keeps the
    revision that was seen too. That may find a conflict too many, and misses none.
    """
    kept = {"id", "home_site", *keep, *(("sync_rev",) if keep else ())}
    sets = ", ".join(f"{name} = excluded.{name}" for name in names if name not in kept)
    return (
        f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
        f" ON CONFLICT (id) DO {f'UPDATE SET {sets}' if sets else 'NOTHING'}"
    )
