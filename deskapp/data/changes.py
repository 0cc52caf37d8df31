"""A captured change as it travels, and the chain that proves that none was changed or left out.

Source: design sheet of sync, section 6 (canonical row, chain).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

START = bytes(32)
"""The chain before the first change of a desk."""
NO_PAYLOAD = "{}"
"""What is left of a delta when its row was erased: the chain holds without it."""


class Change(NamedTuple):
    """One local write, column by column as ``change_log`` and ``sync_inbox`` keep it."""

    seq: int
    change_id: str
    txn: str
    hlc: int
    actor: str
    tbl: str
    row_id: str
    home_site: str
    op: str
    """``I``, ``U``, ``B`` where values are erased, or ``X`` where the row is."""
    delta: str
    """JSON object of the fields that were written; ``NO_PAYLOAD`` once the row was erased."""
    delta_hash: bytes
    """SHA-256 of the delta as it was written; 32 bytes."""
    base_rev: int
    """Central revision of the row that the desk had seen; of a change that another store wrote and
    this one brings in, -1 less that: it has not seen what this desk wrote."""
    schema_ver: str
    wall_ms: int


COLUMNS = ", ".join(Change._fields)
_DELTA, _HASH = map(Change._fields.index, ("delta", "delta_hash"))


def payload_hash(delta: str) -> bytes:
    """What stands for a delta in the chain."""
    return hashlib.sha256(delta.encode("utf-8", "surrogatepass")).digest()


def hashed(row: Sequence[Any]) -> Change:
    """The change in the columns of a row; its hash is kept only where its payload was taken out."""
    values = list(row)
    values[_HASH] = row[_HASH] or payload_hash(row[_DELTA])
    return Change._make(values)


def has_payload(change: Change) -> bool:
    """Whether it still says what was written."""
    return payload_hash(change.delta) == bytes(change.delta_hash)


def payload_fits(change: Change) -> bool:
    """Whether the delta is the one that was sealed, or was taken out."""
    return change.delta == NO_PAYLOAD or has_payload(change)


def canonical(change: Change) -> bytes:
    """The bytes that stand for a change: each field as UTF-8, its length in four bytes before.

    The delta is left out; its hash stands for it, so that an erasure leaves the chain whole.
    """
    try:
        return _of_short_texts(*change)
    except (IndexError, UnicodeEncodeError):
        parts: list[bytes] = []
        for at, value in enumerate(change):
            if at != _DELTA:
                text = str(value).encode("utf-8", "surrogatepass")
                field = bytes(change.delta_hash) if at == _HASH else text
                parts += (len(field).to_bytes(4, "big"), field)
        return b"".join(parts)


_SHORT = [f"\0\0\0{chr(length)}" for length in range(128)]
_OF_HASH = _SHORT[hashlib.sha256().digest_size].encode()


def _of_short_texts(  # every change passes here, on the desk and at central: a third of the time
    seq: int, change_id: str, txn: str, hlc: int, actor: str, tbl: str, row_id: str,
    home_site: str, op: str, _delta: str, delta_hash: bytes, base_rev: int, ver: str, wall: int,
) -> bytes:  # fmt: skip
    """``canonical`` where each text is ASCII and shorter than 128, as nearly always.

    Raises:
        IndexError, UnicodeEncodeError: If one is not.
    """
    n, no, clock, rev, ms = _SHORT, f"{seq}", f"{hlc}", f"{base_rev}", f"{wall}"
    before = (
        f"{n[len(no)]}{no}{n[len(change_id)]}{change_id}{n[len(txn)]}{txn}{n[len(clock)]}{clock}"
        f"{n[len(actor)]}{actor}{n[len(tbl)]}{tbl}{n[len(row_id)]}{row_id}"
        f"{n[len(home_site)]}{home_site}{n[len(op)]}{op}"
    )
    after = f"{n[len(rev)]}{rev}{n[len(ver)]}{ver}{n[len(ms)]}{ms}"
    return b"".join((before.encode("ascii"), _OF_HASH, delta_hash, after.encode("ascii")))


def link(chain: bytes, change: Change) -> bytes:
    """The chain after ``change``, when it was ``chain`` before; 32 bytes."""
    return hashlib.sha256(chain + canonical(change)).digest()


def linked(chain: bytes, changes: Iterable[Change]) -> bytes:
    """The chain after all of ``changes``."""
    for change in changes:
        chain = link(chain, change)
    return chain


def signed_text(desk_id: str, first_seq: int, last_seq: int, chain: bytes) -> bytes:
    """What a desk signs for a batch, so that no other can speak in its name."""
    return f"{desk_id} {first_seq} {last_seq} {chain.hex()}".encode("ascii")
