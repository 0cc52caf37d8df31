"""What the tests of bookings share."""

from __future__ import annotations

import pytest

from deskapp.data.store import Store
from deskapp.roles import User
from tests.builders import SetClock
from tests.services.interpreters.booking_desk import BookingDesk


@pytest.fixture
def bench(store: Store, user: User, clock: SetClock) -> BookingDesk:
    """The officer of the desk, with bookings."""
    return BookingDesk(store, clock, user)
