"""The diary: who is taken when, and where two bookings want the same."""

from __future__ import annotations

import datetime as dt

import pytest

from deskapp.errors import NotFoundError
from deskapp.services.casework import cases, diary
from deskapp.services.casework.diary import Slot
from tests.services.casework.shipped import ShippedHand

DAY = dt.date(2026, 11, 18)


def book(hand: ShippedHand, case_id: str, start: str, end: str, **given: str) -> None:
    """Book the judge of a diary on the day of the tests."""
    times = {"start": f"{DAY}T{start}", "end": f"{DAY}T{end}"}
    hand.add(case_id, "booking", **{"resource": "Judge Example", **times, **given})


def shown(hand: ShippedHand, first: dt.date = DAY, last: dt.date = DAY) -> list[Slot]:
    """The diary of some days."""
    return hand.store.call_read(diary.slots, hand.acting, first, last)


def test_bookings_are_shown_in_order_of_time(shipped: ShippedHand) -> None:
    """Whichever diary they are in."""
    judge, room = (shipped.open("diary", of=name) for name in ("Judge Example", "Court 2"))
    book(shipped, judge, "14:00", "16:00", what="reading")
    book(shipped, room, "10:00", "12:00", resource="Court 2", what="sitting")
    assert [(slot.times, slot.resource, slot.what) for slot in shown(shipped)] == [
        ("10:00-12:00", "Court 2", "Sitting"),
        ("14:00-16:00", "Judge Example", "Reading"),
    ]


def test_an_overlap_is_told_at_both_bookings_and_refused_at_none(shipped: ShippedHand) -> None:
    """The same judge in two diaries, written with other capitals."""
    one, two = (shipped.open("diary", of=name) for name in ("Judge Example", "Court 2"))
    book(shipped, one, "10:00", "12:00", what="sitting")
    book(shipped, two, "11:00", "13:00", what="training", resource="judge  EXAMPLE")
    book(shipped, two, "12:00", "13:00", resource="Court 2")
    told = {slot.times: slot.overlaps for slot in shown(shipped)}
    assert told == {
        "10:00-12:00": ("11:00-13:00",),
        "11:00-13:00": ("10:00-12:00",),
        "12:00-13:00": (),
    }


def test_one_booking_may_begin_as_another_ends(shipped: ShippedHand) -> None:
    """A morning and an afternoon are no overlap."""
    judge = shipped.open("diary", of="Judge Example")
    book(shipped, judge, "10:00", "13:00")
    book(shipped, judge, "13:00", "16:00")
    assert [slot.overlaps for slot in shown(shipped)] == [(), ()]


def test_a_booking_of_several_days_is_shown_on_each(shipped: ShippedHand) -> None:
    """Leave that began last week still takes the judge today."""
    judge = shipped.open("diary", of="Judge Example")
    times = {"start": "2026-11-16T09:00", "end": "2026-11-20T17:00"}
    shipped.add(judge, "booking", resource="Judge Example", **times)
    [slot] = shown(shipped)
    assert slot.times == "09:00-20 Nov 2026 17:00"
    assert shown(shipped, dt.date(2026, 11, 21), dt.date(2026, 11, 27)) == []


def test_a_closed_booking_is_in_no_diary(shipped: ShippedHand) -> None:
    """It did not happen, so nobody is taken by it."""
    judge = shipped.open("diary", of="Judge Example")
    book(shipped, judge, "10:00", "12:00")
    [slot] = shown(shipped)
    shipped.call(cases.close_item, judge, slot.item, "did_not_happen")
    assert shown(shipped) == []


def test_a_moved_booking_is_as_long_as_before_and_the_old_one_ends(shipped: ShippedHand) -> None:
    """What it was for moves with it; the history keeps both."""
    judge = shipped.open("diary", of="Judge Example")
    book(shipped, judge, "10:00", "12:30", what="training")
    [before] = shown(shipped)
    to = dt.datetime(2026, 11, 19, 14, tzinfo=dt.UTC)
    shipped.call(diary.move, judge, before.item, to)
    assert shown(shipped) == []
    [after] = shown(shipped, to.date(), to.date())
    assert (after.times, after.resource, after.what) == ("14:00-16:30", "Judge Example", "Training")
    assert shipped.look(judge).facts.case.items[before.item].outcome == "moved"
    with pytest.raises(NotFoundError):
        shipped.call(diary.move, judge, before.item, to)


def test_a_booking_that_was_put_right_is_shown_where_it_is_now(shipped: ShippedHand) -> None:
    """The diary reads what stands beside the item, which goes with every event."""
    judge = shipped.open("diary", of="Judge Example")
    book(shipped, judge, "10:00", "12:30", what="training")
    [slot] = shown(shipped)
    changed = {f"{slot.item}.end": "2026-11-19T11:00", f"{slot.item}.what": "reading"}
    shipped.call(cases.fill_in, judge, changed)
    [slot] = shown(shipped)
    assert (slot.times, slot.what) == ("10:00-19 Nov 2026 11:00", "Reading")
    [slot] = shown(shipped, DAY + dt.timedelta(days=1), DAY + dt.timedelta(days=1))
    shipped.call(cases.do, judge, "close")
    assert shown(shipped) == []


def test_a_booking_is_offered_in_diaries_that_are_open(shipped: ShippedHand) -> None:
    """A closed one takes none."""
    shipped.open("diary", of="Judge Example")
    closed = shipped.open("diary", of="Judge Former")
    shipped.call(cases.do, closed, "close")
    found = shipped.store.call_read(diary.diaries, shipped.acting)
    assert [(line.of, line.template) for line in found] == [("Judge Example", "booking")]
