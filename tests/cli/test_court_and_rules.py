"""Commands on public data: no store, no unlocking."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from deskapp.errors import Exit
from tests.cli.conftest import Cli

CASES = Path(__file__).parents[1] / "cases" / "complaint_deadlines.json"


def test_a_court_is_found_by_its_welsh_name_and_shown_by_key(cli: Cli) -> None:
    """As a Welsh caller says it."""
    found = json.loads(cli("court", "find", "Caernarfon", "--limit", "1", "--json").out)
    shown = cli("court", "show", found["key"])
    assert shown.code == Exit.OK
    assert found["name"] in shown.out
    assert json.loads(cli("court", "show", found["key"], "--json").out)["key"] == found["key"]


def test_closed_courts_are_found_only_when_asked_for(cli: Cli) -> None:
    """Nobody should be sent to one by mistake."""
    every = cli("court", "find", "magistrates", "--all", "--limit", "800").out
    assert "CLOSED" in every
    assert "CLOSED" not in cli("court", "find", "magistrates", "--limit", "800").out


def test_a_code_shows_its_court_and_an_unknown_one_exits_66(cli: Cli) -> None:
    """Codes stand on papers."""
    lines = cli("court", "find", "crown", "--limit", "800", "--json").out.splitlines()
    courts = [json.loads(line) for line in lines]
    court = next(each for each in courts if each["crown_code"].isdigit())
    assert (
        court["crown_code"]
        in cli("court", "show", court["crown_code"]).out
        + cli("court", "show", court["crown_code"]).err
    )
    assert cli("court", "show", "no-such-court").code == Exit.NO_INPUT


def test_nothing_found_exits_1(cli: Cli) -> None:
    """As grep does."""
    assert cli("court", "find", "xyzzyplugh").code == Exit.DIFFERENT


def test_a_postcode_without_a_court_is_told_once(cli: Cli) -> None:
    """The sentence is for a person; the lines stay data."""
    done = cli("court", "find", "CF10 9ZZ")
    assert done.err.count("No court has this postcode") == 1
    assert "No court" not in done.out
    assert all(line.endswith("  Same postcode area") for line in done.out.splitlines())


def test_the_public_cases_of_complaints_pass(cli: Cli) -> None:
    """The command runs the rules of the screens."""
    checked = cli("rules", "check", "complaints", str(CASES))
    assert (checked.code, checked.out) == (Exit.OK, "")
    lines = cli("rules", "run", "complaints", str(CASES)).out.splitlines()
    assert all({"id", "output"} == set(json.loads(line)) for line in lines)


def test_a_difference_exits_1_and_a_malformed_case_2(cli: Cli, tmp_path: Path) -> None:
    """The exit code says whether the run can be trusted."""
    content = json.loads(CASES.read_text())
    case = dict(content["cases"][0])
    name = next(key for key in case if key.startswith("expect"))
    file = tmp_path / "cases.json"
    file.write_text(json.dumps({"cases": [{**case, name: "1999-01-01"}]}))
    assert cli("rules", "check", "complaints", str(file)).code == Exit.DIFFERENT
    file.write_text(json.dumps({"cases": [{"id": "A"}, case]}))
    done = cli("rules", "run", "complaints", str(file))
    assert done.code == Exit.PROBLEM
    assert ["problem" in json.loads(line) for line in done.out.splitlines()] == [True, False]
    assert cli("rules", "check", "complaints", str(file)).code == Exit.PROBLEM


@pytest.mark.parametrize(("text", "code"), [(None, Exit.NO_INPUT), ("{", Exit.DATA)])
def test_a_file_that_is_no_case_file_is_refused(
    cli: Cli, tmp_path: Path, text: str | None, code: Exit
) -> None:
    """Missing and wrong are told apart."""
    file = tmp_path / "cases.json"
    if text is not None:
        file.write_text(text)
    assert cli("rules", "run", "complaints", str(file)).code == code
