"""F3: what one desk has found is not held up by another."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable

import pytest

from deskapp.app import DeskApp
from deskapp.data.store import Store
from deskapp.roles import User
from deskapp.screens import find, found, looking_up, persons
from deskapp.widgets.record_list import RecordList, Row
from tests.builders import SetClock, save
from tests.pilots import press, settle, small

Desk = Callable[..., DeskApp]


async def test_what_is_found_first_is_shown_while_the_rest_is_looked_for(
    desk: Desk, store: Store, user: User, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first search of a run reads the schemes, which takes a while."""
    save(store, user, clock, person_name="Ann Jones")
    ready = asyncio.Event()

    async def slow(_desk: DeskApp, _words: str) -> list[Row]:
        await ready.wait()
        return [Row("late:1", ("Late", "Found late", ""))]

    wanted = find.Filter("All", (persons.found, slow))
    monkeypatch.setattr(find, "FILTERS", (wanted,))
    monkeypatch.setattr(found, "LATE_SECONDS", 0)
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "f3")
        records = app.screen.query_one(RecordList)
        await pilot.press(*"jones")
        while not records.rows:
            await pilot.pause()
        assert [row.cells[1] for row in records.rows] == ["Ann Jones"]
        ready.set()
        await settle(pilot)
        assert [row.cells[1] for row in records.rows] == ["Ann Jones", "Found late"]


async def test_the_schemes_are_read_while_the_officer_types(desk: Desk) -> None:
    """So that the first search of a run waits for nothing."""
    app = desk()
    async with small(app) as pilot:
        assert not hasattr(app, "book")
        await press(pilot, "f3")
        assert app.book.schemes


async def test_a_search_that_nobody_waits_for_any_more_is_not_begun() -> None:
    """Who types is quicker than a search; those of all the letters would share one processor."""
    begun: list[str] = []
    may_end = threading.Event()
    first = asyncio.create_task(looking_up.searched(may_end.wait))
    later = [asyncio.create_task(looking_up.searched(begun.append, word)) for word in ("a", "ab")]
    await asyncio.sleep(0)
    later[0].cancel()
    await asyncio.wait(later[:1])
    may_end.set()
    await asyncio.gather(first, later[1])
    assert begun == ["ab"]
