"""What the tests of the jury desk share."""

from __future__ import annotations

import pytest

from deskapp.data.store import Store
from deskapp.roles import User
from tests.builders import SetClock
from tests.jury_desk import JuryDesk


@pytest.fixture
def court(store: Store, user: User, clock: SetClock) -> JuryDesk:
    """The officer of the desk at a court that has no jurors yet."""
    return JuryDesk(store, clock, user)
