"""Expenses over two desks: entered at one, approved at the other, or at both without a line."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from deskapp.data.ids import new_id
from deskapp.roles import Role
from deskapp.services import desk_key, local_files
from deskapp.services.days import Days
from deskapp.services.jury import (
    by_list,
    claim_entry,
    claim_rows,
    claim_state,
    claiming,
    day_end,
    reports,
)
from deskapp.services.jury.claim_state import ClaimDay, State
from deskapp.services.jury.refusals import Refusal, RefusedError
from deskapp.services.jury.report_table import Asked, Kind
from deskapp.services.jury.stages import Stage
from tests import stores
from tests.builders import SITE, SetClock
from tests.central.test_register import Apart, Pair
from tests.jury_desk import JuryDesk, number
from tests.sim.central import MemoryCentral

BASIS = claim_state.basis(local_files.SHIPPED)
NINE, FOUR = dt.time(9), dt.time(16)


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    """An officer at one desk, a manager at the other; a juror whose day is confirmed."""
    central = MemoryCentral(SetClock().clock, random.Random(7), SITE)
    desks = []
    for name in ("one", "two"):
        clock = SetClock()
        store = stores.new(tmp_path / name, site=SITE, clock=clock.clock)
        store.call_jot(desk_key.request)
        desks.append(Apart(store, clock, central))
    made = Pair(*desks)
    made.two.user = made.two.user._replace(role=Role.MANAGER)
    made.one.do(by_list.check_in_these, [number(0)], NINE)
    made.one.do(day_end.confirm, FOUR)
    made.meet()
    yield made
    for desk in desks:
        desk.store.close()


def day_at(desk: JuryDesk) -> ClaimDay:
    """The claim of the day as a desk has it."""
    [day] = desk.store.call_read(claim_rows.days_of, number(0), BASIS)
    return day


def enter(desk: JuryDesk, **typed: str) -> None:
    """Type something at a desk."""
    known = day_at(desk)
    given = claim_entry.read({**claim_entry.values_of(known), **typed}, known)
    desk.do(claiming.enter, BASIS, known.id, given, seen=known.seen)


def submit(desk: JuryDesk) -> None:
    desk.do(claiming.submit, BASIS, number(0), claim_state.seen([day_at(desk)]))


def approve(desk: JuryDesk) -> list[Decimal]:
    """Approve at a desk; what is paid."""
    paid = desk.do(claiming.approve, BASIS, number(0), claim_state.seen([day_at(desk)]))
    return [each.payment.total for each in paid]


def paid_by_bank(desk: JuryDesk) -> list[tuple[object, ...]]:
    """The list of payments that a desk prints: amount, and whether it is to be checked."""
    month = Days(dt.date(2026, 11, 1), dt.date(2026, 11, 30))
    return [row[-2:] for row in desk.read(reports.read, Asked(Kind.BANK, month)).rows]


def test_what_one_desk_submits_another_approves(pair: Pair) -> None:
    """And of what is changed after that only the difference is paid, wherever it was changed."""
    enter(pair.one, loss="50", food="YES")
    submit(pair.one)
    pair.meet()
    assert approve(pair.two) == [Decimal("55.71")]
    pair.meet()
    assert (day_at(pair.one).state, day_at(pair.one).stage) == (
        State.APPROVED, Stage.EXPENSE_AUTHORISED,
    )  # fmt: skip
    enter(pair.one, public_transport="4.20")
    pair.meet()
    assert (day_at(pair.two).state, day_at(pair.two).stage) == (
        State.EDITED, Stage.EXPENSE_EDITED,
    )  # fmt: skip
    pair.two.user = pair.two.user._replace(id="another-manager")
    assert approve(pair.two) == [Decimal("4.20")]
    pair.meet()
    assert day_at(pair.one).seen == day_at(pair.two).seen
    assert paid_by_bank(pair.one) == [(Decimal("55.71"), ""), (Decimal("4.20"), "")]


def test_whoever_changed_it_at_their_own_desk_cannot_approve_it(pair: Pair) -> None:
    """Of two entries made apart the newer fields stand; both authors are known."""
    enter(pair.two, loss="40")
    pair.one.clock.passes(minutes=1)
    enter(pair.one, loss="50")
    submit(pair.one)
    pair.meet()
    with pytest.raises(RefusedError) as refused:
        approve(pair.two)
    assert refused.value.code is Refusal.OWN_SUBMISSION
    assert day_at(pair.one).seen == day_at(pair.two).seen


def test_two_approvals_without_a_line_stand_out_before_anybody_pays(pair: Pair) -> None:
    """Neither manager could know of the other."""
    enter(pair.one, loss="50")
    submit(pair.one)
    pair.meet()
    first = JuryDesk(pair.one.store, pair.one.clock, pair.one.user)
    first.user = first.user._replace(id=new_id(), role=Role.MANAGER)
    assert approve(first) == approve(pair.two) == [Decimal("50.00")]
    pair.meet()
    for desk in (pair.one, pair.two):
        assert paid_by_bank(desk) == [(Decimal("50.00"), "PAID TWICE?")] * 2
