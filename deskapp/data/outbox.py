"""The desk's own side of the log of changes: sealed, sent in batches, kept until central is safe.

Every function runs inside the caller's transaction. Source: design sheet of sync, sections 4 and 6.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from sqlcipher3 import dbapi2

from deskapp.clock import stamp
from deskapp.data import logged
from deskapp.data.change_state import APPLIED_UPTO, RECEIVED_UPTO, SEALED_UPTO, State
from deskapp.data.changes import COLUMNS, NO_PAYLOAD, START, Change, hashed, link, linked
from deskapp.data.connection import Connection, as_kept, in_any_case
from deskapp.data.ids import new_desk_id

KEEP = dt.timedelta(days=35)
"""How long applied changes stay, to refill a central database that went back in time; not shorter
than its own recovery reaches back."""
_ALL = 2**63 - 1
_CODES = "sync_set_aside"
_MOST = "sync_most_rows"


def seal(connection: Connection) -> None:
    """Fix every change as it is; from then on it may be sent, and only an erasure takes from it."""
    connection.execute(
        "UPDATE change_log SET chain = x'' WHERE chain IS NULL"
        " AND seq = (SELECT max(seq) FROM change_log)"
    )


def is_sealed(connection: Connection) -> bool:
    """Whether every change is."""
    last = "SELECT chain IS NULL FROM change_log ORDER BY seq DESC LIMIT 1"
    row = connection.execute(last).fetchone()
    return row is None or not row[0]


def agrees(connection: Connection, received: int) -> bool:
    """Whether what is noted here fits what central says that it has received."""
    return _number(connection, RECEIVED_UPTO) == received


def is_marked_applied(connection: Connection, upto: int) -> bool:
    """Whether everything up to a change is noted as merged, or no longer kept."""
    [(least,)] = connection.execute("SELECT min(seq) FROM change_log").fetchall()
    return least is None or upto < least or _number(connection, APPLIED_UPTO) >= upto


def _number(connection: Connection, question: str) -> int:
    [(number,)] = connection.execute(f"SELECT {question}").fetchall()
    return int(number)


def chain_at(connection: Connection, seq: int) -> bytes | None:
    """The sealed chain at a change; of 0 the start, None where the log does not reach.

    It is kept where a batch ended; elsewhere it is worked out from there.
    """
    if seq == 0:
        return START
    row = connection.execute(
        "SELECT seq, chain FROM change_log WHERE seq <= ? AND chain > x''"
        " ORDER BY seq DESC LIMIT 1",
        (seq,),
    ).fetchone()
    known, chain = (int(row[0]), bytes(row[1])) if row else (0, START)
    changes = list(_sealed(connection, known, seq))
    whole = [change.seq for change in changes] == list(range(known + 1, seq + 1))
    return linked(chain, changes) if whole else None


def _sealed(connection: Connection, after: int, upto: int) -> Iterator[Change]:
    """The sealed changes behind ``after`` up to and including ``upto``, as they are kept."""
    try:
        with as_kept(connection):
            for row in _rows(connection, after, upto):
                yield hashed(row)
                after = row[0]
    except dbapi2.OperationalError:
        with as_kept(connection, in_any_case):
            yield from map(hashed, _rows(connection, after, upto))


def _rows(connection: Connection, after: int, upto: int) -> Iterable[tuple[Any, ...]]:
    return connection.execute(
        f"SELECT {COLUMNS} FROM change_log WHERE seq > ? AND seq <= min(?, {SEALED_UPTO})"
        " ORDER BY seq",
        (after, upto),
    )


def newest(connection: Connection) -> int:
    """Number of the last change; 0 when there is none."""
    [(seq,)] = connection.execute("SELECT coalesce(max(seq), 0) FROM change_log").fetchall()
    return int(seq)


def quarantined(connection: Connection) -> int:
    """How many changes central could not take."""
    question = "SELECT count(*) FROM change_log WHERE state = ?"
    [(count,)] = connection.execute(question, (State.QUARANTINED.value,)).fetchall()
    return int(count)


def set_aside(connection: Connection, refused: Mapping[int, str]) -> None:
    """Note which changes central could not take, and its code of why."""
    connection.executemany(
        "UPDATE change_log SET state = ? WHERE seq = ? AND state < ?",
        [(State.QUARANTINED.value, seq, State.QUARANTINED.value) for seq in refused],
    )
    connection.execute(
        "INSERT OR REPLACE INTO local_state (name, value) VALUES (?, ?)",
        (_CODES, json.dumps(refused)),
    )


def codes(connection: Connection) -> dict[int, str]:
    """Why central could not take changes, by their numbers."""
    row = connection.execute("SELECT value FROM local_state WHERE name = ?", (_CODES,)).fetchone()
    return {int(seq): code for seq, code in json.loads(row[0]).items()} if row else {}


def pending(connection: Connection, after: int) -> int:
    """How many changes stand behind ``after``."""
    row = connection.execute("SELECT count(*) FROM change_log WHERE seq > ?", (after,)).fetchone()
    return int(row[0]) if row else 0


class Sealed(NamedTuple):
    """Changes in their order, and the chain after each of them."""

    changes: list[Change]
    chains: list[bytes]


def batch(
    connection: Connection, after: int, chain: bytes, *, most_rows: int, most_bytes: int
) -> Sealed:
    """The next changes behind ``after``, where the chain is ``chain``; whole transactions only.

    A transaction larger than the limits is sent alone. A change that lost what it said goes with
    all that waits of its row: what of it still holds was logged once more behind it, and a copy of
    this store from before that would believe that central has the whole change.
    """
    changes: list[Change] = []
    chains: list[bytes] = []
    whole = size = 0  # how many changes are of transactions that ended
    txn = ""
    lasts: Mapping[tuple[str, str], int] | None = None
    together = after  # up to here nothing may be left for later
    for change in _sealed(connection, after, _ALL):  # what is in here is done for every change
        if change.txn != txn:
            txn = change.txn
            if changes and changes[-1].seq >= together:
                whole = len(changes)
        size += len(change.delta) + 200
        if whole and (len(changes) >= most_rows or size > most_bytes):
            return Sealed(changes[:whole], chains[:whole])
        if change.delta == NO_PAYLOAD:
            lasts = lasts or _lasts_of_rows(connection, after)
            together = max(together, lasts[change.tbl, change.row_id])
        chain = link(chain, change)
        changes.append(change)
        chains.append(chain)
    return Sealed(changes, chains)


def _lasts_of_rows(connection: Connection, after: int) -> Mapping[tuple[str, str], int]:
    """Of rows with a change behind ``after`` that lost what it said: number of the newest."""
    rows = connection.execute(
        "SELECT tbl, row_id, max(seq) FROM change_log WHERE seq > ? AND (tbl, row_id) IN"
        " (SELECT tbl, row_id FROM change_log WHERE seq > ? AND delta = ?) GROUP BY tbl, row_id",
        (after, after, NO_PAYLOAD),
    )
    return {(table, row_id): seq for table, row_id, seq in rows}


def most_rows(connection: Connection, limit: int) -> int:
    """How many changes to send at once: ``limit``, or less where that did not get through."""
    row = connection.execute("SELECT value FROM local_state WHERE name = ?", (_MOST,)).fetchone()
    return min(limit, int(row[0])) if row else limit


def keep_most_rows(connection: Connection, most: int) -> None:
    """Note how many changes to send at once from now on."""
    connection.execute(
        "INSERT OR REPLACE INTO local_state (name, value) VALUES (?, ?)", (_MOST, f"{most}")
    )


def mark(connection: Connection, upto: int, state: State) -> None:
    """Note that central has received or applied everything up to and including a change."""
    connection.execute(
        "UPDATE change_log SET state = ? WHERE seq = ? AND state < ?",
        (state.value, upto, state.value),
    )


def mark_sent(connection: Connection, upto: int, chain: bytes) -> None:
    """Note that central has received everything up to a change, and the chain there."""
    connection.execute("UPDATE change_log SET chain = ? WHERE seq = ?", (chain, upto))
    mark(connection, upto, State.RECEIVED)


def send_again(connection: Connection, after: int, *, unseen: bool = False) -> None:
    """Hold everything behind ``after`` to be sent once more, sealed.

    With ``unseen`` central has forgotten revisions that the desk had seen: the changes no longer
    claim to have seen any.
    """
    # Central had merged them, forgot them, and would get them without what they said.
    for table, row_id in connection.execute(
        "SELECT DISTINCT tbl, row_id FROM change_log WHERE seq > ? AND delta = ? AND op IN"
        f" ('I', 'U') AND seq <= {APPLIED_UPTO}",
        (after, NO_PAYLOAD),
    ).fetchall():
        logged.tell_oldest(connection, table, [row_id])
    connection.execute("UPDATE change_log SET state = 0 WHERE seq > ?", (after,))
    if unseen:
        connection.execute(
            "UPDATE change_log SET base_rev = iif(base_rev < 0, -1, 0), chain = NULL WHERE seq > ?",
            (after,),
        )
    seal(connection)


def fork(connection: Connection) -> str:
    """Give this store a new desk id and send everything it keeps under it; the new id.

    A restored backup and a cloned image number different changes alike; ``change_id`` keeps what
    central has already from counting twice.
    """
    desk_id = new_desk_id()
    connection.execute("UPDATE change_log SET chain = NULL, state = 0")
    # From 1 without a hole; each number is free before it is taken.
    connection.execute(
        "UPDATE change_log SET seq = -n FROM"
        " (SELECT seq AS was, row_number() OVER (ORDER BY seq) AS n FROM change_log)"
        " WHERE seq = was"
    )
    connection.execute("UPDATE change_log SET seq = -seq")
    connection.execute("UPDATE sync_run SET applied_seq = 0")
    connection.execute("UPDATE sync_state SET desk_id = ?", (desk_id,))
    return desk_id


def forget(connection: Connection, before: dt.datetime) -> int:
    """Drop what central had merged at ``before``, by central's clock; how many.

    The last place where the chain is known stays, and what was set aside. The desk's own clock may
    be wrong by years, so it is not asked.
    """
    cursor = connection.execute(
        "DELETE FROM change_log WHERE state <> ? AND seq <="
        " (SELECT max(applied_seq) FROM sync_run WHERE central_at != '' AND central_at < ?)"
        " AND seq < (SELECT max(seq) FROM change_log WHERE chain > x'' AND seq <= "
        f"{APPLIED_UPTO})",
        (State.QUARANTINED.value, stamp(before)),
    )
    return cursor.rowcount
