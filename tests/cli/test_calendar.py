"""The bank-holiday list in line mode: shown, put in force, open complaints counted again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from deskapp.data.store import Store
from deskapp.errors import Exit
from deskapp.roles import Role, User
from deskapp.services import bank_holidays
from tests.builders import SetClock
from tests.cli.conftest import Cli
from tests.services.complaints.office import ComplaintOffice

SHIPPED = bank_holidays.SHIPPED_FILE.read_text(encoding="utf-8")


@pytest.fixture
def refs(store: Store, user: User, clock: SetClock) -> list[str]:
    """Two complaints of 18 November 2026; from then on an administrator sits at the desk."""
    office = ComplaintOffice(store, clock, user)
    found = [office.log().ref, office.log().ref]
    sql = "UPDATE officer SET role = ? WHERE id = ?"
    store.call_jot(lambda connection: connection.execute(sql, (Role.ADMINISTRATOR, user.id)))
    return found


def a_list(folder: Path, old: str = "", new: str = "", version: str = "2026.2") -> str:
    """The shipped list under a later version."""
    file = folder / "newer.toml"
    text = SHIPPED.replace('version = "2026.1"', f'version = "{version}"').replace(old, new)
    file.write_text(text, encoding="utf-8")
    return str(file)


def test_the_list_in_force_is_shown_with_the_days_ahead(cli: Cli) -> None:
    """No store is needed for it."""
    done = cli("calendar", "show")
    assert done.code == Exit.OK
    assert "Scotland: version 2026.1, known to Sunday 31 December 2028" in done.err
    assert "2028-12-26  Tuesday 26 December 2028  Northern Ireland" in done.out
    rows = [json.loads(line) for line in cli("calendar", "show", "--json").out.splitlines()]
    assert [row["nation"] for row in rows] == ["england-and-wales", "scotland", "northern-ireland"]
    assert rows[1]["bank_holidays"][-1] == "2028-12-26"


def test_a_newer_list_moves_open_dates_and_tells_each(
    cli: Cli, refs: list[str], tmp_path: Path
) -> None:
    """Running it again changes nothing."""
    file = a_list(tmp_path, "2026-12-25,", "2026-12-01, 2026-12-25,")
    done = cli("calendar", "update", file, "--anyway")
    assert done.code == Exit.OK
    assert "1 Dec 2026 is a bank holiday (Scotland)" in done.err
    for ref in refs:
        assert f"{ref}: due on 3 Dec 2026 instead of 2 Dec 2026" in done.err
    assert "2 open complaints were counted again, 2 of them with another date." in done.err
    again = cli("calendar", "update", file)
    assert again.code == Exit.OK
    assert "in force already" in again.err
    assert "0 open complaints were counted again" in again.err


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("known_to = 2028-12-31", "known_to = 2028-12-30", "knows less"),
        ("2024-12-26", "2024-12-27", "contradicts the past"),
    ],
)
@pytest.mark.usefixtures("refs")
def test_what_looks_like_a_mistake_is_taken_only_when_it_is_meant(
    cli: Cli, tmp_path: Path, old: str, new: str, told: str
) -> None:
    """Nothing is written before."""
    file = a_list(tmp_path, old, new)
    done = cli("calendar", "update", file)
    assert done.code == Exit.DATA
    assert told in done.err
    assert "version 2026.1" in cli("calendar", "show").err
    assert cli("calendar", "update", file, "--anyway").code == Exit.OK
    assert "version 2026.2" in cli("calendar", "show").err


@pytest.mark.usefixtures("refs")
def test_a_list_that_is_wrong_or_not_later_is_refused(cli: Cli, tmp_path: Path) -> None:
    """Whatever is said beside it."""
    assert cli("calendar", "update", a_list(tmp_path, "2028-12-26", "x")).code == Exit.SETTINGS
    older = a_list(tmp_path, "2028-12-26", "2028-12-27", version="2026.1")
    assert cli("calendar", "update", older, "--anyway").code == Exit.DATA
    missing = str(tmp_path / "none.toml")
    assert cli("calendar", "update", missing).code == Exit.SETTINGS


@pytest.mark.usefixtures("folder")
def test_an_officer_may_not(cli: Cli, tmp_path: Path) -> None:
    """It is the administrator's."""
    done = cli("calendar", "update", a_list(tmp_path))
    assert done.code == Exit.NOT_ALLOWED
    assert "Administrator" in done.err


def test_what_is_provisional_is_listed(cli: Cli, refs: list[str], tmp_path: Path) -> None:
    """After an update as well, for the administrator and for everybody else."""
    assert cli("calendar", "provisional").code == Exit.DIFFERENT
    text = SHIPPED.replace('version = "2026.1"', 'version = "2026.2"')
    lines = [line for line in text.splitlines() if not line.strip().startswith(("2027-", "2028-"))]
    file = tmp_path / "short.toml"
    short = "\n".join(lines).replace("known_to = 2028-12-31", "known_to = 2026-11-30")
    short = short.replace("2026-12-25, 2026-12-28,", "").replace("2026-11-30, ,", "2026-11-30,")
    file.write_text(short, encoding="utf-8")
    done = cli("calendar", "update", str(file), "--anyway")
    assert done.code == Exit.OK
    for ref in refs:
        assert f"{ref}: due on 2 Dec 2026, PROVISIONAL" in done.err
    rows = [json.loads(line) for line in cli("calendar", "provisional", "--json").out.splitlines()]
    assert [row["ref"] for row in rows] == sorted(refs)
    assert {row["due_on"] for row in rows} == {"2026-12-02"}
