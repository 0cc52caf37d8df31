"""The calculator for callers: over the contact that runs, and nothing of it is kept."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from deskapp.app import DeskApp
from deskapp.data.store import Store
from deskapp.roles import User
from deskapp.screens.contact import ContactScreen
from deskapp.screens.home import HomeScreen
from deskapp.screens.jury_estimate import JuryEstimateScreen
from deskapp.services import drafts
from tests.pilots import fill, form_values, press, settle, shown, small, told, value

Desk = Callable[..., DeskApp]


async def test_the_answer_goes_into_the_contact_that_runs(desk: Desk) -> None:
    """The caller waits: what they earn and how far they live is enough."""
    app = desk()
    async with small(app) as pilot:
        await settle(pilot)
        await press(pilot, "f2")
        await fill(pilot, person_id="Ann Jones")
        await press(pilot, "ctrl+g", "z")
        assert isinstance(app.screen, JuryEstimateScreen)
        await fill(pilot, daily_earnings="80", car="12.5")
        page = shown(app)
        assert "£64.95, the most for a full day; £80.00 was named" in page
        assert "£3.93" in page  # 12.5 miles at 0.314 is 3.925
        assert "£74.59" in page
        await press(pilot, "insert")
        assert isinstance(app.screen, ContactScreen)
        assert form_values(app)["person_name"] == "Ann Jones"
        assert "about £74.59: up to £64.95" in value(app, "answer")


async def test_what_cannot_be_read_is_said_and_goes_nowhere(desk: Desk) -> None:
    """Half an amount must not become a promise."""
    app = desk()
    async with small(app) as pilot:
        await settle(pilot)
        await press(pilot, "ctrl+g", "z")
        await fill(pilot, daily_earnings="eighty")
        assert "Earnings a day: Enter an amount in pounds" in shown(app)
        await press(pilot, "insert")
        assert told(app)[-1] == "Put right what was typed first."
        await fill(pilot, daily_earnings="80")
        await press(pilot, "insert")
        assert "No form is open" in told(app)[-1]
        await press(pilot, "escape")
        assert isinstance(app.screen, HomeScreen)


@pytest.mark.parametrize("language_key", ["f12"])
async def test_what_was_typed_survives_the_language_key(desk: Desk, language_key: str) -> None:
    """A caller changes to Welsh in the middle."""
    app = desk()
    async with small(app) as pilot:
        await settle(pilot)
        await press(pilot, "ctrl+g", "z")
        await fill(pilot, daily_earnings="50", bicycle="10")
        await press(pilot, language_key)
        assert value(app, "daily_earnings") == "50"
        assert "£56.67" in shown(app)  # 50.00 + 0.96 + 5.71


async def test_nothing_that_a_caller_earns_is_kept(desk: Desk, store: Store, user: User) -> None:
    """It is nobody's business afterwards."""
    app = desk()
    async with small(app) as pilot:
        await settle(pilot)
        await press(pilot, "ctrl+g", "z")
        await fill(pilot, daily_earnings="50")
        await press(pilot, "escape")
    assert store.call_read(drafts.waiting, user.id) == []
