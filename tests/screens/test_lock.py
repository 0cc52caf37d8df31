"""The privacy key and the idle lock: nothing is seen, nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from deskapp import i18n
from deskapp.app import DeskApp
from deskapp.data import vault
from deskapp.data.store import Store
from deskapp.errors import StoreDamagedError, WrongPassphraseError
from deskapp.roles import User
from deskapp.screens.contact import ContactScreen
from deskapp.screens.home import HomeScreen
from deskapp.screens.lock import LockScreen
from deskapp.screens.menu import Menu
from deskapp.services import drafts
from deskapp.settings import Settings
from tests.builders import SetClock
from tests.pilots import editor, fill, press, settle, shown, small, value

Desk = Callable[..., DeskApp]
PASSPHRASE = "a cat in the rain"


@pytest.fixture
def protected(folder: Path, cheap_passphrase: None) -> Path:
    """A desk whose store has a passphrase beside its plain key."""
    vault.set_passphrase(folder, vault.unlock(folder), PASSPHRASE)
    return folder


def words(app: DeskApp) -> str:
    """Everything on the screen."""
    return " ".join(shown(app).split())


@pytest.mark.parametrize("language", i18n.LANGUAGES)
async def test_the_privacy_key_leaves_one_calm_line_and_comes_back(
    language: str, desk: Desk
) -> None:
    """Above a contact, above a question, with a message in the corner; the cursor stays."""
    i18n.use(language)
    app = desk()
    async with small(app, notifications=True) as pilot:
        await press(pilot, "f2")
        await fill(pilot, question="Ann Jones rang")
        await press(pilot, "f9")
        app.notify("Ann Jones waits")
        await settle(pilot)
        assert "Ann Jones waits" in shown(app)
        await press(pilot, "f10")
        assert isinstance(app.screen, LockScreen)
        covered = i18n._("This screen is covered. {key} or Esc comes back.").format(key="F10")
        assert words(app) == covered
        await press(pilot, "f10")
        assert isinstance(app.screen, Menu)
        await press(pilot, "escape", "f10", "escape")
        assert isinstance(app.screen, ContactScreen)
        assert value(app, "question") == "Ann Jones rang"
        assert editor(app, "question").has_focus


async def test_nothing_but_the_way_back_works_on_a_covered_screen(desk: Desk) -> None:
    """No menu, no search, no help can be opened over it by a stranger."""
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "f10")
        for key in ("f1", "f2", "f3", "f4", "ctrl+g", "ctrl+p", "f12", "f8", "x"):
            await press(pilot, key)
            assert isinstance(app.screen, LockScreen), key
        await press(pilot, "enter")
        assert isinstance(app.screen, HomeScreen)


async def test_an_idle_desk_is_locked_until_its_passphrase(
    desk: Desk, protected: Path, clock: SetClock, store: Store, user: User
) -> None:
    """The same words are there afterwards; a wrong passphrase says so."""
    app = desk(Settings(idle_minutes=10))
    async with small(app) as pilot:
        await press(pilot, "f2")
        await fill(pilot, question="Ann Jones rang")
        clock.passes(minutes=9)
        app.lock_when_idle()
        await settle(pilot)
        assert isinstance(app.screen, ContactScreen)
        clock.passes(minutes=1)
        app.lock_when_idle()
        await settle(pilot)
        [kept] = store.call_read(drafts.waiting, user.id)
        assert kept.values["question"] == "Ann Jones rang"
        assert "Ann" not in words(app)
        await press(pilot, "f10", "escape")
        assert isinstance(app.screen, LockScreen)
        await fill(pilot, passphrase="a dog in the rain")
        await press(pilot, "enter")
        await app.workers.wait_for_complete()
        await settle(pilot)
        assert "does not open the record store" in words(app)
        await fill(pilot, passphrase=PASSPHRASE)
        await press(pilot, "enter")
        await app.workers.wait_for_complete()
        await settle(pilot)
        assert isinstance(app.screen, ContactScreen)
        assert value(app, "question") == "Ann Jones rang"


async def test_a_covered_screen_is_locked_when_nobody_comes_back(
    desk: Desk, protected: Path, clock: SetClock
) -> None:
    """The privacy key is for seconds; a terminal left alone needs its passphrase."""
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "f10")
        clock.passes(minutes=10)
        app.lock_when_idle()
        await settle(pilot)
        assert isinstance(app.screen, LockScreen)
        assert app.screen.locked
        assert sum(isinstance(screen, LockScreen) for screen in app.screen_stack) == 1


@pytest.mark.parametrize(("minutes", "locked"), [(0, False), (240, False), (5, True)])
async def test_the_settings_say_when_a_desk_is_locked(
    minutes: int, locked: bool, desk: Desk, clock: SetClock
) -> None:
    """Nought is never; without a passphrase a key comes back."""
    app = desk(Settings(idle_minutes=minutes))
    async with small(app) as pilot:
        await settle(pilot)
        clock.passes(minutes=60)
        app.lock_when_idle()
        await settle(pilot)
        assert isinstance(app.screen, LockScreen) is locked
        if locked:
            await press(pilot, "escape")
            assert isinstance(app.screen, HomeScreen)


def test_every_passphrase_is_checked_against_its_own_slot(protected: Path) -> None:
    """A plain key beside it does not open the lock."""
    vault.check_passphrase(protected, PASSPHRASE)
    with pytest.raises(WrongPassphraseError):
        vault.check_passphrase(protected, "no")


def test_a_store_without_a_passphrase_cannot_be_opened_by_one(folder: Path) -> None:
    """Nothing is guessed."""
    with pytest.raises(StoreDamagedError):
        vault.check_passphrase(folder, "no")
