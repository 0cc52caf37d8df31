"""A newer bank-holiday list: what is refused, what must be said twice, and that it counts."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from deskapp.errors import NotAllowedError, SettingsError
from deskapp.roles import Role, User
from deskapp.services import bank_holidays, calendar_file
from deskapp.services.calendar_file import CalendarRefusedError, Change
from deskapp.services.dates import Nation
from tests.builders import SITE

TODAY = dt.date(2026, 11, 18)
ADMINISTRATOR = User("a", "Ann", Role.ADMINISTRATOR, SITE)
SHIPPED = bank_holidays.SHIPPED_FILE.read_text(encoding="utf-8")


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    """The settings folder; it is not there yet."""
    return tmp_path / "home" / "settings"


def a_list(folder: Path, *changes: tuple[str, str], version: str = "2026.2") -> Path:
    """The shipped list under a later version, with other texts in it."""
    text = SHIPPED.replace('version = "2026.1"', f'version = "{version}"')
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    file = folder / "newer.toml"
    file.write_text(text, encoding="utf-8")
    return file


def version(settings: Path) -> str:
    """The version that counts on this computer."""
    return bank_holidays.in_force(settings)[Nation.SCOTLAND].version


def test_a_longer_list_counts_at_once_and_after_a_restart(tmp_path: Path, settings: Path) -> None:
    """What it adds is told; it is written whole, and the process need not end."""
    years = ("known_to = 2028-12-31", "known_to = 2029-12-31")
    file = a_list(tmp_path, years, ("2028-12-26,\n", "2028-12-26, 2029-01-01,\n"))
    assert version(settings) == "2026.1"
    offered = calendar_file.look(file, settings, today=TODAY)
    assert (offered.changes, offered.objections, offered.is_new) == ((), (), True)
    calendar_file.put(offered, settings, user=ADMINISTRATOR)
    assert version(settings) == "2026.2"
    bank_holidays.in_force.cache_clear()  # as another process begins
    assert bank_holidays.in_force(settings)[Nation.SCOTLAND].known_to == dt.date(2029, 12, 31)
    assert [each.name for each in settings.iterdir()] == [bank_holidays.FILE_NAME]


def test_the_same_list_twice_changes_nothing(tmp_path: Path, settings: Path) -> None:
    """A command that was run again because nobody knew whether it had been run."""
    file = a_list(tmp_path)
    for expected in (True, False):
        offered = calendar_file.look(file, settings, today=TODAY)
        assert offered.is_new is expected
        calendar_file.put(offered, settings, user=ADMINISTRATOR)
    assert [each.name for each in settings.iterdir()] == [bank_holidays.FILE_NAME]


def test_the_list_before_stays_beside_the_new_one(tmp_path: Path, settings: Path) -> None:
    """What dates were counted with can be looked up."""
    for newer in ("2026.2", "2026.3"):
        file = a_list(tmp_path, version=newer)
        offered = calendar_file.look(file, settings, today=TODAY)
        calendar_file.put(offered, settings, user=ADMINISTRATOR)
    names = {each.name for each in settings.iterdir()}
    assert names == {"bank_holidays.toml", "bank_holidays.2026.2.toml"}
    assert version(settings) == "2026.3"


@pytest.mark.parametrize("older", ["2026.1", "2025.9"])
def test_a_version_that_is_not_later_is_refused(tmp_path: Path, settings: Path, older: str) -> None:
    """It would lie in the folder and never count."""
    file = a_list(tmp_path, ("2028-12-25, 2028-12-26", "2028-12-26, 2028-12-27"), version=older)
    with pytest.raises(CalendarRefusedError, match=r"not later than 2026\.1"):
        calendar_file.look(file, settings, today=TODAY)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("known_to = 2028-12-31", "known_to = 2028-12-30", "It knows less: to 30 Dec 2028"),
        ("2026-06-15, ", "", "15 Jun 2026 is no bank holiday any more (Scotland)"),
        ("2026-03-17", "2026-03-18", "17 Mar 2026 is no bank holiday any more"),
        ("2027-03-17", "2027-03-18", ""),
    ],
)
def test_what_knows_less_or_contradicts_the_past_must_be_meant(
    tmp_path: Path, settings: Path, old: str, new: str, told: str
) -> None:
    """A holiday ahead is news; one that dates were counted by is a mistake, or a correction."""
    offered = calendar_file.look(a_list(tmp_path, (old, new)), settings, today=TODAY)
    assert told in "\n".join(offered.objections)
    assert bool(told) == bool(offered.objections)
    if told:
        with pytest.raises(CalendarRefusedError, match=r"^It "):
            calendar_file.put(offered, settings, user=ADMINISTRATOR)
        assert version(settings) == "2026.1"
    calendar_file.put(offered, settings, user=ADMINISTRATOR, despite_objections=True)
    assert version(settings) == "2026.2"


def test_a_list_that_begins_later_knows_less(tmp_path: Path, settings: Path) -> None:
    """Old complaints can still be explained day by day."""
    file = a_list(tmp_path, ("known_from = 2024-01-01", "known_from = 2025-01-01"))
    lines = file.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not line.strip().startswith("2024")]
    file.write_text("\n".join(kept), encoding="utf-8")
    offered = calendar_file.look(file, settings, today=TODAY)
    assert offered.objections == ("It knows less: from 1 Jan 2025 instead of 1 Jan 2024.",)


def test_what_changes_is_told_by_nation(tmp_path: Path, settings: Path) -> None:
    """Before anything is put in force."""
    file = a_list(tmp_path, ("2027-03-17", "2027-03-18"))
    offered = calendar_file.look(file, settings, today=TODAY)
    nation = Nation.NORTHERN_IRELAND
    assert offered.changes == (
        Change(nation, dt.date(2027, 3, 17), added=False),
        Change(nation, dt.date(2027, 3, 18), added=True),
    )
    assert calendar_file.words(offered.changes[1]) == (
        "18 Mar 2027 is a bank holiday (Northern Ireland)"
    )


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_only_an_administrator_puts_a_list_in_force(
    tmp_path: Path, settings: Path, role: Role
) -> None:
    """Every due date of the desk hangs on it."""
    offered = calendar_file.look(a_list(tmp_path), settings, today=TODAY)
    with pytest.raises(NotAllowedError):
        calendar_file.put(offered, settings, user=User("o", "Ann", role, SITE))
    assert not settings.exists()


def test_a_list_that_cannot_be_used_is_never_written(tmp_path: Path, settings: Path) -> None:
    """The checks of the start are made before, not after."""
    with pytest.raises(SettingsError):
        calendar_file.look(a_list(tmp_path, ("2028-12-26", "2028-12-24")), settings, today=TODAY)
    assert not settings.exists()
