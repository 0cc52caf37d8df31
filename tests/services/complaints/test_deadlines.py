"""Due dates against an independent, slow count; alarms in words; the traps of section 13."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskapp.clock import LONDON
from deskapp.services import bank_holidays, local_files
from deskapp.services.complaints import deadlines, rules
from deskapp.services.complaints.deadlines import Skipped
from deskapp.services.dates import Alarm, Nation
from tests.services.complaints.office import day

CALENDARS = bank_holidays.shipped()
TARGETS = rules.rules(local_files.SHIPPED).targets
PUBLIC = json.loads((Path(__file__).parents[2] / "cases/complaint_deadlines.json").read_text())
nations = st.sampled_from(list(Nation))
instants = st.datetimes(
    dt.datetime.fromisoformat("2024-01-01"),
    dt.datetime.fromisoformat("2028-09-01"),
    timezones=st.just(dt.UTC),
)


def slow_due(nation: Nation, received_at: dt.datetime, target: int) -> dt.date:
    """Counted as a person does with a wall calendar, one day after the other."""
    holidays = {str(each) for each in CALENDARS[nation].bank_holidays}
    on = received_at.astimezone(LONDON).date()
    left = target
    while left:
        on = dt.date.fromordinal(on.toordinal() + 1)
        if f"{on:%a}" not in ("Sat", "Sun") and str(on) not in holidays:
            left -= 1
    return on


@given(nations, instants, st.integers(1, 30))
@settings(max_examples=300, deadline=None)
def test_a_due_date_is_what_a_slow_count_gives(
    nation: Nation, received_at: dt.datetime, target: int
) -> None:
    """Any nation, any instant, any target."""
    due = deadlines.stage_due(CALENDARS, nation, received_at, target)
    assert due.due_on == slow_due(nation, received_at, target)


@given(nations, instants, st.integers(1, 30))
@settings(max_examples=200, deadline=None)
def test_the_explanation_counts_to_the_due_date(
    nation: Nation, received_at: dt.datetime, target: int
) -> None:
    """Every day from the receipt to the due date once, the counted ones numbered from 1 to N."""
    due = deadlines.stage_due(CALENDARS, nation, received_at, target)
    told = deadlines.explain(CALENDARS, nation, received_at, due)
    days = [each.day for each in told.days]
    assert days == [days[0] + dt.timedelta(days=n) for n in range(len(days))]
    assert days[-1] == due.due_on == told.counted_on
    assert [each.number for each in told.days if not each.skipped] == list(range(1, target + 1))
    assert told.days[0].skipped is Skipped.RECEIPT


@given(nations, instants, st.integers(1, 30), st.integers(0, 60))
@settings(max_examples=200, deadline=None)
def test_an_answer_is_in_time_up_to_the_end_of_the_due_date(
    nation: Nation, received_at: dt.datetime, target: int, days: int
) -> None:
    """Met exactly when it took no more working days than the target, or came before the next."""
    due = deadlines.stage_due(CALENDARS, nation, received_at, target)
    replied_at = received_at + dt.timedelta(days=days)
    taken = deadlines.answered(due, CALENDARS, nation, received_at, replied_at).working_days
    met = deadlines.is_met(due.due_on, replied_at)
    assert met is (replied_at.astimezone(LONDON).date() <= due.due_on)
    assert taken <= target if met else taken >= target


@given(nations, instants, st.integers(1, 30))
@settings(max_examples=100, deadline=None)
def test_a_later_receipt_is_never_due_earlier(
    nation: Nation, received_at: dt.datetime, target: int
) -> None:
    """Nor is a longer target."""
    due = deadlines.stage_due(CALENDARS, nation, received_at, target).due_on
    later = received_at + dt.timedelta(hours=13)
    assert deadlines.stage_due(CALENDARS, nation, later, target).due_on >= due
    assert deadlines.stage_due(CALENDARS, nation, received_at, target + 1).due_on > due


@pytest.mark.parametrize("case", PUBLIC["cases"], ids=lambda case: case["id"])
def test_the_public_cases_hold_at_the_desk(case: dict[str, object]) -> None:
    """The function that screens and lists call, not only the rules command."""
    received_at = dt.datetime.fromisoformat(str(case["received_at"]))
    target = int(str(case["target_working_days"]))
    due = deadlines.stage_due(CALENDARS, str(case["nation"]), received_at, target)
    assert due.due_on.isoformat() == case["expected_due_date"]


@pytest.mark.parametrize(
    ("received", "nation", "target", "due", "trap"),
    [
        ("2026-11-07T10:00+00:00", "england-and-wales", 10, "2026-11-20", "a Saturday receipt"),
        ("2026-11-06T23:59+00:00", "england-and-wales", 10, "2026-11-20", "a minute to midnight"),
        ("2026-11-07T00:01+00:00", "england-and-wales", 10, "2026-11-20", "a minute past it"),
        ("2026-07-02T23:15+00:00", "england-and-wales", 10, "2026-07-17", "UTC day before"),
        ("2026-03-29T00:30+00:00", "england-and-wales", 10, "2026-04-14", "clocks go forward"),
        ("2026-10-25T00:30+00:00", "england-and-wales", 10, "2026-11-06", "clocks go back"),
        ("2026-06-12T10:00+01:00", "scotland", 10, "2026-06-29", "one-off holiday in Scotland"),
        ("2026-06-12T10:00+01:00", "england-and-wales", 10, "2026-06-26", "not in England"),
        ("2027-12-24T10:00+00:00", "england-and-wales", 10, "2028-01-12", "substitute days"),
        ("2026-07-10T10:00+01:00", "northern-ireland", 1, "2026-07-14", "13 July in NI"),
        ("2026-04-02T10:00+01:00", "northern-ireland", 1, "2026-04-07", "Easter in NI"),
        ("2026-04-02T10:00+01:00", "scotland", 1, "2026-04-06", "Easter Monday in Scotland"),
        ("2026-12-24T10:00+00:00", "scotland", 4, "2027-01-05", "year end in Scotland"),
    ],
)
def test_the_traps_of_the_sheet(
    received: str, nation: str, target: int, due: str, trap: str
) -> None:
    """Each is a mistake that somebody made."""
    received_at = dt.datetime.fromisoformat(received)
    counted = deadlines.stage_due(CALENDARS, nation, received_at, target)
    assert counted.due_on == day(due), trap
    assert counted.due_on == slow_due(Nation(nation), received_at, target)


@pytest.mark.parametrize(
    ("replied", "met"),
    [("2025-06-23T22:59:00+00:00", True), ("2025-06-23T23:01:00+00:00", False)],
)
def test_an_answer_at_one_minute_to_and_past_midnight(replied: str, met: bool) -> None:
    """23:59 and 00:01 in London, in summer."""
    assert deadlines.is_met(day("2025-06-23"), dt.datetime.fromisoformat(replied)) is met


@pytest.mark.parametrize(
    ("today", "words", "alarm"),
    [
        ("2025-06-17", "4 days left", Alarm.NONE),
        ("2025-06-18", "3 days left", Alarm.AMBER),
        ("2025-06-20", "1 day left", Alarm.AMBER),
        ("2025-06-21", "1 day left", Alarm.AMBER),
        ("2025-06-23", "due today", Alarm.RED),
        ("2025-06-24", "1 day late", Alarm.OVERDUE),
        ("2025-06-28", "5 days late", Alarm.OVERDUE),
    ],
)
def test_the_alarm_is_told_in_words(today: str, words: str, alarm: Alarm) -> None:
    """Never by colour alone; working days are counted."""
    calendar = CALENDARS[Nation.ENGLAND_AND_WALES]
    assert deadlines.near_words(calendar, day("2025-06-23"), day(today)) == words
    assert deadlines.alarm(calendar, day("2025-06-23"), day(today), TARGETS) is alarm


@given(nations, st.dates(day("2024-02-01"), day("2028-10-01")), st.integers(0, 20))
@settings(max_examples=200, deadline=None)
def test_what_stands_out_in_a_list_is_what_has_an_alarm(
    nation: Nation, today: dt.date, ahead: int
) -> None:
    """The list goes by one last day, the alarm by counting."""
    calendar = CALENDARS[nation]
    due_on = today + dt.timedelta(days=ahead)
    stands_out = due_on <= deadlines.last_amber(calendar, today, TARGETS)
    assert stands_out is (deadlines.alarm(calendar, due_on, today, TARGETS) is not Alarm.NONE)


def test_acknowledgement_and_holding_reply_have_days_of_their_own() -> None:
    """Two working days after the receipt; one before the due date."""
    calendar = CALENDARS[Nation.ENGLAND_AND_WALES]
    friday = dt.datetime(2026, 11, 20, 16, tzinfo=dt.UTC)
    assert deadlines.acknowledge_by(calendar, friday, TARGETS) == day("2026-11-24")
    assert deadlines.hold_by(calendar, day("2026-12-07"), TARGETS) == day("2026-12-04")


@pytest.mark.parametrize(
    ("promised", "today", "offered"),
    [
        (["2026-12-02"], "2026-12-01", "2026-12-09"),
        (["2026-12-02", "2026-12-09"], "2026-12-08", "2026-12-16"),
        (["2026-12-02"], "2026-12-21", "2026-12-30"),  # long past, and Christmas lies between
    ],
)
def test_a_revised_date_is_offered_behind_all_that_was_promised(
    promised: list[str], today: str, offered: str
) -> None:
    """Five working days, so that it can be kept; never before today."""
    calendar = CALENDARS[Nation.ENGLAND_AND_WALES]
    days = map(day, promised)
    found = deadlines.proposed_revision(calendar, days, day(today), TARGETS)
    assert found == day(offered)
    assert deadlines.revision_problem(calendar, found, day(today)) == ""


def test_the_targets_are_those_of_the_sheet() -> None:
    """10, 10 and 15 working days are published; the others are assumptions."""
    assert [TARGETS.of_stage(number) for number in (1, 2, 3)] == [10, 10, 15]
    assert (TARGETS.acknowledge, TARGETS.holding_before, TARGETS.amber) == (2, 1, 3)
    assert TARGETS.revise == 5


def test_an_administrator_sets_other_targets(tmp_path: Path) -> None:
    """A file in the settings folder replaces what ships; a wrong one names its entry."""
    from deskapp.errors import SettingsError

    text = (local_files.SHIPPED / rules.RULES_FILE).read_text(encoding="utf-8")
    (tmp_path / "good").mkdir()
    (tmp_path / "good" / rules.RULES_FILE).write_text(text.replace("stage1 = 10", "stage1 = 5"))
    assert rules.rules(tmp_path / "good").targets.stage1 == 5
    (tmp_path / rules.RULES_FILE).write_text(text.replace("stage1 = 10", "stage1 = 0"))
    with pytest.raises(SettingsError, match=r"targets\.stage1"):
        rules.rules(tmp_path)
