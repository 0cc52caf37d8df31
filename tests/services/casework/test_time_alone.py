"""What opens because time passes is in the lists as soon as it would be on any other desk."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deskapp.data.ids import new_id
from deskapp.errors import DeskError
from deskapp.services.casework import cases, due_lists, projection, turning
from deskapp.services.casework.book import Rulebook
from deskapp.services.casework.case_lists import Which
from deskapp.services.paging import Want
from tests.services.casework.desk import EW
from tests.services.casework.hand import CHILD, Hand, NewHand, a_scheme
from tests.services.casework.shipped import ShippedHand
from tests.services.casework.test_projection import anew, kept

TIMED = """
[[field]]
id = "about"
type = "text"
[[field]]
id = "due_on"
type = "date"
[[field]]
id = "met_at"
type = "datetime"
[[item]]
id = "review"
opens = { stage = "first" }
while = ["first"]
from = "due_on"
every = { days = 3 }
first = 0
times = 6
[[item]]
id = "prepare"
lead_of = "review"
due = { before = "item:review", working_days = 1 }
[[item]]
id = "rung"
[[item]]
id = "late"
opens = { stage = "second", when = { passed = { after = "met_at", hours = 2 } } }
due = { after = "met_at", hours = 3 }
[[item]]
id = "quiet"
opens = { when = { all = [
  { field = "due_on", set = true },
  { count = { item = "rung", within = { days = 2 } }, is = 0 },
  { passed = { after = "due_on", days = 1 } },
] } }
due = { choose = [ { when = { passed = { after = "due_on", days = 9 } }, on = "due_on" },
                   { after = "due_on", days = 20 } ] }
[[action]]
id = "ring"
from = ["*"]
to = "="
records = [ { item = "rung", outcome = "done" } ]
[[action]]
id = "breach"
from = ["*"]
to = "="
child = "child"
"""
BOOK = Rulebook.of(
    [
        a_scheme("test", TIMED),
        a_scheme("child", CHILD),
        a_scheme("hidden", TIMED, head='visibility = "restricted"\nroles = ["officer"]\n'),
    ],
    EW,
)
STEPS = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.sampled_from(["ring", "go", "back", "finish", "breach", "close", "day", "met", "look"]),
        st.sampled_from([dt.timedelta(), dt.timedelta(hours=3), dt.timedelta(days=2, minutes=1)]),
    ),
    max_size=10,
)
LATER = st.integers(0, 40 * 24 * 60).map(lambda minutes: dt.timedelta(minutes=minutes))


@pytest.fixture
def timed(hand: Hand) -> Hand:
    """The officer of the desk, with schemes in which much depends on the time."""
    hand.book = BOOK
    return hand


def catch_up(hand: Hand, limit: int = 2) -> int:
    """Work out what time changed, in small steps; gives how many there were."""
    steps = 0
    is_behind = hand.store.call_read(turning.is_behind, hand.acting.at)
    while is_behind:
        args = (hand.book, hand.acting.at, limit)
        is_behind = hand.store.call_jot(projection.catch_up, *args)
        steps += 1
    return steps


def worked(hand: Hand, steps: list[tuple[int, str, dt.timedelta]]) -> None:
    """Some work on three cases over some days; what is refused is left out."""
    made = [
        hand.open("test", due_on="2026-11-20", met_at="2026-11-19T10:00"),
        hand.open("test"),
        hand.open("hidden", due_on="2026-11-16"),
    ]
    for number, what, length in steps:
        hand.clock.passes(seconds=length.total_seconds())
        case_id = made[number]
        try:
            match what:
                case "breach":
                    hand.call(cases.do, case_id, "breach", {"days": 3}, child_id=new_id())
                case "close":
                    hand.call(cases.close_item, case_id, "review#1", "done")
                case "day":
                    hand.call(cases.fill_in, case_id, {"due_on": f"{hand.clock.today}"})
                case "met":
                    hand.call(cases.fill_in, case_id, {"met_at": f"{hand.clock.today}T09:00"})
                case "look":
                    hand.call(cases.look, case_id)
                case action:
                    hand.call(cases.do, case_id, action, note="note")
        except DeskError:
            continue


def shown(hand: Hand) -> list[Any]:
    """Everything that the lists show, and all that was worked out for them."""
    until = hand.clock.today + dt.timedelta(days=400)
    items = hand.store.call_read(due_lists.page, Want(), hand.acting, until).lines
    return [*kept(hand.store), *(hand.lines(which) for which in Which), items]


@settings(max_examples=40, deadline=None, suppress_health_check=[*HealthCheck])
@given(STEPS, st.lists(LATER, min_size=1, max_size=3))
def test_a_list_is_right_after_any_passing_of_time(
    new_hand: NewHand, steps: list[tuple[int, str, dt.timedelta]], waits: list[dt.timedelta]
) -> None:
    """As right as if every case had been worked out from its events at that moment."""
    with new_hand() as hand:
        hand.book = BOOK
        worked(hand, steps)
        for wait in waits:
            hand.clock.passes(seconds=wait.total_seconds())
            catch_up(hand)
            seen = shown(hand)
            assert anew(hand, BOOK) == 0
            assert shown(hand) == seen


def test_before_its_moment_no_case_is_worked_out_again(timed: Hand) -> None:
    """Reading a list costs one question as long as nothing changed."""
    timed.open("test", due_on="2026-11-20")
    assert catch_up(timed) == 0
    timed.clock.passes(days=1)
    assert catch_up(timed) == 0
    timed.clock.passes(days=30)
    assert catch_up(timed) > 0
    assert catch_up(timed) == 0


def test_much_is_worked_out_in_small_steps_that_stay_done(timed: Hand) -> None:
    """After a long weekend no list waits for all of it, and no other write does."""
    for _number in range(5):
        timed.open("test", due_on="2026-11-20")
    timed.clock.passes(days=3)
    behind = "SELECT count(*) FROM case_state WHERE turns_key <= '2026-11-21T12'"
    assert timed.rows(behind) == [(5,)]
    assert timed.store.call_jot(projection.catch_up, timed.book, timed.acting.at, 2)
    assert timed.rows(behind) == [(3,)]
    assert catch_up(timed) == 2


def test_a_case_without_its_scheme_is_asked_about_once_a_day(timed: Hand) -> None:
    """Else the lists would never be done with it."""
    timed.open("test", due_on="2026-11-20")
    timed.clock.passes(days=9)
    before = timed.rows("SELECT * FROM case_item")
    assert before
    timed.book, whole = Rulebook.of([], EW), timed.book
    assert catch_up(timed) == 1
    assert catch_up(timed) == 0
    timed.book = whole
    assert timed.rows("SELECT * FROM case_item") == before
    timed.clock.passes(days=1)
    assert catch_up(timed) == 1
    assert timed.rows("SELECT * FROM case_item") != before


def test_a_late_loan_is_in_the_list_without_anybody_touching_the_key(shipped: ShippedHand) -> None:
    """An hour behind closing time the team leader is to be told. Source: site sheet, section 5."""
    key = shipped.open("key", number="K7", level="single")
    told = {"holder": "Ann Fictional", "holder_authorised": "yes"}
    shipped.call(cases.do, key, "issue", {**told, "issued_at": f"{shipped.clock.today}T10:00"})

    def waits() -> list[str]:
        catch_up(shipped)
        until = shipped.clock.today + dt.timedelta(days=1)
        lines = shipped.store.call_read(due_lists.page, Want(), shipped.acting, until).lines
        return [line.name for line in lines]

    assert waits() == ["loan"]
    shipped.clock.passes(hours=9)
    assert waits() == ["loan", "tell_team_leader"]
    shipped.clock.passes(hours=1)
    assert waits() == ["loan", "tell_team_leader", "tell_spos_at_close"]
