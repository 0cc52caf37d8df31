"""``deskapp rules`` on case files of the jury desk."""

from __future__ import annotations

import contextlib
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskapp.services import rules
from deskapp.services.rules import Answer, Difference, Malformed, jury
from deskapp.services.rules.cases import CaseFileError, MalformedCaseError
from tests.spoiling import spoilt

PUBLIC_CASES = Path(__file__).parents[2] / "cases" / "jury_cases.json"
SHEET_CASES = PUBLIC_CASES.with_name("jury_sheet_cases.json")


def a_file(folder: Path, *cases: object) -> Path:
    file = folder / "cases.json"
    file.write_text(json.dumps(cases), encoding="utf-8")
    return file


def given_cases(file: Path) -> list[dict[str, Any]]:
    cases: list[dict[str, Any]] = json.loads(file.read_text(encoding="utf-8"))
    return cases


def output(folder: Path, **inputs: Any) -> Any:
    (outcome,) = rules.run("jury", a_file(folder, {"id": "A", "inputs": inputs}))
    assert isinstance(outcome, Answer), outcome
    return outcome.output


def problem(folder: Path, **inputs: Any) -> str:
    (outcome,) = rules.run("jury", a_file(folder, {"id": "A", "inputs": inputs}))
    assert isinstance(outcome, Malformed), outcome
    return outcome.problem


def test_the_public_cases_come_out_as_expected() -> None:
    """They were taken from the tests of the system that courts use."""
    assert list(rules.check("jury", PUBLIC_CASES)) == []


def test_cases_of_every_kind_come_out_as_the_sheet_says() -> None:
    """Worked out by hand from the text of the sheet."""
    assert list(rules.check("jury", SHEET_CASES)) == []


def test_every_kind_has_ten_cases() -> None:
    """A kind that is not tried may be wrong."""
    given = json.loads(SHEET_CASES.read_text(encoding="utf-8"))
    tried = Counter(case["inputs"]["kind"] for case in given)
    assert tried.keys() == jury.KINDS.keys()
    assert min(tried.values()) >= 10


@pytest.mark.parametrize("file", [PUBLIC_CASES, SHEET_CASES])
def test_every_expected_value_is_compared(file: Path, tmp_path: Path) -> None:
    """A check that cannot fail proves nothing."""
    given = json.loads(file.read_text(encoding="utf-8"))
    wrong = [
        {**case, "id": f"{case['id']}/{name}", "expected": {**case["expected"], name: "wrong"}}
        for case in given
        for name in case["expected"]
    ]
    found = {difference.id for difference in rules.check("jury", a_file(tmp_path, *wrong))}
    assert found == {case["id"] for case in wrong}


def test_items_that_would_be_too_low_may_stand_in_any_order(tmp_path: Path) -> None:
    """The sheet says so."""
    inputs = {
        "kind": "due_vs_paid",
        "stage": "EXPENSE_AUTHORISED",
        "paid": {"car": "1.00", "taxi": "1.00"},
        "due": {},
    }
    cases = [
        {"id": str(number), "inputs": inputs, "expected": {"items": items}}
        for number, items in enumerate((["taxi", "total", "car"], ["car", "taxi", "total"]))
    ]
    assert list(rules.check("jury", a_file(tmp_path, *cases))) == []
    less = {"id": "less", "inputs": inputs, "expected": {"items": ["car", "taxi"]}}
    (difference,) = rules.check("jury", a_file(tmp_path, less))
    assert isinstance(difference, Difference)


def test_a_file_is_a_list(tmp_path: Path) -> None:
    """Anything else is no case file of this desk."""
    file = tmp_path / "cases.json"
    file.write_text('{"list": []}', encoding="utf-8")
    with pytest.raises(CaseFileError):
        list(rules.run("jury", file))


def test_a_bad_case_does_not_stop_the_run(tmp_path: Path) -> None:
    """One slip in a long file must not hide what the rest gives."""
    good = json.loads(PUBLIC_CASES.read_text(encoding="utf-8"))[0]
    bad: list[object] = [
        None,
        {"id": ""},
        {"id": "B", "inputs": None},
        {"id": "C", "inputs": []},
        {"id": "D", "inputs": {"kind": "no such"}},
        {"id": "E", "inputs": {"kind": {}}},
        {"id": "F", "inputs": {}},
        good,
    ]
    outcomes = list(rules.run("jury", a_file(tmp_path, *bad, good)))
    assert [type(outcome) for outcome in outcomes] == [Malformed] * 7 + [Answer, Malformed]


DAY = {"kind": "day_expense", "service_day": 1, "pay_attendance": "FULL_DAY"}
STEP = {
    "kind": "attendance_step",
    "today": "2025-03-12",
    "juror_status": 2,
    "record": None,
    "action": {"op": "check_in", "date": "2025-03-12", "time": "09:00"},
}


@pytest.mark.parametrize(
    "wrong",
    [
        {"service_day": 0},
        {"service_day": True},
        {"service_day": "1"},
        {"pay_attendance": None},
        {"pay_attendance": "WHOLE_DAY"},
        {"pay_attendance": 1},
        {"loss_of_earnings": "NaN"},
        {"loss_of_earnings": "-0.01"},
        {"loss_of_earnings": "1e999"},
        {"loss_of_earnings": "1000000.01"},
        {"loss_of_earnings": "ten"},
        {"loss_of_earnings": True},
        {"loss_of_earnings": ["1"]},
        {"smart_card": "-1.00"},
        {"travel": []},
        {"travel": {"miles": "5"}},
        {"travel": {"miles": 5.5}},
        {"travel": {"miles": -1}},
        {"travel": {"car": "yes"}},
        {"rates": "summer"},
        {"rates": {"tea": "1.00"}},
        {"rates": {"car_per_mile": "-1"}},
        {"rates": {"car_per_mile": None}},
        {"rates": []},
        {"food_and_drink": "LUNCH"},
        {"day_kind": "holiday"},
        {"time_in": "09:00"},
        {"time_in": "25:00", "time_out": "26:00"},
        {"time_in": "09:00", "time_out": "10:60"},
        {"time_in": "09:00", "time_out": "٠٩:٣٠"},
        {"time_in": "09:00", "time_out": "10:00", "travel_time": "24:00"},
    ],
)
def test_a_day_that_cannot_be_worked_out_says_what_to_put_right(
    tmp_path: Path, wrong: dict[str, Any]
) -> None:
    """Whoever wrote the case must find the place."""
    assert problem(tmp_path, **{**DAY, **wrong})


@pytest.mark.parametrize(
    "wrong",
    [
        {"today": "2025-02-30"},
        {"today": None},
        {"juror_status": 14},
        {"juror_status": "2"},
        {"action": None},
        {"action": {"op": "fly"}},
        {"action": {"op": "check_in", "date": "2025-03-12"}},
        {"action": {"op": "check_in", "time": "09:00"}},
        {"record": {"stage": "SLEEPING"}},
        {"record": "CHECKED_IN"},
        {"on_call": 1},
        {"juror_status": None, "action": {"op": "check_out", "date": "2025-03-12", "time": "9:00"}},
        {
            "record": {"stage": "EXPENSE_ENTERED"},
            "action": {"op": "modify_confirmed", "date": "2025-03-12"},
        },
        {
            "action": {"op": "check_in", "date": "9999-12-31", "time": "09:00"},
            "today": "9999-12-31",
        },
    ],
)
def test_a_step_that_cannot_be_taken_says_what_to_put_right(
    tmp_path: Path, wrong: dict[str, Any]
) -> None:
    """The run goes on."""
    assert problem(tmp_path, **{**STEP, **wrong})


@pytest.mark.parametrize(
    "inputs",
    [
        {"kind": "smart_card_apportion", "amount": "1.00", "dates": []},
        {"kind": "smart_card_apportion", "amount": "1.00", "dates": ["2025-01-01"] * 2},
        {"kind": "smart_card_apportion", "amount": "1.00", "dates": [1]},
        {"kind": "service_bands", "records": [1], "ask": []},
        {"kind": "service_bands", "records": [], "ask": "2025-01-01"},
        {"kind": "due_vs_paid", "stage": "EXPENSE_ENTERED", "paid": {"tea": "1.00"}, "due": {}},
        {"kind": "due_vs_paid", "paid": {}, "due": {}},
        {"kind": "approval", "approver": {"name": 1}, "claim": {}},
        {"kind": "rates_by_date", "rate_rows": [{"full_standard": "1.00"}], "dates": []},
        {"kind": "rates_by_date", "rate_rows": [], "dates": [None]},
        {"kind": "confirm_day", "court": "415", "date": "2025-03-12", "jurors": [{"number": "1"}]},
        {"kind": "deferral", "decision": "PERHAPS"},
        {"kind": "deferral", "decision": "GRANT", "new_date": "2025-03-12"},
    ],
)
def test_a_case_of_another_kind_that_cannot_be_worked_out_says_so(
    tmp_path: Path, inputs: dict[str, Any]
) -> None:
    """The same for every kind."""
    assert problem(tmp_path, **inputs)


def test_a_rate_set_of_a_case_differs_only_in_what_it_names(tmp_path: Path) -> None:
    """The rest is standard."""
    day = output(tmp_path, **DAY, rates={"full_long": "1.00"}, loss_of_earnings="70.00")
    assert day["limit"] == "64.95"


@settings(deadline=None, max_examples=300)
@given(st.data())
def test_whatever_a_case_holds_the_run_goes_on(data: st.DataObject) -> None:
    """It gives an answer or says what to put right, and never stops."""
    case = data.draw(st.sampled_from(given_cases(SHEET_CASES)))
    (line,) = jury.lines([{"id": "A", "inputs": spoilt(case["inputs"], data)}])
    with contextlib.suppress(MalformedCaseError, OverflowError):
        json.dumps(line.work())
