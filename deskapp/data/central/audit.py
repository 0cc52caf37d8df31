"""What was done with every change, chained per site so that no entry can be changed unseen.

Source: design sheet of sync, sections 5 (audit) and 13 (S12).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import psycopg

from deskapp.data.central import bulk
from deskapp.data.merging import Entry

_COLUMNS = (
    "home_site", "n", "at", "actor", "desk", "change_id", "tbl", "row_id", "written", "outcome",
    "before_hash", "hash",
)  # fmt: skip


class Head(NamedTuple):
    """Where the chain of a site ends."""

    n: int
    hash: bytes


_START = Head(0, bytes(32))


def add(cursor: psycopg.Cursor[Any], entries: Sequence[Entry]) -> None:
    """Write entries behind the chains of their sites, whose locks the caller holds."""
    if not entries:
        return
    sites = {entry.site for entry in entries}
    rows = cursor.execute(
        "SELECT now(), k.home_site, audit_n, audit_hash FROM unnest(%b::text[]) AS k(home_site)"
        " LEFT JOIN sync_site USING (home_site)",
        (list(sites),),
    ).fetchall()
    heads = {site: _START if n is None else Head(n, bytes(value)) for _now, site, n, value in rows}
    now = rows[0][0]
    moment = _moment(now)
    written, before = [], []
    for entry in entries:
        replaced = _json(entry.before) if entry.before else _NOTHING
        row = _row(entry, heads[entry.site], now, moment, replaced)
        heads[row[0]] = Head(row[1], row[-1])
        written.append(row)
        if entry.before:
            change = entry.change
            before.append((row[0], row[1], change.tbl, change.row_id, replaced))
    bulk.insert(cursor, "audit", _COLUMNS, written)
    bulk.insert(cursor, "audit_before", ("home_site", "n", "tbl", "row_id", "before"), before)
    bulk.insert(
        cursor,
        "sync_site",
        ("home_site", "audit_n", "audit_hash"),
        [(site, *head) for site, head in heads.items()],
        " ON CONFLICT (home_site) DO UPDATE SET"
        " audit_n = excluded.audit_n, audit_hash = excluded.audit_hash",
    )


def heads(cursor: psycopg.Cursor[Any]) -> Iterator[tuple[str, Head]]:
    """Each site with the end of its chain, to be kept where nobody of central can write."""
    cursor.execute("SELECT home_site, audit_n, audit_hash FROM sync_site ORDER BY home_site")
    for site, n, value in cursor:
        yield site, Head(n, bytes(value))


def holds(cursor: psycopg.Cursor[Any], site: str, head: Head) -> bool:
    """Whether the chain of a site still goes through what was its end once."""
    row = cursor.execute(
        "SELECT hash FROM audit WHERE home_site = %s AND n = %s", (site, head.n)
    ).fetchone()
    return row is not None and bytes(row[0]) == head.hash


def breaks(cursor: psycopg.Cursor[Any]) -> Iterator[tuple[str, int]]:
    """Site and number of the first entry of each chain that does not follow from the one before."""
    by_site: dict[str, Head | None] = defaultdict(lambda: _START)
    names = ", ".join(_COLUMNS)
    cursor.execute(f"SELECT {names} FROM audit ORDER BY home_site, n")
    for row in cursor:
        site, n, *values = row
        head = by_site[site]
        if head is None:
            continue
        kept = bytes(values[-1])
        if n != head.n + 1 or _hash(head.hash, (site, n, *values[:-1]), _moment(values[0])) != kept:
            by_site[site] = None
            yield site, n
        else:
            by_site[site] = Head(n, kept)
    ends = cursor.execute("SELECT home_site, audit_n, audit_hash FROM sync_site").fetchall()
    for site, n, value in ends:
        head = by_site[site]
        if head is not None and head != Head(n, bytes(value)):
            yield site, n


def _row(entry: Entry, head: Head, now: dt.datetime, moment: str, before: str) -> tuple[Any, ...]:
    change = entry.change
    row = (
        entry.site,
        head.n + 1,
        now,
        change.actor,
        entry.desk,
        change.change_id,
        change.tbl,
        change.row_id,
        entry.written,
        entry.outcome,
        hashlib.sha256(before.encode()).digest(),
    )
    return (*row, _hash(head.hash, row, moment))


def _moment(at: dt.datetime) -> str:
    return at.astimezone(dt.UTC).isoformat()


def _hash(before: bytes, row: tuple[Any, ...], moment: str) -> bytes:
    """The chain after ``row``, which was made at ``moment``."""
    site, n, _at, *texts, replaced = row
    parts = [site, f"{n}", moment, *texts, bytes(replaced).hex()]
    return hashlib.sha256(before + json.dumps(parts).encode()).digest()


_json = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode
_NOTHING = _json({})
