"""``deskapp rules`` on case files of the complaints desk."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from deskapp.errors import Exit, NotFoundError
from deskapp.services import rules
from deskapp.services.rules import Answer, Difference, Malformed
from deskapp.services.rules.cases import CaseFileError, Line

CASES_FOLDER = Path(__file__).parents[1] / "cases"
PUBLIC_CASES = CASES_FOLDER / "complaint_deadlines.json"
OWN_CASES = CASES_FOLDER / "complaint_deadlines_own.json"

Case = dict[str, Any]


def a_case(**changes: Any) -> Case:
    """A plain case, due on 23 June 2025; ``None`` takes a field out."""
    case = {
        "id": "A1",
        "received_at": "2025-06-09T10:00:00+01:00",
        "nation": "england-and-wales",
        "target_working_days": 10,
    } | changes
    return {name: value for name, value in case.items() if value is not None}


def a_file(folder: Path, content: object) -> Path:
    file = folder / "cases.json"
    file.write_text(json.dumps(content), encoding="utf-8")
    return file


def run(folder: Path, content: object) -> list[rules.Outcome]:
    return list(rules.run("complaints", a_file(folder, content)))


def check(folder: Path, content: object) -> list[Difference | Malformed]:
    return list(rules.check("complaints", a_file(folder, content)))


def problem(folder: Path, content: object) -> str:
    (outcome,) = run(folder, content)
    assert isinstance(outcome, Malformed)
    return outcome.problem


# The public cases


def test_the_public_cases_come_out_as_expected() -> None:
    """They were worked out by hand from the published targets."""
    assert list(rules.check("complaints", PUBLIC_CASES)) == []


def test_our_own_cases_come_out_as_counted_by_hand() -> None:
    """Midnight, clock changes, substitute days, Christmas and both ends of the list."""
    assert list(rules.check("complaints", OWN_CASES)) == []
    assert len(list(rules.run("complaints", OWN_CASES))) == 41


def test_the_public_cases_give_one_line_each() -> None:
    """Cases first, then the rows of timeliness, numbered within their case."""
    outcomes = list(rules.run("complaints", PUBLIC_CASES))
    ids = [outcome.id for outcome in outcomes]
    assert ids == ["P1", "P2", "P3", "P4", "P5", "P6", "P1/1", "P1/2"]
    assert json.loads(outcomes[1].line()) == {
        "id": "P2",
        "output": {
            "received_date": "2026-03-27",
            "day_1": "2026-03-30",
            "due_date": "2026-04-14",
            "provisional": False,
        },
    }
    assert json.loads(outcomes[7].line()) == {
        "id": "P1/2",
        "output": {"on_time": False, "working_days_taken": 11},
    }


@pytest.mark.parametrize(
    ("block", "name", "wrong"),
    [
        ("cases", "expected_received_date", "2025-06-08"),
        ("cases", "expected_day_1", "2025-06-09"),
        ("cases", "expected_due_date", "2025-06-20"),
        ("timeliness", "expected_on_time", False),
        ("timeliness", "expected_on_time", 1),
        ("timeliness", "expected_working_days_taken", 11),
    ],
)
def test_a_wrong_expectation_is_a_difference(
    tmp_path: Path, block: str, name: str, wrong: object
) -> None:
    """A check that cannot fail proves nothing."""
    content = json.loads(PUBLIC_CASES.read_text(encoding="utf-8"))
    right = content[block][0][name]
    content[block][0][name] = wrong
    line_id = {"cases": "P1", "timeliness": "P1/1"}[block]
    value = name.removeprefix("expected_")
    assert check(tmp_path, content) == [Difference(line_id, value, wrong, right)]


def test_a_difference_reads_as_a_sentence() -> None:
    """It is printed on a terminal, whatever the file holds."""
    difference = Difference("P\x1b[2J1", "due_date", "2025-06-20", "2025-06-23")
    assert difference.line() == ('P[2J1 due_date: expected "2025-06-20", found "2025-06-23"')


def test_an_expectation_of_something_that_does_not_come_out_is_a_difference(
    tmp_path: Path,
) -> None:
    """A slip in the name must not pass as a check."""
    content = {"cases": [a_case(expected_due="2025-06-23")]}
    assert check(tmp_path, content) == [Difference("A1", "due", "2025-06-23", None)]


def test_running_never_looks_at_what_is_expected(tmp_path: Path) -> None:
    """Otherwise a case could only ever confirm itself."""
    plain = {
        "cases": [a_case()],
        "timeliness": [{"case": "A1", "responded_at": "2025-06-10T09:00Z"}],
    }
    hinted = {
        "expectations": {"known_to": "2020-01-01"},
        "cases": [a_case(expected_due_date=["x"], expect={"id": "B"}, expected_problem="y")],
        "timeliness": [
            {"case": "A1", "responded_at": "2025-06-10T09:00Z", "expected_on_time": "never"}
        ],
    }
    assert run(tmp_path, hinted) == run(tmp_path, plain)


def test_no_rules_are_shown_what_is_expected(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is taken out at every depth before the rules of a desk get the file."""

    def echo(content: Any) -> list[Line]:
        return [Line("A1", lambda: content)]

    monkeypatch.setitem(rules.DOMAINS, "echo", echo)
    content = {"expect": 1, "steps": [{"at": "x", "expect": {"a": 1}}, [{"expected_b": 2}]]}
    (outcome,) = rules.run("echo", a_file(tmp_path, content))
    assert outcome == Answer("A1", {"steps": [{"at": "x"}, [{}]]})


def test_nested_expectations_are_compared_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a case does not name is free."""

    def answer(content: Any) -> list[Line]:
        return [Line("A1", lambda: {"fields": {"a": 1, "b": 2}, "stage": "x"}, content)]

    monkeypatch.setitem(rules.DOMAINS, "answer", answer)
    file = a_file(tmp_path, {"fields": {"a": 1, "b": 3}})
    assert list(rules.check("answer", file)) == [Difference("A1", "fields.b", 3, 2)]


# The end of the known calendar


def provisional(outcome: rules.Outcome) -> bool:
    assert isinstance(outcome, Answer)
    found = outcome.output["provisional"]
    assert isinstance(found, bool)
    return found


@pytest.mark.parametrize(
    ("known_to", "expected"),
    [("2025-06-23", False), ("2025-06-22", True), ("2025-01-01", True)],
)
def test_horizon_cases_take_known_to_from_the_file(
    tmp_path: Path, known_to: str, expected: bool
) -> None:
    """On the day itself the date is firm, beyond it provisional."""
    content = {
        "cases": [a_case(id="A1")],
        "horizon": {"known_to": known_to, "cases": [a_case(id="H1")]},
    }
    plain, late = run(tmp_path, content)
    assert (plain.id, late.id) == ("A1", "H1")
    assert (provisional(plain), provisional(late)) == (False, expected)


def test_known_to_may_stand_beside_the_blocks_or_in_the_case(tmp_path: Path) -> None:
    """The nearest one counts; plain cases keep the shipped calendar."""
    content = {
        "known_to": "2025-06-20",
        "cases": [a_case(id="A1"), a_case(id="A2", known_to="2025-06-20")],
        "horizon": {"cases": [a_case(id="H1"), a_case(id="H2", known_to="2025-06-30")]},
    }
    assert [provisional(outcome) for outcome in run(tmp_path, content)] == [
        False,
        True,
        True,
        False,
    ]


def test_a_file_cannot_know_more_than_the_shipped_calendar(tmp_path: Path) -> None:
    """A date beyond the list is never firm, whatever the file claims."""
    late = a_case(received_at="2029-03-01T10:00:00+00:00")
    content = {"horizon": {"known_to": "2035-12-31", "cases": [late]}}
    assert [provisional(outcome) for outcome in run(tmp_path, content)] == [True]


@pytest.mark.parametrize("known_to", [None, "soon", "2026-02-30", 2026])
def test_a_horizon_without_a_real_date_is_malformed(tmp_path: Path, known_to: object) -> None:
    """Without it the case would quietly be worked out with another calendar."""
    content = {"horizon": {"known_to": known_to, "cases": [a_case()]}}
    assert "known_to" in problem(tmp_path, content)
    del content["horizon"]["known_to"]
    assert "known_to" in problem(tmp_path, content)


# Malformed cases


@pytest.mark.parametrize("field", ["received_at", "nation", "target_working_days"])
def test_a_case_without_a_needed_field_is_malformed(tmp_path: Path, field: str) -> None:
    """Nothing is guessed."""
    assert problem(tmp_path, {"cases": [a_case(**{field: None})]}) == f"{field} is missing."


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("received_at", "2025-06-09T10:00:00"),
        ("received_at", "2025-06-09"),
        ("received_at", "2025-06-31T10:00:00+01:00"),
        ("received_at", "2025-06-09T25:00:00+01:00"),
        ("received_at", "yesterday"),
        ("received_at", ""),
        ("received_at", 1749459600),
        ("received_at", ["2025-06-09T10:00:00+01:00"]),
        ("nation", "wales"),
        ("nation", "England-and-Wales"),
        ("nation", ""),
        ("nation", ["scotland"]),
        ("nation", 1),
        ("target_working_days", 0),
        ("target_working_days", -10),
        ("target_working_days", True),
        ("target_working_days", 10.0),
        ("target_working_days", "10"),
        ("target_working_days", 10**30),
        ("target_working_days", 5_001),
        ("target_working_days", [10]),
    ],
)
def test_a_value_that_cannot_be_used_is_named(tmp_path: Path, field: str, value: object) -> None:
    """The tester must know what to put right."""
    assert problem(tmp_path, {"cases": [a_case(**{field: value})]}).startswith(field)


@pytest.mark.parametrize("received_at", ["9999-12-31T10:00:00+00:00", "0001-01-01T00:00:00+14:00"])
def test_a_date_beyond_all_calendars_is_malformed(tmp_path: Path, received_at: str) -> None:
    """It is a slip of the file, not a fault of deskapp."""
    assert "9999" in problem(tmp_path, {"cases": [a_case(received_at=received_at)]})


@pytest.mark.parametrize("case", [None, 7, "A1", [], {}, a_case(id=None), a_case(id=7)])
def test_a_case_without_an_id_is_named_by_its_place(tmp_path: Path, case: object) -> None:
    """The places are counted from 1, as people count."""
    outcome = run(tmp_path, {"cases": [a_case(), case]})[1]
    assert isinstance(outcome, Malformed)
    assert outcome.id == "cases[2]"


def test_the_run_goes_on_after_a_malformed_case(tmp_path: Path) -> None:
    """One slip must not hide the other answers."""
    bad = a_case(id="A1", nation="wales")
    first, second = run(tmp_path, {"cases": [bad, a_case(id="A2")]})
    assert json.loads(first.line()) == {
        "id": "A1",
        "problem": "nation must be one of: england-and-wales, scotland, northern-ireland.",
    }
    assert isinstance(second, Answer)


def test_the_second_case_with_an_id_is_malformed(tmp_path: Path) -> None:
    """Timeliness rows and readers could not tell them apart; the first one counts."""
    content = {
        "cases": [a_case(), a_case(target_working_days=1)],
        "timeliness": [{"case": "A1", "responded_at": "2025-06-23T09:00:00+01:00"}],
        "horizon": {"known_to": "2025-01-01", "cases": [a_case(target_working_days=2)]},
    }
    first, second, row, late = run(tmp_path, content)
    assert isinstance(first, Answer)
    assert isinstance(second, Malformed)
    assert row == Answer("A1/1", {"on_time": True, "working_days_taken": 10})
    assert isinstance(late, Malformed)


@pytest.mark.parametrize(
    ("row", "line_id"),
    [
        ({"case": "A1"}, "A1/1"),
        ({"case": "A1", "responded_at": "2025-06-23T09:00:00"}, "A1/1"),
        ({"case": "A1", "responded_at": "2025-06-09T09:59:59+01:00"}, "A1/1"),
        ({"case": "B9", "responded_at": "2025-06-23T09:00:00+01:00"}, "B9/1"),
        ({"case": ["A1"]}, "timeliness[1]"),
        ({"responded_at": "2025-06-23T09:00:00+01:00"}, "timeliness[1]"),
        ("A1", "timeliness[1]"),
    ],
)
def test_a_row_that_cannot_be_used_is_malformed(tmp_path: Path, row: object, line_id: str) -> None:
    """A reply before the receipt is a slip as well."""
    outcome = run(tmp_path, {"cases": [a_case()], "timeliness": [row]})[1]
    assert isinstance(outcome, Malformed)
    assert outcome.id == line_id


def test_rows_are_numbered_within_their_case(tmp_path: Path) -> None:
    """Rows of other cases in between, and malformed ones, do not disturb the numbers."""
    reply = "2025-06-23T09:00:00+01:00"
    content = {
        "cases": [a_case(id="A1"), a_case(id="A2")],
        "timeliness": [
            {"case": "A1"},
            {"case": "A2", "responded_at": reply},
            {"case": "A1", "responded_at": reply},
        ],
    }
    assert [outcome.id for outcome in run(tmp_path, content)[2:]] == ["A1/1", "A2/1", "A1/2"]


def test_checking_reports_malformed_cases_too(tmp_path: Path) -> None:
    """A case that could not be checked has not passed."""
    content = {"cases": [a_case(nation="wales", expected_due_date="2025-06-23")]}
    (finding,) = check(tmp_path, content)
    assert isinstance(finding, Malformed)


def test_no_answer_carries_anything_a_terminal_obeys(tmp_path: Path) -> None:
    """The ids come from a file that somebody sent."""
    hostile = "\x1b]0;x\x07\x9b\u202e\ud800"
    good, bad = run(tmp_path, {"cases": [a_case(id=hostile), a_case(id=f"{hostile}!", nation=1)]})
    for outcome in (good, bad):
        assert outcome.line().isascii()
        assert outcome.line().isprintable()
    assert json.loads(good.line())["id"] == hostile


# Files


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """Before anything is printed."""
    with pytest.raises(NotFoundError, match=r"none\.json") as refused:
        rules.run("complaints", tmp_path / "none.json")
    assert refused.value.exit_code is Exit.NO_INPUT
    with pytest.raises(NotFoundError):
        rules.check("complaints", tmp_path)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b'{"cases": [1,]}',
        b"[" * 100_000,
        b'{"a":' * 900 + b"1" + b"}" * 900,
    ],
)
def test_a_file_that_is_not_json_is_refused(tmp_path: Path, content: bytes) -> None:
    """Nor one that is nested deeper than any case file."""
    file = tmp_path / "cases.json"
    file.write_bytes(content)
    with pytest.raises(CaseFileError) as refused:
        rules.run("complaints", file)
    assert refused.value.exit_code is Exit.DATA


@pytest.mark.parametrize(
    "content",
    [
        7,
        [],
        {},
        {"title": "x"},
        {"cases": {}},
        {"timeliness": "x"},
        {"horizon": []},
        {"horizon": {"cases": 1}},
    ],
)
def test_a_file_of_another_form_is_refused(tmp_path: Path, content: object) -> None:
    """An empty answer would look like a passed check."""
    with pytest.raises(CaseFileError):
        rules.check("complaints", a_file(tmp_path, content))


def test_a_file_saved_by_a_windows_editor_can_be_read(tmp_path: Path) -> None:
    """It begins with a byte order mark."""
    file = tmp_path / "cases.json"
    file.write_text(json.dumps({"cases": [a_case()]}), encoding="utf-8-sig")
    (outcome,) = rules.run("complaints", file)
    assert isinstance(outcome, Answer)


def test_a_desk_without_rules_is_a_wrong_command_line(tmp_path: Path) -> None:
    """The text names the desks that have rules."""
    with pytest.raises(rules.UnknownDomainError, match="complaints") as refused:
        rules.run("gardening", tmp_path / "none.json")
    assert refused.value.exit_code is Exit.USAGE
