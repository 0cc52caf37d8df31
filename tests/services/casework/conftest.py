"""What the tests of cases in the store share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path

import pytest

from deskapp.data import vault
from deskapp.data.store import Store
from deskapp.roles import User
from deskapp.services import desk
from tests.builders import SetClock
from tests.kept_desk import KeptDesk
from tests.services.casework.hand import Hand, NewHand
from tests.services.casework.shipped import ShippedHand


@pytest.fixture
def hand(store: Store, user: User, clock: SetClock) -> Hand:
    """The officer of the desk."""
    return Hand(store, user, clock)


@pytest.fixture
def new_hand(kept_desk: KeptDesk, tmp_path: Path) -> NewHand:
    """Makes the officer of a desk on which nothing was done yet, for each example of a test."""
    numbers = count()

    @contextmanager
    def make() -> Iterator[Hand]:
        clock = SetClock()
        with kept_desk.at(tmp_path / f"{next(numbers)}") as folder:
            opened = Store.open(folder, vault.unlock(folder), clock=clock.clock)
            with closing(opened) as store:
                user = store.call_read(desk.user)
                store.actor = user.id
                yield Hand(store, user, clock)

    return make


@pytest.fixture
def shipped(store: Store, user: User, clock: SetClock, tmp_path: Path) -> ShippedHand:
    """The officer of the desk, with the schemes that ship."""
    return ShippedHand(store, user, clock, tmp_path / "settings")
