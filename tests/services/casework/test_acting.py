"""Whoever acts on cases acts by every scheme of the desk, also one that was installed later."""

from __future__ import annotations

import re
from pathlib import Path

import deskapp
from deskapp import paths
from deskapp.data.ids import new_id
from deskapp.data.store import Store
from deskapp.roles import User
from deskapp.services.casework import shelf
from deskapp.services.enquiries import contact_lines
from deskapp.services.persons import marker_work
from deskapp.services.persons.marker_drafts import MarkerDraft
from tests.builders import SetClock, save
from tests.services.casework.newer import install_newer, versions

PACKAGE = Path(deskapp.__file__).parent
MAKING = re.compile(r"(?<!class )\bActing\s*\(")
MAKERS = {"services/casework/shelf.py", "services/casework/allocation.py"}
"""The shelf reads the schemes; an allocation asks for somebody else by the same ones."""


def test_who_acts_knows_an_installed_version(store: Store, user: User, clock: SetClock) -> None:
    """A case that was opened by it must not be said to come from another computer."""
    install_newer(store, user, clock, "incident")
    acting = store.call_read(shelf.acting_on, user, clock.moment, paths.settings_folder())
    assert {("incident", 1), ("incident", 2)} <= set(acting.book.schemes)
    assert acting.book.in_force("incident", clock.today).version == 2


def test_a_marker_opens_its_case_by_the_installed_version(
    store: Store, user: User, clock: SetClock
) -> None:
    """The team leader assesses it by what is in force."""
    install_newer(store, user, clock, "pvp")
    contact = save(store, user, clock, person_name="Ann Example").id
    person_id = store.call_read(contact_lines.record, contact, user=user).person_id or ""
    draft = MarkerDraft(
        code="PF0021", person_id=person_id, what_happened="Kicked a chair", source="Usher"
    )
    store.call_write(marker_work.set_marker, new_id(), draft, now=clock.moment, user=user)
    assert versions(store, "pvp") == [2]


def test_nobody_acts_by_the_files_alone() -> None:
    """What is made elsewhere would not know what was installed."""
    desks = ("complaints", "hearings", "interpreters", "jury")
    of_others = {f"services/{desk}/acting.py" for desk in desks}  # their own, without schemes
    makers = {
        str(file.relative_to(PACKAGE))
        for file in PACKAGE.rglob("*.py")
        if MAKING.search(file.read_text("utf-8"))
    }
    assert makers - of_others == MAKERS
