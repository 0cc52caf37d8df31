"""How many keys the jobs of the interpreter desk take besides the words.

The nearest systems need 22 actions for the first and 7 for the second.
"""

from __future__ import annotations

from deskapp.data.store import Store
from deskapp.roles import User
from deskapp.screens.booking_record import BookingScreen
from deskapp.services.interpreters import lines
from deskapp.services.interpreters.bookings import Status
from tests.builders import SetClock
from tests.effort.conftest import Officer
from tests.pilots import shown
from tests.services.interpreters.booking_desk import BookingDesk


async def test_a_listed_hearing_gets_its_interpreter_booked(
    officer: Officer, store: Store, user: User, clock: SetClock
) -> None:
    """From the board of the day to the request that is sent."""
    bench = BookingDesk(store, clock, user)
    hearing = bench.hearing(day=clock.today.isoformat(), start="14:00")
    async with officer("an interpreter is booked for a listed hearing", 5) as keys:
        await keys.press("ctrl+g")
        await keys.pick("g")
        await keys.type("zz26p0001")
        await keys.press("enter")
        await keys.pick("b")
        await keys.type("polish")
        await keys.press("f8")
        await keys.pick("y")
        assert isinstance(keys.app.screen, BookingScreen), shown(keys.app)
    [line] = bench.read(lines.of_hearings, [hearing], user=user)[hearing]
    assert (line.status, line.language_code) == (Status.REQUESTED, "pol")


async def test_attendance_to_a_timesheet_signed_by_both(
    officer: Officer, store: Store, user: User, clock: SetClock
) -> None:
    """Arrived, identity, released, signed by the officer, agreed to by the interpreter."""
    bench = BookingDesk(store, clock, user)
    line = bench.confirmed()
    clock.shows(line.starts_at)
    async with officer("an attendance to a timesheet signed by both", 5) as keys:
        await keys.press("ctrl+g")
        await keys.pick("i")
        await keys.press("enter")
        for letter in "ac":
            await keys.pick(letter)
        clock.passes(hours=2)
        for letter in "ls":
            await keys.pick(letter)
        await keys.press("f8")
        await keys.pick("y")
        assert isinstance(keys.app.screen, BookingScreen), shown(keys.app)
    kept = bench.record(line)
    assert kept.line.status is Status.FULFILLED
    assert kept.sheets[0].acknowledged_by == "Marta Przyklad"
