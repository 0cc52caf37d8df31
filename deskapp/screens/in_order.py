"""What must be stored one after the other while the officer goes on: scans."""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any

from textual.app import App
from textual.worker import Worker

Job = Callable[[], Awaitable[None]]


class InOrder:
    """A queue of jobs that runs beside the keys, the oldest first; none is left out."""

    def __init__(self, app: App[Any]) -> None:
        self._app = app
        self._jobs: deque[Job] = deque()
        self._worker: Worker[None] | None = None

    def put(self, job: Job) -> None:
        """Do ``job`` once everything before it is done."""
        self._jobs.append(job)
        if self._worker is None or self._worker.is_finished:
            # Of the application: a screen that closes must not end it.
            self._worker = self._app.run_worker(self._work(), group="in-order", exit_on_error=True)

    @property
    def waiting(self) -> int:
        """How many are not done yet."""
        return len(self._jobs)

    async def settle(self) -> None:
        """Wait until everything is done."""
        if self._worker is not None:
            await self._worker.wait()

    async def _work(self) -> None:
        while self._jobs:
            await self._jobs[0]()
            self._jobs.popleft()
