"""What an exchange notes on the desk: how it went, the clock, the limit of working alone."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from deskapp.clock import stamp
from deskapp.data import outbox
from deskapp.data.connection import Connection
from deskapp.services import offline

if TYPE_CHECKING:
    from deskapp.data.central.hello import Hello
    from deskapp.services.exchange import Outcome


def _open_conflicts(connection: Connection) -> int:
    [(count,)] = connection.execute(
        "SELECT count(*) FROM conflict WHERE resolved_at = ''"
    ).fetchall()
    return int(count)


def note_clock(connection: Connection, skew: dt.timedelta) -> None:
    connection.execute(
        "UPDATE sync_state SET clock_offset_ms = ?", (int(skew.total_seconds() * 1000),)
    )


def note_done(
    connection: Connection,
    answer: Hello,
    outcome: Outcome,
    started: dt.datetime,
    ended: dt.datetime,
) -> None:
    connection.execute(
        "UPDATE sync_state SET central_id = ?, enrolled_at = coalesce(enrolled_at, ?),"
        " last_ok_at = ?, last_error = NULL",
        (answer.central_id, stamp(ended), stamp(ended)),
    )
    offline.keep(connection, answer.offline_limit_days, answer.now)
    outcome.conflicts = _open_conflicts(connection)
    outcome.quarantined = outbox.quarantined(connection)
    keep_run(connection, outcome, started, ended, "done")


def keep_run(
    connection: Connection,
    outcome: Outcome,
    started: dt.datetime,
    ended: dt.datetime,
    result: str,
) -> None:
    connection.execute(
        "INSERT OR REPLACE INTO sync_run (started_at, ended_at, who, pushed, applied, pulled,"
        " conflicts, quarantined, skew_ms, central_at, applied_seq, outcome)"
        " VALUES (?, ?, desk_actor(), ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            stamp(started),
            stamp(ended),
            outcome.sent,
            outcome.applied,
            outcome.received,
            outcome.conflicts,
            outcome.quarantined,
            int(outcome.skew.total_seconds() * 1000),
            stamp(outcome.central_at) if outcome.central_at else "",
            outcome.applied_seq,
            result,
        ),
    )
