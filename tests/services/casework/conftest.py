"""What the tests of cases in the store share."""

from __future__ import annotations

from pathlib import Path

import pytest

from deskapp.data.store import Store
from deskapp.roles import User
from tests.builders import SetClock
from tests.services.casework.hand import Hand
from tests.services.casework.shipped import ShippedHand


@pytest.fixture
def hand(store: Store, user: User, clock: SetClock) -> Hand:
    """The officer of the desk."""
    return Hand(store, user, clock)


@pytest.fixture
def shipped(store: Store, user: User, clock: SetClock, tmp_path: Path) -> ShippedHand:
    """The officer of the desk, with the schemes that ship."""
    return ShippedHand(store, user, clock, tmp_path / "settings")
