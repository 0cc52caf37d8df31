"""Bookings as an iCalendar file: one entry each, the same for life, without names of people.

Source: interpreter sheet, section 11; RFC 5545.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from deskapp.clock import local
from deskapp.i18n import appointment
from deskapp.services.interpreters.bookings import Status
from deskapp.text import one_line

if TYPE_CHECKING:
    from icalendar import Event, Timezone

PRODUCER = "-//deskapp//interpreters//EN"
ZONE = "Europe/London"
WINTER, SUMMER = dt.timedelta(), dt.timedelta(hours=1)
CALLED_OFF = frozenset({Status.CANCELLED_BY_COURT, Status.UNFILLED, Status.SUPPLIER_DID_NOT_ATTEND})
"""Nobody comes, or came; the entry stays in the file and says so."""
OPEN = frozenset({Status.REQUESTED, Status.ASSIGNED})
"""Nobody is sure to come yet."""


@dataclass(frozen=True)
class Entry:
    """A booking as a calendar shows it."""

    booking_id: str
    changes: int
    """How often it was changed so far; it only grows."""
    changed_at: dt.datetime
    start: dt.datetime
    end: dt.datetime
    status: Status
    summary: str
    """One line; no name of a person or case."""
    place: str = ""
    told: str = ""

    @property
    def uid(self) -> str:
        """What the entry is known by in every calendar, whatever becomes of the booking."""
        return f"{self.booking_id}@deskapp"


def as_ical(entries: Sequence[Entry]) -> str:
    """The file; a calendar program that reads it again replaces what it read before.

    Lines end as the standard wants it; times are those of the clocks, with the zone they are in.
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", PRODUCER)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(_zone())
    for entry in entries:
        calendar.add_component(_event(entry))
    file: bytes = calendar.to_ical()
    return file.decode("utf-8")


def line(entry: Entry) -> str:
    """An entry as people read it before the file is written."""
    start, end = local(entry.start), local(entry.end)
    told = (f"{appointment(start)}-{end:%H:%M}", entry.summary, entry.place, entry.told)
    return one_line("  ".join(filter(None, told)))


def _zone() -> Timezone:
    """The rules of the clocks in London since 1996, as every calendar program knows them."""
    from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

    zone = Timezone()
    zone.add("tzid", ZONE)
    for part, name, begins, before, after in (
        (TimezoneDaylight(), "BST", "1996-03-31T01:00", WINTER, SUMMER),
        (TimezoneStandard(), "GMT", "1996-10-27T02:00", SUMMER, WINTER),
    ):
        first = dt.datetime.fromisoformat(begins)
        part.add("dtstart", first)
        part.add("rrule", {"freq": "yearly", "bymonth": first.month, "byday": "-1SU"})
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", after)
        part.add("tzname", name)
        zone.add_component(part)
    return zone


def _event(entry: Entry) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.changes)
    event.add("dtstamp", entry.changed_at)
    event.add("last-modified", entry.changed_at)
    event.add("dtstart", _shown(entry.start))
    event.add("dtend", _shown(entry.end))
    event.add("status", _state(entry.status))
    event.add("summary", one_line(entry.summary))
    for name, text in (("location", entry.place), ("description", entry.told)):
        if text:
            event.add(name, one_line(text))
    return event


def _shown(moment: dt.datetime) -> dt.datetime:
    """A time by the clocks; where they show it a second time only the instant is clear."""
    shown = local(moment)
    return moment.astimezone(dt.UTC) if shown.fold else shown


def _state(status: Status) -> str:
    if status in CALLED_OFF:
        return "CANCELLED"
    return "TENTATIVE" if status in OPEN else "CONFIRMED"
