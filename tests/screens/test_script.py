"""Guided scripts by keyboard: one key for each answer, the form is filled, nothing is lost."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from deskapp import i18n
from deskapp.app import DeskApp
from deskapp.data.store import Store
from deskapp.roles import Role, User
from deskapp.screens.article import ArticleScreen
from deskapp.screens.contact import ContactScreen
from deskapp.screens.hard import HardScreen
from deskapp.screens.home import HomeScreen
from deskapp.screens.menu import Menu
from deskapp.screens.script import ScriptScreen
from deskapp.services import drafts
from deskapp.services.enquiries import contact_lines
from deskapp.services.knowledge import library, uses
from deskapp.services.paging import Want
from tests.builders import SetClock
from tests.pilots import choose, fill, form_values, press, settle, shown, small, told, value
from tests.services.knowledge.local_desk import Writing, a_script
from tests.services.test_spos import book

Desk = Callable[..., DeskApp]


def step(app: DeskApp) -> str:
    """Id of the step that stands on the screen."""
    assert isinstance(app.screen, ScriptScreen)
    return app.screen.walk.node.id


async def answer(pilot: Any, *texts: str) -> None:
    """Type answers, each with Enter."""
    for text in texts:
        await fill(pilot, **{"answer-line": text})
        await press(pilot, "enter")


async def opened(pilot: Any, words: str) -> None:
    """Choose a script in the contact that is open."""
    await press(pilot, "f5", *words, "enter")


@pytest.mark.parametrize("language", i18n.LANGUAGES)
async def test_a_juror_through_the_script_to_the_saved_contact(
    language: str, desk: Desk, store: Store, user: User
) -> None:
    """The script of the topic stands first; Enter at its end takes the outcome over."""
    i18n.use(language)
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "f2")
        await choose(pilot, "topic", "JRY")
        await press(pilot, "f5", "enter")
        assert isinstance(app.screen, ScriptScreen)
        assert "JRY" in app.screen.walk.script.topics
        await press(pilot, "escape")
        await opened(pilot, "dyddiad" if language == "cy" else "date")
        await answer(pilot, "123456789", "4 12 2026")
        await press(pilot, "1")
        await answer(pilot, "On holiday", "7, 14, 21 December")
        assert step(app) == "how"
        await press(pilot, "enter", "enter")
        assert isinstance(app.screen, ContactScreen)
        assert form_values(app)["extra_juror_no"] == "123456789"
        await press(pilot, "f8")
        assert isinstance(app.screen, HomeScreen)
    [line] = store.call_read(contact_lines.page, Want(), user=user).lines
    record = store.call_read(contact_lines.record, line.id, user=user)
    assert (line.topic, line.outcome) == ("JRY", "RES")
    assert record.extras["service_start"] == "2026-12-04"
    [run] = record.more.trail
    assert (run.script, run.version, run.ended) == ("s-jury-defer", 1, True)
    assert any("[123456789]" in each for each in run.lines)
    assert store.call_read(drafts.waiting, user.id) == []


async def test_the_record_shows_what_was_said(desk: Desk, store: Store, user: User) -> None:
    """With the words of that day, and fields of scripts by their names."""
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "f2")
        await opened(pilot, "date")
        await answer(pilot, "123456789", "4 12 2026")
        await press(pilot, "escape", "f8", "r")
        [line] = store.call_read(contact_lines.page, Want(), user=user).lines
        app.open("contact", line.id)
        await settle(pilot)
        page = shown(app)
        assert "Jury service starts on 4 Dec 2026" in " ".join(page.split())
        assert "s-jury-defer version 1" in page
        assert "[123456789]" in " ".join(page.split())


async def test_killed_in_the_middle_the_script_stands_where_it_was(
    desk: Desk, store: Store, user: User
) -> None:
    """Step, answers, half-typed words and the form, all of it out of the draft."""
    killed = desk()
    async with small(killed) as pilot:
        await press(pilot, "f2")
        await opened(pilot, "date")
        await answer(pilot, "123456789")
        await fill(pilot, **{"answer-line": "4 12"})
    app = desk()
    async with small(app) as pilot:
        await settle(pilot)
        assert step(app) == "start"
        assert value(app, "answer-line") == "4 12"
        await answer(pilot, "4 12 2026")
        await press(pilot, "b", "shift+tab")
        assert step(app) == "number"
        await press(pilot, "escape")
        assert form_values(app)["topic"] == ""
        assert not form_values(app).get("extra_juror_no")


async def test_parked_with_its_contact_it_goes_on_later(
    desk: Desk, store: Store, user: User
) -> None:
    """Another caller in between; the script of the first one stands at its step."""
    i18n.use("cy")
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "f2")
        await opened(pilot, "ymosodol")
        await press(pilot, "1")
        assert step(app) == "warn"
        await press(pilot, "escape", "escape")
        assert isinstance(app.screen, HomeScreen)
        [draft] = store.call_read(drafts.waiting, user.id)
        assert draft.parked
        await press(pilot, "f2")
        await choose(pilot, "topic", "FEE")
        await press(pilot, "f8", "r")
        app.open_draft(draft.id)
        await settle(pilot)
        await press(pilot, "f5")
        assert step(app) == "warn"


async def test_words_typed_in_the_form_stay_and_the_officer_is_told(
    desk: Desk, store: Store
) -> None:
    """A script never overwrites silently."""
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "f2")
        await choose(pilot, "topic", "FIN")
        await opened(pilot, "complaint")
        screen = app.screen
        assert isinstance(screen, ScriptScreen)
        contact = app.screen_stack[-2]
        assert isinstance(contact, ContactScreen)
        ended = next(
            node for node in screen.walk.script.nodes.values() if "enquiry.topic" in node.set
        )
        await screen.stand_at(script_at(screen, ended.id))
        await settle(pilot)
        assert contact.values["topic"] == "FIN"
        assert any("your own words stay" in each and "Complaint" in each for each in told(app))


def script_at(screen: ScriptScreen, node_id: str) -> Any:
    """The walk of a screen, standing at another of its nodes."""
    return replace(screen.walk, node=screen.walk.script.nodes[node_id])


async def test_what_must_be_said_is_left_out_only_with_a_reason(desk: Desk) -> None:
    """Esc in the question leaves the words standing."""
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "f2")
        await opened(pilot, "abusive")
        await press(pilot, "1", "-", "escape")
        assert step(app) == "warn"
        await press(pilot, "-")
        await fill(pilot, line="Rang off")
        await press(pilot, "enter")
        screen = app.screen
        assert isinstance(screen, ScriptScreen)
        assert (step(app), screen.walk.trail[-1].reason) == ("after", "Rang off")


async def test_nine_in_an_answer_can_be_part_of_it(desk: Desk) -> None:
    """The time is kept at once; who only meant a house number says so."""
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "f2")
        await opened(pilot, "suicide")
        await press(pilot, "y", "1", "9")
        assert isinstance(app.screen, Menu)
        assert "999" in shown(app)
        await press(pilot, "9")
        screen = app.screen
        assert isinstance(screen, ScriptScreen)
        assert value(app, "answer-line") == "9"
        assert not any(each.emergency for each in screen.walk.trail)
        await fill(pilot, **{"answer-line": ""})
        await press(pilot, "9", "escape")
        assert any(each.emergency for each in screen.walk.trail)


async def test_a_signpost_opens_its_article_and_comes_back(desk: Desk) -> None:
    """The step stands as it was."""
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "f2")
        await opened(pilot, "suicide")
        await press(pilot, "y", "3", "enter", "a")
        assert isinstance(app.screen, ArticleScreen)
        await press(pilot, "escape")
        assert step(app) == "help"


async def test_begun_again_it_is_at_the_start_and_the_form_is_empty(
    desk: Desk, store: Store, user: User
) -> None:
    """What was said all the same is kept with the contact."""
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "f2")
        await opened(pilot, "suicide")
        await press(pilot, "y", "1")
        await press(pilot, "ctrl+r", "q", "y")
        assert step(app) == "calm"
        await press(pilot, "escape")
        await fill(pilot, question="Ann rang")
        await choose(pilot, "topic", "OTH")
        await press(pilot, "f8", "r")
    [line] = store.call_read(contact_lines.page, Want(), user=user).lines
    record = store.call_read(contact_lines.record, line.id, user=user)
    assert "risk" not in record.extras
    assert [run.ended for run in record.more.trail] == [False]


async def test_needs_are_ticked_as_everywhere(desk: Desk) -> None:
    """Nobody types codes."""
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "f2")
        await opened(pilot, "adjustment")
        screen = app.screen
        assert isinstance(screen, ScriptScreen)
        asked = next(each for each in screen.walk.script.nodes.values() if "needs" in each.collect)
        await screen.stand_at(script_at(screen, asked.id))
        await settle(pilot)
        await press(pilot, "enter", "l", "enter")
        assert screen.walk.trail[-1].filled["needs"] == "hearing_loop"


async def test_a_script_without_a_contact_begins_one(desk: Desk) -> None:
    """From Find on the first screen; Esc leads to that contact."""
    app = desk()
    async with small(app) as pilot:
        await settle(pilot)
        app.open("script", "s-fine-pay")
        await settle(pilot)
        assert isinstance(app.screen, ScriptScreen)
        await press(pilot, "escape")
        assert isinstance(app.screen, ContactScreen)
        await press(pilot, "escape")
        assert isinstance(app.screen, HomeScreen)


async def test_a_script_that_was_left_is_counted_where(
    desk: Desk, store: Store, clock: SetClock
) -> None:
    """Those who write scripts see at which step officers leave them."""
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "f2")
        await choose(pilot, "topic", "JRY")
        await opened(pilot, "date")
        await answer(pilot, "")
        await press(pilot, "escape", "f8", "r")
        await settle(pilot)
    [left] = store.call_read(
        lambda connection: list(uses.drop_offs(connection, clock.clock.today()))
    )
    assert (left.item, left.node) == ("s-jury-defer", "start")


async def test_what_a_script_found_is_handed_to_the_urgent_record(desk: Desk) -> None:
    """Its level stands in the form that the outcome leads to, in words of the language."""
    i18n.use("cy")
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "f2")
        await choose(pilot, "topic", "OTH")
        await opened(pilot, "hunanladdiad")
        await press(pilot, "y", "3")
        assert "Isel" in shown(app)
        await press(pilot, "enter", "enter", "1")
        await answer(pilot, "Ann")
        await press(pilot, "enter", "enter")
        screen = app.screen
        assert isinstance(screen, HardScreen)
        assert screen.case_form.id == "self_harm"
        assert screen.values["self_harm_level"] == "low"
        assert value(app, "self_harm_level").startswith("Isel")
        await press(pilot, "escape")
        assert isinstance(app.screen, ContactScreen)
        assert form_values(app)["extra_risk"] == "Isel"


async def test_a_script_of_another_version_is_begun_again_and_nothing_is_lost(
    desk: Desk, store: Store, user: User
) -> None:
    """A release came in between: the officer is told, form and what was said stay."""
    killed = desk()
    async with small(killed) as pilot:
        await press(pilot, "f2")
        await choose(pilot, "topic", "JRY")
        await opened(pilot, "date")
        await answer(pilot, "123456789")
    [draft] = store.call_read(drafts.waiting, user.id)
    kept = json.loads(draft.values["script"])
    older = {**kept, "version": 0, "steps": [{**step, "version": 0} for step in kept["steps"]]}
    values = {**draft.values, "script": json.dumps(older)}
    store.call_jot(drafts.keep, draft._replace(values=values))
    app = desk()
    async with small(app) as pilot:
        await settle(pilot)
        assert any("changed since" in each for each in told(app))
        await press(pilot, "escape")
        assert form_values(app)["extra_juror_no"] == "123456789"
        await opened(pilot, "date")
        assert step(app) == "number"
        await press(pilot, "escape", "f8", "r")
    [line] = store.call_read(contact_lines.page, Want(), user=user).lines
    [run] = store.call_read(contact_lines.record, line.id, user=user).more.trail
    assert any("[123456789]" in each for each in run.lines)


async def test_a_local_script_that_is_changed_meanwhile_goes_on_as_it_was_begun(
    desk: Desk, store: Store, user: User, clock: SetClock
) -> None:
    """The caller hears one script; the next caller hears the new one."""
    writing = Writing(store, clock, user)
    row_id = writing.start(name="s-kestrel")
    writing.publish(row_id)
    async with small(killed := desk()) as pilot:
        await press(pilot, "f2")
        await choose(pilot, "topic", "SUP")
        await opened(pilot, "kestrel")
        assert "The lift is out of order." in shown(killed)
        await press(pilot, "enter")
        writing.edit(row_id, a_script(say="The lift works again."))
        writing.publish(row_id)
    async with small(app := desk()) as pilot:
        await settle(pilot)
        assert step(app) == "done"
        await press(pilot, "enter", "f8", "f2")
        await choose(pilot, "topic", "SUP")
        await opened(pilot, "kestrel")
        assert "The lift works again." in shown(app)
    [line] = store.call_read(contact_lines.page, Want(), user=user).lines
    [run] = store.call_read(contact_lines.record, line.id, user=user).more.trail
    assert (run.version, run.ended) == (1, True)
    assert any("out of order" in each for each in run.lines)


async def test_the_senior_person_on_site_is_named_where_a_script_asks_for_them(
    desk: Desk, store: Store, user: User, clock: SetClock
) -> None:
    """Their name stands in the line, to be kept with Enter; without a booking it says whom."""
    async with small(app := desk()) as pilot:
        await press(pilot, "f2")
        await opened(pilot, "building emergency")
        await press(pilot, "n")
        await answer(pilot, "First floor")
        assert step(app) == "spos"
        assert "nobody is booked" in shown(app)
        await press(pilot, "escape")
        book(store, user._replace(role=Role.TEAM_LEADER), clock)
        await press(pilot, "f5")
        assert "Ann Jones" in shown(app)
        assert "01632 960001" in shown(app)
        assert value(app, "answer-line") == "Ann Jones"
        await press(pilot, "enter")
        screen = app.screen
        assert isinstance(screen, ScriptScreen)
        assert screen.walk.trail[-1].filled["told_name"] == "Ann Jones"


async def test_a_discarded_contact_keeps_what_was_said(
    desk: Desk, store: Store, user: User
) -> None:
    """Somebody may ask later what was read out to a caller who then rang off."""
    async with small(desk()) as pilot:
        await press(pilot, "f2")
        await opened(pilot, "date")
        await answer(pilot, "123456789")
        await press(pilot, "escape", "ctrl+t", "m")
    [line] = store.call_read(contact_lines.page, Want(), user=user).lines
    record = store.call_read(contact_lines.record, line.id, user=user)
    assert line.outcome == "DSC"
    assert record.extras["juror_no"] == "123456789"
    [run] = record.more.trail
    script = library.shipped().scripts["s-jury-defer"]
    assert (run.script, run.version, run.ended) == (script.id, script.version, False)
    assert any("[123456789]" in each for each in run.lines)


async def test_the_script_that_the_typed_words_speak_of_stands_first(desk: Desk) -> None:
    """Enter takes it, whatever else belongs to the topic; without words it is the topic's."""
    async with small(app := desk()) as pilot:
        await press(pilot, "f2")
        await choose(pilot, "topic", "JRY")
        await fill(pilot, question="cant come those weeks, holiday booked")
        await press(pilot, "f5", "enter")
        screen = app.screen
        assert isinstance(screen, ScriptScreen)
        assert screen.walk.script.id == "s-jury-defer"
