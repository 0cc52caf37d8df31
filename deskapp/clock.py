"""Time as the desk sees it: instants in UTC, days in London."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from typing import NamedTuple
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def _utc_now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


class Clock(NamedTuple):
    """Where the time comes from; tests pass their own."""

    now: Callable[[], dt.datetime] = _utc_now
    """The present instant, in UTC."""
    monotonic: Callable[[], float] = time.monotonic
    """Seconds that never go back while the process runs."""

    def today(self) -> dt.date:
        """The local day of the desk."""
        return local(self.now()).date()


def local(moment: dt.datetime) -> dt.datetime:
    """The wall-clock time in London of an instant."""
    return moment.astimezone(LONDON)


def stamp(moment: dt.datetime) -> str:
    """An instant as it is stored: ``2026-11-21T23:20:06.123Z``; text order is time order."""
    return f"{moment.astimezone(dt.UTC).isoformat(timespec='milliseconds')[:-6]}Z"


def instant(text: str) -> dt.datetime:
    """The instant of a stored stamp.

    Raises:
        ValueError: If ``text`` is not such a stamp.
    """
    return dt.datetime.fromisoformat(text)


def instant_of_ms(milliseconds: int) -> dt.datetime:
    """The instant of milliseconds since 1970, in UTC."""
    return dt.datetime.fromtimestamp(milliseconds / 1000, dt.UTC)
