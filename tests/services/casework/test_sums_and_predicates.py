"""Calculators, predicates and samples, by hand."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskapp.services.casework import holding, sampling, worklist
from deskapp.services.casework.calculators import CALCULATORS, OUTPUTS, hwf_remission
from deskapp.services.casework.due import Due
from deskapp.services.casework.events import Code
from deskapp.services.casework.parts import Findings, Part
from deskapp.services.casework.read_rules import predicate
from deskapp.services.casework.sampling import Load
from deskapp.services.casework.toml_lines import Places
from deskapp.services.casework.vocabulary import Period
from deskapp.services.dates import Alarm
from deskapp.services.rules.casework_anchors import GivenAnchors
from tests.services.casework.desk import EW, Desk, day, scheme


def test_weekly_means_are_rounded_half_up_to_pence() -> None:
    """200 a fortnight and 1000 a month; 10.01 a fortnight is 5.005 a week."""
    given_lists = {
        "income": [
            {"amount": "200", "period": "fortnightly"},
            {"amount": "1000.00", "period": "monthly"},
        ],
        "outgoings": [{"amount": "10.01", "period": "fortnightly"}],
    }
    assert CALCULATORS["fines.weekly"](given_lists) == {
        "income": "330.77",
        "outgoings": "5.01",
        "disposable": "325.76",
    }


@pytest.mark.parametrize(
    ("fee", "savings", "income", "more", "outcome", "pays"),
    [
        (500, 4250, 1420, {}, "full", 0),
        (500, 4251, 0, {}, "none", 500),
        (1421, 4262, 0, {}, "full", 0),
        (1421, 4263, 0, {}, "none", 1421),
        (6000, 15999, 0, {}, "full", 0),
        (6000, 16000, 0, {}, "none", 6000),
        (100, 16000, 0, {"over_66": True}, "full", 0),
        (100, 16001, 0, {"over_66": "yes"}, "none", 100),
        (500, 0, 1429, {}, "full", 0),
        (500, 0, 1430, {}, "part", 5),
        (500, 0, 2420, {}, "none", 500),
        (600, 0, 2420, {}, "part", 500),
        (5000, 0, 3420, {}, "part", 1200),
        (5000, 0, 4420, {}, "part", 2100),
        (5000, 0, 4421, {}, "none", 5000),
        (500, 0, 2130, {"couple": True}, "full", 0),
        (500, 0, 3275, {"couple": True, "children_under_14": 1, "children_14_up": 1}, "part", 5),
        (500, 0, 2839, {"children_under_14": 2}, "part", 280),
    ],
)
def test_help_with_fees(
    fee: int, savings: int, income: int, more: dict[str, Any], outcome: str, pays: int
) -> None:
    """On both sides of each threshold of the sheet."""
    numbers = {"fee": fee, "savings": savings, "income": income}
    assert hwf_remission({**numbers, **more}) == {"outcome": outcome, "pays": pays}
    as_text = {**numbers, "fee": str(fee), **more}
    assert hwf_remission(as_text) == {"outcome": outcome, "pays": f"{pays}.00"}


@given(st.integers(1, 20_000), st.integers(0, 20_000), st.integers(0, 9_000))
def test_nobody_pays_more_than_the_fee_or_less_for_more_income(
    fee: int, savings: int, income: int
) -> None:
    """Whatever the numbers."""
    numbers = {"fee": fee, "savings": savings}
    less, more = (
        hwf_remission({**numbers, "income": each})["pays"] for each in (income, income + 50)
    )
    assert isinstance(less, int)
    assert isinstance(more, int)
    assert 0 <= less <= more <= fee


def test_a_plan_has_as_many_instalments_as_it_takes() -> None:
    """The last is what is left."""
    plan = CALCULATORS["plan.instalments"]
    assert plan({"balance": "100.01", "instalment_amount": "50"}) == {"times": 3, "last": "0.01"}
    given_sum = {"balance": 100, "instalment_amount": 50, "lump_sum": 100}
    assert plan(given_sum) == {"times": 0, "last": "0.00"}
    with pytest.raises(ValueError, match="above nothing"):
        plan({"balance": 1, "instalment_amount": 0})
    assert CALCULATORS.keys() == OUTPUTS.keys()


def holds(table: dict[str, Any], at: str | None = None, **given_values: Any) -> bool:
    findings = Findings(Places(""))
    read = predicate(Part(table, (), "", findings))
    assert findings.all() == ()
    return holding.holds(read, GivenAnchors(given_values, EW, at))


@pytest.mark.parametrize(
    ("table", "values", "wanted"),
    [
        ({"field": "a", "is": "x"}, {"a": "x"}, True),
        ({"field": "a", "is": "x"}, {}, False),
        ({"field": "a", "is_not": "x"}, {}, True),
        ({"field": "a", "is_not": "x"}, {"a": "x"}, False),
        ({"field": "a", "in": ["x", "y"]}, {"a": "y"}, True),
        ({"field": "a", "in": ["x", "y"]}, {"a": "z"}, False),
        ({"field": "a", "is": "y"}, {"a": ["x", "y"]}, True),
        ({"field": "a", "is": True}, {"a": "yes"}, True),
        ({"field": "a", "set": True}, {"a": 0}, True),
        ({"field": "a", "set": False}, {}, True),
        ({"field": "a", "ge": 4}, {"a": 4}, True),
        ({"field": "a", "gt": 4}, {"a": 4}, False),
        ({"field": "a", "le": 4.5}, {"a": 4}, True),
        ({"field": "a", "lt": 4}, {}, False),
        ({"field": "a", "lt": 4}, {"a": "text"}, False),
        ({"field": "a", "ge": dt.date(2026, 3, 1)}, {"a": "2026-03-01"}, True),
        ({"all": []}, {}, True),
        ({"any": []}, {}, False),
        ({"none": [{"field": "a", "set": True}]}, {"a": 1}, False),
        ({"all": [{"field": "a", "set": True}, {"field": "b", "set": True}]}, {"a": 1}, False),
        ({"any": [{"field": "a", "set": True}, {"field": "b", "set": True}]}, {"a": 1}, True),
    ],
)
def test_comparisons(table: dict[str, Any], values: dict[str, Any], wanted: bool) -> None:
    """What is empty only is not anything."""
    assert holds(table, **values) is wanted


@pytest.mark.parametrize(
    ("at", "wanted"), [("2026-03-10T23:59", False), ("2026-03-11T00:00", True)]
)
def test_a_day_has_passed_when_today_is_later(at: str, wanted: bool) -> None:
    """Today by London time."""
    assert holds({"passed": {"on": "a"}}, at, a="2026-03-10") is wanted


def test_passed_may_look_at_an_anchor_in_place_of_today() -> None:
    """Instants are compared as instants."""
    table = {"passed": {"after": "aware", "hours": 72}, "at": "told"}
    assert not holds(table, aware="2026-03-02T10:00", told="2026-03-05T10:00")
    assert holds(table, aware="2026-03-02T10:00", told="2026-03-05T10:01")
    assert not holds(table, aware="2026-03-02T10:00")
    assert not holds(table, told="2026-03-05T10:01")


WARN = """
[[item]]
id = "warning"
[[action]]
id = "warn"
from = ["first"]
records = "warning"
guard = { count = { item = "warning", status = "done", within = { months = 12 } }, is = 0 }
"""


def test_within_counts_a_period_that_begins_with_the_day_it_was_done() -> None:
    """Done 10 March: counts up to and including 9 March of the next year."""
    desk = Desk(scheme(WARN)).open("2026-03-01T09:00")
    assert not desk.do("warn", "2026-03-10T23:00")
    assert desk.do("warn", "2026-03-11T09:00") == [Code.CONDITION]
    assert desk.do("warn", "2027-03-09T23:59") == [Code.CONDITION]
    assert not desk.do("warn", "2027-03-10T00:00")
    assert list(desk.case().items) == ["warning", "warning#2"]


def test_items_that_are_cancelled_do_not_count_unless_asked_for() -> None:
    """Nor do items whose fields do not fit."""
    body = """
[[item]]
id = "a"
opens = { stage = "first" }
while = ["first"]
[[action]]
id = "one"
from = ["*"]
guard = { count = { item = "a" }, is = 1 }
[[action]]
id = "other"
from = ["*"]
guard = { count = { item = "a", status = "cancelled" }, is = 1 }
"""
    desk = Desk(scheme(body)).open()
    assert (desk.do("one"), desk.do("other")) == ([], [Code.CONDITION])
    desk.do("go")
    assert (desk.do("one"), desk.do("other")) == ([Code.CONDITION], [])


@given(st.lists(st.text(min_size=1), unique=True, max_size=30), st.integers(1, 100))
def test_a_sample_is_large_enough_and_does_not_know_the_order_of_work(
    ids: list[str], percent: int
) -> None:
    """ceil(percent x N), the same whichever way round."""
    ids = [each.encode("utf-8", "ignore").decode() for each in ids]
    ids = sorted(set(ids))
    found = sampling.sample("s", "2026-W10", percent, ids)
    assert found == sampling.sample("s", "2026-W10", percent, reversed(ids))
    assert len(found) == (percent * len(ids) + 99) // 100
    assert set(found) <= set(ids)


def test_periods_have_names_that_do_not_depend_on_the_desk() -> None:
    """ISO weeks: 1 January 2027 is in week 53 of 2026."""
    moment = dt.datetime(2027, 1, 1, 10, tzinfo=dt.UTC)
    names = [sampling.period_of(period, moment) for period in Period]
    assert names == ["2027-01-01", "2026-W53", "2027-01", "2027-Q1", "2027"]


def test_the_next_item_goes_to_who_has_least_then_waited_longest_then_by_name() -> None:
    """A suggestion only."""
    one, two = (dt.datetime(2026, 3, each, tzinfo=dt.UTC) for each in (1, 2))
    assert sampling.suggested([]) is None
    loads = [Load("c", Decimal(2), one), Load("b", Decimal(2), one), Load("a", Decimal(2), two)]
    assert sampling.suggested(loads) == "b"
    assert sampling.suggested([*loads, Load("z", Decimal(2), None)]) == "z"
    assert sampling.suggested([*loads, Load("d", Decimal(1), two)]) == "d"


def test_a_case_is_amber_within_the_soon_of_its_scheme() -> None:
    """Red on the day, overdue after it."""
    desk = Desk(scheme("")).open("2026-03-02T09:00")
    due = Due(day("2026-03-06"))
    found = [worklist.alarm(desk.facts(f"2026-03-0{each}T12:00"), due) for each in (3, 4, 6, 7)]
    assert found == [Alarm.NONE, Alarm.AMBER, Alarm.RED, Alarm.OVERDUE]
    assert worklist.alarm(desk.facts(), None) is Alarm.NONE
