"""What a screen says of a refusal, and which bookings overlap."""

from __future__ import annotations

import datetime as dt

import pytest

from deskapp import i18n
from deskapp.services.casework import loader, words
from deskapp.services.casework.allowed import allowed
from deskapp.services.casework.bookings import Booking, overlaps
from deskapp.services.casework.events import Code, Reason
from deskapp.services.casework.state import Item
from tests.services.casework.desk import AMY, Desk

CAUTION = next(scheme for scheme in loader.shipped() if scheme.id == "cond_caution")


def a_caution() -> Desk:
    """In force, with one open condition."""
    desk = Desk(CAUTION).open(offender="O. Example")
    desk.add("condition", "c1", values={"text": "Drug awareness course"})
    desk.do("give", values={"given_on": "2026-03-02", "authorised_by": "Sgt Example"})
    return desk


def test_a_refusal_names_what_it_is_about() -> None:
    """By the words of the officer, not by ids."""
    desk = a_caution()
    facts, actions = desk.facts(), desk.scheme.action_by_id
    said = [
        words.why_not(facts, actions[name], reason)
        for name in ("complete", "charge")
        for reason in allowed(facts, actions[name], AMY)
    ]
    assert said == [
        "Complete: not now: open or not done: Condition (Drug awareness course)",
        "Charge: not now: not at this stage: In force",
        "Charge: not now: only these may: supervisor",
        "Charge: not now: fill in first: Charge reference",
    ]


@pytest.mark.parametrize("code", list(Code))
def test_every_code_has_words(code: Code) -> None:
    """Also when there is nothing that it is about."""
    desk = a_caution()
    said = words.why_not(desk.facts(), desk.scheme.actions[0], Reason(code))
    assert said.startswith("Give: not now: ")
    assert "{" not in said


def test_labels_follow_the_language() -> None:
    """Both are in the file."""
    label = CAUTION.stage_by_id["in_force"].label
    try:
        i18n.use("cy")
        assert words.shown(label) == "Mewn grym"
    finally:
        i18n.use("en")
    assert words.shown(label) == "In force"


def at(hour: int) -> dt.datetime:
    return dt.datetime(2026, 3, 2, hour, tzinfo=dt.UTC)


def test_bookings_of_one_resource_overlap_but_may_follow_each_other() -> None:
    """A judge may sit until twelve and read from twelve."""
    sitting, reading = Booking("J1", at(10), at(12), "a"), Booking("J1", at(12), at(14), "b")
    leave, other = Booking("J1", at(9), at(17), "c"), Booking("J2", at(9), at(17), "d")
    pairs = [(a.item, b.item) for a, b in overlaps([sitting, reading, leave, other])]
    assert pairs == [("c", "a"), ("c", "b")]


def test_an_item_is_a_booking_once_it_is_complete() -> None:
    """Until then it takes nobody's time."""
    item = Item("sit", "sit", 1, "", at(9), fields={"start": at(10), "end": at(12)})
    assert Booking.of(item) is None
    item = Item("sit", "sit", 1, "", at(9), fields={**item.fields, "resource": "J1"})
    assert Booking.of(item) == Booking("J1", at(10), at(12), "sit")
