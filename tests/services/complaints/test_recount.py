"""Due dates after a newer bank-holiday list: open stages alone, told in the record, once."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from deskapp.data.ids import new_id
from deskapp.roles import Role, User
from deskapp.services import bank_holidays, calendar_file
from deskapp.services.bank_holidays import Calendars
from deskapp.services.complaints import act, behind, deadlines, recount, told
from deskapp.services.complaints.events import Code
from deskapp.services.complaints.recount import Recounted
from deskapp.services.dates import Nation
from tests.builders import SITE
from tests.services.complaints.desk import Hand

MAY_DAY = dt.date(2026, 12, 1)
"""An invented holiday in the middle of the ten days."""


def newer(*days: dt.date, version: str = "2026.2", known_to: str = "") -> Calendars:
    """The shipped list with more bank holidays."""
    changed = {}
    for nation, calendar in bank_holidays.shipped().items():
        until = dt.date.fromisoformat(known_to) if known_to else calendar.known_to
        days_off = calendar.bank_holidays | {*days}
        changed[nation] = calendar._replace(version=version, bank_holidays=days_off, known_to=until)
    return changed


def counted(hand: Hand) -> list[Recounted]:
    """Everything that was counted again, step by step."""
    found: list[Recounted] = []
    while some := hand.store.call_write(recount.some, hand.acting):
        found += some
    return found


def recounts(hand: Hand, complaint_id: str) -> list[dict[str, object]]:
    """What the record tells of it."""
    history = hand.record(complaint_id).history
    return [dict(e.event.data) for e in history if e.event.code == Code.DUE_RECALCULATED]


def test_an_open_complaint_moves_and_its_record_tells_from_when_to_when(hand: Hand) -> None:
    """Received on 18 November, ten working days end on 2 December; a holiday makes it the 3rd."""
    complaint_id = hand.log()
    hand.calendars = newer(MAY_DAY)
    assert hand.read(behind.is_behind, hand.calendars)
    [line] = counted(hand)
    assert (line.old, line.new, line.moved) == (dt.date(2026, 12, 2), dt.date(2026, 12, 3), True)
    found = hand.record(complaint_id)
    assert found.line.due_on == dt.date(2026, 12, 3)
    assert found.complaint.stage.due.calendar_version == "2026.2"
    [data] = recounts(hand, complaint_id)
    assert data["old"]["1"]["due_on"] == "2026-12-02"  # type: ignore[index]
    assert data["dues"]["1"]["due_on"] == "2026-12-03"  # type: ignore[index]


def test_counting_again_twice_counts_once(hand: Hand) -> None:
    """The command was run again, or deskapp was started again."""
    complaint_id = hand.log()
    hand.calendars = newer(MAY_DAY)
    assert len(counted(hand)) == 1
    assert counted(hand) == []
    assert not hand.read(behind.is_behind, hand.calendars)
    assert len(recounts(hand, complaint_id)) == 1


def test_a_date_that_stays_is_counted_with_the_newer_list_all_the_same(hand: Hand) -> None:
    """The record says by which list; nobody has to wonder."""
    complaint_id = hand.log()
    hand.calendars = newer()
    [line] = counted(hand)
    assert not line.moved
    assert hand.record(complaint_id).complaint.stage.due.calendar_version == "2026.2"


def test_answered_and_ended_complaints_stay_as_they_were(hand: Hand) -> None:
    """Whether an answer was on time is not judged again."""
    answered, withdrawn, open_one = hand.log(), hand.log(), hand.log()
    hand.answer(answered)
    hand.take(withdrawn, Code.WITHDRAW, how="phone")
    hand.calendars = newer(MAY_DAY)
    assert [line.ref for line in counted(hand)] == [hand.record(open_one).line.ref]
    for complaint_id in (answered, withdrawn):
        assert recounts(hand, complaint_id) == []
        assert hand.record(complaint_id).complaint.stage.due.due_on == dt.date(2026, 12, 2)


def test_a_date_counted_again_elsewhere_never_touches_an_answer(hand: Hand) -> None:
    """Two desks worked at once: the answer came first, the other desk did not know of it."""
    complaint_id = hand.log()
    before = hand.record(complaint_id).complaint
    hand.answer(complaint_id)
    later = deadlines.recounted(newer(MAY_DAY), before.nation, before.received_at, before.stage.due)
    hand.store.call_write(
        act.write_event,
        hand.acting,
        complaint_id,
        Code.DUE_RECALCULATED,
        {"dues": {"1": later.kept()}, "old": {"1": before.stage.due.kept()}},
        event_id=new_id(),
        stage=1,
    )
    after = hand.record(complaint_id).complaint.stage
    assert after.due.due_on == dt.date(2026, 12, 2)
    assert after.due.working_days == 0


def test_only_the_open_stage_of_a_review_is_counted_again(hand: Hand) -> None:
    """The first answer was on time by the list of its day."""
    complaint_id = hand.log()
    hand.answer(complaint_id)
    hand.take(complaint_id, Code.ASK_REVIEW)
    hand.calendars = newer(MAY_DAY)
    counted(hand)
    first, second = hand.record(complaint_id).stages
    assert (first.due.calendar_version, second.due.calendar_version) == ("2026.1", "2026.2")


def test_an_older_list_never_counts_again(hand: Hand) -> None:
    """Two desks with different lists would take turns for ever."""
    hand.calendars = newer(MAY_DAY)
    hand.log()
    hand.calendars = bank_holidays.shipped()
    assert not hand.read(behind.is_behind, hand.calendars)
    assert counted(hand) == []


def test_a_provisional_date_becomes_firm_when_the_list_knows_more(hand: Hand) -> None:
    """Until then it is marked; afterwards it is not."""
    hand.calendars = newer(known_to="2026-11-30", version="2026.0")
    complaint_id = hand.log()
    assert hand.record(complaint_id).line.provisional
    hand.calendars = bank_holidays.shipped()
    [line] = counted(hand)
    assert not line.provisional
    assert not hand.record(complaint_id).line.provisional


def test_what_stays_provisional_is_listed_and_marked(hand: Hand) -> None:
    """Nobody takes it for firm because it was just counted; what is answered is not in it."""
    hand.calendars = newer(known_to="2026-11-30", version="2026.0")
    ref, answered = hand.record(hand.log()).line.ref, hand.log()
    hand.answer(answered)
    hand.calendars = newer(known_to="2026-12-01")
    [line] = counted(hand)
    assert line.provisional
    [(listed, due_on)] = hand.read(recount.provisional, user=hand.user)
    assert recount.provisional_words(listed, due_on) == f"{ref}: due on 2 Dec 2026, PROVISIONAL"


def test_many_are_counted_in_steps(hand: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each step is a transaction of its own: who saves waits for one."""
    monkeypatch.setattr(recount, "AT_ONCE", 2)
    for _each in range(5):
        hand.log()
    hand.calendars = newer(MAY_DAY)
    steps = []
    while some := hand.store.call_write(recount.some, hand.acting):
        steps.append(len(some))
    assert steps == [2, 2, 1]


def test_the_list_of_the_settings_folder_moves_open_dates(hand: Hand, tmp_path: Path) -> None:
    """The whole way: look, put in force, count again."""
    complaint_id = hand.log()
    text = bank_holidays.SHIPPED_FILE.read_text(encoding="utf-8")
    file = tmp_path / "newer.toml"
    text = text.replace('"2026.1"', '"2026.2"').replace("2026-12-25,", "2026-12-01, 2026-12-25,")
    file.write_text(text, encoding="utf-8")
    settings = tmp_path / "settings"
    offered = calendar_file.look(file, settings, today=dt.date(2026, 11, 18))
    administrator = User("a", "Ann", Role.ADMINISTRATOR, SITE)
    calendar_file.put(offered, settings, user=administrator)
    hand.calendars = bank_holidays.in_force(settings)
    assert hand.calendars[Nation.SCOTLAND].version == "2026.2"
    counted(hand)
    assert hand.record(complaint_id).line.due_on == dt.date(2026, 12, 3)


def test_the_record_tells_both_dates_in_words(hand: Hand) -> None:
    """Whoever reads it later knows why the date is another."""
    complaint_id = hand.log()
    hand.calendars = newer(MAY_DAY)
    counted(hand)
    [entry] = hand.record(complaint_id).history
    assert told.happened(entry.event, {}) == (
        "Due date counted again: 3 Dec 2026 instead of 2 Dec 2026, with the bank holidays 2026.2"
    )
