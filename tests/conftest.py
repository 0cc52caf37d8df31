"""What every test may use: a clock that stands still, a desk of its own, the thin terminal.

The folders of whoever runs the tests are never read, and nothing here needs a terminal.
"""

from __future__ import annotations

import asyncio
import gc
import inspect
import os
import re
import syslog
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import settings as examples

from deskapp.terminal import profiles

# Looking for rubbish among the widgets of a screen takes an eighth of the time of its tests; what
# ended applications leave is let go every few million objects, before new memory is asked for.
gc.set_threshold(200_000, 5, 5)
# Tests assert behaviour, never time.
examples.register_profile("desk", deadline=None)
examples.load_profile("desk")
# No test writes into the log of the computer.
syslog.syslog = lambda *_words: None
# Textual reads its variables while it is imported, so they are set before anything imports it:
# for that alone what is imported below does not stand at the top.
for _name in ("NO_COLOR", "FORCE_COLOR", "COLORTERM", "DESKAPP_HOME"):
    os.environ.pop(_name, None)
profiles.apply(profiles.THIN, os.environ)

from textual import constants, screen  # noqa: E402 - a plug-in may have imported it before

constants.TEXTUAL_ANIMATIONS = "none"  # type: ignore[misc]
# ``pilots.settle`` draws once all is done: what is half done is drawn more often the slower it is.
screen.UPDATE_PERIOD = 1.0  # type: ignore[misc]

from deskapp import app as app_module  # noqa: E402
from deskapp import i18n, keys  # noqa: E402
from deskapp.app import DeskApp  # noqa: E402
from deskapp.data import vault  # noqa: E402
from deskapp.data.store import Store  # noqa: E402
from deskapp.roles import Role, User  # noqa: E402
from deskapp.services import desk as desk_service  # noqa: E402
from deskapp.services import first_start  # noqa: E402
from deskapp.services.knowledge import search  # noqa: E402
from deskapp.settings import Settings  # noqa: E402
from tests import compiled, drawing, handlers, stores, styles, waiting  # noqa: E402
from tests.builders import SITE, SetClock  # noqa: E402
from tests.kept_desk import KeptDesk  # noqa: E402

OFFICER = "Siân O'Brien"
_FOLDER_NUMBERS = count()
stores.share()
styles.share()
drawing.when_it_rests()
handlers.remember()
waiting.note()


def pytest_sessionstart(session: pytest.Session) -> None:
    """Before the tests are imported."""
    compiled.share(session.config)


def pytest_collection_finish() -> None:
    """What was imported and collected stays: it is not looked through for rubbish again."""
    gc.collect()
    gc.freeze()


def pytest_sessionfinish() -> None:
    """pytest looks through all that is left five times; what is no rubbish now never will be."""
    gc.collect()
    gc.freeze()


def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Run an async test in an event loop of its own; no plug-in is needed for that."""
    if not inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    wanted = inspect.signature(pyfuncitem.obj).parameters
    asyncio.run(pyfuncitem.obj(**{name: pyfuncitem.funcargs[name] for name in wanted}))
    return True


@pytest.fixture
def tmp_path(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the name of the test; for its number pytest would look at thousands."""
    name = re.sub(r"\W", "_", request.node.name)[:30]
    return tmp_path_factory.mktemp(f"{name}{next(_FOLDER_NUMBERS)}", numbered=False)


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every file of deskapp lies in the folder of the test."""
    monkeypatch.setenv("DESKAPP_HOME", str(tmp_path / "home"))


@pytest.fixture(autouse=True)
def _fast_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test waits for the disk; those of the store itself do (``data/conftest.py``)."""
    stores.write_fast(monkeypatch)


@pytest.fixture(autouse=True)
def _english_and_usual_keys() -> Iterator[None]:
    """A test that switches the language or the keys leaves no trace."""
    i18n.use("en")
    yield
    i18n.use("en")
    keys.remap({})


@pytest.fixture
def clock() -> SetClock:
    """The time of the test: Wednesday 18 November 2026, 10:05."""
    return SetClock()


@pytest.fixture(scope="session")
def prepared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk as the first start leaves it, with the key in the clear; copied, never opened.

    Beside it lies the index of the content, which would be made anew for every desk.
    """
    home = tmp_path_factory.mktemp("prepared")
    folder = home / "data"
    store, _user = first_start.prepare(
        folder,
        site_key=SITE,
        name=OFFICER,
        role=Role.OFFICER,
        insecure=True,
        clock=SetClock().clock,
    )
    store.close()
    with pytest.MonkeyPatch.context() as now:
        now.setenv("DESKAPP_HOME", str(home))
        search.shipped()
    return folder


@pytest.fixture(scope="session")
def kept_desk(
    prepared_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[KeptDesk]:
    """A copy of the prepared desk that is open all the time."""
    kept = KeptDesk(prepared_folder, tmp_path_factory.mktemp("kept"))
    with pytest.MonkeyPatch.context() as always:
        always.setattr("deskapp.data.store.connect", kept.connect)
        yield kept
        kept.end()


@pytest.fixture
def folder(kept_desk: KeptDesk, prepared_folder: Path, tmp_path: Path) -> Iterator[Path]:
    """The folder of a prepared desk whose user is an officer."""
    home = tmp_path / "home"
    home.mkdir()
    (home / "cache").symlink_to(prepared_folder.parent / "cache")
    with kept_desk.at(home / "data") as folder:
        yield folder


@pytest.fixture
def cheap_passphrase(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stretching a passphrase takes half a second; what that costs is tested with the vault."""
    make_slot = vault._passphrase_slot
    cheap = vault.Cost(n=2**10)
    monkeypatch.setattr(
        vault,
        "_passphrase_slot",
        lambda key, passphrase, _cost: make_slot(key, passphrase, cheap),
    )


@pytest.fixture
def store(folder: Path, clock: SetClock) -> Iterator[Store]:
    """The open store of the desk, with its officer signed in."""
    store = Store.open(folder, vault.unlock(folder), clock=clock.clock)
    store.actor = store.call_read(desk_service.user).id
    yield store
    store.close()


@pytest.fixture
def user(store: Store) -> User:
    """The officer of the desk."""
    return store.call_read(desk_service.user)


@pytest.fixture
def desk(
    store: Store, folder: Path, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., DeskApp]]:
    """Makes the application on ``store``; every call after the first is a later start.

    The store of an application is another one on the same file, as the command line has.
    """
    made: list[DeskApp] = []
    monkeypatch.setattr(app_module, "REST_SECONDS", 3600)  # it would read in the middle of a test
    monkeypatch.setattr("deskapp.screens.contact.PAUSE_SECONDS", 0)

    def make(settings: Settings = Settings()) -> DeskApp:  # noqa: B008 - it is frozen
        for earlier in made:
            earlier.close_store()
        app = DeskApp(folder, profile=profiles.THIN, settings=settings, clock=clock.clock)
        app.store_or_question()
        made.append(app)
        return app

    yield make
    for app in made:
        app.close_store()
