"""How somebody may be reached: what was not asked, whose answer counts, when a number is shown."""

from __future__ import annotations

from typing import Any

import pytest

from deskapp import i18n
from deskapp.data.connection import Connection
from deskapp.data.ids import new_id
from deskapp.data.store import Store
from deskapp.errors import FormProblemsError, NotAllowedError, NotFoundError
from deskapp.roles import Role, User
from deskapp.services.enquiries import contact_lines
from deskapp.services.persons import (
    marker_work,
    person_details,
    person_links,
    persons,
    safe_contact,
)
from deskapp.services.persons.marker_drafts import MarkerDraft
from deskapp.services.persons.safe_contact import SafeAnswers, SafeLine
from tests.builders import SetClock, save

PHONE = "01632 960001"


@pytest.fixture
def ann(store: Store, user: User, clock: SetClock) -> str:
    """Id of a person who called once."""
    return person_of(store, user, save(store, user, clock, person_name="Ann", phone=PHONE).id)


def person_of(store: Store, user: User, contact_id: str) -> str:
    """Whom a contact was with."""
    found = store.call_read(contact_lines.record, contact_id, user=user).person_id
    assert found is not None
    return found


def say(store: Store, user: User, person_id: str, **given: Any) -> SafeLine:
    """Keep what the person said."""
    return store.call_write(safe_contact.save, person_id, SafeAnswers(**given), user=user)


def line(store: Store, user: User, person_id: str) -> SafeLine:
    """How they may be reached."""
    return store.call_read(safe_contact.line_for, person_id, user=user)


def test_unknown_is_not_asked_and_then_no_message_and_no_name(
    store: Store, user: User, ann: str
) -> None:
    """The careful defaults of the sheet; to ring is allowed until somebody says no."""
    nothing = line(store, user, ann)
    assert nothing.words == "Safe contact: not asked."
    assert nothing.may_call
    assert not any((nothing.may_leave_message, nothing.may_say_hmcts, nothing.asked))
    assert line(store, user, "").words == nothing.words
    told = say(store, user, ann, ok_to_call="yes", times="After 6", code_word="bluebird")
    assert told.words == (
        "Call: yes. Message: not asked. Say HMCTS: not asked. Email: not asked. Post: not asked."
        " Times: After 6. There is a code word."
    )
    assert "bluebird" not in str(told)


def test_saving_again_changes_the_one_record(store: Store, user: User, ann: str) -> None:
    """What is no longer true is gone."""
    say(store, user, ann, ok_to_call="no", note="Partner listens")
    say(store, user, ann, ok_to_call="yes")
    assert store.call_read(safe_contact.answers, ann, user=user) == SafeAnswers(ok_to_call="yes")


def test_of_two_desks_the_stricter_is_shown_until_a_team_leader_decides(
    store: Store, user: User, ann: str
) -> None:
    """No before yes, yes before not asked; words stand side by side."""
    say(store, user, ann, ok_to_call="no", times="After 6")
    elsewhere = user._replace(id=new_id(), site="fact:cardiff-magistrates-court")
    told = say(store, elsewhere, ann, ok_to_call="yes", ok_to_email="yes", times="Mornings")
    assert not told.may_call
    assert told.may_email
    assert "After 6 / Mornings" in told.words
    leader = user._replace(role=Role.TEAM_LEADER)
    assert say(store, leader, ann, ok_to_call="yes").may_call
    counted = store.call_read(Connection.execute, "SELECT count(*) FROM safe_contact").fetchall()
    assert counted == [(2,)]


def test_whoever_is_linked_shares_the_stricter_answer(
    store: Store, user: User, clock: SetClock, ann: str
) -> None:
    """Two records of one human being have one telephone."""
    other = person_of(store, user, save(store, user, clock, person_name="Ann", phone=PHONE).id)
    say(store, user, other, ok_to_call="no")
    assert line(store, user, ann).may_call
    given: dict[str, Any] = {"now": clock.moment, "user": user}
    store.call_write(person_links.link, ann, other, "Same number", **given)
    assert not line(store, user, ann).may_call
    assert store.call_read(persons.get, ann, user=user).phone == "withheld"


def test_answers_are_of_the_list_and_texts_have_limits(store: Store, user: User, ann: str) -> None:
    """Each problem at its field."""
    with pytest.raises(FormProblemsError) as caught:
        say(store, user, ann, ok_to_call="maybe", code_word="x" * 41)
    assert [each.field for each in caught.value.problems] == ["ok_to_call", "code_word"]
    with pytest.raises(NotFoundError):
        say(store, user, "nobody", ok_to_call="no")


def test_a_hidden_number_is_shown_for_a_reason_that_is_kept(
    store: Store, user: User, clock: SetClock, ann: str
) -> None:
    """With the newest contact, where everybody who reads it finds it."""
    say(store, user, ann, ok_to_call="no")
    shown = store.call_read(persons.get, ann, user=user)
    assert (shown.phone, shown.withheld) == ("withheld", True)
    assert "001" not in persons.hint(shown)
    given: dict[str, Any] = {"now": clock.moment, "user": user}
    with pytest.raises(FormProblemsError, match="Enter a reason"):
        store.call_write(person_details.number_to_call, ann, " ", **given)
    number = store.call_write(person_details.number_to_call, ann, "Hearing moved", **given)
    assert number == PHONE
    [event] = store.call_read(Connection.execute, "SELECT code, note FROM contact_event").fetchall()
    assert event == ("number_shown", "Number shown: Hearing moved")
    assert store.call_read(persons.get, ann, user=user).phone == "withheld"


def test_no_reason_shows_a_confidential_number(
    store: Store, user: User, clock: SetClock, ann: str
) -> None:
    """A confidential address covers every way to reach the person."""
    draft = MarkerDraft(code="PF0004", person_id=ann)
    given: dict[str, Any] = {"now": clock.moment, "user": user}
    store.call_write(marker_work.set_marker, new_id(), draft, **given)
    with pytest.raises(NotAllowedError, match="confidential"):
        store.call_write(person_details.number_to_call, ann, "Hearing moved", **given)


def test_details_are_put_right_one_by_one(store: Store, user: User, ann: str) -> None:
    """What is left out stays; what is empty is taken away; something must be left."""
    line = store.call_write(
        person_details.correct, ann, {"full_name": "Anne", "postcode": "sy23 1aa"}, user=user
    )
    assert (line.full_name, line.phone, line.postcode) == ("Anne", PHONE, "SY23 1AA")
    with pytest.raises(FormProblemsError) as caught:
        store.call_write(person_details.correct, ann, {"phone": "ring me"}, user=user)
    assert [each.field for each in caught.value.problems] == ["phone"]
    nothing = dict.fromkeys(person_details.DETAILS, "")
    with pytest.raises(FormProblemsError, match="Enter a name"):
        store.call_write(person_details.correct, ann, nothing, user=user)


def test_the_line_speaks_welsh(store: Store, user: User, ann: str) -> None:
    """As the screen does."""
    say(store, user, ann, ok_to_call="no")
    english = line(store, user, ann)
    i18n.use("cy")
    welsh = line(store, user, ann)
    assert welsh.words != english.words
    assert welsh._replace(words="") == english._replace(words="")
