"""A desk that has worked alone for too long: warned from half, then it exchanges and no more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.widgets import Input

from deskapp import i18n
from deskapp.app import DeskApp
from deskapp.clock import stamp
from deskapp.data.connection import Connection
from deskapp.data.store import Store
from deskapp.errors import SyncExit
from deskapp.roles import User
from deskapp.screens.contact import ContactScreen
from deskapp.screens.dialog import Dialog
from deskapp.screens.home import HomeScreen
from deskapp.screens.limit import LimitScreen
from deskapp.services import background, drafts, offline
from deskapp.services.desk import Exchange
from deskapp.services.enquiries import contact_lines
from deskapp.services.paging import Want
from deskapp.settings import Settings
from tests.builders import SetClock
from tests.pilots import choose, fill, press, rows, settle, shown, small, told
from tests.screens.test_exchanging import Run

CENTRAL = Settings(central="host=nowhere")


def exchanged(store: Store, at: dt.datetime) -> None:
    """Note an exchange with a central that allows 30 days."""

    def note(connection: Connection) -> None:
        connection.execute("UPDATE sync_state SET central_id = 'c', last_ok_at = ?", (stamp(at),))
        offline.keep(connection, 30, at)

    store.call_jot(note)


@pytest.mark.parametrize("language", ["en", "cy"])
async def test_a_desk_is_warned_then_closed_and_opens_when_it_has_exchanged(
    desk: Callable[..., DeskApp],
    store: Store,
    clock: SetClock,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    user: User,
    language: str,
) -> None:
    """A call that is open when the time runs out is finished and saved; nothing else begins."""
    runs: list[Run] = []

    def start(_store: Store) -> Run:
        if len(runs) == 1:
            exchanged(store, clock.moment)
        runs.append(Run(SyncExit.UNREACHABLE if not runs else 0))
        return runs[-1]

    monkeypatch.setattr(background, "start", start)
    exchanged(store, clock.moment)
    i18n.use(language)
    values = {"topic": "STA", "question": "Parked"}
    parked = drafts.begun("contact", values, officer_id=user.id, now=clock.moment)
    store.call_jot(drafts.keep, parked._replace(parked=True))
    app = desk(CENTRAL)
    async with small(app) as pilot:
        clock.passes(days=15, seconds=1)
        await press(pilot, "f2")
        await press(pilot, "escape")
        await settle(pilot)
        assert near_words(store, clock) in flat(app)
        await press(pilot, "f2")
        await choose(pilot, "topic", "FIN")
        await fill(pilot, question="How do I pay?")
        clock.passes(days=15)
        app.keep_limit()
        await settle(pilot)
        assert isinstance(app.screen, ContactScreen)
        await press(pilot, "ctrl+g", "f3", "f2")
        assert isinstance(app.screen, ContactScreen)
        assert len(set(told(app))) == 2, "that the time is over, and that nothing is begun"
        await press(pilot, "f4")
        assert isinstance(app.screen, Dialog), "what cannot wait belongs to the call"
        await press(pilot, "escape")
        await press(pilot, "escape")
        assert isinstance(app.screen, LimitScreen)
        assert "How do I pay?" not in shown(app)
        assert "Parked" not in shown(app)
        await press(pilot, "1")
        assert isinstance(app.screen, ContactScreen)
        await press(pilot, "f8", "r")
        [line] = store.call_read(contact_lines.page, Want(), user=user).lines
        assert line.topic == "FIN"
        assert isinstance(app.screen, LimitScreen)

    app = desk(CENTRAL)  # the next morning
    async with small(app) as pilot:
        await settle(pilot)
        assert isinstance(app.screen, LimitScreen)
        await press(pilot, "f2", "f3", "f4", "f9", "ctrl+g", "escape")
        assert isinstance(app.screen, LimitScreen)
        await press(pilot, "w")
        app.screen.query_one(Input).value = f"{tmp_path / 'kept.jsonl'}"
        await press(pilot, "enter")
        assert "How do I pay?" in (tmp_path / "kept.jsonl").read_text("utf-8")
        await press(pilot, "e")
        assert i18n._("central not reached") in flat(app)
        await press(pilot, "e")
        assert isinstance(app.screen, HomeScreen)
        assert [row.key for row in rows(app)] == [f"draft:{parked.id}"]


async def test_a_desk_opens_when_another_process_has_exchanged(
    desk: Callable[..., DeskApp], store: Store, clock: SetClock, user: User
) -> None:
    """The screen that closed it sees so when it is shown next; behind it the first page is read."""
    exchanged(store, clock.moment)
    values = {"topic": "STA", "question": "Parked"}
    parked = drafts.begun("contact", values, officer_id=user.id, now=clock.moment)
    store.call_jot(drafts.keep, parked._replace(parked=True))
    clock.passes(days=31)
    app = desk(CENTRAL)
    async with small(app) as pilot:
        await settle(pilot)
        assert isinstance(app.screen, LimitScreen)
        exchanged(store, clock.moment)
        await press(pilot, "f1", "escape")
        assert isinstance(app.screen, HomeScreen)
        assert [row.key for row in rows(app)] == [f"draft:{parked.id}"]


async def test_a_clock_that_is_put_forward_closes_no_desk_that_is_open(
    desk: Callable[..., DeskApp], store: Store, clock: SetClock
) -> None:
    """Time goes by as the computer counts it while the screens are open."""
    exchanged(store, clock.moment)
    app = desk(CENTRAL)
    async with small(app) as pilot:
        clock.shows(clock.moment + dt.timedelta(days=3650))
        app.keep_limit()
        await settle(pilot)
        assert isinstance(app.screen, HomeScreen)
        await press(pilot, "f2")
        assert isinstance(app.screen, ContactScreen)


def flat(app: DeskApp) -> str:
    """What is shown, in one line."""
    return " ".join(shown(app).split())


def near_words(store: Store, clock: SetClock) -> str:
    """What a desk that is near its limit says beside its last exchange."""
    found = store.call_read(offline.standing, clock.moment)
    assert found.near
    assert not found.over
    lines = list(offline.words(Exchange(True, 0, None), found, clock.moment))
    assert len(lines) == 2
    return lines[1]
