"""A call from the ring to the record, parked and taken up, interrupted and finished."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from deskapp import i18n
from deskapp.app import DeskApp
from deskapp.data.store import Store
from deskapp.errors import StoreBusyError, StoreFullError
from deskapp.i18n import _
from deskapp.roles import User
from deskapp.screens.contact import ContactScreen
from deskapp.screens.contact_record import ContactRecordScreen, NoteScreen
from deskapp.screens.enquiries import EnquiriesScreen
from deskapp.screens.find import FindScreen
from deskapp.screens.home import HomeScreen
from deskapp.screens.menu import Menu
from deskapp.services import drafts, follow_ups, kinds
from deskapp.services.drafts import Draft
from deskapp.services.enquiries import contact_lines
from deskapp.services.enquiries.contact_line import ContactLine
from deskapp.services.paging import Want
from deskapp.services.persons import persons
from tests.builders import SetClock, a_draft, officer_of, save
from tests.pilots import (
    choose,
    fill,
    focused,
    form_values,
    listed_problems,
    press,
    refuse,
    rows,
    settle,
    shown,
    small,
    told,
    value,
)

Desk = Callable[..., DeskApp]


def contacts(store: Store) -> list[ContactLine]:
    """Every saved contact, newest first."""
    return store.call_read(contact_lines.page, Want(), user=officer_of(store)).lines


def waiting(store: Store, user: User) -> list[Draft]:
    """Every unfinished form."""
    return store.call_read(drafts.waiting, user.id)


async def test_a_call_is_taken_saved_found_again_and_noted(
    desk: Desk, store: Store, user: User, clock: SetClock
) -> None:
    """The job this desk is for, from the first key to the note a day later."""
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "f2")
        await choose(pilot, "topic", "fine")
        await fill(pilot, person_id="Ann [/b] Jones", question="Cannot pay", answer="Means form")
        clock.passes(minutes=3)
        await press(pilot, "f8", "r")
        assert isinstance(app.screen, HomeScreen)
        [line] = contacts(store)
        assert (line.topic, line.outcome, line.person_name) == ("FIN", "RES", "Ann [/b] Jones")
        assert any(line.ref in message for message in told(app))
        assert waiting(store, user) == []

        await press(pilot, "ctrl+g", "e")
        assert isinstance(app.screen, EnquiriesScreen)
        assert [row.key for row in rows(app)] == [line.id]
        assert "Ann [/b] Jones" in shown(app)

        await press(pilot, "f3")
        await fill(pilot, search="jones")
        await press(pilot, "enter")
        assert isinstance(app.screen, ContactRecordScreen)
        assert "Cannot pay" in shown(app)

        await press(pilot, "f5")
        await fill(pilot, note="Rang again")
        await press(pilot, "f8")
        assert isinstance(app.screen, ContactRecordScreen)
        assert "Rang again" in shown(app)
    record = store.call_read(contact_lines.record, line.id, user=user)
    assert record.handling_seconds == 180
    assert [note.text for note in record.notes] == ["Rang again"]


@pytest.mark.parametrize("pauses", [True, False])
async def test_what_to_say_about_the_topic_comes_when_the_officer_pauses(
    pauses: bool, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two lines are a tenth of a second on a slow line: what is typed goes first."""
    app = desk()
    if not pauses:
        monkeypatch.setattr("deskapp.screens.contact.PAUSE_SECONDS", 3600)
    async with small(app) as pilot:
        await press(pilot, "f2")
        await choose(pilot, "topic", "fine")
        assert ("Pay online with the references" in shown(app)) == pauses


async def test_saved_contact_is_found_with_f3_from_home(
    desk: Desk, store: Store, user: User, clock: SetClock
) -> None:
    """Persons stand before contacts; the contact opens with its words."""
    line = save(store, user, clock, person_name="Ann Jones", question="Cannot pay")
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "f3")
        assert isinstance(app.screen, FindScreen)
        await fill(pilot, search="jones")
        kinds = [row.key.partition(":")[0] for row in rows(app)]
        assert kinds[:2] == ["person", "contact"]
        await fill(pilot, search=line.ref.lower())
        await press(pilot, "enter")
        assert isinstance(app.screen, ContactRecordScreen)
        assert "Cannot pay" in shown(app)
        await press(pilot, "escape", "escape")
        assert isinstance(app.screen, HomeScreen)


# -- parking, leaving, coming back --------------------------------------------------------


async def test_parked_contact_is_taken_up_where_it_was_left(
    desk: Desk, store: Store, user: User, clock: SetClock
) -> None:
    """The time it was parked is not counted."""
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "f2")
        await choose(pilot, "topic", "fine")
        await fill(pilot, answer="Half a sentence")
        clock.passes(minutes=2)
        await press(pilot, "escape")
        assert isinstance(app.screen, HomeScreen)
        [draft] = waiting(store, user)
        assert draft.parked
        assert contacts(store) == []

        clock.passes(minutes=30)
        await press(pilot, "enter")
        assert isinstance(app.screen, ContactScreen)
        assert value(app, "answer") == "Half a sentence"
        assert form_values(app)["topic"] == "FIN"
        assert focused(app) == "answer"
        [draft] = waiting(store, user)
        assert not draft.parked
        clock.passes(minutes=1)
        await press(pilot, "f8", "r")
    [line] = contacts(store)
    assert line.id == draft.id
    assert store.call_read(contact_lines.record, line.id, user=user).handling_seconds == 180


async def test_new_contact_in_a_form_parks_it(desk: Desk, store: Store, user: User) -> None:
    """Somebody steps up to the counter while the phone is held."""
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "f2")
        await fill(pilot, answer="First")
        await press(pilot, "f2")
        assert isinstance(app.screen, ContactScreen)
        assert value(app, "answer") == ""
        await fill(pilot, answer="Second")
        assert sorted(
            (draft.values.get("answer"), draft.parked) for draft in waiting(store, user)
        ) == [("First", True), ("Second", False)]


async def test_untouched_contact_leaves_nothing_behind(
    desk: Desk, store: Store, user: User
) -> None:
    """F2 was pressed by mistake; F2 again changes nothing."""
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "f2", "f2")
        assert len(app.screen_stack) == 2
        await press(pilot, "escape")
        assert isinstance(app.screen, HomeScreen)
        assert waiting(store, user) == []
        assert rows(app) == []


async def test_what_was_only_chosen_is_not_thrown_away_unasked(
    desk: Desk, store: Store, user: User
) -> None:
    """Who they are, taken from a list, is a first word of the contact."""
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "f2")
        await choose(pilot, "user_type", "solicitor")
        await press(pilot, "ctrl+t")
        assert isinstance(app.screen, Menu)
        await press(pilot, "escape", "escape")
        assert isinstance(app.screen, HomeScreen)
        [kept] = waiting(store, user)
        assert (kept.values["user_type"], kept.parked) == ("legal_representative", True)


async def test_no_more_than_three_contacts_wait_when_another_is_begun(
    desk: Desk, store: Store, user: User, clock: SetClock
) -> None:
    """Source: enquiries sheet, section 7; the words of the next do not go into the running one."""
    for _contact in range(3):
        values = {"answer": "Waiting"}
        store.call_jot(drafts.keep, a_draft(user, clock, parked=True, values=values))
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "f2")
        await fill(pilot, answer="The fourth, running")
        await press(pilot, "f2")
        assert "You have 3 parked contacts." in shown(app)
        await press(pilot, "x", "s")
        assert isinstance(app.screen, ContactScreen)
        assert value(app, "answer") == "The fourth, running"
        await press(pilot, "f2", "1")
        assert value(app, "answer") == "Waiting"
    assert [draft.parked for draft in waiting(store, user)].count(True) == 3


async def test_another_desk_and_back_keeps_the_half_filled_form(
    desk: Desk, store: Store, user: User
) -> None:
    """Ctrl+G looks something up in the list; F2 brings the contact back, not a new one."""
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "f2")
        await choose(pilot, "topic", "fine")
        await fill(pilot, answer="Half a sentence")
        await press(pilot, "ctrl+g", "e")
        assert isinstance(app.screen, EnquiriesScreen)
        await press(pilot, "f2")
        assert isinstance(app.screen, ContactScreen)
        assert value(app, "answer") == "Half a sentence"
        assert form_values(app)["topic"] == "FIN"
        assert focused(app) == "answer"
    assert len(waiting(store, user)) == 1


@pytest.mark.parametrize("way", [("f3",), ("f3", "f1", "escape")])
async def test_looking_something_up_leaves_the_form_as_it_was(
    way: tuple[str, ...], desk: Desk, store: Store, user: User
) -> None:
    """Esc comes back to the same words and the same field."""
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "f2")
        await fill(pilot, answer="Half a sentence")
        await press(pilot, *way)
        assert isinstance(app.screen, FindScreen)
        await press(pilot, "escape")
        assert isinstance(app.screen, ContactScreen)
        assert (value(app, "answer"), focused(app)) == ("Half a sentence", "answer")


async def test_new_contact_key_in_the_search_goes_back_to_the_open_contact(
    desk: Desk, store: Store, user: User
) -> None:
    """The same contact on two screens would save one of them over the other."""
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "f2")
        await fill(pilot, answer="Half a sentence")
        await press(pilot, "f3", "f2")
        forms = [screen for screen in app.screen_stack if isinstance(screen, ContactScreen)]
        assert forms == [app.screen]
        assert value(app, "answer") == "Half a sentence"
        await fill(pilot, answer="Whole")
        await choose(pilot, "topic", "fine")
        await press(pilot, "f8", "r")
        assert isinstance(app.screen, HomeScreen)
    assert waiting(store, user) == []
    assert len(contacts(store)) == 1


async def test_contact_that_was_open_when_the_process_died_is_open_again(
    desk: Desk, store: Store, user: User, clock: SetClock
) -> None:
    """The gap is told and not counted; the cursor is where it was."""
    values = {"channel": "counter", "user_type": "juror", "answer": "Half", "topic": "JRY"}
    store.call_jot(
        drafts.keep, a_draft(user, clock, focus="answer", spent_seconds=60, values=values)
    )
    clock.passes(hours=2)
    app = desk()
    async with small(app) as pilot:
        await settle(pilot)
        assert isinstance(app.screen, ContactScreen)
        assert (value(app, "answer"), focused(app)) == ("Half", "answer")
        assert (form_values(app)["channel"], form_values(app)["user_type"]) == ("counter", "juror")
        assert any("Interrupted at 10:05" in message for message in told(app))
        clock.passes(minutes=1)
        await press(pilot, "f8", "r")
    [line] = contacts(store)
    assert store.call_read(contact_lines.record, line.id, user=user).handling_seconds == 120


async def test_what_is_typed_is_on_the_disk_before_the_next_key(
    desk: Desk, store: Store, user: User
) -> None:
    """Every key stroke is kept, with the field it was typed in."""
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "f2")
        await fill(pilot, question="")
        for letter in "Wa":
            await press(pilot, letter)
            [draft] = waiting(store, user)
            assert draft.values["question"].endswith(letter)
        assert (draft.values["question"], draft.focus) == ("Wa", "question")


# -- Esc, outcome, problems ---------------------------------------------------------------


async def test_escape_closes_one_thing_at_a_time(desk: Desk, store: Store, user: User) -> None:
    """Offers, then the question, then the form; nothing is thrown away on the way."""
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "f2")
        await fill(pilot, topic="fine")
        await press(pilot, "escape")
        assert isinstance(app.screen, ContactScreen)
        assert value(app, "topic") == "fine"
        await choose(pilot, "topic", "jury")
        await press(pilot, "f9")
        assert isinstance(app.screen, Menu)
        await press(pilot, "escape")
        assert isinstance(app.screen, ContactScreen)
        await press(pilot, "escape")
        assert isinstance(app.screen, HomeScreen)
        [draft] = waiting(store, user)
        assert draft.values["topic"] == "JRY"


async def test_escape_from_the_outcome_question_saves_nothing(
    desk: Desk, store: Store, user: User
) -> None:
    """The officer was not finished after all."""
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "f2")
        await choose(pilot, "topic", "fine")
        await press(pilot, "f8")
        assert isinstance(app.screen, Menu)
        await press(pilot, "escape")
        assert isinstance(app.screen, ContactScreen)
        assert not app.screen.saving
        await press(pilot, "f8", "r")
    assert len(contacts(store)) == 1


async def test_outcome_with_something_to_add_asks_for_it_and_then_saves(
    desk: Desk, store: Store, user: User
) -> None:
    """The cursor stands in the first field that is wanted."""
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "f2")
        await choose(pilot, "topic", "fine")
        await press(pilot, "f9", "w")
        assert focused(app) == "add_within_days"
        assert contacts(store) == []
        await fill(pilot, add_within_days="5")
        await press(pilot, "f8")
        assert isinstance(app.screen, HomeScreen)
        [line] = contacts(store)
        [promise] = store.call_read(follow_ups.of_record, kinds.CONTACT, line.id, user=user)
        assert promise.due_on.isoformat() == "2026-11-25"
        assert [row.key for row in rows(app)] == [f"contact:{line.id}"]


async def test_what_an_outcome_asks_for_is_in_view_on_the_smallest_terminal(desk: Desk) -> None:
    """It stands below every other field, where nobody would see what they type."""
    app = desk()
    async with app.run_test(size=(60, 20)) as pilot:
        await press(pilot, "f2", "f9", "n")
        assert focused(app) == "add_signpost"
        assert _("Pointed to") in shown(app)


async def test_one_problem_takes_the_cursor_to_its_field(
    desk: Desk, store: Store, user: User
) -> None:
    """Nothing typed is cleared."""
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "f2")
        await fill(pilot, answer="Said")
        await press(pilot, "f8")
        assert listed_problems(app) == ["Select what the contact is about"]
        assert "There is a problem" in shown(app)
        assert focused(app) == "topic"
        assert value(app, "answer") == "Said"
        await choose(pilot, "topic", "fine")
        await press(pilot, "f8", "r")
        assert isinstance(app.screen, HomeScreen)


async def test_several_problems_are_listed_and_enter_leads_to_each(
    desk: Desk, store: Store, user: User
) -> None:
    """All at once, in the order of the form."""
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "f2")
        await fill(pilot, answer="Said", phone="none", email="nobody")
        await press(pilot, "f8")
        listed = listed_problems(app)
        assert len(listed) == 3
        assert focused(app) == "problems"
        await press(pilot, "down", "down", "enter")
        assert focused(app) == "email"
        assert (value(app, "phone"), value(app, "email")) == ("none", "nobody")
    assert contacts(store) == []


@pytest.mark.parametrize("keys", [("f8", "f8", "f8"), ("f8", "ctrl+s", "f8")])
async def test_long_press_of_save_saves_once(
    keys: tuple[str, ...], desk: Desk, store: Store, user: User
) -> None:
    """A key that is held down arrives many times a second."""
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "f2")
        await choose(pilot, "topic", "fine")
        await press(pilot, "f9", "r")
        await pilot.press(*keys)
        await settle(pilot)
        assert isinstance(app.screen, HomeScreen)
    assert len(contacts(store)) == 1
    assert waiting(store, user) == []


@pytest.mark.parametrize("key", ["escape", "ctrl+g", "f1", "f2", "f3", "f12"])
async def test_key_pressed_while_it_saves_neither_doubles_nor_loses_the_contact(
    key: str, desk: Desk, store: Store, user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A slow disk and a quick hand: no ghost of the saved contact stays among what waits."""
    import asyncio

    app = desk()
    async with small(app) as pilot:
        await press(pilot, "f2")
        await choose(pilot, "topic", "fine")
        await press(pilot, "f9", "r")
        go_on = asyncio.Event()
        write = app.store.write

        async def slowly(*args: object, **named: object) -> object:
            await go_on.wait()
            return await write(*args, **named)  # type: ignore[arg-type]

        monkeypatch.setattr(app.store, "write", slowly)
        await pilot.press("f8")
        await pilot.press(key)
        await pilot.pause()
        go_on.set()
        await settle(pilot)
        for _way_back in range(3):
            if not isinstance(app.screen, HomeScreen):
                await press(pilot, "escape")
        assert isinstance(app.screen, HomeScreen)
    assert len(contacts(store)) == 1
    assert waiting(store, user) == []


@pytest.mark.parametrize(
    "error",
    [StoreBusyError("The record store is busy."), StoreFullError("The disk is full.")],
    ids=["busy", "full"],
)
async def test_store_that_says_no_keeps_the_form_open_with_every_word(
    error: Exception, desk: Desk, store: Store, user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sentence says what to do, and the next try works."""
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "f2")
        await choose(pilot, "topic", "fine")
        await fill(pilot, person_id="Ann Jones", answer="Said")
        await press(pilot, "f9", "r")
        with monkeypatch.context() as broken:
            refuse(broken, app, error)
            await press(pilot, "f8")
            assert isinstance(app.screen, ContactScreen)
            assert any(str(error) in message for message in told(app))
        assert (value(app, "person_id"), value(app, "answer")) == ("Ann Jones", "Said")
        assert contacts(store) == []
        await fill(pilot, answer="Said more")
        await press(pilot, "f8")
    [line] = contacts(store)
    assert store.call_read(contact_lines.record, line.id, user=user).answer == "Said more"


async def test_disk_that_cannot_keep_the_draft_is_told_and_the_words_stay(
    desk: Desk, store: Store, user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When there is room again the words are kept without another key."""
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "f2")
        with monkeypatch.context() as broken:

            async def full(*_args: object, **_named: object) -> None:
                raise StoreFullError("The disk is full.")

            broken.setattr(app.store, "jot", full)
            await fill(pilot, answer="Said")
            await fill(pilot, answer="Said more")
            assert told(app).count("The disk is full.") == 1
        assert value(app, "answer") == "Said more"
        await press(pilot, "!")
        [draft] = waiting(store, user)
        assert draft.values["answer"] == "Said more!"


# -- discarding, cards, persons -----------------------------------------------------------


async def test_discarded_contact_leaves_the_form_and_stays_in_the_list(
    desk: Desk, store: Store, user: User
) -> None:
    """Ctrl+T asks why; Esc there goes on with the contact."""
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "f2")
        await fill(pilot, question="Half a question")
        await press(pilot, "ctrl+t", "escape")
        assert isinstance(app.screen, ContactScreen)
        await press(pilot, "ctrl+t", "m")
        assert isinstance(app.screen, HomeScreen)
    [line] = contacts(store)
    record = store.call_read(contact_lines.record, line.id, user=user)
    assert (line.outcome, record.extras) == ("DSC", {"reason": "mistake"})
    assert waiting(store, user) == []


async def test_discard_that_the_store_refuses_keeps_the_form(
    desk: Desk, store: Store, user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It can be tried again, and typing goes on being kept."""
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "f2")
        await fill(pilot, question="Half a question")
        with monkeypatch.context() as broken:
            refuse(broken, app, StoreBusyError("The record store is busy."))
            await press(pilot, "ctrl+t", "m")
        assert isinstance(app.screen, ContactScreen)
        await fill(pilot, question="Half a question more")
    [draft] = waiting(store, user)
    assert draft.values["question"] == "Half a question more"


CARD = "4111 1111 1111 1111"


@pytest.mark.parametrize(
    ("keys", "kept"),
    [(("b",), "Card [...] taken"), (("k",), f"Card {CARD} taken")],
    ids=["blanked", "kept"],
)
async def test_card_like_number_is_asked_about_before_it_is_saved(
    keys: tuple[str, ...], kept: str, desk: Desk, store: Store, user: User
) -> None:
    """A number on the form that only looks like a card's may stay."""
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "f2")
        await choose(pilot, "topic", "fine")
        await fill(pilot, answer=f"Card {CARD} taken")
        await press(pilot, "f8", "r")
        assert isinstance(app.screen, Menu)
        assert "payment card number" in shown(app)
        assert contacts(store) == []
        await press(pilot, *keys)
        assert isinstance(app.screen, HomeScreen)
    [line] = contacts(store)
    assert store.call_read(contact_lines.record, line.id, user=user).answer == kept


async def test_escape_from_the_card_question_goes_back_to_the_words(
    desk: Desk, store: Store, user: User
) -> None:
    """The officer takes the number out by hand; nothing is saved meanwhile."""
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "f2")
        await choose(pilot, "topic", "fine")
        await fill(pilot, answer=f"Card {CARD}")
        await press(pilot, "f9", "r", "f8", "escape")
        assert isinstance(app.screen, ContactScreen)
        assert value(app, "answer") == f"Card {CARD}"
        assert contacts(store) == []
        await press(pilot, "f8")
        assert isinstance(app.screen, Menu)


async def test_known_person_is_offered_and_linked(
    desk: Desk, store: Store, user: User, clock: SetClock
) -> None:
    """Down marks the offer, Enter takes it; what the person was promised stands above the form."""
    named, extras = "Siân O'Brien", {"within_days": "2"}
    first = save(
        store, user, clock, person_name=named, postcode="SY23 1AS", outcome="EML", extras=extras
    )
    known = store.call_read(contact_lines.record, first.id, user=user).person_id
    clock.passes(minutes=30)
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "f2")
        await choose(pilot, "topic", "fine")
        await fill(pilot, person_id="sian o")
        assert "SY23 1AS" in shown(app)
        await press(pilot, "down", "enter")
        assert form_values(app)["person_id"] == known
        assert value(app, "person_id") == "Siân O'Brien"
        await settle(pilot)
        assert "Waits for: Answer in writing" in shown(app)
        await press(pilot, "f8", "r")
    assert known is not None
    assert store.call_read(persons.get, known, user=user).contacts == 2


async def test_offer_that_is_not_taken_links_nobody(
    desk: Desk, store: Store, user: User, clock: SetClock
) -> None:
    """Tab leaves the name as typed: it may be another Ann Jones."""
    save(store, user, clock, person_name="Ann Jones")
    clock.passes(minutes=30)
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "f2")
        await choose(pilot, "topic", "fine")
        await choose(pilot, "person_id", "Ann Jones")
        assert form_values(app)["person_id"] == ""
        await press(pilot, "f8", "r")
    assert len(store.call_read(persons.find, "jones", user=user)) == 2


# -- promises and notes -------------------------------------------------------------------


async def test_promise_is_marked_as_done_and_taken_back(
    desk: Desk, store: Store, user: User, clock: SetClock
) -> None:
    """From the first screen: open what is due, F9, and again after a slip."""
    line = save(store, user, clock, outcome="EML", extras={"within_days": "1"})
    app = desk()
    async with small(app) as pilot:
        await settle(pilot)
        await press(pilot, "enter")
        assert isinstance(app.screen, ContactRecordScreen)
        await press(pilot, "f9")
        assert store.call_read(follow_ups.open_count) == 0
        assert "done" in shown(app)
        await press(pilot, "f9")
        assert store.call_read(follow_ups.open_count) == 1
        await press(pilot, "f9", "escape")
        assert isinstance(app.screen, HomeScreen)
        assert rows(app) == []
    [promise] = store.call_read(follow_ups.of_record, kinds.CONTACT, line.id, user=user)
    assert promise.done_at is not None


async def test_note_left_half_way_is_there_when_it_is_asked_for_again(
    desk: Desk, store: Store, user: User, clock: SetClock
) -> None:
    """Esc keeps it; the first screen shows it and F5 on the record opens the same one."""
    line = save(store, user, clock)
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "ctrl+g", "e", "down", "enter")
        assert isinstance(app.screen, ContactRecordScreen)
        await press(pilot, "f5")
        assert isinstance(app.screen, NoteScreen)
        await fill(pilot, note="Half a note")
        await press(pilot, "escape", "f5")
        assert value(app, "note") == "Half a note"
        await press(pilot, "f8")
        record = store.call_read(contact_lines.record, line.id, user=user)
        assert record.notes[0].text == "Half a note"
    assert waiting(store, user) == []


async def test_empty_note_is_a_problem_and_escape_forgets_it(
    desk: Desk, store: Store, user: User, clock: SetClock
) -> None:
    """Nothing waits on the first screen for a note that was never begun."""
    save(store, user, clock)
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "ctrl+g", "e", "down", "enter", "f5", "f8")
        assert listed_problems(app) == ["Enter a note"]
        await press(pilot, "escape")
        assert isinstance(app.screen, ContactRecordScreen)
    assert waiting(store, user) == []


# -- language -----------------------------------------------------------------------------


@pytest.mark.parametrize("first", ["en", "cy"])
async def test_language_key_in_a_form_keeps_words_choice_and_field(
    first: str, desk: Desk, store: Store, user: User
) -> None:
    """What was picked is shown in the other language and is still picked."""
    i18n.use(first)
    labels = {"en": "Fines and penalties", "cy": "Dirwyon a chosbau"}
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "f2")
        await choose(pilot, "topic", "FIN")
        await fill(pilot, person_id="Siân", answer="Half a sentence")
        await press(pilot, "f9", "w")
        await fill(pilot, add_within_days="5")
        before = form_values(app)
        await press(pilot, "f12")
        assert i18n.language() != first
        after = form_values(app)
        assert focused(app) == "add_within_days"
        for name in ("topic", "person_name", "answer", "channel", "add_within_days"):
            assert after[name] == before[name]
        assert before["topic_typed"] != after["topic_typed"]
        assert labels[first] not in shown(app)
        await press(pilot, "f12")
        assert form_values(app) == before
        await press(pilot, "f8")
    assert len(contacts(store)) == 1


async def test_word_typed_just_before_the_language_key_is_kept(
    desk: Desk, store: Store, user: User
) -> None:
    """The key overtakes the last letter, because it works on every screen."""
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "f2")
        screen = app.screen
        assert isinstance(screen, ContactScreen)
        await fill(pilot, case_ref="AB 12")
        screen.query_one("#case_ref").value = "AB 123"  # type: ignore[attr-defined]
        await screen.relabel()
        await settle(pilot)
        assert value(app, "case_ref") == "AB 123"
