"""Half hours in which somebody can be rung back: which there are, which may still be booked.

A slot is the local time at which it begins, a ``datetime`` without an offset; the instant follows
from it. Source: enquiries sheet, sections 9 and 13.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import NamedTuple

from deskapp.clock import LONDON, local
from deskapp.errors import DeskError
from deskapp.i18n import N_, _, ngettext
from deskapp.services.dates import ONE_DAY, Calendar
from deskapp.text import fold

HALF_HOUR = dt.timedelta(minutes=30)
MINUTE = dt.timedelta(minutes=1)


class Kind(StrEnum):
    """What was promised about the time."""

    WINDOW = "window"
    """We ring inside the half hour."""
    ABOUT = "about"
    """We ring a little before or after its beginning."""


KIND_LABELS = {Kind.WINDOW: N_("Within the half hour"), Kind.ABOUT: N_("About this time")}
_KIND_WORDS = {
    Kind.WINDOW: ("within", "window", "inside", "o fewn"),
    Kind.ABOUT: ("about", "around", "tua"),
}


class SlotRefusedError(DeskError):
    """The wished time cannot be booked; the text says why."""


class Diary(NamedTuple):
    """When one site rings back: the half hours of its working days, and the limits."""

    calendar: Calendar
    """Working days, without those on which the site is closed."""
    opens: dt.time
    closes: dt.time
    capacity: int
    working_days_ahead: int
    open_minutes: int
    about_minutes: int
    attempts: int

    @property
    def last(self) -> dt.time:
        """When the last half hour of a day begins."""
        return (dt.datetime.combine(dt.date.max, self.closes) - HALF_HOUR).time()

    def of_day(self, day: dt.date) -> Iterator[dt.datetime]:
        """The slots of a day in their order; none on a day that is not worked."""
        slot, last = dt.datetime.combine(day, self.opens), dt.datetime.combine(day, self.last)
        while slot <= last and self.calendar.is_working_day(day):
            yield slot
            slot += HALF_HOUR

    def check(self, slot: dt.datetime, *, now: dt.datetime) -> None:
        """Pass a slot that may be booked at ``now``, however full it is.

        Raises:
            SlotRefusedError: If it is outside phone hours, on no working day, past or too far.
        """
        if not self.opens <= slot.time() <= self.last:
            message = _("Callback time must be between {first} and {last}")
            raise SlotRefusedError(message.format(first=spoken(self.opens), last=spoken(self.last)))
        if slot.minute % 30:
            raise SlotRefusedError(_("Enter the hour or half hour, like 10:00 or 10:30"))
        if not self.calendar.is_working_day(slot.date()):
            raise SlotRefusedError(_("Callback date must be a working day"))
        if (now - starts_at(slot)) // MINUTE > self.open_minutes:
            raise SlotRefusedError(_("Callback time must be in the future"))
        if slot.date() > self.furthest(now):
            days = self.working_days_ahead
            message = ngettext(
                "Callback date must be within {count} working day",
                "Callback date must be within {count} working days",
                days,
            )
            raise SlotRefusedError(message.format(count=days))

    def furthest(self, now: dt.datetime) -> dt.date:
        """The last day that can be booked."""
        return self.calendar.add_working_days(local(now).date(), self.working_days_ahead)

    def next_free(
        self, wish: dt.datetime, *, now: dt.datetime, is_free: Callable[[dt.datetime], bool]
    ) -> dt.datetime | None:
        """The first free slot from ``wish`` on, or the first of all where none is left then.

        For a day that is not worked it is the same time of the next working day. A half hour that
        has begun is never offered.
        """
        day = self.calendar.working_day_on_or_after(wish.date())
        wished = dt.datetime.combine(day, wish.time())
        free = [slot for slot in self._to_come(now) if is_free(slot)]
        return next((slot for slot in free if slot >= wished), free[0] if free else None)

    def _to_come(self, now: dt.datetime) -> Iterator[dt.datetime]:
        day, furthest = local(now).date(), self.furthest(now)
        while day <= furthest:
            yield from (slot for slot in self.of_day(day) if starts_at(slot) > now)
            day += ONE_DAY

    def rung_from(self, slot: dt.datetime, kind: Kind) -> dt.datetime:
        """The instant from which ringing keeps the promise."""
        early = self.about_minutes if kind is Kind.ABOUT else 0
        return starts_at(slot) - early * MINUTE

    def is_on_time(self, slot: dt.datetime, kind: Kind, rung_at: dt.datetime) -> bool:
        """Whether ringing at an instant keeps the promise."""
        begins = starts_at(slot)
        if kind is Kind.ABOUT:
            return abs(rung_at - begins) <= self.about_minutes * MINUTE
        return begins <= rung_at < begins + HALF_HOUR

    def is_late(self, slot: dt.datetime, kind: Kind, now: dt.datetime) -> bool:
        """Whether it is too late to keep the promise."""
        return now > starts_at(slot) and not self.is_on_time(slot, kind, now)

    def nobody_there(self, slot: dt.datetime, today: dt.date) -> bool:
        """Whether its day is not worked after all; told from the working day before on."""
        day = slot.date()
        if self.calendar.is_working_day(day):
            return False
        return today >= self.calendar.working_day_on_or_before(day)


def starts_at(slot: dt.datetime) -> dt.datetime:
    """The instant at which a slot begins."""
    return slot.replace(tzinfo=LONDON).astimezone(dt.UTC)


def key(slot: dt.datetime) -> str:
    """A slot as it is stored: ``2026-11-18T10:30``; text order is time order."""
    return slot.isoformat(timespec="minutes")


def read_kind(text: str) -> Kind:
    """The kind that was typed, in English or Welsh; its first letter is enough.

    Raises:
        NotUnderstoodError: If it is neither.
    """
    from deskapp.services.typed import NotUnderstoodError  # the first page reads no kind

    word = fold(text).strip()
    for kind, names in _KIND_WORDS.items():
        if word and any(name.startswith(word) for name in names):
            return kind
    raise NotUnderstoodError(_("Enter within or about"))


def spoken(time: dt.time) -> str:
    """A time of day as messages say it: ``9am``, ``4:30pm``."""
    return spoken_in_full(time).replace(":00", "")


def spoken_in_full(time: dt.time) -> str:
    """As ``spoken``, with the minutes of a full hour too: ``10:00am``."""
    form = _("{time}am") if time.hour < 12 else _("{time}pm")
    return form.format(time=f"{(time.hour - 1) % 12 + 1}:{time:%M}")
