"""What Ctrl+R records, the lines at the top, the clock, repeats and duplicates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from deskapp import i18n
from deskapp.app import DeskApp
from deskapp.data.store import Store
from deskapp.roles import User
from deskapp.screens import contact, contact_state
from deskapp.screens.contact import ContactScreen
from deskapp.screens.enquiries import EnquiriesScreen
from deskapp.screens.home import HomeScreen
from deskapp.screens.menu import Menu
from deskapp.screens.person import PersonScreen
from deskapp.screens.ticks import Ticks
from deskapp.services import drafts, needs
from deskapp.services.enquiries import contact_lines, third_party
from deskapp.services.enquiries.contact_lines import ContactRecord
from deskapp.services.lists import Disclosure
from deskapp.services.paging import Want
from deskapp.services.persons import persons
from tests.builders import SetClock, a_draft, put_marker, save
from tests.pilots import (
    choose,
    fill,
    focused,
    form_values,
    listed_problems,
    press,
    settle,
    shown,
    small,
    told,
    value,
)

Desk = Callable[..., DeskApp]
TAKE_IN = "Take information in, give none, change nothing until it is verified."
LANGUAGES = pytest.mark.parametrize("language", i18n.LANGUAGES)


def newest(store: Store, user: User) -> ContactRecord:
    """The contact saved last."""
    [line, *_older] = store.call_read(contact_lines.page, Want(), user=user).lines
    return store.call_read(contact_lines.record, line.id, user=user)


# -- journeys -----------------------------------------------------------------------------


@LANGUAGES
async def test_plain_call_asks_for_nothing_more_than_before(
    language: str, desk: Desk, store: Store, user: User, clock: SetClock
) -> None:
    """Topic, name, what was asked, how it ended; the rest stays empty and is not asked."""
    i18n.use(language)
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "f2")
        await choose(pilot, "topic", "fine" if language == "en" else "dirwy")
        await fill(pilot, person_id="Siân Jones", question="Cannot pay")
        clock.passes(minutes=3)
        await press(pilot, "f8", "r")
        assert isinstance(app.screen, HomeScreen)
    record = newest(store, user)
    more = record.more
    assert (record.line.topic, record.handling_seconds) == ("FIN", 180)
    assert (more.disclosure, more.checked, more.needs) == ("general", (), ())
    assert (more.hold_seconds, more.wrap_seconds, more.authority) == (0, 0, "")


@LANGUAGES
async def test_third_party_without_authority_is_told_nothing_of_the_case(
    language: str, desk: Desk, store: Store, user: User
) -> None:
    """Whatever they know: the level stays general, and the outcome for it stands first."""
    i18n.use(language)
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "f2")
        await choose(pilot, "topic", "POS")
        await fill(pilot, person_id="Bob Lee")
        await press(pilot, "ctrl+r", "t", "n")
        assert focused(app) == "acting_for"
        assert any(message.startswith(i18n._(TAKE_IN)[:20]) for message in told(app))
        await fill(pilot, acting_for="Ann Jones")
        await press(pilot, "ctrl+r", "i", "c", "n", "a", "b", "enter")
        above = " ".join(shown(app).split())
        assert i18n._("General: what is public") in above
        assert i18n._("Speaks for {who}").format(who="Ann Jones") in above
        await press(pilot, "f8")
        assert isinstance(app.screen, Menu)
        await press(pilot, "enter")
        assert isinstance(app.screen, HomeScreen)
    record = newest(store, user)
    assert record.line.outcome == "NAUT"
    assert record.more.disclosure == "general"
    assert (record.more.acting_for, record.more.authority) == ("Ann Jones", "none")


@LANGUAGES
async def test_user_who_refuses_every_question_is_served_and_saved(
    language: str, desk: Desk, store: Store, user: User
) -> None:
    """No name, no details, no needs stated: only public things are said, and nothing blocks."""
    i18n.use(language)
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "f2")
        await choose(pilot, "topic", "HRG")
        await press(pilot, "ctrl+r", "i", "enter", "ctrl+r", "n", "z", "enter", "f8", "r")
        assert isinstance(app.screen, HomeScreen)
    record = newest(store, user)
    assert record.more.needs == (needs.NONE_STATED,)
    assert (record.more.disclosure, record.more.checked) == ("general", ())
    assert (record.person_id, record.user_type) == (None, "not_given")


async def test_identity_check_keeps_kinds_and_raises_the_level(
    desk: Desk, store: Store, user: User
) -> None:
    """The level stands above the form while one speaks, and a kill loses no tick."""
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "f2")
        await choose(pilot, "topic", "STA")
        await press(pilot, "ctrl+r", "i", "c", "n", "a", "b")
        assert isinstance(app.screen, Ticks)
        [draft] = store.call_read(drafts.waiting, user.id)
        assert draft.values["checked"] == "case_ref:yes name:yes address:yes birth_date:yes"
        await press(pilot, "enter")
        assert "Case: facts of the case" in shown(app)
        await press(pilot, "f8", "r")
    record = newest(store, user)
    assert record.more.disclosure == "case"
    assert record.more.checked == ("case_ref", "name", "address", "birth_date")


async def test_two_failed_tries_lead_to_the_outcome_without_a_hint(
    desk: Desk, store: Store, user: User
) -> None:
    """Which kinds were asked for is filled in; which failed is kept nowhere."""
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "f2")
        await choose(pilot, "topic", "STA")
        await press(pilot, "ctrl+r", "i", "c", "n", *("b",) * 3, *("o",) * 3)
        assert "whether there is a case" in " ".join(shown(app).split())
        await press(pilot, "enter", "f9", "enter")
        assert value(app, "add_tried").startswith("Case reference, Full name")
        await press(pilot, "f8")
    record = newest(store, user)
    assert (record.line.outcome, record.more.disclosure) == ("NOID", "general")
    assert record.more.checked == ("case_ref", "name")


async def test_client_who_takes_the_phone_from_a_third_party(
    desk: Desk, store: Store, user: User
) -> None:
    """The name moves over, and the checks begin anew: somebody else speaks."""
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "f2")
        await choose(pilot, "topic", "fine")
        await fill(pilot, person_id="Bob Lee")
        await press(pilot, "ctrl+r", "t", "s")
        await fill(pilot, acting_for="Ann Jones")
        await press(pilot, "ctrl+r", "i", "c", "n", "enter")
        assert "Limited" in shown(app)
        await press(pilot, "ctrl+r", "t", "c")
        assert form_values(app)["person_name"] == "Ann Jones"
        assert "acting_for" not in form_values(app)
        assert "General" in shown(app)
        await press(pilot, "f8", "r")
    record = newest(store, user)
    assert (record.line.person_name, record.more.acting_for) == ("Ann Jones", "")
    assert (record.more.authority, record.more.checked) == ("", ())


# -- the rest of the menu -----------------------------------------------------------------


async def test_needs_service_dissatisfaction_jurisdiction_and_subtopic_are_saved(
    desk: Desk, store: Store, user: User
) -> None:
    """Each stands behind its letter and above the form once it is there."""
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "f2")
        await choose(pilot, "topic", "fine")
        await press(pilot, "ctrl+r", "n", "z", "s", "j", "enter")
        assert focused(app) == "need_language"
        await choose(pilot, "need_language", "polish")
        await press(pilot, "ctrl+r", "w", "ctrl+r", "j", "m", "ctrl+r", "u", "b")
        await press(pilot, "ctrl+r", "d", "j")
        assert focused(app) == "dissatisfied_about"
        await choose(pilot, "dissatisfied_about", "delay")
        above = shown(app)
        for words in ("Step-free access", "Polish", "Cannot pay", "Service in Welsh", "major"):
            assert words in above
        assert "none stated" not in above
        await press(pilot, "f8", "r")
        assert isinstance(app.screen, HomeScreen)
    more = newest(store, user).more
    assert more.needs == ("step_free", "language:pol")
    assert (more.language, more.jurisdiction) == ("cy", "criminal_magistrates")
    assert (more.subtopic, more.dissatisfied, more.dissatisfied_about) == (
        "cannot_pay",
        "major",
        "DEL",
    )


async def test_what_was_begun_must_be_whole(desk: Desk, store: Store, user: User) -> None:
    """An interpreter of which language, unhappy about what, speaking for whom."""
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "f2")
        await choose(pilot, "topic", "fine")
        await press(pilot, "ctrl+r", "n", "j", "enter")
        await press(pilot, "ctrl+r", "t", "n", "ctrl+r", "d", "m", "f8")
        assert listed_problems(app) == [
            "Select the language to interpret",
            "Enter who the third party speaks for",
            "Select what the person was dissatisfied about",
        ]


async def test_hold_and_wrap_up_are_counted_and_parking_is_not(
    desk: Desk, store: Store, user: User, clock: SetClock
) -> None:
    """Words say that somebody waits; the minutes above the form go on."""
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "f2")
        await choose(pilot, "topic", "fine")
        clock.passes(minutes=1)
        await press(pilot, "ctrl+r", "h")
        assert "ON HOLD" in shown(app)
        clock.passes(minutes=2)
        await press(pilot, "ctrl+r", "h")
        assert "ON HOLD" not in shown(app)
        await press(pilot, "escape")
        clock.passes(minutes=30)
        await press(pilot, "enter")
        await press(pilot, "f9", "w")
        clock.passes(minutes=1)
        await fill(pilot, add_within_days="5")
        await press(pilot, "f8")
    record = newest(store, user)
    assert record.handling_seconds == 240
    assert (record.more.hold_seconds, record.more.wrap_seconds) == (120, 60)


async def test_process_killed_in_wrap_up_comes_back_in_wrap_up(
    desk: Desk, store: Store, user: User, clock: SetClock
) -> None:
    """The outcome and the minutes before it are still there; the gap is not counted."""
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "f2")
        await choose(pilot, "topic", "fine")
        clock.passes(minutes=2)
        await press(pilot, "f9", "w")
        clock.passes(minutes=1)
        await fill(pilot, add_within_days="5")
    clock.passes(hours=1)
    app = desk()
    async with small(app) as pilot:
        await settle(pilot)
        assert isinstance(app.screen, ContactScreen)
        assert value(app, "add_within_days") == "5"
        await press(pilot, "f8")
    record = newest(store, user)
    assert (record.handling_seconds, record.more.wrap_seconds) == (180, 60)
    assert record.ended_at == dt.datetime(2026, 11, 18, 10, 7, tzinfo=dt.UTC)


@pytest.mark.parametrize(("keys", "seconds"), [((), 60), (("ctrl+r", "c"), 660)])
async def test_interruption_counts_when_the_officer_says_so(
    keys: tuple[str, ...], seconds: int, desk: Desk, store: Store, user: User, clock: SetClock
) -> None:
    """They went on talking while the terminal was gone."""
    values = {"channel": "phone_in", "user_type": "not_given", "topic": "FIN"}
    store.call_jot(drafts.keep, a_draft(user, clock, spent_seconds=60, values=values))
    clock.passes(minutes=10)
    app = desk()
    async with small(app) as pilot:
        await settle(pilot)
        await press(pilot, *keys, "f8", "r")
    assert newest(store, user).handling_seconds == seconds


async def test_clock_set_back_during_a_call_is_set_aside(
    desk: Desk, store: Store, user: User, clock: SetClock
) -> None:
    """It is saved all the same, with the time that was really worked."""
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "f2")
        await choose(pilot, "topic", "fine")
        clock.passes(minutes=5)
        clock.shows(clock.moment - dt.timedelta(hours=1))
        await press(pilot, "f8", "r")
    record = newest(store, user)
    assert record.more.suspect_time
    assert record.handling_seconds == 300


# -- who it is ----------------------------------------------------------------------------


async def known_person(store: Store, user: User, clock: SetClock) -> str:
    """Ann Jones, who rang about a fine half an hour ago."""
    line = save(store, user, clock, person_name="Ann Jones", phone="01632 960001")
    clock.passes(minutes=30)
    person_id = store.call_read(contact_lines.record, line.id, user=user).person_id
    assert person_id is not None
    return person_id


async def test_marker_that_arrives_during_the_contact_appears_and_the_text_stays(
    desk: Desk, store: Store, user: User, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another writer of the store has it, as the exchange will: the form looks again by itself.

    It is kept that it stood on the screen; nothing may be said by phone from now on.
    """
    monkeypatch.setattr(contact, "LOOKED_AGAIN_SECONDS", 0.5)
    person_id = await known_person(store, user, clock)
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "f2")
        await choose(pilot, "topic", "fine")
        await fill(pilot, person_id="ann jo")
        await press(pilot, "down", "enter")
        await fill(pilot, answer="Half a sentence")
        assert "Restricted" not in shown(app)
        put_marker(store, user, person_id, "PF0004")
        most = 0  # a message does not stay: on a slow computer it is gone before all is drawn
        for _round in range(500):
            most = max(most, len([message for message in told(app) if "onfidential" in message]))
            if most and "Restricted: not by phone or chat" in shown(app):
                break
            await pilot.pause(0.01)
        assert "Restricted: not by phone or chat" in shown(app)
        assert value(app, "answer") == "Half a sentence"
        assert most == 1
        await press(pilot, "f8", "r")
    record = newest(store, user)
    assert record.more.markers_seen == ("PF0004",)
    assert record.more.disclosure == "restricted"


async def test_who_rang_again_is_seen_and_can_be_taken_back(
    desk: Desk, store: Store, user: User, clock: SetClock
) -> None:
    """The reference stands above the form; the letter A makes it a field."""
    await known_person(store, user, clock)
    first = newest(store, user).line
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "f2")
        await choose(pilot, "topic", "fine")
        await fill(pilot, person_id="ann jo")
        await press(pilot, "down", "enter")
        assert f"Repeat of {first.ref}" in shown(app)
        await press(pilot, "ctrl+r", "a")
        assert value(app, "repeat_ref") == first.ref
        await fill(pilot, repeat_ref="")
        await press(pilot, "f8", "r")
    assert newest(store, user).more.repeat_of == ""


@pytest.mark.parametrize(("answer", "outcomes"), [("a", ["RES", "RES"]), ("s", ["DUP", "RES"])])
async def test_contact_that_was_just_saved_is_asked_about(
    answer: str, outcomes: list[str], desk: Desk, store: Store, user: User, clock: SetClock
) -> None:
    """Esc goes back to the form; the same one is kept as a duplicate of the first."""
    first = save(store, user, clock, person_name="Ann Jones")
    clock.passes(minutes=2)
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "f2")
        await choose(pilot, "topic", "fine")
        await fill(pilot, person_id="Ann Jones")
        await press(pilot, "f9", "r", "f8")
        assert first.ref in shown(app)
        await press(pilot, "escape")
        assert isinstance(app.screen, ContactScreen)
        await press(pilot, "f8", answer)
        assert isinstance(app.screen, HomeScreen)
    lines = store.call_read(contact_lines.page, Want(), user=user).lines
    assert [line.outcome for line in lines] == outcomes
    known = store.call_read(persons.find, "jones", user=user)
    assert len(known) == (1 if answer == "s" else 2), "what was typed twice makes nobody new"


@LANGUAGES
async def test_lines_above_the_form_are_never_cut(
    language: str, desk: Desk, store: Store, user: User
) -> None:
    """A long name wraps; what may be said stands there to its last word."""
    i18n.use(language)
    app = desk()
    name = "Angharad Gwenllïan Llewelyn-Cadwaladr ap-Iorwerth Pritchard-Môn of the Lower Farm"
    async with small(app) as pilot:
        await press(pilot, "f2")
        await choose(pilot, "topic", "FIN")
        await fill(pilot, person_id=name)
        above = " ".join(shown(app).split())
        assert name in above
        assert i18n._("General: what is public") in above
        assert f"Esc {i18n._('Park')}" in shown(app).splitlines()[-1]


def test_authority_of_each_kind_is_in_the_list_of_the_sheet() -> None:
    """Source: enquiries sheet, section 4; a police request is referred, not answered."""
    assert not third_party.authorised("police")
    assert not third_party.authorised("none")
    assert third_party.authorised("")
    enough = ("on_record", "signed", "power_of_attorney", "litigation_friend", "mp")
    assert all(third_party.authorised(each) for each in enough)


def test_nothing_may_be_said_until_the_markers_of_a_person_are_read() -> None:
    """The first paint comes before the store has answered."""
    assert contact_state.level({"person_id": "p"}, None) is Disclosure.RESTRICTED
    assert contact_state.level({}, None) is Disclosure.GENERAL


async def test_what_to_do_about_a_topic_stands_below_the_form(desk: Desk) -> None:
    """In the language of the screen; it makes room for the fields of an outcome."""
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "f2")
        await choose(pilot, "topic", "non-mol")
        assert "Safe contact first: Ctrl+R S. Danger now: 999." in shown(app)
        await press(pilot, "f12")
        assert "Cyswllt diogel yn gyntaf: Ctrl+R S." in shown(app)
        await press(pilot, "f9", "m")
        assert "999" not in shown(app)


async def test_past_contacts_of_the_person_or_of_the_case_are_one_key_away(
    desk: Desk, store: Store, user: User, clock: SetClock
) -> None:
    """On the smallest terminal too; Esc comes back to the words."""
    save(store, user, clock, person_name="Ann Jones", case_ref="ZZ26P00001")
    clock.passes(minutes=30)
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "f2")
        await choose(pilot, "topic", "probate")
        await fill(pilot, case_ref="zz26 p00001")
        await press(pilot, "ctrl+r", "p")
        assert isinstance(app.screen, EnquiriesScreen)
        assert "Ann Jones" in shown(app)
        await press(pilot, "escape")
        await fill(pilot, person_id="Ann J")
        await press(pilot, "down", "enter", "ctrl+r", "p")
        assert isinstance(app.screen, PersonScreen)
        await press(pilot, "escape")
        assert value(app, "case_ref") == "zz26 p00001"
