"""Two hearing rooms that record one day while neither sees the other, and a real PostgreSQL."""

from __future__ import annotations

import datetime as dt

from deskapp.roles import Role, User
from deskapp.services.hearings import bearings, record, steps
from deskapp.services.hearings.day import Day, Presence, State
from deskapp.services.interpreters import attendance, signing
from deskapp.services.interpreters.bookings import Status
from deskapp.services.interpreters.sheet_drafts import SheetDraft
from tests.builders import SITE
from tests.central.conftest import Desk
from tests.central.test_exchange import Enrol
from tests.services.hearings.office import Court
from tests.services.interpreters.booking_desk import DAY, BookingDesk

ANN = "ann example"


class Room:
    """A hearing room with a store of its own."""

    def __init__(self, desk: Desk, role: Role = Role.HEARING_ROOM) -> None:
        user = User(desk.store.actor, "Somebody", role, SITE)
        self.desk = desk
        self.hearings = Court(desk.store, user, desk.clock)
        self.bookings = BookingDesk(desk.store, desk.clock, user)

    def at(self, time: str) -> Room:
        """The room when its clock shows this time of the day, in London."""
        self.desk.clock.shows(dt.datetime.fromisoformat(f"{DAY}T{time}+00:00"))
        return self

    def day(self, hearing_id: str) -> Day:
        """What this room knows of the day of a hearing."""
        [bearing] = self.hearings.read(bearings.read, [hearing_id])
        return bearing.day


def test_two_rooms_that_wrote_offline_agree_and_lose_nothing(enrolled: Enrol) -> None:
    """What came later takes back nothing that was further on; both sheets of one day are kept."""
    office = Room(enrolled("office", may_apply=True), Role.OFFICER)
    one, two = Room(enrolled("one", may_apply=True)), Room(enrolled("two", may_apply=True))
    rooms = (one, two)
    for room in (office, *rooms):
        room.at("09:00").desk.sync()  # what is written from now on is ordered by central's clock
    hearing = office.bookings.hearing()
    booking = office.bookings.confirmed(hearings=hearing)

    def exchange() -> None:
        for desk in (office, *rooms, *rooms):
            desk.desk.sync()

    def opened(*times: str) -> None:
        """It is later: central believes no clock that ran on by minutes since it last answered."""
        for room, time in zip(rooms, times, strict=True):
            room.at(time).desk.sync()

    exchange()
    opened("10:00", "10:05")
    for state in (State.PARTIES_READY, State.CALLED_ON, State.IN_PROGRESS):
        one.at("10:00").hearings.step(steps.move, hearing, state)
    one.bookings.take(attendance.arrive, booking, at="9:50")
    two.at("10:05").hearings.step(steps.move, hearing, State.PARTIES_READY)
    two.hearings.step(steps.attend, hearing, ANN, Presence.HERE)
    two.hearings.step(steps.jurors, hearing, 11, 12)
    exchange()
    assert one.day(hearing) == two.day(hearing)
    known = one.day(hearing)
    assert (known.state, known.jurors) == (State.IN_PROGRESS, (11, 12))
    assert known.parties[ANN][0] is Presence.HERE

    opened("11:40", "11:45")
    one.at("11:40").bookings.take(attendance.take_break, booking, at="11:00")
    two.at("11:45").bookings.take(attendance.release, booking)
    exchange()
    for room in rooms:
        found = room.bookings.record(booking)
        assert len(found.breaks) == 1
        assert found.line.released_at == dt.datetime(2026, 12, 2, 11, 45, tzinfo=dt.UTC)

    opened("12:00", "17:00")
    one.bookings.take(signing.sign_off, booking, SheetDraft(released="11:50"))
    two.at("17:01").bookings.take(signing.sign_off, booking, SheetDraft(released="11:55"))
    exchange()
    for room in rooms:
        found = room.bookings.record(booking)
        assert found.line.status is Status.FULFILLED
        assert [f"{each.sheet.released_at:%H:%M}" for each in found.sheets] == ["11:55", "11:50"]
        assert found.line.released_at == found.sheets[0].sheet.released_at
    assert len(one.hearings.read(record.read, hearing).history) == 6
