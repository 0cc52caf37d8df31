"""What goes wrong on a bad day: killed in a note, too much parked, keys faster than the search."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from deskapp import i18n, settings
from deskapp.app import DeskApp
from deskapp.data.store import Store
from deskapp.roles import User
from deskapp.screens.contact import ContactScreen
from deskapp.screens.contact_record import ContactRecordScreen, NoteScreen
from deskapp.screens.enquiries import EnquiriesScreen
from deskapp.screens.find import FindScreen
from deskapp.screens.home import HomeScreen
from deskapp.screens.menu import Menu
from deskapp.services import drafts, kinds
from deskapp.services.drafts import Draft
from tests.builders import SetClock, a_draft, save
from tests.pilots import choose, fill, focused, press, rows, settle, shown, small, told, value

Desk = Callable[..., DeskApp]


def waiting(store: Store, user: User) -> list[Draft]:
    """Every unfinished form."""
    return store.call_read(drafts.waiting, user.id)


async def test_note_that_was_killed_half_way_is_on_the_screen_at_the_next_start(
    desk: Desk, store: Store, user: User, clock: SetClock
) -> None:
    """A contact that was left open earlier does not push itself in front of it."""
    line = save(store, user, clock)
    store.call_jot(drafts.keep, a_draft(user, clock, values={"answer": "left open"}))
    clock.passes(minutes=1)
    app = desk()
    async with small(app) as pilot:
        await settle(pilot)
        await app.go("home")
        app.open(kinds.CONTACT, line.id)
        await settle(pilot)
        clock.passes(minutes=1)
        await press(pilot, "f5")
        await fill(pilot, note="She rang ba")
    app = desk()
    async with small(app) as pilot:
        await settle(pilot)
        assert isinstance(app.screen, NoteScreen)
        assert value(app, "note") == "She rang ba"
        assert focused(app) == "note"


async def test_esc_parks_no_fourth_contact_but_leaves_it_open(
    desk: Desk, store: Store, user: User, clock: SetClock
) -> None:
    """Three may wait; the running one stays the running one, and F2 brings it back."""
    for _contact in range(3):
        parked = a_draft(user, clock, parked=True, values={"answer": "Waiting"})
        store.call_jot(drafts.keep, parked)
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "f2")
        await fill(pilot, answer="The fourth")
        await press(pilot, "escape")
        assert isinstance(app.screen, HomeScreen)
        assert any("parked contacts" in message for message in told(app))
        await press(pilot, "f2")
        assert value(app, "answer") == "The fourth"
    assert sum(draft.parked for draft in waiting(store, user)) == 3


async def test_only_one_contact_runs_at_a_time(
    desk: Desk, store: Store, user: User, clock: SetClock
) -> None:
    """Taking up a parked contact parks the one that was left open."""
    parked = a_draft(user, clock, parked=True, values={"answer": "parked"})
    left_open = a_draft(user, clock, values={"answer": "open"})
    store.call_jot(drafts.keep, parked)
    store.call_jot(drafts.keep, left_open)
    app = desk()
    async with small(app) as pilot:
        await settle(pilot)
        await app.go("home")
        app.open_draft(parked.id)
        await settle(pilot)
        assert value(app, "answer") == "parked"
    assert {draft.id: draft.parked for draft in waiting(store, user)} == {
        parked.id: False,
        left_open.id: True,
    }


async def test_the_clock_of_a_contact_runs_on_while_something_is_looked_up(
    desk: Desk, store: Store, user: User, clock: SetClock
) -> None:
    """Only a parked contact's clock stands still (enquiries sheet, section 7)."""
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "f2")
        await fill(pilot, answer="Wait, I look it up")
        await press(pilot, "ctrl+g", "e")
        clock.passes(minutes=3)
        await press(pilot, "f2")
        assert "3 minutes" in shown(app)
        await press(pilot, "escape")
        clock.passes(minutes=20)
        await app.go("home")
        await settle(pilot)
        await press(pilot, "enter")
        assert isinstance(app.screen, ContactScreen)
        assert "3 minutes" in shown(app)


@pytest.mark.parametrize("place", [FindScreen, EnquiriesScreen])
async def test_enter_opens_what_matches_the_words_however_fast_it_follows_them(
    desk: Desk, store: Store, user: User, clock: SetClock, place: type[FindScreen | EnquiriesScreen]
) -> None:
    """A scanner sends the reference and Enter before any search has answered."""
    save(store, user, clock)
    line = save(store, user, clock)
    app = desk()
    async with small(app) as pilot:
        await app.push_screen(place())
        await settle(pilot)
        assert isinstance(app.screen, place)
        app.screen.box.value = line.ref
        await app.screen.box.action_submit()
        await settle(pilot)
        assert isinstance(app.screen, ContactRecordScreen)
        assert line.ref in shown(app)


async def test_find_says_that_there_are_more_and_leads_to_them(
    desk: Desk, store: Store, user: User, clock: SetClock
) -> None:
    """The ninth contact exists too."""
    for _contact in range(9):
        save(store, user, clock, question="About parking")
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "f3")
        await fill(pilot, search="parking")
        assert any("There are more." in row.cells for row in rows(app))
        assert isinstance(app.screen, FindScreen)
        app.screen.records.keep_cursor("contacts:parking")
        app.screen.records.focus()
        await press(pilot, "enter")
        assert isinstance(app.screen, EnquiriesScreen)
        assert len(rows(app)) == 9


async def test_page_that_comes_after_other_words_were_typed_is_dropped(
    desk: Desk, store: Store, user: User, clock: SetClock
) -> None:
    """Its place belongs to another list."""
    for number in range(60):
        save(store, user, clock, question=f"Parking place{number:03}")
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "ctrl+g", "e")
        screen = app.screen
        assert isinstance(screen, EnquiriesScreen)
        screen.records.action_edge("end")
        screen.box.value = "parking place007"
        await settle(pilot)
        assert len(rows(app)) == 1


async def test_reference_that_was_saved_last_stays_on_the_first_screen(
    desk: Desk, store: Store, user: User
) -> None:
    """A caller who fetches a pen hears it again."""
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "f2")
        await choose(pilot, "topic", "jury")
        await press(pilot, "f8", "r")
        await settle(pilot)
        assert "last saved E-" in shown(app)


async def test_language_key_is_remembered_and_leaves_questions_alone(desk: Desk) -> None:
    """An officer who works in Welsh starts in Welsh; a menu is answered before."""
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "ctrl+g")
        assert isinstance(app.screen, Menu)
        await press(pilot, "f12")
        assert i18n.language() == "en"
        await press(pilot, "left", "f12")
        assert i18n.language() == "cy"
    assert settings.load(environment={}).language == "cy"


async def test_what_was_saved_last_is_told_in_the_language_in_use(desk: Desk) -> None:
    """Also after F12: a caller fetches a pen for longer than a message stands."""
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "f2")
        await choose(pilot, "topic", "jury")
        await press(pilot, "f8", "r", "f12")
        assert re.search(r"cadwyd ddiwethaf E-\S+ Datrys", shown(app))
        await press(pilot, "f12")
        assert re.search(r"last saved E-\S+ Resolved", shown(app))
