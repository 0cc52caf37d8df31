"""Styles that were worked out before: what Textual alone gives every widget, wherever it stands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode

from deskapp.app import DeskApp
from tests.pilots import press, settle, small

FLAGS = ("_has_hover_style", "_has_focus_within", "_has_order_style", "_has_odd_or_even")
JOURNEY = (
    *("f2", "tab", "tab", "f1", "escape", "escape", "ctrl+g", "u", "f3", "x", "escape"),
    *("ctrl+g", "i", "ctrl+n", "tab", "f8", "escape", "escape", "ctrl+p", "escape", "f4", "escape"),
)


def styled(node: DOMNode) -> tuple[dict[str, Any], ...]:
    """The styles of a widget, of its parts, and what is noted of its rules."""
    names = node._get_component_classes()
    parts = {name: dict(node._component_styles[name].base._rules) for name in names}
    return dict(node._css_styles._rules), parts, {name: getattr(node, name) for name in FLAGS}


def as_textual_styles(app: DeskApp) -> None:
    """Compare every widget of every open screen with what Textual makes of it."""
    plain = Stylesheet(variables=app.stylesheet._variables)
    plain._rules = app.stylesheet.rules
    for screen in app.screen_stack:
        for node in (app, *screen.walk_children(with_self=True)):
            known = styled(node)
            plain.apply(node)
            assert styled(node) == known, node


@pytest.mark.parametrize("theme", ["textual-light", "dracula"])
async def test_a_known_style_is_that_of_textual(theme: str, desk: Callable[..., DeskApp]) -> None:
    """On screens, forms and dialogs, beside a form, with a cursor that moves, in other colours."""
    async with (app := desk()).run_test(size=(130, 24)) as pilot:
        await settle(pilot)
        for key in JOURNEY:
            as_textual_styles(app)
            await press(pilot, key)
        app.theme = theme
        await settle(pilot)
        as_textual_styles(app)
        for key in ("f2", "tab", "f3"):
            await press(pilot, key)
            as_textual_styles(app)
        app.screen.disabled = True
        await settle(pilot)
        as_textual_styles(app)


async def test_a_part_keeps_what_it_is_made_of(desk: Callable[..., DeskApp]) -> None:
    """A widget that gets the cursor styles its parts again and makes none anew."""
    async with small(app := desk()) as pilot:
        await press(pilot, "f2")
        field = app.focused
        assert field is not None
        parts = dict(field._component_styles)
        assert parts
        await press(pilot, "tab", "shift+tab")
        assert app.focused is field
        assert all(field._component_styles[name] is part for name, part in parts.items())
