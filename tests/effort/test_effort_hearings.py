"""How many keys the jobs of a hearing day take besides the words."""

from __future__ import annotations

from typing import Any

from deskapp.data.store import Store
from deskapp.screens.booking_record import BookingScreen
from deskapp.screens.hearing_record import HearingRecordScreen
from deskapp.services.hearings import bearings, stored
from tests.effort.conftest import Officer
from tests.services.hearings.office import Court


async def test_hearing_from_waiting_to_completed(
    officer: Officer, store: Store, user: Any, clock: Any
) -> None:
    """Every state by its letter; the result takes the times from them."""
    court = Court(store, user, clock)
    hearing_id = court.hearing("10:10")
    async with officer("a hearing from waiting to its result", 4) as keys:
        await keys.press("ctrl+g")
        await keys.pick("g")
        await keys.press("enter")
        for letter in "wapci":
            await keys.pick(letter)
        clock.passes(minutes=40)
        await keys.pick("f")
        await keys.pick("r")
        await keys.press("f8")
        await keys.pick("c")
        assert isinstance(keys.app.screen, HearingRecordScreen)
    assert store.call_read(stored.get, hearing_id).list_state == "completed"


async def test_hearing_is_adjourned_to_another_day(
    officer: Officer, store: Store, user: Any, clock: Any
) -> None:
    """With its needs and its interpreter; the room is that of today unless another is typed."""
    court = Court(store, user, clock)
    hearing_id = court.hearing("10:10")
    court.booking(hearing_id)
    court.need(hearing_id, "SM0002")
    async with officer("a hearing is adjourned with everything it needs", 11) as keys:
        await keys.press("ctrl+g")
        await keys.pick("g")
        await keys.press("enter")
        await keys.pick("r")
        await keys.type("adj")
        await keys.press("tab")
        await keys.type("insuff")
        await keys.press("tab", "tab", "tab", "tab", "tab")
        await keys.type("16 12")
        await keys.press("tab")
        await keys.type("14:00")
        await keys.press("f8")
        await keys.pick("s")
        assert isinstance(keys.app.screen, HearingRecordScreen)
        [found] = court.read(bearings.read, [keys.app.screen.record_id])
    assert (len(found.needs), len(found.bookings)) == (1, 1)


async def test_need_for_an_interpreter_becomes_a_booking(
    officer: Officer, store: Store, user: Any, clock: Any
) -> None:
    """Entered at the hearing; its draft is filled in."""
    court = Court(store, user, clock)
    court.hearing("14:00")
    async with officer("a need becomes the draft of its booking", 7) as keys:
        await keys.press("ctrl+g")
        await keys.pick("g")
        await keys.press("enter")
        await keys.pick("e")
        await keys.press("tab")
        await keys.type("language int")
        await keys.press("tab")
        await keys.type("portug")
        await keys.press("tab", "f8")
        for letter in "ab":
            await keys.pick(letter)
        assert isinstance(keys.app.screen, BookingScreen)
