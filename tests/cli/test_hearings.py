"""Lists of hearings go in and come out without a screen."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Any

import pytest

from deskapp.data.store import Store
from deskapp.errors import Exit
from tests.cli.conftest import Cli
from tests.cli.test_hostile_text import CONTROLS, HOSTILE
from tests.services.hearings.made_lists import a_row, crown, defendant
from tests.services.hearings.test_reading_lists import SAMPLES

DAY = ("--date", "2026-11-23")


@pytest.fixture
def leader(store: Store) -> None:
    """The user of the desk is a team leader."""
    from deskapp.data.sessions import plain

    statement = "UPDATE officer SET role = 'team_leader'"
    store.call_write(lambda session: plain(session).execute(statement) and None)


def written(folder: Path, document: Any, name: str = "list.json") -> str:
    """The path of a file with this list."""
    (folder / name).write_text(json.dumps(document), encoding="utf-8")
    return str(folder / name)


@pytest.mark.parametrize(
    "path", sorted(SAMPLES.glob("*.expected.json")), ids=lambda path: path.name[:2]
)
def test_a_list_is_checked_without_a_store(cli: Cli, path: Path) -> None:
    """The printed result is the sample result, whatever --site says."""
    sample = json.loads(path.read_text())
    done = cli(
        "hearings", "import", str(SAMPLES / sample["file"]), "--dry-run", "--json", "--site", "X1"
    )
    assert (done.code, done.err) == (Exit.OK, "")
    assert json.loads(done.out) == {"accept": True, "expected": sample["expected"]}


def test_a_refused_list_is_told_with_code_place_and_reason(cli: Cli, tmp_path: Path) -> None:
    """For programs; nothing of what stood in the list is repeated."""
    file = written(tmp_path, [a_row(), a_row(hearingTime="13pm", caseName="<b>Nobody</b>")])
    done = cli("hearings", "import", file, "--dry-run", "--json")
    told = json.loads(done.out)
    assert done.code == Exit.DATA
    assert told.keys() == {"accept", "findings"}
    assert {(each["code"], each["where"]) for each in told["findings"]} == {
        ("L_TAG", "row 2"),
        ("L_TIME", "row 2"),
    }
    assert "Nobody" not in done.out


@pytest.mark.usefixtures("leader")
def test_all_of_a_list_goes_in_or_nothing(cli: Cli, tmp_path: Path) -> None:
    """Unless the good rows are asked for; then the rest is printed."""
    file = written(tmp_path, [a_row(), a_row(caseNumber="K2", hearingTime="13pm")])
    done = cli("hearings", "import", file, *DAY)
    assert done.code == Exit.DATA
    assert done.err == "row 2: The time is not like 10.30am, 10:30am or 9am. (L_TIME)\n"
    assert cli("hearings", "list", *DAY).code == Exit.OK
    assert cli("hearings", "list", *DAY).out == ""
    done = cli("hearings", "import", file, *DAY, "--keep-good", "--json")
    assert done.code == Exit.PROBLEM
    told = json.loads(done.out)
    assert (told["read"], told["new"], told["rejected"]) == (2, 1, 1)
    assert "K00KS001" in cli("hearing", "list", *DAY).out


@pytest.mark.usefixtures("leader")
def test_what_an_import_would_do_is_seen_before(cli: Cli, tmp_path: Path) -> None:
    """Moved and missing hearings one by one, the rest as counts; nothing is changed."""
    rows = [a_row(caseNumber="K1"), a_row(caseNumber="K2")]
    cli("hearings", "import", written(tmp_path, rows), *DAY)
    before = cli("hearings", "list", *DAY).out
    file = written(tmp_path, [a_row(caseNumber="K1", courtroom="Court 9")], "next.json")
    done = cli("hearings", "import", file, *DAY, "--dry-run")
    assert done.out.splitlines() == [
        "Moved  K1  10:30 Court 1  > 10:30 Court 9",
        "No longer listed  K2  10:30 Court 1",
        "Read: 1", "New: 0", "Changed: 0", "Moved: 1", "As it was: 0", "No longer listed: 1",
        "Refused: 0",
    ]  # fmt: skip
    assert cli("hearings", "list", *DAY).out == before
    assert cli("hearings", "import", file, *DAY).code == Exit.OK
    assert "NO LONGER LISTED  10:30  Court 1  K2" in cli("hearings", "list", *DAY).out
    done = cli("hearings", "undo")
    assert done.err == "Taken back: 2 hearings are as they were\n"
    assert cli("hearings", "list", *DAY).out == before
    assert cli("hearings", "undo").code == Exit.OK
    assert cli("hearings", "undo").code == Exit.NO_INPUT


@pytest.mark.usefixtures("leader")
def test_hearings_leave_without_names(cli: Cli, tmp_path: Path) -> None:
    """Nobody exports names by default; a cell is no formula."""
    cli("hearings", "import", written(tmp_path, [a_row(courtroom="=1+1")]), *DAY)
    file = tmp_path / "out.csv"
    assert cli("hearings", "export", "--csv", str(file), *DAY).code == Exit.OK
    text = file.read_text()
    assert "K00KS001" in text
    assert "'=1+1" in text
    assert "Price" not in text
    assert file.stat().st_mode & 0o777 == 0o600
    assert cli("hearings", "export", "--csv", str(file), "--date", "2026-01-01").code == 1


@pytest.mark.usefixtures("leader")
def test_a_court_is_named_as_the_directory_finds_it(cli: Cli, tmp_path: Path) -> None:
    """By key, code or words; the list stands at that court only."""
    file = written(tmp_path, [a_row()])
    site = ("--site", "fact:aberystwyth-justice-centre")
    assert cli("hearings", "import", file, *DAY, *site).code == Exit.OK
    assert cli("hearings", "list", *DAY).out
    assert cli("hearings", "list", *DAY, "--site", "no such court at all").code == Exit.NO_INPUT


@pytest.mark.usefixtures("store")
def test_an_officer_does_not_import(cli: Cli, tmp_path: Path) -> None:
    """Team leaders and managers do."""
    done = cli("hearings", "import", written(tmp_path, [a_row()]), *DAY)
    assert done.code == Exit.NOT_ALLOWED


@pytest.mark.usefixtures("leader")
def test_a_masked_name_is_nowhere_after_an_import(
    cli: Cli, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Not in a file of the desk, not in a log, not in what the command printed."""
    caplog.set_level(logging.DEBUG)
    hidden = defendant("Tregaron", masked_name="Defendant X", masked="yes")
    done = cli("hearings", "import", written(tmp_path, crown(hidden), "c.json"))
    listed = cli("hearings", "list", *DAY)
    assert "Defendant X" in listed.out
    assert "Tregaron" not in done.out + done.err + listed.out + caplog.text
    for path in (tmp_path / "home").rglob("*"):
        assert path.is_dir() or b"Tregaron" not in path.read_bytes()


@pytest.mark.usefixtures("leader")
def test_what_a_list_says_reaches_the_terminal_as_text(cli: Cli, tmp_path: Path) -> None:
    """Refused with its place and never repeated; what is kept shows nothing a terminal obeys."""
    hostile = written(tmp_path, [a_row(caseName=HOSTILE, **{HOSTILE: HOSTILE})], "hostile.json")
    for argv in ([], ["--dry-run", "--json"], ["--keep-good"]):
        done = cli("hearings", "import", hostile, *DAY, *argv)
        assert done.code == Exit.DATA
        assert not CONTROLS.search(done.out + done.err)
    kept = "[/b] [@click=app.quit]x[/] %s {0} \u202egnp.exe =1+1"
    file = written(tmp_path, [a_row(caseName=kept, courtroom=kept, caseNumber=kept)])
    told = cli("hearings", "import", file, *DAY).out + cli("hearings", "list", *DAY).out
    assert not CONTROLS.search(told)
    assert "[/b] [@click=app.quit]x[/] %s {0} gnp.exe =1+1" in told


def test_a_list_that_is_not_there_is_told(cli: Cli, tmp_path: Path) -> None:
    """A folder, a missing file."""
    for path in (tmp_path, tmp_path / "none.json"):
        assert cli("hearings", "import", str(path), "--dry-run", "--json").code == Exit.NO_INPUT
