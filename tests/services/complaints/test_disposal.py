"""Retention and disposal: two people, nothing by itself, nothing left of anybody."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from deskapp.data.connection import Connection
from deskapp.data.ids import new_id
from deskapp.errors import FormProblemsError, NotAllowedError
from deskapp.services import drafts, follow_ups, links
from deskapp.services.complaints import disposal, handover, log, retention
from deskapp.services.complaints.disposal import Count
from deskapp.services.complaints.events import Code
from deskapp.services.enquiries import enquiry_disposal, enquiry_retention
from deskapp.services.erasing import NotErasedError
from deskapp.services.kinds import COMPLAINT
from tests.builders import a_draft, save
from tests.services.complaints.office import NO_SETTINGS, ComplaintOffice

YEARS = dt.timedelta(days=3 * 366)
SECRET = "Zebedee Unheardof"


def closed(office: ComplaintOffice, **given: Any) -> str:
    """Id of a complaint that is at its end."""
    line = office.log(owner=office.officer.id, **given)
    office.take(office.officer, line.id, Code.WITHDRAW, how="phone")
    return line.id


def ripe(office: ComplaintOffice) -> list[str]:
    """Ids of what need no longer be kept."""
    return [each.id for each in office.store.call_read(retention.due, office.acting(office.leader))]


def propose(office: ComplaintOffice, reason: str = "Years are over") -> Count:
    """The first of two people."""
    return office.store.call_write(disposal.propose, office.acting(office.leader), reason)


def confirm(office: ComplaintOffice, user: Any = None) -> Count:
    """The second of two people."""
    acting = office.acting(user or office.other_leader)
    return office.store.call_write(disposal.confirm, acting)


def left(office: ComplaintOffice, text: str) -> list[str]:
    """Tables in which a text is still to be found, the log of changes too."""

    def look(connection: Connection) -> list[str]:
        tables = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'"
            " AND name NOT LIKE '%_words_%' AND name NOT LIKE 'sqlite%'"
        ).fetchall()
        return [
            name
            for (name,) in tables
            if any(text in repr(row) for row in connection.execute(f'SELECT * FROM "{name}"'))
        ]

    return office.store.call_read(look)


def test_what_is_open_or_young_is_kept(office: ComplaintOffice) -> None:
    """Three years after the last event, and never while it is open."""
    opened, ended = office.log().id, closed(office)
    office.clock.passes(days=3 * 365)
    assert ripe(office) == []
    office.clock.passes(days=2)
    assert ripe(office) == [ended]
    assert opened not in ripe(office)


def test_a_later_event_begins_the_years_anew_and_looking_does_not(office: ComplaintOffice) -> None:
    """A note after two years keeps it; who looked does not."""
    noted = closed(office)
    looked = closed(office, categories="ATT", about_staff="Mr Nobody")
    office.clock.passes(days=730)
    office.take(office.officer, noted, Code.NOTE, note="Rang again")
    office.look(office.officer, looked)
    office.clock.passes(days=370)
    assert ripe(office) == [looked]


def test_a_promise_or_a_kept_case_holds_a_complaint(office: ComplaintOffice) -> None:
    """Until it is done, or they no longer belong together."""
    complaint_id = closed(office)
    day = office.clock.today
    office.store.call_write(
        follow_ups.promise, COMPLAINT, complaint_id, "task", "Ring", day, user=office.officer
    )
    other = closed(office)
    pair = links.Link(COMPLAINT, other), links.Link("case_record", "some-case")
    now: dict[str, Any] = {"user": office.officer, "now": office.clock.moment}
    office.store.call_write(links.link, *pair[0], *pair[1], **now)
    office.clock.passes(days=1100)
    assert ripe(office) == []
    office.store.call_write(links.unlink, *pair, reason="Another", **now)
    assert ripe(office) == [other]
    [promise] = office.store.call_read(
        follow_ups.of_record, COMPLAINT, complaint_id, user=office.officer
    )
    done = now | {"now": office.clock.moment}
    office.store.call_write(follow_ups.set_done, promise.id, True, **done)
    assert set(ripe(office)) == {complaint_id, other}


def test_two_leaders_erase_and_nothing_is_left_of_anybody(office: ComplaintOffice) -> None:
    """The person goes with the last thing that is kept; a line without names stays."""
    complaint_id = closed(office, person_name=SECRET, details=f"{SECRET} waited")
    office.take(office.officer, complaint_id, Code.NOTE, note=f"Rang {SECRET}")
    ref = office.look(office.officer, complaint_id).line.ref
    office.clock.passes(days=1100)
    with pytest.raises(FormProblemsError):
        propose(office, " ")
    with pytest.raises(NotErasedError, match="propose it first"):
        confirm(office)
    assert propose(office) == Count(1, 0)
    assert propose(office) == Count(0, 0)
    with pytest.raises(NotErasedError, match="you proposed it"):
        confirm(office, office.leader)
    assert confirm(office) == Count(1, 0)
    assert left(office, SECRET) == []
    rows = office.store.call_read(
        Connection.execute, "SELECT tbl, row_id, ref, proposed_by, officer_id FROM purge_log"
    ).fetchall()
    leaders = (office.leader.id, office.other_leader.id)
    assert rows == [("complaint", complaint_id, ref, *leaders)]
    found = office.store.call_read(
        Connection.execute,
        "SELECT count(*) FROM complaint_words WHERE complaint_words MATCH 'zeb*'",
    )
    assert found.fetchone() == (0,)


def test_something_new_takes_the_proposal_back(office: ComplaintOffice) -> None:
    """Nobody confirms what was proposed before the person rang again."""
    complaint_id = closed(office)
    office.clock.passes(days=1100)
    propose(office)
    office.take(office.officer, complaint_id, Code.NOTE, note="Rang again")
    with pytest.raises(NotErasedError):
        confirm(office)
    assert office.stands(complaint_id).proposed_by == ""


def test_a_contact_stays_while_its_complaint_is_kept_and_so_does_the_person(
    office: ComplaintOffice,
) -> None:
    """What they said first belongs to it."""
    contact = save(office.store, office.officer, office.clock, person_name=SECRET)
    values = office.store.call_read(handover.from_contact, contact.id, user=office.officer)
    office.log(**{**values, "jurisdiction": "civil", "categories": "COR", "channel": "phone",
                  "summary": "Not answered", "details": "Wrote twice"})  # fmt: skip
    office.clock.passes(days=1500)
    asked: dict[str, Any] = {
        "kept": enquiry_retention.rules(NO_SETTINGS), "user": office.leader,
        "now": office.clock.moment,
    }  # fmt: skip
    assert office.store.call_read(enquiry_retention.due, **asked) == []


def test_a_person_of_whom_a_complaint_is_kept_is_not_erased_with_their_contacts(
    office: ComplaintOffice,
) -> None:
    """Only the last thing that is kept takes them along."""
    line = office.log(person_name=SECRET)
    office.store.call_jot(enquiry_disposal.erase_persons, {line.person_id})
    assert office.look(office.officer, line.id).line.person_name == SECRET
    assert "person" in left(office, SECRET)


def test_forms_that_were_left_or_thrown_away_go_the_same_way(office: ComplaintOffice) -> None:
    """14 days untouched, 30 days after they were thrown away; by two people."""
    begun = [a_draft(office.officer, office.clock, form="complaint", values={"details": SECRET})
             for _each in range(2)]  # fmt: skip
    for draft in begun:
        office.store.call_jot(drafts.keep, draft)
    office.store.call_write(log.discard, office.acting(), begun[0].id, "Slip")
    acting = office.acting(office.leader)
    assert office.store.call_read(retention.forms, acting) == []
    office.clock.passes(days=15)
    [form] = office.store.call_read(retention.forms, office.acting(office.leader))
    assert (form.table, form.id) == ("draft", begun[1].id)
    office.clock.passes(days=16)
    assert propose(office) == Count(0, 2)
    with pytest.raises(NotErasedError):
        confirm(office, office.leader)
    assert confirm(office) == Count(0, 2)
    assert left(office, SECRET) == []


def test_a_form_that_was_taken_up_again_is_not_erased(office: ComplaintOffice) -> None:
    """Only what was untouched when it was proposed."""
    draft = a_draft(office.officer, office.clock, form="complaint", values={"details": "x"})
    office.store.call_jot(drafts.keep, draft)
    office.clock.passes(days=15)
    propose(office)
    touched = a_draft(
        office.officer, office.clock, form="complaint", id=draft.id, values={"details": "y"}
    )
    office.store.call_jot(drafts.keep, touched)
    with pytest.raises(NotErasedError):
        confirm(office)


def test_disposal_is_for_leaders(office: ComplaintOffice) -> None:
    """Whoever asks."""
    for user in (office.officer, office.administrator):
        acting = office.acting(user)
        for work in (lambda session, a=acting: disposal.propose(session, a, "x"),
                     lambda session, a=acting: disposal.confirm(session, a)):  # fmt: skip
            with pytest.raises(NotAllowedError):
                office.store.call_write(work)
        with pytest.raises(NotAllowedError):
            office.store.call_read(retention.due, acting)


def test_the_lists_are_made_anew_from_the_events(office: ComplaintOffice) -> None:
    """doctor --rebuild: the same rows, and none that no complaint stands behind."""
    from deskapp.services.complaints import projection

    ids = [office.log().id, office.reviewed(), closed(office)]
    tables = ("complaint_state", "complaint_stage")

    def rows(connection: Connection) -> list[object]:
        return [connection.execute(f"SELECT * FROM {name} ORDER BY id").fetchall()
                for name in tables]  # fmt: skip

    before = office.store.call_read(rows)
    assert office.store.call_read(projection.differing) == 0

    def spoil(connection: Connection) -> None:
        connection.execute("UPDATE complaint_state SET status = 'void' WHERE id = ?", (ids[0],))
        connection.execute("DELETE FROM complaint_stage WHERE complaint_id = ?", (ids[1],))
        connection.execute(
            "INSERT INTO complaint_stage SELECT 'ghost:1', 'ghost', 1, status, answered, owner_id,"
            " received_at, received_on, target_days, due_on, provisional, calendar_version,"
            " acknowledged_at, holding_at, revised_on, responded_at, responded_on, responded_by,"
            " response_channel, on_time, working_days, outcome, root_cause, redress, lateness"
            " FROM complaint_stage LIMIT 1"
        )

    office.store.call_jot(spoil)
    assert office.store.call_read(projection.differing) == 2
    last: str | None = ""
    while last is not None:
        step = office.store.call_jot(projection.rebuild, last, 2)
        last = step.last or None
    assert office.store.call_read(rows) == before


def test_what_is_discarded_never_leaves_the_desk(office: ComplaintOffice) -> None:
    """Nor does a draft; what is logged does."""
    draft = a_draft(office.officer, office.clock, form="complaint", values={"details": SECRET})
    office.store.call_jot(drafts.keep, draft)
    office.store.call_write(log.discard, office.acting(), draft.id, "Slip")
    office.log(draft_id=new_id())
    tables = office.store.call_read(
        Connection.execute, "SELECT DISTINCT tbl FROM change_log WHERE tbl LIKE 'complaint%'"
    )
    assert tables.fetchall() == [("complaint",)]
