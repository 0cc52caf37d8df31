"""Another program holds the store: every screen says so, and the desk goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.screen import Screen

from deskapp.app import DeskApp
from deskapp.data.store import Store
from deskapp.errors import StoreBusyError
from deskapp.roles import User
from deskapp.screens.callback_card import CallbackScreen
from deskapp.screens.callbacks import CallbacksScreen
from deskapp.screens.case_record import CaseRecordScreen
from deskapp.screens.cases import CasesScreen
from deskapp.screens.contact_record import ContactRecordScreen
from deskapp.screens.enquiries import EnquiriesScreen
from deskapp.screens.find import FindScreen
from deskapp.screens.home import HomeScreen
from deskapp.screens.markers import MarkersScreen
from deskapp.screens.person import PersonScreen
from deskapp.screens.person_link import LinkScreen
from deskapp.screens.persons import PersonsScreen
from deskapp.screens.reports import ReportsScreen
from deskapp.screens.spos import SposScreen
from deskapp.services import kinds
from tests.builders import SetClock, save
from tests.pilots import failing, fill, press, rows, settle, small, told

Desk = Callable[..., DeskApp]

BUSY = "The record store is busy. Try again."
LISTS: tuple[Callable[[], Screen[Any]], ...] = (
    EnquiriesScreen,
    PersonsScreen,
    CallbacksScreen,
    CasesScreen,
    MarkersScreen,
    ReportsScreen,
    SposScreen,
    lambda: LinkScreen("of nobody"),
    lambda: FindScreen("jones"),
)
RECORDS = (ContactRecordScreen, CaseRecordScreen, CallbackScreen, PersonScreen)


@contextmanager
def busy(app: DeskApp) -> Iterator[None]:
    """The store answers nothing for a while."""
    with pytest.MonkeyPatch.context() as patch:
        for verb in ("read", "write"):
            patch.setattr(app.store, verb, failing(StoreBusyError(BUSY)))
        yield


async def said(pilot: Pilot[Any], app: DeskApp) -> None:
    """What was said since this was asked last; a screen that is come back to says it as well."""
    await settle(pilot)
    assert set(told(app)) == {BUSY}, app.screen
    app.clear_notifications()


async def test_lists_say_that_they_cannot_be_read_and_stay(desk: Desk) -> None:
    """Typed once more, or come back to, they are read again."""
    app = desk()
    async with small(app) as pilot:
        await settle(pilot)
        with busy(app):
            for opened in LISTS:
                screen = opened()
                await app.push_screen(screen)
                await said(pilot, app)
                assert app.screen is screen
                screen.dismiss()
                await said(pilot, app)  # the first screen looks again
        assert isinstance(app.screen, HomeScreen)


async def test_records_say_that_they_cannot_be_read_and_close(desk: Desk) -> None:
    """A record without its words would look like one that holds none."""
    app = desk()
    async with small(app) as pilot:
        await settle(pilot)
        await app.push_screen(EnquiriesScreen())
        await settle(pilot)
        with busy(app):
            for record in RECORDS:
                await app.push_screen(record("of nobody"))
                await said(pilot, app)
                assert isinstance(app.screen, EnquiriesScreen)


async def test_keys_that_ask_the_store_say_that_it_is_busy(
    desk: Desk, store: Store, user: User, clock: SetClock
) -> None:
    """New contact, urgent, go to, a note on a contact, what was promised."""
    line = save(store, user, clock, outcome="EML", extras={"within_days": "1"})
    app = desk()
    async with small(app) as pilot:
        app.open(kinds.CONTACT, line.id)
        await settle(pilot)
        with busy(app):
            for key in ("f2", "f4", "ctrl+g", "f5"):
                await press(pilot, key)
                await said(pilot, app)
            await press(pilot, "f9")
            assert told(app) == [f"Not saved. {BUSY}"]
            assert isinstance(app.screen, ContactRecordScreen)


async def test_list_asks_again_for_the_page_that_did_not_come(
    desk: Desk, store: Store, user: User, clock: SetClock
) -> None:
    """A list that waits for ever looks like one that has ended."""
    for _contact in range(60):
        save(store, user, clock)
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "ctrl+g", "e", "down")
        held = len(rows(app))
        with busy(app):
            while not told(app):
                await press(pilot, "pagedown")
        assert len(rows(app)) == held
        await press(pilot, "up")
        assert len(rows(app)) > held


async def test_callbacks_that_became_due_meanwhile_are_not_forgotten(desk: Desk) -> None:
    """The bell rings a minute later."""
    app = desk()
    async with small(app) as pilot:
        await settle(pilot)
        before = app.rung_until
        with busy(app):
            app.ring_due()
            await said(pilot, app)
            assert app.rung_until == before


async def test_search_goes_on_when_the_store_answers_again(
    desk: Desk, store: Store, user: User, clock: SetClock
) -> None:
    """Nothing has to be closed and opened for it."""
    line = save(store, user, clock, person_name="Ann Jones")
    app = desk()
    async with small(app) as pilot:
        await settle(pilot)
        with busy(app):
            await app.push_screen(EnquiriesScreen())
            await settle(pilot)
        await fill(pilot, search="jones")
        assert [row.key for row in rows(app)] == [line.id]
