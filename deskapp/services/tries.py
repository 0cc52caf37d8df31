"""What a run does when central is lost on the way, is busy, or asks to wait: it tries again.

A central that was not reached at all is left to the next run: whoever waits is told at once.
Source: design sheet of sync, section 9.
"""

from __future__ import annotations

import datetime as dt
import json
import math
import random
from collections.abc import Callable

from deskapp.clock import Clock, instant, stamp
from deskapp.data.connection import Connection
from deskapp.data.store import Store
from deskapp.errors import CentralBusyError, CentralUnreachableError
from deskapp.i18n import _, ngettext, number

TRIES = 5
"""At most, in one run."""
FIRST_SECONDS = 1.0
"""How long the first pause may be; each that follows may be twice as long."""
LONGEST_SECONDS = 60.0
"""How long a run waits where central asks for it; a longer wait is left to later runs."""
_KEPT = "ask_central_at"

Told = Callable[[str, int], None]
"""Called with ``sent``, ``received`` or ``waiting`` and how many changes, rows or seconds."""


class Tries:
    """The tries of one run."""

    def __init__(self, store: Store, clock: Clock, told: Told, rest: Callable[[float], None]):
        self._store, self._clock, self._told, self._rest = store, clock, told, rest
        self._left = TRIES
        self.reached = False
        """Whether central answered in this run."""

    def begin(self) -> None:
        """Wait until central may be asked.

        Raises:
            CentralBusyError: If that is too long for a run.
        """
        seconds = self._store.call_read(seconds_to_wait, self._clock.now())
        if seconds > LONGEST_SECONDS:
            raise busy(seconds)
        if seconds:
            self._pause(seconds)

    def failed(self, error: CentralUnreachableError) -> None:
        """Wait before the next try.

        Raises:
            CentralUnreachableError: ``error``, where this run tries no more.
        """
        self._left -= 1
        asked = error.wait_seconds if isinstance(error, CentralBusyError) else 0
        if asked and self.reached:
            self._store.call_note(note_wait, asked, self._clock.now())
        again = self.reached or isinstance(error, CentralBusyError)
        if not again or not self._left or asked > LONGEST_SECONDS:
            raise error
        # Full jitter, or every desk behind a line that was cut would come back at once.
        self._pause(asked + random.uniform(0, FIRST_SECONDS * 2.0 ** (TRIES - self._left - 1)))

    def _pause(self, seconds: float) -> None:
        self._told("waiting", math.ceil(seconds))
        self._rest(seconds)


def busy(seconds: float) -> CentralBusyError:
    """What is said of a central that asks to wait."""
    whole = math.ceil(seconds)
    text = ngettext(
        "Central is busy and is asked again in {count} second at the earliest. Nothing is lost.",
        "Central is busy and is asked again in {count} seconds at the earliest. Nothing is lost.",
        whole,
    )
    return CentralBusyError(text.format(count=number(whole)), wait_seconds=seconds)


def central_paused() -> CentralBusyError:
    """What is said of a central that an administrator works on."""
    return CentralBusyError(
        _("Central is paused for maintenance. Nothing is lost; it is tried again.")
    )


def note_wait(connection: Connection, seconds: float, now: dt.datetime) -> None:
    """Note that central asked to be left alone for so long."""
    until = stamp(now + dt.timedelta(seconds=seconds))
    connection.execute(
        "INSERT OR REPLACE INTO local_state (name, value) VALUES (?, ?)",
        (_KEPT, json.dumps({"until": until, "seconds": seconds})),
    )


def seconds_to_wait(connection: Connection, now: dt.datetime) -> float:
    """How long central may not be asked; 0 where a clock that was set back says too much."""
    row = connection.execute("SELECT value FROM local_state WHERE name = ?", (_KEPT,)).fetchone()
    if row is None:
        return 0
    kept = json.loads(row[0])
    left = (instant(kept["until"]) - now).total_seconds()
    return left if 0 < left <= float(kept["seconds"]) else 0
