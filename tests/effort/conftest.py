"""Counts the keys of an officer's job besides the words."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from deskapp.app import DeskApp
from tests.pilots import editor, press, settle, small, type_words


class Keys:
    """An officer at the keyboard.

    Tab, Enter, Esc, function keys and each key of a shortcut count one; typed words and letters
    that pick an item count nothing.
    """

    def __init__(self, pilot: Pilot[Any], app: DeskApp) -> None:
        self._pilot = pilot
        self.app = app
        self.pressed: list[str] = []

    async def press(self, *keys: str) -> None:
        """Press keys that count."""
        self.pressed += keys
        await press(self._pilot, *keys)

    async def pick(self, letter: str) -> None:
        """Answer a question with its letter."""
        await press(self._pilot, letter)

    async def type(self, words: str) -> None:
        """Type words where the cursor is."""
        await type_words(self._pilot, words)

    async def scan(self, number: str) -> None:
        """Scan a barcode: the scanner types it and ends it with Enter, which counts nothing."""
        field = self.app.focused
        assert isinstance(field, Input)
        field.value = number
        await press(self._pilot, "enter")

    @property
    def count(self) -> int:
        """Keys so far; a shortcut of two keys counts two."""
        return sum(key.count("+") + 1 for key in self.pressed)

    def field(self) -> str:
        """Name of the field that has the cursor."""
        focused = self.app.focused
        return (
            "" if focused is None or focused.id is None else editor(self.app, focused.id).id or ""
        )


Officer = Callable[[str, int], AbstractAsyncContextManager[Keys]]


@pytest.fixture
def officer(desk: Callable[..., DeskApp], capsys: pytest.CaptureFixture[str]) -> Officer:
    """Runs one job and fails when it took more keys than its goal."""

    @asynccontextmanager
    async def run(job: str, goal: int) -> AsyncIterator[Keys]:
        app = desk()
        async with small(app) as pilot:
            await settle(pilot)
            keys = Keys(pilot, app)
            yield keys
        with capsys.disabled():
            print(f"\n{job}: {keys.count} keys of {goal} ({' '.join(keys.pressed)})")
        assert keys.count <= goal

    return run
