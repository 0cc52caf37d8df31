"""Worklists: who stands where, the most urgent first, and the first screen."""

from __future__ import annotations

from pathlib import Path

import pytest

from deskapp import paths
from deskapp.services import home, local_files
from deskapp.services.complaints import finding, lines, rules, worklists
from deskapp.services.complaints.events import Code
from deskapp.services.complaints.worklists import Narrow, Which
from deskapp.services.dates import Alarm
from deskapp.services.kinds import COMPLAINT
from deskapp.services.paging import Want
from tests.services.complaints.office import ComplaintOffice, day


def in_list(office: ComplaintOffice, which: Which, **given: object) -> list[str]:
    """Ids of what a worklist shows to the officer."""
    page = office.store.call_read(
        worklists.page,
        Want(),
        office.acting(),
        which,
        narrowed=Narrow(**given),  # type: ignore[arg-type]  # texts
    )
    return [line.id for line in page.lines]


def test_each_complaint_stands_where_it_belongs(office: ComplaintOffice) -> None:
    """Mine, team, unassigned, overdue, due, by stage, answered, OPTIC, ended."""
    new = office.log().id
    mine = office.log(owner=office.officer.id, received_on="2026-11-06").id
    late = office.log(office.colleague, owner=office.colleague.id, received_on="2026-10-28").id
    answered = office.log(owner=office.officer.id, received_on="2026-11-16").id
    office.answer(office.officer, answered)
    closing = office.log(owner=office.officer.id).id
    office.answer(office.officer, closing)
    office.take(office.officer, closing, Code.CLOSE)
    review = office.reviewed()
    void = office.log().id
    office.take(office.leader, void, Code.VOID, note="Slip")
    expected = {
        Which.MINE: [mine, answered],
        Which.UNASSIGNED: [new, review],
        Which.OVERDUE: [late],
        Which.DUE: [mine],
        Which.STAGE2: [review],
        Which.STAGE3: [],
        Which.ANSWERED: [answered],
        Which.VOID: [void],
    }
    for which, ids in expected.items():
        assert set(in_list(office, which)) == set(ids), which
    assert in_list(office, Which.TEAM)[0] == late
    assert set(in_list(office, Which.TEAM)) == {new, mine, late, answered, review}
    todo = in_list(office, Which.AWAITING_OPTIC)
    assert set(todo) == {new, mine, late, answered, closing, review}
    assert todo[0] == late


def test_a_due_list_goes_by_the_nation_of_each(office: ComplaintOffice) -> None:
    """30 November is a holiday in Scotland alone: a day less is left in England."""
    office.clock.passes(days=9)  # Friday 27 November
    english = office.log(received_on="2026-11-18").id
    scottish = office.log(office.leader, received_on="2026-11-19", nation="scotland").id
    too_late = office.log(office.leader, received_on="2026-11-20", nation="scotland").id
    found = in_list(office, Which.DUE)
    acting = office.acting()
    for complaint_id in (english, scottish, too_late):
        line = office.store.call_read(lines.line, complaint_id, user=office.officer)
        stands_out = lines.alarm(line, acting) is Alarm.AMBER
        assert (complaint_id in found) is stands_out


def test_who_has_not_heard_from_us_is_listed_by_receipt(office: ComplaintOffice) -> None:
    """Acknowledging, a holding reply or the answer ends it; nobody can write to no name."""
    known = {"person_name": "Ann Jones"}
    later, sooner, told, held, answered = (
        office.log(owner=office.officer.id, received_on=f"2026-11-1{day}", **known).id
        for day in (8, 6, 7, 7, 7)
    )
    office.log(anonymous="yes", person_name="", phone="", email="")
    office.take(office.officer, told, Code.ACKNOWLEDGE, channel="email")
    office.take(
        office.officer,
        held,
        Code.HOLDING_REPLY,
        note="Tapes",
        revised_on="2026-12-18",
        channel="email",
    )
    office.answer(office.officer, answered)
    assert in_list(office, Which.UNACKNOWLEDGED) == [sooner, later]


def test_a_worklist_is_paged_both_ways_and_loses_nobody(office: ComplaintOffice) -> None:
    """Complaints of one day are told apart by their reference."""
    ids = [office.log(received_on=f"2026-11-{10 + number % 3}").id for number in range(11)]
    for which in (Which.TEAM, Which.AWAITING_OPTIC, Which.UNACKNOWLEDGED):
        seen: list[str] = []
        want = Want(limit_rows=4)
        while True:
            page = office.store.call_read(worklists.page, want, office.acting(), which)
            seen += [line.id for line in page.lines]
            if not page.more:
                break
            want = Want(page.lines[-1].place, limit_rows=4)
        assert sorted(seen) == sorted(ids)
        back = Want(page.lines[0].place, backwards=True, limit_rows=20)
        before = office.store.call_read(worklists.page, back, office.acting(), which)
        assert [line.id for line in before.lines] == seen[: -len(page.lines)]


def test_a_list_is_narrowed(office: ComplaintOffice) -> None:
    """By any of the categories, severity, jurisdiction and flag."""
    one = office.log(categories="COR SEC", flags="mp_involved").id
    other = office.log(categories="DEL", severity="major", jurisdiction="family").id
    assert in_list(office, Which.TEAM, category="SEC") == [one]
    assert in_list(office, Which.TEAM, severity="major") == [other]
    assert in_list(office, Which.TEAM, jurisdiction="family") == [other]
    assert in_list(office, Which.TEAM, flag="mp_involved") == [one]


@pytest.mark.parametrize(
    "given",
    [
        {"severity": "major"},
        {"categories": "DPR"},
        {"categories": "DIS", "about_staff": "Not known"},
        {"flags": "safeguarding"},
        {"flags": "media_interest"},
        {"flags": "mp_involved"},
    ],
)
def test_what_a_leader_must_know_is_in_their_queue_at_once(
    given: dict[str, str], office: ComplaintOffice
) -> None:
    """Until one of them says that they know."""
    line = office.log(**given)
    assert line.alert
    assert in_list(office, Which.ALERTS) == [line.id]
    office.take(office.leader, line.id, Code.ALERT_SEEN)
    assert in_list(office, Which.ALERTS) == []


def test_the_first_screen_shows_what_is_near_to_its_owner(office: ComplaintOffice) -> None:
    """Not what is far off; alerts and what nobody owns to leaders."""
    near = office.log(owner=office.officer.id, received_on="2026-11-06")
    office.log(owner=office.officer.id)
    late = office.log(office.colleague, received_on="2026-10-01")
    grave = office.log(office.colleague, severity="major")

    def shown(user: object) -> dict[str, str]:
        seen = office.store.call_read(home.look, user=user, now=office.clock.moment)  # type: ignore[arg-type]  # a user
        return {line.id: line.state for line in seen.lines if line.kind == COMPLAINT}

    assert shown(office.officer) == {near.id: "2 days left"}
    assert shown(office.leader) == {late.id: "24 days late", grave.id: "ALERT, 10 days left"}
    assert shown(office.administrator) == {}


def test_the_first_screen_reaches_as_far_as_the_site_warns(
    office: ComplaintOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ten working days over Christmas are nearly three weeks, and a site may warn so early."""
    office.clock.passes(minutes=30 * 24 * 60)
    own = office.log(owner=office.officer.id, received_on="2026-12-18")
    text = (local_files.SHIPPED / rules.RULES_FILE).read_text(encoding="utf-8")
    early = text.replace("amber = 3", "amber = 10")
    (tmp_path / rules.RULES_FILE).write_text(early, encoding="utf-8")

    def shown() -> dict[str, str]:
        seen = office.store.call_read(home.look, user=office.officer, now=office.clock.moment)
        return {line.id: line.state for line in seen.lines if line.kind == COMPLAINT}

    assert shown() == {}
    monkeypatch.setattr(paths, "settings_folder", lambda: tmp_path)
    assert shown() == {own.id: "10 days left"}


def test_how_many_press_is_counted(office: ComplaintOffice) -> None:
    """For the heads of the lists."""
    office.log(owner=office.officer.id, received_on="2026-10-01")
    counted = office.store.call_read(worklists.counts, office.acting())
    assert (counted[Which.MINE], counted[Which.OVERDUE], counted[Which.DUE]) == (1, 1, 0)


def test_what_is_typed_finds_complaints(office: ComplaintOffice) -> None:
    """Name, case, phone, words of the account, the reference of OPTIC; the newest first."""
    line = office.log(
        person_name="Gwenllïan O'Shea", case_ref="ZZ 26 P0001", phone="07700 900123",
        details="The lift was broken",
    )  # fmt: skip
    office.take(office.officer, line.id, Code.OPTIC, ref="40118826")
    for words in ("gwenll oshea", "zz26p0001", "0770 0900 123", "lift brok", "4011 8826",
                  line.ref.lower()):  # fmt: skip
        page = office.store.call_read(finding.find, Want(), office.acting(), words)
        assert [each.id for each in page.lines] == [line.id], words
    assert office.store.call_read(finding.find, Want(), office.acting(), "nothing").lines == []


def test_a_jump_goes_to_a_day(office: ComplaintOffice) -> None:
    """The first that is due then or next."""
    ids = [office.log(received_on=f"2026-11-{number}").id for number in (10, 12, 16)]
    page = office.store.call_read(
        worklists.page, worklists.from_day(day("2026-11-25")), office.acting(), Which.TEAM
    )
    assert [line.id for line in page.lines] == ids[1:]
