"""What central could not take: seen with its reason, sent again or taken off, once."""

from __future__ import annotations

import json

import pytest

from deskapp.data import outbox
from deskapp.data.change_state import State
from deskapp.data.connection import Connection
from deskapp.data.store import Store
from deskapp.errors import NotAllowedError, NotFoundError
from deskapp.roles import Role, User
from deskapp.services import home, set_aside
from deskapp.services.paging import Want
from deskapp.services.set_aside import AsideLine
from tests.builders import SetClock, save


@pytest.fixture
def leader(user: User) -> User:
    """The officer, as a team leader."""
    return user._replace(role=Role.TEAM_LEADER)


@pytest.fixture
def aside(store: Store, user: User, clock: SetClock) -> int:
    """Number of a change of a person that central could not take."""
    save(store, user, clock, person_name="Ann Example", phone="01632 960 002")
    store.call_jot(Connection.execute, "UPDATE person SET email = 'ann@example.org'")
    store.call_jot(outbox.seal)
    seq = store.call_read(outbox.newest)
    store.call_jot(outbox.mark, seq, State.APPLIED)
    store.call_jot(outbox.set_aside, {seq: "unknown_field"})
    return seq


def lines(store: Store, user: User) -> list[AsideLine]:
    """What waits."""
    return store.call_read(set_aside.page, Want(limit_rows=10), user=user).lines


def test_it_says_what_was_written_by_whom_and_what_to_do(
    store: Store, leader: User, clock: SetClock, aside: int
) -> None:
    """In words: a code of central tells an officer nothing."""
    [line] = lines(store, leader)
    assert (line.seq, line.record, line.fields) == (aside, "Person Ann Example", "Email")
    assert line.by.startswith(leader.name)
    assert "have it upgraded" in line.reason
    waiting = store.call_read(home.look, user=leader, now=clock.moment).lines
    assert [each.what for each in waiting if each.id == f"{aside}"] == ["Not taken: Email"]


def test_sent_again_it_says_what_stands_now(store: Store, leader: User, aside: int) -> None:
    """A later correction must not be undone by it; what central knows of it stays set aside."""
    store.call_jot(Connection.execute, "UPDATE person SET email = 'new@example.org'")
    store.call_write(set_aside.settle, aside, again=True, user=leader)
    assert lines(store, leader) == []
    newest = "SELECT op, delta, state FROM change_log ORDER BY seq DESC LIMIT 1"
    [(op, delta, state)] = store.call_read(Connection.execute, newest).fetchall()
    assert (op, json.loads(delta), state) == ("U", {"email": "new@example.org"}, State.PENDING)
    store.call_jot(outbox.set_aside, {aside: "unknown_field"})
    assert lines(store, leader) == []
    with pytest.raises(NotFoundError, match="meanwhile"):
        store.call_write(set_aside.settle, aside, again=True, user=leader)


def test_taken_off_nothing_is_sent(store: Store, leader: User, aside: int) -> None:
    """It was entered again by hand, or nobody needs it."""
    before = store.call_read(outbox.newest)
    store.call_write(set_aside.settle, aside, again=False, user=leader)
    assert lines(store, leader) == []
    assert store.call_read(outbox.newest) == before


def test_officers_do_not_decide_what_is_sent(store: Store, user: User, aside: int) -> None:
    """Nor are they shown it."""
    with pytest.raises(NotAllowedError):
        lines(store, user)
    with pytest.raises(NotAllowedError):
        store.call_write(set_aside.settle, aside, again=True, user=user)
