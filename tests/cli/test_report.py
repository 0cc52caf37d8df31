"""The figures and the turnaround table in line mode."""

from __future__ import annotations

import csv
import json
import stat
from pathlib import Path

import pytest

from deskapp.errors import Exit
from tests.cli.conftest import Cli

pytestmark = pytest.mark.usefixtures("folder")


def take(cli: Cli, contacts: int, topic: str = "FIN") -> None:
    """So many contacts about a topic."""
    for _number in range(contacts):
        assert cli("enquiry", "add", "--topic", topic, "--outcome", "RES").code == Exit.OK


def test_the_figures_of_today_are_shown(cli: Cli) -> None:
    """What another program reads hides small counts; a terminal would not."""
    take(cli, 5)
    take(cli, 1, "HWF")
    done = cli("report", "enquiries", "--by", "topic")
    assert done.code == Exit.OK
    lines = done.out.splitlines()
    assert "Contacts " in done.out
    [hidden] = [line for line in lines if line.startswith("Help with fees")]
    assert "<5" in hidden
    assert "Counts from 1 to 4 are hidden." in done.out


def test_a_csv_is_private_and_not_overwritten(cli: Cli, tmp_path: Path) -> None:
    """And stdout stays empty."""
    take(cli, 6)
    file = tmp_path / "figures.csv"
    done = cli("report", "enquiries", "--csv", str(file))
    assert (done.code, done.out) == (Exit.OK, "")
    assert str(file) in done.err
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    header, row, total = csv.reader(file.read_text(encoding="utf-8").splitlines())
    assert (header[0], row[0], row[2], total[0]) == ("channel", "phone_in", "6", "total")
    again = cli("report", "enquiries", "--csv", str(file))
    assert again.code == Exit.CANNOT_WRITE
    assert "There is a file" in again.err


def test_json_has_the_range_first(cli: Cli) -> None:
    """One object a line."""
    take(cli, 1)
    done = cli("report", "enquiries", "--from", "1 11 2026", "--to", "2 Nov 2026", "--json")
    first, total = (json.loads(line) for line in done.out.splitlines())
    assert (first["from"], first["to"], total["code"]) == ("2026-11-01", "2026-11-02", "total")
    assert total["contacts"] == "0"


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (("--by", "officer"), Exit.NOT_ALLOWED),
        (("--by", "weather"), Exit.USAGE),
        (("--from", "2 11 2026", "--to", "1 11 2026"), Exit.DATA),
        (("--from", "soon"), Exit.DATA),
        (("--by", "officer", "--own"), Exit.OK),
    ],
)
def test_what_cannot_be_reported_is_refused(cli: Cli, options: tuple[str, ...], code: int) -> None:
    """Figures of officers are the team leader's; one's own are one's own."""
    done = cli("report", "enquiries", *options)
    assert done.code == code
    assert bool(done.out) == (code == Exit.OK)


def test_the_turnaround_table_is_listed_with_its_dates(cli: Cli) -> None:
    """Found by a form as well."""
    assert len(cli("turnaround", "list").out.splitlines()) == 3
    done = cli("turnaround", "list", "EX160")
    assert done.out.startswith("Help with fees: 8 working days (31 Jan 2026, over 14 days old).")
    [line] = cli("turnaround", "list", "ex160", "--json").out.splitlines()
    found = json.loads(line)
    assert (found["working_days"], found["as_of"]) == (8, "2026-01-31")
    missing = cli("turnaround", "list", "nothing")
    assert (missing.code, missing.out) == (Exit.DIFFERENT, "")
