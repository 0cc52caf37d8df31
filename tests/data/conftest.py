"""Stores, clocks and rows for the tests of the store; every person and number is invented."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from deskapp.clock import Clock
from deskapp.data.ids import new_id
from deskapp.data.refs import new_ref
from deskapp.data.store import Store
from deskapp.data.tables import Contact, Person
from deskapp.text import compact

Contacts = Callable[..., Contact]
Persons = Callable[..., Person]


@pytest.fixture(autouse=True)
def _fast_disk() -> None:
    """Here the store writes as it does for officers."""


@dataclass
class SetClock:
    """A clock that shows what it is told."""

    moment: dt.datetime = dt.datetime(2026, 11, 21, 9, 30, tzinfo=dt.UTC)

    def now(self) -> dt.datetime:
        """The moment it was set to."""
        return self.moment


@pytest.fixture
def set_clock() -> SetClock:
    """The clock of ``store``; set its ``moment``."""
    return SetClock()


@pytest.fixture(scope="session")
def key() -> bytes:
    """A key as the vault makes it."""
    return os.urandom(32)


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory, key: bytes) -> Path:
    """The folder of a store that nobody has used; copied, which is quicker than to make one."""
    folder = tmp_path_factory.mktemp("made") / "store"
    Store.create(folder, key, site="ambleford", clock=Clock(now=SetClock().now)).close()
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the store of the test lies."""
    return tmp_path / "store"


@pytest.fixture
def store(folder: Path, made_once: Path, key: bytes, set_clock: SetClock) -> Iterator[Store]:
    """A new store with an officer signed in."""
    shutil.copytree(made_once, folder)
    store = Store.open(folder, key, clock=Clock(now=set_clock.now))
    store.actor = "officer-1"
    yield store
    store.close()


@pytest.fixture
def a_contact() -> Contacts:
    """Makes a contact; what the test does not care about is filled in."""

    def make(**given: Any) -> Contact:
        ref = given.pop("ref", None) or new_ref("E")
        usual: dict[str, Any] = {
            "id": new_id(),
            "home_site": "ambleford",
            "at": "2026-11-21T09:30:00.000Z",
            "officer_id": "officer-1",
            "site": "ambleford",
            "channel": "phone_in",
            "started_at": "2026-11-21T09:25:00.000Z",
            "ended_at": "2026-11-21T09:29:00.000Z",
            "wrapped_at": "2026-11-21T09:30:00.000Z",
            "handling_seconds": 300,
            "user_type": "public",
            "topic": "hearing_date",
            "disclosure": "none",
            "outcome": "answered",
        }
        return Contact(**{**usual, "ref": ref, "ref_key": compact(ref), **given})

    return make


@pytest.fixture
def a_person() -> Persons:
    """Makes a person; what the test does not care about is filled in."""

    def make(**given: Any) -> Person:
        usual = {
            "id": new_id(),
            "home_site": "ambleford",
            "full_name": "Siân O\u2019Brien",
            "created_at": "2026-11-21T09:30:00.000Z",
        }
        return Person(**{**usual, **given})

    return make
