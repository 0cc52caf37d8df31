"""Names for rows and desks: random enough to be made anywhere without asking."""

from __future__ import annotations

import os
import time
import uuid
from collections.abc import Callable


def new_id(now_ms: int | None = None, random: Callable[[int], bytes] = os.urandom) -> str:
    """A new row id: UUIDv7, so that ids made later sort later.

    Args:
        now_ms: Milliseconds since 1970, the system clock when left out.
        random: Gives so many random bytes; only invented data has its own.

    Source: RFC 9562, section 5.7.
    """
    wall = time.time_ns() // 1_000_000 if now_ms is None else now_ms
    value = (wall & (1 << 48) - 1) << 80 | int.from_bytes(random(10), "big")
    value = value & ~(0xF << 76) | 0x7 << 76  # version
    value = value & ~(0x3 << 62) | 0x2 << 62  # variant
    return str(uuid.UUID(int=value))


def new_desk_id() -> str:
    """A new desk id: UUIDv4, because it must not tell when the desk was made."""
    return str(uuid.uuid4())
