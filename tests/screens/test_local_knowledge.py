"""A site writes what the shipped articles do not say: drafted, checked, approved by another."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from deskapp import i18n
from deskapp.app import DeskApp
from deskapp.data.ids import new_id
from deskapp.data.store import Store
from deskapp.roles import User
from deskapp.screens.article import ArticleScreen
from deskapp.screens.home import HomeScreen
from deskapp.screens.knowledge import KnowledgeScreen
from deskapp.screens.local_form import LocalFormScreen
from deskapp.screens.local_item import LocalItemScreen
from deskapp.screens.local_versions import DifferenceScreen, VersionsScreen
from deskapp.screens.pick import Pick
from deskapp.services.knowledge import flags, local_decide, misses, shelf, to_review
from deskapp.services.knowledge.flags import Flagged, FlagKind
from deskapp.services.knowledge.local_check import Checked
from deskapp.services.knowledge.misses import Miss
from deskapp.widgets.record_list import RecordList
from tests.builders import SetClock
from tests.pilots import choose, fill, press, rows, settle, shown, small, told, value
from tests.services.knowledge.local_desk import (
    GYMRAEG,
    LEADER,
    WORDS,
    Writing,
    a_notice,
    an_article,
)

Desk = Callable[..., DeskApp]
ENGLISH = "## In short\n\nThe lift is out of order.\n"
WELSH = "## Yn fyr\n\nNid yw'r lifft yn gweithio ar hyn o bryd.\n"


@pytest.fixture
def writing(store: Store, clock: SetClock, user: User) -> Writing:
    """The officer of the desk writes."""
    return Writing(store, clock, user)


@pytest.fixture
def leader(store: Store) -> Store:
    """The officer of the desk is a team leader."""
    store.call_jot(lambda connection: connection.execute("UPDATE officer SET role = 'team_leader'"))
    return store


async def test_an_officer_writes_an_article_and_puts_it_forward(desk: Desk, store: Store) -> None:
    """From Go to to waiting for approval, by keyboard, in the language of the officer."""
    i18n.use("cy")
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "ctrl+g", "k")
        assert isinstance(app.screen, KnowledgeScreen)
        await press(pilot, "ctrl+n", "a")
        assert isinstance(app.screen, LocalFormScreen)
        await fill(pilot, title="The kestrel lift is out of order")
        await fill(pilot, title_cy="Nid yw'r lifft cudyll yn gweithio")
        await fill(pilot, said="\n".join(WORDS), said_cy="\n".join(GYMRAEG), topics="SUP")
        await fill(pilot, text=ENGLISH, text_cy=WELSH)
        await choose(pilot, "category", "adjustments")
        await press(pilot, "f8")
        assert isinstance(app.screen, LocalItemScreen), told(app)
        assert i18n._("Nothing to put right.") in shown(app)
        await press(pilot, "enter", "p")
        assert i18n._("Waits for approval") in shown(app)
        await press(pilot, "escape")
        (row,) = rows(app)
        assert row.cells[0] == i18n._("Waits for approval")


async def test_a_team_leader_approves_what_somebody_else_wrote(
    desk: Desk, leader: Store, writing: Writing
) -> None:
    """Officers find it from then on; their own they cannot approve."""
    row_id = writing.start(user=LEADER)
    writing.do(local_decide.submit, row_id, "", Checked(1, ()), user=LEADER)
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "ctrl+g", "k", "enter", "enter", "a")
        assert i18n._("Live") in shown(app)
        assert leader.call_read(shelf.read).library.item("local:kestrel-lift")
        own = writing.start(an_article("own-note"), "own-note")
        writing.do(local_decide.submit, own, "", Checked(1, ()))
        app.push_screen(LocalItemScreen(own))
        await settle(pilot)
        await press(pilot, "enter", "a")
        assert "You wrote this" in told(app)[-1]


async def test_what_must_be_put_right_stands_below_and_stops_it(
    desk: Desk, writing: Writing
) -> None:
    """With rule and line, in words."""
    writing.start(an_article(say="It is back in 14 days."))
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "ctrl+g", "k", "enter")
        assert "PUT RIGHT (E5, Welsh text" in shown(app)
        await press(pilot, "enter", "p")
        assert "1 thing must be put right first" in told(app)[-1]


async def test_every_key_stroke_of_an_article_outlives_a_crash(desk: Desk, store: Store) -> None:
    """The next start shows the form with the same words."""
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "ctrl+g", "k", "ctrl+n", "a")
        await fill(pilot, title="Half a tit", text="## In short\n\n[/b] half")
    app = desk()
    async with small(app) as pilot:
        await settle(pilot)
        assert isinstance(app.screen, LocalFormScreen)
        assert (value(app, "title"), value(app, "text")) == (
            "Half a tit", "## In short\n\n[/b] half",
        )  # fmt: skip


async def test_a_form_in_which_nothing_was_typed_leaves_nothing(desk: Desk, store: Store) -> None:
    """Looking at it is no draft."""
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "ctrl+g", "k", "ctrl+n", "s", "escape")
        assert isinstance(app.screen, KnowledgeScreen)
        assert store.call_read(lambda c: c.execute("SELECT count(*) FROM draft").fetchone()) == (0,)


async def test_versions_are_compared_and_taken_again(desk: Desk, writing: Writing) -> None:
    """A plus before what came, a minus before what went; the old text is a new draft."""
    row_id = writing.start()
    writing.edit(row_id, an_article(say="Use the back stairs."))
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "ctrl+g", "k", "enter", "enter", "v")
        assert isinstance(app.screen, VersionsScreen)
        assert [row.cells[0] for row in rows(app)] == ["2", "1"]
        await press(pilot, "enter", "b")
        assert isinstance(app.screen, DifferenceScreen)
        assert "- The lift is out of order." in shown(app)
        assert "+ Use the back stairs." in shown(app)
        await press(pilot, "escape", "down", "enter", "t", *"wrong", "enter")
        assert writing.item(row_id).line.version == 3
        assert rows(app)[0].cells[4] == "wrong"


async def test_a_search_in_vain_becomes_an_article(
    desk: Desk, store: Store, clock: SetClock
) -> None:
    """The words that officers typed are its title and its first users' words."""
    store.call_jot(
        misses.record, "kestrel parking", Miss.EMPTY, language="en", topic="",
        today=clock.today, names=(), known=frozenset(),
    )  # fmt: skip
    app = desk()
    async with small(app) as pilot:
        app.open(to_review.LISTED, to_review.OVERDUE)
        await settle(pilot)
        assert "No review is overdue." in shown(app)
        await press(pilot, "ctrl+r", "s", "enter", "m")
        assert isinstance(app.screen, LocalFormScreen)
        assert (value(app, "title"), value(app, "said")) == ("kestrel parking",) * 2


async def test_figures_that_are_overdue_show_what_quotes_them(desk: Desk, clock: SetClock) -> None:
    """Nobody at a desk can change a shipped figure, but all who quote it should know."""
    i18n.use("cy")
    clock.passes(minutes=60 * 24 * 400)
    app = desk()
    async with small(app) as pilot:
        app.open(to_review.LISTED, to_review.OVERDUE)
        await settle(pilot)
        [row] = [each for each in rows(app) if each.cells[1].endswith(" fee.probate")][:1]
        assert row.cells[2] == i18n._("Figures and phone numbers")
        app.screen.query_one(RecordList).keep_cursor(row.key)
        await press(pilot, "enter")
        assert isinstance(app.screen, Pick)
        await press(pilot, "enter")
        assert isinstance(app.screen, ArticleScreen)


async def test_a_notice_is_read_from_the_first_screen(
    desk: Desk, leader: Store, writing: Writing, user: User
) -> None:
    """Enter, read, F9 and R; who approves then sees who has read it, and who has not."""
    author = LEADER._replace(id="author")
    row_id = writing.start(a_notice(), user=author)
    passed = Checked(1, ())
    writing.do(local_decide.submit, row_id, "", passed, user=author)
    writing.do(local_decide.approve, row_id, "", passed, user=LEADER)
    app = desk()
    async with small(app) as pilot:
        assert "Notice to staff" in shown(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, ArticleScreen)
        assert "NOTICE: F9" in shown(app)
        await press(pilot, "f9", "r")
        assert isinstance(app.screen, HomeScreen)
        assert "Notice to staff" not in shown(app)
        await press(pilot, "ctrl+g", "k", "enter")
        assert f"Read on 18 Nov 2026  {user.name}" in shown(app)


async def test_a_flag_is_answered_or_put_right_in_a_copy(
    desk: Desk, store: Store, clock: SetClock, user: User
) -> None:
    """The shipped article stays; the copy knows what it was made from."""
    about = Flagged("jury-defer", 1, FlagKind.WRONG, "en")
    store.call_write(flags.flag, new_id(), about, "[/b] bad", now=clock.moment, user=user)
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "ctrl+g", "k", "ctrl+r", "f")
        assert rows(app)[0].cells[1:] == ("jury-defer", "[/b] bad")
        await press(pilot, "enter", "o")
        assert isinstance(app.screen, LocalFormScreen)
        assert value(app, "title") == "Ask for a different date for jury service"
        await press(pilot, "f8")
        assert isinstance(app.screen, LocalItemScreen)
        assert "jury-defer, version 1" in shown(app)
        await press(pilot, "escape", "enter", "d", *"done", "enter")
        assert rows(app) == []


async def test_somebody_elses_change_keeps_the_words_in_the_form(
    desk: Desk, writing: Writing
) -> None:
    """Nothing typed is lost when the newest text is another one."""
    row_id = writing.start()
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "ctrl+g", "k", "enter", "enter", "c")
        assert isinstance(app.screen, LocalFormScreen)
        writing.edit(row_id, an_article(say="Theirs."))
        await fill(pilot, title="Mine", why="better")
        await press(pilot, "f8")
        assert isinstance(app.screen, LocalFormScreen)
        assert "version 2 now" in told(app)[-1]
        assert value(app, "title") == "Mine"
        await press(pilot, "escape", "escape", "escape")
        assert isinstance(app.screen, HomeScreen)
