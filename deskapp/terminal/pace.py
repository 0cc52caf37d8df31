"""How often the screen is sent while a key is held down: as often as a slow line can take it.

What has been handed over cannot be taken back, and SSH hides how much of it still waits. So the
slowest line that must do is taken for the one there is, but only while a key repeats: what is
pressed by hand is always answered at once.

Source: design/thin_terminals.md T8.
"""

from __future__ import annotations

SLOWEST_BYTES_PER_SECOND = 1920
"""A serial line at 19,200 baud."""
REPEAT_SECONDS = 0.1
"""The same key again within this is a key held down; nobody presses that fast."""
LAG_SECONDS = 0.1
"""As much may still be under way when the next screen is sent."""


class Pace:
    """Says how long to wait; times are seconds of a clock that never goes back."""

    def __init__(self) -> None:
        self._key = ""
        self._key_at = -REPEAT_SECONDS
        self._repeats = False
        self._arrived_at = 0.0
        """When the slowest line would have everything."""

    def key(self, name: str, now: float) -> None:
        """Note a key."""
        self._repeats = name == self._key and now - self._key_at < REPEAT_SECONDS
        self._key, self._key_at = name, now

    def sent(self, size_bytes: int, now: float) -> None:
        """Note what was sent."""
        began = max(now, self._arrived_at)
        self._arrived_at = began + size_bytes / SLOWEST_BYTES_PER_SECOND

    def wait_seconds(self, now: float) -> float:
        """How long to wait before looking again whether to send; 0 to send now."""
        held_for = self._key_at + REPEAT_SECONDS - now
        if not self._repeats or held_for <= 0:
            return 0.0
        return max(0.0, min(self._arrived_at - LAG_SECONDS - now, held_for))
