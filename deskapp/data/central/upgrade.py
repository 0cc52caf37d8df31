"""Bringing central up to date: its tables, and its rows when a synced column went or became others.

Source: design sheet of sync, section 8.
"""

from __future__ import annotations

from typing import Any

import psycopg

from deskapp.data import merging
from deskapp.data.central import written
from deskapp.data.merge import Row, Written
from deskapp.data.merging import Key
from deskapp.data.upcasts import fields_today, tables_since


def tables(cursor: psycopg.Cursor[Any]) -> None:
    """Bring the tables of any earlier central to those of schema.sql."""
    cursor.execute("ALTER TABLE sync_member DROP COLUMN IF EXISTS may_resolve")


def rows(cursor: psycopg.Cursor[Any], revision: str) -> int:
    """Write every row of ``revision`` as it is written today, and tell its readers; how many."""
    found = cursor.execute(
        "SELECT home_site, tbl, id, resource, rev, fields, meta FROM item WHERE tbl = ANY(%s)",
        (sorted(tables_since(revision)),),
    ).fetchall()
    changed, resources = {}, {}
    for site, tbl, row_id, resource, rev, fields, meta in found:
        row = Row(fields, {name: Written(*by) for name, by in meta.items()}, rev)
        if (today := row_today(tbl, revision, row)) is not row:
            key = Key(site, tbl, row_id)
            changed[key], resources[key] = today, resource
    told = {
        key: merging.told(key, row) for key, row in changed.items() if merging.is_told(key, row)
    }
    written.lock(cursor, sorted({key.home_site for key in changed}))
    written.put(cursor, changed, told=told, resources=resources)
    written.feed(cursor, told, ())
    return len(changed)


def row_today(table: str, revision: str, row: Row) -> Row:
    """A row of ``revision`` as it is written today, itself where it is already.

    What is new counts as written by who last wrote what is gone.
    """
    fields = fields_today(table, revision, row.fields)
    if fields == row.fields:
        return row
    gone, new = row.fields.keys() - fields.keys(), fields.keys() - row.fields.keys()
    by = max((row.meta[name] for name in gone if name in row.meta), default=None)
    meta = {name: each for name, each in row.meta.items() if name not in gone}
    return Row(fields, meta | (dict.fromkeys(new, by) if by else {}), row.rev + 1)
