"""A screen is styled and laid out once when it is opened: each time more is felt at every key."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from textual.screen import Screen

from deskapp.app import DeskApp
from tests.pilots import press, small


async def test_a_screen_that_is_opened_is_not_made_twice(
    desk: Callable[..., DeskApp], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Textual styles all of it again when it is shown, and lays it out for its first size twice."""
    done = Counter[str]()

    def counted(name: str) -> None:
        does = getattr(Screen, name)

        def do(screen: Screen[Any], *given: Any, **named: Any) -> Any:
            done[f"{name} {type(screen).__name__}"] += 1
            return does(screen, *given, **named)

        monkeypatch.setattr(Screen, name, do)

    counted("update_node_styles")
    counted("_screen_resized")
    async with small(desk()) as pilot:
        await press(pilot, "ctrl+g", "e")
        opened = type(pilot.app.screen).__name__
        assert opened == "EnquiriesScreen"
        assert {name: count for name, count in done.items() if name.endswith(opened)} == {}
        await pilot.resize_terminal(100, 30)
        assert done[f"_screen_resized {opened}"] == 1
