"""What a desk sends: sealed changes into its inbox, a batch in one transaction, signed.

Source: design sheet of sync, section 6 (PUSH).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from deskapp.data.central import bulk
from deskapp.data.central.connect import Central, central_errors
from deskapp.data.changes import Change
from deskapp.failpoints import failpoint

_COLUMNS = ("desk_id", *Change._fields, "chain")


class Batch(NamedTuple):
    """Changes of one desk in their order, without a hole."""

    desk_id: str
    changes: Sequence[Change]
    chains: Sequence[bytes]
    """The chain after each of them."""
    signature: bytes
    app_ver: str
    schema_ver: str


class ForkedError(Exception):
    """Central has another change under one of these numbers: two stores speak as one desk."""


def push(central: Central, batch: Batch) -> None:
    """Add a batch to the inbox; what is there already stays as it is.

    Raises:
        ForkedError: If central holds other changes under these numbers; nothing was added.
        CentralError: If it could not be sent.
    """
    first, last = batch.changes[0].seq, batch.changes[-1].seq
    with (
        central_errors(),
        central.cursor() as cursor,
        bulk.together(cursor, len(batch.changes)),
        central.transaction(),
    ):
        # COPY into a table that shows each desk its own rows only is refused by PostgreSQL.
        bulk.insert(
            cursor,
            "sync_inbox",
            _COLUMNS,
            (
                (batch.desk_id, *change, chain)
                for change, chain in zip(batch.changes, batch.chains, strict=True)
            ),
            " ON CONFLICT DO NOTHING",
        )
        found = cursor.execute(
            "SELECT chain FROM sync_inbox WHERE desk_id = %s AND seq = %s", (batch.desk_id, last)
        ).fetchone()
        if found is None or bytes(found[0]) != batch.chains[-1]:
            raise ForkedError
        cursor.execute(
            "INSERT INTO sync_batch (desk_id, first_seq, last_seq, last_chain, signature, app_ver,"
            " schema_ver) VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING",
            (
                batch.desk_id,
                first,
                last,
                batch.chains[-1],
                batch.signature,
                batch.app_ver,
                batch.schema_ver,
            ),
        )
        failpoint("push.before_commit")
