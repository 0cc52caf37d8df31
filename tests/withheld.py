"""An address that must be shown nowhere, planted wherever a text of a person can stand."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from deskapp.data.connection import Connection
from deskapp.data.ids import new_id
from deskapp.data.store import Store
from deskapp.roles import User
from deskapp.services.enquiries import contact_lines, contacts
from deskapp.services.persons import marker_work, safe_contact
from deskapp.services.persons.marker_drafts import MarkerDraft
from deskapp.services.persons.safe_contact import SafeAnswers
from tests.builders import SetClock, save

PHONE, POSTCODE, EMAIL = "07700 900555", "ZZ99 9ZZ", "planted@example.com"
EVERYWHERE = f"now at {POSTCODE}, {PHONE}, {EMAIL}"
_SHOWN = re.compile(r"900\W*555|zz99\W*9zz|planted@", re.IGNORECASE)


def plant(
    store: Store,
    user: User,
    clock: SetClock,
    *,
    code: str = "PF0004",
    ok_to_call: str = "",
    case_ref: str = "",
) -> Mapping[str, str]:
    """A contact that holds the address everywhere; then a marker, or what the person said.

    Returns:
        Ids of ``contact`` and ``person``, and the ``ref`` of the contact.
    """
    line = save(
        store,
        user,
        clock,
        person_name="Confidential Caller",
        phone=PHONE,
        email=EMAIL,
        postcode=POSTCODE,
        case_ref=case_ref,
        topic="FIN",
        question=EVERYWHERE,
        answer=f"Said: fine. {EVERYWHERE}",
        outcome="MSG",
        extras={"team": f"List office {PHONE}", "by_when": "20 11 2026"},
    )
    now: dict[str, Any] = {"now": clock.moment, "user": user}
    store.call_write(contacts.add_note, new_id(), line.id, EVERYWHERE, **now)
    person = store.call_read(contact_lines.record, line.id, user=user).person_id or ""
    if code:
        draft = MarkerDraft(code=code, person_id=person)
        store.call_write(marker_work.set_marker, new_id(), draft, **now)
    if ok_to_call:
        store.call_write(safe_contact.save, person, SafeAnswers(ok_to_call), user=user)
    return {"contact": line.id, "person": person, "ref": line.ref}


def planted(store: Store) -> set[str]:
    """What the store keeps of it."""
    rows = store.call_read(Connection.execute, "SELECT phone, email, postcode FROM contact")
    return {value for row in rows.fetchall() for value in row}


def shows(value: object) -> list[str]:
    """Where the address stands in what was read or written; nothing when all is well."""
    return _SHOWN.findall(str(value))
