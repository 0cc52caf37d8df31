"""What central need not keep: changes that were merged, and marks that were passed, long ago.

In steps that hold nobody up. Source: design sheet of sync, section 5 (sync_inbox, sync_mark).
"""

from __future__ import annotations

from deskapp.data.central.connect import Central, central_errors
from deskapp.data.outbox import KEEP

BATCHES = 100
"""Of one step."""
MARKS = 1_000
"""Of one step, of each stream."""
MARK_DAYS = 60
"""How long a mark is kept beyond the days that a desk may work alone."""


def forget_merged(central: Central) -> int:
    """Drop the changes of the inbox that were merged and came before ``KEEP``; how many.

    The record of what was done, and what a desk says it has sent, stay.

    Args:
        central: Speaks as the applier; each step is a transaction of its own.

    Raises:
        CentralError: If the database failed.
    """
    gone = 0
    while old := _old_batches(central):
        with central_errors(), central.transaction():
            for desk_id, last in old:
                gone += central.execute(
                    "DELETE FROM sync_inbox WHERE desk_id = %s AND seq <= %s", (desk_id, last)
                ).rowcount
                central.execute(
                    "DELETE FROM sync_batch WHERE desk_id = %s AND last_seq <= %s", (desk_id, last)
                )
    return gone


def _old_batches(central: Central) -> list[tuple[str, int]]:
    with central_errors():
        return central.execute(
            "SELECT b.desk_id, b.last_seq FROM sync_batch AS b JOIN sync_desk AS d USING (desk_id)"
            " WHERE b.received_at < now() - %s AND b.last_seq <= d.applied_seq"
            " ORDER BY b.received_at LIMIT %s",
            (KEEP, BATCHES),
        ).fetchall()


def forget_marks(central: Central) -> int:
    """Drop the marks that no desk can stand at any more; how many.

    A desk stands at the mark that was the newest when it last exchanged. So of each stream those go
    that have a newer one which is older itself than a desk may work alone and ``MARK_DAYS`` more;
    none where desks may do so for ever. A desk that was away for longer fetches the stream anew.

    Args:
        central: Speaks as the applier; each step is a transaction of its own.

    Raises:
        CentralError: If the database failed.
    """
    gone = 0
    with central_errors():
        while step := central.execute(_PASSED, (MARKS, MARK_DAYS)).rowcount:
            gone += step
    return gone


_PASSED = """
DELETE FROM sync_mark AS m USING sync_stream AS s CROSS JOIN LATERAL (
    SELECT max(seq) AS seq FROM (
        SELECT seq, made_at FROM sync_mark WHERE stream = s.stream ORDER BY seq LIMIT %s
    ) AS oldest, sync_central AS c
    WHERE c.offline_limit_days > 0
        AND made_at < now() - make_interval(days => c.offline_limit_days + %s)
) AS newer WHERE m.stream = s.stream AND m.seq < newer.seq
"""
