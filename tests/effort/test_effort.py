"""How many keys each job takes besides the words; the goals are upper bounds, fewer is better.

Source: house style, section 6.
"""

from __future__ import annotations

import re

import pytest

from deskapp import paths
from deskapp.data.ids import new_id
from deskapp.data.store import Store
from deskapp.roles import User
from deskapp.screens.case_record import CaseRecordScreen
from deskapp.screens.court import CourtScreen
from deskapp.screens.home import HomeScreen
from deskapp.services import drafts, follow_ups
from deskapp.services.callbacks import callback_lines
from deskapp.services.casework import cases, shelf
from deskapp.services.casework.acting import Acting
from deskapp.services.casework.case_record import CaseRecord
from deskapp.services.dates import Nation
from deskapp.services.enquiries import contact_lines
from deskapp.services.hard import spos
from deskapp.services.paging import Want
from deskapp.terminal import profiles
from tests.builders import SetClock, a_draft, save
from tests.effort.conftest import Officer
from tests.pilots import form_values, shown


async def test_simple_call(officer: Officer, store: Store, user: User) -> None:
    """New, topic, who, what was asked, how it ended, saved."""
    async with officer("a simple call", 6) as keys:
        await keys.press("f2")
        await keys.type("fine")
        await keys.press("tab")
        await keys.type("Ann Jones")
        await keys.press("tab")
        await keys.type("Cannot pay")
        await keys.press("f8")
        await keys.pick("r")
        assert isinstance(keys.app.screen, HomeScreen)
    [line] = store.call_read(contact_lines.page, Want(), user=user).lines
    record = store.call_read(contact_lines.record, line.id, user=user)
    assert (line.topic, line.person_name, line.outcome) == ("FIN", "Ann Jones", "RES")
    assert record.question == "Cannot pay"


async def test_call_through_a_script(officer: Officer, store: Store, user: User) -> None:
    """A key for each of its seven steps, and three to begin, open and save."""
    async with officer("a call through a script", 7 + 3) as keys:
        await keys.press("f2", "f5")
        await keys.type("date")
        await keys.press("enter")
        for answer in ("123456789", "4 12 2026"):
            await keys.type(answer)
            await keys.press("enter")
        await keys.pick("1")
        for answer in ("On holiday", "7 December", "", ""):
            await keys.type(answer)
            await keys.press("enter")
        await keys.press("f8")
        assert isinstance(keys.app.screen, HomeScreen)
    [line] = store.call_read(contact_lines.page, Want(), user=user).lines
    assert (line.topic, line.outcome) == ("JRY", "RES")


async def test_parked_contact_is_finished(
    officer: Officer, store: Store, user: User, clock: SetClock
) -> None:
    """Take it up from the first screen, write what was said, save."""
    values = {"topic": "FIN", "channel": "phone_in", "user_type": "not_given"}
    store.call_jot(drafts.keep, a_draft(user, clock, parked=True, focus="answer", values=values))
    async with officer("take up a parked contact and finish it", 3) as keys:
        await keys.press("enter")
        await keys.type("Sent the form")
        await keys.press("f8")
        await keys.pick("r")
    [line] = store.call_read(contact_lines.page, Want(), user=user).lines
    assert store.call_read(contact_lines.record, line.id, user=user).answer == "Sent the form"


async def test_phone_number_of_a_court_is_read_out(officer: Officer) -> None:
    """While the caller waits."""
    async with officer("find a court's phone number", 3) as keys:
        await keys.press("f3")
        await keys.type("aberystwyth justice")
        await keys.press("enter")
        if not isinstance(keys.app.screen, CourtScreen):
            await keys.press("enter")
        assert re.search(r"\b0\d{2,4} \d{3} ?\d{3,4}\b", shown(keys.app))


async def test_note_is_added_to_a_contact(
    officer: Officer, store: Store, user: User, clock: SetClock
) -> None:
    """Somebody rang back; the contact is found by their name."""
    line = save(store, user, clock, person_name="Ann Jones")
    save(store, user, clock, person_name="Bob Lee")
    async with officer("add a note to a contact", 5) as keys:
        await keys.press("f3")
        await keys.type(line.ref.lower())
        await keys.press("enter", "f5")
        await keys.type("Rang back")
        await keys.press("f8")
    assert store.call_read(contact_lines.record, line.id, user=user).notes[0].text == "Rang back"


async def test_promise_is_marked_as_done(
    officer: Officer, store: Store, user: User, clock: SetClock
) -> None:
    """The most urgent stands first on the first screen."""
    save(store, user, clock, outcome="EML", extras={"within_days": "1"})
    async with officer("mark a promise as done", 2) as keys:
        await keys.press("enter", "f9")
    assert store.call_read(follow_ups.open_count) == 0


async def test_complete_call(officer: Officer, store: Store, user: User) -> None:
    """Person, identity check, need, what was asked, and a callback as the outcome."""
    async with officer("a complete call", 12) as keys:
        await keys.press("f2")
        await keys.type("hearing")
        await keys.press("tab")
        await keys.type("Ann Jones")
        await keys.press("tab")
        await keys.type("When is it")
        await keys.press("ctrl+r")
        for letter in "icnab":
            await keys.pick(letter)
        await keys.press("enter", "ctrl+r")
        for letter in "ns":
            await keys.pick(letter)
        await keys.press("enter", "f8")
        await keys.pick("c")
        await keys.press("f8")
        assert isinstance(keys.app.screen, HomeScreen)
    [line] = store.call_read(contact_lines.page, Want(), user=user).lines
    more = store.call_read(contact_lines.record, line.id, user=user).more
    assert (line.person_name, line.outcome) == ("Ann Jones", "CBK")
    assert (more.disclosure, more.needs) == ("case", ("step_free",))


@pytest.fixture
def key_case(store: Store, user: User, clock: SetClock) -> str:
    """A key in the cabinet, whose monthly audit is due."""
    book = shelf.rulebook(paths.settings_folder(), Nation.ENGLAND_AND_WALES)
    acting = Acting(user, clock.moment, book)
    line = store.call_write(cases.open_case, acting, new_id(), "key", {"number": "K 7"})
    clock.passes(days=31)
    return line.id


def case(store: Store, user: User, clock: SetClock, case_id: str) -> CaseRecord:
    """A case as it stands."""
    book = shelf.rulebook(paths.settings_folder(), Nation.ENGLAND_AND_WALES)
    return store.call_write(cases.look, Acting(user, clock.moment, book), case_id)


async def test_case_is_opened(officer: Officer) -> None:
    """From anywhere: the desk, which scheme, its fields, saved."""
    async with officer("open a case", 6) as keys:
        await keys.press("ctrl+g")
        await keys.pick("c")
        await keys.press("ctrl+n")
        await keys.type("key")
        await keys.press("enter")
        await keys.type("K 7")
        await keys.press("f8")
        assert isinstance(keys.app.screen, CaseRecordScreen)
        assert "K 7" in shown(keys.app)


async def test_action_is_taken_on_a_case(
    officer: Officer, store: Store, user: User, clock: SetClock, key_case: str
) -> None:
    """It is due, so it stands on the first page."""
    async with officer("take an action of a case", 2) as keys:
        await keys.press("enter")
        await keys.pick("d")
        await keys.type("Broken in the lock")
        await keys.press("f8")
    assert case(store, user, clock, key_case).facts.case.stage == "destroyed"


async def test_item_is_ticked(
    officer: Officer, store: Store, user: User, clock: SetClock, key_case: str
) -> None:
    """A check that was done, with nothing to write about it."""
    async with officer("tick something to do", 3) as keys:
        await keys.press("enter", "f9", "enter")
        await keys.pick("s")
    [first, *_later] = case(store, user, clock, key_case).items
    assert first.item.outcome == "seen"


async def test_a_job_above_its_goal_fails(officer: Officer) -> None:
    """The count counts: each key of a shortcut is one, picked letters and words are none."""

    async def go_round() -> None:
        async with officer("a job with too many keys", 3) as keys:
            await keys.press("ctrl+g", "escape", "f2")
            await keys.type("words")

    with pytest.raises(AssertionError, match="4 <= 3"):
        await go_round()


async def test_senior_person_is_told_of_danger(officer: Officer, store: Store, user: User) -> None:
    """Two answers and one save; the letters of the menus count nothing."""
    async with officer("tell the senior person on site of danger", 4) as keys:
        await keys.press("f4")
        await keys.pick("s")
        await keys.type("fire alarm")
        await keys.press("tab")
        await keys.type("Panel is dark")
        await keys.press("f8")
        await keys.pick("l")
        assert isinstance(keys.app.screen, HomeScreen)
    [waiting] = store.call_read(spos.untold, user=user)
    assert waiting.ref.startswith("BLD-")


async def test_callback_is_promised_in_a_call(officer: Officer, store: Store, user: User) -> None:
    """The next free half hour is taken as it stands."""
    async with officer("promise a callback in a call", 6) as keys:
        await keys.press("f2")
        await keys.type("fine")
        await keys.press("tab")
        await keys.type("Ann Jones")
        await keys.press("f8")
        await keys.pick("c")
        await keys.press("f8")
        assert isinstance(keys.app.screen, HomeScreen)
    [line] = store.call_read(callback_lines.page, Want(), user=user).lines
    assert line.person_name == "Ann Jones"


async def test_reply_of_an_article_is_put_into_the_form(officer: Officer) -> None:
    """The form is open; found and put in while the caller waits."""
    async with officer("find an article and put its reply in", 2) as keys:
        await keys.pick("f2")
        await keys.press("f3")
        await keys.type("jury date clashes with holiday")
        await keys.press("insert")
        assert "You can ask to move your jury service" in form_values(keys.app)["answer"]


async def test_article_is_read_out_copied_and_logged(
    officer: Officer, store: Store, user: User
) -> None:
    """The form is open with its topic; the reply goes into an email, the contact is saved."""
    async with officer("find, read out, copy and log the outcome", 6) as keys:
        keys.app.profile = profiles.FULL
        await keys.pick("f2")
        await keys.type("jury")
        await keys.pick("tab")
        await keys.press("f3")
        await keys.type("jury date clashes with holiday")
        await keys.press("enter", "enter", "enter", "f2", "f8")
        await keys.pick("r")
        assert isinstance(keys.app.screen, HomeScreen)
        assert "You can ask to move your jury service" in keys.app.clipboard
    [line] = store.call_read(contact_lines.page, Want(), user=user).lines
    record = store.call_read(contact_lines.record, line.id, user=user)
    assert [used.id for used in record.more.articles] == ["jury-defer"]
