"""Keys reach the application one at a time, each when the one before has done its work.

A slow link, a barcode reader or a quick officer delivers several keys at once. Textual hands all
of them to the field that has the focus at that moment: the letters after a Tab land in the field
before it, and the words after the key that opens a form land outside it.

Source: design/thin_terminals.md R10.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from textual.app import App
from textual.events import Key, Paste
from textual.message_pump import MessagePump
from textual.screen import Screen

from deskapp.terminal.settling import Settling

PATIENCE_SECONDS = 1.0
"""When a key's work does not end (its widget went away), the next one goes on after this."""
ROUNDS = 2
"""The key itself, then the messages that its work has sent, such as ``Input.Submitted``."""


class KeyOrder:
    """A queue of keys in front of the application; used in the event loop only."""

    def __init__(
        self,
        app: App[Any],
        loop: asyncio.AbstractEventLoop,
        *,
        begun: Callable[[str], None],
        settling: Settling,
    ) -> None:
        """Stand in front of ``app``.

        Args:
            begun: Called with the name of a key before it is handed on.
            settling: Paints what the keys have changed when all have done their work.
        """
        self._app = app
        self._loop = loop
        self._begun, self._settling = begun, settling
        self._waiting: deque[Key | Paste] = deque()
        self._steps: Iterator[MessagePump] | None = None
        self._watch: asyncio.TimerHandle | None = None

    def put(self, event: Key | Paste) -> None:
        """Hand ``event`` on when everything before it has done its work."""
        self._waiting.append(event)
        if self._steps is None:
            self._settling.note()
            self._next()

    def _next(self) -> None:
        if self._watch is not None:
            self._watch.cancel()
        if not self._waiting:
            self._steps = self._watch = None
            self._settling.begin()
            return
        self._watch = self._loop.call_later(PATIENCE_SECONDS, self._next)
        before = self._settling.screen()
        event = self._waiting.popleft()
        self._begun(event.key if isinstance(event, Key) else "")
        self._app.post_message(event)
        self._steps = self._way()
        self._go(self._steps, before)

    def _way(self) -> Iterator[MessagePump]:
        """The queues that a key goes through, each asked for when it has left the one before.

        The application gives it to the field with the focus, and from there it climbs back to
        the application, whose bindings come last.
        """
        yield self._app
        for _round in range(ROUNDS):
            screen = self._settling.screen()
            pump: MessagePump | None = screen and (screen.focused or screen)
            while pump is not None:
                yield pump
                pump = pump._parent

    def _go(self, steps: Iterator[MessagePump], before: Screen[Any] | None) -> None:
        """Queue up behind the key once more, or let the next one go."""
        if steps is not self._steps:
            return  # it took too long, and the next one has gone on already
        for pump in steps:
            if pump.call_later(partial(self._go, steps, before)):
                return
        now = self._settling.screen()
        # A screen that the key has opened must first have its fields, and one of them the focus.
        if now is before or now is None or not now.call_after_refresh(self._opened, steps):
            self._next()
        else:
            now.call_later(now._on_timer_update)

    def _opened(self, steps: Iterator[MessagePump]) -> None:
        if steps is self._steps:
            self._next()
