"""How far a captured change has come on its way to central."""

from __future__ import annotations

from enum import IntEnum


class State(IntEnum):
    """How far a change has come."""

    PENDING = 0
    RECEIVED = 1
    """Central has it, and has not merged it yet."""
    APPLIED = 2
    QUARANTINED = 3
    SETTLED = 4
    """Was quarantined, and somebody has looked after it."""
