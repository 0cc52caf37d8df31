"""What is recorded besides the form is stored as codes, and never more than is needed."""

from __future__ import annotations

from typing import Any

import pytest

from deskapp import i18n
from deskapp.data.ids import new_id
from deskapp.data.store import Store
from deskapp.roles import User
from deskapp.services import needs, spoken
from deskapp.services.enquiries import (
    contact_lines,
    contact_words,
    contacts,
    dissatisfaction,
    third_party,
)
from deskapp.services.enquiries.call_clock import Span
from deskapp.services.enquiries.contact_recorded import Recorded
from tests.builders import SetClock, a_contact_draft, a_span, messages, save


def recorded(store: Store, user: User, clock: SetClock, **given: Any) -> Recorded:
    """What is kept of a contact that is saved with these values."""
    line = save(store, user, clock, **given)
    return store.call_read(contact_lines.record, line.id, user=user).more


def test_plain_contact_says_that_nobody_asked(store: Store, user: User, clock: SetClock) -> None:
    """Not asked is not the same as none."""
    more = recorded(store, user, clock)
    assert (more.needs, more.language, more.dissatisfied) == ((), "unknown", "none")
    assert (more.disclosure, more.jurisdiction, more.subtopic) == ("general", "", "")


def test_no_needs_stated_differs_from_not_asked(store: Store, user: User, clock: SetClock) -> None:
    """Source: enquiries sheet, section 1."""
    more = recorded(store, user, clock, needs=needs.NONE_STATED)
    assert more.needs == (needs.NONE_STATED,)
    assert needs.words(more.needs) == "Asked: none stated"
    assert needs.words(()) == ""


def test_of_a_check_only_the_kinds_that_matched_are_kept(
    store: Store, user: User, clock: SetClock
) -> None:
    """Which detail was wrong would help the next caller to guess."""
    more = recorded(store, user, clock, checked="case_ref:yes name:again birth_date:no")
    assert more.checked == ("case_ref", "name")
    [row] = store.call_read(
        lambda connection: connection.execute("SELECT * FROM contact").fetchall()
    )
    assert "birth_date" not in repr(row)
    assert "again" not in repr(row)


def test_times_are_kept_apart(store: Store, user: User, clock: SetClock) -> None:
    """Talk, hold and wrap-up; the contact ends before it is saved."""
    span = a_span(clock, minutes=4)
    clock.passes(minutes=1)
    whole = Span(span.started_at, span.ended_at, 300, clock.moment, 30, 60)
    line = save(store, user, clock, span=whole)
    record = store.call_read(contact_lines.record, line.id, user=user)
    assert (record.handling_seconds, record.ended_at) == (300, span.ended_at)
    assert (record.more.hold_seconds, record.more.wrap_seconds) == (30, 60)
    assert ("Of that time", "hold 0:30, wrap-up 1:00") in contact_words.told(record)


def test_subtopic_of_another_topic_is_not_kept(store: Store, user: User, clock: SetClock) -> None:
    """The topic was changed after it was chosen."""
    assert recorded(store, user, clock, topic="FIN", subtopic="pay").subtopic == "pay"
    assert recorded(store, user, clock, topic="JRY", subtopic="pay").subtopic == ""


def test_what_was_not_felt_is_about_nothing(store: Store, user: User, clock: SetClock) -> None:
    """Dissatisfaction that was taken back leaves no category behind."""
    more = recorded(store, user, clock, dissatisfied="none", dissatisfied_about="DEL")
    assert more.dissatisfied_about == ""


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"needs": "language"}, "need_language"),
        ({"needs": "none_stated breaks"}, "needs"),
        ({"authority": "none"}, "acting_for"),
        ({"acting_for": "Ann Jones"}, "authority"),
        ({"authority": "a nod", "acting_for": "Ann Jones"}, "authority"),
        ({"authority": "none", "acting_for": "x" * 201}, "acting_for"),
        ({"dissatisfied": "minor"}, "dissatisfied_about"),
        ({"dissatisfied": "minor", "dissatisfied_about": "WHAT"}, "dissatisfied_about"),
    ],
)
def test_what_was_begun_must_be_whole(given: dict[str, str], field: str, clock: SetClock) -> None:
    """One sentence, at the field that puts it right."""
    assert set(messages(a_contact_draft(**given), clock.today)) == {field}


def test_discarding_keeps_whom_a_third_party_spoke_for(
    store: Store, user: User, clock: SetClock
) -> None:
    """Whatever is half done and however long."""
    card = "4111 1111 1111 1111"
    draft = a_contact_draft(acting_for=f"{card} " + "x" * 300, needs="language")
    line = store.call_write(
        contacts.discard, new_id(), draft, "Nobody was there", span=a_span(clock), user=user
    )
    more = store.call_read(contact_lines.record, line.id, user=user).more
    assert len(more.acting_for) == third_party.LONGEST_NAME
    assert "1111" not in more.acting_for
    assert more.needs == ("language",)


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_every_item_of_every_list_has_words_in_both_languages(language: str) -> None:
    """A list with a hole cannot be read aloud."""
    i18n.use(language)
    for items in (needs.offered(), dissatisfaction.categories(), spoken.languages()):
        assert all(item.label.strip() for item in items)


def test_every_need_has_a_letter_of_its_own_and_a_flag_of_the_list() -> None:
    """Letters tick, flags are handed on; what HMCTS has no flag for has none."""
    letters = [item.letter for item in needs.offered()]
    assert len(set(letters)) == len(letters) == 21
    without = {item.code for item in needs.offered() if not item.flag}
    assert without == {"text_relay", needs.NONE_STATED}


def test_what_a_newer_desk_recorded_is_told_by_its_code() -> None:
    """It is shown, not lost, and nothing stops."""
    assert needs.words(["hovercraft", "step_free"]) == "hovercraft, Step-free access"
    assert contact_words.level("secret") == "secret"
    assert contact_words.jurisdiction("maritime") == "maritime"
    assert contact_words.service_language("gd") == "gd"
    assert third_party.words("Ann Jones", "a nod") == "Ann Jones, a nod"
    assert dissatisfaction.words("grave", "SEA") == "grave: SEA"
