"""One complaint: what is restricted, what is withheld, what grew from what, and duplicates."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from deskapp.data.connection import Connection
from deskapp.data.ids import new_id
from deskapp.errors import FormProblemsError, NotAllowedError
from deskapp.services import links
from deskapp.services.complaints import (
    act,
    device_clock,
    duplicates,
    finding,
    handover,
    involved,
    lines,
    record,
    worklists,
)
from deskapp.services.complaints.events import Code
from deskapp.services.complaints.lists import Status
from deskapp.services.kinds import COMPLAINT, CONTACT
from deskapp.services.links import Link
from deskapp.services.paging import Want
from deskapp.services.persons import marker_work, withheld
from deskapp.services.persons.marker_drafts import MarkerDraft
from tests.builders import save
from tests.services.complaints.office import ComplaintOffice, a_complaint_draft, day

SAID = "Mr Beside shouted at me at the counter"


def about_staff(office: ComplaintOffice, **given: Any) -> str:
    """Id of a complaint in which something is said of a member of staff."""
    return office.log(categories="ATT", about_staff=SAID, **given).id


def seen_by(office: ComplaintOffice, complaint_id: str) -> dict[str, bool]:
    """Who sees what is said of staff."""
    people = (office.officer, office.colleague, office.leader, office.manager)
    return {user.name: bool(office.look(user, complaint_id).about_staff) for user in people}


def test_what_is_said_of_staff_is_for_the_author_the_owner_and_leaders(
    office: ComplaintOffice,
) -> None:
    """Not for a colleague, and never for who is named in it."""
    complaint_id = about_staff(office)
    assert list(seen_by(office, complaint_id).values()) == [True, False, True, True]
    named = office.log(categories="ATT", about_staff="Lena Lead laughed at me").id
    assert seen_by(office, named)[office.leader.name] is False
    assert office.look(office.other_leader, named).about_staff


def test_what_is_restricted_stands_nowhere_else(office: ComplaintOffice) -> None:
    """Not in a line, not in Find, not in the fold that the colleague gets, nor in the history."""
    complaint_id = about_staff(office)
    added = "And Mr Beside did it again"
    office.take(office.officer, complaint_id, Code.ABOUT_STAFF, about_staff=added)
    page = office.store.call_read(finding.find, Want(), office.acting(), "shouted")
    assert page.lines == []
    colleague = office.look(office.colleague, complaint_id)
    assert colleague.staff_hidden
    assert colleague.complaint.about_staff == ()
    assert added not in repr(colleague)
    assert SAID not in repr(colleague)
    leader = office.look(office.leader, complaint_id)
    assert leader.about_staff == (SAID, added)
    assert [entry.event.restricted for entry in leader.history] == [added]


def test_who_looked_is_kept_where_something_is_restricted(office: ComplaintOffice) -> None:
    """Opening a complaint that has a restricted field writes viewed; others do not."""
    complaint_id = about_staff(office)
    for user in (office.colleague, office.leader):
        office.look(user, complaint_id)
    views = office.look(office.manager, complaint_id).views
    assert [entry.officer_name for entry in views] == [
        user.name for user in (office.colleague, office.leader, office.manager)
    ]
    assert office.look(office.colleague, complaint_id).views == ()
    plain = office.log().id
    office.look(office.colleague, plain)
    assert office.look(office.leader, plain).views == ()


@pytest.mark.parametrize(
    ("name", "text", "named"),
    [
        ("Lena Lead", "Lena Lead was rude", True),
        ("Lena Lead", "a Ms Lead was rude", True),
        ("Lena Lead", "LEAD, Lena", True),
        ("Lena Lead", "she leads the team", False),
        ("Siân O'Brien", "Sian OBrien", True),
        ("Jo Ng", "Ng was rude", False),
        ("Jo Ng", "Jo Ng was rude", True),
        ("", "Nobody", False),
    ],
)
def test_who_may_be_meant_is_found_by_name(name: str, text: str, named: bool) -> None:
    """Whole name or surname, however spelt; too many are kept out rather than one too few."""
    assert involved.is_named(name, [text]) is named


def test_a_complaint_about_the_leader_who_would_own_it_goes_to_another(
    office: ComplaintOffice,
) -> None:
    """Neither given to them, nor taken, nor answered by them."""
    line = office.log(categories="ATT", about_staff="Lena Lead hung up on me")
    for user in (office.leader, office.other_leader):
        with pytest.raises(FormProblemsError, match="may be named"):
            office.take(user, line.id, Code.ASSIGN, owner=office.leader.id)
    office.take(office.other_leader, line.id, Code.ASSIGN)
    with pytest.raises(act.RefusedError, match="may be named"):
        office.answer(office.leader, line.id)
    able = office.store.call_read(involved.able, office.stands(line.id), 1)
    assert office.leader.id not in [officer_id for officer_id, _name in able]


def confidential(office: ComplaintOffice, person_id: str) -> None:
    """Keep the address of a person from everybody."""
    marker = MarkerDraft(code="CF0001", person_id=person_id, source="Order")
    from deskapp.services.persons import marker_kinds

    [code, *_more] = marker_kinds.codes("withholds")
    marker = MarkerDraft(code=code, person_id=person_id, source="Order of 1 May")
    office.store.call_write(
        marker_work.set_marker, new_id(), marker, user=office.leader, now=office.clock.moment
    )


def test_what_is_withheld_of_a_person_is_in_no_reader(office: ComplaintOffice) -> None:
    """Phone, email, address and postcode of the complaint, also within its free words."""
    line = office.log(
        phone="01632 960123", email="ann@example.com", postcode="ZZ1 1ZZ",
        address="12 Invented Street\nAmbleford", summary="Rang from 01632960123 twice",
        details="Live at 12 Invented Street, write to ann@example.com",
    )  # fmt: skip
    office.take(office.officer, line.id, Code.NOTE, note="Said 01632 960 123 is right")
    confidential(office, line.person_id)
    seen = office.look(office.officer, line.id)
    told = repr(seen)
    for secret in ("960123", "960 123", "ann@example", "ZZ1 1ZZ", "Invented Street"):
        assert secret not in told
    assert seen.given.phone == "withheld"
    [listed] = office.store.call_read(lines.lines, [line.id], user=office.officer)
    assert "960123" not in listed.summary
    for words in ("960123", "ann@example.com", "Invented Street"):
        assert office.store.call_read(finding.find, Want(), office.acting(), words).lines == []
    found = office.store.call_read(finding.find, Want(), office.acting(), "Ann Example").lines
    assert [each.id for each in found] == [line.id]
    cover = office.store.call_read(withheld.cover, line.person_id)
    assert cover.address


def test_a_contact_becomes_a_complaint_with_its_words_and_both_are_linked(
    office: ComplaintOffice,
) -> None:
    """Who, what, when, case, category and needs are carried over."""
    contact = save(
        office.store, office.officer, office.clock,
        person_name="Bob Example", phone="07700 900123", question="No answer since May",
        answer="Promised to look", case_ref="ZZ26P0001", dissatisfied="major",
        dissatisfied_about="COR", needs="language", need_language="cym", language="cy",
        channel="counter", acting_for="Ann Example", authority="signed",
    )  # fmt: skip
    values = office.store.call_read(handover.from_contact, contact.id, user=office.officer)
    assert values["channel"] == "in_person"
    assert (values["categories"], values["severity"]) == ("COR", "major")
    assert (values["case_ref"], values["authority"]) == ("ZZ26P0001", "seen")
    assert (values["received_on"], values["received_time"]) == ("2026-11-18", "10:01")
    draft = {**values, "summary": "Letters not answered", "jurisdiction": "civil"}
    line = office.log(**{**draft, "person_name": values["person_name"]})
    assert line.person_id == contact.person_id
    given = office.look(office.officer, line.id).given
    assert given.details == "No answer since May\n\nWe said: Promised to look"
    assert given.needs == ("language:cym",)
    linked = office.store.call_read(links.of, CONTACT, contact.id, user=office.officer)
    assert linked == [Link(COMPLAINT, line.id)]
    back = office.store.call_read(links.of, COMPLAINT, line.id, user=office.officer)
    assert back == [Link(CONTACT, contact.id)]
    [grown] = office.store.call_read(lines.grown_from, CONTACT, contact.id, user=office.officer)
    assert grown.id == line.id


def test_a_contact_that_is_still_typed_is_carried_over_the_same_way() -> None:
    """Its draft becomes the contact: both have one id."""
    typed = {"person_name": "Bob", "question": "Why", "channel": "phone_in", "authority": "none",
             "dissatisfied": "minor", "dissatisfied_about": "TEL", "topic": "FIN"}  # fmt: skip
    assert handover.from_contact_form(typed, "d1") == {
        "person_name": "Bob", "from_table": "contact", "from_id": "d1", "channel": "phone",
        "authority": "requested", "categories": "TEL", "details": "Why",
    }  # fmt: skip
    grave = handover.from_contact_form({**typed, "dissatisfied": "major"}, "d1")
    assert grave["severity"] == "major", "what is minor is as grave as its category says"


def test_possible_duplicates_are_offered_the_likeliest_first(office: ComplaintOffice) -> None:
    """Same case; phone digits or email; folded name and postcode; within 90 days; five at most."""
    same_case = office.log(person_name="Zoe", case_ref="ZZ 26 P0001")
    same_phone = office.log(person_name="Yan", phone="07700 900 123")
    same_name = office.log(person_name="ANN  Éxample", postcode="zz11zz")
    both = office.log(person_name="Xu", phone="+44 7700 900123", case_ref="zz26p0001")
    old = office.log(person_name="Wim", case_ref="ZZ26P0001", received_on="2026-08-19")
    other = office.log(person_name="Vic", phone="07700 900124")
    draft = a_complaint_draft(
        person_name="Ann Example", postcode="ZZ1 1ZZ", phone="07700900123", case_ref="ZZ26P0001"
    )
    found = office.store.call_read(duplicates.possible, draft, office.acting())
    ids = [each.line.id for each in found]
    assert ids[-1] == same_name.id
    assert set(ids) == {same_case.id, same_phone.id, same_name.id, both.id}
    assert not {old.id, other.id} & set(ids)
    for _more in range(4):
        office.log(person_name="More", case_ref="ZZ26P0001")
    assert len(office.store.call_read(duplicates.possible, draft, office.acting())) == 5


def test_who_is_hidden_is_not_found_by_how_to_reach_them(office: ComplaintOffice) -> None:
    """That a number belongs to somebody would tell it."""
    line = office.log(phone="07700 900123")
    draft = a_complaint_draft(person_name="Somebody Else", phone="07700 900123")
    assert office.store.call_read(duplicates.possible, draft, office.acting())
    confidential(office, line.person_id)
    assert office.store.call_read(duplicates.possible, draft, office.acting()) == []


def test_a_duplicate_is_merged_and_taken_back(office: ComplaintOffice) -> None:
    """Notes are shown together, the earlier receipt governs the clock, and undo is possible."""
    kept = office.log(owner=office.officer.id)
    earlier = office.log(owner=office.officer.id, received_on="2026-11-12", categories="ATT",
                         about_staff=SAID)  # fmt: skip
    office.take(office.officer, earlier.id, Code.NOTE, note="Rang about it")
    with pytest.raises(FormProblemsError, match="another"):
        office.take(office.officer, earlier.id, Code.MARK_DUPLICATE, survivor=earlier.ref)
    marked = office.take(office.officer, earlier.id, Code.MARK_DUPLICATE, survivor=kept.ref)
    assert (marked.status, marked.owed) == (Status.DUPLICATE, False)
    survivor = office.look(office.officer, kept.id)
    assert survivor.line.due_on == day("2026-11-26")
    assert [line.id for line in survivor.duplicates] == [earlier.id]
    assert ("Rang about it", earlier.ref) in [
        (entry.event.note, entry.of_ref) for entry in survivor.history
    ]
    assert SAID not in repr(survivor)
    assert office.look(office.officer, earlier.id).survivor == survivor.line
    with pytest.raises(act.RefusedError):
        office.take(office.officer, earlier.id, Code.UNDO_DUPLICATE, note="Another matter")
    again = office.take(office.leader, earlier.id, Code.UNDO_DUPLICATE, note="Another matter")
    assert again.status is Status.OPEN
    back = office.look(office.officer, kept.id)
    assert (back.line.due_on, back.duplicates) == (day("2026-12-02"), ())


def test_a_reference_that_changed_is_found_by_both(office: ComplaintOffice) -> None:
    """A clash found at the exchange gives the later one a new reference; the old is an alias."""
    from deskapp.data.refs import new_ref
    from deskapp.services import kinds
    from deskapp.services.complaints import stored

    line, new = office.log(), new_ref("C")
    office.store.call_write(
        act.write_event, office.acting(), line.id, Code.REF, {"ref": new}, event_id=new_id()
    )
    for ref in (line.ref, new, new.lower().replace("-", " ")):
        assert office.store.call_read(stored.id_of_ref, ref) == line.id
        assert office.store.call_read(kinds.with_ref, ref) == [(COMPLAINT, line.id)]
    assert office.look(office.officer, line.id).line.ref == new


def test_two_complaints_may_have_one_reference(office: ComplaintOffice) -> None:
    """Until the exchange gives one of them another, the store holds both."""
    one, other = office.log(), office.log()

    def clash(connection: Connection) -> None:
        connection.execute("UPDATE sync_state SET applying = 1")
        connection.execute(
            "UPDATE complaint SET ref = ?1, ref_key = replace(?1, '-', '') WHERE id = ?2",
            (one.ref, other.id),
        )
        connection.execute("UPDATE sync_state SET applying = 0")

    office.store.call_jot(clash)
    refs = office.store.call_read(Connection.execute, "SELECT DISTINCT ref FROM complaint")
    assert refs.fetchall() == [(one.ref,)]


def test_twenty_thousand_characters_are_kept_as_they_were_typed(office: ComplaintOffice) -> None:
    """With emoji and Welsh circumflexes."""
    details = ("ŵŷâêîôû \U0001f600 " * 3000)[:19_999] + "!"
    line = office.log(details=details)
    assert office.look(office.officer, line.id).given.details == details
    note = ("tŷ \U0001f600" * 6000)[:20_000]
    office.take(office.officer, line.id, Code.NOTE, note=note)
    assert office.look(office.officer, line.id).history[-1].event.note == note.strip()


def test_why_a_date_is_what_it_is_is_told_day_by_day(office: ComplaintOffice) -> None:
    """Weekends and Christmas skipped, in numbers of working days; version and horizon told."""
    from deskapp.services.complaints.deadlines import Skipped

    line = office.log(received_on="2025-12-15")
    seen = office.look(office.officer, line.id)
    told = record.explain(seen, office.acting())
    counted = [each.number for each in told.days if not each.skipped]
    assert counted == list(range(1, 11))
    assert told.days[0].skipped is Skipped.RECEIPT
    holidays = [each.day for each in told.days if each.skipped is Skipped.BANK_HOLIDAY]
    assert holidays == [day("2025-12-25"), day("2025-12-26")]
    assert (told.days[-1].day, told.counted_on) == (line.due_on, line.due_on)
    assert told.calendar_version
    assert told.known_to > day("2027-12-31")


def test_a_date_beyond_the_known_calendar_is_provisional(office: ComplaintOffice) -> None:
    """Never shown as firm."""

    from deskapp.services.complaints import log

    acting = office.acting()
    short = {
        nation: calendar._replace(known_to=day("2026-11-30"))
        for nation, calendar in acting.calendars.items()
    }
    line = office.store.call_write(
        log.log, replace(acting, calendars=short), new_id(), a_complaint_draft()
    )
    assert line.provisional
    assert not office.log().provisional


def test_who_may_not_read_complaints_reads_none(office: ComplaintOffice) -> None:
    """The table of roles holds below the screens too."""
    complaint_id = office.log().id
    administrator = office.acting(office.administrator)
    for read in (
        lambda at: worklists.page(at, Want(), administrator, worklists.Which.TEAM),
        lambda at: finding.find(at, Want(), administrator, "ann"),
        lambda at: lines.line(at, complaint_id, user=office.administrator),
        lambda at: worklists.counts(at, administrator),
        lambda at: lines.grown_from(at, CONTACT, "x", user=office.administrator),
        lambda at: record.record(at, administrator, complaint_id),
        lambda at: duplicates.possible(at, a_complaint_draft(), administrator),
    ):
        with pytest.raises(NotAllowedError):
            office.store.call_read(read)
    with pytest.raises(NotAllowedError):
        office.look(office.administrator, complaint_id)


def test_escapes_in_json_are_cleaned_as_they_are_read(office: ComplaintOffice) -> None:
    """They pass the gate of the connection as plain letters."""
    line = office.log()
    hostile = json.dumps({"name": "\x1b]0;X\x07pay"})

    def poison(connection: Connection) -> None:
        connection.execute("UPDATE sync_state SET applying = 1")
        connection.execute("UPDATE complaint_event SET data = ?", (hostile,))
        connection.execute("UPDATE sync_state SET applying = 0")

    office.take(office.officer, line.id, Code.NOTE, note="x")
    office.store.call_jot(poison)
    [entry] = office.look(office.officer, line.id).history
    assert entry.event.data == {"name": "]0;Xpay"}


@pytest.mark.parametrize(
    ("last_ok_at", "offset_ms", "warned"),
    [
        (None, 0, False),
        ("2026-11-18T09:00:00.000Z", 0, False),
        ("2026-11-19T10:00:00.000Z", 0, True),
        ("2026-11-18T09:00:00.000Z", -86_400_000, True),
    ],
)
def test_a_clock_that_is_a_day_wrong_is_warned_of(
    last_ok_at: str | None, offset_ms: int, warned: bool, office: ComplaintOffice
) -> None:
    """From the last exchange, and from how far the central clock was then."""
    office.store.call_jot(
        Connection.execute,
        "UPDATE sync_state SET last_ok_at = ?, clock_offset_ms = ?",
        (last_ok_at, offset_ms),
    )
    told = office.store.call_read(device_clock.warning, office.acting())
    assert bool(told) is warned
