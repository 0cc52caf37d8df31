"""A callback from the call that promises it to the one that keeps it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from deskapp import i18n
from deskapp.app import DeskApp
from deskapp.data.ids import new_id
from deskapp.data.store import Store
from deskapp.roles import User
from deskapp.screens.callback_card import CallbackScreen
from deskapp.screens.callback_form import BookScreen, RingReasonScreen
from deskapp.screens.callbacks import CallbacksScreen
from deskapp.screens.contact import ContactScreen
from deskapp.screens.home import HomeScreen
from deskapp.screens.menu import Menu
from deskapp.screens.person import PersonScreen
from deskapp.screens.safe_contact import SafeContactScreen
from deskapp.services import drafts, home, unfinished
from deskapp.services.callbacks import callback_cards, callback_lines
from deskapp.services.callbacks.callback_cards import Card
from deskapp.services.callbacks.callback_lines import CallbackLine, State
from deskapp.services.enquiries import contact_lines
from deskapp.services.paging import Want
from deskapp.services.persons import marker_work, safe_contact
from deskapp.services.persons.marker_drafts import MarkerDraft
from deskapp.services.persons.safe_contact import SafeAnswers
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
    told,
    value,
)

Desk = Callable[..., DeskApp]
PHONE = "01632 960 001"


def booked(store: Store, user: User, clock: SetClock, slot: str = "11:00") -> CallbackLine:
    """A contact that promised to ring Ann Jones back."""
    extras = {"slot": slot, "kind": "window"}
    named: dict[str, Any] = {"person_name": "Ann Jones", "phone": PHONE, "question": "When is it"}
    contact = save(store, user, clock, outcome="CBK", extras=extras, **named)
    [line] = store.call_read(callback_lines.of_contact, contact.id, user=user)
    return line


def card(store: Store, user: User, line: CallbackLine) -> Card:
    """What is known of the callback now."""
    return store.call_read(callback_cards.card, line.id, user=user)


def at(text: str) -> dt.datetime:
    """A half hour of November 2026, as ``18 10:30``."""
    return dt.datetime.fromisoformat(f"2026-11-{text}")


@pytest.mark.parametrize(
    ("language", "free", "again"),
    [("en", "18 Nov 10:30", "Again at 18 Nov 11:30"), ("cy", "18 Tach 10:30", "18 Tach 11:30")],
)
async def test_a_callback_is_booked_missed_booked_again_and_kept(
    language: str, free: str, again: str, desk: Desk, store: Store, user: User, clock: SetClock
) -> None:
    """By keyboard alone, in both languages; the next free half hour stands there already."""
    i18n.use(language)
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "f2")
        await choose(pilot, "topic", "FIN")
        await fill(pilot, person_id="Ann Jones", phone=PHONE)
        await press(pilot, "f8", "c")
        assert (focused(app), value(app, "add_slot")) == ("add_slot", free)
        await press(pilot, "f8")
        assert isinstance(app.screen, HomeScreen)
        [row] = rows(app)
        assert "Ann Jones" in row.cells[2]
        [line] = store.call_read(callback_lines.page, Want(), user=user).lines
        assert (line.slot, line.kind) == (at("18 10:30"), "window")

        clock.passes(minutes=65)
        await press(pilot, "enter")
        assert isinstance(app.screen, CallbackScreen)
        assert PHONE in shown(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, ContactScreen)
        assert value(app, "person_id") == "Ann Jones"
        await press(pilot, "f8", "g")
        assert isinstance(app.screen, Menu)
        assert again in shown(app)
        await press(pilot, "a")
        assert isinstance(app.screen, CallbackScreen)
        assert card(store, user, line).line.state is State.BOOKED

        clock.passes(minutes=20)
        await press(pilot, "enter")
        await fill(pilot, answer="Told the date")
        await press(pilot, "f8", "r")
        assert isinstance(app.screen, CallbackScreen)
        kept = card(store, user, line)
        assert (kept.line.state, kept.line.tries) == (State.DONE, 2)
        assert kept.kept_on_time is False
        await press(pilot, "escape")
        assert rows(app) == []
    [second, first, promise] = store.call_read(contact_lines.page, Want(), user=user).lines
    assert (second.channel, first.channel, promise.channel) == (
        "phone_out",
        "phone_out",
        "phone_in",
    )


async def test_a_slot_that_became_full_is_told_and_nothing_typed_is_lost(
    desk: Desk, store: Store, user: User, clock: SetClock
) -> None:
    """Three colleagues took it while the officer typed; the next free one is offered."""
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "f2")
        await choose(pilot, "topic", "FIN")
        await fill(pilot, answer="Will ring")
        await press(pilot, "f8", "c")
        for _colleague in range(3):
            booked(store, user, clock, "10:30")
        await press(pilot, "f8")
        assert isinstance(app.screen, ContactScreen)
        assert "Choose another time, 10:30am is full" in shown(app)
        assert focused(app) == "add_slot"
        assert value(app, "answer") == "Will ring"
        assert "Next free: 18 Nov 11:00" in told(app)
        await fill(pilot, add_slot="tomorrow 10", add_kind="about")
        await press(pilot, "f8")
        assert isinstance(app.screen, HomeScreen)
    last = store.call_read(callback_lines.page, Want(), user=user).lines[-1]
    assert (last.slot, last.kind) == (at("19 10:00"), "about")


async def test_list_shows_what_is_left_and_a_typed_day_shows_that_day(
    desk: Desk, store: Store, user: User, clock: SetClock
) -> None:
    """With state, tries and how full the half hour is; a word that is no day is told."""
    booked(store, user, clock, "10:30")
    booked(store, user, clock, "10:30")
    booked(store, user, clock, "tomorrow 9")
    clock.passes(minutes=30)
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "ctrl+g", "b")
        assert isinstance(app.screen, CallbacksScreen)
        assert [row.cells[1] for row in rows(app)] == ["DUE now", "DUE now", "booked"]
        assert rows(app)[0].cells[-2:] == ("0/3", "2/3")
        await fill(pilot, search="tomorrow")
        assert [row.cells[0] for row in rows(app)] == ["Thu 19 Nov 09:00"]
        await fill(pilot, search="soon")
        assert rows(app) == []
        assert "Enter a date" in shown(app)
        await fill(pilot, search="")
        await press(pilot, "down", "down", "enter")
        assert isinstance(app.screen, CallbackScreen)


async def test_number_is_shown_when_a_reason_is_typed(
    desk: Desk, store: Store, user: User, clock: SetClock
) -> None:
    """The person said not to ring; the reason waits as a form until it is saved."""
    line = booked(store, user, clock)
    answers = SafeAnswers(ok_to_call="no")
    store.call_write(safe_contact.save, line.person_id, answers, user=user)
    app = desk()
    async with small(app) as pilot:
        await settle(pilot)
        await press(pilot, "enter")
        assert "Call: no" in shown(app)
        assert PHONE not in shown(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, RingReasonScreen)
        await press(pilot, "f8")
        assert listed_problems(app) == ["Enter why you ring all the same"]
        await fill(pilot, reason="Hearing is tomorrow")
        await press(pilot, "escape", "enter")
        assert value(app, "reason") == "Hearing is tomorrow"
        await press(pilot, "f8")
        assert isinstance(app.screen, CallbackScreen)
        assert PHONE in shown(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, ContactScreen)
    assert [each.form for each in store.call_read(drafts.waiting, user.id)] == ["contact"]


async def test_a_callback_of_who_said_not_to_be_rung_asks_why_first(
    desk: Desk, store: Store, user: User, clock: SetClock
) -> None:
    """In the form of the contact, and when it is booked again; the card shows the reason."""
    person_id = booked(store, user, clock, "16:00").person_id
    clock.passes(minutes=20)
    answers = SafeAnswers(ok_to_call="no")
    store.call_write(safe_contact.save, person_id, answers, user=user)
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "f2")
        await choose(pilot, "topic", "FIN")
        await fill(pilot, person_id="Ann Jones")
        await press(pilot, "down", "tab")
        await press(pilot, "f8", "c", "f8")
        assert "Enter why you ring" in " ".join(shown(app).split())
        assert focused(app) == "add_call_reason"
        assert "Why ring anyway" in shown(app), "what is asked is in view"
        await fill(pilot, add_call_reason="Hearing is tomorrow")
        await press(pilot, "f8")
        assert isinstance(app.screen, HomeScreen)
        await press(pilot, "home", "enter")
        assert "Why ring anyway  Hearing is tomorrow" in shown(app)
        await press(pilot, "escape", "down", "enter", "f9", "b")
        await fill(pilot, slot="tomorrow 9")
        await press(pilot, "f8")
        assert focused(app) == "call_reason"
        await fill(pilot, call_reason="Evicted today")
        await press(pilot, "f8")
        assert isinstance(app.screen, CallbackScreen)
        assert "Evicted today" in shown(app)


async def test_card_shows_the_markers_of_the_person_and_of_the_case(
    desk: Desk, store: Store, user: User, clock: SetClock
) -> None:
    """They stand under the safe-contact line, before anybody rings; needs come with the call."""
    given: dict[str, Any] = {"case_ref": "ZZ26P00123", "needs": "step_free"}
    extras = {"slot": "11:00", "kind": "window"}
    contact = save(
        store, user, clock, person_name="Ann Jones", outcome="CBK", extras=extras, **given
    )
    for marker in (
        MarkerDraft(code="PF0002", person_id=contact.person_id),
        MarkerDraft(code="CF0005", case_ref="zz26 p00123"),
    ):
        store.call_write(marker_work.set_marker, new_id(), marker, now=clock.moment, user=user)
    app = desk()
    async with small(app) as pilot:
        await settle(pilot)
        await press(pilot, "enter")
        page = shown(app)
        assert "! Vulnerable" in page
        assert "! Domestic abuse" in page
        assert "Step-free" in page
        await press(pilot, "enter")
        assert "Step-free" in shown(app)


async def test_what_happened_is_answered_by_letters(
    desk: Desk, store: Store, user: User, clock: SetClock
) -> None:
    """Another time, priority, a parked try that nobody answered, undo, cancel."""
    line = booked(store, user, clock)
    app = desk()
    async with small(app) as pilot:
        await settle(pilot)
        await press(pilot, "enter", "f9", "b")
        assert isinstance(app.screen, BookScreen)
        await fill(pilot, slot="sat 10")
        await press(pilot, "escape")
        kept = store.call_read(drafts.for_record, drafts.CALLBACK, line.id, user.id)
        assert kept, "it belongs to this callback: its contact may have promised another"
        seen = store.call_read(home.look, user=user, now=clock.moment)
        [waits] = [each for each in seen.lines if each.kind == unfinished.DRAFT]
        assert line.ref in waits.who
        await press(pilot, "f9", "b")
        assert value(app, "slot") == "sat 10"
        await press(pilot, "f8")
        assert "Callback date must be a working day" in shown(app)
        assert "Next free: 23 Nov 10:00" in told(app)
        await fill(pilot, slot="mon 14:30")
        await press(pilot, "f8", "f9", "p")
        assert isinstance(app.screen, CallbackScreen)
        assert card(store, user, line).line.slot == at("23 14:30")
        assert "PRIORITY booked" in shown(app)

        await press(pilot, "enter", "escape")
        assert isinstance(app.screen, CallbackScreen)
        await press(pilot, "f9", "m", "l")
        assert card(store, user, line).line.state is State.MISSED
        await press(pilot, "f9", "u", "f9", "r")
        assert card(store, user, line).line.state is State.DONE
        await press(pilot, "f9", "u", "f9", "m", "l", "f9", "c", "n")
        assert card(store, user, line).line.state is State.CANCELLED
        assert card(store, user, line).end_reason == "not_wanted"
        assert "No longer wanted" in shown(app)
        await press(pilot, "enter")
        assert any("over" in message for message in told(app))
    assert store.call_read(drafts.waiting, user.id) == []


async def test_bell_rings_once_in_words_when_a_callback_becomes_due(
    desk: Desk, store: Store, user: User, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Time, reference and name, no more; and nothing at all when nothing is due."""
    line = booked(store, user, clock, "10:30")
    app = desk()
    rung: list[bool] = []
    monkeypatch.setattr(app, "bell", lambda: rung.append(True))
    async with small(app) as pilot:
        await settle(pilot)
        for minutes in (10, 15, 1):
            clock.passes(minutes=minutes)
            app.ring_due()
            await settle(pilot)
        assert told(app) == [f"Callback 10:30: {line.ref} Ann Jones"]
        assert rung == [True]
        assert rows(app)[0].cells[0] == "DUE now"


async def test_a_covered_screen_tells_no_name(
    desk: Desk, store: Store, user: User, clock: SetClock
) -> None:
    """Whoever stands there reads that a callback is due, not whose."""
    booked(store, user, clock, "10:30")
    app = desk()
    async with small(app) as pilot:
        await settle(pilot)
        await press(pilot, "f10")
        clock.passes(minutes=25)
        app.ring_due()
        await settle(pilot)
        assert told(app) == ["A callback is due."]


async def test_safe_contact_and_history_are_a_letter_away(
    desk: Desk, store: Store, user: User, clock: SetClock
) -> None:
    """The person says on the phone how to be reached from now on."""
    booked(store, user, clock)
    app = desk()
    async with small(app) as pilot:
        await settle(pilot)
        await press(pilot, "enter", "f9", "s")
        assert isinstance(app.screen, SafeContactScreen)
        await press(pilot, "escape", "f9", "h")
        assert isinstance(app.screen, PersonScreen)
