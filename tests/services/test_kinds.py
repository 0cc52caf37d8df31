"""What every part may know of the records of other desks."""

from __future__ import annotations

import pytest

from deskapp.data.registry import KINDS as TABLES
from deskapp.data.store import Store
from deskapp.roles import Act, User
from deskapp.screens import records
from deskapp.services import kinds, links
from deskapp.services.kinds import RecordKind
from tests.builders import SetClock, save


@pytest.mark.parametrize("table", kinds.KINDS)
def test_every_kind_of_record_is_a_table_with_a_screen(table: str) -> None:
    """A link, a promise or an unfinished form may lead to it."""
    assert table in TABLES
    assert records.screen_of(table, "id")


def test_every_screen_of_a_record_is_there() -> None:
    """It is named in text and imported when somebody goes there."""
    assert all(records.screen_of(kind, "words") for kind in records.SCREENS)


@pytest.mark.parametrize("table", kinds.KINDS)
def test_what_is_not_here_is_not_known(store: Store, table: str) -> None:
    """A link may come before the record it leads to."""
    assert store.call_read(kinds.known, table, ["none"]) == {}


def test_a_table_that_no_desk_here_has_is_not_known(store: Store) -> None:
    """A newer desk may have sent a link to it."""
    assert store.call_read(kinds.known, "robot", ["none"]) == {}


def test_a_record_is_found_by_its_reference_and_gives_it(
    store: Store, user: User, clock: SetClock
) -> None:
    """Whatever desk made it."""
    line = save(store, user, clock, person_name="Ann Jones")
    [(table, record_id)] = store.call_read(kinds.with_ref, line.ref.lower())
    assert (table, record_id) == (kinds.CONTACT, line.id)
    known = store.call_read(kinds.known, table, [record_id])[record_id]
    assert (known.ref, known.title, known.scheme) == (line.ref, "Ann Jones", "")
    assert store.call_read(kinds.ref_of, line.id) == line.ref
    assert store.call_read(kinds.ref_of, known.person_id) == ""
    assert store.call_read(kinds.ref_of, "none") == ""


def test_a_later_desk_adds_its_kind_and_its_records_are_linked(
    store: Store, user: User, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Complaints and hearings: one entry, and cases know what they are called; both ways."""
    select = "SELECT id, 'CMP-2345' AS ref, 'Long wait' AS title, '' AS person, '', '' FROM officer"
    kind = RecordKind("Complaint", Act.READ_CASES, select, spoken=False)
    monkeypatch.setitem(kinds.KINDS, "complaint", kind)
    ends = ("case_record", "some-case", "complaint", user.id)
    store.call_write(links.link, *ends, user=user, now=clock.moment)
    [found] = store.call_read(links.of, "case_record", "some-case", user=user)
    known = store.call_read(kinds.known, found.table, [found.id])[user.id]
    assert (kinds.label(found.table), known.ref, known.title) == (
        "Complaint", "CMP-2345", "Long wait",
    )  # fmt: skip
    [back] = store.call_read(links.of, "complaint", user.id, user=user)
    assert back == links.Link("case_record", "some-case")
