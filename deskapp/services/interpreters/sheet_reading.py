"""Reading the times of a timesheet as they are typed. Source: interpreter sheet, sections 5, 8."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from deskapp.clock import instant, local
from deskapp.errors import DeskError, Problem
from deskapp.i18n import _, clock_time
from deskapp.services import typed
from deskapp.services.interpreters import stored
from deskapp.services.interpreters.codes import words
from deskapp.services.interpreters.wall import Fold, Span, Wall, WallTimeError

if TYPE_CHECKING:
    from deskapp.data.booking_tables import Booking
    from deskapp.services.interpreters.acting import Acting
    from deskapp.services.interpreters.sheet_drafts import SheetDraft

_EARLIEST = dt.timedelta(hours=6)
"""So long before an overnight booking somebody may come; anything earlier is the next morning."""


class Reader:
    """Reads the times of a timesheet, which lie on the day of its booking or the one after."""

    def __init__(self, booking: Booking, draft: SheetDraft, acting: Acting) -> None:
        self._booking = booking
        self._draft = draft
        self._now = acting.at
        self.problems: list[Problem] = []

    def time(self, field: str, text: str, known: str) -> dt.datetime:
        """The instant that was typed; what is known for nothing typed, else this minute."""
        if not text.strip():
            return instant(known) if known else self._this_minute()
        if known and text.strip() == clock(instant(known)):
            return instant(known)
        try:
            return self._instant(text)
        except WallTimeError as error:
            self.add(field, words(error.code))
        except DeskError as error:
            self.add(field, str(error))
        return self._now

    def breaks(self, released_at: dt.datetime) -> list[Span]:
        """The breaks that were typed; for nothing typed those of the booking, of which one that
        goes on ends with the release."""
        if not self._draft.breaks.strip():
            return stored.spans(self._booking.breaks, released_at)
        found = []
        for part in self._draft.breaks.split(","):
            start, hyphen, end = part.partition("-")
            if not hyphen:
                self.add("breaks", _("Write breaks like 11:00-11:15, 13:00-14:00"))
                break
            found.append(Span(self.time("breaks", start, ""), self.time("breaks", end, "")))
        return found

    def add(self, field: str, message: str) -> None:
        """Keep what is to be put right."""
        if Problem(field, message) not in self.problems:
            self.problems.append(Problem(field, message))

    def _instant(self, text: str) -> dt.datetime:
        day = dt.date.fromisoformat(self._booking.day)
        if text.strip().casefold() in ("now", "nawr"):
            return self._this_minute()
        time = typed.clock_time(text)
        fold = Fold(self._draft.fold) if self._draft.fold else None
        found = Wall(dt.datetime.combine(day, time), fold).instant()
        if self._booking.overnight and found < instant(self._booking.starts_at) - _EARLIEST:
            found = Wall(dt.datetime.combine(day + dt.timedelta(days=1), time), fold).instant()
        return found

    def _this_minute(self) -> dt.datetime:
        return self._now.replace(second=0, microsecond=0)


def clock(moment: dt.datetime | None) -> str:
    """A moment as it is typed; empty for none."""
    return clock_time(local(moment)) if moment else ""
