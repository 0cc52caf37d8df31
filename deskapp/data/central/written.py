"""What a step of the applier writes in bulk: rows, feeds with their marks, erasures.

Source: design sheet of sync, sections 5 to 7.
"""

from __future__ import annotations

import json
import secrets
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import psycopg

if TYPE_CHECKING:
    from deskapp.data.central.apply import Key
    from deskapp.data.merge import Row

_SITE = "S:"


def stream_of(home_site: str) -> str:
    """The stream that the rows of a site are read from."""
    return _SITE + home_site


def site_of(stream: str) -> str:
    """The site whose rows a stream holds."""
    return stream.removeprefix(_SITE)


def lock(cursor: psycopg.Cursor[Any], sites: Sequence[str]) -> None:
    """Hold the streams of sites until the end of the transaction, in the order of their names."""
    cursor.executemany(
        "INSERT INTO sync_stream (stream) VALUES (%s) ON CONFLICT DO NOTHING",
        [(stream_of(site),) for site in sites],
    )
    cursor.executemany(
        "INSERT INTO sync_site (home_site) VALUES (%s) ON CONFLICT DO NOTHING",
        [(site,) for site in sites],
    )
    cursor.execute(
        "SELECT stream FROM sync_stream WHERE stream = ANY(%s) ORDER BY stream FOR UPDATE",
        ([stream_of(site) for site in sites],),
    )


def put(cursor: psycopg.Cursor[Any], rows: Mapping[Key, Row]) -> None:
    """Write rows as they are now."""
    copy_in(
        cursor,
        "item",
        ("home_site", "tbl", "id", "rev", "fields", "meta"),
        (
            (*key, row.rev, json.dumps(row.fields), json.dumps(row.meta))
            for key, row in rows.items()
        ),
        " ON CONFLICT (home_site, tbl, id) DO UPDATE SET"
        " rev = excluded.rev, fields = excluded.fields, meta = excluded.meta",
    )


def feed(cursor: psycopg.Cursor[Any], docs: Mapping[Key, str], gone: Iterable[Key]) -> None:
    """Put rows at the end of their streams, erased ones as such, and mark where each ends."""
    by_stream: dict[str, list[tuple[str, str, str, str]]] = defaultdict(list)
    for key, doc in docs.items():
        by_stream[stream_of(key.home_site)].append((key.tbl, key.id, "P", doc))
    for key in gone:
        by_stream[stream_of(key.home_site)].append((key.tbl, key.id, "X", "{}"))
    heads = dict(
        cursor.execute(
            "SELECT stream, head FROM sync_stream WHERE stream = ANY(%s)", (list(by_stream),)
        ).fetchall()
    )
    copy_in(
        cursor,
        "feed",
        ("stream", "tbl", "row_id", "seq", "op", "doc"),
        (
            (stream, tbl, row_id, seq, op, doc)
            for stream, rows in by_stream.items()
            for seq, (tbl, row_id, op, doc) in enumerate(rows, start=heads[stream] + 1)
        ),
        " ON CONFLICT (stream, tbl, row_id) DO UPDATE SET"
        " seq = excluded.seq, op = excluded.op, doc = excluded.doc",
    )
    ends = [(heads[stream] + len(rows), stream) for stream, rows in by_stream.items()]
    cursor.executemany("UPDATE sync_stream SET head = %s WHERE stream = %s", ends)
    cursor.executemany(
        "INSERT INTO sync_mark (seq, stream, token) VALUES (%s, %s, %s)",
        [(head, stream, secrets.token_hex(8)) for head, stream in ends],
    )


def erase(cursor: psycopg.Cursor[Any], keys: Sequence[Key]) -> set[Key]:
    """Take rows away with everything that was kept of them; also their conflicts.

    The numbers of what desks sent stay, so that the chains can still be checked up to there.
    """
    gone = set(keys)
    for key in keys:
        conflicts = cursor.execute(
            "SELECT home_site, tbl, id FROM item WHERE home_site = %s AND tbl = 'conflict'"
            " AND fields->>'row_id' = %s",
            (key.home_site, key.id),
        ).fetchall()
        gone |= {type(key)(*row) for row in conflicts}
    for key in gone:
        cursor.execute("DELETE FROM item WHERE home_site = %s AND tbl = %s AND id = %s", key)
        cursor.execute(
            "DELETE FROM audit_before WHERE home_site = %s AND tbl = %s AND row_id = %s", key
        )
        cursor.execute(
            "UPDATE sync_inbox SET delta = '{}' WHERE row_id = %s AND tbl = %s", (key.id, key.tbl)
        )
    return gone


def copy_in(
    cursor: psycopg.Cursor[Any],
    table: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    on_conflict: str = "",
) -> None:
    """Write many rows of ``table`` at once (names from this package only)."""
    named = ", ".join(columns)
    made = f"CREATE TEMPORARY TABLE IF NOT EXISTS new_{table} (LIKE {table}) ON COMMIT DELETE ROWS"
    cursor.execute(made)
    with cursor.copy(f"COPY new_{table} ({named}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
    cursor.execute(f"INSERT INTO {table} ({named}) SELECT {named} FROM new_{table}{on_conflict}")
    cursor.execute(f"DELETE FROM new_{table}")
