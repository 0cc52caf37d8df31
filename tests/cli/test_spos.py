"""Who is senior person on site, from the line mode."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from deskapp.data.store import Store
from deskapp.errors import Exit
from deskapp.roles import User
from tests.builders import SetClock
from tests.cli.conftest import Cli
from tests.services.casework.newer import install_newer, versions


@pytest.fixture
def leader(store: Store) -> Store:
    """The officer of the desk is a team leader."""
    store.call_jot(lambda connection: connection.execute("UPDATE officer SET role = 'team_leader'"))
    return store


def test_nobody_booked_is_said_with_whom_to_tell(cli: Cli, folder: Path) -> None:
    """A script sees it by the exit code."""
    done = cli("spos", "now")
    assert (done.code, done.out) == (Exit.DIFFERENT, "")
    assert "tell the delivery manager" in done.err


def test_a_leader_books_and_everybody_sees_who_it_is(cli: Cli, leader: Store) -> None:
    """Today as a whole: the next command finds them."""
    assert cli("spos", "book", "Ann Jones", "--phone", "01632 960001").code == Exit.OK
    assert cli("spos", "now").out.startswith("Ann Jones 01632 960001, until ")
    booked = json.loads(cli("spos", "now", "--json").out)
    assert (booked["name"], booked["phone"]) == ("Ann Jones", "01632 960001")
    lines = cli("spos", "list").out.splitlines()
    assert lines[0].endswith("Ann Jones 01632 960001")
    assert lines[-1].endswith("NOBODY IS BOOKED")
    half = json.loads(cli("spos", "list", "--json").out.splitlines()[-1])
    assert (half["half"], half["name"]) == ("afternoon", None)


def test_nobody_is_replaced_without_being_named(cli: Cli, leader: Store) -> None:
    """Two leaders who book the same day find out from each other's booking."""
    first = cli("spos", "book", "Ann Jones", "--half", "afternoon")
    assert (first.code, first.err.endswith("afternoon\n")) == (Exit.OK, True)
    assert first.err.startswith("Booked: Ann Jones, ")
    refused = cli("spos", "book", "Lee Example")
    assert refused.code == Exit.DATA
    assert refused.err.startswith("Ann Jones is booked then. Book with --replace")
    assert cli("spos", "list").out.count("Lee Example") == 0
    assert cli("spos", "book", "Lee Example", "--replace").code == Exit.OK
    assert "Ann Jones" not in cli("spos", "list").out


def test_an_officer_does_not_book(cli: Cli, folder: Path) -> None:
    """Whoever is booked answers for the building."""
    done = cli("spos", "book", "Ann Jones")
    assert done.code == Exit.NOT_ALLOWED
    assert "Team leader" in done.err


def test_what_cannot_be_booked_is_said(cli: Cli, leader: Store) -> None:
    """At its option, with what to do."""
    done = cli("spos", "book", "Ann Jones", "--half", "night")
    assert (done.code, done.err) == (
        Exit.DATA,
        "half: Select morning or afternoon, or leave it empty\n",
    )


def test_a_concern_is_reported_by_an_officer(cli: Cli, folder: Path) -> None:
    """Anybody may report what they may not read afterwards."""
    given = ("--set", "concern_type=child", "--set", "what_was_seen=Alone since nine")
    ref = cli("case", "open", "safeguarding", *given).ref
    assert ref.startswith("SAFE-")
    assert cli("case", "show", ref).code == Exit.NO_INPUT


def test_a_booking_follows_the_installed_version_of_its_scheme(
    cli: Cli, leader: Store, user: User, clock: SetClock
) -> None:
    """The line mode knows the same schemes as the screens."""
    install_newer(leader, user, clock, "spos")
    assert cli("spos", "book", "Ann Jones").code == Exit.OK
    assert versions(leader, "spos") == [2]
