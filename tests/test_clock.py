"""Instants are kept in UTC so that text order is time order; days are days in London."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskapp.clock import LONDON, Clock, instant, local, stamp

MOMENTS = st.datetimes(
    dt.datetime.fromisoformat("1970-01-01"),
    dt.datetime.fromisoformat("2100-01-01"),
    timezones=st.just(dt.UTC),
)


@given(MOMENTS)
def test_stamp_gives_the_moment_back_to_the_millisecond(moment: dt.datetime) -> None:
    """What was kept is what happened."""
    lost = moment - instant(stamp(moment))
    assert dt.timedelta(0) <= lost < dt.timedelta(milliseconds=1)
    assert instant(stamp(moment)).utcoffset() == dt.timedelta(0)
    assert stamp(instant(stamp(moment))) == stamp(moment)


@given(MOMENTS, MOMENTS)
def test_text_order_is_time_order(first: dt.datetime, second: dt.datetime) -> None:
    """The store sorts text."""
    if first <= second:
        assert stamp(first) <= stamp(second)


@given(MOMENTS)
def test_stamp_does_not_depend_on_the_zone_it_was_read_in(moment: dt.datetime) -> None:
    """Two desks on two settings write the same."""
    assert stamp(local(moment)) == stamp(moment)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-07-01T22:59:00", "2026-07-01"),
        ("2026-07-01T23:00:00", "2026-07-02"),
        ("2026-11-18T23:59:00", "2026-11-18"),
    ],
)
def test_today_is_the_day_in_london(moment: str, day: str) -> None:
    """In summer the day ends an hour before UTC's."""
    now = dt.datetime.fromisoformat(moment).replace(tzinfo=dt.UTC)
    assert Clock(now=lambda: now).today() == dt.date.fromisoformat(day)


def test_hour_that_comes_twice_is_two_instants() -> None:
    """On the night the clocks go back 01:30 happens twice."""
    first = dt.datetime(2026, 10, 25, 1, 30, tzinfo=LONDON)
    second = first.replace(fold=1)
    assert instant(stamp(second)) - instant(stamp(first)) == dt.timedelta(hours=1)
    assert f"{local(instant(stamp(second))):%H:%M}" == "01:30"


@pytest.mark.parametrize("kept", ["", "yesterday", "2026-13-01T00:00:00.000Z"])
def test_what_is_no_stamp_is_an_error(kept: str) -> None:
    """A damaged row must not become a wrong time."""
    with pytest.raises(ValueError, match=r"isoformat|month"):
        instant(kept)
