"""What is withheld stands nowhere: no reader, no search, no free text; the store keeps it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from sqlmodel import Session

from deskapp.clock import stamp
from deskapp.data.connection import Connection
from deskapp.data.enquiry_tables import Callback
from deskapp.data.ids import new_id
from deskapp.data.store import Store
from deskapp.roles import Role, User
from deskapp.services.callbacks import callback_cards
from deskapp.services.enquiries import contact_lines, contacts
from deskapp.services.paging import Want
from deskapp.services.persons import (
    marker_work,
    markers,
    person_card,
    person_links,
    persons,
    withheld,
)
from deskapp.services.persons.marker_drafts import MarkerDraft
from deskapp.services.persons.withheld import Cover
from tests.builders import SetClock, save
from tests.services.test_reading import GATED
from tests.withheld import EMAIL, PHONE, POSTCODE, plant, planted, shows


@pytest.fixture
def ids(store: Store, user: User, clock: SetClock) -> Mapping[str, str]:
    """A contact with the address everywhere, and the marker that came afterwards."""
    return plant(store, user, clock)


@pytest.mark.parametrize("words", ["confidential caller", PHONE, POSTCODE, EMAIL, "Hidden Lane"])
def test_no_reader_gives_a_confidential_address(
    words: str, store: Store, user: User, ids: Mapping[str, str]
) -> None:
    """Whatever is asked for; the contact is older than the marker."""
    typed = (GATED[persons.find][0], "ann")
    assert planted(store) >= {PHONE, POSTCODE, EMAIL}
    for read, given in GATED.items():
        words_given = [words if text in typed else text for text in given]
        asked = [text.format(**ids) if isinstance(text, str) else text for text in words_given]
        assert shows(store.call_read(read, *asked, user=user)) == [], read


def test_the_card_gives_none_to_a_team_leader_either(
    store: Store, user: User, clock: SetClock, ids: Mapping[str, str]
) -> None:
    """Nobody, says the sheet."""
    leader = user._replace(role=Role.TEAM_LEADER)
    card = store.call_read(person_card.of, ids["person"], today=clock.today, user=leader)
    assert shows(card) == []
    assert card.line.phone == card.line.postcode == "withheld"


@pytest.mark.parametrize("words", [PHONE, "900555", POSTCODE, "ZZ999ZZ", EMAIL])
def test_a_search_for_it_confirms_nothing(
    words: str, store: Store, user: User, ids: Mapping[str, str]
) -> None:
    """A confidential address is not even confirmed (section 4)."""
    assert store.call_read(persons.find, words, user=user) == []
    assert store.call_read(contact_lines.page, Want(), words, user=user).lines == []


def test_a_search_by_name_still_finds_person_and_contact(
    store: Store, user: User, ids: Mapping[str, str]
) -> None:
    """The person is helped like everybody else."""
    assert len(store.call_read(persons.find, "confidential cal", user=user)) == 1
    [line] = store.call_read(contact_lines.page, Want(), "caller fine", user=user).lines
    assert line.id == ids["contact"]


def test_others_of_the_same_postcode_are_found_behind_those_left_out(
    store: Store, user: User, clock: SetClock, ids: Mapping[str, str]
) -> None:
    """A page of nothing but hidden matches is skipped, in both directions."""
    other = save(store, user, clock, person_name="Neighbour", postcode=POSTCODE)
    for _time in range(3):
        save(store, user, clock, person_id=ids["person"], postcode=POSTCODE)
    for backwards in (False, True):
        want = Want(limit_rows=1, backwards=backwards)
        page = store.call_read(contact_lines.page, want, POSTCODE, user=user)
        assert [line.id for line in page.lines] == [other.id]


def test_whoever_is_linked_is_covered_too(
    store: Store, user: User, clock: SetClock, ids: Mapping[str, str]
) -> None:
    """The same human being under another record, also the other way round, and no longer after."""
    line = save(store, user, clock, person_name="Same", phone="07700 900666", answer="07700900666")
    other = store.call_read(contact_lines.record, line.id, user=user).person_id or ""
    given: dict[str, Any] = {"now": clock.moment, "user": user}
    assert store.call_read(persons.get, other, user=user).phone == "07700 900666"
    store.call_write(person_links.link, other, ids["person"], "Same voice", **given)
    assert store.call_read(persons.get, other, user=user).phone == "withheld"
    record = store.call_read(contact_lines.record, line.id, user=user)
    assert (record.phone, record.answer) == ("withheld", "[withheld]")
    store.call_write(person_links.unlink, other, ids["person"], "Not so", **given)
    assert store.call_read(persons.get, other, user=user).phone == "07700 900666"


def test_it_is_shown_again_only_when_a_team_leader_ends_the_marker(
    store: Store, user: User, clock: SetClock, ids: Mapping[str, str]
) -> None:
    """The store kept it."""
    [line] = store.call_read(markers.of_person, ids["person"], user=user)
    leader = user._replace(role=Role.TEAM_LEADER)
    store.call_write(marker_work.end, line.id, "Moved", now=clock.moment, user=leader)
    record = store.call_read(contact_lines.record, ids["contact"], user=user)
    assert (record.phone, record.postcode) == (PHONE, POSTCODE)
    assert PHONE in record.answer


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("Ring 07700 900 555 now", "Ring [withheld] now"),
        ("Ring (07700)900-555.", "Ring [withheld]."),
        ("+44 7700 900555", "[withheld]"),
        ("Ask. 07700900555", "Ask. [withheld]"),
        ("+44 (0)7700 900555", "[withheld]"),
        ("lives at zz999zz", "lives at [withheld]"),
        ("Planted@Example.com, please", "[withheld], please"),
        ("order 1077009005551", "order 1077009005551"),
        ("nothing of it", "nothing of it"),
    ],
)
def test_free_text_is_shown_without_it_however_it_is_spaced(typed: str, told: str) -> None:
    """An officer wrote it into a note before anybody knew."""
    cover = Cover(address=True, values=(PHONE, POSTCODE, EMAIL))
    assert cover.text(typed) == told


def test_do_not_call_covers_the_number_alone(store: Store, user: User, clock: SetClock) -> None:
    """Their letters still find them."""
    ids = plant(store, user, clock, code="", ok_to_call="no")
    record = store.call_read(contact_lines.record, ids["contact"], user=user)
    assert (record.phone, record.email, record.postcode) == ("withheld", EMAIL, POSTCODE)
    assert PHONE not in record.answer
    assert POSTCODE in record.answer
    assert len(store.call_read(persons.find, PHONE, user=user)) == 1


def test_a_list_asks_for_all_its_persons_at_once(store: Store, user: User, clock: SetClock) -> None:
    """Who has nothing covered costs the list three short questions."""
    for number in range(5):
        save(store, user, clock, person_name=f"Person {number}")
    ids = [row[0] for row in store.call_read(Connection.execute, "SELECT id FROM person")]
    asked: list[str] = []

    def count(connection: Connection) -> Mapping[str, Cover]:
        connection.set_trace_callback(asked.append)
        try:
            return withheld.covers(connection, ids)
        finally:
            connection.set_trace_callback(None)

    assert store.call_read(count) == {}
    assert len(asked) == 3


def test_a_note_is_covered_too(
    store: Store, user: User, clock: SetClock, ids: Mapping[str, str]
) -> None:
    """Also one that is written after the marker."""
    store.call_write(
        contacts.add_note,
        new_id(),
        ids["contact"],
        f"New number same as before {PHONE}",
        now=clock.moment,
        user=user,
    )
    record = store.call_read(contact_lines.record, ids["contact"], user=user)
    assert [note.text for note in record.notes][-1] == "New number same as before [withheld]"
    draft = MarkerDraft(code="PF0002", person_id=ids["person"])
    given: dict[str, Any] = {"now": clock.moment, "user": user}
    store.call_write(marker_work.set_marker, new_id(), draft, **given)


@pytest.mark.parametrize(("code", "ok_to_call"), [("PF0004", ""), ("PF0004", "no"), ("", "no")])
def test_the_callback_card_gives_none_of_it(
    code: str, ok_to_call: str, store: Store, user: User, clock: SetClock
) -> None:
    """Not the number, and not what was written when it was promised."""
    ids = plant(store, user, clock, code=code, ok_to_call=ok_to_call)

    def book(session: Session) -> None:
        session.add(
            Callback(
                id="a-callback", home_site=user.site, site=user.site, contact_id=ids["contact"],
                person_id=ids["person"], slot="2026-11-19T10:00", kind="window", state="booked",
                starts_at=stamp(clock.moment), live=True, booked_by=user.id,
                booked_at=stamp(clock.moment), note=f"Ring {PHONE}",
            )
        )  # fmt: skip

    store.call_write(book)
    card = store.call_read(callback_cards.card, "a-callback", user=user)
    assert card.line.person_name == "Confidential Caller"
    assert not [text for text in shows(card) if code or text.startswith("900")]
    assert card.hidden is (not code)
