"""Journeys through the one box and articles: found, read, copied, put in, kept with the contact."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from deskapp import i18n
from deskapp.app import DeskApp
from deskapp.data.store import Store
from deskapp.roles import User
from deskapp.screens import article as article_screen
from deskapp.screens.article import ArticleScreen
from deskapp.screens.article_paper import ArticlePaper
from deskapp.screens.contact import ContactScreen
from deskapp.screens.contact_texts import PlainText
from deskapp.screens.find import FILTERS, FindScreen
from deskapp.services import drafts
from deskapp.services.enquiries import contact_lines, looked_up
from deskapp.services.enquiries.looked_up import LookedUp
from deskapp.services.knowledge import library, misses
from deskapp.services.paging import Want
from deskapp.terminal import profiles
from deskapp.widgets.article_view import ArticleView
from tests.builders import SetClock, save
from tests.pilots import choose, fill, focused, press, rows, settle, shown, small, told, value

Desk = Callable[..., DeskApp]
DEFER = "jury-defer"
WORDS = {"en": "jury date clashes with holiday", "cy": "newid dyddiad rheithgor"}
DANGER = "dwi eisiau lladd fy hun"


def version() -> int:
    """The version of the article that the journeys use."""
    return library.shipped().articles[DEFER].version


async def begin(pilot: Pilot[Any]) -> None:
    """A contact about jury service with a question."""
    await press(pilot, "f2")
    await choose(pilot, "topic", "JRY")
    await fill(pilot, question="Wants another date")


async def open_article(pilot: Pilot[Any], article_id: str = DEFER) -> None:
    """Open an article over what is on the screen."""
    assert isinstance(pilot.app, DeskApp)
    pilot.app.open("article", article_id)
    await settle(pilot)


@pytest.mark.parametrize("language", i18n.LANGUAGES)
async def test_a_call_is_answered_with_an_article(
    language: str, desk: Desk, store: Store, user: User, clock: SetClock
) -> None:
    """From the first words to the outcome; what was copied stands on the record.

    Its review passes meanwhile: opened again it says so, and the version that was read is kept.
    """
    i18n.use(language)
    title = library.shipped().articles[DEFER].title(language)
    app = desk()
    app.profile = profiles.FULL
    async with small(app) as pilot:
        await begin(pilot)
        await press(pilot, "f3")
        await fill(pilot, search=WORDS[language])
        keys = [row.key for row in rows(app)]
        assert f"article:{DEFER}" in keys[:2]
        await press(pilot, *("down" for _row in range(keys.index(f"article:{DEFER}") + 1)), "enter")
        assert isinstance(app.screen, ArticleScreen)
        assert title in shown(app)
        await press(pilot, "enter")
        reply = app.clipboard
        await press(pilot, "escape")
        overdue = i18n._("REVIEW OVERDUE. {text}").partition(".")[0]
        assert overdue not in shown(app)
        due = library.shipped().articles[DEFER].review_by + dt.timedelta(days=1)
        clock.shows(dt.datetime.combine(due, dt.time(10), dt.UTC))
        await open_article(pilot)
        assert overdue in shown(app)
        await press(pilot, "f2")
        assert isinstance(app.screen, ContactScreen)
        await press(pilot, "f8", "r")
        [line] = store.call_read(contact_lines.page, Want(), user=user).lines
        app.open("contact", line.id)
        await settle(pilot)
        assert title in shown(app)
    assert "www.gov.uk/" in reply
    assert "{" not in reply
    record = store.call_read(contact_lines.record, line.id, user=user)
    assert record.more.articles == (LookedUp(DEFER, version()),)


async def test_danger_comes_first_in_every_filter(desk: Desk) -> None:
    """Whatever is looked for, and whatever else is found."""
    i18n.use("cy")
    async with small(app := desk()) as pilot:
        await begin(pilot)
        await press(pilot, "f3")
        await fill(pilot, search=DANGER)
        for _filter in FILTERS:
            assert rows(app)[0].key == "script:s-suicide"
            await press(pilot, "tab")


async def test_empty_box_offers_what_fits_the_contact_and_what_is_always_wanted(
    desk: Desk,
) -> None:
    """By its topic and the words typed so far; safety stands there without any."""
    async with small(app := desk()) as pilot:
        await press(pilot, "f3")
        assert "script:s-suicide" in [row.key for row in rows(app)]
        await press(pilot, "escape")
        await begin(pilot)
        await fill(pilot, question="Caller cannot pay the fine", answer="")
        await press(pilot, "f3")
        keys = [row.key for row in rows(app)]
    assert "fine-cannot-pay" in keys[0] + keys[1]
    assert "script:s-jury-defer" in keys
    assert len(keys) == len(set(keys))


async def test_hostile_words_find_nothing_and_break_nothing(desk: Desk) -> None:
    """Whatever is typed is words."""
    hostile = (
        "\x1b]52;c;AAAA\x07",
        "' OR 1=1 --",
        "*" * 300,
        "\u202e日本 太郎",
        "[/b] [red]{fact.x}",
    )
    async with small(app := desk()) as pilot:
        await press(pilot, "f3")
        for words in hostile:
            await fill(pilot, search="")
            app.post_message(events.Paste(words))
            await press(pilot, "f9", "insert", "tab", "shift+tab")
            assert isinstance(app.screen, FindScreen)
            assert "\x1b" not in shown(app)
        assert "[/b]" in shown(app)


async def test_form_stays_in_view_where_there_is_room(desk: Desk) -> None:
    """On a small terminal Find takes the whole screen; Esc gives the form back with its cursor."""
    async with small(app := desk()) as pilot:
        await begin(pilot)
        editor = app.screen.query_one("#question", TextArea)
        editor.move_cursor((0, 5))
        await press(pilot, "f3")
        assert "Wants another date" not in shown(app)
        await press(pilot, "escape")
        assert (focused(app), editor.cursor_location) == ("question", (0, 5))
        await pilot.resize_terminal(130, 30)
        await press(pilot, "f3")
        await fill(pilot, search=WORDS["en"])
        assert "Wants another date" in shown(app)
        assert "Ask for a different date" in shown(app)
        await press(pilot, "enter", "enter")
        assert "Wants another date" in shown(app)
        await press(pilot, "escape", "escape")
        assert (focused(app), editor.cursor_location) == ("question", (0, 5))
        assert app.screen.query_one("#state").size.width > 120


async def test_reply_goes_into_what_was_said(desk: Desk) -> None:
    """Also while what was asked is still being typed; gaps are said."""
    async with small(app := desk()) as pilot:
        await begin(pilot)
        await open_article(pilot)
        await press(pilot, "insert")
        assert isinstance(app.screen, ContactScreen)
        assert value(app, "question") == "Wants another date"
        assert value(app, "answer").startswith("You can ask")
        assert app.screen.draft.values[looked_up.VALUE] == f"{DEFER}@{version()}"
        await fill(pilot, person_id="Ann Jones", answer="")
        await open_article(pilot)
        await press(pilot, "insert")
        assert value(app, "answer").startswith("You can ask")


async def test_article_that_was_read_is_kept_with_the_draft(
    desk: Desk, store: Store, user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Five seconds on the screen are enough; a killed program loses nothing of it."""
    monkeypatch.setattr(article_screen, "READ_SECONDS", 0.001)
    async with small(app := desk()) as pilot:
        await begin(pilot)
        await open_article(pilot)
        await pilot.pause()
        assert isinstance(app.screen, ArticleScreen)
        running = store.call_read(drafts.running, user.id)
    assert running is not None
    assert running.values[looked_up.VALUE] == f"{DEFER}@{version()}"


async def test_reading_without_a_contact_starts_none(desk: Desk, store: Store, user: User) -> None:
    """An officer may look something up between two calls."""
    app = desk()
    app.profile = profiles.FULL
    async with small(app) as pilot:
        await open_article(pilot)
        await press(pilot, "enter")
        assert app.clipboard.startswith("You can ask")
        await press(pilot, "insert")
        assert "F2" in told(app)[-1]
        assert app.lately == [DEFER]
    assert store.call_read(drafts.running, user.id) is None


async def test_language_key_stays_at_the_heading(desk: Desk) -> None:
    """The officer reads on in the language the caller changed to."""
    async with small(app := desk()) as pilot:
        await open_article(pilot)
        await press(pilot, "tab", "tab")
        at = app.screen.query_one(ArticleView).at
        assert at == 2
        assert "Version" in shown(app)
        await press(pilot, "f12")
        assert app.screen.query_one(ArticleView).at == at
        assert "Beth i'w wneud" in shown(app).replace("\u2019", "'")
        await press(pilot, "f12")


async def test_words_are_found_in_the_article(desk: Desk) -> None:
    """Typing looks for them, Enter goes on, Esc leaves the box and then the article."""
    async with small(app := desk()) as pilot:
        await open_article(pilot)
        await press(pilot, *"appeal")
        assert "They can appeal to the court" in shown(app)
        assert app.screen.query_one(ArticleView).at > 0
        await press(pilot, "z", "enter")
        assert "not in the article" in told(app)[-1]
        await press(pilot, "escape")
        assert isinstance(app.screen, ArticleScreen)
        await press(pilot, "escape")
        assert not isinstance(app.screen, ArticleScreen)


async def test_what_is_for_staff_is_marked_and_never_leaves(desk: Desk) -> None:
    """Neither by a key nor on paper."""
    staff = next(item.id for item in library.shipped().articles.values() if item.staff)
    async with small(app := desk()) as pilot:
        await begin(pilot)
        await open_article(pilot, staff)
        assert "FOR STAFF ONLY" in shown(app)
        await press(pilot, "enter", "insert", "f8")
        assert isinstance(app.screen, ArticleScreen)
        assert app.clipboard == ""
        assert value_of(app) == ""
        await press(pilot, "escape")
        await open_article(pilot)
        await press(pilot, "end")
        assert "never read out, never copied" in shown(app)
        await press(pilot, "f8")
        assert isinstance(app.screen, ArticlePaper)
        assert app.screen._paper is not None
        assert "Never promise a new date" not in app.screen._paper.text


def value_of(app: DeskApp) -> str:
    """What was said, in the form below."""
    return next(
        screen.values["answer"] for screen in app.screen_stack if isinstance(screen, ContactScreen)
    )


async def test_reply_is_copied_in_both_languages(desk: Desk) -> None:
    """From the list of more; a terminal that cannot copy shows it alone."""
    app = desk()
    app.profile = profiles.FULL
    async with small(app) as pilot:
        await open_article(pilot)
        await press(pilot, "ctrl+r", *"both", "enter")
        assert "You can ask" in app.clipboard
        assert "Gallwch" in app.clipboard
        app.profile = profiles.THIN
        await press(pilot, "enter")
        assert isinstance(app.screen, PlainText)


async def test_officer_says_that_it_helped_or_what_is_wrong(desk: Desk, store: Store) -> None:
    """One key and a letter; a note goes to those who write the article."""
    async with small(app := desk()) as pilot:
        await open_article(pilot)
        await press(pilot, "f9", "u", "f9", "o", "f9", "f", *"date", "enter")
        assert "Kept for those who write the article." in told(app)
    asked = 'SELECT sum("used"), sum(unhelped) FROM kb_use WHERE item = ?'
    assert store.call_read(lambda db: db.execute(asked, (DEFER,)).fetchone()) == (1, 1)
    flags = store.call_read(lambda db: db.execute("SELECT kind, note FROM kb_flag").fetchall())
    assert sorted(flags) == [("out_of_date", ""), ("wrong", "date")]


async def test_words_that_found_nothing_of_use_are_kept_without_people(
    desk: Desk, store: Store, clock: SetClock
) -> None:
    """With the topic of the contact; names and numbers are left out."""
    async with small(desk()) as pilot:
        await begin(pilot)
        await fill(pilot, person_id="Ann Jones")
        await press(pilot, "f3")
        await fill(pilot, search="jones zebra crossing appeal 01632 960123")
        await press(pilot, "f9", "f9", "escape")
    [missed] = store.call_read(misses.most, today=clock.today)
    assert (missed.words, missed.topic, missed.reported) == ("zebra crossing appeal", "JRY", 1)


async def test_name_shows_people_before_articles(
    desk: Desk, store: Store, user: User, clock: SetClock
) -> None:
    """What is typed decides by its shape; Tab shows articles alone."""
    save(store, user, clock, person_name="Ann Holiday", question="fine")
    async with small(app := desk()) as pilot:
        await press(pilot, "f3")
        await fill(pilot, search="jury holiday")
        assert rows(app)[0].key.startswith(("article:", "script:"))
        await fill(pilot, search="t:jry holiday")
        assert {row.key.partition(":")[0] for row in rows(app)} <= {"article", "script", "snippet"}
        save(store, user, clock, person_name="Bob Zzyzx")
        await fill(pilot, search="zzyzx")
        assert [row.key.partition(":")[0] for row in rows(app)] == ["person", "contact"]
        await press(pilot, "tab")
        assert {row.key.partition(":")[0] for row in rows(app)} <= {"article"}


async def test_fortieth_call_of_the_day_is_as_quick_as_the_first(
    desk: Desk, store: Store, user: User, clock: SetClock
) -> None:
    """Nothing stands in the way: no question, no message, the box and the form at once."""
    for call in range(39):
        save(store, user, clock, person_name=f"Caller {call}")
        clock.passes(minutes=5)
    async with small(app := desk()) as pilot:
        app.lately = ["fine-cannot-pay", DEFER]
        await begin(pilot)
        await press(pilot, "f3")
        assert isinstance(app.screen, FindScreen)
        assert app.screen.query_one("#search", Input).has_focus
        await press(pilot, "escape", "f8", "r")
        assert len(app.screen_stack) == 1
        assert len(told(app)) == 1


async def test_a_short_reply_is_found_and_put_in_as_those_of_articles(desk: Desk) -> None:
    """A row of its own kind, told in words; Enter shows it, Insert puts it in, filled."""
    i18n.use("cy")
    async with small(app := desk()) as pilot:
        await begin(pilot)
        await fill(pilot, person_id="Ann Jones", case_ref="AB1")
        await press(pilot, "f3", "tab", "tab", "tab")
        first = rows(app)[0]
        snippet = library.shipped().snippets[first.key.partition(":")[2]]
        assert first.cells[:2] == (i18n._("Reply"), snippet.title["cy"])
        await fill(pilot, search="rhif swyddfa ganolog gwysio rheithgor")
        assert {row.cells[0] for row in rows(app)} <= {i18n._("Reply")}
        await fill(pilot, search=snippet.title["cy"])
        assert rows(app)[0].key == first.key
        await press(pilot, "down", "enter")
        assert isinstance(app.screen, PlainText)
        await press(pilot, "escape", "insert")
        assert isinstance(app.screen, ContactScreen)
        assert value(app, "question") == "Wants another date"
        assert value(app, "answer")
        assert "{" not in value(app, "answer")


async def test_a_gap_that_stays_is_told_before_the_reply_is_put_in(desk: Desk) -> None:
    """No leaves everything as it is; yes puts it in with its square brackets."""
    async with small(app := desk()) as pilot:
        await begin(pilot)
        await open_article(pilot, "fee-refund")
        await press(pilot, "insert")
        assert "It has gaps: case reference." in shown(app)
        await press(pilot, "n")
        assert isinstance(app.screen, ArticleScreen)
        assert value_of(app) == ""
        await press(pilot, "insert", "p")
        assert isinstance(app.screen, ContactScreen)
        assert "[case reference]" in value(app, "answer")
        await fill(pilot, case_ref="AB1", answer="")
        await open_article(pilot, "fee-refund")
        await press(pilot, "insert")
        assert "AB1" in value(app, "answer")
