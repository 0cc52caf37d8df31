"""Jurors are kept for a while and then erased by two people, with every trace of their numbers."""

from __future__ import annotations

import datetime as dt

import pytest

from deskapp.data.connection import Connection
from deskapp.data.registry import JURY
from deskapp.errors import FormProblemsError, NotAllowedError
from deskapp.roles import Role
from deskapp.services.erasing import NotErasedError
from deskapp.services.jury import by_list, day_end, disposal, panels, trial_lines, trials
from deskapp.services.jury.trials import TrialDraft
from tests.jury_desk import POOL, JuryDesk, number

NINE, FOUR = dt.time(9), dt.time(16)
NEW = "411281101"


@pytest.fixture
def old(court: JuryDesk) -> JuryDesk:
    """A pool whose last day was two years and a month ago, and one of today that shares a juror."""
    court.jurors(3)
    court.do(by_list.check_in_by_list, NINE)
    trial = court.do(trials.open_trial, TrialDraft("T1")).id
    court.do(trials.draw_panel, trial, 2)
    court.do(panels.return_panel, trial, [each.juror.number for each in _members(court, trial)])
    court.do(day_end.confirm, FOUR)
    court.clock.shows(dt.datetime(2028, 12, 19, 9, tzinfo=dt.UTC))
    court.pool(NEW, start="2028-12-18")
    court.set(0, active=0)
    court.juror(0, pool=NEW)
    return court


def _members(court: JuryDesk, trial: str) -> tuple[trial_lines.MemberLine, ...]:
    return court.store.call_read(trial_lines.record, court.acting, trial).members


def leader(court: JuryDesk, name: str) -> JuryDesk:
    """A team leader."""
    other = court.as_(Role.TEAM_LEADER)
    other.user = other.user._replace(id=name)
    return other


def propose(court: JuryDesk, reason: str = "Two years are over") -> int:
    """Propose what is due."""
    return court.store.call_write(disposal.propose, court.acting, reason)


def confirm(court: JuryDesk) -> int:
    """Erase what another proposed."""
    return court.store.call_write(disposal.confirm, court.acting)


def test_a_pool_is_due_after_its_months(old: JuryDesk) -> None:
    """Counted from its last day at court, by what the settings say."""
    [ripe] = leader(old, "a").read(disposal.due)
    assert (ripe.number, ripe.jurors, ripe.last_on) == (POOL, 3, dt.date(2026, 11, 18))
    old.clock.shows(dt.datetime(2028, 11, 18, 9, tzinfo=dt.UTC))
    assert leader(old, "a").read(disposal.due) == []


def test_two_people_erase_it(old: JuryDesk) -> None:
    """Nobody alone, nobody without a reason, and no officer."""
    one, two = leader(old, "a"), leader(old, "b")
    with pytest.raises(NotAllowedError):
        propose(old)
    with pytest.raises(NotErasedError):
        confirm(two)
    with pytest.raises(FormProblemsError):
        propose(one, " ")
    assert propose(one) == 1
    assert propose(two) == 0
    with pytest.raises(NotErasedError):
        confirm(one)
    assert confirm(two) == 1
    assert one.read(disposal.due) == []


def test_no_number_of_an_erased_juror_is_left(old: JuryDesk) -> None:
    """In no table, no draw, no step for many and nothing that waits for the exchange."""
    propose(leader(old, "a"))
    confirm(leader(old, "b"))
    tables = (*JURY, "change_log")
    for gone in (number(1), number(2)):
        for table in tables:
            rows = old.store.call_read(Connection.execute, f"SELECT * FROM {table}").fetchall()
            assert not [row for row in rows if gone in str(row)], table


def test_who_serves_in_another_pool_stays(old: JuryDesk) -> None:
    """With that membership alone."""
    propose(leader(old, "a"))
    confirm(leader(old, "b"))
    assert old.line(0).pool == NEW
    rows = old.store.call_read(Connection.execute, "SELECT pool FROM juror_in_pool").fetchall()
    assert rows == [(NEW,)]
    [(ref, scheme)] = old.store.call_read(
        Connection.execute, "SELECT ref, scheme FROM purge_log"
    ).fetchall()
    assert (ref, scheme) == (POOL, "jury")


def test_a_claim_that_waits_for_approval_holds_its_pool(old: JuryDesk) -> None:
    """Somebody is owed something."""
    old.store.call_jot(Connection.execute, "UPDATE attendance_expense SET state = 'submitted'")
    assert leader(old, "a").read(disposal.due) == []
