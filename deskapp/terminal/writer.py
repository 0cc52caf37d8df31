"""The thread that writes to the terminal, and outlives neither a stalled line nor a lost one."""

from __future__ import annotations

import os
import select
from collections.abc import Callable
from threading import Condition, Thread

PENDING_LIMIT_BYTES = 32 * 1024
"""As much as may wait for a slow line before the application waits too."""
LAST_WORDS_SECONDS = 0.5
"""How long a line in trouble may take over what puts its modes back."""


class Writer(Thread):
    """Writes bytes in order; all that waits goes out in one write."""

    def __init__(self, screen: int) -> None:
        super().__init__(name="deskapp-output", daemon=True)
        self._screen = screen
        self._pending = bytearray()
        self._change = Condition()
        self._closing = False
        self._hurried = False
        self._lost = False
        self._busy = False
        self._when_idle: Callable[[], None] | None = None

    def idle(self, when_idle: Callable[[], None]) -> bool:
        """Whether nothing waits to be sent; if something does, ``when_idle`` is called after it.

        It is called once, in the thread of the writer.
        """
        with self._change:
            if not self._pending and not self._busy:
                return True
            self._when_idle = when_idle
            return False

    def write(self, data: bytes) -> None:
        """Send ``data``; waits while the line is far behind, drops it once the line is lost."""
        with self._change:
            self._change.wait_for(self._has_room)
            if not self._lost:
                self._pending += data
            self._change.notify_all()

    def hurry(self) -> None:
        """Drop what still waits and never wait again: the application is about to end."""
        with self._change:
            self._hurried = True
            self._pending.clear()
            self._change.notify_all()

    def close(self) -> None:
        """End when everything has been written, or soon when in a hurry."""
        with self._change:
            self._closing = True
            self._change.notify_all()
        self.join(LAST_WORDS_SECONDS if self._hurried else None)

    def run(self) -> None:
        """Write until closed."""
        while True:
            with self._change:
                self._change.wait_for(lambda: self._pending or self._closing)
                data = bytes(self._pending)
                self._pending.clear()
                self._busy = True
                self._change.notify_all()
            if not data:
                return
            self._send(data)
            self._rest()

    def _rest(self) -> None:
        with self._change:
            self._busy = False
            call, idle = self._when_idle, not self._pending
            if idle:
                self._when_idle = None
        if idle and call is not None:
            call()

    def _has_room(self) -> bool:
        return len(self._pending) < PENDING_LIMIT_BYTES or self._hurried

    def _send(self, data: bytes) -> None:
        while data:
            try:
                data = data[os.write(self._screen, data) :]
            except BlockingIOError:
                # Another program on the same terminal may have made it non-blocking.
                select.select([], [self._screen], [])
            except OSError:
                self._lost = True
                return
