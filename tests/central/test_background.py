"""The run that the screens begin, with all its parts: another process, the key, the server."""

from __future__ import annotations

from pathlib import Path

import pytest

from deskapp.data import vault
from deskapp.data.central import setup
from deskapp.data.central.connect import connect
from deskapp.data.store import Store
from deskapp.services import background, desk_key
from deskapp.services.background import Outcome
from tests.central.conftest import NUMBERS, Central


def test_a_run_of_its_own_gets_through(
    central: Central, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The store stays open here meanwhile, as it is under the screens."""
    store = Store.open(folder, vault.unlock(folder))
    request = setup.Request(*store.call_jot(desk_key.request))
    login = f"desk_{next(NUMBERS)}_apart"
    with connect(central.owner) as owner:
        setup.enrol(owner, request, login=login, password=None)
    monkeypatch.setenv("DESKAPP_HOME", str(folder.parent))
    monkeypatch.setenv("DESKAPP_CENTRAL", central.dsn(login))
    (folder / "keys.json").unlink()  # the key comes through the pipe
    process = background.start(store)
    assert background.outcome(process.wait(60)) is Outcome.DONE
    [(sent,)] = central.ask("SELECT count(*) FROM sync_inbox")
    assert sent
    monkeypatch.setenv("DESKAPP_CENTRAL", central.owner.replace("/run", "/nowhere"))
    assert background.outcome(background.start(store).wait(60)) is Outcome.UNREACHED
    store.close()
