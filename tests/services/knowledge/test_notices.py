"""A notice to staff waits for everybody of the site until they say that they have read it."""

from __future__ import annotations

import pytest

from deskapp.data.connection import Connection
from deskapp.data.store import Store
from deskapp.errors import NotAllowedError, NotFoundError
from deskapp.roles import Role, User
from deskapp.services import home
from deskapp.services.knowledge import local_decide, notices
from deskapp.services.knowledge.local_check import Checked
from tests.builders import SITE, SetClock
from tests.services.knowledge.local_desk import (
    LEADER,
    Writing,
    a_notice,
    an_article,
)

OTHER = User("other", "Olu Other", Role.TEAM_LEADER, SITE)


@pytest.fixture
def writing(store: Store, clock: SetClock, user: User) -> Writing:
    """A team leader writes; the officer of the desk and another leader are at the site too."""
    rows = [(each.id, each.site, each.name, each.role.value) for each in (LEADER, OTHER)]
    sql = "INSERT INTO officer (id, home_site, name, role) VALUES (?, ?, ?, ?)"
    store.call_jot(Connection.executemany, sql, rows)
    return Writing(store, clock, LEADER)


def approve(writing: Writing, row_id: str) -> None:
    """The other leader approves what waits."""
    passed = Checked(writing.item(row_id).line.version, ())
    writing.do(local_decide.submit, row_id, "", passed)
    writing.do(local_decide.approve, row_id, "", passed, user=OTHER)


def waiting(store: Store, user: User, clock: SetClock) -> list[str]:
    """The notices on somebody's first screen."""
    lines = store.call_read(home.look, user=user, now=clock.moment).lines
    return [line.id for line in lines if line.what == "Notice to staff"]


def told(store: Store, row_id: str) -> dict[str, str]:
    """What the team leader sees of each."""
    return {each.name: each.told() for each in store.call_read(notices.readers, row_id, user=OTHER)}


def test_it_waits_until_it_is_read_and_again_when_it_is_changed(
    store: Store, clock: SetClock, user: User, writing: Writing
) -> None:
    """Who wrote or approved a version knows it; everybody else says so, of each version."""
    row_id = writing.start(a_notice())
    assert waiting(store, user, clock) == []
    approve(writing, row_id)
    assert [waiting(store, each, clock) for each in (user, LEADER, OTHER)] == [
        ["local:kestrel-lift"], [], []
    ]  # fmt: skip
    assert told(store, row_id) == {
        user.name: "NOT READ YET",
        LEADER.name: "Wrote or approved it",
        OTHER.name: "Wrote or approved it",
    }
    writing.do(notices.have_read, "local:kestrel-lift", user=user)
    assert waiting(store, user, clock) == []
    assert told(store, row_id)[user.name].startswith("Read on ")
    writing.edit(row_id, a_notice(say="Use the back stairs."))
    assert waiting(store, user, clock) == []
    approve(writing, row_id)
    assert waiting(store, user, clock) == ["local:kestrel-lift"]
    assert told(store, row_id)[user.name] == "NOT READ YET"
    writing.do(local_decide.withdraw, row_id, "over", user=OTHER)
    assert waiting(store, user, clock) == []
    assert told(store, row_id) == {}


def test_only_what_is_for_staff_alone_is_a_notice(
    store: Store, clock: SetClock, user: User, writing: Writing
) -> None:
    """Nobody must confirm each article of the desk; and nothing is confirmed twice."""
    row_id = writing.start(an_article())
    approve(writing, row_id)
    assert waiting(store, user, clock) == []
    assert told(store, row_id) == {}
    with pytest.raises(NotFoundError):
        writing.do(notices.have_read, "kestrel-lift", user=user)
    with pytest.raises(NotFoundError):
        writing.do(notices.have_read, "", user=user)


def test_who_has_read_it_is_for_those_who_approve(store: Store, user: User) -> None:
    """It says of colleagues what they did."""
    with pytest.raises(NotAllowedError):
        store.call_read(notices.readers, "any", user=user)
    administrator = user._replace(role=Role.ADMINISTRATOR)
    with pytest.raises(NotAllowedError):
        store.call_read(notices.unread, user=administrator)
