"""A person on the screen: reached safely, marked in two steps, linked, and never given away."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from deskapp import i18n
from deskapp.app import DeskApp
from deskapp.data.connection import Connection
from deskapp.data.store import Store
from deskapp.roles import Role, User
from deskapp.screens import marker_form
from deskapp.screens.menu import Menu
from deskapp.services import drafts, kinds
from deskapp.services.enquiries.contact_lines import record
from deskapp.services.lists import Disclosure
from deskapp.services.persons import marker_kinds, markers, person_links
from tests.builders import SetClock, save
from tests.pilots import choose, editor, fill, press, rows, settle, shown, small, told, value
from tests.withheld import EMAIL, PHONE, POSTCODE, plant, shows

Desk = Callable[..., DeskApp]


def person_of(store: Store, user: User, contact_id: str) -> str:
    """Whom a contact was with."""
    return store.call_read(record, contact_id, user=user).person_id or ""


def lead(store: Store) -> None:
    """The user of the desk leads the team from now on."""
    store.call_jot(Connection.execute, "UPDATE officer SET role = ?", (Role.TEAM_LEADER,))


@pytest.mark.parametrize("language", i18n.LANGUAGES)
async def test_an_address_becomes_confidential_in_a_call_and_then_stands_nowhere(
    language: str, desk: Desk, store: Store, user: User
) -> None:
    """Two steps of the officer; the form hides it at once, and so does every other screen."""
    i18n.use(language)
    app = desk()
    async with small(app) as pilot:
        await settle(pilot)
        await press(pilot, "f2")
        await choose(pilot, "topic", "FIN")
        await fill(pilot, person_id="Confidential Caller", phone=PHONE, postcode=POSTCODE)
        await fill(pilot, email=EMAIL)
        await press(pilot, "ctrl+r", "m", "c", "f8")
        assert isinstance(app.screen, Menu)
        assert not store.call_read(Connection.execute, "SELECT 1 FROM marker").fetchall()
        await press(pilot, "c")
        assert f"! {marker_kinds.by_code('PF0004').words}" in shown(app)
        assert Disclosure.RESTRICTED.label.partition(":")[0] in shown(app)
        assert shows(shown(app)) == []
        assert editor(app, "phone").password  # type: ignore[union-attr]
        await press(pilot, "f8", "r")
        screens = [shown(app)]
        await press(pilot, "ctrl+g", "e")
        screens.append(shown(app))
        await press(pilot, "down", "enter")
        screens.append(shown(app))
        assert i18n._("withheld") in screens[-1]
        await press(pilot, "ctrl+o")
        screens.append(shown(app))
        assert i18n._("phone, email and postcode withheld") in screens[-1]
        await press(pilot, "ctrl+r", "c")
        screens.append(shown(app))
        await press(pilot, "escape", "f3")
        await fill(pilot, search="confidential")
        screens.append(shown(app))
        assert "Confidential Caller" in screens[-1]
        for text in (PHONE, POSTCODE):
            await fill(pilot, search=text)
            assert not [row for row in rows(app) if row.key.partition(":")[0] != "court"]
        assert shows(screens) == []
    kept = store.call_read(Connection.execute, "SELECT phone FROM person").fetchall()
    assert kept == [(PHONE,)]


async def test_a_form_that_comes_back_shows_dots_until_it_is_known(
    desk: Desk, store: Store, user: User, clock: SetClock
) -> None:
    """What was typed before the marker came stays in the form, unseen."""
    person = plant(store, user, clock)["person"]
    app = desk()
    async with small(app) as pilot:
        await settle(pilot)
        await press(pilot, "f2")
        await fill(pilot, person_id="confidential")
        await press(pilot, "down", "tab")
        assert app.screen.draft.values["person_id"] == person  # type: ignore[attr-defined]
        await fill(pilot, phone=PHONE)
        assert PHONE not in shown(app)
        await press(pilot, "escape", "home", "enter")
        phone = editor(app, "phone")
        assert isinstance(phone, Input)
        assert (phone.value, phone.password) == (PHONE, True)
        assert shows(shown(app)) == []


async def test_a_violent_person_is_proposed_and_the_team_leader_approves(
    desk: Desk, store: Store, user: User, clock: SetClock
) -> None:
    """The officer sees no facts before or after; the words of the sheet stand once it is live."""
    person = person_of(store, user, save(store, user, clock, person_name="Ann Example").id)
    app = desk()
    async with small(app) as pilot:
        await settle(pilot)
        app.open(kinds.PERSON, person)
        await settle(pilot)
        await press(pilot, "ctrl+r", "m", "j")
        await fill(pilot, what_happened="Kicked a chair", source="Usher")
        await press(pilot, "f8")
        assert "team leader decides" in told(app)[-1]
        assert "Ask the team leader" not in shown(app)
        await press(pilot, "ctrl+g")
        assert "Markers:" not in shown(app)
    lead(store)
    app = desk()
    async with small(app) as pilot:
        await settle(pilot)
        await press(pilot, "ctrl+g", "m")
        [row] = rows(app)
        assert (row.cells[0], row.cells[2]) == ("proposed", "Ann Example")
        await press(pilot, "enter", "a", "m")
        assert rows(app) == []
        app.open(kinds.PERSON, person)
        await settle(pilot)
        assert "! Ask the team leader before seeing this person alone" in shown(app)
        assert "Kicked" not in shown(app)


async def test_a_number_is_hidden_until_a_reason_is_typed(
    desk: Desk, store: Store, user: User, clock: SetClock
) -> None:
    """The reason stays with the contact; in Welsh the screen says the same."""
    contact = save(store, user, clock, person_name="Ann Example", phone=PHONE).id
    app = desk()
    async with small(app) as pilot:
        await settle(pilot)
        app.open(kinds.PERSON, person_of(store, user, contact))
        await settle(pilot)
        await press(pilot, "ctrl+r", "s")
        await choose(pilot, "ok_to_call", "n")
        await fill(pilot, code_word="bluebird")
        await press(pilot, "f8")
        assert "Call: no." in shown(app)
        assert "phone withheld" in shown(app)
        await press(pilot, "ctrl+r", "n")
        await fill(pilot, line="Hearing moved")
        await press(pilot, "enter")
        assert told(app)[-1] == PHONE
        await press(pilot, "f12")
        assert i18n._("phone withheld") in shown(app)
        assert "bluebird" not in shown(app)
    notes = store.call_read(record, contact, user=user).notes
    assert [note.text for note in notes] == ["Number shown: Hearing moved"]


async def test_two_records_of_one_person_are_linked_and_unlinked(
    desk: Desk, store: Store, user: User, clock: SetClock
) -> None:
    """The likely one is offered without typing; contacts of the other record are marked."""
    one = save(store, user, clock, person_name="Siân O'Brien", phone="01632 960001").id
    save(store, user, clock, person_name="Sian OBrien", phone="01632960001")
    app = desk()
    async with small(app) as pilot:
        await settle(pilot)
        app.open(kinds.PERSON, person_of(store, user, one))
        await settle(pilot)
        assert "1 record may be the same person" in shown(app)
        await press(pilot, "ctrl+r", "l")
        assert [row.cells[0] for row in rows(app)] == ["Sian OBrien"]
        await press(pilot, "down", "enter")
        await fill(pilot, line="Same voice")
        await press(pilot, "enter")
        assert "Same person: Sian OBrien" in shown(app)
        assert "Sian OBrien (linked)" in [row.cells[2] for row in rows(app)]
        await press(pilot, "ctrl+r", "u", "1")
        await fill(pilot, line="Another person")
        await press(pilot, "enter")
        assert len(rows(app)) == 1
    group = store.call_read(person_links.group, person_of(store, user, one))
    assert len(group) == 1


async def test_details_are_corrected_and_what_was_begun_comes_back(
    desk: Desk, store: Store, user: User, clock: SetClock
) -> None:
    """A form like every other: kept at each key stroke, listed on the first screen."""
    contact = save(store, user, clock, person_name="Ann Exmaple").id
    app = desk()
    async with small(app) as pilot:
        await settle(pilot)
        app.open(kinds.PERSON, person_of(store, user, contact))
        await settle(pilot)
        await press(pilot, "ctrl+r", "c", "escape")
        assert not store.call_read(Connection.execute, "SELECT 1 FROM draft").fetchall()
        await press(pilot, "ctrl+r", "c")
        await fill(pilot, full_name="Ann Example")
        await press(pilot, "escape", "escape")
        assert rows(app)[0].cells[1] == "Corrected details"
        await press(pilot, "enter", "f8")
        assert told(app)[-1] == "Saved: Corrected details."
        assert rows(app) == []
    names = store.call_read(Connection.execute, "SELECT full_name FROM person").fetchall()
    assert names == [("Ann Example",)]


async def test_a_review_that_is_past_is_renewed_or_ended_by_the_team_leader(
    desk: Desk, store: Store, user: User, clock: SetClock
) -> None:
    """Until then everybody reads that it was so."""
    person = person_of(store, user, save(store, user, clock, person_name="Ann Example").id)
    app = desk()
    async with small(app) as pilot:
        await settle(pilot)
        app.open(kinds.PERSON, person)
        await settle(pilot)
        await press(pilot, "ctrl+r", "m", "b", "f8")
        assert "Tell the team leader" in told(app)[-1]
    lead(store)
    clock.passes(days=100)
    app = desk()
    async with small(app) as pilot:
        await settle(pilot)
        await press(pilot, "ctrl+g", "m")
        state, marker, name = rows(app)[0].cells
        assert state.startswith("OVERDUE")
        assert (marker, name) == ("At risk of suicide or self-harm", "Ann Example")
        await press(pilot, "enter", "r")
        await fill(pilot, line="Still so")
        await press(pilot, "enter")
        assert rows(app) == []
        assert "No marker waits" in shown(app)
    [line] = store.call_read(markers.of_person, person, user=user)
    assert not line.overdue(clock.today)


async def test_every_form_about_persons_speaks_welsh(
    desk: Desk, store: Store, user: User, clock: SetClock
) -> None:
    """And gives nothing away."""
    lead(store)
    ids = plant(store, user, clock)
    i18n.use("cy")
    app = desk()
    async with small(app) as pilot:
        await settle(pilot)
        app.open(kinds.PERSON, ids["person"])
        await settle(pilot)
        for key, heading in (
            ("s", "Cyswllt diogel"),
            ("c", "Cywiro manylion"),
            ("l", "Cysylltu unigolion"),
        ):
            await press(pilot, "ctrl+r", key)
            assert heading in shown(app)
            assert shows(shown(app)) == []
            await press(pilot, "escape")
            await settle(pilot)


async def test_a_marker_begun_before_is_taken_up_again(
    desk: Desk, store: Store, user: User, clock: SetClock
) -> None:
    """What was seen is written once; another kind of marker begins empty."""
    person_id = person_of(store, user, save(store, user, clock, person_name="Ann Example").id)
    app = desk()
    async with small(app) as pilot:
        await settle(pilot)
        await choose_marker(app, pilot, person_id, "PF0021")
        await fill(pilot, what_happened="Kicked a chair")
        await press(pilot, "escape")
        await choose_marker(app, pilot, person_id, "PF0021")
        assert value(app, "what_happened") == "Kicked a chair"
        await press(pilot, "escape")
        await choose_marker(app, pilot, person_id, "PF0002")
        assert "Kicked a chair" not in shown(app)
    assert len(store.call_read(drafts.waiting, user.id)) == 1


async def choose_marker(app: DeskApp, pilot: Pilot[Any], person_id: str, code: str) -> None:
    """Ask which marker to set and pick the one with this code."""
    await marker_form.choose(app, person_id)
    await settle(pilot)
    assert isinstance(app.screen, Menu)
    [letter] = [each.letter for each in app.screen._entries if each.value == code]
    await press(pilot, letter.lower())
