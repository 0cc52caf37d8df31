"""What central need not keep: changes that were merged long ago, in steps that hold nobody up.

Source: design sheet of sync, section 5 (sync_inbox).
"""

from __future__ import annotations

from deskapp.data.central.connect import Central, central_errors
from deskapp.data.outbox import KEEP

BATCHES = 100
"""Of one step."""


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
