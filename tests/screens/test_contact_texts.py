"""Webchat: short texts by two keys, the reply copied, three chats parked and taken up in turn."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import Session
from textual.widgets import TextArea

from deskapp import i18n
from deskapp.app import DeskApp
from deskapp.data.enquiry_tables import SafeContact
from deskapp.data.store import Store
from deskapp.roles import User
from deskapp.screens.contact import ContactScreen
from deskapp.screens.contact_texts import PlainText
from deskapp.screens.turnaround import TurnaroundScreen
from deskapp.services import drafts
from deskapp.services.drafts import Draft
from deskapp.services.enquiries import contact_lines
from deskapp.services.paging import Want
from deskapp.settings import Settings
from deskapp.terminal import profiles
from tests.builders import SetClock, a_draft, save
from tests.pilots import choose, editor, fill, press, settle, shown, small, told, value

Desk = Callable[..., DeskApp]


def waiting(store: Store, user: User) -> dict[str, Draft]:
    """Every unfinished contact by the name on it."""
    kept = store.call_read(drafts.waiting, user.id)
    return {draft.values.get("person_name", ""): draft for draft in kept}


async def begin_chat(pilot: Any, name: str, topic: str) -> None:
    """A new contact with a person and a topic."""
    await press(pilot, "f2")
    await choose(pilot, "topic", topic)
    await fill(pilot, person_id=name)
    await press(pilot, "tab")


@pytest.mark.parametrize("language", i18n.LANGUAGES)
async def test_a_webchat_with_three_parked_chats(
    language: str, desk: Desk, store: Store, user: User, clock: SetClock
) -> None:
    """Each has its own words and its own clock, which stands while it is parked."""
    i18n.use(language)
    for name, topic in (("Ann", "FIN"), ("Bryn", "HWF"), ("Cai", "JRY")):
        chat = {"channel": "webchat", "topic": topic, "person_name": name}
        draft = a_draft(user, clock, parked=True, spent_seconds=120, values=chat)
        store.call_jot(drafts.keep, draft)
        clock.passes(minutes=1)
    app = desk(Settings(channel="webchat"))
    async with small(app) as pilot:
        await begin_chat(pilot, "Dilys", "STA")
        clock.passes(minutes=2)
        await press(pilot, "ctrl+g")
        page = shown(app)
        for place, name in enumerate(("Ann", "Bryn", "Cai"), 1):
            shown_line = next(each for each in page.splitlines() if name in each)
            assert f"{place}  " in shown_line
        await press(pilot, "2")
        assert isinstance(app.screen, ContactScreen)
        assert value(app, "person_id") == "Bryn"
        kept = waiting(store, user)
        assert {name for name, draft in kept.items() if draft.parked} == {"Ann", "Cai", "Dilys"}
        assert (kept["Ann"].spent_seconds, kept["Dilys"].spent_seconds) == (120, 120)
        clock.passes(minutes=3)
        # The reply: the text of the topic by two keys, then saved.
        await fill(pilot, answer="")
        await press(pilot, "ctrl+n", "a")
        assert "EX160" in value(app, "answer")
        await press(pilot, "f8", "r")
        [line] = store.call_read(contact_lines.page, Want(), user=user).lines
        record = store.call_read(contact_lines.record, line.id, user=user)
        assert (record.line.channel, record.handling_seconds) == ("webchat", 300)
        assert "EX160" in record.answer
        assert set(waiting(store, user)) == {"Ann", "Cai", "Dilys"}
        # The next in turn; its clock did not run.
        await press(pilot, "ctrl+g", "1")
        assert value(app, "person_id") == "Ann"
        assert isinstance(app.screen, ContactScreen)
        assert app.screen.spent_seconds == 120


async def test_time_away_from_a_contact_counts_until_another_is_taken_up(
    desk: Desk, store: Store, user: User, clock: SetClock
) -> None:
    """It runs on while the officer looks at another desk; from then on it is parked."""
    parked = a_draft(user, clock, parked=True, values={"person_name": "Ann", "topic": "FIN"})
    store.call_jot(drafts.keep, parked)
    app = desk()
    async with small(app) as pilot:
        await begin_chat(pilot, "Bryn", "HWF")
        await press(pilot, "ctrl+g", "h")
        clock.passes(minutes=2)
        await press(pilot, "ctrl+g", "1")
        assert value(app, "person_id") == "Ann"
        clock.passes(minutes=30)
        assert waiting(store, user)["Bryn"].spent_seconds == 120
        await press(pilot, "ctrl+g", "1")
        assert value(app, "person_id") == "Bryn"
        assert isinstance(app.screen, ContactScreen)
        assert app.screen.spent_seconds == 120


async def test_a_text_goes_into_what_was_said_in_the_language_of_the_service(
    desk: Desk, store: Store, user: User, clock: SetClock
) -> None:
    """Apart from the words there, the cursor where something must be added; never into the
    question, though that is still being typed."""
    values = {"topic": "STA", "answer": "Before. After.", "question": "When", "language": "cy"}
    store.call_jot(drafts.keep, a_draft(user, clock, parked=True, values=values))
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "ctrl+g", "1")
        area = editor(app, "answer")
        assert isinstance(area, TextArea)
        area.move_cursor((0, 7))
        editor(app, "question").focus()
        await press(pilot, "ctrl+n", "d", "3", "0")
        text = value(app, "answer")
        assert text.startswith("Before. Ymdrinnir")
        assert text.endswith("y cawn nhw. After.")
        assert "tua 30 diwrnod gwaith" in text
        assert value(app, "question") == "When"
        await press(pilot, "ctrl+n", "t")
        assert isinstance(app.screen, TurnaroundScreen)
        await press(pilot, "escape")
        assert isinstance(app.screen, ContactScreen)


async def test_what_the_contact_does_not_know_is_pointed_out(
    desk: Desk, store: Store, user: User, clock: SetClock
) -> None:
    """A gap must not be sent unseen."""
    values = {"topic": "OTH"}
    store.call_jot(drafts.keep, a_draft(user, clock, parked=True, values=values))
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "ctrl+g", "1", "ctrl+n", "a")
        assert value(app, "answer").startswith("Hello [name],")
        assert told(app)[-1] == "Fill in what stands in square brackets."


async def open_reply(
    app: DeskApp, pilot: Any, store: Store, user: User, clock: SetClock, **values: str
) -> None:
    """A chat whose reply is written."""
    draft = a_draft(user, clock, parked=True, values={"topic": "FIN", **values})
    store.call_jot(drafts.keep, draft)
    await press(pilot, "ctrl+g", "1")
    editor(app, "answer").focus()
    await settle(pilot)


async def test_a_terminal_that_cannot_copy_shows_the_reply_alone(
    desk: Desk, store: Store, user: User, clock: SetClock
) -> None:
    """And says in words what to do."""
    app = desk()
    async with small(app) as pilot:
        await open_reply(app, pilot, store, user, clock, answer="Pay [/b] online")
        await press(pilot, "ctrl+n", "k")
        assert isinstance(app.screen, PlainText)
        assert "Pay [/b] online" in shown(app)
        assert "Mark and copy the text" in shown(app)
        await press(pilot, "escape")
        assert isinstance(app.screen, ContactScreen)


async def test_a_terminal_that_can_copy_gets_the_reply(
    desk: Desk, store: Store, user: User, clock: SetClock
) -> None:
    """The whole field, or what is marked in it."""
    app = desk()
    app.profile = profiles.FULL
    async with small(app) as pilot:
        await open_reply(app, pilot, store, user, clock, answer="Pay online")
        await press(pilot, "ctrl+n", "k")
        assert app.clipboard == "Pay online"
        assert told(app)[-1].startswith("Copied.")


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("", "There is nothing to copy yet."),
        ("The word is Blue  Heron, yes", "Not copied: the text holds the code word. Take it out."),
    ],
)
async def test_a_code_word_is_never_copied(
    answer: str, said: str, desk: Desk, store: Store, user: User, clock: SetClock
) -> None:
    """It is the proof that the right person is on the line."""
    line = save(store, user, clock, person_name="Ann Jones")
    person_id = store.call_read(contact_lines.record, line.id, user=user).person_id
    assert person_id is not None
    store.call_write(
        Session.add,
        SafeContact(id="s", home_site=user.site, person_id=person_id, code_word="blue heron"),
    )
    app = desk()
    app.profile = profiles.FULL
    async with small(app) as pilot:
        await open_reply(app, pilot, store, user, clock, answer=answer, person_id=person_id)
        await press(pilot, "ctrl+n", "k")
        assert told(app)[-1] == said
        assert app.clipboard == ""
