"""Meetings: what was not done is on the next agenda until it is, and papers say what was agreed."""

from __future__ import annotations

import pytest

from deskapp.data.ids import new_id
from deskapp.services.casework import cases, meetings
from deskapp.services.casework.case_lists import Which
from tests.services.casework.shipped import ShippedHand


def a_series(hand: ShippedHand, query: str = "") -> str:
    """A weekly meeting."""
    return hand.open(
        "meeting_series", variant="steering_group", first_on="2026-11-04", agenda_query=query
    )


def a_meeting(hand: ShippedHand, series: str, day: str) -> str:
    """A meeting of a series."""
    given = {"meeting_on": day, "place": "Court 1"}
    name = new_id()
    hand.call(cases.do, series, "open_meeting", given, child_id=name)
    return name


def agenda(hand: ShippedHand, meeting: str) -> str:
    """The agenda of a meeting."""
    return hand.store.call_read(meetings.agenda, hand.acting, hand.look(meeting))


def test_an_unfinished_action_is_on_every_later_agenda_until_it_is_done(
    shipped: ShippedHand,
) -> None:
    """It is closed where it was agreed, and forgotten nowhere."""
    series = a_series(shipped)
    first = a_meeting(shipped, series, "2026-11-04")
    shipped.agree(first, "Ring the probation office", "Ann Example")
    shipped.agree(first, "Book Court 2", "Ben Example")
    [done, _open] = shipped.look(first).facts.case.of_template("action")
    shipped.call(cases.close_item, first, done.name, "done")
    second, third = (a_meeting(shipped, series, f"2026-11-{day}") for day in (11, 18))
    for meeting in (second, third):
        text = agenda(shipped, meeting)
        assert "Ben Example, 18 Nov 2027: Book Court 2 (from 4 Nov 2026)" in text
        assert "Ring the probation office" not in text
    assert "Book Court 2" not in agenda(shipped, first)


def test_a_later_meeting_hands_nothing_back(shipped: ShippedHand) -> None:
    """The order is that of the days, not of opening."""
    series = a_series(shipped)
    later = a_meeting(shipped, series, "2026-11-25")
    shipped.agree(later, "Tell the judge", "Ann Example")
    earlier = a_meeting(shipped, series, "2026-11-11")
    assert "Tell the judge" not in agenda(shipped, earlier)


def test_the_cases_that_the_series_asks_for_are_on_the_agenda(shipped: ShippedHand) -> None:
    """The saved query of the series, by id or name of a scheme and a worklist."""
    shipped.open("isc", participant="Cai Example")
    series = a_series(shipped, "isc todo")
    assert "Cai Example" in agenda(shipped, a_meeting(shipped, series, "2026-11-18"))


def test_a_query_that_is_not_understood_is_said_on_the_agenda(shipped: ShippedHand) -> None:
    """An empty list would look as if there were no cases."""
    series = a_series(shipped, "everything that is late")
    text = agenda(shipped, a_meeting(shipped, series, "2026-11-18"))
    assert "everything that is late" in text
    assert "Write a scheme" in text


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("isc", ("isc", Which.OPEN)),
        ("ISC overdue", ("isc", Which.OVERDUE)),
        ("Diary", ("diary", Which.OPEN)),
        ("dyddiadur waiting", ("diary", Which.WAITING)),
        ("pvp", None),
        ("", None),
    ],
)
def test_a_query_is_a_scheme_and_a_worklist(
    words: str, found: tuple[str, Which] | None, shipped: ShippedHand
) -> None:
    """A restricted scheme is none for those who may not know of its cases."""
    assert meetings.query(shipped.acting, words) == found


def test_the_minutes_have_what_was_said_and_agreed(shipped: ShippedHand) -> None:
    """Attendance, lines with their notes, decisions, actions, notes of the history."""
    meeting = shipped.open("meeting", meeting_on="2026-11-18", chair="Ann Example")
    shipped.add(meeting, "agenda_line", text="The lift", notes="Broken again\nSince Monday")
    shipped.agree(meeting, "Ring the contractor", "Ben Example")
    given = {"attendance": "Ann, Ben", "decisions": "Close Court 3"}
    shipped.call(cases.do, meeting, "hold", given)
    shipped.call(cases.add_note, meeting, "Cai sent apologies")
    text = meetings.minutes(shipped.acting, shipped.look(meeting))
    for said in (
        "Ann, Ben",
        "- The lift\n     Broken again\n     Since Monday",
        "Close Court 3",
        "Ben Example, 18 Nov 2027: Ring the contractor",
        "Cai sent apologies",
    ):
        assert said in text
    assert text.index("The lift") < text.index("Close Court 3") < text.index("Ring the contractor")


def test_only_meetings_have_an_agenda(shipped: ShippedHand) -> None:
    """The case record offers it there alone."""
    assert meetings.is_meeting(shipped.look(shipped.open("meeting")))
    assert not meetings.is_meeting(shipped.look(shipped.open("key", number="K 7")))
