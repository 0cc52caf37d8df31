"""The desk exchanges by itself: looked at from time to time, told in the top line."""

from __future__ import annotations

import asyncio
import subprocess
from typing import TYPE_CHECKING

from deskapp.errors import DeskError
from deskapp.i18n import _
from deskapp.services import background
from deskapp.services.background import Outcome, Pace
from deskapp.widgets.top_line import TopLine

if TYPE_CHECKING:
    from deskapp.app import DeskApp

WAIT_SECONDS = 0.3
"""How often it is looked whether a run has ended that somebody waits for."""
LOOK_SECONDS, LEFT_SECONDS = 10, 60
"""How often it is looked whether a run is due or has ended; and from when on a desk that nobody
touches is looked at no more often than that: a hundred of them wake nobody. Source: thin terminals,
R7."""


class Exchanging:
    """The runs of a desk, one after the other."""

    def __init__(self, desk: DeskApp) -> None:
        self._desk = desk
        self._pace = Pace(desk.clock.monotonic())
        self._process: subprocess.Popen[bytes] | None = None
        self._outcome = Outcome.DONE
        self._often = desk.set_interval(LOOK_SECONDS, desk.exchange_when_due)
        desk.set_interval(LEFT_SECONDS, desk.exchange_when_due)

    def touched(self) -> None:
        """Somebody works here: what they save may be urgent."""
        self._often.resume()

    async def look(self) -> None:
        """Go on; seldom from now on where nothing runs and nobody works."""
        await self.go_on()
        if self._process is None and self._desk.idle_seconds >= LEFT_SECONDS:
            self._often.pause()
        else:
            self._often.resume()

    @property
    def words(self) -> str:
        """What the top line says of it; empty while all is well."""
        label = background.LABELS[self._outcome]
        return _(label) if label else ""

    async def go_on(self) -> None:
        """Note that a run has ended, or begin one that is due."""
        now = self._desk.clock.monotonic()
        if self._process is not None:
            code = self._process.poll()
            if code is not None:
                self._process = None
                self._ended(now, background.outcome(code))
            return
        try:
            urgent = await self._desk.store.read(background.has_urgent)
        except DeskError:
            return  # whoever waits for the store is told
        if self._pace.is_due(now, urgent=urgent):
            self._process = await asyncio.to_thread(background.start, self._desk.store)

    async def now(self) -> None:
        """Exchange at once and wait for the end; a run that is on its way is waited for."""
        if self._process is None:
            self._process = await asyncio.to_thread(background.start, self._desk.store)
        await self.go_on()
        while self._process is not None:
            await asyncio.sleep(WAIT_SECONDS)
            await self.go_on()

    def _ended(self, now: float, outcome: Outcome) -> None:
        from deskapp.screens.home import HomeScreen

        self._pace.ended(now, outcome)
        if outcome is not self._outcome:
            self._outcome = outcome
            for screen in self._desk.screen_stack:
                for line in screen.query(TopLine):
                    line.show(self._desk.place_and_person)
        if isinstance(self._desk.screen, HomeScreen):
            self._desk.screen.load()
        self._desk.keep_limit()
