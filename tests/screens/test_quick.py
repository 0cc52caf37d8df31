"""A screen is styled and laid out once when it is opened: each time more is felt at every key."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from textual._compositor import Compositor
from textual.app import App
from textual.drivers.headless_driver import HeadlessDriver
from textual.geometry import Region, Size
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from deskapp.app import DeskApp
from deskapp.screens.contact import ContactScreen
from deskapp.widgets.record_form import RecordForm
from deskapp.widgets.told import Told
from tests import drawing
from tests.pilots import press, settle, small
from tests.terminal.emulator import Cell, Emulator

JOURNEY = (
    *("f2", "f", "i", "down", "tab", "A", "n", "tab", "shift+tab", "tab", "f8", "escape", "f9"),
    *("escape", "ctrl+l", "ctrl+l", "f3", "j", "u", "r", "down", "f1", "escape", "escape"),
    *("escape", "ctrl+g", "u", "ctrl+n", "tab", "tab", "x", "shift+tab", "f8", "tab", "escape"),
    *("ctrl+g", "c", "8", "enter", "tab", "z", "escape", "escape", "ctrl+g", "down", "up", "h"),
)
"""Forms with lists below their fields, problems above them, menus, help, the other language."""


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
        for each in (opened, "GoMenu"):
            assert {name: count for name, count in done.items() if name.endswith(each)} == {}
        await pilot.resize_terminal(100, 30)
        assert done[f"_screen_resized {opened}"] == 1


async def test_what_changes_is_laid_out_once(
    desk: Callable[..., DeskApp], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A layout takes as long as all else that a letter does, and most letters move nothing."""
    layouts = Counter[str]()
    lay_out = Compositor.reflow

    def counted(compositor: Compositor, screen: Widget, size: Size) -> Any:
        layouts[type(screen).__name__] += 1
        return lay_out(compositor, screen, size)

    monkeypatch.setattr(Compositor, "reflow", counted)
    async with small(desk()) as pilot:
        await settle(pilot)
        assert layouts.pop("HomeScreen") == 1
        await press(pilot, "f2")
        assert layouts.pop("ContactScreen") <= 2, "again with what was read of the person"
        await press(pilot, "tab", "tab", "x", "y", "shift+tab")
        assert layouts.pop("ContactScreen", 0) == 0
        await press(pilot, "f9", "escape")
        assert layouts == {"Menu": 1}
        await press(pilot, "ctrl+g", "down", "down")
        assert layouts == {"Menu": 1, "GoMenu": 1}, "what a place is for takes one line each time"


async def test_what_grows_behind_a_layout_gets_its_room(desk: Callable[..., DeskApp]) -> None:
    """Only what was asked for before a layout is done by it."""
    async with small(desk()) as pilot:
        await settle(pilot)
        screen = pilot.app.screen
        line = screen.query_one("#exchange", Told)
        line.update("one\ntwo")
        screen._refresh_layout()
        assert line.size.height == 2
        line.update("one\ntwo\nthree")
        await settle(pilot)
        assert line.size.height == 3
        line.update("one")
        await settle(pilot)
        assert line.size.height == 1


async def test_a_key_draws_what_it_changes(
    desk: Callable[..., DeskApp], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Textual alone paints the whole screen when the cursor goes to another field."""
    drawn: list[Widget] = []
    draw = Widget.render_lines

    def noted(widget: Widget, crop: Region) -> list[Strip]:
        drawn.append(widget)
        return draw(widget, crop)

    monkeypatch.setattr(Widget, "render_lines", noted)
    async with small(desk()) as pilot:
        await press(pilot, "f2", "tab", "x")
        everything = len({*pilot.app.screen._compositor.visible_widgets})
        drawn.clear()
        await press(pilot, "tab")
        assert 0 < len(drawn) < everything / 4
        assert not {type(widget) for widget in drawn} & {RecordForm, ContactScreen}


async def test_nothing_else_has_changed(
    desk: Callable[..., DeskApp], monkeypatch: pytest.MonkeyPatch
) -> None:
    """After every key the terminal shows what it shows when the whole screen is painted again."""
    terminal = Emulator(80, 24)
    monkeypatch.setattr(App, "is_headless", property(lambda _self: False))
    monkeypatch.setattr(HeadlessDriver, "write", lambda _self, data: terminal.stream.feed(data))

    def shown() -> list[list[Cell]]:
        return [terminal.seen(row) for row in range(terminal.lines)]

    async with small(app := desk()) as pilot:
        await settle(pilot)
        for key in JOURNEY:
            await press(pilot, key)
            before = shown()
            app.screen.refresh()
            await settle(pilot)
            assert shown() == before, key
            drawing.assert_drawn_as_textual_draws(app.screen)
