"""What a step of the applier writes in bulk: rows, feeds with their marks, erasures.

Source: design sheet of sync, sections 5 to 7.
"""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import psycopg

from deskapp.data import quick_json
from deskapp.data.central import bulk
from deskapp.data.changes import NO_PAYLOAD
from deskapp.data.conflicts import CONFLICT
from deskapp.data.merge import Row
from deskapp.data.merging import Key, Reference, Sent, Told
from deskapp.data.streams import stream_of

_EVERYWHERE = "*"
"""Holds no rows: a lock that sorts before those of the sites."""


def _streams(sites: Iterable[str]) -> list[str]:
    return sorted(stream_of(site, restricted=few) for site in sites for few in (False, True))


def lock(cursor: psycopg.Cursor[Any], sites: Sequence[str]) -> None:
    """Hold the streams of sites until the end of the transaction, in the order of their names."""
    streams = _streams(sites)
    while len(_held(cursor, streams)) < len(streams):  # a site that nobody wrote before
        new = [(stream,) for stream in streams]
        bulk.insert(cursor, "sync_stream", ("stream",), new, " ON CONFLICT DO NOTHING")


def _held(cursor: psycopg.Cursor[Any], streams: Sequence[str]) -> list[tuple[str]]:
    return cursor.execute(
        "SELECT stream FROM sync_stream WHERE stream = ANY(%s) ORDER BY stream FOR UPDATE",
        (list(streams),),
    ).fetchall()


def hold_all(cursor: psycopg.Cursor[Any]) -> set[str]:
    """Hold what must be held by whoever may change rows of any site; the sites there are.

    It comes before every site, so that nobody who holds one waits for it.
    """
    cursor.execute(
        "INSERT INTO sync_stream (stream) VALUES (%s) ON CONFLICT DO NOTHING", (_EVERYWHERE,)
    )
    cursor.execute("SELECT 1 FROM sync_stream WHERE stream = %s FOR UPDATE", (_EVERYWHERE,))
    return {row[0] for row in cursor.execute("SELECT home_site FROM sync_site").fetchall()}


class TakenError(Exception):
    """Another applier gave one of the references to a row of another site just now."""


def give(cursor: psycopg.Cursor[Any], references: Mapping[Reference, Key]) -> None:
    """Note which rows have which references.

    Raises:
        TakenError: If one was given away since it was looked up.
    """
    rows = sorted((*each, key.home_site, key.id) for each, key in references.items())
    if not rows:
        return
    done = cursor.execute(
        "INSERT INTO reference (tbl, ref_key, home_site, row_id)"
        " SELECT * FROM unnest(%b::text[], %b::text[], %b::text[], %b::text[])"
        " ON CONFLICT DO NOTHING RETURNING 1",
        tuple(list(part) for part in zip(*rows, strict=True)),
    )
    if len(done.fetchall()) != len(rows):
        raise TakenError


def put(
    cursor: psycopg.Cursor[Any],
    rows: Mapping[Key, Row],
    *,
    told: Mapping[Key, Told],
    resources: Mapping[Key, str],
) -> None:
    """Write rows as they are now; those that nobody is told of wait for their beginning."""
    bulk.insert(
        cursor,
        "item",
        ("home_site", "tbl", "id", "rev", "whole", "fields", "meta", "resource"),
        (
            (
                *(*key, row.rev, key in told),
                *(
                    told[key].fields if key in told else quick_json.write(row.fields),
                    quick_json.write(row.meta),
                ),
                resources.get(key),
            )
            for key, row in rows.items()
        ),
        " ON CONFLICT (home_site, tbl, id) DO UPDATE SET"
        " rev = excluded.rev, whole = excluded.whole, fields = excluded.fields,"
        " meta = excluded.meta, resource = excluded.resource",
    )


def feed(cursor: psycopg.Cursor[Any], told: Mapping[Key, Told], gone: Iterable[Key]) -> None:
    """Put rows at the end of their streams, erased ones as such, and mark where each ends."""
    by_stream: dict[str, list[tuple[str, str, str, str]]] = defaultdict(list)
    for key, each in told.items():
        stream = stream_of(key.home_site, restricted=each.restricted)
        by_stream[stream].append((key.tbl, key.id, "P", each.doc))
    for key in gone:  # in both: of a conflict nobody knows any more what it was about
        for stream in _streams([key.home_site]):
            by_stream[stream].append((key.tbl, key.id, "X", "{}"))
    heads = dict(
        cursor.execute(
            "SELECT stream, head FROM sync_stream WHERE stream = ANY(%s)", (list(by_stream),)
        ).fetchall()
    )
    bulk.insert(
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
    ends = [
        (heads[stream] + len(rows), secrets.token_hex(8), stream)
        for stream, rows in by_stream.items()
    ]
    bulk.each(cursor, "UPDATE sync_stream SET head = %s, mark = %s WHERE stream = %s", ends)
    bulk.each(cursor, "INSERT INTO sync_mark (seq, token, stream) VALUES (%s, %s, %s)", ends)


def erase(
    cursor: psycopg.Cursor[Any], keys: Sequence[Key], blanked: Mapping[Key, Collection[str]]
) -> set[Key]:
    """Take rows away for ever, with their conflicts and everything that was kept of them.

    Of ``blanked`` rows only some columns go; the row as it is now is written by the caller. What
    still waits in the inbox is checked first, and loses its payload in its own step. Returns every
    row that went.
    """
    gone = set(keys)
    for key in keys:
        gone |= _conflicts(cursor, key)
    for key, columns in blanked.items():
        gone |= _conflicts(cursor, key, columns)
        bulk.each(
            cursor,
            "DELETE FROM audit_before WHERE home_site = %s AND tbl = %s AND row_id = %s"
            " AND strpos(before, %s) > 0",
            [(*key, f'"{column}"') for column in columns],
        )
    bulk.each(cursor, _WITHOUT_PAYLOAD, [*gone, *blanked])
    for statement in (
        "INSERT INTO erased (home_site, tbl, id) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING",
        "DELETE FROM item WHERE home_site = %s AND tbl = %s AND id = %s",
        "DELETE FROM reference WHERE home_site = %s AND tbl = %s AND row_id = %s",
        "DELETE FROM audit_before WHERE home_site = %s AND tbl = %s AND row_id = %s",
    ):
        bulk.each(cursor, statement, list(gone))
    return gone


_WITHOUT_PAYLOAD = (
    f"UPDATE sync_inbox AS i SET delta = '{NO_PAYLOAD}' FROM sync_desk AS d"
    " WHERE i.home_site = %s AND i.tbl = %s AND i.row_id = %s AND d.desk_id = i.desk_id"
    " AND i.seq <= d.applied_seq"
)


def _conflicts(
    cursor: psycopg.Cursor[Any], key: Key, columns: Collection[str] | None = None
) -> set[Key]:
    """The conflicts about a row, or about some columns of it."""
    rows = cursor.execute(
        "SELECT home_site, tbl, id, fields->>'field' FROM item WHERE home_site = %s AND tbl = %s"
        " AND fields->>'row_id' = %s",
        (key.home_site, CONFLICT, key.id),
    ).fetchall()
    return {Key(*row) for *row, field in rows if columns is None or field in columns}


def drop_payload(cursor: psycopg.Cursor[Any], sent: Iterable[Sent]) -> None:
    """Take what changes held out of the inbox, once they were looked at."""
    bulk.each(
        cursor,
        f"UPDATE sync_inbox SET delta = '{NO_PAYLOAD}' WHERE desk_id = %s AND seq = %s",
        [(each.desk, each.change.seq) for each in sent],
    )
