"""F3: what one desk has found is not held up by another."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable

import pytest

from deskapp.app import DeskApp
from deskapp.data.store import Store
from deskapp.errors import StoreBusyError
from deskapp.roles import User
from deskapp.screens import find, found, looking_up, persons
from deskapp.services.knowledge import library, marks
from deskapp.services.knowledge.uses import Use
from deskapp.widgets.record_list import RecordList, Row
from tests.builders import SetClock, save
from tests.pilots import press, rows, settle, shown, small, told

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


async def test_what_is_pinned_stands_in_the_empty_box(desk: Desk) -> None:
    """Until it is taken off; also after a restart, and where it was pinned while it was read."""
    async with small(app := desk()) as pilot:
        await press(pilot, "f3", *"parking")
        pinned = rows(app)[0].key
        await press(pilot, "down", "ctrl+r", "p")
        assert "Pinned" in told(app)[-1]
    async with small(app := desk()) as pilot:
        await press(pilot, "f3")
        assert (rows(app)[0].key, rows(app)[0].cells[2]) == (pinned, "Pinned")
        await press(pilot, "down", "ctrl+r", "t")
        assert pinned not in [row.key for row in rows(app)]
        app.open(*pinned.split(":"))
        await settle(pilot)
        await press(pilot, "ctrl+r", *"pin", "enter")
        assert "Pinned" in told(app)[-1]


async def test_what_changed_since_it_was_read_is_said(desk: Desk, store: Store) -> None:
    """An officer who knows the old text reads the new one; after that it is quiet."""
    store.call_jot(marks.was_read, "parking-penalty", 0)
    article = library.shipped().articles["parking-penalty"]
    async with small(app := desk()) as pilot:
        await press(pilot, "f3", *"parking")
        assert "CHANGED" in next(row.cells[2] for row in rows(app) if row.key.endswith(article.id))
        await looking_up.note(app, article, Use.OPENED)
        await press(pilot, "backspace")
        assert not any("CHANGED" in row.cells[2] for row in rows(app))


async def test_a_list_says_that_it_looks_and_then_what_there_is(desk: Desk) -> None:
    """Nothing is said to match nothing while that is not known, nor for a single letter."""
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "f3", "z")
        assert "Type two letters or more" in shown(app)
        await press(pilot, "z", "q", "x")
        assert "Nothing matches" in shown(app)
        assert isinstance(app.screen, find.FindScreen)
        app.screen.records.look()
        app.screen.records.refresh()
        await settle(pilot)
        assert "Looking. What is found appears here." in shown(app)
        assert "Nothing matches" not in shown(app)
        app.screen.not_read(StoreBusyError("The record store is busy."))
        await settle(pilot)
        assert "Looking" not in shown(app)


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
