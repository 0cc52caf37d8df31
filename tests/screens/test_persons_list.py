"""Everybody by name: a surname typed in the list leads there, Enter opens the person."""

from __future__ import annotations

from collections.abc import Callable

from deskapp.app import DeskApp
from deskapp.data.store import Store
from deskapp.roles import User
from deskapp.screens.person import PersonScreen
from deskapp.screens.persons import PersonsScreen
from tests.builders import SetClock, save
from tests.pilots import fill, press, rows, settle, shown, small

Desk = Callable[..., DeskApp]


async def test_a_surname_is_typed_and_its_person_opened(
    desk: Desk, store: Store, user: User, clock: SetClock
) -> None:
    """A caller says "Price"; two letters are often enough."""
    for number in range(60):
        save(store, user, clock, person_name=f"Ann Adams{number:02}")
    for name in ("Bob [/b] Price", "Eve Pugh", "Zoe Young"):
        save(store, user, clock, person_name=name)
    app = desk()
    async with small(app) as pilot:
        await settle(pilot)
        await press(pilot, "ctrl+g", "p")
        assert isinstance(app.screen, PersonsScreen)
        assert app.screen.records.current
        assert app.screen.records.current.cells[0] == "Ann Adams00"
        await press(pilot, "p", "r")
        assert app.screen.records.current.cells[0] == "Bob [/b] Price"
        await press(pilot, "enter")
        assert isinstance(app.screen, PersonScreen)
        assert "Bob [/b] Price" in shown(app)
        await press(pilot, "escape", "z", "z")
        assert isinstance(app.screen, PersonsScreen)
        assert app.screen.records.current.cells[0] == "Zoe Young"
        await press(pilot, "f3")
        await fill(pilot, search="pugh")
        assert [row.cells[0] for row in rows(app)] == ["Eve Pugh"]
