"""A day of the jury desk in the line mode: files in, scans, the day confirmed, files out."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from deskapp.clock import Clock
from deskapp.errors import Exit
from tests.cli.conftest import Cli
from tests.cli.test_hostile_text import CONTROLS, HOSTILE
from tests.jury_desk import POOL, number

pytestmark = pytest.mark.usefixtures("store")
TODAY = Clock().today().isoformat()
HEADER = "juror_number,pool_number,start_date,first_name,last_name,next_date"


@pytest.fixture
def file(tmp_path: Path) -> str:
    """A file of the Bureau with five jurors who are due today."""
    return a_file(
        tmp_path, *(f"{number(of)},{POOL},{TODAY},Kim,Ash{of},{TODAY}" for of in range(5))
    )


@pytest.fixture
def court(cli: Cli, file: str) -> Cli:
    """A court whose five jurors came with the file."""
    done = cli("jury", "import", file)
    assert done.code == Exit.OK, done.err
    return cli


def a_file(folder: Path, *rows: str) -> str:
    """The path of a file of the Bureau."""
    path = folder / "jurors.csv"
    path.write_text("\n".join((HEADER, *rows)), encoding="utf-8")
    return str(path)


def told(done: str) -> list[dict[str, Any]]:
    """What a command wrote for programs."""
    return [json.loads(line) for line in done.splitlines()]


def test_a_file_goes_in_once(cli: Cli, file: str) -> None:
    """The same again changes nothing; a check beforehand neither."""
    [first] = told(cli("jury", "import", file, "--dry-run", "--json").out)
    assert first["new"] == 5
    [taken] = told(cli("jury", "import", file, "--json").out)
    assert taken["new"] == 5
    [again] = told(cli("jury", "import", file, "--json").out)
    assert (again["new"], again["same"]) == (0, 5)


def test_a_file_with_a_row_that_cannot_be_used_is_refused_whole(cli: Cli, tmp_path: Path) -> None:
    """Unless the rest is wanted; the row is named and nothing of it repeated."""
    path = a_file(tmp_path, f"{number(0)},{POOL},{TODAY},Kim,Ash,{TODAY}", f"12,{POOL},x,Kim,Lee,")
    refused = cli("jury", "import", path)
    assert refused.code == Exit.DATA
    assert "Row 3, juror_number" in refused.err
    assert "Lee" not in refused.err
    assert cli("jury", "import", path, "--keep-good").code == Exit.PROBLEM
    assert len(told(cli("jury", "due", "--json").out)) == 1


def test_what_is_no_file_is_told(cli: Cli, tmp_path: Path) -> None:
    """By a sentence."""
    assert cli("jury", "import", str(tmp_path / "none.csv")).code == Exit.DATA
    assert cli("jury", "due").code == Exit.DATA  # no court is known yet


def test_a_day_by_scans(court: Cli) -> None:
    """Due, in, refused, out, taken back, confirmed: with the figures."""
    assert len(court("jury", "due").out.splitlines()) == 5
    done = court("jury", "check-in", f"*{number(0)}*", "--at", "905")
    assert done.code == Exit.OK, done.err
    assert "STILL TO COME: 23:59" in court("jury", "check-out", number(0), "--at", "2359").err
    court("jury", "undo")
    again = court("jury", "check-in", number(0), "--at", "905")
    assert again.code == Exit.DATA
    assert "ALREADY_CHECKED_IN" in again.err
    scans = "\n".join((number(1), number(2), "noise"))
    many = court("jury", "check-in", "-", "--at", "0910", stdin=scans)
    assert many.code == Exit.PROBLEM
    assert len(many.out.splitlines()) == 2
    assert "BAD_NUMBER" in many.err
    court("jury", "check-out", number(0), "--at", "16:00")
    assert "Checked out" in court("jury", "undo").err
    [day] = told(court("jury", "day", "--json").out)
    assert (day["expected"], day["in"], day["not_checked_in"]) == (5, 3, 2)
    refused = court("jury", "confirm")
    assert refused.code == Exit.DATA
    assert "time_out" in refused.err
    [done_] = told(court("jury", "confirm", "--out", "1630", "--json").out)
    assert len(done_["confirmed"]) == 3
    assert sorted(done_["absent"]) == [number(3), number(4)]
    [shown] = told(court("jury", "juror", number(0), "--json").out)
    assert shown["stage"] == "EXPENSE_ENTERED"
    assert "change-day" in shown["may"]


def test_a_day_by_list_says_so(court: Cli) -> None:
    """Everybody but the absent comes in at one time and leaves at one."""
    done = court("jury", "check-in", "--all", "--at", "9:05", "--absent", number(4))
    assert len(done.out.splitlines()) == 4
    assert court("jury", "check-out", "--all", "--at", "9:05").code == Exit.PROBLEM
    assert len(court("jury", "check-out", "--all", "--at", "16:00").out.splitlines()) == 4
    preview = court("jury", "confirm", "--dry-run", "--json").out
    assert told(preview)[0]["absent"] == [number(4)]
    assert told(court("jury", "due", "out", "--json").out)[0]["by_list"] is True
    on_call = court("jury", "next-dates", "out", "--on-call", "--pool", POOL)
    assert len(on_call.out.splitlines()) == 4
    assert len(court("jury", "due", "on_call").out.splitlines()) == 4
    assert "Put on call" in court("jury", "undo").err
    assert court("jury", "next-dates", "out", "--due", "1 1 2026").code == Exit.DATA


def test_wrong_command_lines_are_told(court: Cli) -> None:
    """Nothing is changed."""
    for argv in (
        ["check-in"], ["check-in", number(0), "--all"], ["due", "nonsense"],
        ["confirm", "--trial", "T1"], ["export", "names", "--csv", "x.csv"],
        ["next-dates", "out"], ["next-dates", "nonsense", "--on-call"],
        ["check-in", number(0), "--on", "1 1 2026"], ["defer", number(0), "--set", "colour=red"],
    ):  # fmt: skip
        assert court("jury", *argv).code == Exit.USAGE, argv


def test_panels_and_juries(court: Cli) -> None:
    """Open, draw, swear, send back, confirm, return, end."""
    court("jury", "check-in", "--all", "--at", "905")
    assert court("jury", "trial", "open", "t1", "--name", "R v Nobody").code == Exit.OK
    [drawn] = told(court("jury", "panel", "draw", "T1", "4", "--json").out)
    assert drawn["fair"] is True
    first, second, third, fourth = drawn["drawn"]
    assert court("jury", "panel", "swear", "T1", first, second).code == Exit.OK
    court("jury", "panel", "send-back", "T1", third, "--challenged")
    court("jury", "panel", "return", "T1", fourth)
    shown = court("jury", "trial", "show", "T1").out
    for words in ("Sworn", "Challenged", "Returned", "comes out again"):
        assert words in shown
    assert court("jury", "trial", "end", "T1").code == Exit.DATA
    done = court("jury", "confirm", "--trial", "T1", "--in", "9:00", "--out", "16:00")
    assert done.out.startswith("J"), done.err
    court("jury", "panel", "return", "T1", first, second, "--jury", "--complete")
    assert "ended" in court("jury", "trial", "end", "t1").out
    assert told(court("jury", "trial", "list", "--ended", "--json").out)[0]["trial_number"] == "T1"


def test_status_work_and_its_words(court: Cli) -> None:
    """Each act is a command; what it asks and what refuses it is told."""
    asked = court("jury", "excuse", number(0))
    assert asked.code == Exit.DATA
    assert "reason" in asked.err
    assert court("jury", "excuse", number(0), "--set", "reason=M").code == Exit.OK
    assert court("jury", "excuse", number(0), "--set", "reason=M").code == Exit.DATA
    assert court("jury", "undo-completion", number(1)).code == Exit.DATA
    court("jury", "contact", number(1), "--set", "about=SI", "--note", "Ill until Friday")
    assert "Ill until Friday" in court("jury", "juror", number(1)).out
    assert court("jury", "find", "Ash2").out.startswith(number(2))
    assert POOL in court("jury", "pool").out
    assert len(court("jury", "pool", POOL).out.splitlines()) == 5


def test_files_go_out_without_names_and_safe(court: Cli, tmp_path: Path) -> None:
    """By juror number; formula characters are escaped; never replaced unasked."""
    court("jury", "check-in", number(0), "--at", "905")
    court("jury", "contact", number(1), "--set", "about=SI", "--note", "=cmd|' /C calc'!A0")
    days, changes = tmp_path / "days.csv", tmp_path / "changes.csv"
    assert court("jury", "export", "attendance", "--csv", str(days)).code == Exit.OK
    assert court("jury", "export", "changes", "--csv", str(changes)).code == Exit.OK
    [row] = csv.DictReader(days.read_text().splitlines())
    assert (row["juror_number"], row["time_in"], row["date"]) == (number(0), "09:05", TODAY)
    [change] = csv.DictReader(changes.read_text().splitlines())
    assert (change["about"], change["note"][0]) == ("SI", "'")
    assert "Kim" not in days.read_text() + changes.read_text()
    assert oct(days.stat().st_mode)[-3:] == "600"
    assert court("jury", "export", "attendance", "--csv", str(days)).code == Exit.CANNOT_WRITE
    old = ("--from", "1 1 2026", "--to", "2 1 2026")
    other = str(tmp_path / "none.csv")
    assert court("jury", "export", "attendance", "--csv", other, *old).code == Exit.DIFFERENT


def test_hostile_names_and_notes_come_back_harmless(cli: Cli, tmp_path: Path) -> None:
    """Wherever a juror, a trial or a note is written out."""
    row = {"juror_number": number(0), "pool_number": POOL, "start_date": TODAY,
           "first_name": "[/b] \x1b[2J{0}", "last_name": "O'Br\u202een \x1b]0;x\x07",
           "next_date": TODAY}  # fmt: skip
    path = tmp_path / "jurors.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, HEADER.split(","))
        writer.writeheader()
        writer.writerow(row)
    assert cli("jury", "import", str(path)).code == Exit.OK
    cli("jury", "note", number(0), "--note", HOSTILE.replace("\x00", ""))
    cli("jury", "check-in", number(0), "--at", "905")
    cli("jury", "trial", "open", "T1", "--name", HOSTILE, "--judge", HOSTILE)
    cli("jury", "panel", "draw", "T1", "1")
    for argv in (
        ["due", "all"], ["due", "all", "--json"], ["juror", number(0)],
        ["juror", number(0), "--json"], ["find", "o'brien"], ["pool", POOL], ["trial", "list"],
        ["trial", "show", "T1"], ["trial", "show", "T1", "--json"], ["day"],
        ["check-in", HOSTILE], ["check-in", number(0), "--at", HOSTILE], ["due", HOSTILE],
        ["juror", HOSTILE], ["defer", HOSTILE, "--set", HOSTILE], ["trial", "show", HOSTILE],
        ["import", HOSTILE.replace("\x00", "")], ["pool", HOSTILE], ["export", HOSTILE],
    ):  # fmt: skip
        done = cli("jury", *argv)
        assert done.code != Exit.SOFTWARE, argv
        assert not CONTROLS.search(done.out + done.err), argv
    assert "[/b]" in cli("jury", "juror", number(0)).out
