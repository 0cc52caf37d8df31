"""Drives the screens without a terminal: presses, fills, waits, reads what is visible."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, NoReturn

import pytest
from textual.events import Key
from textual.keys import _character_to_key, key_to_character
from textual.pilot import Pilot
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Input, OptionList, TextArea

from deskapp.app import DeskApp
from deskapp.screens import looking_up
from deskapp.widgets.record_form import RecordForm
from deskapp.widgets.record_list import RecordList, Row
from tests import drawing, waiting

_ROUNDS = 6000
_STORE_THREADS = ("_reader_thread", "_writer_thread")


async def settle(pilot: Pilot[Any]) -> None:
    """Wait until nothing runs any more but what waits for an answer of the officer."""
    app = pilot.app
    assert isinstance(app, DeskApp)
    for _round in range(_ROUNDS):
        await _handled()
        await app._animator.wait_until_complete()
        await _handled()
        if app._exception is not None:
            return  # it is raised where the application was started
        updated = [
            screen
            for screen in (*app._background_screens, app.screen)
            if screen._update_timer._active.is_set()
        ]
        for screen in updated:
            screen._on_timer_update()
        if updated or await _stored(app):
            continue  # what follows from it is still to be handled
        running = [
            worker
            for worker in app.workers
            if not worker.is_finished and worker.node in (app, app.screen)
        ]
        if isinstance(app.screen, ModalScreen) or not running:
            drawing.rests(app)
            return
        await asyncio.sleep(0.001)  # a thread works: a key is stretched, a court is looked for
    raise AssertionError(f"still running: {running}")


def intervals(app: DeskApp) -> list[float]:
    """How often each timer that goes off again and again does so now, in seconds."""
    return [
        timer._interval
        for node in (app, *app.screen.walk_children(with_self=True))
        for timer in node._timers
        if timer._repeat is None and timer._active.is_set()
    ]


async def _handled() -> None:
    """Wait until no task can go on: every message and all that follows from it is handled."""
    ready = asyncio.get_running_loop()._ready  # type: ignore[attr-defined]
    for _round in range(_ROUNDS):
        await asyncio.sleep(0)
        if not ready:
            return
    raise AssertionError("it never rests")


async def _stored(app: DeskApp) -> bool:
    """Wait for what threads were asked for: the store, a search, the reading of schemes.

    Returns:
        Whether they were asked anything since they were last waited for.
    """
    store = getattr(app, "store", None)
    threads = [] if store is None or store._closed else [*map(store.__dict__.get, _STORE_THREADS)]
    if looking_up._thread.cache_info().currsize:
        threads.append(looking_up._thread())
    asked = [thread for thread in threads if thread is not None and waiting.was_asked(thread)]
    for thread in asked:
        await waiting.answered(thread)
    return await _threads_rest() or bool(asked)


async def _threads_rest() -> bool:
    """Wait for what was given to a thread beside those; whether there was anything."""
    pool = getattr(asyncio.get_running_loop(), "_default_executor", None)
    if pool is None or not waiting.was_asked(pool):
        return False
    waiting.forget(pool)
    for _round in range(_ROUNDS):
        if pool._idle_semaphore._value >= len(pool._threads):
            break
        await asyncio.sleep(0.001)
    return True


async def press(pilot: Pilot[Any], *keys: str) -> None:
    """Press keys, each after the one before has done its work."""
    app = pilot.app
    assert isinstance(app, DeskApp)
    assert app._driver is not None
    for key in keys:
        await _handled()
        app._driver.send_message(_event(app, key))
        await settle(pilot)


async def type_words(pilot: Pilot[Any], words: str) -> None:
    """Type letter after letter, quicker than anything is searched or drawn."""
    app = pilot.app
    assert isinstance(app, DeskApp)
    assert app._driver is not None
    for letter in words:
        app._driver.send_message(_event(app, letter))
        await _handled()
    await settle(pilot)


def _event(app: DeskApp, key: str) -> Key:
    """What Textual makes of a key; letters and signs are given as themselves."""
    name = _character_to_key(key) if len(key) == 1 else key
    event = Key(name, key if len(key) == 1 else key_to_character(name))
    event.set_sender(app)
    return event


def editor(app: DeskApp, name: str) -> Input | TextArea:
    """The field called ``name`` on the screen."""
    found = app.screen.query_one(f"#{name}", Widget)
    assert isinstance(found, (Input, TextArea))
    return found


async def fill(pilot: Pilot[Any], **values: str) -> None:
    """Put words into fields, as typing them one by one does in the end; nothing waits between."""
    assert isinstance(pilot.app, DeskApp)
    for name, value in values.items():
        field = editor(pilot.app, name)
        if not field.has_focus:
            field.focus()
            await _handled()
        if isinstance(field, TextArea):
            field.text = value
            field.move_cursor(field.document.end)
        else:
            field.value = value
            field.cursor_position = len(value)
        await _handled()
    await settle(pilot)


async def choose(pilot: Pilot[Any], name: str, typed: str) -> None:
    """Type into a choice and take the marked offer with Tab."""
    await fill(pilot, **{name: typed})
    await press(pilot, "tab")


def value(app: DeskApp, name: str) -> str:
    """What stands in a field."""
    field = editor(app, name)
    return field.text if isinstance(field, TextArea) else field.value


def form_values(app: DeskApp) -> dict[str, str]:
    """Everything in the form on the screen."""
    return app.screen.query_one(RecordForm).values


def focused(app: DeskApp) -> str:
    """Name of the field that has the cursor."""
    return (app.focused.id or "") if app.focused is not None else ""


def rows(app: DeskApp) -> list[Row]:
    """The rows of the list on the screen."""
    return app.screen.query_one(RecordList).rows


def listed_problems(app: DeskApp) -> list[str]:
    """What the form says must be put right."""
    return [
        str(listed.get_option_at_index(at).prompt)
        for listed in app.screen.query("#problems").results(OptionList)
        for at in range(listed.option_count)
    ]


def shown(app: DeskApp) -> str:
    """Every word on the screen, line by line, messages too."""
    return "\n".join(strip.text.rstrip() for strip in app.screen._compositor.render_strips())


def told(app: DeskApp) -> list[str]:
    """What the messages in the corner said, the newest last; they go by themselves."""
    return [note.message for note in app._notifications]


def failing(error: Exception) -> Callable[..., Awaitable[NoReturn]]:
    """What a store does in place of a write when the disk or another process says no."""

    async def fail(*_args: object, **_named: object) -> NoReturn:
        raise error

    return fail


def refuse(monkeypatch: pytest.MonkeyPatch, app: DeskApp, error: Exception) -> None:
    """Let every save of the application fail; keeping drafts still works."""
    monkeypatch.setattr(app.store, "write", failing(error))


small = partial(DeskApp.run_test, size=(80, 24))
"""Run on the smallest terminal that must do."""
