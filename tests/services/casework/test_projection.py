"""What lists show is worked out from events alone, so it can be made anew at any time."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deskapp.data.connection import Connection
from deskapp.data.ids import new_id
from deskapp.data.store import Store
from deskapp.errors import DeskError
from deskapp.services.casework import (
    case_rows,
    cases,
    due_lists,
    fold,
    projection,
    stored,
)
from deskapp.services.casework.book import Rulebook
from deskapp.services.casework.case_lists import Which
from deskapp.services.casework.facts import CaseFacts
from deskapp.services.casework.values import END_OF_TIME
from deskapp.services.casework.worklist import work_line
from deskapp.services.paging import Want
from tests.builders import SetClock
from tests.services.casework.desk import EW
from tests.services.casework.hand import BOOK, Hand, NewHand

DAYS = ("", "2026-11-17", "2026-11-20", "2026-12-01")
STEPS = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.sampled_from(["open", "wait", "back", "finish", "breach", "add", "close", "set", "put"]),
        st.sampled_from(DAYS),
    ),
    min_size=1,
    max_size=12,
)
TABLES = ("case_state", "case_item", "case_state_words")


def kept(store: Store) -> list[Any]:
    """Every row that was worked out."""

    def read(connection: Connection) -> list[Any]:
        return [sorted(connection.execute(f"SELECT * FROM {table}").fetchall()) for table in TABLES]

    return store.call_read(read)


def anew(hand: Hand, book: Rulebook = BOOK, limit: int = 2) -> int:
    """Make all of it anew in small steps; gives how many families could not be."""
    last: str | None = ""
    unknown = 0
    while last is not None:
        done = hand.store.call_jot(projection.rebuild, book, hand.clock.moment, last, limit)
        unknown += done.unknown
        last = done.last or None
    return unknown


def worked(hand: Hand, steps: list[tuple[int, str, str]]) -> None:
    """Some work on three cases; what is refused is left out."""
    made = [hand.open(due_on=day) for day in DAYS[1:]]
    for number, what, day in steps:
        case_id = made[number]
        try:
            match what:
                case "open":
                    made[number] = hand.open(due_on=day, priority=str(number))
                case "breach":
                    hand.call(cases.do, case_id, "breach", {"days": 3}, child_id=new_id())
                case "add":
                    hand.call(cases.add_item, case_id, "check", {"what": what}, due=day)
                case "close":
                    hand.call(cases.close_item, case_id, "answer", "done")
                case "set":
                    hand.call(cases.fill_in, case_id, {"due_on": day})
                case "put":
                    hand.call(cases.extend_item, case_id, "answer", day, note="later")
                case action:
                    hand.call(cases.do, case_id, action, note="note")
        except DeskError:
            continue


@settings(max_examples=25, deadline=None, suppress_health_check=[*HealthCheck])
@given(STEPS)
def test_rebuilding_from_events_gives_what_was_kept(
    new_hand: NewHand, steps: list[tuple[int, str, str]]
) -> None:
    """Whatever was done, and whatever then happened to the rows."""
    with new_hand() as hand:
        worked(hand, steps)
        before = kept(hand.store)
        assert before[0]
        anew(hand)
        assert kept(hand.store) == before
        hand.store.call_jot(_spoilt)
        assert kept(hand.store) != before
        hand.clock.passes(days=400)
        anew(hand)
        assert kept(hand.store) == before


def _spoilt(connection: Connection) -> None:
    connection.execute("UPDATE case_state SET due_key = '', stage = 'x', title = 'wrong'")
    connection.execute("DELETE FROM case_item WHERE rowid % 2 = 0")
    connection.execute(
        "INSERT INTO case_item SELECT id || 'x', family_id, case_id, name, template, status,"
        " open, outcome, about, due, due_key, starts_key, ends_key, answers FROM case_item LIMIT 2"
    )
    connection.execute(
        "INSERT OR IGNORE INTO case_item (id, family_id, case_id, name, template, status, open,"
        " due, due_key) VALUES ('lost', 'lost', 'lost', 'x', 'x', 'open', 1, '', '')"
    )


def test_the_list_has_the_order_of_the_engine(hand: Hand) -> None:
    """The keys of the rows say the same as the sheet's rule in code."""
    for number, day in enumerate(DAYS * 3):
        hand.open(due_on=day, priority=str(number % 3) if number % 4 else "")
    now = hand.clock.moment
    lines = []
    for line in hand.lines():
        events = hand.store.call_read(stored.events, line.id)
        family = fold.folded(BOOK, events)
        lines.append(work_line(CaseFacts(BOOK, family, family.cases[line.id], now), line.ref))
    assert lines == sorted(lines, key=lambda each: each.order(now))


def test_a_family_whose_scheme_is_not_here_is_left_as_it_is(hand: Hand) -> None:
    """An administrator who forgot a file must not lose the lists of its cases."""
    hand.open()
    hand.open("child", days=3)
    before = kept(hand.store)
    only = Rulebook.of([each for each in BOOK.schemes.values() if each.id == "test"], EW)
    assert anew(hand, only) == 1
    assert kept(hand.store) == before


def test_what_is_right_is_not_written_again(hand: Hand) -> None:
    """A note changes no list, so no page of the file either."""
    case_id = hand.open(due_on="2026-12-01")

    def written(connection: Connection) -> int:
        return int(connection.total_changes)

    before = hand.store.call_jot(written)
    assert anew(hand) == 0
    assert hand.store.call_jot(written) == before
    assert hand.ids() == [case_id]


def test_what_is_not_due_sorts_behind_everything() -> None:
    """Until the end of time."""
    assert case_rows.NEVER == "9999-12-31T23:59:59.999Z"
    assert END_OF_TIME.year == 9999


def test_hostile_text_is_cleaned_in_titles_and_items(hand: Hand, clock: SetClock) -> None:
    """No name can give orders to a terminal, in lists as little as in forms."""
    case_id = hand.open(about="Ann \x1b[2J\u202eJones\n[/b]")
    hand.call(cases.add_item, case_id, "check", {"what": "\x9b31mred"}, due="2026-11-20")
    [line] = hand.lines(Which.OPEN)
    assert line.title == "Ann [2JJones [/b]"
    page = hand.store.call_read(due_lists.page, Want(), hand.acting, clock.today)
    assert page.lines == []
    assert kept(hand.store)[1][0][8] in ("", "31mred")
