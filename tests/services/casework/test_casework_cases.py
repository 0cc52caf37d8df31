"""``deskapp rules`` on case files of casework."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from deskapp.services import rules
from deskapp.services.rules import Answer, Difference, Malformed
from deskapp.services.rules.cases import CaseFileError

PUBLIC_CASES = Path(__file__).parents[2] / "cases" / "casework_cases.json"
SHEET_CASES = PUBLIC_CASES.with_name("casework_sheet_cases.json")
MORE_CASES = PUBLIC_CASES.with_name("casework_more_cases.json")


def a_file(folder: Path, *cases: object) -> Path:
    file = folder / "cases.json"
    file.write_text(json.dumps({"cases": cases}), encoding="utf-8")
    return file


def output(folder: Path, **case: Any) -> Any:
    (outcome,) = rules.run("casework", a_file(folder, {"id": "A", **case}))
    assert isinstance(outcome, Answer), outcome
    return outcome.output


def problem(folder: Path, **case: Any) -> str:
    (outcome,) = rules.run("casework", a_file(folder, {"id": "A", **case}))
    assert isinstance(outcome, Malformed)
    return outcome.problem


def test_the_public_cases_come_out_as_expected() -> None:
    """They were worked out by hand from the sheet."""
    assert list(rules.check("casework", PUBLIC_CASES)) == []


def test_cases_of_every_kind_come_out_as_the_sheets_say() -> None:
    """Worked out by hand from the text of both sheets, scheme by scheme."""
    assert list(rules.check("casework", SHEET_CASES)) == []


def test_cases_where_counting_and_folding_go_wrong_come_out_right() -> None:
    """Clock changes, month ends, several desks, second entries; also worked out by hand."""
    assert list(rules.check("casework", MORE_CASES)) == []


def changed(number: int, **changes: Any) -> Any:
    case = json.loads(PUBLIC_CASES.read_text(encoding="utf-8"))["cases"][number]
    return {**case, **changes}


@pytest.mark.parametrize(
    ("number", "expect"),
    [
        (0, "2026-06-23"),
        (0, None),
        (5, {"stage": "completed"}),
        (5, {"children": {"s1": {"items": {"release": {"due": "2026-05-06"}}}}}),
        (5, {"items": {"psr": None}}),
        (5, {"conflicts": 1}),
        (6, {"items": {"c2": {"status": "open"}}}),
    ],
)
def test_a_wrong_expectation_is_a_difference(tmp_path: Path, number: int, expect: Any) -> None:
    """A check that cannot fail proves nothing."""
    found = list(rules.check("casework", a_file(tmp_path, changed(number, expect=expect))))
    assert len(found) == 1


def test_a_refusal_that_does_not_come_and_one_that_was_not_expected_are_differences(
    tmp_path: Path,
) -> None:
    """Both ways round, or a script could pass with nothing done."""
    case = changed(6)
    del case["steps"][5]["refused"]
    (found,) = rules.check("casework", a_file(tmp_path, case))
    assert found == Difference(case["id"], "refused.6", None, "items")
    case = changed(6)
    case["steps"][0]["refused"] = "role"
    (found,) = rules.check("casework", a_file(tmp_path, case))
    assert found == Difference(case["id"], "refused.1", "role", None)


def test_running_never_looks_at_what_is_expected(tmp_path: Path) -> None:
    """Otherwise a case could only ever confirm itself."""
    case = changed(6, expect={"stage": "nowhere"})
    for step in case["steps"]:
        step["refused"] = "note"
    (lied,) = rules.run("casework", a_file(tmp_path, case))
    assert isinstance(lied, Answer)
    assert lied.output["stage"] == "complied"
    assert lied.output["refused"] == {"6": "items"}


def test_a_case_without_expectation_gives_no_difference(tmp_path: Path) -> None:
    """A file may be kept to be run only."""
    case = changed(0)
    del case["expect"]
    assert list(rules.check("casework", a_file(tmp_path, case))) == []


def test_a_rule_whose_anchor_is_empty_has_no_date(tmp_path: Path) -> None:
    """It is null, not a fault."""
    assert output(tmp_path, kind="rule", rule={"after": "x", "days": 1}, anchors={}) is None


def test_an_anchor_may_be_a_rule_itself(tmp_path: Path) -> None:
    """Derived fields are anchors too."""
    anchors = {"a": {"on": "b", "snap": "month_start"}, "b": "2026-03-17"}
    found = output(tmp_path, kind="rule", rule={"before": "a", "weeks": 16}, anchors=anchors)
    assert found == "2025-11-09"


def test_a_series_is_a_list_of_dates(tmp_path: Path) -> None:
    """Month ends do not drift, and the end is inclusive."""
    item = {"every": {"months": 1}, "from": "a", "first": 0, "until": "z"}
    anchors = {"a": "2026-01-31", "z": "2026-04-30"}
    found = output(tmp_path, kind="series", item=item, anchors=anchors, n=9)
    assert found == ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"]


def test_offline_steps_are_folded_in_by_time_and_conflict_without_effect(tmp_path: Path) -> None:
    """Both desks accepted what they did; the later one is kept as a conflict."""
    case = changed(7)
    case["steps"] = case["steps"][:3]
    case["steps"] += [
        {"at": "2026-03-03T10:10", "by": "tom", "do": "check"},
        {
            "at": "2026-03-03T10:05",
            "by": "amy",
            "do": "withdraw",
            "note": "not wanted",
            "offline": True,
            "device": "d2",
        },
    ]
    (outcome,) = rules.run("casework", a_file(tmp_path, case))
    assert isinstance(outcome, Answer)
    assert outcome.output["stage"] == "withdrawn"
    assert outcome.output["conflicts"] == 1
    assert outcome.output["refused"] == {}


def test_samples_are_in_hash_order_within_each_group(tmp_path: Path) -> None:
    """The same on every machine."""
    given = {"what": "sample", "scheme": "s", "period": "2026-W10", "percent": 20}
    ids = [f"i{n}" for n in range(11)]
    flat = output(tmp_path, kind="pick", input={**given, "items": ids})
    assert len(flat) == 3
    again = output(tmp_path, kind="pick", input={**given, "items": {"amy": ids[::-1], "bob": []}})
    assert again == {"amy": flat, "bob": []}


def test_allocation_and_item_ids_are_picks(tmp_path: Path) -> None:
    """The least to do, then the longest without."""
    people = [
        {"name": "bob", "weights": [1, 2], "last": "2026-03-01"},
        {"name": "amy", "weights": [3], "last": "2026-02-01"},
        {"name": "cat", "weights": [4]},
    ]
    assert output(tmp_path, kind="pick", input={"what": "allocate", "people": people}) == "amy"
    given = {"what": "item_id", "case": "8d1c0f3e-0000-4000-8000-000000000001", "item": "psr"}
    first = output(tmp_path, kind="pick", input=given)
    assert first == output(tmp_path, kind="pick", input={**given, "occurrence": 1})
    assert first != output(tmp_path, kind="pick", input={**given, "occurrence": 2})


@pytest.mark.parametrize(
    "case",
    [
        {},
        {"kind": "x"},
        {"kind": []},
        {"kind": "rule", "rule": "x"},
        {"kind": "rule", "rule": {"after": "a", "fortnights": 1}, "anchors": {}},
        {"kind": "rule", "rule": {"after": "a", "days": 1}, "anchors": []},
        {"kind": "rule", "rule": {"on": "a"}, "anchors": {"a": {"on": "b"}, "b": {"on": "a"}}},
        {"kind": "rule", "rule": {"after": "a", "years": 9999}, "anchors": {"a": "2026-01-01"}},
        {"kind": "series", "item": {"from": "a"}, "anchors": {}, "n": 2},
        {"kind": "series", "item": {"every": {"days": 0}, "from": "a"}, "anchors": {}, "n": 2},
        {"kind": "calc", "calculator": "os.system", "input": {}},
        {"kind": "calc", "calculator": "fines.weekly", "input": {}},
        {"kind": "pick", "input": {"what": "all"}},
        {"kind": "pick", "input": {"what": "item_id", "case": "x", "item": "y"}},
        {"kind": "script", "scheme": "isc", "steps": {}, "at": "2026-01-01T10:00"},
        {"kind": "script", "scheme": "isc", "steps": [7], "at": "2026-01-01T10:00"},
        {"kind": "script", "scheme": "isc", "steps": [], "at": "2026-01-01T10:00"},
    ],
)
def test_a_malformed_case_is_reported(tmp_path: Path, case: dict[str, Any]) -> None:
    """The run goes on after it."""
    assert problem(tmp_path, **case)


@pytest.mark.parametrize("content", ["[]", "{}", '{"cases": 1}'])
def test_a_file_without_cases_is_refused(tmp_path: Path, content: str) -> None:
    """It is the file that is wrong, not a case."""
    file = tmp_path / "cases.json"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(CaseFileError):
        list(rules.run("casework", file))
