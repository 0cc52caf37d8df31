"""How far a captured change has come on its way to central.

What is sealed, received or merged is always the beginning of the log, so it is noted at its last
change only and holds for all before: a hundred thousand changes cost no more to note than one.
"""

from __future__ import annotations

from enum import IntEnum


class State(IntEnum):
    """How far the log has come at a change; what was set aside is noted at each change itself."""

    PENDING = 0
    RECEIVED = 1
    """Central has it, and has not merged it yet."""
    APPLIED = 2
    QUARANTINED = 3
    SETTLED = 4
    """Was quarantined, and somebody has looked after it."""


SEALED_UPTO = (
    "coalesce((SELECT seq FROM change_log WHERE chain IS NOT NULL ORDER BY seq DESC LIMIT 1), 0)"
)
"""SQL: number of the last change that is as it will stay."""
# The + makes SQLite go by the index of the state: by number it would read the log from its end, the
# whole of it on a desk that was never joined.
RECEIVED_UPTO = f"(SELECT coalesce(max(+seq), 0) FROM change_log WHERE state >= {State.RECEIVED})"
"""SQL: number of the last change that central has."""
APPLIED_UPTO = f"(SELECT coalesce(max(+seq), 0) FROM change_log WHERE state >= {State.APPLIED})"
"""SQL: number of the last change that central has merged, or set aside."""
