"""Who is senior person on site stands on the first screen; a team leader books by keyboard."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from deskapp import i18n
from deskapp.app import DeskApp
from deskapp.data.store import Store
from deskapp.screens.home import HomeScreen
from deskapp.screens.spos import DutyScreen, SposScreen
from tests.pilots import fill, press, rows, settle, shown, small, told

Desk = Callable[..., DeskApp]


@pytest.fixture
def leader(store: Store) -> Store:
    """The officer of the desk is a team leader."""
    store.call_jot(lambda connection: connection.execute("UPDATE officer SET role = 'team_leader'"))
    return store


@pytest.mark.parametrize("language", i18n.LANGUAGES)
async def test_a_leader_books_the_morning_and_home_says_who_it_is(
    language: str, desk: Desk, leader: Store
) -> None:
    """Before, it says in words that nobody is booked and whom to tell."""
    i18n.use(language)
    app = desk()
    async with small(app) as pilot:
        await settle(pilot)
        nobody = "NOBODY IS BOOKED as senior person on site: tell the delivery manager."
        assert i18n._(nobody) in shown(app)
        await press(pilot, "f4", "n")
        assert isinstance(app.screen, SposScreen)
        assert i18n._("NOBODY IS BOOKED") in rows(app)[0].cells[1]
        await press(pilot, "enter")
        assert isinstance(app.screen, DutyScreen)
        await fill(pilot, known="Ann Jones", phone="01632 960001")
        await press(pilot, "f8")
        assert isinstance(app.screen, SposScreen)
        assert rows(app)[0].cells[1] == "Ann Jones 01632 960001"
        await press(pilot, "escape")
        assert isinstance(app.screen, HomeScreen)
        words = i18n._("Senior person on site now: {who}").split("{")[0]
        assert f"{words}Ann Jones 01632 960001" in shown(app)


async def test_who_is_booked_already_is_said_and_replaced_only_when_asked(
    desk: Desk, leader: Store
) -> None:
    """A colleague who was booked must not find out at the door; Esc goes back to the form."""
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "f4", "n", "enter")
        await fill(pilot, known="Ann Jones")
        await press(pilot, "f8", "enter")
        assert "Booked already: Ann Jones" in shown(app)
        await fill(pilot, known="Bob Evans")
        await press(pilot, "f8")
        assert "Ann Jones is booked then." in shown(app)
        await press(pilot, "escape")
        assert isinstance(app.screen, DutyScreen)
        await press(pilot, "f8", "r")
        assert isinstance(app.screen, SposScreen)
        assert rows(app)[0].cells[1] == "Bob Evans"


async def test_an_officer_sees_who_it_is_and_books_nothing(desk: Desk) -> None:
    """They are told who does."""
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "f4", "n", "enter")
        assert isinstance(app.screen, SposScreen)
        assert told(app) == ["A team leader or manager books this."]
