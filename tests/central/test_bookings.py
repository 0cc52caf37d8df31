"""One interpreter whom two courts booked while neither could see the other."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from deskapp.data.connection import Connection
from deskapp.roles import Role, User
from deskapp.services import conflicts
from deskapp.services.interpreters import act, assigning, lines, worklists
from deskapp.services.interpreters.bookings import Status
from deskapp.services.interpreters.lines import BookingLine
from deskapp.services.interpreters.worklists import Which
from deskapp.services.paging import Want
from tests.builders import SITE
from tests.central.conftest import Desk
from tests.central.test_exchange import Enrol
from tests.services.interpreters.booking_desk import BookingDesk

CARDIFF = "fact:cardiff-civil-and-family-justice-centre"
Court = tuple[Desk, BookingDesk]
Courts = Callable[..., Court]


@pytest.fixture
def court(enrolled: Enrol) -> Courts:
    """Makes courts with a team leader each, who know one interpreter by registration."""

    def make(name: str, site: str) -> Court:
        desk = enrolled(name, site=site, may_apply=True)
        user = User(f"officer-{name}", f"Officer {name}", Role.TEAM_LEADER, site)
        return desk, BookingDesk(desk.store, desk.clock, user)

    return make


def marta(bench: BookingDesk) -> str:
    """The interpreter, as this court registered her."""
    return bench.interpreter("Marta Przyklad", registration="NRPSI 12345")


def now(bench: BookingDesk, line: BookingLine) -> BookingLine:
    """The booking as it stands."""
    found: BookingLine = bench.read(lines.line, line.id, user=bench.user)
    return found


def test_the_court_that_comes_later_asks_again_and_both_are_told(court: Courts) -> None:
    """What central accepted stays; neither court misses it, and each knows the other."""
    (one, here), (two, there) = court("one", SITE), court("two", CARDIFF)
    mine, theirs = here.confirmed(marta(here)), there.confirmed(marta(there), start="11:00")
    assert one.sync().conflicts == 0
    assert two.sync().conflicts == 1
    assert one.sync().conflicts == 1
    kept, lost = now(here, mine), now(there, theirs)
    assert (kept.status, kept.conflict) == (Status.CONFIRMED, "ALSO_ASKED")
    assert (lost.status, lost.conflict) == (Status.REQUESTED, "DOUBLE_BOOKED")
    assert lost.interpreter_id == ""
    for bench, line, other, site in (
        (here, mine, theirs, CARDIFF), (there, theirs, mine, SITE),
    ):  # fmt: skip
        [told] = bench.record(line).conflict_with
        assert (told.booking_id, told.site) == (other.id, site)
        listed = bench.read(worklists.page, Want(), bench.acting, Which.CONFLICTS).lines
        assert [each.id for each in listed] == [line.id]
        [waiting] = bench.read(conflicts.page, Want(), user=bench.user).lines
        assert (waiting.kind, waiting.row_id) == ("claim", line.id)
    for desk in (one, two):
        assert desk.sync().applied == 0
        desk.store.call_jot(Connection.execute, "UPDATE booking SET note = 'Ring the bell'")
        assert desk.sync().conflicts == 1  # it is told once


def test_what_a_leader_decided_and_who_was_found_instead_travel(court: Courts) -> None:
    """The list empties; the history keeps what happened."""
    (one, here), (two, there) = court("one", SITE), court("two", CARDIFF)
    mine, theirs = here.assigned(marta(here)), there.assigned(marta(there))
    for desk in (one, two, one):
        desk.sync()
    here.take(act.decide_conflict, mine, "Cardiff found somebody else")
    there.take(act.decide_conflict, theirs, "We look for somebody else")
    other = there.interpreter("Ben Arall")
    line = there.take(assigning.assign, theirs, other)
    assert (line.status, line.conflict) == (Status.ASSIGNED, "")
    assert there.record(line).history[-1].changes["conflict"] == ["DOUBLE_BOOKED", ""]
    for desk in (one, two, one):
        assert desk.sync().conflicts == 0
    for bench in (here, there):
        assert not bench.read(worklists.page, Want(), bench.acting, Which.CONFLICTS).lines


def test_an_attendance_is_a_fact_and_takes_the_interpreter_from_a_plan(court: Courts) -> None:
    """Whoever came was there, whatever central had accepted before."""
    (one, here), (two, there) = court("one", SITE), court("two", CARDIFF)
    plan = here.confirmed(marta(here))
    one.sync()
    fact = there.signed(marta(there))
    two.sync()
    one.sync()
    assert now(here, plan).status is Status.REQUESTED
    assert now(here, plan).conflict == "DOUBLE_BOOKED"
    assert (now(there, fact).status, now(there, fact).conflict) == (Status.FULFILLED, "ALSO_ASKED")


def test_who_came_after_all_is_put_back(court: Courts) -> None:
    """The hearing room did not know that the booking had lost its interpreter."""
    (one, here), (two, there) = court("one", SITE), court("two", CARDIFF)
    mine, theirs = here.confirmed(marta(here)), there.confirmed(marta(there))
    for desk in (one, two):
        desk.sync()
    room_desk, room = court("room", CARDIFF)
    room_desk.sync()
    room.store.call_jot(
        Connection.execute,
        "UPDATE booking SET status = 'in_attendance', arrived_at = starts_at, identity = 'card'"
        " WHERE id = ?",
        (theirs.id,),
    )
    room_desk.sync()
    for desk in (two, one):
        desk.sync()
    assert now(there, theirs).status is Status.IN_ATTENDANCE
    assert now(there, theirs).interpreter == "Marta Przyklad"
    assert now(here, mine).status is Status.REQUESTED
