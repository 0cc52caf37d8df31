"""The rows that keep what did not stand, until somebody has decided about it.

Pure functions. Source: design sheet of sync, section 6 (APPLY, step 4).
"""

from __future__ import annotations

import uuid

from deskapp.clock import instant_of_ms, stamp
from deskapp.data import merge, quick_json
from deskapp.data.merge import Incoming, Loss, Row, Written
from deskapp.data.shapes import Value

CONFLICT = "conflict"
"""The table of such rows."""
_DECISION = ("resolved_by", "resolved_at", "resolution")
"""Its fields that say what became of a conflict."""
_NAMESPACE = uuid.UUID("5a0a3c0e-6a52-4a3c-9d53-1b1a3f0f6c11")


def id_of(cause: str) -> str:
    """Id of the conflict that has a cause: the same clash is one, however often it is applied."""
    return f"{uuid.uuid5(_NAMESPACE, cause)}"


def opened(table: str, row_id: str, loss: Loss, now_ms: int, *, decided: bool) -> Row:
    """A conflict about a row, as it begins.

    Args:
        table: Of the row.
        row_id: Of the row.
        loss: Both values.
        now_ms: The server's clock.
        decided: Nobody has to look at it.
    """
    now = stamp(instant_of_ms(now_ms))
    fields: dict[str, Value] = {
        "tbl": table,
        "row_id": row_id,
        "field": loss.field,
        "kind": loss.kind,
        "losing": quick_json.write(loss.losing),
        "losing_by": loss.loser.actor,
        "losing_desk": loss.loser.desk,
        "losing_at": _at(loss.loser),
        "winning": quick_json.write(loss.winning),
        "winning_by": loss.winner.actor,
        "winning_desk": loss.winner.desk,
        "winning_at": _at(loss.winner),
        "opened_at": now,
        "resolved_by": "",
        "resolved_at": now if decided else "",
        "resolution": "kept" if decided else "",
    }
    return Row(fields, {merge.FIRST: Written(now_ms << 16, "", 1, "")}, 1)


def decision(row: Row, change: Incoming) -> Incoming:
    """What a change says of a conflict that may be there: who decided it, never what clashed.

    Any decision stands against none: who had fetched it tells a central that has forgotten it.
    """
    if not row.rev:
        return change
    decided = {name: change.fields[name] for name in _DECISION if name in change.fields}
    if not decided.get("resolved_at"):
        return change._replace(fields={})
    rev = change.base_rev if row.fields["resolved_at"] else row.rev
    return change._replace(fields=decided, base_rev=rev)


def _at(by: Written) -> str:
    return stamp(instant_of_ms(by.hlc >> 16))
