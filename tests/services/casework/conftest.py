"""What the tests of cases in the store share."""

from __future__ import annotations

import pytest

from deskapp.data.store import Store
from deskapp.roles import User
from tests.builders import SetClock
from tests.services.casework.hand import Hand


@pytest.fixture
def hand(store: Store, user: User, clock: SetClock) -> Hand:
    """The officer of the desk."""
    return Hand(store, user, clock)
