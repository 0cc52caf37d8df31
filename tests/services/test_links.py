"""Links between records: the newest event of a pair counts, and who may know is asked."""

from __future__ import annotations

from typing import Any

import pytest

from deskapp.data.store import Store
from deskapp.errors import FormProblemsError, NotAllowedError, NotFoundError
from deskapp.roles import Role, User
from deskapp.services import kinds, link_lines, links
from deskapp.services.links import Link
from tests.builders import SetClock, save
from tests.services.casework.hand import Hand
from tests.services.hearings.office import Court


@pytest.fixture
def hand(store: Store, user: User, clock: SetClock) -> Hand:
    """The officer of the desk."""
    return Hand(store, user, clock)


def linked(hand: Hand, one: Link, other: Link) -> None:
    hand.clock.passes(minutes=1)
    hand.store.call_write(links.link, *one, *other, user=hand.user, now=hand.clock.moment)


def titles(hand: Hand, record: Link) -> list[str]:
    found = hand.store.call_read(link_lines.lines, hand.acting, record)
    return [line.title for line in found]


def a_contact(hand: Hand) -> Link:
    line = save(hand.store, hand.user, hand.clock, person_name="Ann Jones")
    return Link(kinds.CONTACT, line.id)


def test_a_link_is_seen_from_both_ends_until_it_is_ended(hand: Hand) -> None:
    """With a reason; it can be made again."""
    contact, case = a_contact(hand), Link(kinds.CASE, hand.open())
    linked(hand, contact, case)
    assert (titles(hand, contact), titles(hand, case)) == (["Boiler"], ["Ann Jones"])
    given: dict[str, Any] = {"user": hand.user, "now": hand.clock.moment}
    with pytest.raises(FormProblemsError):
        hand.store.call_write(links.unlink, case, contact, reason=" ", **given)
    hand.store.call_write(links.unlink, case, contact, reason="Wrong boiler", **given)
    assert titles(hand, contact) == titles(hand, case) == []
    with pytest.raises(NotFoundError, match="not linked"):
        hand.store.call_write(links.unlink, case, contact, reason="Again", **given)
    linked(hand, contact, case)
    assert titles(hand, contact) == ["Boiler"]


def test_a_restricted_case_is_linked_for_its_roles_only(hand: Hand) -> None:
    """Others neither see it nor learn that it is there."""
    contact = a_contact(hand)
    officer = hand.user
    hand.user = officer._replace(scheme_roles=frozenset({"judge"}))
    case = Link(kinds.CASE, hand.open("hidden"))
    linked(hand, contact, case)
    assert titles(hand, contact) == ["Boiler"]
    [(ref,)] = hand.rows("SELECT ref FROM case_record")
    assert hand.store.call_read(link_lines.named, hand.acting, ref) == case
    hand.user = officer
    assert titles(hand, contact) == []
    with pytest.raises(NotFoundError):
        titles(hand, case)
    with pytest.raises(NotFoundError):
        hand.store.call_read(link_lines.named, hand.acting, ref)


def test_who_may_not_read_contacts_reads_no_links(hand: Hand) -> None:
    """The title of a contact is a name."""
    contact = a_contact(hand)
    hand.user = hand.user._replace(role=Role.ADMINISTRATOR)
    with pytest.raises(NotAllowedError):
        titles(hand, contact)


def test_records_are_named_by_reference_and_persons_by_id(hand: Hand) -> None:
    """However the reference is spelt."""
    contact = a_contact(hand)
    [(ref, person)] = hand.rows("SELECT ref, person_id FROM contact")
    find = hand.store.call_read
    assert find(link_lines.named, hand.acting, ref.lower().replace("-", " ")) == contact
    assert find(link_lines.named, hand.acting, f"id:{person}") == Link(kinds.PERSON, person)
    for text in ("id:none", "E-AAA-AAA-AAA", "", "nonsense"):
        with pytest.raises(NotFoundError):
            find(link_lines.named, hand.acting, text)


def test_what_was_typed_may_stand_for_several_records(hand: Hand) -> None:
    """A reference, a case number however it is written, or a name; never what is not for them."""
    contact, case = a_contact(hand), Link(kinds.CASE, hand.open())
    hearing = Court(hand.store, hand.user, hand.clock).hearing(case_ref="52XY0012326")

    def found(text: str) -> list[tuple[str, str]]:
        lines = hand.store.call_read(link_lines.candidates, hand.acting, text, but=case)
        return [(line.link.table, line.link.id) for line in lines]

    [(contact_ref,)] = hand.rows("SELECT ref FROM contact")
    [(case_ref,)] = hand.rows("SELECT ref FROM case_record")
    assert found(contact_ref) == [contact]
    assert found(case_ref) == found(" ") == found("xyz") == []
    assert found("52xy 0012326") == [(kinds.HEARING, hearing)]
    [(person, person_id)] = found("ann jones")
    assert person == kinds.PERSON
    linked(hand, case, Link(person, person_id))
    linked(hand, case, Link(kinds.HEARING, hearing))
    assert titles(hand, case) == ["Ann Jones", "2026-11-18 11:00 Court 1"]
    hand.user = hand.user._replace(scheme_roles=frozenset({"judge"}))
    hand.open("hidden")
    [ref] = [ref for (ref,) in hand.rows("SELECT ref FROM case_record") if ref != case_ref]
    assert len(found(ref)) == 1
    hand.user = hand.user._replace(scheme_roles=frozenset())
    assert found(ref) == []
