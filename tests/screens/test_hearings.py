"""The hearing desk by keyboard: board, one hearing, needs, results, lists, rooms and papers."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from deskapp import i18n
from deskapp.app import DeskApp
from deskapp.data.store import Store
from deskapp.roles import Role
from deskapp.screens.booking_record import BookingScreen
from deskapp.screens.complaint_form import ComplaintFormScreen
from deskapp.screens.hearing_import import HearingImportScreen
from deskapp.screens.hearing_record import HearingRecordScreen
from deskapp.screens.hearing_rooms import HearingRoomsScreen
from deskapp.screens.hearings import HearingsScreen
from deskapp.screens.person import PersonScreen
from deskapp.services.enquiries import contact_lines
from deskapp.services.hearings import bearings, links, stored
from deskapp.services.hearings.day import Presence, Ready, State
from deskapp.services.hearings.links import LinkState
from deskapp.services.hearings.needs import Status
from deskapp.services.hearings.readiness import Bearing
from tests.pilots import fill, press, rows, shown, small, told
from tests.services.hearings.made_lists import a_row
from tests.services.hearings.office import Court

Desk = Callable[..., DeskApp]


@pytest.fixture
def court(store: Store, user: Any, clock: Any) -> Court:
    """The hearings of the desk, at 10:05 on their day."""
    return Court(store, user, clock)


@pytest.fixture
def leader(store: Store) -> None:
    """The user of the desk is a team leader."""
    from deskapp.data.sessions import plain

    statement = "UPDATE officer SET role = 'team_leader'"
    store.call_write(lambda session: plain(session).execute(statement) and None)


def bearing(court: Court, hearing_id: str) -> Bearing:
    """Everything that hangs on a hearing."""
    [found] = court.read(bearings.read, [hearing_id])
    return found


def page(app: DeskApp) -> str:
    """The whole page of the record on the screen, however long."""
    return str(app.screen.query_one("#record", Static).content)


async def open_first(pilot: Pilot[Any]) -> None:
    """Go to the first hearing of the board."""
    await press(pilot, "ctrl+g", "g", "enter")
    assert isinstance(pilot.app.screen, HearingRecordScreen)


async def test_the_board_has_rooms_in_order_and_says_what_is_missing(
    desk: Desk, court: Court
) -> None:
    """In words: within half an hour of the start nobody should have to count."""
    court.hearing("14:00", room="Court 10")
    court.hearing("10:20", room="Court 9", channel="Video hearing")
    async with small(desk()) as pilot:
        await press(pilot, "ctrl+g", "g")
        app = pilot.app
        assert isinstance(app, DeskApp)
        assert [row.cells[1] for row in rows(app)] == ["Court 9", "Court 10"]
        assert rows(app)[0].cells[5] == "MISSING: Link, Parties"
        assert rows(app)[0].mark == "overdue"
        assert rows(app)[1].cells[5] == "Parties 0/2"
        await press(pilot, "right")
        assert len(rows(app)) == 2
        await press(pilot, "right")
        assert "next working day" in shown(app)


async def test_the_board_narrows_to_a_room_a_need_and_a_day(desk: Desk, court: Court) -> None:
    """And shows all again by one key."""
    needy = court.hearing("14:00", room="Court 10", case_ref="K1")
    court.hearing("15:00", room="Court 2", case_ref="K2")
    court.need(needy, "RA0043")
    async with small(desk()) as pilot:
        app = pilot.app
        assert isinstance(app, DeskApp)
        await press(pilot, "ctrl+g", "g", "ctrl+r", "r", *"10", "enter")
        assert [row.cells[1] for row in rows(app)] == ["Court 10"]
        await press(pilot, "ctrl+r", "0")
        assert len(rows(app)) == 2
        await press(pilot, "ctrl+r", "n", *"loop", "enter")
        assert [row.key for row in rows(app)] == [needy]
        assert "Only: Hearing loop" in shown(app)
        await press(pilot, "ctrl+r", "0", "ctrl+r", "d", *"tomorrow", "enter")
        assert rows(app) == []
        await press(pilot, "ctrl+r", "0", *"k2")
        assert [row.cells[1] for row in rows(app)] == ["Court 2"]


async def test_a_hearing_by_its_letters_from_waiting_to_adjourned(desk: Desk, court: Court) -> None:
    """Who is here, what is ready, the link, the result; then everything stands on the new day."""
    hearing_id = court.hearing("10:10")
    booking_id = court.booking(hearing_id)
    court.need(hearing_id, "SM0002")
    async with small(desk()) as pilot:
        app = pilot.app
        assert isinstance(app, DeskApp)
        await open_first(pilot)
        await press(pilot, "w", "a", "p", "c", "i", "t", "r")
        await press(pilot, "v")
        await fill(pilot, kind="CVP", address="Room 42")
        await press(pilot, "f8", "v", "1", "j", *"11 12", "enter")
        found = bearing(court, hearing_id)
        assert found.day.state is State.IN_PROGRESS
        assert {presence for presence, _how in found.day.parties.values()} == {Presence.HERE}
        assert [state for state, _why in found.day.ticks.values()] == [Ready.READY]
        assert [link.outcome for link in found.links] == [LinkState.OK]
        assert found.day.jurors == (11, 12)
        court.clock.passes(minutes=30)
        await press(pilot, "r")
        await fill(pilot, next_on="16 12", next_at="14:00")
        await press(pilot, "f8", "a", "b")
        assert "The next hearing is made" in shown(app)
        await press(pilot, "s")
        assert "Wednesday 16 December 2026" in page(app)
        assert "Screening witness from accused" in page(app)
        assert "Portuguese" in page(app)
    old = court.store.call_read(stored.get, hearing_id)
    assert old.list_state == "adjourned"
    assert bearing(court, hearing_id).bookings[0].id == booking_id


async def test_a_need_is_entered_with_its_booking_by_letters(desk: Desk, court: Court) -> None:
    """What the form leaves open is asked for; its booking is one letter away."""
    hearing_id = court.hearing("14:00")
    async with small(desk()) as pilot:
        app = pilot.app
        assert isinstance(app, DeskApp)
        await open_first(pilot)
        await press(pilot, "e", "tab", *"PF0015", "tab", *"portug", "tab", "f8", "a", "b")
        assert isinstance(app.screen, BookingScreen)
    found = bearing(court, hearing_id)
    [need] = found.needs
    assert (need.flag, need.language_code, need.party_name) == ("PF0015", "por", "Maria Silva")
    assert [each.need_id for each in found.bookings] == [need.id]


async def test_of_many_parties_and_links_one_is_picked(desk: Desk, court: Court) -> None:
    """A multi-handed trial has more of them than there are figures."""
    people = [{"role": "Defendant", "name": f"Person {number}"} for number in range(12)]
    hearing_id = court.hearing("10:10", parties=json.dumps(people))
    for room in range(5):
        court.write(links.keep, hearing_id, "CVP", f"Room {room}", link_id=f"link{room}")
    async with small(desk()) as pilot:
        await open_first(pilot)
        await press(pilot, "w", *"Person 11", "enter", "h", "v", *"Room 4", "enter", "1")
    found = bearing(court, hearing_id)
    assert list(found.day.parties) == ["person 11"]
    assert {each.id for each in found.links if each.outcome is LinkState.OK} == {"link4"}


async def test_a_need_that_was_not_met_leads_to_a_complaint_and_ground_rules_are_kept(
    desk: Desk, court: Court
) -> None:
    """What the letters of a hearing lead to besides a booking."""
    hearing_id = court.hearing("14:00")
    court.need(hearing_id, "RA0038")
    async with small(desk()) as pilot:
        app = pilot.app
        assert isinstance(app, DeskApp)
        await open_first(pilot)
        assert "a ground rules hearing is needed" in page(app)
        await press(pilot, "g")
        await fill(pilot, held_on="today", attended="HHJ Example", rules="Breaks")
        await press(pilot, "f8")
        assert "HHJ Example: Breaks" in page(app)
        await press(pilot, "t", "x")
        await fill(pilot, by="Nobody came")
        await press(pilot, "f8", "c")
        assert isinstance(app.screen, ComplaintFormScreen), shown(app)
        assert "Nobody came" in shown(app)


async def test_what_is_wrong_with_a_need_is_told_beside_its_field(desk: Desk, court: Court) -> None:
    """And nothing typed is lost."""
    court.hearing("14:00")
    async with small(desk()) as pilot:
        app = pilot.app
        assert isinstance(app, DeskApp)
        await open_first(pilot)
        await press(pilot, "e", *"maria", "tab", *"screen", "tab", "f8")
        assert "this need cannot stand without a comment" in shown(app)
        await fill(pilot, comment="Behind a screen", named="Sam Example, Bob Lee")
        await press(pilot, "f8")
        assert "screened from Sam Example, Bob Lee" in " ".join(page(app).split())


async def test_a_need_hangs_on_the_person_where_one_is_known(
    desk: Desk, court: Court, store: Store
) -> None:
    """And O leads to their record; words that name nobody are not kept in silence."""
    from tests.builders import save

    line = save(store, court.user, court.clock, person_name="Maria Silva")
    hearing_id = court.hearing("14:00")
    async with small(desk()) as pilot:
        app = pilot.app
        assert isinstance(app, DeskApp)
        await open_first(pilot)
        await press(pilot, "e", *"maria", "tab", *"RA0019", "tab")
        await fill(pilot, person_id="nobody of that name")
        await press(pilot, "f8")
        assert "Pick the person" in shown(app)
        await fill(pilot, person_id="maria si")
        await press(pilot, "tab", "f8")
        [need] = bearing(court, hearing_id).needs
        assert (
            need.person_id
            == court.store.call_read(contact_lines.record, line.id, user=court.user).person_id
        )
        await press(pilot, "o", *"person", "enter")
        assert isinstance(app.screen, PersonScreen)


async def test_a_decision_is_written_down_with_who_made_it(desk: Desk, court: Court) -> None:
    """From the needs of the hearing, by letters."""
    hearing_id = court.hearing("14:00")
    court.need(hearing_id, "RA0024")
    async with small(desk()) as pilot:
        await open_first(pilot)
        await press(pilot, "t", "d")
        await fill(pilot, by="DJ Hughes")
        await press(pilot, "f8", "b")
    [need] = bearing(court, hearing_id).needs
    assert (need.status, need.decided_by) == (Status.NOT_APPROVED, "DJ Hughes")


async def test_somebody_who_may_be_violent_is_told_of_first(
    desk: Desk, court: Court, store: Store
) -> None:
    """In the words of the marker; the facts stay in the restricted case."""
    from deskapp.data.enquiry_tables import Marker
    from tests.builders import SITE

    court.hearing("14:00")

    def mark(session: Any) -> None:
        session.add(
            Marker(
                id="m1",
                home_site=SITE,
                code="PF0021",
                words="",
                person_id="",
                case_key="52XY0012326",
                set_on="2026-11-01",
                approved_on="2026-11-02",
                review_on="2027-11-01",
                source="",
                case_id="",
                ended_on="",
                set_by=court.user.id,
            )
        )

    store.call_write(mark)
    async with small(desk()) as pilot:
        app = pilot.app
        assert isinstance(app, DeskApp)
        await press(pilot, "ctrl+g", "g")
        assert rows(app)[0].cells[2] == "S"
        await press(pilot, "enter")
        lines = page(app).splitlines()
        assert lines[0] == "Before you meet anybody"
        assert lines[1].startswith("Ask the team leader before seeing this person alone")
        await press(pilot, "escape", "f5")
        assert "violent" not in page(app)
        assert "Waiting  S" in page(app)


async def test_a_step_back_is_offered_behind_the_state_key(desk: Desk, court: Court) -> None:
    """From the board, without opening the hearing."""
    hearing_id = court.hearing("10:10")
    async with small(desk()) as pilot:
        app = pilot.app
        assert isinstance(app, DeskApp)
        await press(pilot, "ctrl+g", "g", "f9", "p")
        assert rows(app)[0].cells[4] == "Parties ready"
        await press(pilot, "f9", "b")
        assert rows(app)[0].cells[4] == "Waiting"
    assert bearing(court, hearing_id).day.state is State.WAITING


async def test_a_final_hearing_says_who_can_correct_it(desk: Desk, court: Court) -> None:
    """In grey, beside the letter."""
    from deskapp.services.hearings import resulting

    hearing_id = court.hearing("10:00")
    given = {"result": "cancelled", "reason": "settled"}
    court.step(resulting.give, hearing_id, given)
    async with small(desk()) as pilot:
        app = pilot.app
        assert isinstance(app, DeskApp)
        await open_first(pilot)
        await press(pilot, "r")
        assert "A team leader can correct it" in told(app)[-1]


@pytest.mark.usefixtures("leader")
async def test_a_list_is_seen_before_it_goes_in_and_can_be_taken_back(
    desk: Desk, court: Court, tmp_path: Path
) -> None:
    """Nothing changes before F8; F9 takes it back."""
    path = tmp_path / "list.json"
    path.write_text(json.dumps([a_row(), a_row(caseNumber="K2")]), encoding="utf-8")
    async with small(desk()) as pilot:
        app = pilot.app
        assert isinstance(app, DeskApp)
        await press(pilot, "ctrl+g", "g", "ctrl+n", *str(path), "enter", *"today", "enter")
        assert isinstance(app.screen, HearingImportScreen)
        assert "Nothing is changed yet" in shown(app)
        assert "Wednesday 18 November 2026" in page(app)
        assert "K2" in page(app)
        await press(pilot, "f8")
        assert "Imported" in shown(app)
        await press(pilot, "escape")
        assert len(rows(app)) == 2
        await press(pilot, "ctrl+n", *str(path), "enter", *"today", "enter")
        assert "This list is in already" in shown(app)


@pytest.mark.usefixtures("leader")
async def test_rows_that_cannot_be_used_are_told_and_the_good_ones_offered(
    desk: Desk, tmp_path: Path
) -> None:
    """With their place and reason."""
    path = tmp_path / "list.json"
    bad = a_row(caseNumber="K2", hearingTime="13pm")
    path.write_text(json.dumps([a_row(), bad]), encoding="utf-8")
    async with small(desk()) as pilot:
        app = pilot.app
        assert isinstance(app, DeskApp)
        await press(pilot, "ctrl+g", "g", "ctrl+n", *str(path), "enter", *"today", "enter")
        assert "row 2" in page(app)
        assert "L_TIME" in page(app)
        await press(pilot, "f8", "g", "f9")
        assert any("Taken back" in note for note in told(app))


@pytest.mark.usefixtures("leader")
async def test_the_board_shows_the_day_that_was_imported_and_takes_the_list_back(
    desk: Desk, tmp_path: Path
) -> None:
    """The list of tomorrow comes today; that it was the wrong one is seen later."""
    path = tmp_path / "list.json"
    path.write_text(json.dumps([a_row()]), encoding="utf-8")
    async with small(desk()) as pilot:
        app = pilot.app
        assert isinstance(app, DeskApp)
        await press(pilot, "ctrl+g", "g", "ctrl+n", *str(path), "enter", *"tomorrow", "enter")
        await press(pilot, "f8", "escape")
        assert len(rows(app)) == 1
        assert "Thursday 19 November 2026" in shown(app)
        await press(pilot, "ctrl+r", "u")
        assert "Take this list back? Thursday 19 November 2026" in shown(app)
        await press(pilot, "y")
        assert any("Taken back" in note for note in told(app))
        assert rows(app) == []
        await press(pilot, "ctrl+r", "u")
        assert "No list of hearings was imported" in told(app)[-1]


async def test_what_is_in_its_room_is_one_letter_from_a_hearing(desk: Desk, court: Court) -> None:
    """The need says that somebody must look, so the way to say it is there as well."""
    court.need(court.hearing("14:00"), "RA0043")
    async with small(desk()) as pilot:
        await open_first(pilot)
        assert "look whether the room has" in page(pilot.app)  # type: ignore[arg-type]
        await press(pilot, "m")
        assert isinstance(pilot.app.screen, HearingRoomsScreen)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, HearingRecordScreen)


async def test_an_officer_imports_no_list(desk: Desk) -> None:
    """The role says who does."""
    async with small(desk()) as pilot:
        app = pilot.app
        assert isinstance(app, DeskApp)
        await press(pilot, "ctrl+g", "g", "ctrl+n")
        assert isinstance(app.screen, HearingsScreen)
        assert "cannot import lists of hearings" in told(app)[-1]


async def test_rooms_are_ticked_and_held_against_a_need(desk: Desk, court: Court) -> None:
    """What the room does not have is told at the hearing."""
    hearing_id = court.hearing("14:00")
    court.need(hearing_id, "SM0002")
    async with small(desk()) as pilot:
        app = pilot.app
        assert isinstance(app, DeskApp)
        await press(pilot, "ctrl+g", "g", "ctrl+r", "f", "enter", "k", "enter")
        assert rows(app)[0].cells[1] == "Hearing loop"
        await press(pilot, "escape", "enter")
        assert "THE ROOM HAS NO Witness screen" in page(app)


@pytest.mark.usefixtures("leader")
async def test_a_day_is_closed_from_the_board(desk: Desk, court: Court) -> None:
    """While a hearing has no result, the answer is grey and says why."""
    from deskapp.services.hearings import steps

    hearing_id = court.hearing("10:10")
    async with small(desk()) as pilot:
        app = pilot.app
        assert isinstance(app, DeskApp)
        await press(pilot, "ctrl+g", "g", "ctrl+r", "c", "y")
        assert "no result yet" in told(app)[-1]
        await press(pilot, "escape")
        court.step(steps.move, hearing_id, State.NOT_REACHED)
        await press(pilot, "ctrl+r", "c", "y", "ctrl+r", "g")
        assert "Adjourned                         1  100.0%" in page(app)
        await press(pilot, "left")
        assert "Hearings listed                   0" in page(app)


async def test_a_booking_of_a_moved_hearing_is_carried_over(desk: Desk, court: Court) -> None:
    """From the list of loose bookings, to the other hearing of the case that day."""
    off = court.hearing("14:00")
    court.booking(off)
    there = court.hearing("16:00", room="Court 5")
    court.store.call_jot(
        lambda connection: (
            connection.execute(
                "UPDATE hearing SET list_state = 'removed_from_list', list_id = 'x' WHERE id = ?",
                (off,),
            )
            and None
        )
    )
    async with small(desk()) as pilot:
        app = pilot.app
        assert isinstance(app, DeskApp)
        await press(pilot, "ctrl+g", "g", "ctrl+r", "b")
        assert "NO LONGER LISTED" in rows(app)[0].cells[5]
        await press(pilot, "enter", "1")
        assert rows(app) == []
    [booking] = bearing(court, there).bookings
    assert (booking.local_start[11:], booking.room) == ("16:00", "Court 5")
    assert bearing(court, off).bookings == ()


async def test_a_hearing_room_user_records_the_day(desk: Desk, court: Court, store: Store) -> None:
    """State, presence and ready; needs and bookings are for the office."""
    from deskapp.data.sessions import plain

    statement = f"UPDATE officer SET role = '{Role.HEARING_ROOM}'"
    store.call_write(lambda session: plain(session).execute(statement) and None)
    hearing_id = court.hearing("10:10")
    async with small(desk()) as pilot:
        app = pilot.app
        assert isinstance(app, DeskApp)
        await open_first(pilot)
        assert "Enter a need" not in page(app)
        assert "Book an interpreter" not in page(app)
        await press(pilot, "p")
    assert bearing(court, hearing_id).day.state is State.PARTIES_READY


async def test_the_board_and_a_hearing_speak_welsh(desk: Desk, court: Court) -> None:
    """Labels, states and the names of needs."""
    court.need(court.hearing("10:10"), "SM0002")
    i18n.use("cy")
    async with small(desk()) as pilot:
        app = pilot.app
        assert isinstance(app, DeskApp)
        await press(pilot, "ctrl+g", "g")
        assert "YN EISIAU" in rows(app)[0].cells[5]
        await press(pilot, "enter")
        assert "Sgrinio tyst rhag y diffynnydd" in page(app)


async def test_no_letter_of_a_hearing_means_two_things(desk: Desk, court: Court) -> None:
    """In whatever state it is, what can be done and the states it leads to have letters apart."""
    hearing_id = court.hearing("10:10")
    for flag in ("SM0002", "RA0038"):
        court.need(hearing_id, flag)
    async with small(desk()) as pilot:
        await open_first(pilot)
        for letter in ("p", "c", "i", "u", "f"):
            screen = pilot.app.screen
            assert isinstance(screen, HearingRecordScreen)
            letters = [entry.letter for entry in screen.entries]
            assert len(letters) == len(set(letters)), letters
            await press(pilot, letter)
        assert bearing(court, hearing_id).day.state is State.FINISHED
