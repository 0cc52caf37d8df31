"""The list of what was written twice, as a team leader works through it."""

from __future__ import annotations

from collections.abc import Callable

from deskapp.app import DeskApp
from deskapp.data.connection import Connection
from deskapp.data.store import Store
from deskapp.roles import User
from deskapp.screens.conflicts import ConflictsScreen
from deskapp.screens.person import PersonScreen
from tests.builders import SetClock
from tests.pilots import press, rows, settle, shown
from tests.services.test_conflicts import Clash, clash, person, phone

__all__ = ["clash", "person"]


async def test_a_team_leader_decides_with_two_keys(
    store: Store,
    user: User,
    clock: SetClock,
    person: str,
    clash: Clash,
    desk: Callable[..., DeskApp],
) -> None:
    """Enter shows both values with who wrote them; a letter decides; the list then is empty."""
    clash("person", person, "phone", "01632 960 001 [/b]", "01632 960 002")
    store.call_jot(Connection.execute, "UPDATE officer SET role = 'team_leader'")
    app = desk()
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert "Written twice: Phone" in shown(app)
        await press(pilot, "ctrl+g", "w")
        assert isinstance(app.screen, ConflictsScreen)
        assert [row.cells for row in rows(app)] == [
            ("Person Ann Example", "Phone", "01632 960 002", "01632 960 001 [/b]")
        ]
        await press(pilot, "enter")
        assert "01632 960 001 [/b]" in shown(app)
        await press(pilot, "o")
        assert isinstance(app.screen, PersonScreen)
        await press(pilot, "escape", "enter", "u")
        assert phone(store) == "01632 960 001 [/b]"
        assert rows(app) == []
        assert "Nothing was written twice." in shown(app)
