"""What comes from another desk is in the lists and the search of this one at once."""

from __future__ import annotations

from pathlib import Path

from deskapp.data.connection import Connection
from deskapp.roles import Role, User
from deskapp.services import desk as desk_service
from deskapp.services.complaints import worklists
from deskapp.services.complaints.worklists import Which
from deskapp.services.enquiries import contact_lines
from deskapp.services.paging import Want
from deskapp.services.persons import persons
from tests.builders import SITE, save
from tests.central.conftest import Central, Desk
from tests.central.test_exchange import Enrol
from tests.services.casework.shipped import ShippedHand
from tests.services.complaints.office import ComplaintOffice


def seated(desk: Desk, name: str) -> User:
    """Somebody who works at a desk."""
    user = desk.store.call_write(desk_service.set_up, name, role=Role.TEAM_LEADER, site=SITE)
    desk.store.actor = user.id
    return user


def test_a_contact_of_another_desk_is_listed_and_found(central: Central, enrolled: Enrol) -> None:
    """The index of words follows the rows, whoever wrote them."""
    one, two = enrolled("one", may_apply=True), enrolled("two", may_apply=True)
    officer, reader = seated(one, "Ann Example"), seated(two, "Ben Example")
    line = save(one.store, officer, one.clock, person_name="Siân O’Brien", question="Jury pay?")
    one.sync()
    two.sync()
    page = two.store.call_read(contact_lines.page, Want(), user=reader)
    assert [each.ref for each in page.lines] == [line.ref]
    found = two.store.call_read(persons.find, "sian obrien", user=reader)
    assert [each.full_name for each in found] == ["Siân O’Brien"]


def test_a_case_of_another_desk_stands_in_the_worklist(
    central: Central, enrolled: Enrol, tmp_path: Path
) -> None:
    """Lists of cases are worked out from events, here as there."""
    one, two = enrolled("one", may_apply=True), enrolled("two", restricted=True)
    officer, reader = seated(one, "Ann Example"), seated(two, "Ben Example")
    hand = ShippedHand(one.store, officer, one.clock, tmp_path / "settings")
    case_id = hand.open("building_issue")
    one.sync()
    two.sync()
    there = ShippedHand(two.store, reader, two.clock, tmp_path / "settings")
    assert there.ids() == [case_id]
    far = enrolled("three")
    far.sync()
    for table in ("case_record", "case_event", "case_state"):
        found = far.store.call_read(Connection.execute, f"SELECT count(*) FROM {table}").fetchall()
        assert found == [(0,)], table


def test_a_complaint_of_another_desk_stands_in_the_worklist(
    central: Central, enrolled: Enrol
) -> None:
    """Of those that were let in for it; a member of staff may be named in it."""
    one, two = enrolled("one", may_apply=True), enrolled("two", restricted=True)
    officer, reader = seated(one, "Ann Example"), seated(two, "Ben Example")
    made = ComplaintOffice(one.store, one.clock, officer).log()
    one.sync()
    two.sync()
    acting = ComplaintOffice(two.store, two.clock, reader).acting(reader)
    page = two.store.call_read(worklists.page, Want(), acting, Which.TEAM)
    assert [each.id for each in page.lines] == [made.id]
    far = enrolled("three")
    far.sync()
    for table in ("complaint", "complaint_event", "complaint_state"):
        found = far.store.call_read(Connection.execute, f"SELECT count(*) FROM {table}").fetchall()
        assert found == [(0,)], table
