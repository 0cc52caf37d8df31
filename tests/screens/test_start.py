"""From the first start to the desk: three questions, later one or none."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from textual._compositor import Compositor

from deskapp import i18n
from deskapp.app import DeskApp
from deskapp.data import vault
from deskapp.data.store import Store
from deskapp.roles import Role, User
from deskapp.screens.contact import ContactScreen
from deskapp.screens.home import HomeScreen
from deskapp.screens.setup import SetupScreen
from deskapp.screens.unlock import UnlockScreen
from deskapp.services import desk, first_start
from deskapp.services.enquiries import contact_lines
from deskapp.services.paging import Want
from deskapp.settings import Settings
from deskapp.terminal.profiles import THIN
from tests.builders import SITE, SetClock
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
    value,
)

PASSPHRASE = "correct horse battery"


pytestmark = pytest.mark.usefixtures("cheap_passphrase")


@pytest.fixture
def app(tmp_path: Path, clock: SetClock) -> Iterator[DeskApp]:
    """The application on a machine where nothing is prepared."""
    app = start(tmp_path / "home" / "data", clock)
    yield app
    app.close_store()


def start(folder: Path, clock: SetClock) -> DeskApp:
    """The application as a start makes it."""
    app = DeskApp(folder, profile=THIN, settings=Settings(), clock=clock.clock)
    app.store_or_question()
    return app


def prepare(folder: Path, clock: SetClock) -> None:
    """A desk that asks for its passphrase."""
    store, _user = first_start.prepare(
        folder,
        site_key=SITE,
        name="Ann Jones",
        role=Role.OFFICER,
        passphrase=PASSPHRASE,
        clock=clock.clock,
    )
    store.close()


async def test_first_start_leads_to_the_first_saved_call(app: DeskApp) -> None:
    """A fresh machine, one command, and the phone rings."""
    async with small(app) as pilot:
        await settle(pilot)
        assert isinstance(app.screen, SetupScreen)
        await choose(pilot, "site", "aberystwyth")
        assert form_values(app)["site"] == SITE
        await fill(pilot, name="Siân O'Brien", passphrase=PASSPHRASE, again=PASSPHRASE)
        assert PASSPHRASE not in shown(app)
        await press(pilot, "f8")
        assert isinstance(app.screen, HomeScreen)
        assert "Siân O'Brien" in shown(app)
        await press(pilot, "f2")
        await choose(pilot, "topic", "fine")
        await press(pilot, "f8", "r")
        assert len(app.store.call_read(contact_lines.page, Want(), user=app.user).lines) == 1
    assert vault.slots(app.folder) == ["passphrase"]


async def test_answers_to_put_right_are_listed_and_nothing_is_made(app: DeskApp) -> None:
    """Nothing typed is cleared."""
    async with small(app) as pilot:
        await settle(pilot)
        await fill(pilot, passphrase="short", again="short")
        await press(pilot, "f8")
        assert len(listed_problems(app)) == 3
        assert value(app, "passphrase") == "short"
        await choose(pilot, "site", "aberystwyth")
        await fill(pilot, name="Ann Jones", passphrase=PASSPHRASE, again="other")
        await press(pilot, "f8")
        assert listed_problems(app) == ["Enter the same passphrase twice"]
        assert focused(app) == "again"
    assert not app.folder.exists()


async def test_language_key_at_the_first_start_keeps_the_answers(app: DeskApp) -> None:
    """The officer notices the language with the second question."""
    async with small(app) as pilot:
        await settle(pilot)
        await choose(pilot, "site", "aberystwyth")
        await fill(pilot, name="Siân", passphrase=PASSPHRASE)
        before = form_values(app)
        await press(pilot, "f12")
        assert i18n.language() == "cy"
        after = form_values(app)
        assert {name: after[name] for name in ("site", "name", "way", "passphrase")} == {
            name: before[name] for name in ("site", "name", "way", "passphrase")
        }


async def test_the_first_page_is_painted_once_and_whole(
    desk: Callable[..., DeskApp], store: Store, user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A paint is a twentieth of a start: what waits is read before the first."""
    painted: list[bool] = []
    paint = Compositor.render_full_update

    def told(compositor: Compositor, **named: Any) -> Any:
        painted.append("contacts today" in "".join(s.text for s in compositor.render_strips()))
        return paint(compositor, **named)

    monkeypatch.setattr(Compositor, "render_full_update", told)
    app = desk()
    async with small(app) as pilot:
        await settle(pilot)
    assert painted[0]


async def test_wrong_passphrase_is_told_and_the_right_one_opens(
    tmp_path: Path, clock: SetClock
) -> None:
    """As often as it takes; the wrong one is not left in the field."""
    folder = tmp_path / "desk"
    prepare(folder, clock)
    app = start(folder, clock)
    async with small(app) as pilot:
        await settle(pilot)
        assert isinstance(app.screen, UnlockScreen)
        await press(pilot, "f2", "f3", "ctrl+g")
        assert isinstance(app.screen, UnlockScreen)
        await fill(pilot, passphrase="wrong horse")
        await press(pilot, "enter")
        assert isinstance(app.screen, UnlockScreen)
        assert "does not open" in shown(app)
        assert (value(app, "passphrase"), focused(app)) == ("", "passphrase")
        await fill(pilot, passphrase=PASSPHRASE)
        await press(pilot, "enter")
        assert isinstance(app.screen, HomeScreen)
        await press(pilot, "f2")
        assert isinstance(app.screen, ContactScreen)
    app.close_store()


@pytest.mark.parametrize("slot", ["plain", "passphrase"])
async def test_first_start_killed_half_way_is_asked_again(
    slot: str, prepared_folder: Path, tmp_path: Path, clock: SetClock
) -> None:
    """The store was made, its user was not: the same answers finish it."""
    folder = tmp_path / "desk"
    if slot == "plain":
        shutil.copytree(prepared_folder, folder)
    else:
        prepare(folder, clock)
    store = Store.open(folder, vault.unlock(folder, PASSPHRASE), clock=clock.clock)
    store.call_jot(lambda connection: connection.execute("DELETE FROM local_state"))
    store.close()
    app = start(folder, clock)
    async with small(app) as pilot:
        await settle(pilot)
        if slot == "passphrase":
            await fill(pilot, passphrase=PASSPHRASE)
            await press(pilot, "enter")
        assert isinstance(app.screen, SetupScreen)
        await choose(pilot, "site", "aberystwyth")
        await fill(pilot, name="Bob Lee", passphrase=PASSPHRASE, again=PASSPHRASE)
        await press(pilot, "f8")
        assert isinstance(app.screen, HomeScreen)
        assert app.store.call_read(desk.user).name == "Bob Lee"
    app.close_store()
