"""Confirming a day and a jury at the store; the figures add up whatever happened."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskapp.data.connection import Connection
from deskapp.data.ids import new_id
from deskapp.errors import FormProblemsError
from deskapp.roles import Role, User
from deskapp.services.jury import (
    by_list,
    day_end,
    doing,
    panels,
    reading,
    row_ids,
    scans,
    trial_lines,
    trials,
    waiting,
)
from deskapp.services.jury.asks import Do
from deskapp.services.jury.counts import Place
from deskapp.services.jury.day_lists import Which
from deskapp.services.jury.pay import DayKind
from deskapp.services.jury.refusals import Refusal, RefusedError
from deskapp.services.jury.stages import Stage, Status
from deskapp.services.jury.trial_lines import Outcome
from deskapp.services.jury.trials import TrialDraft
from deskapp.services.waiting import Asker
from tests import stores
from tests.builders import SetClock
from tests.jury_desk import COURT, POOL, JuryDesk, number

NINE, TEN, FOUR = dt.time(9, 5), dt.time(10, 0), dt.time(16, 0)


def refused(take: Callable[[], object]) -> Refusal:
    """The code with which something is refused."""
    with pytest.raises(RefusedError) as caught:
        take()
    return caught.value.code


def a_trial(court: JuryDesk, name: str = "T20261") -> str:
    """The id of a trial that was opened."""
    return court.do(trials.open_trial, TrialDraft(name, "R v Nobody")).id


# -- the jurors in waiting -----------------------------------------------------------------------


def test_a_day_of_twenty_with_two_absent_is_confirmed(court: JuryDesk) -> None:
    """One audit number for all who came; who did not is absent."""
    court.jurors(20)
    court.juror(20, next_on="", on_call=1)
    court.do(by_list.check_in_by_list, NINE, absent=[number(3), number(4)])
    court.do(by_list.check_out_all, FOUR)
    looked = court.read(day_end.look)
    assert (len(looked.attended), len(looked.absent), len(looked.on_call)) == (18, 2, 1)
    done = court.do(day_end.confirm)
    assert (len(done.confirmed), done.absent) == (18, [number(3), number(4)])
    line, missing = court.line(0), court.line(3)
    assert line.record is not None
    assert missing.record is not None
    assert (line.record.stage, line.record.audit_number) == (
        Stage.EXPENSE_ENTERED, done.audit_number,
    )  # fmt: skip
    assert (missing.record.kind, missing.record.stage) == (DayKind.ABSENT, None)
    assert line.by_list
    counts = court.read(reading.day).counts
    assert (counts[Place.CONFIRMED], counts[Place.ABSENT]) == (18, 2)


def test_whoever_is_still_in_gets_a_time_out_that_is_asked_once(court: JuryDesk) -> None:
    """Without one nothing is changed."""
    court.jurors(2)
    court.do(by_list.check_in_by_list, NINE)
    with pytest.raises(FormProblemsError):
        court.do(day_end.confirm)
    assert court.line(0).where is Place.IN
    late = refused(lambda: court.do(day_end.confirm, NINE))
    assert late is Refusal.CHECK_OUT_NOT_AFTER_CHECK_IN
    assert court.do(day_end.confirm, FOUR).confirmed == [number(0), number(1)]


def test_late_entries_are_confirmed_again_and_nothing_confirmed_is_touched(
    court: JuryDesk,
) -> None:
    """Within seven days; then a team leader."""
    court.jurors(2)
    court.do(scans.check_in, number(0), NINE)
    first = court.do(day_end.confirm, FOUR)
    court.juror(5)
    court.do(scans.check_in, number(5), TEN)
    second = court.do(day_end.confirm, FOUR)
    assert second.confirmed == [number(5)]
    assert second.audit_number != first.audit_number
    assert court.line(0).record.audit_number == first.audit_number  # type: ignore[union-attr]


def test_confirming_twice_with_one_id_confirms_once(court: JuryDesk) -> None:
    """The answer is the same again."""
    court.jurors(2)
    court.do(scans.check_in, number(0), NINE)
    step = new_id()
    first = court.do(day_end.confirm, FOUR, step_id=step)
    assert court.do(day_end.confirm, FOUR, step_id=step) == first


def test_a_day_to_come_and_a_locked_day_are_not_confirmed(court: JuryDesk) -> None:
    """By code; a team leader may settle the locked one."""
    court.jurors(1)
    court.date = dt.date(2026, 11, 19)
    assert refused(lambda: court.do(day_end.confirm)) is Refusal.FUTURE_DATE
    court.date = dt.date(2026, 11, 10)
    assert refused(lambda: court.do(day_end.confirm)) is Refusal.DAY_LOCKED
    assert court.as_(Role.TEAM_LEADER).do(day_end.confirm).confirmed == []


def test_the_day_before_is_warned_of(court: JuryDesk) -> None:
    """Something of it is not confirmed."""
    court.jurors(1)
    court.date = dt.date(2026, 11, 17)
    court.do(scans.check_in, number(0), NINE)
    court.date = None
    assert court.read(reading.day).previous_unconfirmed == dt.date(2026, 11, 17)
    assert court.read(day_end.look).previous_unconfirmed == dt.date(2026, 11, 17)
    assert court.read(reading.unconfirmed_days) == [(dt.date(2026, 11, 17), 1)]


def test_a_confirmed_day_is_not_scanned_again(court: JuryDesk) -> None:
    """In and out are refused, and the step before cannot be taken back."""
    court.jurors(2)
    court.do(scans.check_in, number(0), NINE)
    court.do(day_end.confirm, FOUR)
    assert refused(lambda: court.do(scans.check_in, number(0), TEN)) is (
        Refusal.ATTENDANCE_CONFIRMED
    )
    assert refused(lambda: court.do(scans.check_out, number(0), FOUR)) is (
        Refusal.ATTENDANCE_CONFIRMED
    )
    assert refused(lambda: court.do(scans.undo)) is Refusal.ATTENDANCE_CONFIRMED
    assert refused(lambda: court.do(scans.check_in, number(1), TEN)) is Refusal.NO_SHOW_RECORDED


def test_a_confirmed_day_has_a_claim(court: JuryDesk) -> None:
    """Expenses begin there; who was absent has none."""
    court.jurors(2)
    court.do(scans.check_in, number(0), NINE)
    court.do(day_end.confirm, FOUR)
    rows = court.store.call_read(
        Connection.execute, "SELECT juror, state FROM attendance_expense"
    ).fetchall()
    assert rows == [(number(0), "draft")]


# -- panels and juries ---------------------------------------------------------------------------


def test_a_panel_is_drawn_by_lot_and_the_draw_comes_out_again(court: JuryDesk) -> None:
    """Seed, candidates, who and when are kept."""
    court.jurors(12)
    court.do(by_list.check_in_by_list, NINE, absent=[number(11)])
    trial = a_trial(court)
    drawn = court.do(trials.draw_panel, trial, 5)
    assert drawn.fair
    assert len(drawn.draw.drawn) == 5
    assert number(11) not in drawn.draw.candidates
    assert drawn.officer == court.user.name
    assert {court.line(0).status for _of in drawn.draw.drawn} <= {Status.PANEL, Status.RESPONDED}
    record = court.read(_record(trial))
    assert [each.juror.number for each in record.members] == list(drawn.draw.drawn)


def test_a_draw_is_refused_with_both_numbers(court: JuryDesk) -> None:
    """Nobody is drawn twice onto one panel, and sizes have bounds."""
    court.jurors(3)
    court.do(by_list.check_in_by_list, NINE)
    trial = a_trial(court)
    assert refused(lambda: court.do(trials.draw_panel, trial, 0)) is Refusal.WRONG_PANEL_SIZE
    assert refused(lambda: court.do(trials.draw_panel, trial, 1001)) is Refusal.WRONG_PANEL_SIZE
    with pytest.raises(RefusedError, match=r"4.*3"):
        court.do(trials.draw_panel, trial, 4)
    court.do(trials.draw_panel, trial, 2)
    with pytest.raises(RefusedError, match=r"2.*1"):
        court.do(trials.draw_panel, trial, 2)
    assert refused(lambda: court.do(trials.open_trial, TrialDraft("t20261"))) is (
        Refusal.TRIAL_EXISTS
    )
    with pytest.raises(FormProblemsError):
        court.do(trials.open_trial, TrialDraft("x" * 17))


def test_only_chosen_pools_are_drawn_from(court: JuryDesk) -> None:
    """Pools are mixed only when somebody wants it."""
    court.jurors(2)
    court.pool("411261102")
    court.juror(50, pool="411261102")
    court.do(by_list.check_in_by_list, NINE)
    drawn = court.do(trials.draw_panel, a_trial(court), 1, pools=["411261102"])
    assert drawn.draw.drawn == (number(50),)


def test_a_jury_is_sworn_sits_and_returns(court: JuryDesk) -> None:
    """Sworn jurors are not scanned; the rest wait again; a trial ends when nobody is on it."""
    court.jurors(6)
    court.do(by_list.check_in_by_list, NINE)
    trial = a_trial(court)
    panel = court.do(trials.draw_panel, trial, 5).draw.drawn
    court.do(panels.empanel, trial, panel[:3])
    court.do(panels.send_back, trial, [panel[3]], Outcome.CHALLENGED)
    court.do(panels.return_panel, trial, [panel[4]])
    counts = court.read(reading.day).counts
    assert (counts[Place.ON_TRIAL], counts[Place.IN]) == (3, 3)
    for absent, why in ((panel[0], Refusal.ABSENT_BUT_HERE), (panel[3], Refusal.NOT_ON_TRIAL)):
        confirm = partial(court.do, day_end.confirm_trial, trial, (NINE, FOUR), absent=[absent])
        assert refused(confirm) is why
    assert refused(lambda: court.do(trials.end, trial)) is Refusal.TRIAL_NOT_EMPTY
    done = court.do(day_end.confirm_trial, trial, (NINE, FOUR))
    assert sorted(done.confirmed) == sorted(panel[:3])
    assert done.audit_number.startswith("J")
    court.clock.passes(days=1)
    assert refused(lambda: court.do(scans.check_in, panel[0], NINE)) is Refusal.EMPANELLED
    assert court.read(reading.day).counts[Place.ON_TRIAL] == 3
    again = court.do(day_end.confirm_trial, trial, (TEN, FOUR), absent=[panel[2]])
    assert (len(again.confirmed), again.absent) == (2, [panel[2]])
    assert refused(lambda: court.do(day_end.confirm_trial, trial, (TEN, FOUR))) is (
        Refusal.ATTENDANCE_CONFIRMED
    )
    court.clock.passes(days=1)
    court.do(panels.return_jury, trial, panel[:2])
    court.do(panels.return_jury, trial, [panel[2]], complete=True)
    statuses = [court.line(_of(each)).status for each in panel[:3]]
    assert statuses == [Status.RESPONDED, Status.RESPONDED, Status.COMPLETED]
    court.do(trials.end, trial)
    assert refused(lambda: court.do(trials.draw_panel, trial, 1)) is Refusal.TRIAL_ENDED


def test_completed_service_takes_a_juror_off_the_trial(court: JuryDesk) -> None:
    """Completed at their own record, on the panel or sworn: the trial can still end."""
    court.jurors(2)
    court.do(by_list.check_in_by_list, NINE)
    trial = a_trial(court)
    sworn, waiting = court.do(trials.draw_panel, trial, 2).draw.drawn
    court.do(panels.empanel, trial, [sworn])
    for juror in (sworn, waiting):
        court.do(doing.do, juror, Do.COMPLETE, {})
    assert court.line(0).trial == ""
    assert court.do(trials.end, trial).ended_on == court.acting.date


def test_times_of_a_jury_fill_only_gaps(court: JuryDesk) -> None:
    """Who was scanned keeps their own times."""
    court.jurors(2)
    court.do(scans.check_in, number(0), TEN)
    court.do(scans.check_in, number(1), NINE)
    trial = a_trial(court)
    panel = court.do(trials.draw_panel, trial, 2).draw.drawn
    court.do(panels.empanel, trial, panel)
    court.do(day_end.confirm_trial, trial, (dt.time(8), FOUR))
    record = court.line(0).record
    assert record is not None
    assert (record.time_in, record.time_out, record.trial) == (TEN, FOUR, "T20261")


def test_a_jury_has_at_most_thirty_and_only_of_its_panel(court: JuryDesk) -> None:
    """By code, and nobody is sworn then."""
    court.jurors(31)
    court.do(by_list.check_in_by_list, NINE)
    trial = a_trial(court)
    panel = court.do(trials.draw_panel, trial, 31).draw.drawn
    assert refused(lambda: court.do(panels.empanel, trial, panel)) is Refusal.WRONG_PANEL_SIZE
    assert refused(lambda: court.do(panels.empanel, trial, ["000000000"])) is Refusal.NOT_ON_TRIAL
    assert refused(lambda: court.do(day_end.confirm_trial, trial, (NINE, FOUR))) is (
        Refusal.NOT_ON_TRIAL
    )


def test_who_is_sent_back_must_be_in(court: JuryDesk) -> None:
    """Not used and challenged are said of somebody who is there that day."""
    court.jurors(1)
    court.do(scans.check_in, number(0), NINE)
    trial = a_trial(court)
    court.do(trials.draw_panel, trial, 1)
    court.do(scans.check_out, number(0), FOUR)
    back = refused(lambda: court.do(panels.send_back, trial, [number(0)], Outcome.NOT_USED))
    assert back is Refusal.NOT_CHECKED_IN


# -- corrections ---------------------------------------------------------------------------------


def test_a_day_is_corrected_until_its_claim_was_approved(court: JuryDesk) -> None:
    """Section 5.4, by code."""
    court.jurors(3)
    values = {"time_in": "905", "time_out": "1600"}

    def do(of: int, what: Do, **given: str) -> object:
        return court.do(doing.do, number(of), what, given)

    assert refused(lambda: do(0, Do.TIMES, **values)) is Refusal.NOT_CHECKED_IN
    assert refused(lambda: do(0, Do.CHANGE_DAY, change="delete")) is Refusal.NO_RECORD
    do(0, Do.ADD_DAY, **values)
    assert court.line(0).where is Place.CONFIRMED
    assert court.line(0).record.audit_number.startswith("P")  # type: ignore[union-attr]
    assert refused(lambda: do(0, Do.ADD_DAY, **values)) is Refusal.RECORD_EXISTS
    do(0, Do.CHANGE_DAY, change="non_attendance")
    assert court.line(0).record.kind is DayKind.NON_ATTENDANCE  # type: ignore[union-attr]
    do(0, Do.CHANGE_DAY, change="delete")
    assert court.line(0).record is None
    do(1, Do.NON_ATTENDANCE)
    assert refused(lambda: do(1, Do.NON_ATTENDANCE)) is Refusal.RECORD_EXISTS
    court.store.call_jot(
        Connection.execute,
        "UPDATE attendance SET stage = 'EXPENSE_AUTHORISED' WHERE juror = ?",
        (number(1),),
    )
    approved = refused(lambda: do(1, Do.CHANGE_DAY, change="absence"))
    assert approved is Refusal.EXPENSE_ALREADY_APPROVED
    court.date = dt.date(2026, 11, 13)
    early = refused(lambda: do(2, Do.NON_ATTENDANCE))
    assert early is Refusal.BEFORE_SERVICE_START
    court.date = dt.date(2026, 11, 19)
    assert refused(lambda: do(2, Do.ADD_DAY, **values)) is Refusal.FUTURE_DATE


# -- counts --------------------------------------------------------------------------------------

STEPS = st.lists(
    st.tuples(st.sampled_from(("in", "out", "undo", "confirm", "draw", "swear", "add", "delete")),
              st.integers(0, 7)),
    min_size=4, max_size=18,
)  # fmt: skip


@settings(max_examples=8, deadline=None)
@given(steps=STEPS)
def test_the_figures_always_add_up(
    steps: list[tuple[str, int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Expected is in, out, confirmed, absent, on trial and not in, whatever was done in between."""
    clock = SetClock()
    folder = tmp_path_factory.mktemp("figures")
    store = stores.new(folder / "data", site="here", clock=clock.clock)
    user = User("o", "Ann", Role.OFFICER, "fact:aberystwyth-justice-centre")
    store.actor = user.id
    court = JuryDesk(store, clock, user)
    court.jurors(8)
    trial = a_trial(court)
    try:
        for what, of in steps:
            _take(court, trial, what, of)
            shown = court.read(reading.day)
            places = [line.where for line in court.read(reading.expected)]
            assert {place: places.count(place) for place in Place} == shown.counts
            assert shown.expected == len(places)
            for which in (Which.IN, Which.OUT, Which.CONFIRMED, Which.ABSENT, Which.NOT_IN):
                listed = store.call_read(reading.numbers, court.acting, which)
                place = {Which.NOT_IN: Place.NOT_CHECKED_IN}.get(which) or Place(which.value)
                assert len(listed) == shown.counts[place]
    finally:
        store.close()


def _take(court: JuryDesk, trial: str, what: str, of: int) -> None:
    """One step, whether or not it is permitted."""
    steps: dict[str, Callable[[], object]] = {
        "in": lambda: court.do(scans.check_in, number(of), NINE),
        "out": lambda: court.do(scans.check_out, number(of), FOUR),
        "undo": lambda: court.do(scans.undo),
        "confirm": lambda: court.do(day_end.confirm, FOUR),
        "draw": lambda: court.do(trials.draw_panel, trial, 1),
        "swear": lambda: court.do(panels.empanel, trial, [number(of)]),
        "add": lambda: court.do(doing.do, number(of), Do.NON_ATTENDANCE, {}),
        "delete": lambda: court.do(doing.do, number(of), Do.CHANGE_DAY, {"change": "delete"}),
    }
    try:
        steps[what]()
    except RefusedError:
        return


def _record(trial: str) -> Callable[..., trial_lines.TrialRecord]:
    return lambda connection, acting: trial_lines.record(connection, acting, trial)


def _of(juror: str) -> int:
    return int(juror) - int(number(0))


def test_ids_are_made_of_numbers() -> None:
    """Two desks make the same rows."""
    assert row_ids.trial(COURT, "T1") == row_ids.trial(COURT, "T1") != row_ids.trial("412", "T1")
    assert row_ids.membership("1", POOL) != row_ids.membership("1", "2")


def test_an_unconfirmed_day_stands_on_the_first_screen(court: JuryDesk) -> None:
    """For the jury desk alone, without any name, until it is confirmed."""
    court.jurors(1)
    court.date = dt.date(2026, 11, 17)
    court.do(scans.check_in, number(0), NINE)
    asker = Asker(court.user, court.clock.moment)
    [line] = court.store.call_read(waiting.lines, asker).lines
    assert (line.kind, line.id, line.who) == ("jury_day", "2026-11-17", "17 Nov 2026")
    other = asker._replace(user=court.user._replace(role=Role.HEARING_ROOM))
    assert court.store.call_read(waiting.lines, other).lines == []
    court.do(day_end.confirm, FOUR)
    assert court.store.call_read(waiting.lines, asker).lines == []


def test_the_doctor_says_when_a_draw_does_not_come_out_again(court: JuryDesk) -> None:
    """Somebody wrote into the store by other ways."""
    court.jurors(12)  # of fewer, another seed may well draw the same
    court.do(by_list.check_in_by_list, NINE)
    court.do(trials.draw_panel, a_trial(court), 8)
    assert court.store.call_read(trial_lines.unfair_draws) == 0
    for statement in (
        "UPDATE sync_state SET applying = 1",
        "UPDATE jury_draw SET seed = 'another'",
        "UPDATE sync_state SET applying = 0",
    ):
        court.store.call_jot(Connection.execute, statement)
    assert court.store.call_read(trial_lines.unfair_draws) == 1
