"""Linking records of one person: the newest event counts, nothing is merged, all comes back."""

from __future__ import annotations

from typing import Any

import pytest

from deskapp.data.connection import Connection
from deskapp.data.ids import new_id
from deskapp.data.store import Store
from deskapp.errors import FormProblemsError, NotFoundError
from deskapp.roles import User
from deskapp.services.enquiries import contact_lines
from deskapp.services.paging import Want
from deskapp.services.persons import marker_work, person_links, persons, safe_contact
from deskapp.services.persons.marker_drafts import MarkerDraft
from deskapp.services.persons.safe_contact import SafeAnswers
from tests.builders import SetClock, save


@pytest.fixture
def people(store: Store, user: User, clock: SetClock) -> list[str]:
    """Ids of four records: three of one name, two of them with one phone number."""
    given = (
        ("Siân O'Brien", "01632 960001", "SY23 1AA"),
        ("sian obrien", "(01632) 960 001", ""),
        ("Siân O'Brien", "07700 900002", "sy231aa"),
        ("Siân Other", "01632 960001", "SY23 1AA"),
    )
    ids = []
    for name, phone, postcode in given:
        clock.passes(minutes=5)
        line = save(store, user, clock, person_name=name, phone=phone, postcode=postcode)
        ids.append(store.call_read(contact_lines.record, line.id, user=user).person_id or "")
    return ids


def link(
    store: Store, user: User, clock: SetClock, one: str, other: str, *, undo: bool = False
) -> None:
    """Link two persons, or take that back."""
    verb = person_links.unlink if undo else person_links.link
    store.call_write(verb, one, other, "Same date of birth", now=clock.moment, user=user)


def group(store: Store, person_id: str) -> set[str]:
    """Who is the same person."""
    return set(store.call_read(person_links.group, person_id))


def test_links_reach_over_others_and_every_link_is_taken_back(
    store: Store, user: User, clock: SetClock, people: list[str]
) -> None:
    """Both directions, in any order; the rows are all kept."""
    one, two, three, _other = people
    link(store, user, clock, one, two)
    link(store, user, clock, three, two)
    assert group(store, one) == group(store, three) == {one, two, three}
    link(store, user, clock, two, one, undo=True)
    assert (group(store, one), group(store, two)) == ({one}, {two, three})
    link(store, user, clock, one, two)
    assert group(store, one) == {one, two, three}
    rows = store.call_read(Connection.execute, "SELECT reason FROM record_link").fetchall()
    assert rows == [("Same date of birth",)] * 4


def test_linking_twice_links_once_and_needs_two_and_a_reason(
    store: Store, user: User, clock: SetClock, people: list[str]
) -> None:
    """A long key press, a slip of the hand."""
    one, two, *_others = people
    link(store, user, clock, one, two)
    link(store, user, clock, two, one)
    counted = store.call_read(Connection.execute, "SELECT count(*) FROM record_link").fetchall()
    assert counted == [(1,)]
    given: dict[str, Any] = {"now": clock.moment, "user": user}
    with pytest.raises(FormProblemsError, match="Enter a reason"):
        store.call_write(person_links.link, one, two, " ", **given)
    with pytest.raises(FormProblemsError, match="another person"):
        store.call_write(person_links.link, one, one, "why", **given)
    with pytest.raises(NotFoundError, match="no such person"):
        store.call_write(person_links.link, one, new_id(), "why", **given)
    with pytest.raises(NotFoundError, match="not linked"):
        store.call_write(person_links.unlink, one, people[3], "why", **given)


def test_linked_persons_show_each_others_contacts_newest_first(
    store: Store, user: User, clock: SetClock, people: list[str]
) -> None:
    """Each line says whose record it is."""
    one, two, *_others = people
    link(store, user, clock, one, two)
    page = store.call_read(contact_lines.of_person, Want(), one, user=user)
    assert [line.person_id for line in page.lines] == [two, one]
    assert [line.id for line in store.call_read(persons.linked, one, user=user)] == [two]


def test_same_name_and_phone_or_postcode_may_be_the_same(
    store: Store, user: User, clock: SetClock, people: list[str]
) -> None:
    """However they are spelt; another name is not, and who is linked is not offered again."""
    one, two, three, _other = people

    def offered() -> set[str]:
        return {each.id for each in store.call_read(persons.may_be_the_same, one, user=user)}

    assert offered() == {two, three}
    link(store, user, clock, one, two)
    assert offered() == {three}


def test_who_must_not_be_rung_may_be_the_same_too(
    store: Store, user: User, people: list[str]
) -> None:
    """Their number is compared, not shown."""
    one, two, *_others = people
    store.call_write(safe_contact.save, two, SafeAnswers(ok_to_call="no"), user=user)
    [other] = [
        each for each in store.call_read(persons.may_be_the_same, one, user=user) if each.id == two
    ]
    assert other.phone == "withheld"


def test_who_is_vulnerable_or_confidential_is_never_offered(
    store: Store, user: User, clock: SetClock, people: list[str]
) -> None:
    """A search to link must not lead to them; the search for a caller still does."""
    one, two, three, _other = people
    for code, person_id in (("PF0002", two), ("PF0004", three)):
        store.call_write(
            marker_work.set_marker,
            new_id(),
            MarkerDraft(code=code, person_id=person_id),
            now=clock.moment,
            user=user,
        )
    assert store.call_read(persons.may_be_the_same, one, user=user) == []
    to_link = store.call_read(persons.find, "obrien", user=user, to_link=True)
    assert two not in {each.id for each in to_link}
    assert two in {each.id for each in store.call_read(persons.find, "obrien", user=user)}


def test_a_case_has_one_history_however_its_reference_is_spelt(
    store: Store, user: User, clock: SetClock
) -> None:
    """Contacts of other cases whose reference only begins alike are not in it."""
    for ref in ("ZZ26P0001", "zz 26/p0001", "ZZ26P00012"):
        save(store, user, clock, case_ref=ref)
    page = store.call_read(contact_lines.of_case, Want(), "ZZ26-P0001", user=user)
    assert len(page.lines) == 2


def test_links_are_read_by_their_indexes(store: Store, people: list[str]) -> None:
    """They are asked with every contact."""
    sql = (
        "EXPLAIN QUERY PLAN SELECT to_id FROM record_link"
        " WHERE from_table = 'person' AND from_id = ? AND to_table = 'person'"
        " UNION ALL SELECT from_id FROM record_link"
        " WHERE to_table = 'person' AND to_id = ? AND from_table = 'person'"
    )
    plan = str(store.call_read(Connection.execute, sql, (people[0], people[0])).fetchall())
    assert "record_link_by_from" in plan
    assert "record_link_by_to" in plan
    assert "SCAN record_link" not in plan
