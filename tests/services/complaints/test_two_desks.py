"""What arrives from another desk: the lists follow, and what clashes is for a team leader."""

from __future__ import annotations

import json
from typing import Any

from deskapp.clock import stamp
from deskapp.data.connection import Connection
from deskapp.data.ids import new_id
from deskapp.services import drafts
from deskapp.services.complaints import presence, projection, record, worklists
from deskapp.services.complaints.events import Code
from deskapp.services.complaints.state import Clash
from deskapp.services.complaints.worklists import Which
from deskapp.services.paging import Want
from tests.builders import a_draft
from tests.services.complaints.office import ANSWER, ComplaintOffice


def arrives(office: ComplaintOffice, complaint_id: str, code: Code, **given: Any) -> str:
    """Id of an event that another desk wrote before ours, as the exchange brings it."""
    event_id = new_id()

    def pull(connection: Connection) -> None:
        row: dict[str, Any] = {
            "id": event_id, "home_site": office.officer.site, "hlc": 0, "desk": "other",
            "at": stamp(office.clock.moment), "officer_id": "far", "complaint_id": complaint_id,
            "stage": 1, "code": code.value, "role": "officer", "seen_hlc": 0, "data": "{}",
        }  # fmt: skip
        row |= given
        connection.execute("UPDATE sync_state SET applying = 1")
        connection.execute(
            f"INSERT INTO complaint_event ({', '.join(row)})"
            f" VALUES ({', '.join('?' for _column in row)})",
            tuple(row.values()),
        )
        connection.execute("UPDATE sync_state SET applying = 0")
        projection.write(connection, complaint_id)

    office.store.call_jot(pull)
    return event_id


def clock_of(office: ComplaintOffice, complaint_id: str, code: Code) -> int:
    """The hybrid clock of an event of ours."""
    rows = office.store.call_read(
        Connection.execute,
        "SELECT hlc FROM complaint_event WHERE complaint_id = ? AND code = ?",
        (complaint_id, code.value),
    )
    return int(rows.fetchall()[0][0])


def conflicts(office: ComplaintOffice) -> list[str]:
    """Ids of the complaints in the list of conflicts."""
    page = office.store.call_read(worklists.page, Want(), office.acting(), Which.CONFLICTS)
    return [line.id for line in page.lines]


def test_an_answer_of_another_desk_that_was_earlier_stands_and_ours_is_kept(
    office: ComplaintOffice,
) -> None:
    """The leader sees both and settles it; nothing of either is lost."""
    line = office.log(owner=office.officer.id)
    given_out = clock_of(office, line.id, Code.ASSIGN)
    office.clock.passes(minutes=1)
    office.answer(office.officer, line.id, note="Ours")
    data = {**ANSWER, "outcome": "not_upheld", "redress": ["none"]}
    arrives(
        office, line.id, Code.RESPOND, hlc=given_out + 1, seen_hlc=given_out,
        data=json.dumps(data), note="Theirs",
    )  # fmt: skip
    record = office.look(office.leader, line.id)
    answer = record.complaint.stage.answer
    assert answer is not None
    assert (answer.outcome, answer.note) == ("not_upheld", "Theirs")
    ours = [entry for entry in record.history if entry.event.note == "Ours"]
    assert [entry.clash for entry in ours] == [Clash.SECOND_ANSWER]
    assert conflicts(office) == [line.id]
    office.take(
        office.leader, line.id, Code.CONFLICT_SEEN, event=ours[0].event.id, note="Theirs counts"
    )
    assert conflicts(office) == []


def test_of_two_owners_that_knew_nothing_of_each_other_the_last_counts(
    office: ComplaintOffice,
) -> None:
    """Ours was later; both are shown until a leader has looked."""
    line = office.log()
    before = office.look(office.officer, line.id).complaint.logged.hlc
    office.clock.passes(minutes=1)
    office.take(office.officer, line.id, Code.ASSIGN)
    arrives(
        office, line.id, Code.ASSIGN, hlc=before + 1, seen_hlc=before,
        data=json.dumps({"owner": office.colleague.id}),
    )  # fmt: skip
    assert office.stands(line.id).owner == office.officer.id
    assert conflicts(office) == [line.id]


def test_notes_of_both_sides_survive(office: ComplaintOffice) -> None:
    """In the order of the hybrid clock, and no conflict."""
    line = office.log()
    before = office.look(office.officer, line.id).complaint.logged.hlc
    office.clock.passes(minutes=1)
    office.take(office.officer, line.id, Code.NOTE, note="Ours")
    arrives(office, line.id, Code.NOTE, hlc=before + 1, note="Theirs")
    history = office.look(office.officer, line.id).history
    assert [entry.event.note for entry in history] == ["Theirs", "Ours"]
    assert conflicts(office) == []


def test_what_arrives_changes_no_open_form(office: ComplaintOffice) -> None:
    """Drafts never leave the desk and are never changed by incoming data."""
    line = office.log(owner=office.officer.id)
    values = {drafts.RECORD: line.id, "note": "Half a senten"}
    draft = a_draft(office.officer, office.clock, form="complaint_move", values=values)
    office.store.call_jot(drafts.keep, draft)
    arrives(office, line.id, Code.VOID, hlc=2**62, note="Logged twice")
    assert office.store.call_read(drafts.get, draft.id) == draft


def joined(office: ComplaintOffice) -> None:
    """The desk exchanges with others."""
    enrolled = "UPDATE sync_state SET enrolled_at = '2026-11-01T09:00:00.000Z'"
    office.store.call_jot(Connection.execute, enrolled)


def test_who_else_has_it_open_is_told_for_a_while(office: ComplaintOffice) -> None:
    """Until they did something with it, or an hour is over; oneself and this desk are no others."""
    joined(office)
    line = office.log(owner=office.officer.id)

    def told() -> str:
        return presence.words(office.look(office.officer, line.id).open_elsewhere)

    office.store.call_write(record.look, office.acting(office.leader), line.id, opens=True)
    assert told() == "", "the leader sat at this desk"
    arrives(office, line.id, Code.OPENED, hlc=2**61, officer_id=office.leader.id,
            data=json.dumps({"move": "respond"}))  # fmt: skip
    assert told() == "Lena Lead since 10:05: Answer"
    assert office.look(office.officer, line.id).history[-1].event.code == Code.ASSIGN
    office.clock.passes(minutes=60)
    assert told() == ""
    arrives(office, line.id, Code.OPENED, hlc=2**61 + 1, data=json.dumps({"move": "newer"}))
    assert told() == "somebody since 11:05"
    arrives(office, line.id, Code.NOTE, hlc=2**61 + 2, note="Rang them")
    assert told() == ""


def test_that_it_is_open_is_kept_once_in_a_while_where_desks_exchange(
    office: ComplaintOffice,
) -> None:
    """Not on a desk that is alone, nor for every look, nor of what is at its end."""
    line = office.log()

    def opens(move: str = "") -> int:
        acting = office.acting()
        office.store.call_write(record.look, acting, line.id, opens=True)
        if move:
            office.store.call_write(presence.note, acting, line.id, move)
        count = "SELECT count(*) FROM complaint_event WHERE code = 'opened'"
        return int(office.store.call_read(Connection.execute, count).fetchall()[0][0])

    assert opens("note") == 0
    joined(office)
    assert [opens(), opens(), opens("note"), opens("note")] == [1, 1, 2, 2]
    office.clock.passes(minutes=61)
    assert opens() == 3
    before = office.stands(line.id).last_at
    assert before is not None
    assert before < office.clock.moment, "it is kept no longer because somebody looked"
    office.take(office.leader, line.id, Code.VOID, note="Logged twice")
    office.clock.passes(minutes=61)
    assert opens() == 3
