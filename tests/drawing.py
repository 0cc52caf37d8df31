"""Lets a test run draw a screen when it rests, and not each step on the way there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from textual import strip
from textual._compositor import Compositor
from textual.app import App
from textual.screen import Screen

_draw = Screen._compositor_refresh
_resting = False


def when_it_rests() -> None:
    """Keep what changed for ``rests``, where there is no terminal that what is drawn goes to."""

    def later(screen: Screen[object]) -> None:
        if screen is screen.app.screen and (screen.app.is_headless or _resting):
            screen._dirty_widgets.clear()
        else:
            _draw(screen)

    # A strip begins with seven caches; for as long as it is there a plain one grows little.
    vars(strip)["FIFOCache"] = lambda _most: {}
    # Its types say that no method is ever exchanged.
    Screen._compositor_refresh = later  # type: ignore[assignment, method-assign]


@contextmanager
def as_it_rests() -> Iterator[None]:
    """Draw only what ``rests`` finds also where there is a terminal."""
    global _resting
    _resting = True
    try:
        yield
    finally:
        _resting = False


def assert_drawn_as_textual_draws(screen: Screen[Any]) -> None:
    """Textual draws all of everything, from the front to the back, and keeps what is seen."""
    compositor = screen._compositor
    whole = compositor.size.region
    drawn = compositor._render_chops(whole, lambda _y: True)
    for ours, theirs in zip(
        drawn, Compositor._render_chops(compositor, whole, lambda _y: True), strict=True
    ):
        assert [*ours] == [*theirs]
        lines = [strip.Strip.join(line.values()).simplify() for line in (ours, theirs)]
        assert lines[0] == lines[1]


def rests(app: App[Any]) -> None:
    """Draw what changed on the screen; a fault while it is drawn ends the test."""
    if app.screen._compositor._dirty_regions:
        _draw(app.screen)
