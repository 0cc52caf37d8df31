"""Every move of section 4: from where, by whom, under what guard, and what it does."""

from __future__ import annotations

import datetime as dt

import pytest

from deskapp.data.connection import Connection
from deskapp.data.ids import new_id
from deskapp.errors import FormProblemsError, NotAllowedError
from deskapp.roles import Role
from deskapp.services.complaints import involved, moves, permits
from deskapp.services.complaints.act import RefusedError
from deskapp.services.complaints.events import CIT, Code
from deskapp.services.complaints.lists import StageStatus, Status
from deskapp.services.complaints.permits import Why
from tests.services.complaints.office import ANSWER, ComplaintOffice, day

S = StageStatus


def problem_fields(error: pytest.ExceptionInfo[FormProblemsError]) -> list[str]:
    """The fields to put right."""
    return [problem.field for problem in error.value.problems]


def test_logging_opens_the_first_stage_with_its_due_date(office: ComplaintOffice) -> None:
    """Received on Wednesday 18 November 2026, ten working days: Wednesday 2 December."""
    line = office.log()
    assert (line.status, line.stage, line.stage_status) == (Status.OPEN, 1, S.RECEIVED)
    assert (line.due_on, line.owed, line.owner_id) == (day("2026-12-02"), True, "")
    assert line.optic_todo
    assert line.ref.startswith("C-")


def test_a_form_that_is_saved_twice_is_logged_once(office: ComplaintOffice) -> None:
    """The id of the draft is the id of the complaint."""
    draft_id = new_id()
    assert office.log(draft_id=draft_id) == office.log(draft_id=draft_id)
    counted = office.store.call_read(
        lambda at: at.execute("SELECT count(*) FROM complaint").fetchone()
    )
    assert counted == (1,)


def test_a_move_that_is_made_twice_is_made_once(office: ComplaintOffice) -> None:
    """Each form carries an idempotency key."""
    line, key = office.log(), new_id()
    for _time in range(2):
        office.take(office.officer, line.id, Code.NOTE, event_id=key, note="Rang, nobody there")
    assert len(office.look(office.officer, line.id).history) == 1


def test_an_officer_takes_what_nobody_owns(office: ComplaintOffice) -> None:
    """Received becomes in progress."""
    line = office.take(office.officer, office.log().id, Code.ASSIGN)
    assert (line.owner_id, line.stage_status) == (office.officer.id, S.IN_PROGRESS)


def test_only_a_leader_gives_it_to_somebody_else(office: ComplaintOffice) -> None:
    """Self if unassigned, else team leader."""
    line = office.log()
    with pytest.raises(FormProblemsError) as refused:
        office.take(office.officer, line.id, Code.ASSIGN, owner=office.colleague.id)
    assert problem_fields(refused) == ["owner"]
    given = office.take(office.leader, line.id, Code.ASSIGN, owner=office.colleague.id)
    assert given.owner_id == office.colleague.id


def test_what_is_owned_is_given_on_by_a_leader_with_a_reason(office: ComplaintOffice) -> None:
    """Reassign: not by an officer, not without a reason."""
    line = office.log(owner=office.officer.id)
    other = {"owner": office.colleague.id}
    with pytest.raises(RefusedError) as refused:
        office.take(office.officer, line.id, Code.REASSIGN, **other, note="Leave")
    assert refused.value.is_about_role
    with pytest.raises(FormProblemsError) as missing:
        office.take(office.leader, line.id, Code.REASSIGN, **other)
    assert problem_fields(missing) == ["note"]
    given = office.take(office.leader, line.id, Code.REASSIGN, **other, note="Leave")
    assert (given.owner_id, given.stage_status) == (office.colleague.id, S.IN_PROGRESS)
    with pytest.raises(RefusedError):
        office.take(office.officer, line.id, Code.ASSIGN)


def test_an_acknowledgement_keeps_channel_and_time_and_changes_no_status(
    office: ComplaintOffice,
) -> None:
    """Received or in progress, once."""
    line = office.log()
    with pytest.raises(FormProblemsError) as missing:
        office.take(office.officer, line.id, Code.ACKNOWLEDGE)
    assert problem_fields(missing) == ["channel"]
    after = office.take(office.officer, line.id, Code.ACKNOWLEDGE, channel="email")
    stage = office.stands(line.id).stage
    assert after.stage_status is S.RECEIVED
    assert (stage.acknowledged_at, stage.acknowledged_by_channel) == (office.clock.moment, "email")
    with pytest.raises(RefusedError, match="already"):
        office.take(office.officer, line.id, Code.ACKNOWLEDGE, channel="email")


@pytest.mark.parametrize(
    ("revised", "words"),
    [
        ("2026-11-18", "after today"),
        ("2026-11-17", "after today"),
        ("2026-12-05", "working day"),
        ("2026-12-25", "working day"),
        ("", "when the answer"),
    ],
)
def test_the_revised_date_of_a_holding_reply_is_a_working_day_after_today(
    revised: str, words: str, office: ComplaintOffice
) -> None:
    """Christmas Day and Saturdays are none."""
    line = office.log(owner=office.officer.id)
    with pytest.raises(FormProblemsError, match=words):
        office.take(
            office.officer, line.id, Code.HOLDING_REPLY,
            note="Papers are away", revised_on=revised, channel="letter",
        )  # fmt: skip


def test_a_holding_reply_keeps_the_original_due_date(office: ComplaintOffice) -> None:
    """Nothing stops the clock: what comes later is late, though it was announced."""
    line = office.log(owner=office.officer.id)
    before = line.due_on
    holding = {"note": "Papers are away", "revised_on": "2026-12-09", "channel": "letter"}
    with pytest.raises(FormProblemsError) as missing:
        office.take(office.officer, line.id, Code.HOLDING_REPLY, **{**holding, "note": ""})
    assert problem_fields(missing) == ["note"]
    with pytest.raises(RefusedError):
        office.take(office.colleague, line.id, Code.HOLDING_REPLY, **holding)
    held = office.take(office.officer, line.id, Code.HOLDING_REPLY, **holding)
    assert (held.stage_status, held.due_on, held.revised_on) == (
        S.HOLDING, before, day("2026-12-09"),
    )  # fmt: skip
    office.clock.passes(days=20)
    with pytest.raises(FormProblemsError, match="Select why the response is late"):
        office.answer(office.officer, line.id)
    office.answer(office.officer, line.id, lateness="records")
    assert office.stands(line.id).stage.on_time is False


def test_a_holding_reply_may_come_after_the_due_date(office: ComplaintOffice) -> None:
    """The person must still hear when the answer comes."""
    line = office.log(owner=office.officer.id)
    office.clock.passes(days=30)
    held = office.take(
        office.officer, line.id, Code.HOLDING_REPLY,
        note="Overlooked", revised_on="2026-12-24", channel="phone",
    )  # fmt: skip
    assert (held.due_on, held.revised_on) == (day("2026-12-02"), day("2026-12-24"))


@pytest.mark.parametrize("missing", ["outcome", "root_cause", "redress", "channel"])
def test_an_answer_needs_each_of_its_parts(missing: str, office: ComplaintOffice) -> None:
    """Outcome, cause, redress and how the person was told."""
    line = office.log(owner=office.officer.id)
    with pytest.raises(FormProblemsError) as problems:
        office.answer(office.officer, line.id, **{missing: ""})
    assert problem_fields(problems) == [missing]


@pytest.mark.parametrize("said", ["", "no"])
def test_the_next_step_must_have_been_told(said: str, office: ComplaintOffice) -> None:
    """Confirmed, not just filled in."""
    line = office.log(owner=office.officer.id)
    with pytest.raises(FormProblemsError, match="what they can do next"):
        office.answer(office.officer, line.id, next_step_told=said)


def test_the_first_answer_is_for_the_owner_and_leaders(office: ComplaintOffice) -> None:
    """An officer who does not own it is shown who can."""
    line = office.log(owner=office.officer.id)
    with pytest.raises(RefusedError) as refused:
        office.answer(office.colleague, line.id)
    assert refused.value.is_about_role
    assert office.answer(office.leader, line.id).stage_status is S.RESPONDED


def test_nothing_is_answered_before_somebody_owns_it(office: ComplaintOffice) -> None:
    """Received is not in progress."""
    with pytest.raises(RefusedError) as refused:
        office.answer(office.leader, office.log().id)
    assert [each.why for each in refused.value.refusals] == [Why.STATUS]


def test_a_minor_complaint_is_settled_on_the_contact(office: ComplaintOffice) -> None:
    """No working day is taken, and it is still to be entered in OPTIC."""
    line = office.log()
    settled = {"outcome": "resolved", "note": "Said sorry, posted the form", "agreed": "yes",
               "used": "complain-hmcts"}  # fmt: skip
    with pytest.raises(FormProblemsError, match="agrees"):
        office.take(office.officer, line.id, Code.RESOLVE_ON_CONTACT, **{**settled, "agreed": "no"})
    after = office.take(office.officer, line.id, Code.RESOLVE_ON_CONTACT, **settled)
    stage = office.stands(line.id).stage
    assert (after.stage_status, stage.due.working_days, stage.on_time) == (S.RESPONDED, 0, True)
    assert after.optic_todo
    [kept] = office.look(office.officer, line.id).history
    assert kept.event.text("used") == "complain-hmcts"


def test_a_major_or_earlier_complaint_is_not_settled_on_the_contact(
    office: ComplaintOffice,
) -> None:
    """Minor only, and day count 0."""
    settled = {"outcome": "resolved", "note": "Said sorry", "agreed": "yes"}
    for given, words in (
        ({"severity": "major"}, "minor"),
        ({"received_on": "2026-11-16"}, "earlier"),
    ):
        line = office.log(**given)
        with pytest.raises(RefusedError, match=words):
            office.take(office.officer, line.id, Code.RESOLVE_ON_CONTACT, **settled)


def test_a_review_is_a_stage_of_its_own_with_its_own_clock(office: ComplaintOffice) -> None:
    """It counts from the request, ten working days."""
    line = office.log(owner=office.officer.id)
    office.answer(office.officer, line.id)
    office.clock.passes(days=7)
    after = office.take(office.colleague, line.id, Code.ASK_REVIEW, note="Not content")
    assert (after.stage, after.stage_status, after.owner_id) == (2, S.RECEIVED, "")
    assert after.due_on == day("2026-12-09")
    first, second = office.stands(line.id).stages
    assert (first.due.due_on, second.received_at) == (day("2026-12-02"), office.clock.moment)


def test_a_review_asked_for_before_the_answer_starts_no_stage(office: ComplaintOffice) -> None:
    """Stage 1 stays open; among what cannot be done stands why."""
    line = office.log(owner=office.officer.id)
    with pytest.raises(RefusedError, match="Stage 1 is not answered yet"):
        office.take(office.officer, line.id, Code.ASK_REVIEW)
    complaint = office.stands(line.id)
    assert complaint.stage.number == 1
    early = [each for each in permits.offers(complaint, office.acting()) if each.refusals]
    assert Code.ASK_REVIEW in {each.move.code for each in early}


def test_a_second_review_is_not_asked_for(office: ComplaintOffice) -> None:
    """Neither while the first runs nor after it."""
    complaint_id = office.reviewed()
    with pytest.raises(RefusedError):
        office.take(office.officer, complaint_id, Code.ASK_REVIEW)
    office.take(office.manager, complaint_id, Code.ASSIGN)
    office.answer(office.manager, complaint_id)
    with pytest.raises(RefusedError):
        office.take(office.officer, complaint_id, Code.ASK_REVIEW)


def test_nobody_reviews_what_they_answered(office: ComplaintOffice) -> None:
    """Neither as owner nor by answering; the panel can name who can."""
    line = office.log()
    office.take(office.leader, line.id, Code.ASSIGN)
    office.answer(office.leader, line.id)
    office.take(office.officer, line.id, Code.ASK_REVIEW)
    for user in (office.leader, office.other_leader):
        with pytest.raises(FormProblemsError, match="first stage"):
            office.take(user, line.id, Code.ASSIGN, owner=office.leader.id)
    office.take(office.other_leader, line.id, Code.ASSIGN)
    with pytest.raises(RefusedError, match="involved") as refused:
        office.answer(office.leader, line.id)
    assert refused.value.is_about_role
    able = office.store.call_read(involved.able, office.stands(line.id), 2)
    assert able == [
        (office.manager.id, office.manager.name),
        (office.other_leader.id, office.other_leader.name),
    ]
    assert office.answer(office.other_leader, line.id).stage_status is S.RESPONDED


def test_an_officer_neither_owns_nor_answers_a_review(office: ComplaintOffice) -> None:
    """Stage 2 is for team leaders and managers."""
    complaint_id = office.reviewed()
    with pytest.raises(FormProblemsError, match="cannot answer"):
        office.take(office.colleague, complaint_id, Code.ASSIGN)
    office.take(office.leader, complaint_id, Code.ASSIGN)
    with pytest.raises(RefusedError):
        office.answer(office.colleague, complaint_id)


@pytest.mark.parametrize("owned_by", ["leader", "logged"])
def test_who_owned_or_logged_the_first_stage_does_not_review_it(
    owned_by: str, office: ComplaintOffice
) -> None:
    """Involved before: wrote, answered or owned an earlier stage."""
    author = office.leader if owned_by == "logged" else office.officer
    line = office.log(author)
    if owned_by == "leader":
        office.take(office.leader, line.id, Code.ASSIGN)
        office.take(
            office.leader, line.id, Code.REASSIGN, owner=office.other_leader.id, note="Away"
        )
    else:
        office.take(office.other_leader, line.id, Code.ASSIGN)
    office.answer(office.other_leader, line.id)
    office.take(office.officer, line.id, Code.ASK_REVIEW)
    with pytest.raises(FormProblemsError, match="first stage"):
        office.take(office.manager, line.id, Code.ASSIGN, owner=office.leader.id)


def cit_asked(office: ComplaintOffice) -> str:
    """A complaint whose review was answered and not accepted."""
    complaint_id = office.reviewed()
    office.take(office.leader, complaint_id, Code.ASSIGN)
    office.answer(office.leader, complaint_id)
    return complaint_id


def test_the_investigations_team_gets_its_pack_first(office: ComplaintOffice) -> None:
    """Then a third stage of 15 working days is theirs; a leader enters what they say."""
    from deskapp.services.complaints import act

    complaint_id = cit_asked(office)
    with pytest.raises(RefusedError, match="pack"):
        office.take(office.officer, complaint_id, Code.ASK_CIT)
    office.store.call_write(
        act.write_event, office.acting(), complaint_id, Code.PACK, {"name": "p"}, event_id=new_id()
    )
    line = office.take(office.officer, complaint_id, Code.ASK_CIT)
    assert (line.stage, line.owner_id, line.owner_name) == (3, CIT, CIT)
    assert line.due_on == day("2026-12-09")
    with pytest.raises(RefusedError):
        office.answer(office.colleague, complaint_id)
    with pytest.raises(RefusedError, match="team leader"):
        office.take(office.colleague, complaint_id, Code.ACKNOWLEDGE, channel="letter")
    office.take(office.leader, complaint_id, Code.ACKNOWLEDGE, channel="letter")
    assert office.answer(office.leader, complaint_id).stage_status is S.RESPONDED


def test_closing_waits_for_optic(office: ComplaintOffice) -> None:
    """Closed only when it is entered, or need not be."""
    line = office.log(owner=office.officer.id)
    with pytest.raises(RefusedError):
        office.take(office.officer, line.id, Code.CLOSE)
    office.answer(office.officer, line.id)
    with pytest.raises(RefusedError):
        office.take(office.colleague, line.id, Code.CLOSE)
    waiting = office.take(office.officer, line.id, Code.CLOSE)
    assert waiting.status is Status.AWAITING_OPTIC
    with pytest.raises(FormProblemsError) as missing:
        office.take(office.colleague, line.id, Code.OPTIC)
    assert problem_fields(missing) == ["ref"]
    closed = office.take(office.colleague, line.id, Code.OPTIC, ref="12345678")
    assert (closed.status, closed.optic_ref) == (Status.CLOSED, "12345678")
    complaint = office.stands(line.id)
    assert (complaint.optic_by, complaint.optic_at) == (office.colleague.id, office.clock.moment)


@pytest.mark.parametrize("given", [{"ref": "12345678"}, {"note": "Juror Digital has it"}])
def test_what_stands_in_optic_is_closed_at_once(
    given: dict[str, str], office: ComplaintOffice
) -> None:
    """A reference, or why it is not needed."""
    line = office.log(owner=office.officer.id)
    office.take(office.officer, line.id, Code.OPTIC, **given)
    office.answer(office.officer, line.id)
    assert office.take(office.officer, line.id, Code.CLOSE).status is Status.CLOSED


def test_reopening_keeps_the_clock_and_the_history(office: ComplaintOffice) -> None:
    """By a leader with a reason; the last stage is in progress again, its due date stands."""
    line = office.log(owner=office.officer.id)
    office.take(office.officer, line.id, Code.OPTIC, ref="12345678")
    office.answer(office.officer, line.id)
    office.take(office.officer, line.id, Code.CLOSE)
    with pytest.raises(RefusedError):
        office.take(office.officer, line.id, Code.REOPEN, note="More came")
    with pytest.raises(FormProblemsError):
        office.take(office.leader, line.id, Code.REOPEN)
    again = office.take(office.leader, line.id, Code.REOPEN, note="More came")
    assert (again.status, again.stage_status, again.due_on) == (
        Status.OPEN, S.IN_PROGRESS, line.due_on,
    )  # fmt: skip
    stage = office.stands(line.id).stage
    assert stage.answer is None
    assert len(stage.earlier) == 1
    codes = [entry.event.code for entry in office.look(office.leader, line.id).history]
    assert codes[-2:] == [Code.CLOSE, Code.REOPEN]


def test_a_review_may_be_asked_for_after_the_closing(office: ComplaintOffice) -> None:
    """It is open again, with a clock of its own."""
    line = office.log(owner=office.officer.id)
    office.take(office.officer, line.id, Code.OPTIC, ref="12345678")
    office.answer(office.officer, line.id)
    office.take(office.officer, line.id, Code.CLOSE)
    after = office.take(office.officer, line.id, Code.ASK_REVIEW)
    assert (after.status, after.stage, after.owed) == (Status.OPEN, 2, True)


TERMINAL = {
    Code.REDIRECT: ({"where": "judge_decision"}, Status.REDIRECTED, "where"),
    Code.WITHDRAW: ({"how": "phone"}, Status.WITHDRAWN, "how"),
}


@pytest.mark.parametrize("code", TERMINAL)
def test_the_owner_redirects_or_withdraws_with_what_it_needs(
    code: Code, office: ComplaintOffice
) -> None:
    """Where to, or how the person said so."""
    given, status, needed = TERMINAL[code]
    line = office.log(owner=office.officer.id)
    with pytest.raises(RefusedError):
        office.take(office.colleague, line.id, code, **given)
    with pytest.raises(FormProblemsError) as missing:
        office.take(office.officer, line.id, code)
    assert problem_fields(missing) == [needed]
    ended = office.take(office.officer, line.id, code, **given)
    assert (ended.status, ended.owed, ended.optic_todo) == (status, False, False)
    with pytest.raises(RefusedError):
        office.take(office.officer, line.id, code, **given)


def test_what_is_wholly_outside_is_redirected_as_it_is_logged(office: ComplaintOffice) -> None:
    """The same day, with where to."""
    line = office.log(redirect="lawyer", redirect_body="Example and Co")
    assert line.status is Status.REDIRECTED
    part = office.stands(line.id).redirected
    assert part is not None
    assert (part.where, part.body) == ("lawyer", "Example and Co")


def test_a_mixed_complaint_is_split(office: ComplaintOffice) -> None:
    """The service part goes on here, the rest is pointed elsewhere."""
    line = office.log(part="judge_behaviour", part_what="The judge shouted")
    assert line.status is Status.OPEN
    office.take(
        office.officer, line.id, Code.REDIRECT_PART,
        where="lawyer", what="The solicitor was late", told="yes",
    )  # fmt: skip
    parts = office.stands(line.id).parts
    assert [part.where for part in parts] == ["judge_behaviour", "lawyer"]


def test_void_is_for_leaders_and_stays_searchable(office: ComplaintOffice) -> None:
    """With a reason, from anywhere."""
    from deskapp.services.complaints import finding
    from deskapp.services.paging import Want

    line = office.log()
    with pytest.raises(RefusedError):
        office.take(office.officer, line.id, Code.VOID, note="Typed twice")
    with pytest.raises(FormProblemsError):
        office.take(office.leader, line.id, Code.VOID)
    assert office.take(office.leader, line.id, Code.VOID, note="Typed twice").status is Status.VOID
    page = office.store.call_read(finding.find, Want(), office.acting(), "letters answered")
    assert [each.id for each in page.lines] == [line.id]


def test_anybody_raises_severity_and_a_leader_lowers_it(office: ComplaintOffice) -> None:
    """With a reason."""
    line = office.log()
    raised = office.take(office.colleague, line.id, Code.SEVERITY, severity="major")
    assert raised.major
    with pytest.raises(FormProblemsError, match="only raise"):
        office.take(office.colleague, line.id, Code.SEVERITY, severity="minor", note="Calm now")
    with pytest.raises(FormProblemsError) as missing:
        office.take(office.leader, line.id, Code.SEVERITY, severity="minor")
    assert problem_fields(missing) == ["note"]
    lowered = office.take(office.leader, line.id, Code.SEVERITY, severity="minor", note="Calm now")
    assert not lowered.major


def test_a_leader_puts_office_and_receipt_right_and_the_dates_follow(
    office: ComplaintOffice,
) -> None:
    """Scotland keeps 30 November; the count begins anew from another receipt."""
    line = office.log()
    place = {"site": office.officer.site, "nation": "scotland", "note": "Glasgow answers"}
    with pytest.raises(RefusedError):
        office.take(office.officer, line.id, Code.PLACE, **place)
    moved = office.take(office.leader, line.id, Code.PLACE, **place)
    assert (moved.nation, moved.due_on) == ("scotland", day("2026-12-03"))
    with pytest.raises(RefusedError):
        office.take(office.officer, line.id, Code.RECEIVED, on="2026-11-16", note="Stamp")
    with pytest.raises(FormProblemsError, match="past"):
        office.take(office.leader, line.id, Code.RECEIVED, on="2026-11-19", note="Stamp")
    earlier = office.take(office.leader, line.id, Code.RECEIVED, on="2026-11-16", note="Stamp")
    assert earlier.due_on == day("2026-12-01")


def test_flags_are_set_by_anybody_and_taken_away_by_a_leader(office: ComplaintOffice) -> None:
    """Both stand in the history."""
    line = office.log()
    flagged = office.take(office.officer, line.id, Code.FLAGS, add="mp_involved repeat_contact")
    assert flagged.flags == ("mp_involved", "repeat_contact")
    with pytest.raises(FormProblemsError):
        office.take(office.officer, line.id, Code.FLAGS, remove="mp_involved", note="No")
    left = office.take(office.leader, line.id, Code.FLAGS, remove="mp_involved", note="No MP")
    assert left.flags == ("repeat_contact",)


def test_new_categories_ask_what_they_ask_and_set_their_flags(office: ComplaintOffice) -> None:
    """Papers lost: personal information or not; one that is grave makes the complaint so."""
    line = office.log()
    assert line.severity == "minor"
    with pytest.raises(FormProblemsError) as missing:
        office.take(office.officer, line.id, Code.CATEGORIES, categories="LOST COR")
    assert problem_fields(missing) == ["also_LOST.data_breach"]
    values = {"categories": "LOST COR", "also_LOST.data_breach": "yes"}
    after = office.take(office.officer, line.id, Code.CATEGORIES, **values)
    assert (after.category, after.flags, after.major) == ("LOST", ("data_breach",), True)
    office.take(office.leader, line.id, Code.SEVERITY, severity="minor", note="A copy was there")
    again = office.take(office.officer, line.id, Code.CATEGORIES, **values)
    assert not again.major, "a leader lowered it knowing of that category"


def test_an_ex_gratia_payment_is_asked_for_and_decided_by_a_manager(
    office: ComplaintOffice,
) -> None:
    """Officers and leaders ask only; a decision made elsewhere is recorded."""
    line = office.log()
    decided = {"granted": "yes", "pence": "50", "note": "Regional manager, clear error"}
    with pytest.raises(RefusedError, match="asked for"):
        office.take(office.manager, line.id, Code.EX_GRATIA_DECIDED, **decided)
    asked = {"pence": "85.50", "what_for": "Train fare", "evidence": "yes", "direct": "yes"}
    office.take(office.officer, line.id, Code.EX_GRATIA_ASK, **asked)
    for user in (office.officer, office.leader):
        with pytest.raises(RefusedError):
            office.take(user, line.id, Code.EX_GRATIA_DECIDED, **decided)
    office.take(office.manager, line.id, Code.EX_GRATIA_DECIDED, **decided)
    payment = office.stands(line.id).ex_gratia
    assert payment is not None
    assert (payment.pence, payment.granted, payment.granted_pence) == (8550, True, 5000)


def test_a_wrong_entry_is_answered_by_a_corrected_one(office: ComplaintOffice) -> None:
    """Nothing is deleted; of an answer outcome and cause are put right."""
    line = office.log(owner=office.officer.id)
    office.answer(office.officer, line.id)
    answer = office.stands(line.id).stage.answer
    assert answer is not None
    with pytest.raises(FormProblemsError) as wrong:
        office.take(office.officer, line.id, Code.CORRECTED, event=new_id(), note="x")
    assert problem_fields(wrong) == ["event"]
    office.take(
        office.officer, line.id, Code.CORRECTED,
        event=answer.event_id, note="Partly only", outcome="partly_upheld",
    )  # fmt: skip
    right = office.stands(line.id).stage.answer
    assert right is not None
    assert (right.outcome, right.root_cause) == ("partly_upheld", "process")


def test_who_may_do_nothing_is_refused_everything(office: ComplaintOffice) -> None:
    """An administrator does not log, note or answer."""
    line = office.log()
    assert office.administrator.role is Role.ADMINISTRATOR
    with pytest.raises(NotAllowedError):
        office.log(office.administrator)
    for code in moves.MOVES:
        with pytest.raises(NotAllowedError):
            office.take(office.administrator, line.id, code)


def test_every_move_is_either_offered_or_says_why_not(office: ComplaintOffice) -> None:
    """What may be done comes first, and nothing that is refused can be done."""
    complaint = office.stands(office.log(owner=office.officer.id).id)
    offers = permits.offers(complaint, office.acting())
    refused = [bool(offer.refusals) for offer in offers]
    assert refused == sorted(refused)
    codes = {offer.move.code for offer in offers if not offer.refusals}
    assert {Code.RESPOND, Code.HOLDING_REPLY, Code.NOTE} <= codes
    assert not codes & {Code.VOID, Code.REASSIGN, Code.CLOSE, Code.ASK_REVIEW}


def test_an_answer_before_the_receipt_is_a_slip(office: ComplaintOffice) -> None:
    """The date of an answer is not before the stage began, and not in the future."""
    line = office.log(owner=office.officer.id, received_on="2026-11-16")
    with pytest.raises(FormProblemsError, match="follows"):
        office.answer(office.officer, line.id, on="2026-11-13 10:00")
    with pytest.raises(FormProblemsError, match="now or in the past"):
        office.answer(office.officer, line.id, on="2026-11-19 10:00")
    office.answer(office.officer, line.id, on="2026-11-17 10:00")
    answer = office.stands(line.id).stage.answer
    assert answer is not None
    assert answer.at == dt.datetime(2026, 11, 17, 10, tzinfo=dt.UTC)


def test_a_draft_is_discarded_by_its_author_on_the_same_day(office: ComplaintOffice) -> None:
    """With a reason; it stays on this desk for a while and becomes no complaint."""
    from deskapp.services import drafts
    from deskapp.services.complaints import log
    from tests.builders import a_draft

    draft = a_draft(office.officer, office.clock, form="complaint", values={"details": "x"})
    office.store.call_jot(drafts.keep, draft)
    with pytest.raises(FormProblemsError):
        office.store.call_write(log.discard, office.acting(), draft.id, " ")
    with pytest.raises(NotAllowedError):
        office.store.call_write(log.discard, office.acting(office.colleague), draft.id, "Slip")
    office.clock.passes(days=1)
    with pytest.raises(NotAllowedError):
        office.store.call_write(log.discard, office.acting(), draft.id, "Slip")
    office.clock.passes(days=-1)
    office.store.call_write(log.discard, office.acting(), draft.id, "Slip")
    kept = office.store.call_read(
        Connection.execute, "SELECT reason FROM complaint_discard"
    ).fetchall()
    assert kept == [("Slip",)]
    assert office.store.call_read(drafts.waiting, office.officer.id) == []


def test_the_answers_of_the_form_are_those_of_the_sheet() -> None:
    """What the tests above give is everything that an answer in time needs."""
    assert set(ANSWER) == {"outcome", "root_cause", "redress", "channel", "next_step_told"}
