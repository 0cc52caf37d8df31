"""When a screen has done all that it is at, and not before, what it has painted is sent.

Textual draws in steps: a page is laid out, its scroll bar appears, the page is laid out again
beside it; each step waits for a tick of a timer, and each would be a write of its own. Whether the
next step comes soon enough must not hang on how quick the computer is, so no clock is asked here
but for work that truly waits for something, such as a search.

Source: design/thin_terminals.md R6.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from typing import Any

from textual.app import App
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.worker import Worker

WORK_SECONDS, OPENING_SECONDS = 0.02, 0.1
"""How long a paint waits for what a key has set to work, and when that key shows another screen:
what an officer types is seen sooner than a page, and a page is seen in one go."""
TURNS = 200
"""So often the loop goes round for messages on their way; more of them wait for something else."""
PAINTS = 8
"""So many steps a screen may take; one that takes more is not settling but moving."""


class Settling:
    """Lets the screen finish, and paints it; used in the event loop only."""

    def __init__(self, app: App[Any], settled: Callable[[], None]) -> None:
        """Watch over ``app``; ``settled`` is called when all it is at has been painted."""
        self._app = app
        self._settled = settled
        self._known: set[Worker[Any]] = set()
        """Workers that nothing waits for: they were there before."""
        self._before: Screen[Any] | None = None
        """The screen that was shown before."""
        self._task: asyncio.Task[None] | None = None

    def screen(self) -> Screen[Any] | None:
        """What is shown; nothing at the very start and end."""
        return self._app.screen if self._app.screen_stack else None

    def note(self) -> None:
        """Something begins: what is there now is not part of it. Ends what was under way."""
        if self._task is not None:
            self._task.cancel()
            self._task = None
        self._known = set(self._app.workers)
        self._before = self.screen()

    def begin(self) -> None:
        """Let everything finish that has begun since."""
        if self._task is None:
            self._task = asyncio.get_running_loop().create_task(self._settle())
            self._task.add_done_callback(self._told)

    async def _settle(self) -> None:
        began = asyncio.get_running_loop().time()
        await self._finish(began)
        self._paint_below()
        for _step in range(PAINTS):
            if not self._paint():
                break
            await self._finish(began)
        self._task = None
        self.note()
        self._settled()

    def _told(self, task: asyncio.Task[None]) -> None:
        """A fault while something is drawn ends the application, as everywhere."""
        fault = None if task.cancelled() else task.exception()
        if isinstance(fault, Exception):
            self._app._handle_exception(fault)

    async def _finish(self, began: float) -> None:
        """Wait for messages, and for a moment for what is being read."""
        loop = asyncio.get_running_loop()
        await self._quiet()
        while work := self._at_work():
            opened = self.screen() is not self._before
            left = began + (OPENING_SECONDS if opened else WORK_SECONDS) - loop.time()
            if left <= 0:
                return
            await asyncio.wait(work, timeout=left, return_when=asyncio.FIRST_COMPLETED)
            await self._quiet()

    def _at_work(self) -> list[asyncio.Task[None]]:
        """What reads for the screen that is shown, or saves what it has; not for one below."""
        app, screen = self._app, self.screen()
        return [
            worker._task
            for worker in self._app.workers
            if worker not in self._known
            and worker._task is not None
            and not worker._task.done()
            and (worker.node is app or screen in worker.node.ancestors_with_self)
        ]

    async def _quiet(self) -> None:
        """Let the messages arrive that are on their way, and those that they set off."""
        for _turn in range(TURNS):
            await asyncio.sleep(0)
            if not any(_has_messages(pump) for pump in self._pumps()):
                return

    def _pumps(self) -> Iterator[MessagePump]:
        yield self._app
        if screen := self.screen():
            for each in (*self._app._background_screens, screen):
                yield each
                yield from each.walk_children()

    def _paint_below(self) -> None:
        """Paint what has changed below a dialog; it draws itself anew over it."""
        for screen in self._app._background_screens if self.screen() else ():
            _paint(screen)

    def _paint(self) -> bool:
        """Paint what has changed, without waiting for the next tick; whether anything had."""
        screen = self.screen()
        return screen is not None and _paint(screen)


def _has_messages(pump: MessagePump) -> bool:
    return bool(
        pump.message_queue_size or pump._pending_message is not None or pump._next_callbacks
    )


def _paint(screen: Screen[Any]) -> bool:
    changed = (
        screen._layout_required
        or screen._scroll_required
        or screen._repaint_required
        or screen._dirty_widgets
        or screen._callbacks
    )
    if changed:
        with screen._context():
            screen._on_timer_update()
    return bool(changed)
