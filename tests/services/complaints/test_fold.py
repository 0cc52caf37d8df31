"""The fold: the same for every order of arrival, and what happens when two desks meet."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import replace
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskapp.clock import stamp
from deskapp.services import bank_holidays
from deskapp.services.complaints import deadlines, fold, moves
from deskapp.services.complaints.changes import CHANGES
from deskapp.services.complaints.events import CIT, Code, Event, Logged
from deskapp.services.complaints.lists import OpticStatus, StageStatus, Status
from deskapp.services.complaints.state import Clash, Complaint

BEGAN = dt.datetime(2026, 11, 2, 9, tzinfo=dt.UTC)
DUE = deadlines.stage_due(bank_holidays.shipped(), "england-and-wales", BEGAN, 10)
LOGGED = Logged(
    id="c", ref="C-7KM-4X9-3CK", hlc=100, desk="a", at=BEGAN, officer="amy", site="here",
    nation="england-and-wales", received_at=BEGAN, channel="phone", jurisdiction="civil",
    severity="minor", categories=("COR",), flags=frozenset(), authority="", due=DUE,
)  # fmt: skip
DATA: dict[Code, dict[str, object]] = {
    Code.RESPOND: {"outcome": "upheld", "root_cause": "process", "redress": ["apology"],
                   "channel": "email", "next_step_told": "yes"},
    Code.RESOLVE_ON_CONTACT: {"outcome": "resolved"},
    Code.HOLDING_REPLY: {"revised_on": "2026-11-20"},
    Code.ASSIGN: {"owner": "amy"},
    Code.REASSIGN: {"owner": "bob"},
    Code.ASK_REVIEW: {"due": DUE.kept()},
    Code.ASK_CIT: {"due": DUE.kept()},
    Code.OPTIC: {"status": OpticStatus.ENTERED, "ref": "12345678"},
    Code.SEVERITY: {"severity": "major"},
    Code.CATEGORIES: {"categories": ["DEL"], "also": {"ERR.correction": "yes"}},
    Code.PLACE: {"site": "there", "nation": "scotland", "dues": {"1": DUE.kept()}},
    Code.RECEIVED: {"on": stamp(BEGAN), "dues": {}},
    Code.CLOCK: {"on": stamp(BEGAN), "dues": {}},
    Code.FLAGS: {"add": ["mp_involved"], "remove": []},
    Code.AUTHORITY: {"authority": "seen"},
    Code.EX_GRATIA_ASK: {"pence": 850, "what_for": "fare"},
    Code.EX_GRATIA_DECIDED: {"granted": "yes", "pence": 850},
    Code.MARK_DUPLICATE: {"survivor": "other"},
    Code.REF: {"ref": "C-222"},
    Code.DUE_RECALCULATED: {"dues": {"1": DUE.kept()}},
}  # fmt: skip


def event(number: int, code: Code | str, **given: Any) -> Event:
    """The event with this number, written with knowledge of the one before."""
    usual: dict[str, Any] = {
        "id": f"e{number:03}", "complaint": "c", "code": code, "officer": "amy", "desk": "a",
        "at": BEGAN + dt.timedelta(hours=number), "hlc": 100 + number, "seen_hlc": 99 + number,
        "data": DATA.get(Code(code), {}) if code in list(Code) else {},
    }  # fmt: skip
    return Event(**{**usual, **given})


def happened(*codes: Code, stage: int = 0) -> list[Event]:
    """So many events after each other."""
    return [event(number, code, stage=stage) for number, code in enumerate(codes, 1)]


def clashes(complaint: Complaint) -> list[tuple[str, Clash]]:
    """What clashed."""
    return [(each.event.id, each.clash) for each in complaint.conflicts]


LIFE = (
    Code.ACKNOWLEDGE, Code.ASSIGN, Code.HOLDING_REPLY, Code.RESPOND, Code.ASK_REVIEW, Code.ASSIGN,
    Code.RESPOND, Code.PACK, Code.ASK_CIT, Code.RESPOND, Code.CLOSE, Code.OPTIC, Code.REOPEN,
    Code.RESPOND, Code.CLOSE,
)  # fmt: skip


def test_a_whole_life_is_folded() -> None:
    """Every stage and the reopening."""
    complaint = fold.fold(LOGGED, happened(*LIFE))
    assert clashes(complaint) == []
    assert complaint.status is Status.CLOSED
    assert [stage.owner for stage in complaint.stages] == ["amy", "amy", CIT]
    assert [len(stage.earlier) for stage in complaint.stages] == [0, 0, 1]


def test_every_event_of_section_4_is_one_that_the_fold_knows() -> None:
    """A move that changed nothing would be lost."""
    words_only = {Code.NOTE, Code.ATTACHED}
    assert set(moves.MOVES) - words_only <= set(CHANGES)


@given(st.randoms(use_true_random=False), st.lists(st.sampled_from(list(Code)), max_size=25))
@settings(max_examples=200, deadline=None)
def test_the_fold_is_the_same_for_every_order_of_arrival(random: Random, codes: list[Code]) -> None:
    """And for an event that arrives twice."""
    events = [
        event(number, code, hlc=100 + random.randrange(12), desk=random.choice("ab"),
              seen_hlc=random.randrange(112), stage=random.randrange(4))
        for number, code in enumerate(codes)
    ]  # fmt: skip
    once = fold.fold(LOGGED, events)
    again = [*events, *events]
    random.shuffle(again)
    assert fold.fold(LOGGED, again) == once


@given(st.lists(st.sampled_from(list(Code)), max_size=20))
@settings(max_examples=200, deadline=None)
def test_whatever_happens_a_complaint_stays_whole(codes: list[Code]) -> None:
    """At most three stages, at least one; what is answered has an answer; nothing is lost."""
    complaint = fold.fold(LOGGED, happened(*codes))
    assert 1 <= len(complaint.stages) <= 3
    for stage in complaint.stages:
        assert (stage.answer is not None) is (stage.status is StageStatus.RESPONDED)
    assert complaint.status is not Status.OPEN or complaint.ended_at is None
    known = {each.event.id for each in complaint.conflicts}
    assert known <= {f"e{number:03}" for number in range(1, len(codes) + 1)}


def test_the_device_clock_decides_nothing() -> None:
    """A clock that is a year wrong changes what is shown, not what stands."""
    events = happened(*LIFE)
    wrong = [replace(each, at=each.at - dt.timedelta(days=365)) for each in events]
    right, shown = fold.fold(LOGGED, events), fold.fold(LOGGED, wrong)
    assert right.status is shown.status
    assert [stage.status for stage in right.stages] == [stage.status for stage in shown.stages]


def test_of_two_answers_the_first_stands_and_the_other_is_kept_as_a_note() -> None:
    """It is in the team leader's conflict list until it is settled."""
    begun = happened(Code.ASSIGN)
    first = event(2, Code.RESPOND, stage=1, desk="a", note="Sorry")
    second = event(3, Code.RESPOND, stage=1, desk="b", officer="bob", note="Not our fault",
                   data={**DATA[Code.RESPOND], "outcome": "not_upheld"})  # fmt: skip
    for arrived in itertools.permutations([*begun, first, second]):
        complaint = fold.fold(LOGGED, arrived)
        answer = complaint.stage.answer
        assert answer is not None
        assert (answer.outcome, answer.note) == ("upheld", "Sorry")
        assert clashes(complaint) == [("e003", Clash.SECOND_ANSWER)]
    settled = event(9, Code.CONFLICT_SEEN, data={"event": "e003"})
    assert fold.fold(LOGGED, [*begun, first, second, settled]).open_conflicts == ()


def test_an_answer_to_the_first_stage_never_answers_the_second() -> None:
    """It was meant for a stage that another desk had answered, and the review had begun."""
    events = happened(Code.ASSIGN, Code.RESPOND, Code.ASK_REVIEW, Code.ASSIGN)
    late = event(9, Code.RESPOND, stage=1, desk="b", seen_hlc=101)
    complaint = fold.fold(LOGGED, [*events, late])
    assert (complaint.stage.number, complaint.stage.status) == (2, StageStatus.IN_PROGRESS)
    assert clashes(complaint) == [("e009", Clash.SECOND_ANSWER)]


def test_of_two_closes_the_first_stands() -> None:
    """Two desks close what is answered."""
    events = happened(Code.ASSIGN, Code.RESPOND, Code.OPTIC, Code.CLOSE)
    second = event(6, Code.CLOSE, desk="b", seen_hlc=102)
    complaint = fold.fold(LOGGED, [*events, second])
    assert (complaint.status, complaint.ended_at) == (Status.CLOSED, events[-1].at)
    assert clashes(complaint) == [("e006", Clash.SECOND_CLOSE)]


def test_of_two_reviews_asked_for_one_begins() -> None:
    """A person asks at two counters."""
    events = happened(Code.ASSIGN, Code.RESPOND, Code.ASK_REVIEW)
    second = event(6, Code.ASK_REVIEW, desk="b", stage=1, seen_hlc=102)
    complaint = fold.fold(LOGGED, [*events, second])
    assert len(complaint.stages) == 2
    assert clashes(complaint) == [("e006", Clash.SECOND_REQUEST)]


@pytest.mark.parametrize("again", [Code.ASSIGN, Code.REASSIGN])
def test_of_two_owners_the_last_one_counts_and_both_are_shown(again: Code) -> None:
    """Neither desk knew of the other."""
    first = event(1, Code.ASSIGN, stage=1)
    second = event(2, again, stage=1, desk="b", seen_hlc=100, data={"owner": "bob"})
    complaint = fold.fold(LOGGED, [first, second])
    assert complaint.owner == "bob"
    assert clashes(complaint) == [("e002", Clash.TWO_OWNERS)]


def test_who_knew_of_the_owner_gives_it_on_without_a_conflict() -> None:
    """The same two events on one desk."""
    first = event(1, Code.ASSIGN, stage=1)
    second = event(2, Code.REASSIGN, stage=1, data={"owner": "bob"})
    complaint = fold.fold(LOGGED, [first, second])
    assert (complaint.owner, clashes(complaint)) == ("bob", [])


def test_both_sides_notes_always_survive() -> None:
    """A note stands in the history whatever the complaint became meanwhile."""
    events = happened(Code.REDIRECT)
    late = event(5, Code.NOTE, desk="b", seen_hlc=100, note="Rang again")
    complaint = fold.fold(LOGGED, [*events, late])
    assert (complaint.status, clashes(complaint)) == (Status.REDIRECTED, [])


def test_an_event_after_the_end_is_kept_as_a_conflict() -> None:
    """Made void on one desk, answered on another."""
    events = happened(Code.ASSIGN, Code.VOID)
    late = event(5, Code.RESPOND, desk="b", stage=1, seen_hlc=101)
    complaint = fold.fold(LOGGED, [*events, late])
    assert complaint.status is Status.VOID
    assert clashes(complaint) == [("e005", Clash.NOT_POSSIBLE)]


def test_what_a_newer_desk_writes_is_kept_and_breaks_nothing() -> None:
    """An unknown code is a note; an unknown shape is a conflict."""
    unknown = event(1, "telepathy", data={"x": 1})
    odd = event(2, Code.ASK_REVIEW, stage=1, data={"due": {"due_on": "soon"}})
    answered = happened(Code.ASSIGN, Code.RESPOND)
    complaint = fold.fold(LOGGED, [unknown, *[replace(each, hlc=50) for each in answered], odd])
    assert complaint.status is Status.OPEN
    assert [clash for _id, clash in clashes(complaint)] == [Clash.NOT_POSSIBLE]


def test_a_severity_set_while_the_review_began_is_not_lost() -> None:
    """Only moves that are meant for a stage are bound to it."""
    events = happened(Code.ASSIGN, Code.RESPOND, Code.ASK_REVIEW)
    late = event(6, Code.SEVERITY, desk="b", seen_hlc=102)
    complaint = fold.fold(LOGGED, [*events, late])
    assert (complaint.severity, clashes(complaint)) == ("major", [])


def test_an_alert_is_seen_once_and_comes_back_for_something_new() -> None:
    """A team leader's queue."""
    grave = event(1, Code.SEVERITY)
    seen = event(2, Code.ALERT_SEEN)
    flagged = event(3, Code.FLAGS)
    assert fold.fold(LOGGED, [grave]).new_alerts == {"major"}
    assert fold.fold(LOGGED, [grave, seen]).new_alerts == frozenset()
    assert fold.fold(LOGGED, [grave, seen, flagged]).new_alerts == {"mp_involved"}
    ended = event(4, Code.VOID)
    assert fold.fold(LOGGED, [grave, ended]).new_alerts == frozenset()


def test_the_due_date_of_an_answered_stage_keeps_how_long_it_took() -> None:
    """A count by another nation carries the new length; a new calendar leaves it."""
    taken = DUE._replace(working_days=4)
    answer = {**DATA[Code.RESPOND], "due": taken.kept()}
    events = [*happened(Code.ASSIGN), event(2, Code.RESPOND, stage=1, data=answer)]
    assert fold.fold(LOGGED, events).stage.due == taken
    moved = event(3, Code.PLACE, data={"site": "x", "nation": "scotland",
                  "dues": {"1": DUE._replace(working_days=5).kept()}})  # fmt: skip
    assert fold.fold(LOGGED, [*events, moved]).stage.due.working_days == 5


def test_looking_and_proposing_disposal_are_nothing_that_was_done() -> None:
    """A complaint is kept no longer because somebody looked at it."""
    looked = event(30, Code.VIEWED)
    proposed = event(31, Code.DISPOSAL)
    complaint = fold.fold(LOGGED, [*happened(Code.NOTE), looked, proposed])
    assert complaint.last_at == BEGAN + dt.timedelta(hours=1)
    assert complaint.proposed_by == "amy"
