"""The complaints desk by keyboard: what is offered, asked, told and kept."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from deskapp.app import DeskApp
from deskapp.data.store import Store
from deskapp.roles import User
from deskapp.screens.complaint_form import ComplaintFormScreen
from deskapp.screens.complaint_move import ComplaintMoveScreen
from deskapp.screens.complaint_record import ComplaintRecordScreen
from deskapp.screens.complaints import ComplaintsScreen
from deskapp.screens.contact import ContactScreen
from deskapp.screens.home import HomeScreen
from deskapp.services import drafts, kinds
from deskapp.services.complaints import lines
from deskapp.services.complaints.events import Code
from deskapp.services.complaints.lists import Status
from deskapp.services.complaints.worklists import Which
from deskapp.services.enquiries import contact_lines
from deskapp.services.paging import Want
from deskapp.services.persons import persons
from tests.builders import SetClock
from tests.pilots import choose, fill, form_values, press, rows, settle, shown, small, value
from tests.screens.complaint_desk import ComplaintDesk
from tests.services.complaints.office import ComplaintOffice
from tests.services.complaints.test_two_desks import arrives

Desk = Callable[..., DeskApp]
SAID = {
    "person_id": "Ann Example",
    "summary": "Letters not answered",
    "details": "Wrote three times since August and heard nothing.",
}


@pytest.fixture
def office(store: Store, clock: SetClock, user: User) -> ComplaintOffice:
    """The officer of the desk and whom they work with."""
    return ComplaintOffice(store, clock, user)


async def test_a_complaint_begun_in_a_contact_is_taken_up_with_the_contact(
    desk: Desk, store: Store, user: User
) -> None:
    """The form waits while the officer goes back; logged, the contact ends with its reference."""
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "f2")
        await choose(pilot, "topic", "fine")
        await fill(pilot, person_id="Ann Example", question="Nobody answers", case_ref="K12 345")
        await press(pilot, "ctrl+r", "d", "m")
        await choose(pilot, "dissatisfied_about", "letters")
        await press(pilot, "f8", "k")
        assert isinstance(app.screen, ComplaintFormScreen)
        carried = form_values(app)
        assert carried["details"] == "Nobody answers"
        assert (carried["person_name"], carried["case_ref"]) == ("Ann Example", "K12 345")
        await fill(pilot, summary="Letters not answered")
        await press(pilot, "escape")
        assert isinstance(app.screen, ContactScreen)
        await press(pilot, "f9", "k")
        assert value(app, "summary") == "Letters not answered"
        await press(pilot, "f8", "c")
        assert isinstance(app.screen, HomeScreen)
    [contact] = store.call_read(contact_lines.page, Want(), user=user).lines
    [complaint] = store.call_read(lines.grown_from, kinds.CONTACT, contact.id, user=user)
    assert contact.outcome == "CPL"
    record = store.call_read(contact_lines.record, contact.id, user=user)
    assert record.extras["complaint"] == complaint.ref


async def test_a_contact_that_could_not_be_saved_keeps_its_complaint(
    desk: Desk, store: Store, user: User
) -> None:
    """K again makes no second one: the reference stands there."""
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "f2")
        await fill(pilot, person_id="Ann Example", question="Nobody answers")
        await press(pilot, "f9", "k")
        await choose(pilot, "categories", "COR")
        await fill(pilot, summary="Letters not answered")
        await press(pilot, "f8", "c")
        assert isinstance(app.screen, ContactScreen)  # its topic is missing
        await choose(pilot, "topic", "fine")
        await press(pilot, "f9", "k")
        assert value(app, "add_complaint").startswith("C-")
        await press(pilot, "f8")
        assert isinstance(app.screen, HomeScreen)
    [contact] = store.call_read(contact_lines.page, Want(), user=user).lines
    assert len(store.call_read(lines.grown_from, kinds.CONTACT, contact.id, user=user)) == 1


async def test_what_may_be_logged_already_is_offered_first(
    desk: Desk, office: ComplaintOffice
) -> None:
    """At most five with status and day; the officer decides, and it can be opened."""
    first = office.log(phone="01632 960001", owner=office.officer.id)
    async with small(desk()) as pilot:
        officer = ComplaintDesk(pilot)
        await officer.log("c", categories="COR", phone="01632 960001", **SAID)
        assert "one of these" in officer.asked()
        assert "same phone" in shown(officer.app)
        await press(pilot, "1", "d")
        assert officer.complaint.status is Status.DUPLICATE
        assert officer.complaint.survivor == first.id
        await officer.log("c", categories="COR", phone="01632 960001", **SAID)
        await press(pilot, "1", "o")
        assert isinstance(officer.app.screen, ComplaintRecordScreen)
        assert officer.complaint.id == first.id
    waiting = office.store.call_read(drafts.waiting, office.officer.id)
    assert [draft.parked for draft in waiting] == [True]


async def test_what_is_not_ours_is_redirected_whole_or_in_part(
    desk: Desk, office: ComplaintOffice
) -> None:
    """The part goes elsewhere and is said, the rest is answered here; what is wholly outside is
    redirected the same day, with where the person was pointed, no owner and no clock."""
    async with small(desk()) as pilot:
        officer = ComplaintDesk(pilot)
        await press(pilot, "ctrl+g", "u", "ctrl+n", "ctrl+r", "x", "d", "p")
        await choose(pilot, "categories", "DEL")
        await fill(pilot, **SAID)
        assert "time to appeal is short" in " ".join(shown(officer.app).split())
        await press(pilot, "f8")  # which part is asked for
        await officer.save("c", part_what="That the judge got it wrong")
        assert officer.complaint.status == "open"
        assert [part.what for part in officer.complaint.parts] == ["That the judge got it wrong"]

        await press(pilot, "ctrl+g", "u", "ctrl+n", "ctrl+r", "x", "b", "a")
        await choose(pilot, "categories", "POL")
        await officer.save("c", **{**SAID, "person_id": "Bob Other"})
        assert officer.complaint.status == "redirected"
        assert officer.complaint.owner == ""


async def test_categories_ask_by_letters_and_alerts_are_told_in_person(
    desk: Desk, office: ComplaintOffice
) -> None:
    """Conduct of staff: who it is about is not known; it is major, so the team leader must know.

    So is who complains asked, when nobody is named.
    """
    async with small(desk()) as pilot:
        officer = ComplaintDesk(pilot)
        await officer.log("c", "k", categories="ATT", **SAID)
        assert "TELL NOW" in shown(officer.app)
        await officer.hand_over_to(office.leader)
        assert "ALERT" in shown(officer.app)
        await press(pilot, "l", "y")
        assert officer.complaint.new_alerts == frozenset()

        said = {name: text for name, text in SAID.items() if name != "person_id"}
        await officer.log("c", "a", categories="COR", **said)
        assert "no reply is owed" in shown(officer.app), "nobody was named: that is asked too"


async def test_how_somebody_new_may_be_reached_is_asked_while_the_complaint_is_logged(
    desk: Desk, office: ComplaintOffice, store: Store
) -> None:
    """The person is kept first and is the one of the complaint; nobody anonymous is asked."""
    async with small(desk()) as pilot:
        officer = ComplaintDesk(pilot)
        await press(pilot, "ctrl+g", "u", "ctrl+n")
        await fill(pilot, **SAID)
        await press(pilot, "ctrl+r", "s")
        await choose(pilot, "ok_to_call", "no")
        await press(pilot, "f8")
        await settle(pilot)
        assert isinstance(officer.app.screen, ComplaintFormScreen)
        assert "Call: no" in shown(officer.app)
        await choose(pilot, "categories", "COR")
        await officer.save("c")
        kept = store.call_read(persons.find, SAID["person_id"], user=officer.app.user)
        assert [each.contacts for each in kept] == [0], "one person, however often they are kept"
        await press(pilot, "escape", "ctrl+n", "ctrl+r", "a", "ctrl+r")
        assert "S  Safe contact" not in shown(officer.app)


async def test_who_changed_it_meanwhile_stands_beside_the_form(
    desk: Desk, office: ComplaintOffice, clock: SetClock
) -> None:
    """The words that were typed stay; what somebody else did is told, and a save still works.

    So is who has it open at another desk, until they do something.
    """
    line = office.log(owner=office.officer.id)
    began = json.dumps({"move": "respond"})
    arrives(office, line.id, Code.OPENED, officer_id=office.leader.id, hlc=1, data=began)
    async with small(desk()) as pilot:
        officer = ComplaintDesk(pilot)
        officer.app.open(kinds.COMPLAINT, line.id)
        await settle(pilot)
        assert "OPEN ELSEWHERE   Lena Lead since 10:05: Answer" in shown(officer.app)
        await press(pilot, "n")
        assert "Open elsewhere: Lena Lead since 10:05: Answer" in shown(officer.app)
        await fill(pilot, note="Rang the person")
        clock.passes(minutes=7)
        office.take(office.leader, line.id, Code.NOTE, note="Wrote to them")
        screen = officer.app.screen
        assert isinstance(screen, ComplaintMoveScreen)
        screen.look_again()
        await settle(pilot)
        assert "Changed elsewhere at 10:12, Lena Lead: Note" in shown(officer.app)
        assert "Open elsewhere" not in shown(officer.app)
        assert value(officer.app, "note") == "Rang the person"
        await press(pilot, "f8", "end")
        assert "Rang the person" in shown(officer.app)


async def test_what_is_said_of_staff_is_hidden_from_a_colleague(
    desk: Desk, office: ComplaintOffice
) -> None:
    """They see that there is something, and that their look is kept with the others."""
    line = office.log(categories="ATT", about_staff="Somebody shouted", owner=office.officer.id)
    async with small(desk()) as pilot:
        officer = ComplaintDesk(pilot)
        officer.app.open(kinds.COMPLAINT, line.id)
        await settle(pilot)
        await press(pilot, "end")
        assert "Somebody shouted" in shown(officer.app)
        await officer.hand_over_to(office.colleague)
        await press(pilot, "end")
        assert "Somebody shouted" not in shown(officer.app)


async def test_everybody_begins_with_the_list_that_is_theirs(
    desk: Desk, office: ComplaintOffice
) -> None:
    """An officer with their own, a team leader with the team's; a list can be narrowed down."""
    own = office.log(owner=office.officer.id)
    office.log(categories="DEL", severity="major")
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "ctrl+g", "u")
        assert [row.key for row in rows(app)] == [own.id]
        assert rows(app)[0].cells[0] == "10 days left"
        await press(pilot, "right")
        assert len(rows(app)) == 2
        await press(pilot, "ctrl+r", "g", "j")
        assert len(rows(app)) == 1
        await press(pilot, "ctrl+r", "0", "ctrl+r", "k")
        assert rows(app) == []
        assert "Nothing that two desks did clashes." in shown(app)
        app.user = office.leader
        await press(pilot, "ctrl+g", "u")
        assert isinstance(app.screen, ComplaintsScreen)
        assert app.screen.list_name == Which.TEAM


async def test_find_shows_complaints_beside_contacts(desk: Desk, office: ComplaintOffice) -> None:
    """By a name; Enter opens."""
    line = office.log()
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "f3")
        await fill(pilot, search="ann example")
        found = [row for row in rows(app) if row.key == f"{kinds.COMPLAINT}:{line.id}"]
        assert found
        assert line.ref in found[0].cells[1]
