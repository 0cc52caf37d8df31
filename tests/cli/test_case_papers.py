"""Letters and reports of cases from the line mode."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from deskapp.errors import Exit
from deskapp.services import table_lines as table
from tests.cli.conftest import Cli

OPEN = ("case", "open", "cond_caution", "--set", "offender=Ann Jones", "--set", "offence=Damage")


@pytest.fixture
def ref(cli: Cli, folder: Path) -> str:
    """The reference of a caution with one condition."""
    ref = cli(*OPEN, "--set", "given_on=18 11 2026", "--set", "authorised_by=Lee Example").ref
    cli("case", "do", ref, "add", "condition", "--set", "text=Course", "--set", "provider==House")
    return ref


def test_a_letter_is_listed_shown_and_kept(cli: Cli, ref: str, tmp_path: Path) -> None:
    """In the language that the person wants; a file is not replaced unasked."""
    cli("case", "do", ref, "give")
    listed = cli("case", "letter", ref).out
    assert "confirmation          Caution and conditions\n" in listed
    assert "Referral to the provider (Condition (Course))" in listed
    number = next(line.split()[2] for line in listed.splitlines() if "--item" in line)
    english = cli("case", "letter", ref, "confirmation", "--language", "en").out
    assert "Dear Ann Jones" in english
    assert "Annwyl" not in english
    file = tmp_path / "letter.txt"
    words = ("case", "letter", ref, "referral", "--item", number, "--output", str(file))
    assert cli(*words).code == Exit.OK
    assert "We refer Ann Jones to you for: Course" in file.read_text(encoding="utf-8")
    assert cli(*words).code == Exit.CANNOT_WRITE
    assert cli(*words, "--replace").code == Exit.OK
    assert cli("case", "letter", ref, "joining").code == Exit.DATA
    assert cli("case", "letter", ref, "nothing").code == Exit.NO_INPUT
    assert cli("case", "letter", ref, "joining", "--language", "fr").code == Exit.USAGE


def test_reports_are_listed_shown_and_written(cli: Cli, ref: str, tmp_path: Path) -> None:
    """As a table of 80 columns, as CSV that no spreadsheet obeys, as JSON."""
    assert "overdue_conditions" in cli("case", "report").out
    names = [
        json.loads(line)["report"]
        for line in cli("case", "report", "--json").out.split("\n")
        if line
    ]
    assert "caseload" in names
    cli("case", "do", ref, "give")
    words = ("case", "report", "cond_caution", "overdue_conditions")
    assert cli(*words).out.splitlines()[-1].split() == ["=House", "1", "0"]
    [line] = cli(*words, "--json").out.splitlines()
    assert json.loads(line) == {"Provider": "=House", "Number": "1", "Overdue": "0"}
    file = tmp_path / "report.csv"
    assert cli(*words, "--csv", str(file)).code == Exit.OK
    with file.open(encoding="utf-8", newline="") as opened:
        assert list(csv.reader(opened))[1] == ["'=House", "1", "0"]
    assert "<5" in cli(*words, "--outside").out
    assert cli("case", "report", "cond_caution").code == Exit.USAGE
    assert cli("case", "report", "cond_caution", "nothing").code == Exit.NO_INPUT
    empty = cli("case", "report", "isc", "ends", "--from", "1 1 2026", "--to", "today")
    assert empty.out == ""
    assert "There is nothing to count." in empty.err


def test_a_table_fits_80_columns() -> None:
    """The widest column gives way."""
    found = list(table.lines(["a", "b"], [["x" * 200, "1"], ["y", "2"]]))
    assert max(map(len, found)) == table.WIDTH
    assert found[2].endswith("…  1")
