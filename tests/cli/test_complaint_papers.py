"""Figures, letters, OPTIC, the hand-over pack and exports of complaints in line mode."""

from __future__ import annotations

import csv
import json
import stat
from pathlib import Path

import pytest

from deskapp.data.store import Store
from deskapp.errors import Exit
from deskapp.roles import User
from deskapp.services.complaints.events import Code
from tests.builders import SetClock
from tests.cli.conftest import Cli
from tests.services.complaints.office import ComplaintOffice


@pytest.fixture
def office(store: Store, user: User, clock: SetClock) -> ComplaintOffice:
    """The officer of the desk and whom they work with."""
    return ComplaintOffice(store, clock, user)


def test_a_report_is_shown_written_and_given_to_programs(
    cli: Cli, office: ComplaintOffice, tmp_path: Path
) -> None:
    """What another program reads hides small counts; a file is private and not replaced."""
    office.log()
    days = ("--from", "1 11 2026", "--to", "30 11 2026")
    done = cli("complaint", "report", *days)
    assert done.code == Exit.OK
    assert "Received           <5 at every stage" in done.out
    file = tmp_path / "figures.csv"
    words = ("complaint", "report", *days, "--by", "category", "--csv", str(file))
    assert cli(*words).code == Exit.OK
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    [row] = [
        row
        for row in csv.DictReader(file.read_text(encoding="utf-8").splitlines())
        if row["section"] == "category"
    ]
    assert (row["code"], row["received"]) == ("COR", "<5")
    assert cli(*words).code == Exit.CANNOT_WRITE
    assert cli(*words, "--replace").code == Exit.OK
    rows = [json.loads(line) for line in cli("complaint", "report", *days, "--json").out.split("\n")
            if line]  # fmt: skip
    assert {row["section"] for row in rows} >= {"stage", "total", "categories", "not_in_optic"}
    assert "by site" in cli("complaint", "report", *days, "--lessons").out
    assert cli("complaint", "report", "--from", "2 11 2026", "--to", "1 11 2026").code == Exit.DATA
    assert cli("complaint", "report", "--by", "weather").code == Exit.USAGE


def test_a_letter_is_listed_written_and_kept_in_the_record(
    cli: Cli, office: ComplaintOffice, tmp_path: Path
) -> None:
    """What must be thought of before goes to stderr."""
    line = office.log()
    assert cli("complaint", "letter", line.ref).out == "acknowledge   Acknowledgement\n"
    done = cli("complaint", "letter", line.ref, "acknowledge", "--language", "cy")
    assert "Annwyl Ann Example" in done.out
    assert "Safe contact: not asked." in done.err
    file = tmp_path / "letter.txt"
    words = ("complaint", "letter", line.ref, "acknowledge", "--way", "email")
    assert cli(*words, "--output", str(file)).code == Exit.OK
    assert file.read_text(encoding="utf-8").startswith("Pwnc: Eich cwyn C-")
    history = office.look(office.officer, line.id).history
    assert [entry.event.text("way") for entry in history] == ["post", "email"]
    assert cli("complaint", "letter", line.ref, "review").code == Exit.NO_INPUT
    assert cli(*words[:-1], "pigeon").code == Exit.USAGE
    office.take(office.officer, line.id, Code.WITHDRAW, how="phone")
    assert cli("complaint", "letter", line.ref).out == "withdrawn     Withdrawal confirmed\n"


def test_what_is_to_be_entered_in_optic_is_listed_copied_and_ticked_off(
    cli: Cli, office: ComplaintOffice, tmp_path: Path
) -> None:
    """The list is empty at the end of the day, and says so."""
    line = office.log()
    listed = cli("complaint", "optic", "list")
    assert listed.out == f"2026-11-18  {line.ref}  Open  Letters were not answered\n"
    row = json.loads(cli("complaint", "optic", "list", "--json").out)
    assert (row["ref"], row["received_on"]) == (line.ref, "2026-11-18")
    shown = cli("complaint", "optic", "show", line.ref).out
    assert shown.split("\n")[0].split() == ["Our", "reference:", line.ref]
    file = tmp_path / "optic.csv"
    assert cli("complaint", "optic", "show", line.ref, "--csv", str(file)).code == Exit.OK
    assert ["Our reference", line.ref] in list(csv.reader(file.read_text("utf-8").splitlines()))
    assert cli("complaint", "optic", "entered", line.ref).code == Exit.USAGE
    done = cli("complaint", "optic", "entered", line.ref, "1234")
    assert done.code == Exit.OK
    assert "8 digits" in done.err
    empty = cli("complaint", "optic", "list")
    assert (empty.code, empty.out) == (Exit.DIFFERENT, "")


def test_the_hand_over_pack_is_written(cli: Cli, office: ComplaintOffice, tmp_path: Path) -> None:
    """And the record says that it was."""
    line = office.log()
    file = tmp_path / "pack.txt"
    assert cli("complaint", "pack", line.ref, "--output", str(file)).code == Exit.OK
    assert "What was done" in file.read_text(encoding="utf-8")
    assert office.stands(line.id).pack_made


def test_an_export_is_the_officers_own_list(
    cli: Cli, office: ComplaintOffice, tmp_path: Path
) -> None:
    """What people told is for who leads."""
    office.log()
    mine = office.log(owner=office.officer.id)
    file = tmp_path / "mine.csv"
    assert cli("complaint", "export", str(file)).code == Exit.OK
    [row] = csv.DictReader(file.read_text(encoding="utf-8").splitlines())
    assert row["ref"] == mine.ref
    assert cli("complaint", "export", str(tmp_path / "b.csv"), "--details").code == (
        Exit.NOT_ALLOWED
    )
