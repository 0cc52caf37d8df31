"""Reports: what is counted, in which period, and what must not leave the site."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from deskapp.data.ids import new_id
from deskapp.errors import NotAllowedError, NotFoundError, SettingsError
from deskapp.roles import Role
from deskapp.services.casework import cases, loader, report_rules, reports, sampling
from deskapp.services.casework.book import Rulebook
from deskapp.services.casework.loader import SchemeError
from deskapp.services.casework.reports import Table
from deskapp.services.casework.vocabulary import Period
from deskapp.services.small_numbers import Mask
from tests.services.casework.desk import EW, STAGES, toml
from tests.services.casework.hand import PAPERS, Hand, a_scheme
from tests.services.casework.shipped import ShippedHand

REPORTS = """
[[report]]
id = "now"
over = "cases"
group = ["stage", "about"]
measures = ["count", "overdue", { sum = "days" }]
[[report]]
id = "second"
over = "cases"
where = { field = "stage", is = "second" }
group = ["ref"]
measures = ["count"]
[[report]]
id = "length"
over = "cases"
group = []
measures = ["count", { median = ["opened_at", "closed_at"] }]
period = "month"
[[report]]
id = "hours"
over = "items"
where = { field = "item", is = "answer" }
group = []
measures = [
  { median_hours = ["opened_at", "ended_at"] },
  { worst_hours = ["opened_at", "ended_at"] },
]
period = "month"
[[report]]
id = "answers"
over = "items"
where = { field = "item", is = "answer" }
group = ["item", "outcome"]
measures = ["count", { percent = { field = "late", is = "no" } }]
period = "month"
[[report]]
id = "open_items"
over = "items"
group = ["status"]
measures = ["count", "overdue"]
[[report]]
id = "moves"
over = "events"
group = ["action", "taken_by"]
measures = ["count"]
period = "week"
[[report]]
id = "whose"
over = "cases"
group = ["secret", "priority"]
measures = ["count"]
"""


@pytest.fixture
def desk(hand: Hand) -> Hand:
    """A desk with a scheme that has reports, and a restricted one."""
    hidden = 'visibility = "restricted"\nroles = ["judge"]\n'
    hand.book = Rulebook.of(
        [
            a_scheme("test", PAPERS + REPORTS, head='roles = ["judge"]\n'),
            a_scheme("child", '[[field]]\nid = "days"\ntype = "int"\n'),
            a_scheme("hidden", PAPERS + REPORTS, head=hidden),
        ],
        EW,
    )
    return hand


def table(desk: Hand, report: str, scheme: str = "test", **given: Any) -> Table:
    found = desk.call(reports.run, scheme, report, **given)
    assert isinstance(found, Table)
    return found


def rows(desk: Hand, report: str, **given: Any) -> list[tuple[str, ...]]:
    return list(table(desk, report, **given).rows)


def test_a_report_without_a_period_is_about_what_is_open(desk: Hand) -> None:
    """Cases that have ended are history."""
    desk.open(days=2, due_on="2026-11-01")
    desk.open(days=3)
    desk.call(cases.do, desk.open(about="Roof"), "finish")
    found = table(desk, "now")
    assert found.header == ("Stage", "A", "Number", "Overdue", "A")
    assert found.rows == (("A", "Boiler", "2", "1", "5"),)
    assert found.span is None


def test_a_report_may_ask_for_the_stage(desk: Hand) -> None:
    """Which keys are out is a question about stages."""
    desk.open()
    case_id = desk.open()
    line = desk.call(cases.do, case_id, "wait", note="x")
    assert rows(desk, "second") == [(line.ref, "1")]


def test_lengths_count_in_the_period_in_which_they_end(desk: Hand) -> None:
    """In working days; what has not ended has no length yet."""
    early = desk.open()
    desk.open()
    desk.clock.shows(dt.datetime(2026, 12, 2, 10, tzinfo=dt.UTC))
    desk.call(cases.do, early, "finish")
    assert rows(desk, "length") == [("2026-12", "1", "10")]
    assert rows(desk, "length", last=dt.date(2026, 12, 1)) == []


def test_hours_pass_on_days_off_and_across_the_clock_change(desk: Hand) -> None:
    """A breach is reported in hours that pass, not in working days."""
    desk.clock.shows(dt.datetime(2026, 10, 24, 22, tzinfo=dt.UTC))
    late, soon = desk.open(), desk.open()
    desk.clock.passes(hours=2.5)
    desk.call(cases.close_item, soon, "answer", "done")
    desk.clock.passes(hours=28)
    desk.call(cases.close_item, late, "answer", "done")
    assert table(desk, "hours").header == ("Period", "Median hours", "Most hours")
    assert rows(desk, "hours") == [("2026-10", "18.5", "33.5")]


def test_items_count_when_they_are_due(desk: Hand) -> None:
    """Late is what was closed, or is still open, after that; what is not due yet waits."""
    desk.open(due_on="2026-11-20")
    on_time, late = desk.open(due_on="2026-11-18"), desk.open(due_on="2026-11-02")
    desk.open(due_on="2026-10-30")
    for case_id in (on_time, late):
        desk.call(cases.close_item, case_id, "answer", "done")
    assert rows(desk, "answers") == [("2026-11", "A", "done", "2", "50%")]
    found = rows(desk, "answers", first=dt.date(2026, 10, 1))
    assert found[0] == ("2026-10", "A", "", "1", "0%")
    assert rows(desk, "open_items") == [("open", "2", "1")]


def test_actions_count_when_they_were_taken(desk: Hand) -> None:
    """Also on a case that has ended, and by whoever took them."""
    case_id = desk.open()
    desk.call(cases.do, case_id, "wait", note="x")
    desk.call(cases.do, case_id, "breach", {"days": 3}, child_id=new_id())
    desk.call(cases.do, case_id, "finish")
    week, name = "2026-W47", desk.user.name
    assert rows(desk, "moves") == [(week, "A", name, "1")] * 3
    assert rows(desk, "moves", last=dt.date(2026, 11, 17)) == []


def test_what_leaves_the_site_has_no_names_and_no_small_numbers(desk: Hand) -> None:
    """Nobody can be recognised in it. Enquiries sheet, section 14."""
    for number in range(6):
        desk.open(secret=f"N. {number}", days=1, priority="x" if number else "y")
    outside = Mask(4)
    assert len(rows(desk, "whose")) == 6
    assert rows(desk, "now", outside=outside) == [("A", "6", "0", "6")]
    found = table(desk, "whose", outside=outside)
    assert found.rows == (("6",),)
    desk.call(cases.do, desk.open(days=1), "wait", note="x")
    assert rows(desk, "now", outside=outside)[-1] == ("A", "<5", "0", "*")


def test_a_report_on_restricted_cases_is_for_their_roles_and_counts_as_a_view(desk: Hand) -> None:
    """Others do not even learn that there is one."""
    judge = desk.user._replace(scheme_roles=frozenset({"judge"}))
    officer, desk.user = desk.user, judge
    case_id = desk.open("hidden")
    assert rows(desk, "now", scheme="hidden") == [("A", "Boiler", "1", "0", "0")]
    views = f"SELECT count(*) FROM case_event WHERE kind = 'view' AND case_id = '{case_id}'"
    assert desk.rows(views) == [(1,)]
    desk.user = officer
    with pytest.raises(NotFoundError):
        table(desk, "now", scheme="hidden")
    assert {scheme.id for scheme, _report in reports.known(desk.acting)} == {"test"}
    desk.user = officer._replace(role=Role.ADMINISTRATOR)
    with pytest.raises(NotAllowedError):
        table(desk, "now")


@pytest.mark.parametrize("scheme", loader.shipped(), ids=lambda scheme: scheme.id)
def test_every_shipped_report_can_be_made(hand: Hand, scheme: Any) -> None:
    """Over a case as it is opened, by somebody who may know of it."""
    from tests.services.casework.test_shipped_schemes import required, schemes

    hand.book = Rulebook.of(schemes().values(), EW)
    hand.user = hand.user._replace(scheme_roles=scheme.roles)
    hand.open(scheme.id, **required(scheme, "2026-11-18T10:00"))
    for report in scheme.reports:
        found = table(hand, report.id, scheme.id, first=dt.date(2026, 1, 1))
        assert all(len(row) == len(found.header) for row in found.rows)


def test_who_needs_help_to_leave_today(hand: Hand) -> None:
    """Those with a plan in force; of visitors only those who are here today."""
    shipped = {each.id: each for each in loader.shipped()}
    hand.book = Rulebook.of(shipped.values(), EW)
    hand.user = hand.user._replace(scheme_roles=shipped["peep"].roles)
    for name, kind, day in (
        ("S. Staff", "standing", ""),
        ("V. Today", "visit", "2026-11-18"),
        ("V. Yesterday", "visit", "2026-11-17"),
        ("V. Tomorrow", "visit", "2026-11-19"),
    ):
        _plan(hand, person=name, kind=kind, **({"visit_on": day} if day else {}))
    hand.open("peep", person="N. Draft", kind="standing", relation="staff", site="Court")
    hand.clock.shows(dt.datetime(2026, 11, 18, 16, tzinfo=dt.UTC))
    column = table(hand, "help_today", "peep").header.index("Person")
    found = rows(hand, "help_today", scheme="peep")
    assert [row[column] for row in found] == ["S. Staff", "V. Today"]


def _plan(hand: Hand, **values: Any) -> None:
    """A plan in force."""
    hand.clock.shows(dt.datetime(2026, 11, 18, 8, tzinfo=dt.UTC))
    agreed = {"agreed_on": "2026-11-18", "helpers_trained_on": "2026-11-18"}
    case_id = hand.open("peep", relation="staff", site="Court", **agreed, **values)
    yes = {"agreed_by_person": "yes", "route": "Stairs"}
    hand.call(cases.fill_in, case_id, {**yes, "needs": ["mobility"]})
    for helper in ("H. First", "H. Second"):
        hand.call(cases.add_item, case_id, "helper", {"name": helper})
    for action in ("draft", "agree", "put_in_force"):
        hand.call(cases.do, case_id, action, note="x")


@pytest.mark.parametrize(
    ("part", "message"),
    [
        ('group = ["nothing"]\nmeasures = ["count"]', "nothing called nothing"),
        ('group = []\nmeasures = [{ sum = "nothing" }]', "nothing called nothing"),
        ('group = []\nmeasures = [{ median = ["nothing", "closed_at"] }]', "no date"),
        ('group = []\nmeasures = [{ percent = { field = "no", is = "x" } }]', "no field called"),
        ('where = { field = "late", is = "no" }\ngroup = []\nmeasures = []', "no field called"),
    ],
)
def test_a_report_names_what_there_is(part: str, message: str) -> None:
    """Otherwise it would count nothing for ever."""
    text = toml(STAGES + '[[report]]\nid = "r"\nover = "cases"\n' + part)
    with pytest.raises(SchemeError, match=message):
        loader.parse(text, "test.toml")


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("2026-W53", "2026-12-28", "2027-01-03"),
        ("2028-02", "2028-02-01", "2028-02-29"),
        ("2026-Q4", "2026-10-01", "2026-12-31"),
        ("2026", "2026-01-01", "2026-12-31"),
        ("2026-11-18", "2026-11-18", "2026-11-18"),
    ],
)
def test_periods_have_names_and_days(name: str, first: str, last: str) -> None:
    """A name that is read out means the same days everywhere."""
    assert tuple(day.isoformat() for day in sampling.days_of(name)) == (first, last)


@pytest.mark.parametrize("name", ["2026-W54", "2026-13", "2026-Q5", "yesterday", "2026-02-30", ""])
def test_what_is_no_period_is_said(name: str) -> None:
    """With an example of each kind."""
    with pytest.raises(NotFoundError, match="2026-W10"):
        sampling.days_of(name)


def test_the_last_closed_period_is_the_one_before_this(desk: Hand) -> None:
    """Also over the turn of the year."""
    assert sampling.last_closed(Period.WEEK, dt.date(2027, 1, 4)) == "2026-W53"
    assert sampling.last_closed(Period.QUARTER, dt.date(2027, 1, 4)) == "2026-Q4"


def test_the_limit_of_small_numbers_is_a_local_rule(tmp_path: Path) -> None:
    """It ships with a mark to check, and a copy in the settings folder counts instead."""
    assert report_rules.outside(tmp_path) == Mask(4)
    own = tmp_path / report_rules.NAME
    own.write_text("hide_up_to = 9\n")
    assert report_rules.outside(tmp_path) == Mask(9)
    for wrong in ("hide_up_to = 'x'", "other = 1", "[", "hide_up_to = -1", "hide_up_to = true"):
        own.write_text(wrong)
        with pytest.raises(SettingsError):
            report_rules.outside(tmp_path)


def test_a_report_that_is_counted_in_pieces_is_the_same(desk: Hand) -> None:
    """The screen says how far it is, and others read the store in between."""
    for days in (1, 2, 3, 4, 5):
        desk.open(days=days, due_on="2026-11-01")
    asked = reports.ask(desk.acting, "test", "now")
    families = desk.store.call_read(reports.families, asked)
    found = [
        subject
        for begin in range(0, len(families), 2)
        for subject in desk.store.call_read(
            reports.counted_in, desk.acting, asked, families[begin : begin + 2]
        )
    ]
    assert reports.table(asked, found, None) == table(desk, "now")
    assert table(desk, "now").rows == (("A", "Boiler", "5", "5", "15"),)


def test_the_live_caseload_has_the_last_outcome_and_the_next_review(shipped: ShippedHand) -> None:
    """Casework sheet, section 2.1: for the weekly meeting."""
    order = shipped.open("isc", participant="Ann Example")
    shipped.open("isc", participant="Bob Example")
    first = {"psr_received_on": "2026-09-01", "sentence_hearing_on": "2026-09-21"}
    shipped.call(cases.do, order, "suitable", first)
    sentence = {"sentenced_on": "2026-09-21", "order_type": "community_order"}
    more = {"order_ends_on": "2027-09-20", "requirements": ["curfew"]}
    shipped.call(cases.do, order, "sentence", {**sentence, **more})
    shipped.call(cases.close_item, order, "review#1", "adjourned")
    shipped.call(cases.close_item, order, "review#2", "held")
    shipped.call(cases.do, order, "allege_breach", {"evidence": "x"}, child_id=new_id())
    found = shipped.call(reports.run, "isc", "caseload")
    assert found.rows == (
        ("Ann Example", "On order", "Held", "21 Dec 2026", "1", "58", "1"),
        ("Bob Example", "Report requested", "", "", "0", "", "0"),
    )
    assert found.header[2:4] == ("Review hearing: last outcome", "Review hearing: next")
