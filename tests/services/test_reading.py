"""Who may not read contacts reads none, whichever way they ask."""

from __future__ import annotations

import inspect
from dataclasses import replace
from typing import Any

import pytest

from deskapp.data.ids import new_id
from deskapp.data.store import Store
from deskapp.errors import NotAllowedError
from deskapp.roles import Role, User
from deskapp.services import drafts, follow_ups, home, kinds, local_files, unfinished
from deskapp.services.complaints import duplicates
from deskapp.services.complaints import finding as complaint_finding
from deskapp.services.complaints import lines as complaint_lines
from deskapp.services.complaints import log as complaint_log
from deskapp.services.complaints import record as complaint_record
from deskapp.services.complaints import worklists as complaint_worklists
from deskapp.services.complaints.acting import acting_on
from deskapp.services.complaints.drafts import ComplaintDraft
from deskapp.services.enquiries import contact_lines
from deskapp.services.paging import Want
from deskapp.services.persons import (
    marker_work,
    markers,
    person_links,
    person_pages,
    persons,
    safe_contact,
)
from deskapp.services.persons.marker_drafts import MarkerDraft
from tests.builders import SetClock, a_draft, save

GATED: dict[Any, tuple[Any, ...]] = {
    contact_lines.page: (Want(), "ann"),
    contact_lines.of_person: (Want(), "{person}"),
    contact_lines.line: ("{contact}",),
    contact_lines.record: ("{contact}",),
    persons.find: ("ann jones",),
    persons.get: ("{person}",),
    persons.lines: (["{person}"],),
    person_pages.page: (Want(),),
    persons.linked: ("{person}",),
    persons.may_be_the_same: ("{person}",),
    contact_lines.of_case: (Want(), "ZZ26P0001"),
    safe_contact.line_for: ("{person}",),
    safe_contact.answers: ("{person}",),
    markers.of_person: ("{person}",),
    follow_ups.page: (Want(),),
    follow_ups.of_record: (kinds.CONTACT, "{contact}"),
}
READERS = (complaint_finding, complaint_lines, complaint_record, complaint_worklists, duplicates)
COMPLAINTS: dict[Any, tuple[Any, ...]] = {
    complaint_worklists.page: (Want(), "{acting}", complaint_worklists.Which.TEAM),
    complaint_finding.find: (Want(), "{acting}", "example"),
    complaint_lines.line: ("{complaint}",),
    complaint_lines.lines: (["{complaint}"],),
    complaint_lines.grown_from: (kinds.CONTACT, "{contact}"),
    complaint_worklists.counts: ("{acting}",),
    complaint_record.record: ("{acting}", "{complaint}"),
    duplicates.possible: (ComplaintDraft(case_ref="ZZ26P0001"), "{acting}"),
}
"""Readers of complaints; who reads is told by ``acting``, or by name."""
WITHOUT_WORDS: set[Any] = {
    contact_lines.about,
    contact_lines.found_until,
    contact_lines.id_of_ref,
    contact_lines.ref_taken,
    follow_ups.open_count,
    follow_ups.waiting,
    person_pages.about,
    safe_contact.must_not_call,
}
"""They give a number or an id, nothing about anybody; what waits is left out of the first page."""


@pytest.fixture
def written(store: Store, user: User, clock: SetClock) -> dict[str, str]:
    """A contact that promised something; its person is marked, and is there three times."""
    given: dict[str, Any] = {
        "person_name": "Ann Jones",
        "phone": "01632 960001",
        "case_ref": "ZZ26P0001",
    }
    lines = [
        save(store, user, clock, outcome="EML", extras={"within_days": "2"}, **given)
        for _time in range(3)
    ]
    records = [store.call_read(contact_lines.record, line.id, user=user) for line in lines]
    ids = [record.person_id or "" for record in records]
    now: dict[str, Any] = {"now": clock.moment, "user": user}
    store.call_write(person_links.link, ids[0], ids[1], "Same person", **now)
    vulnerable = MarkerDraft(code="PF0002", person_id=ids[0])
    store.call_write(marker_work.set_marker, new_id(), vulnerable, **now)
    return {"contact": lines[0].id, "person": ids[0]}


def _filled(value: Any, written: dict[str, str]) -> Any:
    if isinstance(value, list):
        return [_filled(each, written) for each in value]
    return value.format(**written) if isinstance(value, str) else value


@pytest.mark.parametrize(
    ("read", "given"), GATED.items(), ids=lambda value: getattr(value, "__qualname__", "")
)
def test_only_who_may_read_contacts_reads(
    read: Any, given: tuple[Any, ...], store: Store, user: User, written: dict[str, str]
) -> None:
    """The table of roles holds below the screens too."""
    asked = [_filled(value, written) for value in given]
    assert store.call_read(read, *asked, user=user)
    with pytest.raises(NotAllowedError):
        store.call_read(read, *asked, user=user._replace(role=Role.ADMINISTRATOR))


@pytest.mark.parametrize(
    ("read", "given"), COMPLAINTS.items(), ids=lambda value: getattr(value, "__qualname__", "")
)
def test_only_who_may_read_complaints_reads(
    read: Any, given: tuple[Any, ...], store: Store, user: User, clock: SetClock
) -> None:
    """An administrator sets the targets and reads no complaint."""
    acting = acting_on(user, clock.moment, local_files.SHIPPED)
    contact = save(store, user, clock, person_name="Ann Jones")
    draft = ComplaintDraft(
        received_on="today", channel="phone", jurisdiction="civil", categories="COR",
        person_name="Bob Example", summary="Not answered", details="Wrote twice",
        case_ref="ZZ26P0001", from_table=kinds.CONTACT, from_id=contact.id,
    )  # fmt: skip
    line = store.call_write(complaint_log.log, acting, new_id(), draft)
    for reader in (user, user._replace(role=Role.ADMINISTRATOR)):
        written = {"complaint": line.id, "contact": contact.id}
        asked = [
            replace(acting, user=reader) if each == "{acting}" else _filled(each, written)
            for each in given
        ]
        named = {} if "{acting}" in given else {"user": reader}
        if reader is user:
            assert store.call_read(read, *asked, **named)
        else:
            with pytest.raises(NotAllowedError):
                store.call_read(read, *asked, **named)


def test_every_reader_of_complaints_asks_who_reads() -> None:
    """One that is added must be put on one side or the other."""
    readers = {
        function
        for module in READERS
        for function in vars(module).values()
        if inspect.isfunction(function)
        and function.__module__ == module.__name__
        and not function.__name__.startswith("_")
        and "connection" in inspect.signature(function).parameters
    }
    shared = {complaint_worklists.place_in, complaint_lines.covered}
    assert readers == set(COMPLAINTS) | shared


def test_every_reader_asks_who_reads() -> None:
    """A reader that is added must be put on one side or the other."""
    readers = {
        function
        for module in (contact_lines, person_pages, persons, follow_ups, safe_contact)
        for function in vars(module).values()
        if inspect.isfunction(function)
        and function.__module__ == module.__name__
        and not function.__name__.startswith("_")
        and "connection" in inspect.signature(function).parameters
    }
    gated = {read for read in GATED if read is not markers.of_person}
    assert readers == gated | WITHOUT_WORDS


def test_home_shows_no_promise_to_who_may_not_read(
    store: Store, user: User, clock: SetClock, written: dict[str, str]
) -> None:
    """The rest of the first screen is theirs as well."""
    draft = a_draft(user, clock, form="note", values={drafts.RECORD: written["contact"]})
    store.call_jot(drafts.keep, draft)
    administrator = user._replace(role=Role.ADMINISTRATOR)
    seen = store.call_read(home.look, user=user, now=clock.moment)
    assert {line.kind for line in seen.lines} == {unfinished.DRAFT, kinds.CONTACT}
    seen = store.call_read(home.look, user=administrator, now=clock.moment)
    assert [line.kind for line in seen.lines] == [unfinished.DRAFT]
    assert seen.left == 0
