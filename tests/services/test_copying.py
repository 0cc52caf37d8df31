"""What the clipboard may hold: nothing that is withheld, no code word."""

from __future__ import annotations

from typing import Any

import pytest
from sqlmodel import Session

from deskapp.data.enquiry_tables import Marker, SafeContact
from deskapp.data.ids import new_id
from deskapp.data.store import Store
from deskapp.errors import NotAllowedError
from deskapp.roles import Role, User
from deskapp.services import copying
from deskapp.services.enquiries import contact_lines
from deskapp.services.persons.withheld import About
from tests.builders import SetClock, save


@pytest.fixture
def person_id(store: Store, user: User, clock: SetClock) -> str:
    """Somebody with a confidential address and a code word."""
    line = save(store, user, clock, person_name="Ann Jones", phone="07700 900982")
    found = store.call_read(contact_lines.record, line.id, user=user).person_id
    assert found is not None
    about: dict[str, Any] = {"id": new_id(), "home_site": user.site, "person_id": found}
    marker = Marker(**about, code="PF0004", set_by=user.id, set_on="2026-11-01")
    store.call_write(Session.add, marker)
    store.call_write(Session.add, SafeContact(**about, code_word="Blue heron"))
    return found


@pytest.mark.parametrize(
    "text", ["Ring 07700 900982", "ring +44 7700900982 then", "say BLUE HERON", "  \n"]
)
def test_what_must_stay_is_not_copied(text: str, store: Store, user: User, person_id: str) -> None:
    """However it is spaced or spelt."""
    with pytest.raises(copying.NotCopiedError):
        store.call_read(copying.check, About(person_id), text, user=user)


@pytest.mark.parametrize("text", ["A blue car, a heron", "Pay online at 10", "07700 900999"])
def test_everything_else_is(text: str, store: Store, user: User, person_id: str) -> None:
    """Words of it apart are no code word."""
    assert store.call_read(copying.check, About(person_id), text, user=user) == text


def test_nobody_has_no_code_word(store: Store, user: User, person_id: str) -> None:
    """An anonymous chat copies freely, by who may read contacts."""
    assert store.call_read(copying.check, About(), "blue heron", user=user) == "blue heron"
    administrator = user._replace(role=Role.ADMINISTRATOR)
    with pytest.raises(NotAllowedError):
        store.call_read(copying.check, About(), "x", user=administrator)
