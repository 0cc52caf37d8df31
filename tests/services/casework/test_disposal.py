"""Disposal takes two people, and what they erase is gone from every page of the store."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlcipher3.dbapi2 import IntegrityError

from deskapp.data.connection import Connection
from deskapp.data.ids import new_id
from deskapp.errors import NotAllowedError, NotFoundError
from deskapp.roles import Role
from deskapp.services import drafts, links
from deskapp.services.casework import cases, disposal, managing, projection
from deskapp.services.casework.refused import RefusedError
from deskapp.services.erasing import NotErasedError
from tests.builders import a_draft
from tests.services.casework.hand import Hand

LATER = dt.datetime(2034, 1, 9, 9, tzinfo=dt.UTC)
"""The schemes of the tests keep their cases for seven years."""
SECRET = "Zebedee"


@pytest.fixture
def leader(hand: Hand) -> Hand:
    """A team leader at the desk."""
    hand.user = hand.user._replace(role=Role.TEAM_LEADER)
    return hand


@pytest.fixture
def closed(leader: Hand) -> str:
    """A closed case with a closed child, both over in 2033."""
    case_id, child = leader.open(about=SECRET), new_id()
    leader.call(cases.do, case_id, "breach", {"days": 3}, child_id=child)
    leader.call(cases.do, child, "finish")
    leader.call(cases.add_item, case_id, "check", {"what": SECRET})
    leader.call(cases.do, case_id, "finish")
    leader.call(cases.close_item, case_id, "tidy", "done")
    return case_id


def other(hand: Hand) -> Hand:
    """Another team leader comes to the desk."""
    hand.user = hand.user._replace(id=new_id(), name="Lee Example")
    return hand


def everything(hand: Hand) -> str:
    """All that the store holds, in one text."""

    def dump(connection: Connection) -> str:
        tables = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table'"
        ).fetchall()
        rows = (connection.execute(f"SELECT * FROM {name}").fetchall() for (name,) in tables)
        return "\n".join(map(str, rows))

    return hand.store.call_read(dump)


def test_one_proposes_and_another_erases(leader: Hand, closed: str) -> None:
    """What is left says that it was, and who decided, and nothing about anybody."""
    leader.clock.shows(LATER)
    contact = new_id()
    leader.store.call_write(
        links.link, "contact", contact, "case_record", closed,
        user=leader.user, now=leader.clock.moment,
    )  # fmt: skip
    draft = a_draft(leader.user, leader.clock, values={drafts.RECORD: closed, "note": SECRET})
    leader.store.call_jot(drafts.keep, draft)
    leader.call(managing.propose_disposal, closed, note="The period is over")
    erased = leader.store.call_write(disposal.confirm, other(leader).acting, closed)
    assert SECRET not in everything(leader)
    for table in ("case_record", "case_event", "case_state", "case_item", "record_link"):
        assert leader.count(table) == 0
    assert leader.store.call_read(drafts.waiting, draft.officer_id) == []
    assert {each.scheme for each in erased} == {"test", "child"}
    assert {each.confirmed_by for each in erased} == {leader.user.id}
    assert leader.store.call_read(disposal.certificates, leader.acting) == erased
    leader.store.call_jot(projection.rebuild, leader.book, leader.clock.moment)
    assert leader.count("case_state") == 0
    assert leader.rows("SELECT count(*) FROM change_log WHERE delta = '{}'")[0][0] > 0
    assert leader.rows("SELECT applying FROM sync_state") == [(0,)]


def test_nobody_confirms_their_own_proposal(leader: Hand, closed: str) -> None:
    """Two persons: the sheet leaves no way around it."""
    leader.clock.shows(LATER)
    with pytest.raises(NotErasedError, match="propose it first"):
        leader.call(disposal.confirm, closed)
    leader.call(managing.propose_disposal, closed, note="Over")
    with pytest.raises(NotErasedError, match="somebody else"):
        leader.call(disposal.confirm, closed)
    assert leader.count("case_record") == 2
    assert leader.count("purge_log") == 0


def test_a_hold_takes_a_proposal_back(leader: Hand, closed: str) -> None:
    """After the hold somebody looks again, and proposes again."""
    leader.clock.shows(LATER)
    leader.call(managing.propose_disposal, closed, note="Over")
    with pytest.raises(RefusedError, match="proposed already"):
        leader.call(managing.propose_disposal, closed, note="Over")
    leader.call(managing.hold, closed, "complaint", note="Asked for")
    [ripe] = leader.store.call_read(disposal.due, leader.acting)
    assert (ripe.held, ripe.proposal) == (("complaint",), None)
    with pytest.raises(NotErasedError, match="hold must end"):
        other(leader).call(disposal.confirm, closed)
    with pytest.raises(RefusedError, match="hold must end"):
        leader.call(managing.propose_disposal, closed, note="Over")
    leader.call(managing.release, closed, "complaint")
    with pytest.raises(NotErasedError, match="propose it first"):
        leader.call(disposal.confirm, closed)
    leader.call(managing.propose_disposal, closed, note="Over")


def test_who_names_a_case_of_a_family_means_all_of_it(leader: Hand, closed: str) -> None:
    """Their events are folded together, so one of them cannot go alone."""
    leader.clock.shows(LATER)
    [child] = [case for (case,) in leader.rows("SELECT id FROM case_record") if case != closed]
    leader.call(managing.propose_disposal, child, note="Over")
    [ripe] = leader.store.call_read(disposal.due, leader.acting)
    assert (ripe.line.id, ripe.proposal is not None) == (closed, True)
    assert len(other(leader).call(disposal.confirm, child)) == 2


def test_before_its_time_nothing_is_proposed(leader: Hand, closed: str) -> None:
    """Nor of a case whose family is still in work, without a note, or by an officer."""
    with pytest.raises(RefusedError, match="period of keeping must be over"):
        leader.call(managing.propose_disposal, closed, note="Over")
    leader.clock.shows(LATER)
    with pytest.raises(RefusedError, match="note"):
        leader.call(managing.propose_disposal, closed, note=" ")
    open_case = leader.open()
    with pytest.raises(RefusedError, match="must be closed"):
        leader.call(managing.propose_disposal, open_case, note="Over")
    leader.user = leader.user._replace(role=Role.OFFICER)
    for verb, given in ((managing.propose_disposal, {"note": "Over"}), (disposal.confirm, {})):
        with pytest.raises(NotAllowedError):
            leader.call(verb, closed, **given)
    with pytest.raises(NotAllowedError):
        leader.store.call_read(disposal.certificates, leader.acting)


def test_a_restricted_case_is_disposed_of_by_those_who_may_know_of_it(leader: Hand) -> None:
    """For the others there is no such case."""
    plain = leader.user
    leader.user = plain._replace(scheme_roles=frozenset({"warden"}))
    case_id = leader.open("hidden")
    leader.call(cases.do, case_id, "finish")
    leader.call(cases.close_item, case_id, "tidy", "done")
    leader.clock.shows(LATER)
    leader.call(managing.propose_disposal, case_id, note="Over")
    leader.user = plain._replace(id=new_id())
    assert leader.store.call_read(disposal.due, leader.acting) == []
    with pytest.raises(NotFoundError):
        leader.call(disposal.confirm, case_id)


def test_nothing_else_is_erased(leader: Hand, closed: str) -> None:
    """The neighbours of a case stay, and the store still refuses every other way to delete."""
    leader.clock.shows(LATER)
    stays = leader.open()
    leader.call(managing.propose_disposal, closed, note="Over")
    other(leader).call(disposal.confirm, closed)
    assert leader.ids() == [stays]
    with pytest.raises(IntegrityError, match="never deleted"):
        leader.store.call_jot(lambda connection: connection.execute("DELETE FROM case_event"))
