"""What the tests of hearings share."""

from __future__ import annotations

import pytest

from deskapp.data.store import Store
from deskapp.roles import User
from tests.builders import SetClock
from tests.services.hearings.office import Court


@pytest.fixture
def court(store: Store, user: User, clock: SetClock) -> Court:
    """The hearings of the desk, at 10:05 on their day."""
    return Court(store, user, clock)
