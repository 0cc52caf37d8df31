"""The clock of one contact: talk, hold, and wrap-up after the outcome is known.

Everything is counted in the seconds worked on the form, which leave out time parked and time lost
in a crash, and never go back inside one run. Source: enquiries sheet, section 7.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace

from deskapp.clock import instant, stamp

LONGEST = dt.timedelta(hours=12)
"""A longer span is set aside as suspect and not averaged."""


@dataclass(frozen=True)
class Span:
    """When a contact ran, and how long it was worked on."""

    started_at: dt.datetime
    ended_at: dt.datetime
    handling_seconds: int
    """Talk, hold and wrap-up together."""
    wrapped_at: dt.datetime | None = None
    """When it was saved; None for a contact that was saved as it ended."""
    hold_seconds: int = 0
    wrap_seconds: int = 0

    @property
    def done_at(self) -> dt.datetime:
        """When nothing was left to do."""
        return self.wrapped_at or self.ended_at

    @property
    def suspect(self) -> bool:
        """Whether the clock went back or ran too long to be averaged."""
        talked, whole = self.ended_at - self.started_at, self.done_at - self.started_at
        return not dt.timedelta(0) <= talked <= whole <= LONGEST


@dataclass(frozen=True)
class CallClock:
    """What the clock of a running contact remembers, kept with the form."""

    held_seconds: int = 0
    """Holds that are over."""
    held_from: int | None = None
    """Seconds worked when the hold began that goes on; None when nobody is held."""
    ended_from: int | None = None
    """Seconds worked when the outcome was known."""
    ended_at: dt.datetime | None = None

    @classmethod
    def of(cls, values: Mapping[str, str]) -> CallClock:
        """The clock that the values of a form remember."""
        held_from, ended_from = values.get("held_from", ""), values.get("ended_from", "")
        ended_at = values.get("ended_at", "")
        return cls(
            held_seconds=int(values.get("held_seconds") or 0),
            held_from=int(held_from) if held_from else None,
            ended_from=int(ended_from) if ended_from else None,
            ended_at=instant(ended_at) if ended_at else None,
        )

    @property
    def values(self) -> dict[str, str]:
        """What the form keeps."""
        return {
            "held_seconds": str(self.held_seconds or ""),
            "held_from": "" if self.held_from is None else str(self.held_from),
            "ended_from": "" if self.ended_from is None else str(self.ended_from),
            "ended_at": "" if self.ended_at is None else stamp(self.ended_at),
        }

    @property
    def on_hold(self) -> bool:
        """Whether somebody waits on the line."""
        return self.held_from is not None

    def hold(self, spent_seconds: int) -> CallClock:
        """The clock with the hold begun, or ended when there was one."""
        if self.held_from is None:
            return replace(self, held_from=spent_seconds)
        held = self.held_seconds + max(0, spent_seconds - self.held_from)
        return replace(self, held_seconds=held, held_from=None)

    def end(self, spent_seconds: int, now: dt.datetime) -> CallClock:
        """The clock of a contact whose outcome is known; the first time counts."""
        if self.ended_at is not None:
            return self
        talked = self.hold(spent_seconds) if self.on_hold else self
        return replace(talked, ended_from=spent_seconds, ended_at=now)

    def span(self, started_at: dt.datetime, spent_seconds: int, now: dt.datetime) -> Span:
        """The times of a contact that is saved now."""
        done = self.end(spent_seconds, now)
        assert done.ended_at is not None
        assert done.ended_from is not None
        return Span(
            started_at=started_at,
            ended_at=done.ended_at,
            handling_seconds=spent_seconds,
            wrapped_at=now,
            hold_seconds=done.held_seconds,
            wrap_seconds=max(0, spent_seconds - done.ended_from),
        )
