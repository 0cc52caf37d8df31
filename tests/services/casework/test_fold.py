"""The fold: the same events give the same state in any order, and what is refused does nothing."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from deskapp.services.casework import fold, loader, worklist
from deskapp.services.casework.allowed import allowed
from deskapp.services.casework.book import Rulebook
from deskapp.services.casework.events import Event, Kind, Person
from deskapp.services.casework.facts import CaseFacts
from deskapp.services.casework.opening import settled
from deskapp.services.casework.state import Case, Family
from tests.services.casework.desk import CASE, CHILD, EW

BOOK = Rulebook.of(loader.shipped(), EW)
START = dt.datetime(2026, 1, 5, 10, tzinfo=dt.UTC)
PEOPLE = (
    Person("amy", frozenset({"officer"})),
    Person("tom", frozenset({"officer", "supervisor", "team_leader"})),
)
CAUTION: list[dict[str, Any]] = [
    {"kind": Kind.DO, "what": "give", "values": {"given_on": "2026-01-06", "authorised_by": "S"}},
    *(
        {"kind": Kind.DO, "what": what, "note": "x"}
        for what in ("decline", "report_breach", "vary")
    ),
    {"kind": Kind.DO, "what": "charge", "values": {"charge_ref": "1"}},
    {"kind": Kind.DO, "what": "complete"},
    {"kind": Kind.SET, "values": {"offence_class": "summary", "victim_updates": "yes"}},
    {"kind": Kind.SET, "values": {"given_on": "2026-02-06"}},
    *(
        {"kind": Kind.ADD, "what": "condition", "name": name, "values": {"text": "x", "hours": 9}}
        for name in ("c1", "c2", "c3")
    ),
    *({"kind": Kind.CLOSE, "what": n, "outcome": "complied"} for n in ("c1", "c2", "c3")),
    {"kind": Kind.CLOSE, "what": "decide_breach", "outcome": "done"},
    {"kind": Kind.EXTEND, "what": "c1", "due": "2026-06-01", "note": "x"},
    {"kind": Kind.BOOK, "what": "c2", "due": "2026-05-01"},
]
ISC: list[dict[str, Any]] = [
    {"kind": Kind.DO, "what": "suitable"},
    {
        "kind": Kind.DO,
        "what": "sentence",
        "values": {
            "sentenced_on": "2026-01-20",
            "order_type": "community_order",
            "order_ends_on": "2026-06-19",
            "requirements": ["curfew"],
        },
    },
    {"kind": Kind.DO, "what": "warn"},
    {"kind": Kind.DO, "what": "privilege", "note": "x"},
    {
        "kind": Kind.DO,
        "what": "commit_short",
        "child": CHILD,
        "values": {"started_on": "2026-03-02", "days": 14},
    },
    {"kind": Kind.DO, "what": "received", "case": CHILD},
    {"kind": Kind.DO, "what": "release", "case": CHILD},
    {"kind": Kind.DO, "what": "complete"},
    *({"kind": Kind.CLOSE, "what": f"review#{n}", "outcome": "held"} for n in (1, 2, 3)),
    {"kind": Kind.SET, "values": {"order_ends_on": "2026-09-01"}},
    {"kind": Kind.SET, "values": {"review#1.progress": 3}},
]
OPENING = {
    "cond_caution": {"offender": "O. Example", "offence_on": "2026-01-02"},
    "isc": {
        "participant": "P. Example",
        "psr_received_on": "2026-01-06",
        "sentence_hearing_on": "2026-01-20",
    },
}


# A strategy is made ready once for each object: those of every event stand here.
FEW_HOURS = st.integers(0, 400)
HISTORY = st.tuples(st.sampled_from("abc"), st.sampled_from(PEOPLE))
BEGUN = st.sampled_from(
    [
        ("cond_caution", st.integers(1, 25), st.sampled_from(CAUTION)),
        ("isc", st.integers(1, 25), st.sampled_from(ISC)),
    ]
)


@st.composite
def histories(draw: st.DrawFn) -> list[Event]:
    """What up to three desks did with one case, none knowing of the others."""
    name, lengths, menu = draw(BEGUN)
    event = Event("0", CASE, Kind.OPEN, START, PEOPLE[0], 0, what=name, version=1)
    events = [replace(event, values=OPENING[name])]
    hours = 0
    for number in range(1, draw(lengths)):
        hours += draw(FEW_HOURS)
        desk, by = draw(HISTORY)
        events.append(
            Event(
                **{
                    "id": str(number),
                    "case": CASE,
                    "at": START + dt.timedelta(hours=hours),
                    "hlc": hours + 1,
                    "desk": desk,
                    "seq": number,
                    "by": by,
                    **draw(menu),
                }
            )
        )
    return events


LATER = START + dt.timedelta(days=500)


@settings(deadline=None, max_examples=120)
@given(histories(), st.randoms(use_true_random=False))
def test_the_order_in_which_events_arrive_does_not_matter(
    events: list[Event], shuffle: random.Random
) -> None:
    """Nor does it matter if some arrive twice."""
    shuffled = [*events, *shuffle.choices(events, k=3)]
    shuffle.shuffle(shuffled)
    assert fold.fold(BOOK, shuffled, LATER) == fold.fold(BOOK, events, LATER)


@settings(deadline=None, max_examples=120)
@given(histories())
def test_every_event_is_followed_or_kept_as_a_conflict_that_changed_nothing(
    events: list[Event],
) -> None:
    """Without the conflicts the same cases come out."""
    whole = fold.fold(BOOK, events, LATER)
    refused = {conflict.event.id for conflict in whole.conflicts}
    assert all(conflict.reasons for conflict in whole.conflicts)
    without = fold.fold(BOOK, [each for each in events if each.id not in refused], LATER)
    assert without.conflicts == ()
    assert seen(without) == seen(whole)


def seen(family: Family) -> dict[str, Case]:
    return dict(family.cases)


@settings(deadline=None, max_examples=120)
@given(histories())
def test_no_action_is_followed_that_allowed_refuses(events: list[Event]) -> None:
    """And none is kept out that it lets through."""
    family = Family()
    for event in fold.in_order(events):
        before = settled(BOOK, family, event.case, event.at)
        after = fold.step(BOOK, family, event)
        if event.kind is Kind.DO and event.case in before.cases:
            facts = CaseFacts(BOOK, before, before.cases[event.case], event.at)
            action = facts.scheme.action_by_id.get(event.what)
            clash = event.child in before.cases
            may = action and not allowed(facts, action, event.by, event.values, event.note)
            followed = len(after.conflicts) == len(family.conflicts)
            assert followed == bool(may and not clash)
        family = after


@settings(deadline=None, max_examples=80)
@given(histories(), st.lists(st.integers(0, 12_000), max_size=5))
def test_looking_in_between_changes_nothing(events: list[Event], hours: list[int]) -> None:
    """Time alone opens the same items whether somebody looked or not."""
    moments = sorted(START + dt.timedelta(hours=each) for each in hours)
    family = Family()
    for event in fold.in_order(events):
        for moment in moments:
            if moment <= event.at:
                family = fold.seen_at(BOOK, family, moment)
        family = fold.step(BOOK, family, event)
    assert fold.seen_at(BOOK, family, LATER) == fold.fold(BOOK, events, LATER)


@settings(deadline=None, max_examples=60)
@given(histories())
def test_closed_items_never_move_and_names_are_never_lost(events: list[Event]) -> None:
    """Step by step, what is there stays there."""
    family = Family()
    for event in fold.in_order(events):
        after = fold.step(BOOK, family, event)
        for case_id, case in family.cases.items():
            for name, item in case.items.items():
                now = after.cases[case_id].items[name]
                if not item.is_open:
                    assert now.kept_due == item.kept_due
                    assert not now.is_open
        family = after


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from(["9999-12-31", "0001-01-01", "0001-01-01T00:00", "2026-03-02", "9" * 400]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=4,
)
NAMES = ["given_on", "offence_on", "offence_class", "victim_updates", "c1.hours", "c1", ".", "x"]
KINDS = st.lists(st.sampled_from(Kind), max_size=8)
WHATS = st.sampled_from(["give", "c1", "condition", "vary", "", "\x00"])
GIVEN: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {
        "values": st.dictionaries(st.sampled_from(NAMES), JSON, max_size=4),
        "outcome": st.sampled_from(["complied", "", "x"]),
        "due": st.sampled_from(["", "9999-12-31", "0001-01-01T00:00", "2026-06-01"]),
        "name": st.sampled_from(["", "c1", "c2", "#", "condition"]),
        "note": st.sampled_from(["", "x"]),
    }
)


@st.composite
def hostile(draw: st.DrawFn) -> list[Event]:
    """Events that no desk of ours would write."""
    first = Event("0", CASE, Kind.OPEN, START, PEOPLE[1], 0, what="cond_caution", version=1)
    return [
        replace(first, values=OPENING["cond_caution"]),
        replace(first, id="a", kind=Kind.ADD, what="condition", name="c1", values={"text": "x"}),
        *(
            replace(
                first,
                id=str(number),
                kind=kind,
                hlc=number,
                what=first.what if kind is Kind.OPEN else draw(WHATS),
                **draw(GIVEN),
            )
            for number, kind in enumerate(draw(KINDS), start=1)
        ),
    ]


@settings(deadline=None, max_examples=300)
@given(hostile())
def test_no_event_makes_the_fold_or_the_worklist_crash(events: list[Event]) -> None:
    """One bad event of one desk must not take the case away from all others."""
    family = fold.fold(BOOK, events, LATER)
    facts = CaseFacts(BOOK, family, family.cases[CASE], LATER)
    worklist.next_due(facts)
    assert len(worklist.item_lines(facts)) == len(facts.case.items)


def test_events_of_a_case_that_was_never_opened_are_conflicts() -> None:
    """They may have come before it; nothing is lost."""
    event = Event("1", CASE, Kind.DO, START, PEOPLE[0], 1, what="give")
    family = fold.fold(BOOK, [event], LATER)
    assert family.cases == {}
    assert [conflict.event for conflict in family.conflicts_of(CASE)] == [event]


def test_cases_that_claim_to_be_each_others_parent_do_not_loop() -> None:
    """A hostile desk may send that."""
    opening = Event(
        "1", CASE, Kind.OPEN, START, PEOPLE[0], 1, what="isc", version=1, values=OPENING["isc"]
    )
    events = [
        replace(opening, parent=CHILD),
        replace(opening, id="2", case=CHILD, parent=CASE, hlc=2),
    ]
    assert len(fold.fold(BOOK, events, LATER).cases) == 2
