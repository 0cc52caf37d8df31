"""What the tests of complaints share."""

from __future__ import annotations

import pytest

from deskapp.data.store import Store
from deskapp.roles import User
from tests.builders import SetClock
from tests.services.complaints.desk import Hand
from tests.services.complaints.office import ComplaintOffice


@pytest.fixture
def office(store: Store, user: User, clock: SetClock) -> ComplaintOffice:
    """The officer of the desk and whom they work with."""
    return ComplaintOffice(store, clock, user)


@pytest.fixture
def hand(office: ComplaintOffice) -> Hand:
    """The officer of the desk."""
    return Hand(office, office.officer)
