"""Schemes of one's own: installed once, known on every desk, never changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from deskapp.errors import NotAllowedError, NotFoundError
from deskapp.roles import Role
from deskapp.services import officers
from deskapp.services.casework import cases, installed, letters, managing, shelf
from deskapp.services.casework.installed import NotInstalledError
from deskapp.services.casework.loader import SchemeError
from deskapp.services.dates import Nation
from tests.services.casework.desk import STAGES, toml
from tests.services.casework.hand import Hand

LETTER = (
    '[[field]]\nid = "about"\ntype = "text"\n[[letter]]\nid = "l"\nen = "mine.en"\ncy = "mine.cy"\n'
)
CHILD = """
[[action]]
id = "c"
label = { en = "C", cy = "C" }
from = ["*"]
child = "none"
"""
TEMPLATES: dict[str, str] = {"mine.en": "About {{ about }}", "mine.cy": "Am {{ about }}"}


def text(
    version: int = 1, since: str = "2020-01-01", prefix: str = "OWN", name: str = "own"
) -> str:
    """A scheme file with a letter."""
    return (
        toml(STAGES + LETTER)
        .replace('id = "test"', f'id = "{name}"', 1)
        .replace("version = 1", f"version = {version}")
        .replace("2020-01-01", since)
        .replace('prefix = "T"', f'prefix = "{prefix}"')
    )


@pytest.fixture
def administrator(hand: Hand, tmp_path: Path) -> Hand:
    """Somebody who may install schemes."""
    hand.user = hand.user._replace(role=Role.MANAGER)
    _refresh(hand, tmp_path)
    return hand


def _refresh(hand: Hand, folder: Path) -> None:
    hand.book = hand.store.call_read(shelf.on_desk, folder, Nation.ENGLAND_AND_WALES)


def install(hand: Hand, body: str, find: Callable[[str], str | None] = TEMPLATES.get) -> Any:
    return hand.call(installed.install, body, "own.toml", find)


def test_an_installed_scheme_is_offered_beside_the_shipped_ones(
    administrator: Hand, tmp_path: Path
) -> None:
    """With its letters; it is captured, so that every desk gets it."""
    install(administrator, text())
    _refresh(administrator, tmp_path)
    assert ("isc", 1) in administrator.book.schemes
    case_id = administrator.open("own")
    record = administrator.call(cases.look, case_id)
    assert "About Boiler" in letters.write(
        record, "l", site="fact:nottingham-crown-court", today=dt.date(2026, 11, 18)
    )
    [(count,)] = administrator.rows("SELECT count(*) FROM change_log WHERE tbl = 'scheme_file'")
    assert count == 1


def test_installing_it_again_changes_nothing(administrator: Hand) -> None:
    """A version is what its text says, once and for all."""
    install(administrator, text())
    assert install(administrator, text()).version == 1
    assert administrator.count("scheme_file") == 1
    with pytest.raises(NotInstalledError, match="higher version"):
        install(administrator, text().replace('en = "A"', 'en = "B"', 1))


def test_a_newer_version_is_for_new_cases_and_a_case_can_be_moved(
    administrator: Hand, tmp_path: Path
) -> None:
    """A case keeps the version it was opened with until somebody moves it."""
    install(administrator, text())
    _refresh(administrator, tmp_path)
    case_id = administrator.open("own")
    with pytest.raises(NotInstalledError, match="Let this one take effect later"):
        install(administrator, text(2))
    install(administrator, text(2, "2026-01-01"))
    _refresh(administrator, tmp_path)
    second = administrator.open("own")
    versions = {line.id: line.version for line in administrator.lines()}
    assert versions == {case_id: 1, second: 2}
    assert administrator.call(managing.migrate, case_id, 2).version == 2


@pytest.mark.parametrize(
    ("body", "error", "message"),
    [
        (text(name="isc", prefix="ISC"), NotInstalledError, "higher version"),
        (text(prefix="ISC"), NotInstalledError, "prefix ISC is that of the scheme isc"),
        (text() + CHILD, NotInstalledError, "no scheme called none"),
        (text().replace('to = "second"', 'to = "nowhere"'), SchemeError, "nothing called nowhere"),
        (text().replace('"mine.en"', '"other.en"'), SchemeError, "no such template"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused(
    administrator: Hand, body: str, error: type[Exception], message: str
) -> None:
    """By itself, or beside the schemes that are here; nothing is kept."""
    with pytest.raises(error, match=message):
        install(administrator, body)
    assert administrator.count("scheme_file") == 0


def test_a_scheme_that_this_deskapp_cannot_use_stops_nothing(
    administrator: Hand, tmp_path: Path
) -> None:
    """It may have come from a newer one; its cases say that it is not here."""
    install(administrator, text())
    administrator.store.call_jot(
        lambda connection: connection.execute("UPDATE scheme_file SET body = 'x = ['")
    )
    _refresh(administrator, tmp_path)
    assert ("own", 1) not in administrator.book.schemes
    assert ("isc", 1) in administrator.book.schemes


def test_only_some_may_install(hand: Hand) -> None:
    """A scheme changes the work of everybody."""
    with pytest.raises(NotAllowedError):
        install(hand, text())


def test_roles_of_schemes_are_given_and_taken(administrator: Hand) -> None:
    """By name or id, and only such as some scheme names."""
    [line] = administrator.store.call_read(officers.everybody, user=administrator.user)
    book, user = administrator.book, administrator.user
    change = administrator.store.call_write
    given = change(
        officers.change_roles,
        book,
        line.name.upper(),
        give=["supervisor", "coordinator"],
        user=user,
    )
    assert given.scheme_roles == ("coordinator", "supervisor")
    taken = change(officers.change_roles, book, line.id, take=["supervisor"], user=user)
    [kept] = administrator.store.call_read(officers.everybody, user=user)
    assert kept.scheme_roles == taken.scheme_roles == ("coordinator",)
    with pytest.raises(NotFoundError, match="No scheme names the role juggler"):
        change(officers.change_roles, book, line.id, give=["juggler"], user=user)
    with pytest.raises(NotFoundError, match="no officer called Nobody"):
        change(officers.change_roles, book, "Nobody", give=["supervisor"], user=user)
    officer = user._replace(role=Role.TEAM_LEADER)
    with pytest.raises(NotAllowedError):
        change(officers.change_roles, book, line.id, give=["supervisor"], user=officer)
