"""Which bookings go into the calendar file of a court, and that no name does."""

from __future__ import annotations

import datetime as dt

import icalendar
import pytest

from deskapp.errors import NotAllowedError
from deskapp.roles import Role
from deskapp.services.days import Days
from deskapp.services.interpreters import act, assigning, book, calendar_export, complaints
from tests.services.interpreters.booking_desk import BookingDesk, a_booking

DECEMBER = Days(dt.date(2026, 12, 1), dt.date(2026, 12, 31))


def events(bench: BookingDesk) -> list[icalendar.Event]:
    """What another program reads of December."""
    text = bench.read(calendar_export.as_ical, DECEMBER, user=bench.user)
    return list(icalendar.Calendar.from_ical(text).events)


def test_no_party_case_or_interpreter_is_named(bench: BookingDesk) -> None:
    """Calendars are shared widely."""
    bench.confirmed(hearings=bench.hearing(), for_name="Ann Example", room="Court 1")
    text = bench.read(calendar_export.as_ical, DECEMBER, user=bench.user)
    for name in ("Ann Example", "ZZ26P0001", "Marta", "Przyklad"):
        assert name not in text
    assert "Polish" in text
    assert "Court 1" in text


def test_every_step_raises_the_sequence_up_to_the_cancellation(bench: BookingDesk) -> None:
    """One entry for life: a program that reads the file again replaces the one it has."""
    line, person = bench.booked(), bench.interpreter()
    steps = ((assigning.assign, person), (act.confirm,), (act.cancel, "adjourned", ""))
    seen: list[tuple[int, str]] = []
    for verb, *given in steps:
        bench.take(verb, line, *given)
        [event] = events(bench)
        assert event["uid"] == f"{line.id}@deskapp"
        seen.append((int(f"{event['sequence']}"), str(event["status"])))
    assert [status for _sequence, status in seen] == ["TENTATIVE", "CONFIRMED", "CANCELLED"]
    assert seen == sorted(seen)
    assert len({sequence for sequence, _status in seen}) == len(seen)


def test_drafts_and_other_days_stay_out(bench: BookingDesk) -> None:
    """Nobody was asked for them yet."""
    bench.write(book.save, a_booking(), booking_id="draft")
    bench.booked(day="2027-01-04")
    assert events(bench) == []


def test_an_index_leads_to_the_days_of_the_court(bench: BookingDesk) -> None:
    """Years of bookings must not be read for a quarter."""
    statement, values = calendar_export.query(bench.user.site, DECEMBER)

    def plan(connection: object) -> str:
        rows = connection.execute(f"EXPLAIN QUERY PLAN {statement}", values)  # type: ignore[attr-defined]
        return "\n".join(str(row[3]) for row in rows.fetchall())

    found = bench.read(plan)
    assert "booking_by_day" in found
    assert "SCAN" not in found
    assert "TEMP B-TREE" not in found


def test_whom_bookings_are_not_for_reads_none(bench: BookingDesk) -> None:
    """An administrator runs the computer, not the desk."""
    line = bench.booked()
    nobody = bench.user._replace(role=Role.ADMINISTRATOR)
    with pytest.raises(NotAllowedError):
        bench.read(calendar_export.entries, DECEMBER, user=nobody)
    with pytest.raises(NotAllowedError):
        bench.read(complaints.open_ones, line.id, user=nobody)
    with pytest.raises(NotAllowedError):
        bench.read(complaints.handover, line.id, "x", user=nobody)
