"""The one question a desk asks first: how far is central with me, and is there anything new.

Source: design sheet of sync, section 6 (HELLO).
"""

from __future__ import annotations

import datetime as dt
import json
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
 (SELECT json_agg(row_to_json(s)) FROM (
   SELECT s.stream, s.head, coalesce(c.seq = 0 OR m.token = c.mark, false) AS known,
     coalesce(f.token = c.staged_mark, false) AS staged_known
   FROM sync_member AS p JOIN sync_stream AS s ON s.stream = p.stream
   LEFT JOIN json_to_recordset(%(cursors)s::json)
     AS c(stream text, seq bigint, mark text, staged_seq bigint, staged_mark text)
     ON c.stream = s.stream
   LEFT JOIN sync_mark AS m ON m.stream = c.stream AND m.seq = c.seq
   LEFT JOIN sync_mark AS f ON f.stream = c.stream AND f.seq = c.staged_seq
   WHERE p.db_role = session_user) AS s),
 clock_timestamp(), pg_has_role(session_user, %(applier)s, 'member')
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


def ask(central: Central, desk_id: str, cursors: dict[str, Cursor]) -> Hello:
    """Ask everything in one round trip."""
    places = [{"stream": stream, **cursor._asdict()} for stream, cursor in cursors.items()]
    row = central.execute(
        _ASKED, {"desk": desk_id, "cursors": json.dumps(places), "applier": APPLIER}
    ).fetchone()
    assert row is not None
    about, desk, newest, streams, now, may_apply = row
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
        streams={
            each["stream"]: Stream(each["head"], each["known"], each["staged_known"])
            for each in streams or ()
        },
        now=now,
        may_apply=may_apply,
    )
