"""What was promised stands until it is done, the most urgent first."""

from __future__ import annotations

import datetime as dt

import pytest

from deskapp.data.connection import Connection
from deskapp.data.store import Store
from deskapp.errors import NotAllowedError, NotFoundError
from deskapp.roles import Role, User
from deskapp.services import follow_ups, kinds
from deskapp.services.enquiries import contact_lines
from deskapp.services.follow_ups import FollowUpLine
from deskapp.services.paging import Want
from tests.builders import SetClock, officer_of, save
from tests.services.casework.hand import Hand


def promise(store: Store, user: User, clock: SetClock, days: int) -> str:
    """Promise an answer in writing and return the contact's id."""
    extras = {"within_days": str(days)}
    return save(store, user, clock, outcome="EML", extras=extras, person_name="Ann Jones").id


def due(store: Store, limit_rows: int = 50) -> list[FollowUpLine]:
    """What is still to do."""
    want = Want(limit_rows=limit_rows)
    return store.call_read(follow_ups.page, want, user=officer_of(store)).lines


def test_most_urgent_stands_first_whenever_it_was_promised(
    store: Store, user: User, clock: SetClock
) -> None:
    """The officer works from the top."""
    later, sooner = (promise(store, user, clock, days) for days in (9, 2))
    assert [line.record_id for line in due(store)] == [sooner, later]
    assert due(store)[0].title == "Ann Jones"
    assert store.call_read(follow_ups.open_count) == 2


def test_pages_go_on_where_the_last_one_ended(store: Store, user: User, clock: SetClock) -> None:
    """Many promises fall on the same day."""
    every = {promise(store, user, clock, 2) for _promise in range(5)}
    want = Want(limit_rows=2)
    seen = []
    for _page in range(3):
        page = store.call_read(follow_ups.page, want, user=user)
        seen += [line.record_id for line in page.lines]
        want = want._replace(place=page.lines[-1].place)
    assert len(seen) == 5
    assert set(seen) == every
    assert not page.more


def test_done_leaves_the_list_and_can_be_taken_back(
    store: Store, user: User, clock: SetClock
) -> None:
    """The wrong line is marked easily; who did it and when is kept."""
    contact_id = promise(store, user, clock, 2)
    [line] = due(store)
    store.call_write(follow_ups.set_done, line.id, True, now=clock.moment, user=user)
    assert due(store) == []
    [done] = store.call_read(follow_ups.of_record, kinds.CONTACT, contact_id, user=user)
    assert (done.done_at, done.done_by) == (clock.moment, user.name)
    store.call_write(follow_ups.set_done, line.id, False, now=clock.moment, user=user)
    assert due(store) == [line]
    assert store.call_read(follow_ups.of_record, kinds.CONTACT, contact_id, user=user) == [line]


def test_follow_up_that_is_not_there_is_told(store: Store, user: User, clock: SetClock) -> None:
    """Never a silent success."""
    with pytest.raises(NotFoundError):
        store.call_write(follow_ups.set_done, "none", True, now=clock.moment, user=user)


def test_administrator_finishes_nothing(store: Store, user: User, clock: SetClock) -> None:
    """It is casework."""
    promise(store, user, clock, 2)
    [line] = due(store)
    administrator = user._replace(role=Role.ADMINISTRATOR)
    with pytest.raises(NotAllowedError):
        store.call_write(follow_ups.set_done, line.id, True, now=clock.moment, user=administrator)
    assert due(store) == [line]


def test_what_is_due_is_read_by_its_index(store: Store) -> None:
    """The first screen of every officer reads it at every start."""
    for sql in (
        "SELECT f.id FROM follow_up AS f WHERE f.done_at = ''"
        " AND f.record_table IN (SELECT value FROM json_each('[]'))"
        " AND TRUE ORDER BY f.due_on ASC, f.id ASC LIMIT 51",
        "SELECT count(*) FROM follow_up WHERE done_at = ''",
    ):
        plan = store.call_read(Connection.execute, f"EXPLAIN QUERY PLAN {sql}").fetchall()
        steps = [step[3] for step in plan]
        assert any("follow_up_by_due" in step for step in steps)
        assert not any("TEMP B-TREE" in step for step in steps)


def test_promise_tells_its_day_and_who_kept_it_when(
    store: Store, user: User, clock: SetClock
) -> None:
    """The promised day stays to be seen: late is told by both."""
    contact_id = promise(store, user, clock, 2)
    [line] = due(store)
    assert follow_ups.told(line) == "Answer in writing, by 20 Nov 2026"
    store.call_write(follow_ups.set_done, line.id, True, now=clock.moment, user=user)
    [done] = store.call_read(follow_ups.of_record, kinds.CONTACT, contact_id, user=user)
    kept = "Answer in writing, by 20 Nov 2026, done 18 Nov 2026 10:05"
    assert follow_ups.told(done) == f"{kept} by {user.name}"
    assert follow_ups.told(done._replace(done_by="")) == kept


def test_a_promise_on_a_record_of_any_desk_stands_in_the_same_list(
    store: Store, user: User, clock: SetClock
) -> None:
    """The next desk needs no list of its own; a record that is not here yet waits unseen."""
    contact_id = promise(store, user, clock, 2)
    person_id = store.call_read(contact_lines.record, contact_id, user=user).person_id or ""
    given = ("task", "Send the map", dt.date(2026, 11, 18))
    for record_id in (person_id, "not here yet"):
        store.call_write(follow_ups.promise, kinds.PERSON, record_id, *given, user=user)
    told = [(line.record_table, line.title, line.what) for line in due(store)]
    assert told == [("person", "Ann Jones", "Send the map"), ("contact", "Ann Jones", "")]
    [line] = store.call_read(follow_ups.of_record, kinds.PERSON, person_id, user=user)
    assert line.what == "Send the map"


def test_no_promise_tells_of_a_case_of_restricted_roles(
    store: Store, user: User, clock: SetClock
) -> None:
    """Cases have items of their own; their titles are for the roles of their scheme."""
    hand = Hand(store, user, clock)
    given = ("task", "Ring", dt.date(2026, 11, 18))
    store.call_write(follow_ups.promise, kinds.CASE, hand.open(), *given, user=user)
    assert due(store) == []
