"""What a desk sends: sealed changes into its inbox, a batch in one transaction, signed.

Source: design sheet of sync, section 6 (PUSH).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
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


@contextmanager
def pushing(central: Central, batch: Batch) -> Iterator[None]:
    """Add a batch to the inbox; what is there already stays as it is.

    The block runs while central takes the batch in, which is there once the block has ended.

    Raises:
        ForkedError: If central holds other changes under these numbers; nothing was added.
        CentralError: If it could not be sent.
    """
    first, last, chain = batch.changes[0].seq, batch.changes[-1].seq, batch.chains[-1]
    rows = [
        (batch.desk_id, *change, link)
        for change, link in zip(batch.changes, batch.chains, strict=True)
    ]
    with (
        central_errors(),
        central.cursor() as cursor,
        bulk.together(cursor, len(rows)),
        central.transaction(),
    ):
        # COPY into a table that shows each desk its own rows only is refused by PostgreSQL.
        with bulk.inserting(cursor, "sync_inbox", _COLUMNS, rows, " ON CONFLICT DO NOTHING"):
            found = central.execute(
                "SELECT chain FROM sync_inbox WHERE desk_id = %s AND seq = %s",
                (batch.desk_id, last),
            )
            central.execute(
                "INSERT INTO sync_batch (desk_id, first_seq, last_seq, last_chain, signature,"
                " app_ver, schema_ver) VALUES (%s, %s, %s, %s, %s, %s, %s)"
                " ON CONFLICT DO NOTHING",
                (batch.desk_id, first, last, chain, batch.signature, batch.app_ver,
                 batch.schema_ver),
            )  # fmt: skip
            yield
            row = found.fetchone()
        if row is None or bytes(row[0]) != chain:
            raise ForkedError
        failpoint("push.before_commit")
