"""The iCalendar file: what a calendar program that reads it again and again ends up with."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import icalendar
import pytest

from deskapp.services.interpreters.bookings import Status
from deskapp.services.interpreters.calendar_text import Entry, as_ical

MADE = dt.datetime(2026, 11, 18, 10, 5, tzinfo=dt.UTC)


def an_entry(**given: object) -> Entry:
    """A booking of a winter morning."""
    usual = Entry(
        booking_id="0192-1",
        changes=2,
        changed_at=MADE,
        start=dt.datetime(2026, 11, 20, 10, tzinfo=dt.UTC),
        end=dt.datetime(2026, 11, 20, 13, tzinfo=dt.UTC),
        status=Status.CONFIRMED,
        summary="Interpreter: Polish",
        place="Room 3, Siân's Court",
    )
    return replace(usual, **given)  # type: ignore[arg-type]


def at(event: icalendar.Event, name: str) -> dt.datetime:
    """A time of an event, in the zone it is written in."""
    moment = event.decoded(name)
    assert isinstance(moment, dt.datetime)
    return moment


def read_again(*entries: Entry) -> list[icalendar.Event]:
    """What another program reads."""
    calendar = icalendar.Calendar.from_ical(as_ical(entries))
    assert len(calendar.walk("VTIMEZONE")) == 1
    return calendar.events


def test_a_change_keeps_the_uid_and_raises_the_sequence() -> None:
    """Otherwise every change leaves another entry in the calendars of others."""
    [first], [later] = read_again(an_entry()), read_again(an_entry(changes=5))
    assert first["uid"] == later["uid"]
    assert (first["sequence"], later["sequence"]) == (2, 5)


@pytest.mark.parametrize("status", list(Status))
def test_what_nobody_comes_to_stays_in_the_file_as_cancelled(status: Status) -> None:
    """An entry that only disappears from the file stays in every calendar that has it."""
    [event] = read_again(an_entry(status=status))
    called_off = status in (
        Status.CANCELLED_BY_COURT,
        Status.UNFILLED,
        Status.SUPPLIER_DID_NOT_ATTEND,
    )
    assert (event["status"] == "CANCELLED") is called_off


def test_times_are_those_of_the_clocks_in_summer_and_winter() -> None:
    """10:00 by the clocks is 09:00 UTC in June."""
    summer = dt.datetime(2026, 6, 3, 9, tzinfo=dt.UTC)
    [event] = read_again(an_entry(start=summer, end=summer + dt.timedelta(hours=2)))
    assert f"{at(event, 'dtstart'):%H:%M}" == "10:00"
    assert at(event, "dtstart").astimezone(dt.UTC) == summer


def test_a_time_that_the_clocks_show_twice_is_the_one_that_was_meant() -> None:
    """A calendar program would take the first of the two."""
    second = dt.datetime(2026, 10, 25, 1, 30, tzinfo=dt.UTC)
    [event] = read_again(an_entry(start=second, end=second + dt.timedelta(hours=2)))
    assert at(event, "dtstart") == second
    assert at(event, "dtend").astimezone(dt.UTC) == second + dt.timedelta(hours=2)


def test_hostile_text_stays_within_its_line() -> None:
    """A line break in a room must not begin a property of its own."""
    hostile = "Room 1\r\nATTACH:file:///x\x1b[2J; a, b\\n"
    text = as_ical([an_entry(place=hostile, summary=hostile)])
    assert "\x1b" not in text
    assert not any(line.startswith("ATTACH") for line in text.split("\r\n"))
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
