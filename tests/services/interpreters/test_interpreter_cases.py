"""``deskapp rules`` on case files of the interpreter desk."""

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
from deskapp.services.rules import Answer, Difference, Malformed, interpreters
from deskapp.services.rules.cases import CaseFileError, MalformedCaseError
from tests.spoiling import spoilt

PUBLIC_CASES = Path(__file__).parents[2] / "cases" / "interpreter_cases.json"
SHEET_CASES = PUBLIC_CASES.with_name("interpreter_sheet_cases.json")

EMPTY: tuple[object, ...] = (None, {})
"""What could be taken for nothing."""


def a_file(folder: Path, *cases: object) -> Path:
    file = folder / "cases.json"
    file.write_text(json.dumps({"cases": cases}), encoding="utf-8")
    return file


def given_cases(file: Path) -> list[dict[str, Any]]:
    cases: list[dict[str, Any]] = json.loads(file.read_text(encoding="utf-8"))["cases"]
    return cases


def output(folder: Path, op: str, given: object) -> Any:
    (outcome,) = rules.run("interpreters", a_file(folder, {"id": "A", "op": op, "input": given}))
    assert isinstance(outcome, Answer), outcome
    return outcome.output


def problem(folder: Path, op: str, given: object) -> str:
    (outcome,) = rules.run("interpreters", a_file(folder, {"id": "A", "op": op, "input": given}))
    assert isinstance(outcome, Malformed), outcome
    return outcome.problem


def check(folder: Path, *cases: object) -> list[Difference | Malformed]:
    return list(rules.check("interpreters", a_file(folder, *cases)))


def test_the_public_cases_come_out_as_expected() -> None:
    """Definitions that are published, and decisions of the project."""
    assert list(rules.check("interpreters", PUBLIC_CASES)) == []


def test_cases_of_every_operation_come_out_as_the_sheet_says() -> None:
    """Worked out by hand from the text of the sheet."""
    assert list(rules.check("interpreters", SHEET_CASES)) == []


def test_every_operation_has_ten_cases() -> None:
    """One that is not tried may be wrong."""
    tried = Counter(case["op"] for case in given_cases(SHEET_CASES))
    assert tried.keys() == interpreters.OPERATIONS.keys()
    assert min(tried.values()) >= 10


@pytest.mark.parametrize("file", [PUBLIC_CASES, SHEET_CASES])
def test_every_expected_value_is_compared(file: Path, tmp_path: Path) -> None:
    """A wrong value, a missing key and a key too many are differences."""
    wrong = []
    for case in given_cases(file):
        expected = case["expected"]
        for name in expected:
            less = {key: value for key, value in expected.items() if key != name}
            wrong += [
                {**case, "id": f"{case['id']}/{name}", "expected": {**expected, name: "wrong"}},
                {**case, "id": f"{case['id']}/-{name}", "expected": less},
            ]
        wrong += [
            {**case, "id": f"{case['id']}/+{nothing}", "expected": {**expected, "more": nothing}}
            for nothing in EMPTY
        ]
    found = {difference.id for difference in check(tmp_path, *wrong)}
    assert found == {case["id"] for case in wrong}


def test_the_order_of_a_list_counts(tmp_path: Path) -> None:
    """The sheet says which."""
    (case,) = (case for case in given_cases(SHEET_CASES) if case["id"] == "interval-07")
    turned = {**case, "expected": {"errors": case["expected"]["errors"][::-1]}}
    assert len(check(tmp_path, turned)) == 1


def test_a_case_without_expected_values_is_only_run(tmp_path: Path) -> None:
    """Policy staff first look what comes out."""
    case = {key: value for key, value in given_cases(PUBLIC_CASES)[0].items() if key != "expected"}
    assert check(tmp_path, case) == []


def test_a_file_has_a_list_of_cases(tmp_path: Path) -> None:
    """Anything else is no case file of this desk."""
    file = tmp_path / "cases.json"
    file.write_text("[]", encoding="utf-8")
    with pytest.raises(CaseFileError):
        list(rules.run("interpreters", file))


def test_a_bad_case_does_not_stop_the_run(tmp_path: Path) -> None:
    """One slip in a long file must not hide what the rest gives."""
    good = given_cases(PUBLIC_CASES)[0]
    bad: list[object] = [
        None,
        {"id": ""},
        {"id": "B", "op": "interval"},
        {"id": "C", "op": "interval", "input": []},
        {"id": "D", "op": "fly", "input": {}},
        {"id": "E", "op": [], "input": {}},
        {"id": "F", "input": {}},
        good,
    ]
    outcomes = list(rules.run("interpreters", a_file(tmp_path, *bad, good)))
    assert [type(outcome) for outcome in outcomes] == [Malformed] * 7 + [Answer, Malformed]


START, END = "2026-12-01T10:00", "2026-12-01T12:00"
SPAN = {"start": START, "end": END}
BOOKING = {"id": "a", "interpreter_id": "I1", "status": "assigned", **SPAN}
SHEET = {
    "mode": "f2f",
    "booked_start": START,
    "booked_end": END,
    "arrived_at": START,
    "released_at": END,
    "signed_at": END,
}
ROW = {"status": "fulfilled", "channel": "on_contract", "start": START}
REQUEST = {"kind": "spoken", "language_code": "ron", **SPAN}


@pytest.mark.parametrize(
    ("op", "given"),
    [
        ("interval", {}),
        ("interval", {**SPAN, "end": None}),
        ("interval", {**SPAN, "end": 5}),
        ("interval", {**SPAN, "end": "2026-12-01"}),
        ("interval", {**SPAN, "end": "2026-02-30T10:00"}),
        ("interval", {**SPAN, "end": "2026-12-01T25:00"}),
        ("interval", {**SPAN, "end": "2026-12-01T10:00+01:00"}),
        ("interval", {**SPAN, "end_fold": "third"}),
        ("interval", {"start": "0001-01-01T00:00Z", "end": "9999-12-31T23:59"}),
        ("overlap", {"a": SPAN}),
        ("overlap", {"a": SPAN, "b": [START, END]}),
        ("overlap", {"a": SPAN, "b": {**SPAN, "end": "2026-03-29T01:30"}}),
        ("conflicts", {"existing": []}),
        ("conflicts", {"candidate": {**BOOKING, "status": "asleep"}}),
        ("conflicts", {"candidate": {**BOOKING, "mode": "letter"}}),
        ("conflicts", {"candidate": BOOKING, "existing": [{}]}),
        ("conflicts", {"candidate": BOOKING, "existing": {}}),
        ("conflicts", {"candidate": BOOKING, "settings": {"travel": {"A|B": "x"}}}),
        ("conflicts", {"candidate": BOOKING, "unavailability": [{"id": "U"}]}),
        ("conflicts", {"candidate": {**BOOKING, "start": "2026-10-25T01:30"}}),
        ("validate", {"now": START}),
        ("validate", {"booking": REQUEST}),
        ("validate", {"now": START, "booking": {**REQUEST, "kind": "sung"}}),
        ("validate", {"now": START, "booking": {**REQUEST, "interpreters": "2"}}),
        ("validate", {"now": START, "booking": {**REQUEST, "language_code": 5}}),
        ("validate", {"now": START, "booking": REQUEST, "settings": {"bank_holidays": [1]}}),
        ("validate", {"now": START, "booking": REQUEST, "settings": {"minimum_minutes": {"x": 1}}}),
        ("cancel_class", {"start": START}),
        ("cancel_class", {"start": START, "cancelled_at": START, "policy": {"cutoff_time": "x"}}),
        (
            "cancel_class",
            {"start": START, "cancelled_at": START, "policy": {"working_days_before": 999_999}},
        ),
        ("timesheet", {**SHEET, "mode": "letter"}),
        ("timesheet", {**SHEET, "arrived_at": None}),
        ("timesheet", {**SHEET, "breaks": [{"start": START}]}),
        ("timesheet", {**SHEET, "breaks": "none"}),
        ("stats", {"from": "2026-11-01", "bookings": []}),
        ("stats", {"from": "2026-11-01", "to": "x", "bookings": []}),
        ("stats", {"from": "2026-11-01", "to": "2026-11-30", "bookings": [{**ROW, "count": -1}]}),
        ("stats", {"from": "2026-11-01", "to": "2026-11-30", "bookings": [{**ROW, "count": 1.5}]}),
        ("stats", {"from": "2026-11-01", "to": "2026-11-30", "bookings": [{"status": "draft"}]}),
        ("stats", {"from": "2026-11-01", "to": "2026-11-30", "bookings": [], "top": "two"}),
        ("sync", {"centre": [BOOKING], "pushes": [BOOKING]}),
        ("sync", {"centre": [{**BOOKING, "start": None}], "pushes": []}),
        ("sync", {"centre": [{**BOOKING, "conflict": {"code": "BORED"}}], "pushes": []}),
        ("expand", {**SPAN, "freq": "weekly", "count": 100_000}),
        ("expand", {**SPAN, "freq": "daily", "count": 1}),
        ("expand", {**SPAN, "freq": "weekly"}),
        (
            "expand",
            {
                "start": "2026-03-22T01:30",
                "end": "2026-03-22T03:00",
                "freq": "weekly",
                "count": 2,
            },
        ),
        ("transition", {"from": "draft", "event": ["send"]}),
        ("transition", {"from": "draft", "event": "send", "role": "king"}),
    ],
)
def test_a_case_that_cannot_be_worked_out_says_what_to_put_right(
    tmp_path: Path, op: str, given: dict[str, Any]
) -> None:
    """Whoever wrote it must find the place; the run goes on."""
    assert problem(tmp_path, op, given)


def test_what_a_case_leaves_out_is_as_it_ships(tmp_path: Path) -> None:
    """Two hours face to face, three working days, thirty minutes, the day before at ten."""
    found = output(
        tmp_path,
        "validate",
        {"now": "2026-11-27T09:00", "booking": {**REQUEST, "end": "2026-12-01T11:59"}},
    )
    assert found == {"errors": [], "warnings": ["W_BELOW_MINIMUM", "W_SHORT_NOTICE"]}
    christmas = {"start": "2026-12-29T10:00", "cancelled_at": "2026-12-24T10:00"}
    assert output(tmp_path, "cancel_class", christmas)["cutoff"] == "2026-12-24T10:00"
    sheet = output(tmp_path, "timesheet", {**SHEET, "released_at": "2026-12-01T10:30"})
    assert sheet["charge_minutes"] == 120


def test_a_time_may_be_given_in_utc(tmp_path: Path) -> None:
    """Both of those that the clocks show alike."""
    times = {"start": "2026-10-25T00:30Z", "end": "2026-10-25T01:30Z"}
    assert output(tmp_path, "interval", times)["minutes"] == 60


def test_a_mark_of_the_centre_stays_until_something_new_is_pushed(tmp_path: Path) -> None:
    """Both courts must see it."""
    mark = {"code": "DOUBLE_BOOKED", "with": ["z"]}
    lost = {**BOOKING, "status": "requested", "interpreter_id": None, "conflict": mark}
    (row,) = output(tmp_path, "sync", {"centre": [lost], "pushes": [[]]})["bookings"]
    assert row["conflict"] == mark
    again = {key: value for key, value in lost.items() if key != "conflict"}
    (row,) = output(tmp_path, "sync", {"centre": [lost], "pushes": [[again]]})["bookings"]
    assert row["conflict"] == mark


@settings(deadline=None, max_examples=300)
@given(st.data())
def test_whatever_a_case_holds_the_run_goes_on(data: st.DataObject) -> None:
    """It gives an answer or says what to put right, and never stops."""
    case = data.draw(st.sampled_from(given_cases(SHEET_CASES)))
    (line,) = interpreters.lines({"cases": [{**case, "input": spoilt(case["input"], data)}]})
    with contextlib.suppress(MalformedCaseError, OverflowError):
        json.dumps(line.work())
