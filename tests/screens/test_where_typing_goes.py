"""Where the cursor stands at first and where typing goes: no letter is lost, no field emptied."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from textual.events import Key, Paste
from textual.geometry import Region
from textual.pilot import Pilot

from deskapp import i18n, keys
from deskapp.app import DeskApp
from deskapp.data.store import Store
from deskapp.roles import User
from deskapp.screens import dialog
from deskapp.screens.base import MESSAGES
from deskapp.screens.callback_card import CallbackScreen
from deskapp.screens.callbacks import CallbacksScreen
from deskapp.screens.case_record import CaseRecordScreen
from deskapp.screens.enquiries import EnquiriesScreen
from deskapp.screens.find import FindScreen
from deskapp.screens.help import Help
from deskapp.screens.home import HomeScreen
from deskapp.screens.menu import Menu
from deskapp.screens.pick import Pick
from deskapp.widgets.key_line import KeyLine
from deskapp.widgets.record_list import RecordList
from tests.builders import SetClock, save
from tests.pilots import (
    choose,
    fill,
    focused,
    listed_problems,
    press,
    rows,
    settle,
    shown,
    small,
    value,
)
from tests.screens.case_desk import CaseDesk

Desk = Callable[..., DeskApp]


async def test_down_goes_from_the_box_to_the_first_line(desk: Desk) -> None:
    """Enter then opens what one saw first, not the line below it."""
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "f3")
        await fill(pilot, search="cardiff")
        assert len(rows(app)) > 1
        await press(pilot, "down")
        records = app.screen.query_one(RecordList)
        assert (records.has_focus, records.cursor) == (True, 0)


async def test_letters_typed_in_the_list_of_problems_go_into_the_first_wrong_field(
    desk: Desk,
) -> None:
    """Who types on after F8 loses nothing, a paste neither; the arrows lead to another field."""
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "ctrl+g", "c", "ctrl+n")
        await CaseDesk(pilot).pick("Offender management paper")
        await fill(pilot, wing="B")
        await press(pilot, "f8")
        assert len(listed_problems(app)) > 1
        assert focused(app) == "problems"
        assert "(needed)" in shown(app)
        app.simulate_key("K")
        app.simulate_key("7")
        await settle(pilot)
        first = focused(app)
        assert first != "problems"
        assert value(app, first) == "K7"
        await press(pilot, "shift+tab")
        assert focused(app) == "problems"
        app.screen.query_one("#problems").post_message(Paste(" 8"))
        await settle(pilot)
        assert value(app, first) == "K7 8"


async def test_key_typed_in_a_filled_field_is_added_to_it(desk: Desk) -> None:
    """Coming back to a field does not mark its words, so a stray key cannot empty it."""
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "f2")
        await fill(pilot, phone="01632 960 00")
        await press(pilot, "tab", "shift+tab", "1")
        assert value(app, "phone") == "01632 960 001"


@pytest.mark.parametrize("letter", ["c", "e"])
async def test_desks_begin_in_their_list(
    letter: str, desk: Desk, store: Store, user: User, clock: SetClock
) -> None:
    """One Enter opens the first line, as on the first page; letters begin a search all the same."""
    save(store, user, clock, person_name="Ann Jones")
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "ctrl+g", "c", "ctrl+n")
        await CaseDesk(pilot).pick("Key or")
        await press(pilot, "escape", "escape", "ctrl+g", letter)
        assert app.screen.query_one(RecordList).has_focus
        await press(pilot, *"zz")
        assert (focused(app), value(app, "search")) == ("search", "zz")
        await press(pilot, "f3", "down", "f3")
        assert focused(app) == "search"


async def test_enter_opens_the_first_contact_at_once(
    desk: Desk, store: Store, user: User, clock: SetClock
) -> None:
    """Without a key that only moves the cursor."""
    save(store, user, clock, person_name="Ann Jones")
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "ctrl+g", "e", "enter")
        assert not isinstance(app.screen, EnquiriesScreen)
        assert "Ann Jones" in shown(app)


async def test_f3_finds_from_the_callbacks_too(
    desk: Desk, store: Store, user: User, clock: SetClock
) -> None:
    """The box takes a day there, which is typed without a key before it."""
    extras = {"slot": "tomorrow 9", "kind": "window"}
    save(
        store,
        user,
        clock,
        outcome="CBK",
        extras=extras,
        person_name="Ann Jones",
        phone="01632 960 001",
    )
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "ctrl+g", "b", "f3")
        assert isinstance(app.screen, FindScreen)
        await press(pilot, "escape")
        assert isinstance(app.screen, CallbacksScreen)
        await press(pilot, *"today")
        assert (value(app, "search"), rows(app)) == ("today", [])
        await press(pilot, *["backspace"] * 5, "down", "enter")
        assert isinstance(app.screen, CallbackScreen)


async def test_letters_of_actions_are_the_same_in_both_languages(desk: Desk) -> None:
    """Fingers know them."""
    app = desk()
    async with small(app) as pilot:
        officer = CaseDesk(pilot)
        await officer.open("building_issue", what="Lift")
        english = [(each.value, each.letter) for each in _record(app).entries]
        await press(pilot, "f12")
        assert i18n.language() == "cy"
        assert [(each.value, each.letter) for each in _record(app).entries] == english


async def test_many_lines_to_pick_from_say_how_many_they_are(desk: Desk) -> None:
    """Those below the edge are not taken for missing; fewer lines need no word."""
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "ctrl+g", "c", "ctrl+n")
        assert "in all: type a word to see fewer" in shown(app)
        await press(pilot, *"key")
        assert "in all" not in shown(app)


@pytest.mark.parametrize("width", [20, 30, 60, 80])
def test_way_back_and_help_stand_in_every_key_line(width: int) -> None:
    """On a narrow terminal other keys are left to help."""
    line = KeyLine(("app.help", "desk.new", "app.find", "record.more", "screen.back", "app.go"))
    parts = line.parts(width)
    assert parts[0][0] == "F1"
    assert "Esc" in [key for key, _label in parts]


def _record(app: DeskApp) -> CaseRecordScreen:
    assert isinstance(app.screen, CaseRecordScreen)
    return app.screen


def messages(app: DeskApp) -> list[Region]:
    """Where each message stands."""
    [rack] = app.screen.query(f"#{MESSAGES}")
    return [each.region for holder in rack.children for each in holder.children]


async def tell(pilot: Pilot[Any]) -> None:
    """Have a message told, and stand."""
    pilot.app.screen.notify("Anything that is told", timeout=600)
    await settle(pilot)
    await pilot.pause()


async def test_messages_stand_on_neither_the_line_typed_in_nor_the_key_line(
    desk: Callable[..., DeskApp],
) -> None:
    """The field of the slot lies at the bottom, where messages stand otherwise."""
    app = desk()
    async with small(app, notifications=True) as pilot:
        await press(pilot, "f2")
        await choose(pilot, "topic", "FIN")
        await tell(pilot)
        assert messages(app)[0].bottom == app.size.height - 1
        await press(pilot, "f8", "c")
        await fill(pilot, add_slot="sat 10")
        await press(pilot, "f8")
        await pilot.pause()
        typed = app.focused
        assert typed is not None
        assert typed.region.y > app.size.height // 2
        state = app.screen.query_one("#state").region
        assert len(messages(app)) > 1
        for region in messages(app):
            assert not region.overlaps(typed.region)
            assert not region.overlaps(state)
            assert region.bottom < app.size.height


async def test_a_message_that_comes_when_no_screen_is_shown_breaks_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Such as one of a thread that is done while the desk closes."""
    app = desk()
    async with small(app, notifications=True) as pilot:
        await settle(pilot)
        with monkeypatch.context() as now:
            now.setitem(app._screen_stacks, app._current_mode, [])
            app._refresh_notifications()


async def test_a_message_that_was_read_lies_on_no_answer(
    desk: Callable[..., DeskApp],
) -> None:
    """The outcomes fill the screen; what is told while they are asked for is shown all the same."""
    app = desk()
    async with small(app, notifications=True) as pilot:
        await press(pilot, "f2")
        await choose(pilot, "topic", "FIN")
        await tell(pilot)
        await press(pilot, "f8")
        await pilot.pause()
        assert isinstance(app.screen, Menu)
        assert len(messages(app)) == 1, "it came too lately to have been read"
        await press(pilot, "escape")
        for told in app._notifications:
            told.raised_at -= dialog.READ_SECONDS
        await press(pilot, "f8")
        await pilot.pause()
        assert messages(app) == []
        await tell(pilot)
        assert len(messages(app)) == 1
        await press(pilot, "escape")
        await pilot.pause()
        assert len(messages(app)) == 2, "behind the question it is there again"


async def test_messages_leave_the_letters_of_a_step_in_view(desk: Callable[..., DeskApp]) -> None:
    """In the hard minutes the letter of the emergency services stands there."""
    app = desk()
    async with small(app, notifications=True) as pilot:
        await press(pilot, "f2", "f5", *"suicide", "enter")
        await tell(pilot)
        letters = app.screen.query_one("#letters").region
        assert letters.height > 0
        assert [region.bottom for region in messages(app)] == [letters.y]


async def test_help_comes_over_a_question_and_the_question_is_still_there_after_it(
    desk: Callable[..., DeskApp],
) -> None:
    """F1 means help everywhere: in menus, in lists to pick from, where things are ticked."""
    app = desk()
    async with small(app) as pilot:
        for keys, way_out in (
            (("ctrl+g",), "escape"),
            (("ctrl+p",), "escape"),
            (("f2", "ctrl+r", "n"), "enter"),
        ):
            await press(pilot, *keys)
            asked = app.screen
            await press(pilot, "f1")
            assert isinstance(app.screen, Help)
            assert "Press" in shown(app) or "Type" in shown(app)
            await press(pilot, "f1")
            assert app.screen is asked
            await press(pilot, way_out)


async def test_palette_leads_to_every_place_and_says_when_nothing_is_found(
    desk: Callable[..., DeskApp],
) -> None:
    """Not only what can be done on this screen."""
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "ctrl+p", *"zzz")
        assert "Nothing found." in shown(app)
        await press(pilot, "enter", "ctrl+p", *"callb")
        assert "Ctrl+G B  Callbacks" in shown(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, CallbacksScreen)
        await press(pilot, "ctrl+p", *"home", "enter")
        assert isinstance(app.screen, HomeScreen)


async def test_every_key_that_works_here_is_among_all_commands(desk: Desk) -> None:
    """R8: a key that a terminal does not send keeps nobody from what it does."""
    app = desk()
    async with small(app) as pilot:
        for way in ((), ("ctrl+g", "e"), ("f2",), ("ctrl+g", "c")):
            await press(pilot, *way)
            active = app.screen.active_bindings.values()
            working = {each.binding.id for each in active} & set(keys.KEYS)
            assert len(working) > 5
            await press(pilot, "ctrl+p")
            assert isinstance(app.screen, Pick)
            assert working - {line.value for line in app.screen._lines} == {"app.palette"}
            await press(pilot, "escape")


async def test_a_question_mark_outside_fields_shows_help(desk: Callable[..., DeskApp]) -> None:
    """In a field it is a sign like any other. Source: enquiries sheet, section 12."""
    app = desk()
    async with small(app) as pilot:
        for keys in ((), ("ctrl+g", "e", "down"), ("ctrl+g", "h", "ctrl+g")):
            await press(pilot, *keys, "?")
            assert isinstance(app.screen, Help)
            await press(pilot, "escape")
        await press(pilot, "escape", "f2", "tab", "?")
        assert value(app, "person_id") == "?"
        await press(pilot, "tab", "?")
        assert value(app, "question") == "?"


async def test_keys_typed_ahead_of_a_form_arrive_in_it(desk: Desk) -> None:
    """On a slow line they come all at once: the form is not there when the second one is read."""
    app = desk()
    async with small(app) as pilot:
        for key in ("f2", *"fine", "tab", *"Ann", "tab", *"Why"):
            app.post_message(Key(key, key if len(key) == 1 else None))
        app.post_message(Paste(" not"))
        await settle(pilot)
        assert (value(app, "topic"), value(app, "person_id")) == ("Fines and penalties", "Ann")
        assert value(app, "question") == "Why not"


async def test_keys_typed_ahead_of_a_menu_that_closes_are_not_lost(desk: Desk) -> None:
    """What took the key is gone before the key has done its work."""
    app = desk()
    async with small(app) as pilot:
        for key in ("ctrl+g", "e", "ctrl+g", "h", "f2", "j", "u", "r", "y"):
            app.post_message(Key(key, key if len(key) == 1 else None))
        await settle(pilot)
        assert value(app, "topic") == "jury"
