"""Status work, the ballot, and merging what two desks recorded."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from deskapp.services.jury import ballot, deferral, merging, status
from deskapp.services.jury import rules as jury_rules
from deskapp.services.jury.attendance import Record
from deskapp.services.jury.merging import Doubt, Entry
from deskapp.services.jury.pay import DayKind
from deskapp.services.jury.refusals import Refusal, RefusedError
from deskapp.services.jury.stages import CLAIMED, Stage, Status
from deskapp.services.jury.status import Act, Known

RULES = jury_rules.shipped()
BORN = dt.date(1980, 5, 5)
START = dt.date(2025, 3, 10)


def refusal(step: Callable[[], object]) -> Refusal:
    with pytest.raises(RefusedError) as refused:
        step()
    return refused.value.code


# Status, by the table of section 3

TABLE = {
    Act.ACCEPT_REPLY: ({1, 11}, 2),
    Act.EXCUSE: ({1, 2, 11}, 5),
    Act.REFUSE_EXCUSAL: ({1, 2, 11}, 2),
    Act.DISQUALIFY: ({1, 2, 11}, 6),
    Act.DEFER: ({1, 2}, 7),
    Act.INTO_POOL: ({7}, 2),
    Act.REASSIGN: ({1, 2, 7}, 8),
    Act.TRANSFER: ({1, 2}, 10),
    Act.DRAW: ({2}, 3),
    Act.EMPANEL: ({3}, 4),
    Act.SEND_BACK: ({3}, 2),
    Act.RETURN_FROM_PANEL: ({3}, 2),
    Act.RETURN_FROM_TRIAL: ({4}, 2),
    Act.COMPLETE: ({2, 3, 4, 5, 6, 7, 8, 9, 11}, 13),
    Act.UNDO_COMPLETION: ({13}, 2),
    Act.FAILED_TO_ATTEND: ({2}, 12),
    Act.UNDO_FAILED_TO_ATTEND: ({12}, 2),
    Act.SUMMONS_RETURNED: ({1}, 9),
    Act.SEND_AGAIN: ({9}, 1),
}


@pytest.mark.parametrize("act", Act)
def test_an_act_is_possible_from_the_statuses_of_the_table_alone(act: Act) -> None:
    """Thirteen statuses, nineteen acts."""
    sources, to = TABLE[act]
    known = Known(reason="A", date_of_birth=BORN, leader=True, on=START, checked_in=True)
    for each in Status:
        if each in sources:
            assert status.after(act, each, known, RULES) == to
        else:
            step = partial(status.after, act, each, known, RULES)
            assert refusal(step) is Refusal.WRONG_STATUS


@pytest.mark.parametrize(
    ("act", "source", "known", "code"),
    [
        (Act.ACCEPT_REPLY, 1, Known(), Refusal.NO_DATE_OF_BIRTH),
        (Act.EXCUSE, 2, Known(reason="E"), Refusal.WRONG_REASON),
        (Act.DISQUALIFY, 2, Known(reason="J"), Refusal.WRONG_REASON),
        (Act.DEFER, 2, Known(), Refusal.WRONG_REASON),
        (Act.UNDO_COMPLETION, 13, Known(), Refusal.NOT_ALLOWED),
        (Act.UNDO_FAILED_TO_ATTEND, 12, Known(), Refusal.NOT_ALLOWED),
        (Act.REASSIGN, 2, Known(same_pool=True), Refusal.SAME_POOL),
        (Act.REASSIGN, 2, Known(unconfirmed_at_sender=True), Refusal.UNCONFIRMED_ATTENDANCES),
        (
            Act.TRANSFER,
            2,
            Known(date_of_birth=dt.date(1949, 3, 10), on=START),
            Refusal.OVER_AGE,
        ),
        (
            Act.TRANSFER,
            2,
            Known(date_of_birth=dt.date(2007, 3, 11), on=START),
            Refusal.UNDER_AGE,
        ),
        (Act.DRAW, 2, Known(), Refusal.NOT_CHECKED_IN),
        (Act.SEND_BACK, 3, Known(), Refusal.NOT_CHECKED_IN),
        (Act.FAILED_TO_ATTEND, 2, Known(attended=True), Refusal.HAS_ATTENDANCES),
        (
            Act.COMPLETE,
            2,
            Known(service_start=START, on=START - dt.timedelta(days=1)),
            Refusal.BEFORE_SERVICE_START,
        ),
    ],
)
def test_conditions_of_an_act(act: Act, source: int, known: Known, code: Refusal) -> None:
    """One by one."""
    assert refusal(lambda: status.after(act, Status(source), known, RULES)) is code


def test_somebody_of_eighteen_or_seventy_five_may_be_transferred() -> None:
    """To the day."""
    for born in (dt.date(2007, 3, 10), dt.date(1949, 3, 11)):
        known = Known(date_of_birth=born, on=START)
        assert status.after(Act.TRANSFER, Status.RESPONDED, known, RULES) is Status.TRANSFERRED


def test_a_reassigned_juror_keeps_the_status_and_a_transferred_one_has_responded() -> None:
    """At the new court."""
    assert status.at_target(Act.REASSIGN, Status.SUMMONED) is Status.SUMMONED
    assert status.at_target(Act.TRANSFER, Status.SUMMONED) is Status.RESPONDED


def test_a_postponement_is_the_courts_own_act_into_another_pool() -> None:
    """Reason P only."""
    deferral.check_postponement("P", "415250301", "415250401")
    assert refusal(lambda: deferral.check_postponement("A", "1", "2")) is Refusal.WRONG_REASON
    assert refusal(lambda: deferral.check_postponement("P", "1", "1")) is Refusal.SAME_POOL


def test_reasons_not_in_use_any_more_are_refused() -> None:
    """E, H, U and V."""
    deferral.check_reason("CE")
    for code in "EHUV":
        assert refusal(partial(deferral.check_reason, code)) is Refusal.WRONG_REASON


# Ballot

NUMBERS = [f"{number:09}" for number in range(1, 61)]


@settings(deadline=None)
@given(st.sets(st.sampled_from(NUMBERS), min_size=1), st.text(max_size=8), st.data())
def test_a_draw_is_of_different_candidates_and_comes_out_again(
    candidates: set[str], seed: str, data: st.DataObject
) -> None:
    """Whoever has the record can draw again."""
    count = data.draw(st.integers(1, len(candidates)))
    shuffled = data.draw(st.permutations(sorted(candidates)))
    drawn = ballot.draw(shuffled, count, seed, RULES)
    assert len(set(drawn.drawn)) == count
    assert set(drawn.drawn) <= candidates
    assert ballot.draw(candidates, count, seed, RULES) == drawn
    assert ballot.is_fair(drawn)
    whole = ballot.draw(candidates, len(candidates), seed, RULES)
    assert whole.drawn[:count] == drawn.drawn


def test_a_draw_that_was_changed_afterwards_is_found() -> None:
    """That is what seed and list are kept for."""
    drawn = ballot.draw(NUMBERS, 12, "seed", RULES)
    other = next(number for number in NUMBERS if number not in drawn.drawn)
    tampered = ballot.Draw(drawn.seed, drawn.candidates, (other, *drawn.drawn[1:]))
    assert not ballot.is_fair(tampered)


def test_every_candidate_is_as_likely_as_another() -> None:
    """Two thousand draws of one of ten; far outside these bounds only a broken draw falls."""
    found = Counter(
        ballot.draw(NUMBERS[:10], 1, f"seed {number}", RULES).drawn[0] for number in range(2_000)
    )
    assert len(found) == 10
    assert min(found.values()) > 140
    assert max(found.values()) < 260


def test_seeds_cannot_be_foreseen() -> None:
    """No two are alike."""
    assert len({ballot.new_seed() for _ in range(100)}) == 100


def test_too_few_candidates_are_refused_with_both_numbers() -> None:
    """So that the officer knows how many are missing."""
    with pytest.raises(RefusedError, match=r"12.*5") as refused:
        ballot.draw(NUMBERS[:5], 12, "s", RULES)
    assert refused.value.code is Refusal.NOT_ENOUGH_JURORS


@pytest.mark.parametrize("count", [0, -1, 1001])
def test_a_panel_has_one_to_a_thousand(count: int) -> None:
    """A jury at most thirty."""
    assert refusal(lambda: ballot.draw(NUMBERS, count, "s", RULES)) is Refusal.WRONG_PANEL_SIZE
    ballot.check_size(30, RULES.most_on_jury)
    assert refusal(lambda: ballot.check_size(31, RULES.most_on_jury)) is Refusal.WRONG_PANEL_SIZE


def test_only_who_waits_here_can_be_drawn() -> None:
    """Responded, checked in, not on a trial, in a chosen pool."""
    here = Record(Stage.CHECKED_IN, time_in=dt.time(9))
    assert ballot.can_be_drawn(Status.RESPONDED, here, "1")
    assert ballot.can_be_drawn(Status.RESPONDED, here, "1", ["1", "2"])
    assert not ballot.can_be_drawn(Status.RESPONDED, here, "3", ["1", "2"])
    assert not ballot.can_be_drawn(Status.PANEL, here, "1")
    assert not ballot.can_be_drawn(Status.RESPONDED, None, "1")
    out = Record(Stage.CHECKED_OUT, time_in=dt.time(9), time_out=dt.time(10))
    assert not ballot.can_be_drawn(Status.RESPONDED, out, "1")
    on_trial = Record(Stage.CHECKED_IN, time_in=dt.time(9), on_trial=True)
    assert not ballot.can_be_drawn(Status.RESPONDED, on_trial, "1")


def test_a_trial_ends_when_nobody_is_on_it() -> None:
    """Jurors are returned first."""
    ballot.end_trial(0)
    assert refusal(lambda: ballot.end_trial(1)) is Refusal.TRIAL_NOT_EMPTY


# Merging

clock_times = st.builds(dt.time, st.integers(8, 17), st.sampled_from([0, 5, 30]))
entries = st.builds(
    lambda stage, kind, first, last, author: Entry(
        Record(
            stage,
            kind,
            first if kind is DayKind.ATTENDANCE else None,
            last if kind is DayKind.ATTENDANCE and stage is not Stage.CHECKED_IN else None,
        ),
        frozenset({author}),
    ),
    st.sampled_from(Stage),
    st.sampled_from([DayKind.ATTENDANCE, DayKind.NON_ATTENDANCE]),
    clock_times,
    clock_times,
    st.sampled_from(["a", "b", "c"]),
)
statuses = st.sampled_from(Status)


@settings(deadline=None)
@given(entries, entries, statuses)
def test_the_order_of_arrival_does_not_matter(one: Entry, other: Entry, at: Status) -> None:
    """Every desk must end with the same record."""
    assert merging.merge(one, other, at) == merging.merge(other, one, at)


@settings(deadline=None)
@given(entries, entries, statuses)
def test_sending_again_changes_nothing(one: Entry, other: Entry, at: Status) -> None:
    """A batch may come twice."""
    merged = merging.merge(one, other, at).entry
    for each in (one, other, merged):
        assert merging.merge(merged, each, at).entry == merged
    assert merging.merge(one, one, Status.RESPONDED) == (one, ())


A = frozenset({"a"})
SEEN = Entry(Record(Stage.CHECKED_IN, time_in=dt.time(8)), A)
NOT_SEEN = Entry(Record(Stage.CHECKED_OUT, DayKind.NON_ATTENDANCE), A)
GONE = Entry(Record(Stage.CHECKED_OUT, time_in=dt.time(8, 5), time_out=dt.time(16)), A)


@settings(deadline=None)
@given(entries, entries, entries)
@example(SEEN, NOT_SEEN, GONE)
def test_three_desks_end_alike(one: Entry, other: Entry, third: Entry) -> None:
    """Whichever two meet first."""

    def both(first: Entry, second: Entry) -> Entry:
        return merging.merge(first, second, Status.RESPONDED).entry

    left, right = both(both(one, other), third), both(one, both(other, third))
    assert left == right


@settings(deadline=None)
@given(entries, entries)
def test_open_records_keep_the_earliest_and_the_latest(one: Entry, other: Entry) -> None:
    """And both authors; a confirmed record stays as it is."""
    merged = merging.merge(one, other, Status.RESPONDED)
    assert merged.entry.authors == one.authors | other.authors
    records = [one.record, other.record]
    settled = [record for record in records if record.stage in CLAIMED]
    if settled:
        assert merged.entry.record in settled
    elif one.record.kind is other.record.kind is DayKind.ATTENDANCE:
        times = [time for each in records for time in (each.time_in,) if time]
        assert merged.entry.record.time_in == min(times)
        outs = [each.time_out for each in records if each.time_out]
        assert merged.entry.record.time_out == max(outs, default=None)


def test_what_comes_after_the_day_was_confirmed_goes_to_the_exceptions() -> None:
    """Nothing is dropped silently."""
    done = Record(Stage.EXPENSE_ENTERED, time_in=dt.time(9), time_out=dt.time(16))
    central = Entry(done, frozenset({"a"}))
    late = Entry(Record(Stage.CHECKED_IN, time_in=dt.time(8, 50)), frozenset({"b"}))
    same = Entry(Record(Stage.CHECKED_IN, time_in=dt.time(9)), frozenset({"b"}))
    assert merging.merge(central, late, Status.RESPONDED).doubts == (Doubt.CONFIRMED_BEFORE,)
    assert merging.merge(central, late, Status.RESPONDED).entry.record == done
    assert merging.merge(central, same, Status.RESPONDED).doubts == ()


def test_attendance_of_somebody_excused_meanwhile_is_looked_at() -> None:
    """It is kept all the same."""
    here = Entry(Record(Stage.CHECKED_IN, time_in=dt.time(9)), frozenset({"b"}))
    for status_now in set(Status) - {Status.RESPONDED, Status.PANEL, Status.JUROR}:
        merged = merging.merge(here, here, status_now)
        assert merged == (here, (Doubt.STATUS_CHANGED,))


def test_seen_by_one_desk_and_absent_for_the_other() -> None:
    """Who was seen was there; somebody looks at it."""
    here = Entry(Record(Stage.CHECKED_IN, time_in=dt.time(9)), frozenset({"b"}))
    absent = Entry(Record(None, DayKind.ABSENT), frozenset({"a"}))
    merged = merging.merge(absent, here, Status.RESPONDED)
    assert merged.entry.record == here.record
    assert merged.doubts == (Doubt.KIND_DIFFERS,)


def test_the_row_of_an_attendance_has_one_id_everywhere() -> None:
    """Juror, date and court make it."""
    day = dt.date(2025, 3, 12)
    assert merging.row_id("064150001", day, "415") == merging.row_id("064150001", day, "415")
    others = {
        merging.row_id("064150002", day, "415"),
        merging.row_id("064150001", dt.date(2025, 3, 13), "415"),
        merging.row_id("064150001", day, "767"),
    }
    assert merging.row_id("064150001", day, "415") not in others
    assert len(others) == 3
