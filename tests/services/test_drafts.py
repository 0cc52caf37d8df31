"""What was typed comes back: the same words, in the same field, for the same officer."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deskapp.data.store import Store
from deskapp.errors import NotFoundError
from deskapp.roles import User
from deskapp.services import drafts
from deskapp.text import clean
from tests.builders import SetClock, a_draft

EVERY_TEXT = st.text(st.characters(codec=None), max_size=60)
"""Surrogates, controls and letters of every script."""


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    values=st.dictionaries(st.sampled_from(["question", "answer", "add_to"]), EVERY_TEXT),
    focus=st.sampled_from(["", "answer"]),
    parked=st.booleans(),
    spent=st.integers(0, 10**6),
)
def test_any_words_come_back_as_they_can_be_shown(
    store: Store,
    user: User,
    clock: SetClock,
    values: dict[str, str],
    focus: str,
    parked: bool,
    spent: int,
) -> None:
    """Whatever was typed or pasted; only what a terminal could obey is left out."""
    draft = a_draft(user, clock, focus=focus, parked=parked, spent_seconds=spent, values=values)
    store.call_jot(drafts.keep, draft)
    back = store.call_read(drafts.get, draft.id)
    assert back == draft._replace(values={name: clean(text) for name, text in values.items()})


def test_a_long_paste_comes_back_whole(store: Store, user: User, clock: SetClock) -> None:
    """The limit is told when it is saved, not by losing the end."""
    pasted = "Ŵyneb 🙂 [/b] " * 1500
    draft = a_draft(user, clock, values={"answer": pasted})
    store.call_jot(drafts.keep, draft)
    assert store.call_read(drafts.get, draft.id).values["answer"] == pasted


def test_the_last_state_kept_is_the_one_that_comes_back(
    store: Store, user: User, clock: SetClock
) -> None:
    """Every key stroke writes the same row again."""
    draft = a_draft(user, clock)
    for typed in ("W", "Wa", "Was"):
        clock.passes(seconds=1)
        draft = draft._replace(values={"question": typed}, updated_at=clock.moment)
        store.call_jot(drafts.keep, draft)
    assert store.call_read(drafts.waiting, user.id) == [draft]


def test_running_is_the_one_that_is_not_parked(store: Store, user: User, clock: SetClock) -> None:
    """One running contact per officer; parked ones and notes do not count."""
    parked = a_draft(user, clock, parked=True)
    note = a_draft(user, clock, form="note")
    for draft in (parked, note):
        store.call_jot(drafts.keep, draft)
    assert store.call_read(drafts.running, user.id, "contact") is None
    running = a_draft(user, clock)
    store.call_jot(drafts.keep, running)
    assert store.call_read(drafts.running, user.id, "contact") == running


def test_forms_of_another_officer_are_never_shown(
    store: Store, user: User, clock: SetClock
) -> None:
    """On a shared desk everybody finds their own."""
    store.call_jot(drafts.keep, a_draft(user, clock))
    assert store.call_read(drafts.waiting, "somebody-else") == []
    assert store.call_read(drafts.running, "somebody-else", "contact") is None


def test_waiting_forms_stand_in_the_order_they_were_begun(
    store: Store, user: User, clock: SetClock
) -> None:
    """Who has waited longest comes first, however late the form was touched."""
    older = a_draft(user, clock, parked=True)
    clock.passes(minutes=3)
    newer = a_draft(user, clock, parked=True)
    for draft in (newer, older._replace(updated_at=clock.moment + dt.timedelta(hours=1))):
        store.call_jot(drafts.keep, draft)
    found = store.call_read(drafts.waiting, user.id)
    assert [draft.id for draft in found] == [older.id, newer.id]


def test_no_unfinished_form_is_left_out(store: Store, user: User, clock: SetClock) -> None:
    """The newest is the one somebody waits for."""
    every = [a_draft(user, clock, parked=True) for _draft in range(60)]
    for draft in every:
        store.call_jot(drafts.keep, draft)
    assert {draft.id for draft in store.call_read(drafts.waiting, user.id)} == {
        draft.id for draft in every
    }


def test_form_about_a_record_is_found_again(store: Store, user: User, clock: SetClock) -> None:
    """A half-written note belongs to its contact and to no other."""
    values = {drafts.RECORD: "contact-1", "note": "Ring back"}
    draft = a_draft(user, clock, form="note", values=values)
    store.call_jot(drafts.keep, draft)
    assert store.call_read(drafts.for_record, "note", "contact-1", user.id) == draft
    assert store.call_read(drafts.for_record, "note", "contact-2", user.id) is None
    assert store.call_read(drafts.for_record, "other", "contact-1", user.id) is None


def test_dropped_draft_says_where_to_look(store: Store, user: User, clock: SetClock) -> None:
    """It was saved or discarded in another window."""
    draft = a_draft(user, clock)
    store.call_jot(drafts.keep, draft)
    store.call_jot(drafts.drop, draft.id)
    with pytest.raises(NotFoundError, match="Look in the list"):
        store.call_read(drafts.get, draft.id)


def test_drafts_never_leave_the_desk(store: Store, user: User, clock: SetClock) -> None:
    """Half a sentence is nobody else's business, so the exchange log knows nothing of it."""
    store.call_jot(drafts.keep, a_draft(user, clock, values={"question": "Half a"}))
    [(told,)] = store.call_read(
        lambda connection: connection.execute(
            "SELECT count(*) FROM change_log WHERE tbl = 'draft'"
        ).fetchall()
    )
    assert told == 0


@pytest.mark.parametrize(
    ("values", "empty"), [({}, True), ({"question": ""}, True), ({"question": "W"}, False)]
)
def test_draft_is_empty_until_something_is_typed(
    values: dict[str, str], empty: bool, user: User, clock: SetClock
) -> None:
    """An empty one may be forgotten, any other may not."""
    assert a_draft(user, clock, values=values).empty is empty
