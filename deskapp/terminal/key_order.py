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
from textual.worker import Worker

PATIENCE_SECONDS = 1.0
"""When a key's work does not end (its widget went away), the next one goes on after this."""
WORK_SECONDS, OPENING_SECONDS = 0.02, 0.1
"""How long a paint waits for what a key has set to work, and when that key shows another screen:
what an officer types is seen sooner than a page, and a page is seen in one go."""
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
        done: Callable[[], None],
    ) -> None:
        """Stand in front of ``app``.

        Args:
            begun: Called with the name of a key before it is handed on.
            done: Called when all keys have done their work, and the screen has painted it.
        """
        self._app = app
        self._loop = loop
        self._begun, self._done = begun, done
        self._waiting: deque[Key | Paste] = deque()
        self._steps: Iterator[MessagePump] | None = None
        self._watch: asyncio.TimerHandle | None = None
        self._workers: set[Worker[Any]] = set()
        """Those that were there before the keys."""
        self._before: Screen[Any] | None = None
        """The screen on which the keys began."""
        self._painting: asyncio.Task[None] | None = None

    def put(self, event: Key | Paste) -> None:
        """Hand ``event`` on when everything before it has done its work."""
        self._waiting.append(event)
        if self._steps is None:
            self._workers = set(self._app.workers)
            self._before = self._screen()
            self._next()

    def _next(self) -> None:
        if self._watch is not None:
            self._watch.cancel()
        if not self._waiting:
            self._steps = self._watch = None
            self._finish()
            return
        self._watch = self._loop.call_later(PATIENCE_SECONDS, self._next)
        before = self._screen()
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
            screen = self._screen()
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
        now = self._screen()
        # A screen that the key has opened must first have its fields, and one of them the focus.
        if now is before or now is None or not now.call_after_refresh(self._opened, steps):
            self._next()
        else:
            now.call_later(now._on_timer_update)

    def _opened(self, steps: Iterator[MessagePump]) -> None:
        if steps is self._steps:
            self._next()

    def _finish(self) -> None:
        """Let the screen paint all that the keys have changed, in one go.

        What a key has set to work, such as a search, gets a moment to be part of it.
        """
        started = [
            worker._task
            for worker in self._app.workers
            if worker not in self._workers and worker._task is not None
        ]
        if started:
            self._painting = self._loop.create_task(self._paint_after(started))
        else:
            self._paint()

    async def _paint_after(self, work: list[asyncio.Task[Any]]) -> None:
        opened = self._screen() is not self._before
        await asyncio.wait(work, timeout=OPENING_SECONDS if opened else WORK_SECONDS)
        self._paint()

    def _paint(self) -> None:
        screen = self._screen()

        def paint() -> None:
            if screen is not None and self._steps is None:
                screen._on_timer_update()
                self._done()

        if screen is None:
            self._done()
        else:
            screen.call_next(paint)

    def _screen(self) -> Screen[Any] | None:
        return self._app.screen if self._app.screen_stack else None
