"""The one question a desk asks first: how far is central with me, and is there anything new.

Source: design sheet of sync, section 6 (HELLO).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple

from deskapp.data.central.connect import APPLIER, Central

PROTOCOL = 1

_ASKED = """
SELECT (SELECT row_to_json(c) FROM sync_central AS c),
 (SELECT row_to_json(d) FROM (SELECT site, applied_seq, encode(applied_chain, 'hex') AS chain,
   status FROM sync_desk WHERE desk_id = %(desk)s) AS d),
 (SELECT row_to_json(i) FROM (SELECT seq, encode(chain, 'hex') AS chain FROM sync_inbox
   WHERE desk_id = %(desk)s ORDER BY seq DESC LIMIT 1) AS i),
 (SELECT json_object_agg(stream, json_build_array(head, mark)) FROM sync_stream),
 clock_timestamp(), pg_has_role(session_user, %(applier)s, 'member')
"""
_MARKS = """
SELECT stream, seq, token FROM sync_mark JOIN unnest(%s::text[], %s::bigint[], %s::text[])
 AS k(stream, seq, token) USING (stream, seq, token)
"""


class Cursor(NamedTuple):
    """How far the desk has read a stream."""

    seq: int
    mark: str
    staged_seq: int = 0
    """Where the stream ended when the desk fetched rows that it has not taken in."""
    staged_mark: str = ""


class Stream(NamedTuple):
    """A stream that the desk may read."""

    head: int
    known: bool
    """Central remembers the place that the desk has read to."""
    staged_known: bool = False
    """Central remembers the end that the desk saw when it fetched the rows that still wait."""


@dataclass(frozen=True)
class Hello:
    """What central answers."""

    central_id: str
    protocols: range
    schema_ver: str
    min_desk_schema: str
    paused: bool
    retry_after_s: int
    max_batch_rows: int
    max_batch_bytes: int
    status: str
    """Of the desk; empty when it was never enrolled."""
    applied_seq: int
    received: int
    """The newest change of this desk that central has."""
    chain: bytes
    """The chain there."""
    streams: dict[str, Stream]
    now: dt.datetime
    may_apply: bool
    offline_limit_days: int = 0
    """How long a desk may work alone; 0 is for ever."""


def ask(central: Central, desk_id: str, cursors: dict[str, Cursor]) -> Hello:
    """Ask everything in one round trip; one more where the desk is not where its streams end."""
    row = central.execute(_ASKED, {"desk": desk_id, "applier": APPLIER}).fetchone()
    assert row is not None
    about, desk, newest, heads, now, may_apply = row
    ends = {stream: (head, mark) for stream, (head, mark) in (heads or {}).items()}
    desk = desk or {"applied_seq": 0, "chain": "", "status": "", "site": ""}
    inbox = newest or {"seq": 0, "chain": ""}
    behind = inbox["seq"] <= desk["applied_seq"]
    return Hello(
        central_id=about["central_id"],
        protocols=range(about["protocol_min"], about["protocol_max"] + 1),
        schema_ver=about["schema_ver"],
        min_desk_schema=about["min_desk_schema"],
        paused=about["paused"],
        retry_after_s=about["retry_after_s"],
        max_batch_rows=about["max_batch_rows"],
        max_batch_bytes=about["max_batch_bytes"],
        status=desk["status"],
        applied_seq=desk["applied_seq"],
        received=desk["applied_seq"] if behind else inbox["seq"],
        chain=bytes.fromhex(desk["chain"] if behind else inbox["chain"]),
        streams=_streams(central, ends, cursors),
        now=now,
        may_apply=may_apply,
        offline_limit_days=about["offline_limit_days"],
    )


def _streams(
    central: Central, ends: dict[str, tuple[int, str]], cursors: dict[str, Cursor]
) -> dict[str, Stream]:
    """The streams that the desk may read, and what central remembers of where it is in each."""
    at = {stream: cursors.get(stream, Cursor(0, "")) for stream in ends}
    known = {(stream, *end) for stream, end in ends.items()}
    asked = {(stream, *place) for stream, each in at.items() for place in (each[:2], each[2:])}
    if other := [place for place in asked - known if place[1]]:
        parts = tuple(list(part) for part in zip(*other, strict=True))
        known |= set(central.execute(_MARKS, parts).fetchall())
    return {
        stream: Stream(
            ends[stream][0],
            each.seq == 0 or (stream, each.seq, each.mark) in known,
            (stream, each.staged_seq, each.staged_mark) in known,
        )
        for stream, each in at.items()
    }
