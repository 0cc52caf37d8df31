"""Talk, hold and wrap-up of a contact add up, whatever the wall clock does."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskapp.services.enquiries.call_clock import CallClock, Span

START = dt.datetime(2026, 11, 18, 23, 50, tzinfo=dt.UTC)


def after(seconds: float) -> dt.datetime:
    """So many seconds after the start."""
    return START + dt.timedelta(seconds=seconds)


def test_plain_call_has_neither_hold_nor_wrap_up() -> None:
    """Save and outcome are one key."""
    span = CallClock().span(START, 240, after(240))
    assert span == Span(START, after(240), 240, after(240), 0, 0)


def test_hold_and_wrap_up_are_told_apart_from_talk() -> None:
    """Handling is all three together (section 7)."""
    clock = CallClock().hold(60).hold(100).end(200, after(200))
    span = clock.span(START, 230, after(230))
    assert (span.handling_seconds, span.hold_seconds, span.wrap_seconds) == (230, 40, 30)
    assert (span.ended_at, span.wrapped_at) == (after(200), after(230))


def test_outcome_ends_a_hold_and_is_known_once() -> None:
    """Choosing another outcome does not begin the wrap-up again."""
    clock = CallClock().hold(60).end(100, after(100))
    assert not clock.on_hold
    assert clock.end(150, after(150)) == clock
    assert clock.span(START, 160, after(160)).hold_seconds == 40


def test_form_remembers_the_clock() -> None:
    """A crash on hold comes back on hold."""
    clock = CallClock().hold(0).hold(30).hold(60)
    assert CallClock.of(clock.values) == clock
    assert clock.on_hold
    assert CallClock.of({}) == CallClock()
    assert set(CallClock().values.values()) == {""}
    ended = clock.end(90, after(90))
    assert CallClock.of(ended.values) == ended


def test_midnight_inside_a_contact_is_nothing_special() -> None:
    """It began on one day and ended on the next."""
    span = CallClock().span(START, 1200, after(1200))
    assert span.ended_at.date() > span.started_at.date()
    assert not span.suspect


@pytest.mark.parametrize("wrapped", [-3600, 10], ids=["during the call", "during wrap-up"])
def test_clock_set_back_an_hour_is_set_aside_and_the_handling_stays(wrapped: int) -> None:
    """The seconds come from a clock that never goes back."""
    clock = CallClock().end(30, after(30 if wrapped > 0 else -3570))
    span = clock.span(START, 60, after(wrapped))
    assert span.suspect
    assert (span.handling_seconds, span.wrap_seconds) == (60, 30)


@pytest.mark.parametrize(("hours", "suspect"), [(12, False), (12.01, True)])
def test_over_twelve_hours_is_set_aside(hours: float, suspect: bool) -> None:
    """Somebody went home with the contact open."""
    assert CallClock().span(START, 60, after(hours * 3600)).suspect is suspect


@given(st.lists(st.integers(0, 600), max_size=8), st.integers(0, 600), st.integers(0, 600))
def test_parts_never_exceed_the_whole(holds: list[int], talk: int, wrap: int) -> None:
    """Holds are begun and ended in turn, at any time."""
    clock, spent = CallClock(), 0
    for seconds in holds:
        spent += seconds
        clock = clock.hold(spent)
    spent += talk
    clock = clock.end(spent, after(spent))
    span = clock.span(START, spent + wrap, after(spent + wrap))
    assert span.wrap_seconds == wrap
    assert 0 <= span.hold_seconds <= span.handling_seconds - span.wrap_seconds
