"""What central could not take, as a team leader works through it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from deskapp.app import DeskApp
from deskapp.data import outbox
from deskapp.data.connection import Connection
from deskapp.data.store import Store
from deskapp.screens.set_aside import SetAsideScreen
from tests.pilots import press, rows, settle, shown
from tests.screens.test_looks import SMALL, WIDE, steps
from tests.services.test_set_aside import aside

__all__ = ["aside"]


async def test_a_team_leader_has_it_sent_again_with_two_keys(
    store: Store, aside: int, desk: Callable[..., DeskApp]
) -> None:
    """Enter says why; a letter sends it; the list then is empty."""
    store.call_jot(Connection.execute, "UPDATE officer SET role = 'team_leader'")
    before = store.call_read(outbox.newest)
    app = desk()
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert "Not taken: Email" in shown(app)
        await press(pilot, "ctrl+g", "n")
        assert isinstance(app.screen, SetAsideScreen)
        assert [row.cells[:2] for row in rows(app)] == [("Person Ann Example", "Email")]
        await press(pilot, "enter")
        assert "have it upgraded" in shown(app)
        await press(pilot, "s")
        assert rows(app) == []
        assert "Central has taken everything." in shown(app)
    assert store.call_read(outbox.newest) == before + 1


@pytest.mark.parametrize("size", [SMALL, WIDE], ids=["small", "wide"])
def test_what_is_set_aside_looks(
    size: tuple[int, int],
    store: Store,
    aside: int,
    desk: Callable[..., DeskApp],
    snap_compare: Any,
) -> None:
    """Which record, what of it, by whom and when."""
    store.call_jot(Connection.execute, "UPDATE officer SET role = 'team_leader'")
    assert snap_compare(desk(), run_before=steps("ctrl+g", "n"), terminal_size=size)
