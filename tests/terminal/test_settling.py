"""What one key sets off is painted before it is called done, in however many steps."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from textual.app import App, ComposeResult
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import Static

from deskapp.terminal import settling
from deskapp.terminal.settling import Settling
from tests import drawing


@pytest.fixture(autouse=True)
def drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw each step, as on a terminal."""
    monkeypatch.setattr(Screen, "_compositor_refresh", drawing._draw)


class Page(App[None]):
    """A text that can grow longer than the screen, and what counts its paints."""

    def __init__(self) -> None:
        super().__init__()
        self.paints = 0
        self.read = asyncio.Event()

    def compose(self) -> ComposeResult:
        with VerticalScroll():
            yield Static("one line", markup=False)

    def _display(self, screen: Screen[object], renderable: object) -> None:
        self.paints += 1
        super()._display(screen, renderable)  # type: ignore[arg-type]  # it passes on what it gets

    def grow(self) -> None:
        """Show a text that needs a scroll bar, which takes a second layout."""
        self.screen_stack[0].query_one(Static).update("\n".join(map(str, range(100))))

    async def reading(self) -> None:
        """Read something, then show it."""
        await self.read.wait()
        self.grow()


@contextmanager
def watched(app: Page) -> Iterator[asyncio.Event]:
    """Settle what the block sets off; the event says when it has."""
    settled = asyncio.Event()
    settles = Settling(app, settled.set)
    settles.note()
    yield settled
    settles.begin()


async def at_rest(app: Page) -> int:
    """Paints so far, when every message has arrived and every tick been taken."""
    for _turn in range(50):
        await asyncio.sleep(0)
        app.screen._on_timer_update()
    return app.paints


@pytest.mark.parametrize("what", ["grow", "scroll"])
async def test_every_step_is_painted_before_it_has_settled(what: str) -> None:
    """R6: a scroll bar and the text that has moved come in steps, each a write of its own."""
    app = Page()
    async with app.run_test(size=(40, 10)):
        if what == "scroll":
            app.grow()
            await at_rest(app)
        with watched(app) as settled:
            if what == "grow":
                app.grow()
            else:
                app.query_one(VerticalScroll).scroll_page_down(animate=False)
        before = app.paints
        await asyncio.wait_for(settled.wait(), 10)
        painted = app.paints
        assert painted > before
        assert await at_rest(app) == painted


async def test_what_is_read_soon_is_part_of_it_and_what_takes_long_is_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Nobody waits for a search before he sees what he typed."""
    app = Page()
    async with app.run_test(size=(40, 10)):
        for soon, seconds in ((True, 60.0), (False, 0.0)):
            app.read.clear()
            app.query_one(Static).update("one line")
            await at_rest(app)
            monkeypatch.setattr(settling, "WORK_SECONDS", seconds)
            with watched(app) as settled:
                app.screen.run_worker(app.reading())
            if soon:
                await asyncio.sleep(0)
                app.read.set()
            await asyncio.wait_for(settled.wait(), 10)
            assert (app.query_one(VerticalScroll).max_scroll_y > 0) is soon
            app.read.set()
            await app.workers.wait_for_complete()


async def test_what_the_screen_below_reads_is_not_waited_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Home reads what waits while one only passes through it."""
    monkeypatch.setattr(settling, "WORK_SECONDS", 3600.0)
    monkeypatch.setattr(settling, "OPENING_SECONDS", 3600.0)
    app = Page()
    async with app.run_test(size=(40, 10)):
        with watched(app) as settled:
            app.screen.run_worker(app.reading())
            await app.push_screen(Screen[None]())
        await asyncio.wait_for(settled.wait(), 10)
        app.read.set()
        await app.workers.wait_for_complete()
