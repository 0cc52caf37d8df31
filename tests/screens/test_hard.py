"""The hard minutes by keyboard: what to do is on the screen, what was typed is never lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from deskapp import i18n
from deskapp.app import DeskApp
from deskapp.data.store import Store
from deskapp.roles import User
from deskapp.screens.contact import ContactScreen
from deskapp.screens.hard import HardScreen
from deskapp.screens.home import HomeScreen
from deskapp.screens.menu import Menu
from deskapp.services import drafts, links
from deskapp.services.enquiries import contact_lines
from deskapp.services.hard import hard, hard_records, spos
from deskapp.services.paging import Want
from tests.builders import SetClock
from tests.pilots import choose, fill, press, settle, shown, small, value
from tests.services.casework.newer import install_newer, versions

Desk = Callable[..., DeskApp]


@pytest.mark.parametrize("language", i18n.LANGUAGES)
async def test_fire_alarm_fault_during_a_call(
    language: str, desk: Desk, store: Store, user: User
) -> None:
    """Two fields, one save, whom to tell; the call is still there and ends with the record."""
    i18n.use(language)
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "f2")
        await fill(pilot, question="Rang about a fee")
        await press(pilot, "f4", "s")
        screen = app.screen
        assert isinstance(screen, HardScreen)
        assert "999" in shown(app)
        assert [field.name for field in screen.fields()] == ["hazard", "what"]
        alarm = next(kind for kind in hard.kinds() if kind.id == "fire_alarm")
        await choose(pilot, "hazard", hard.worded(alarm.label))
        await fill(pilot, what="Panel is dark, ground floor")
        await press(pilot, "f8")
        assert isinstance(app.screen, Menu)
        await press(pilot, "l")
        assert isinstance(app.screen, ContactScreen)
        assert value(app, "question") == "Rang about a fee"
        await choose(pilot, "topic", "FEE")
        await press(pilot, "f8", "b")
        assert isinstance(app.screen, HomeScreen)
    [line] = store.call_read(contact_lines.page, Want(), user=user).lines
    assert line.outcome == "INC"
    record = store.call_read(contact_lines.record, line.id, user=user)
    [waiting] = store.call_read(spos.untold, user=user)
    assert record.extras["record"] == waiting.ref
    assert store.call_read(links.of, "contact", line.id, user=user) == [
        links.Link("case_record", waiting.case_id)
    ]


async def test_the_senior_person_is_told_later_with_the_time(
    desk: Desk, store: Store, user: User
) -> None:
    """F4 T finds what waits; the time must be given."""
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "f4", "s")
        await choose(pilot, "hazard", "fire alarm")
        await fill(pilot, what="Panel is dark")
        await press(pilot, "f8", "l", "f4", "t")
        await fill(pilot, name="Ann Jones")
        await press(pilot, "f8")
        assert "Enter when you told the Senior Person on Site" in shown(app)
        await fill(pilot, told_at="9:58")
        await press(pilot, "f8")
        assert isinstance(app.screen, HomeScreen)
    assert store.call_read(spos.untold, user=user) == []


@pytest.mark.parametrize("language", i18n.LANGUAGES)
async def test_suicidal_caller_at_the_high_level(
    language: str, desk: Desk, store: Store, user: User
) -> None:
    """The script first, to its end; then the record, which the contact keeps as its outcome."""
    i18n.use(language)
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "f2")
        await choose(pilot, "topic", "CHI")
        await press(pilot, "f4", "1", "y", "1", "9", "k")
        await fill(pilot, **{"answer-line": "On a bridge"})
        await press(pilot, "enter", "enter", "enter")
        await fill(pilot, **{"answer-line": "Ann Jones"})
        await press(pilot, "enter", "enter")
        await press(pilot, "h")
        assert value(app, "self_harm_level").startswith("High" if language == "en" else "Uchel")
        assert value(app, "where_now") == "On a bridge"
        advice = hard.form("self_harm").advice({"self_harm_level": "high"})
        assert advice in " ".join(shown(app).split())
        await fill(pilot, what_was_seen='"I will do it tonight"', action_taken="Kept talking, 999")
        await press(pilot, "f8")
        assert isinstance(app.screen, ContactScreen)
        await press(pilot, "f8")
        assert isinstance(app.screen, HomeScreen)
    [line] = store.call_read(contact_lines.page, Want(), user=user).lines
    record = store.call_read(contact_lines.record, line.id, user=user)
    assert (line.outcome, record.extras["record"][:5]) == ("SAF", "SAFE-")
    assert (record.extras["risk"], record.extras["location"]) == ("high", "On a bridge")
    [run] = record.more.trail
    assert any(i18n._("emergency services rung") in step for step in run.lines)


@pytest.mark.parametrize("language", i18n.LANGUAGES)
async def test_abusive_caller_is_warned_and_then_ended(
    language: str, desk: Desk, store: Store, user: User
) -> None:
    """The script says the words; the contact remembers the step between, and how it ended."""
    i18n.use(language)
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "f2")
        await choose(pilot, "topic", "FIN")
        await press(pilot, "f4", "a", "1", "escape")
        assert isinstance(app.screen, ContactScreen)
        await press(pilot, "f4", "a")  # the warning, which must be said
        assert i18n._("MUST BE SAID: {text}").partition("{")[0] in shown(app)
        await press(pilot, "enter", "1")
        await fill(pilot, **{"answer-line": 'Said "you idiot" twice'})
        await press(pilot, "enter", "n", "enter", "enter")
        assert isinstance(app.screen, ContactScreen)
        assert value(app, "answer").startswith('Said "you idiot" twice\n')
        assert (value(app, "add_warned"), value(app, "add_harm")) == (i18n._("Yes"), i18n._("No"))
        await press(pilot, "f8")
        assert isinstance(app.screen, Menu)
        assert hard.wellbeing()[:30] in shown(app)
        await press(pilot, "i")
        assert isinstance(app.screen, HardScreen)
    [line] = store.call_read(contact_lines.page, Want(), user=user).lines
    assert line.outcome == "END"
    [run] = store.call_read(contact_lines.record, line.id, user=user).more.trail
    assert (run.script, run.ended) == ("s-abusive", True)


async def test_outcome_without_its_record_leads_there(desk: Desk, store: Store, user: User) -> None:
    """And comes back to the contact with the record filled in."""
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "f2")
        await choose(pilot, "topic", "CHI")
        await press(pilot, "f8", "h")
        assert isinstance(app.screen, Menu)
        await press(pilot, "g")
        await choose(pilot, "concern_type", "child")
        await fill(pilot, what_was_seen="Alone in the waiting room since nine")
        await choose(pilot, "consent", "not asked")
        await press(pilot, "f8")
        assert isinstance(app.screen, ContactScreen)
        assert value(app, "add_record").startswith("SAFE-")
        await press(pilot, "f8")
    [line] = store.call_read(contact_lines.page, Want(), user=user).lines
    assert line.outcome == "SAF"


async def test_a_hard_form_is_there_again_after_a_crash(
    desk: Desk, store: Store, user: User, clock: SetClock
) -> None:
    """With the same words, and still linked to its contact."""
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "f2")
        await fill(pilot, question="Rang")
        contact_id = app.screen.draft.id  # type: ignore[attr-defined]
        clock.passes(minutes=1)
        await press(pilot, "f4", "s")
        await fill(pilot, what="Smoke in the lobby")
        await settle(pilot)
    again = desk()
    async with small(again) as pilot:
        await settle(pilot)
        assert isinstance(again.screen, HardScreen)
        assert value(again, "what") == "Smoke in the lobby"
        assert again.screen.draft.values[hard_records.CONTACT_ID] == contact_id
        await press(pilot, "escape")
    assert any(each.parked for each in store.call_read(drafts.waiting, user.id))


async def test_f4_opened_in_vain_leaves_nothing(desk: Desk, store: Store, user: User) -> None:
    """Nothing typed, nothing kept."""
    app = desk()
    async with small(app) as pilot:
        for letter in "sbrigh":
            await press(pilot, "f4", letter)
            assert isinstance(app.screen, HardScreen)
            await press(pilot, "escape")
            assert isinstance(app.screen, HomeScreen)
    assert store.call_read(drafts.waiting, user.id) == []


async def test_a_record_follows_the_installed_version_of_its_scheme(
    desk: Desk, store: Store, user: User, clock: SetClock
) -> None:
    """The form, its save and the telling of the senior person know the same schemes."""
    install_newer(store, user, clock, "building_issue")
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "f4", "s")
        await choose(pilot, "hazard", "fire alarm")
        await fill(pilot, what="Panel is dark")
        await press(pilot, "f8", "l", "f4", "t")
        await fill(pilot, name="Ann Jones", told_at="9:58")
        await press(pilot, "f8")
        assert isinstance(app.screen, HomeScreen)
    assert versions(store, "building_issue") == [2]
    assert store.call_read(spos.untold, user=user) == []
