"""Two desks that scan the same juror offline: one day comes of it, what is in doubt is shown.

Each rule holds at a central in memory, which merges as the real one does, and at the real one.
"""

from __future__ import annotations

import datetime as dt
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from deskapp.data.connection import Connection
from deskapp.data.store import Store
from deskapp.errors import DeskError
from deskapp.roles import Role, User
from deskapp.services import conflicts, desk_key, exchange
from deskapp.services import desk as desk_service
from deskapp.services.jury import by_list, day_end, scans
from deskapp.services.jury.lines import JurorLine
from deskapp.services.jury.merging import Doubt
from deskapp.services.jury.stages import Stage, Status
from deskapp.services.paging import Want
from tests import stores
from tests.builders import SITE, SetClock
from tests.central.conftest import Desk
from tests.jury_desk import JuryDesk, number
from tests.sim.central import MemoryCentral

NINE, FIVE_PAST = dt.time(9, 0), dt.time(9, 5)
FOUR, HALF_PAST = dt.time(16, 0), dt.time(16, 30)


class Pair:
    """Two desks of one court that know the same jurors and then work apart."""

    def __init__(self, one: Desk | Apart, two: Desk | Apart) -> None:
        self.desks = (one, two)
        self.one, self.two = (
            JuryDesk(desk.store, desk.clock, _seated(desk, name))
            for desk, name in ((one, "Officer One"), (two, "Officer Two"))
        )
        self.one.jurors(3)
        self.meet()

    def meet(self) -> None:
        """Exchange until both have everything."""
        for desk in (*self.desks, *self.desks):
            desk.sync()

    def of_both(self, of: int = 0) -> JurorLine:
        """How a juror stands, which must be the same on both."""
        one, two = self.one.line(of), self.two.line(of)
        assert one == two
        return one

    def waiting(self) -> list[tuple[str, str, str]]:
        """What somebody must look at: table, field, and the value or doubt that did not stand."""
        rows = self.one.store.call_read(
            Connection.execute,
            "SELECT tbl, field, losing FROM conflict WHERE resolved_at = '' ORDER BY field",
        ).fetchall()
        return [(tbl, name, str(json.loads(losing))) for tbl, name, losing in rows]

    def decided(self) -> list[tuple[str, str]]:
        """What was kept though nobody must look at it."""
        rows = self.one.store.call_read(
            Connection.execute,
            "SELECT field, losing FROM conflict WHERE resolved_at <> '' ORDER BY field, losing",
        ).fetchall()
        return [(name, str(json.loads(losing))) for name, losing in rows]


def _seated(desk: Desk | Apart, name: str) -> User:
    user = desk.store.call_write(desk_service.set_up, name, role=Role.TEAM_LEADER, site=SITE)
    desk.store.actor = user.id
    return user


class Apart(NamedTuple):
    """A desk that exchanges with a central in memory."""

    store: Store
    clock: SetClock
    central: MemoryCentral

    def sync(self) -> None:
        """Exchange once; what waits is merged."""
        exchange.with_central(self.store, self.central, clock=self.clock.clock)
        self.central.apply()
        exchange.with_central(self.store, self.central, clock=self.clock.clock)


@pytest.fixture(params=["memory", "postgres"])
def pair(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Pair]:
    """Two desks that have exchanged."""
    if request.param == "postgres":
        enrolled = request.getfixturevalue("enrolled")
        yield Pair(*(enrolled(name, may_apply=True, restricted=True) for name in ("one", "two")))
        return
    central = MemoryCentral(SetClock().clock, random.Random(7), SITE)
    desks = []
    for name in ("one", "two"):
        clock = SetClock()
        store = stores.new(tmp_path / name, site=SITE, clock=clock.clock)
        store.call_jot(desk_key.request)  # makes its key
        desks.append(Apart(store, clock, central))
    yield Pair(*desks)
    for desk in desks:
        desk.store.close()


def test_two_scans_of_one_juror_are_one_day(pair: Pair) -> None:
    """Earliest in, latest out, both authors; what did not stand is kept, decided."""
    pair.one.do(scans.check_in, number(0), FIVE_PAST)
    pair.two.do(scans.check_in, number(0), NINE)
    pair.one.do(scans.check_out, number(0), HALF_PAST)
    pair.two.do(scans.check_out, number(0), FOUR)
    pair.meet()
    record = pair.of_both().record
    assert record is not None
    assert (record.time_in, record.time_out) == (NINE, HALF_PAST)
    [(authors,)] = pair.one.store.call_read(
        Connection.execute, "SELECT recorded_by FROM attendance"
    ).fetchall()
    assert len(authors.split()) == 2
    assert pair.waiting() == []
    assert ("time_in", "09:05") in pair.decided()
    assert ("time_out", "16:00") in pair.decided()


def test_a_confirmed_day_wins_over_a_later_scan(pair: Pair) -> None:
    """The scan goes to the list of exceptions; nothing is dropped."""
    pair.one.do(scans.check_in, number(0), NINE)
    pair.one.do(scans.check_out, number(0), HALF_PAST)
    pair.one.do(day_end.confirm)
    pair.desks[0].sync()
    pair.two.do(scans.check_in, number(0), FIVE_PAST)
    pair.meet()
    record = pair.of_both().record
    assert record is not None
    assert (record.stage, record.time_in) == (Stage.EXPENSE_ENTERED, NINE)
    assert record.audit_number.startswith("P")
    assert ("attendance", "time_in", "09:05") in pair.waiting()


def test_who_was_confirmed_as_absent_and_scanned_elsewhere_is_looked_at(pair: Pair) -> None:
    """One desk saw the juror; the record of who was seen counts more."""
    pair.one.do(by_list.check_in_these, [number(1), number(2)], NINE)
    pair.one.do(day_end.confirm, HALF_PAST)
    pair.desks[0].sync()
    pair.two.do(scans.check_in, number(0), NINE)
    pair.meet()
    record = pair.of_both().record
    assert record is not None
    assert record.stage is Stage.CHECKED_IN
    assert ("attendance", "kind", "absent") in pair.waiting()


def test_a_scan_of_somebody_excused_meanwhile_is_looked_at(pair: Pair) -> None:
    """The status is no longer one that may attend at the centre."""
    pair.one.set(0, status=int(Status.EXCUSED), next_on="")
    pair.desks[0].sync()
    pair.two.do(scans.check_in, number(0), NINE)
    pair.meet()
    line = pair.of_both()
    assert line.record is not None
    assert ("attendance", "stage", Doubt.STATUS_CHANGED.value) in pair.waiting()


def test_what_one_desk_took_back_stands_as_the_other_saw_it(pair: Pair) -> None:
    """A person looks at it."""
    pair.one.do(scans.check_in, number(0), NINE)
    pair.one.do(scans.undo)
    pair.two.do(scans.check_in, number(0), FIVE_PAST)
    pair.meet()
    assert pair.of_both().record is not None
    assert ("attendance", "kind", "") in pair.waiting()


def test_a_correction_of_what_was_seen_is_believed(pair: Pair) -> None:
    """It is no clash: the other desk's time stood before the eyes of who changed it."""
    pair.one.do(scans.check_in, number(0), NINE)
    pair.meet()
    pair.two.do(scans.check_out, number(0), FOUR)
    pair.meet()
    record = pair.of_both().record
    assert record is not None
    assert (record.time_in, record.time_out) == (NINE, FOUR)
    assert pair.waiting() == []
    assert pair.decided() == []


def test_exceptions_are_listed_in_words_and_cannot_be_put_back_blindly(pair: Pair) -> None:
    """The list of conflicts shows the juror's number and the day, no name."""
    pair.one.set(0, status=int(Status.EXCUSED), next_on="")
    pair.desks[0].sync()
    pair.two.do(scans.check_in, number(0), NINE)
    pair.meet()
    page = pair.one.store.call_read(conflicts.page, Want(), user=pair.one.user)
    [line] = [each for each in page.lines if each.table == "attendance"]
    assert number(0) in line.record
    assert "Ash" not in line.record
    assert "status" in line.other
    assert line.standing == "Checked in"

    with pytest.raises(DeskError):
        pair.one.store.call_write(
            conflicts.decide, line.id, restore=True, user=pair.one.user, now=pair.one.clock.moment
        )
