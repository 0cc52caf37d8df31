"""What was promised stands until it is done, the most urgent first."""

from __future__ import annotations

from dataclasses import replace

import pytest

from deskapp.data.connection import Connection
from deskapp.data.store import Store
from deskapp.errors import NotAllowedError, NotFoundError
from deskapp.roles import Role, User
from deskapp.services import follow_ups
from deskapp.services.follow_ups import FollowUpLine
from deskapp.services.paging import Want
from tests.builders import SetClock, save


def promise(store: Store, user: User, clock: SetClock, days: int) -> str:
    """Promise an answer in writing and return the contact's id."""
    extras = {"within_days": str(days)}
    return save(store, user, clock, outcome="EML", extras=extras, person_name="Ann Jones").id


def due(store: Store, limit_rows: int = 50) -> list[FollowUpLine]:
    """What is still to do."""
    return store.call_read(follow_ups.page, Want(limit_rows=limit_rows)).lines


def test_most_urgent_stands_first_whenever_it_was_promised(
    store: Store, user: User, clock: SetClock
) -> None:
    """The officer works from the top."""
    later, sooner = (promise(store, user, clock, days) for days in (9, 2))
    assert [line.contact_id for line in due(store)] == [sooner, later]
    assert due(store)[0].person_name == "Ann Jones"
    assert store.call_read(follow_ups.open_count) == 2


def test_pages_go_on_where_the_last_one_ended(store: Store, user: User, clock: SetClock) -> None:
    """Many promises fall on the same day."""
    every = {promise(store, user, clock, 2) for _promise in range(5)}
    want = Want(limit_rows=2)
    seen = []
    for _page in range(3):
        page = store.call_read(follow_ups.page, want)
        seen += [line.contact_id for line in page.lines]
        want = replace(want, place=page.lines[-1].place)
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
    [(_line, done_at)] = store.call_read(follow_ups.of_contact, contact_id)
    assert done_at == "2026-11-18T10:05:00.000Z"
    store.call_write(follow_ups.set_done, line.id, False, now=clock.moment, user=user)
    assert due(store) == [line]
    [(_line, done_at)] = store.call_read(follow_ups.of_contact, contact_id)
    assert done_at == ""


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
        "SELECT f.id FROM follow_up AS f JOIN contact AS c ON c.id = f.contact_id"
        " WHERE f.done_at = '' AND TRUE ORDER BY f.due_on ASC, f.id ASC LIMIT 51",
        "SELECT count(*) FROM follow_up WHERE done_at = ''",
    ):
        plan = store.call_read(Connection.execute, f"EXPLAIN QUERY PLAN {sql}").fetchall()
        steps = [step[3] for step in plan]
        assert any("follow_up_by_due" in step for step in steps)
        assert not any("TEMP B-TREE" in step for step in steps)
