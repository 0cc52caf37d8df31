"""Results: every code, corrections, adjourning with what is needed, closing the day, figures."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given as generated
from hypothesis import strategies as st

from deskapp.data.ids import new_id
from deskapp.errors import FormProblemsError, NotAllowedError
from deskapp.roles import Role
from deskapp.services.days import Days
from deskapp.services.hearings import (
    bearings,
    closing,
    codes,
    events,
    figures,
    needing,
    result_reading,
    resulting,
    results,
    settings,
    steps,
    stored,
)
from deskapp.services.hearings.codes import Code, RefusedError
from deskapp.services.hearings.day import Ready, State
from deskapp.services.hearings.figures import Figure
from deskapp.services.hearings.going_on import Given
from deskapp.services.hearings.results import Pause
from deskapp.services.interpreters import assigning, filling
from deskapp.services.interpreters.bookings import Status
from tests.builders import SITE
from tests.services.hearings.office import TODAY, Court
from tests.services.interpreters.booking_desk import BookingDesk

DONE = {"result": "completed", "start": "10:00", "end": "10:05"}
OFF = {"result": "adjourned", "reason": "insufficient_time"}


def wrong(**given: str) -> list[tuple[str, str]]:
    """Field and words of what is wrong with a result."""
    try:
        result_reading.read(given, planned_minutes=60, settings=settings.shipped(), today=TODAY)
    except FormProblemsError as error:
        return [(each.field, each.message) for each in error.problems]
    return []


def give(court: Court, hearing_id: str, **given: str) -> Given:
    """Enter a result."""
    return court.step(resulting.give, hearing_id, given)


@pytest.mark.parametrize(
    ("given", "field", "code"),
    [
        ({**DONE, "start": "10:05"}, "end", Code.END_BEFORE_START),
        ({**DONE, "pauses": "09:50-10:01"}, "pauses", Code.PAUSE_OUTSIDE),
        ({**DONE, "pauses": "10:03-10:02"}, "pauses", Code.PAUSE_OUTSIDE),
        ({**DONE, "pauses": "10:01-10:03, 10:02-10:04"}, "pauses", Code.PAUSE_OVERLAP),
        ({"result": "adjourned"}, "reason", Code.REASON_REQUIRED),
        ({"result": "cancelled", "reason": "no_interpreter"}, "reason", Code.REASON_REQUIRED),
        ({**DONE, "reason": "settled"}, "reason", Code.REASON_NOT_ALLOWED),
        ({**OFF, "reason_text": "x" * 201}, "reason_text", Code.COMMENT_TOO_LONG),
        (
            {**OFF, "next_on": "20 11", "next_at": "10:00", "next_minutes": "7"},
            "next_minutes",
            Code.LENGTH,
        ),
        (
            {**OFF, "next_on": "20 11", "next_at": "10:00", "next_minutes": "365"},
            "next_minutes",
            Code.LENGTH,
        ),
    ],
)
def test_every_code_of_a_result_is_told_beside_its_field(
    given: dict[str, str], field: str, code: Code
) -> None:
    """In words that say what to do."""
    assert wrong(**given) == [(field, codes.told(code))]


@pytest.mark.parametrize(
    ("given", "fields"),
    [
        ({}, ["result"]),
        ({"result": "completed"}, ["start", "end"]),
        ({**OFF, "start": "10:00"}, ["end"]),
        ({**DONE, "start": "25:00"}, ["start"]),
        ({**DONE, "pauses": "from ten"}, ["pauses"]),
        ({**OFF, "next_on": "17 11"}, ["next_on", "next_at"]),
        ({**OFF, "next_on": "soon"}, ["next_on"]),
        ({**OFF, "next_on": "20 11", "next_at": "10:00", "carry": "maybe"}, ["carry"]),
        ({"result": "cancelled", "reason": "other"}, ["reason_text"]),
        ({"result": "adjourned", "reason": "no_interpreter"}, ["booking"]),
        (
            {"result": "adjourned", "reason": "no_interpreter", "booking": "b"},
            ["booking_outcome"],
        ),
    ],
)
def test_what_is_missing_or_not_understood_is_asked_for(
    given: dict[str, str], fields: list[str]
) -> None:
    """Beside its field."""
    assert [field for field, _words in wrong(**given)] == fields


@pytest.mark.parametrize("given", [DONE, OFF, {"result": "cancelled", "reason": "settled"}])
def test_what_is_right_is_accepted(given: dict[str, str]) -> None:
    """A hearing that is off need not have begun."""
    assert wrong(**given) == []


@generated(
    st.lists(
        st.tuples(st.integers(0, 179), st.integers(0, 179)).filter(lambda each: each[0] < each[1]),
        max_size=5,
    )
)
def test_pauses_overlap_where_a_minute_lies_in_two_of_them(spans: list[tuple[int, int]]) -> None:
    """As counting minute by minute says."""

    def at(minute: int) -> dt.time:
        return dt.time(10 + minute // 60, minute % 60)

    twice = any(sum(begin <= minute < end for begin, end in spans) > 1 for minute in range(180))
    pauses = tuple(Pause(at(begin), at(end)) for begin, end in spans)
    found = list(results.wrong(dt.time(10), dt.time(13), pauses))
    assert found == ([Code.PAUSE_OVERLAP] if twice else [])


def test_a_hearing_of_a_day_to_come_has_no_result(court: Court) -> None:
    """Not for a future day."""
    hearing_id = court.hearing(day=TODAY + dt.timedelta(days=1))
    with pytest.raises(RefusedError) as refused:
        give(court, hearing_id, **DONE)
    assert refused.value.code is Code.FUTURE_RESULT


def test_an_end_that_is_still_to_come_is_a_slip(court: Court) -> None:
    """It is 10:05."""
    with pytest.raises(FormProblemsError) as refused:
        give(court, court.hearing(), **{**DONE, "end": "10:06"})
    assert [each.field for each in refused.value.problems] == ["end"]


def test_a_final_hearing_is_corrected_by_a_team_leader_who_says_why(court: Court) -> None:
    """The result that was wrong stays in the history."""
    hearing_id = court.hearing()
    give(court, hearing_id, **DONE)
    for step in (steps.move, resulting.give):
        given: Any = State.PARTIES_READY if step is steps.move else OFF
        with pytest.raises(RefusedError) as refused:
            court.step(step, hearing_id, given)
        assert refused.value.code is Code.FINAL
    leader = court.as_role(Role.TEAM_LEADER)
    with pytest.raises(FormProblemsError) as missing:
        give(leader, hearing_id, **OFF)
    assert [each.field for each in missing.value.problems] == ["why"]
    give(leader, hearing_id, **OFF, why="Entered for the wrong case")
    assert court.store.call_read(stored.get, hearing_id).list_state == "adjourned"
    happened = court.store.call_read(events.of, [hearing_id])[hearing_id]
    assert [each.text("result") for each in happened] == ["completed", "adjourned"]


def test_the_form_begins_with_the_times_of_the_day_itself(court: Court) -> None:
    """So that nobody types what a key recorded."""
    hearing_id = court.hearing()
    for state in (State.PARTIES_READY, State.CALLED_ON, State.IN_PROGRESS):
        court.step(steps.move, hearing_id, state)
    court.clock.passes(minutes=40)
    court.step(steps.move, hearing_id, State.PAUSED)
    court.clock.passes(minutes=10)
    court.step(steps.move, hearing_id, State.FINISHED)
    values = court.read(resulting.first_values, hearing_id)
    assert (values["start"], values["end"], values["pauses"]) == ("10:05", "10:55", "10:45-10:55")


def test_adjourning_makes_the_next_hearing_and_asks_for_the_interpreter_again(
    court: Court,
) -> None:
    """Re-booking is often forgotten; the needs follow by themselves."""
    hearing_id = court.hearing()
    booking_id = court.booking(hearing_id)
    need_id = court.need(hearing_id, "SM0002")
    given = give(court, hearing_id, **OFF, next_on="16 12", next_at="14:00", next_room="Court 3")
    later = court.store.call_read(stored.get, given.next_id)
    assert (later.day, later.start, later.room, later.minutes) == (
        dt.date(2026, 12, 16), "14:00", "Court 3", 60,
    )  # fmt: skip
    [bearing] = court.read(bearings.read, [given.next_id])
    assert [each.id for each in bearing.needs] == [need_id]
    [booking] = bearing.bookings
    assert booking.id in given.bookings
    assert (booking.language_code, booking.local_start) == ("por", "2026-12-16T14:00")
    assert booking.status is Status.REQUESTED
    rows = court.store.call_read(
        lambda connection: connection.execute(
            "SELECT parent_id FROM booking WHERE id = ?", (booking.id,)
        ).fetchall()
    )
    assert rows == [(booking_id,)]


def test_the_interpreter_is_not_asked_for_again_where_that_is_not_wanted(court: Court) -> None:
    """The needs follow all the same."""
    hearing_id = court.hearing()
    court.booking(hearing_id)
    given = give(court, hearing_id, **OFF, next_on="16 12", next_at="14:00", carry="no")
    assert given.bookings == ()


def test_needs_of_a_hearing_without_a_case_number_follow_as_well(court: Court) -> None:
    """They hang on the hearing then."""
    hearing_id = court.hearing(case_ref="")
    need_id = court.need(hearing_id, "SM0002")
    given = give(court, hearing_id, **OFF, next_on="16 12", next_at="14:00")
    [bearing] = court.read(bearings.read, [given.next_id])
    assert [each.id for each in bearing.needs] == [need_id]


def test_another_hearing_in_that_room_is_told_and_stops_nothing(court: Court) -> None:
    """Usual for block lists."""
    court.hearing("14:30", TODAY + dt.timedelta(days=28), room="COURT 3")
    given = give(
        court, court.hearing(case_ref="K2"), **OFF,
        next_on="16 12", next_at="14:00", next_room="Court 3",
    )  # fmt: skip
    assert given.warnings == (codes.told(Code.ROOM_CLASH),)


@pytest.mark.parametrize("outcome", ["unfilled", "supplier_did_not_attend"])
def test_no_interpreter_says_what_became_of_the_booking(court: Court, outcome: str) -> None:
    """Nobody was found, or nobody came: published figures count them apart."""
    hearing_id = court.hearing()
    booking_id = court.booking(hearing_id)
    if outcome != "unfilled":
        desk = BookingDesk(court.store, court.clock, court.user)
        who = desk.interpreter(languages="Portuguese")
        desk.write(assigning.assign, booking_id, who, event_id=new_id())
    give(
        court, hearing_id, result="adjourned", reason="no_interpreter", booking=booking_id,
        booking_outcome=outcome,
    )  # fmt: skip
    [bearing] = court.read(bearings.read, [hearing_id])
    assert bearing.bookings[0].status == outcome


def test_the_booking_that_failed_is_one_of_this_hearing(court: Court) -> None:
    """A slip would spoil somebody else's figures."""
    other = court.booking(court.hearing("15:00"))
    with pytest.raises(FormProblemsError) as refused:
        give(
            court, court.hearing(case_ref="K2"), result="adjourned", reason="no_interpreter",
            booking=other, booking_outcome="unfilled",
        )  # fmt: skip
    assert [each.field for each in refused.value.problems] == ["booking"]


def test_a_day_is_closed_when_every_hearing_has_a_result(court: Court) -> None:
    """What was not reached is adjourned for want of time by closing."""
    done, unreached = court.hearing(), court.hearing("12:00")
    court.step(steps.move, unreached, State.NOT_REACHED)
    leader = court.as_role(Role.TEAM_LEADER)
    with pytest.raises(NotAllowedError):
        court.step(closing.close, SITE, TODAY)
    with pytest.raises(closing.DayOpenError, match="1 hearing"):
        leader.step(closing.close, SITE, TODAY)
    give(court, done, **DONE)
    assert leader.step(closing.close, SITE, TODAY) == 1
    found = court.read(closing.look, SITE, TODAY)
    assert found.closed_at is not None
    assert (found.waiting, found.not_reached) == ([], [])
    happened = court.store.call_read(events.of, [unreached])[unreached]
    assert happened[-1].text("reason") == results.NO_TIME


def test_the_figures_of_a_day(court: Court) -> None:
    """Counted from what was recorded; without anything to share there is no share."""
    first, second, third = court.hearing("10:00"), court.hearing("11:00"), court.hearing("12:00")
    court.hearing("13:00", list_state="removed_from_list", case_ref="K9")
    court.clock.passes(hours=1)
    give(court, first, **{**DONE, "start": "10:20", "end": "11:00"})
    give(court, second, result="adjourned", reason="no_interpreter", booking="none")
    need_id = court.need(third, "SM0002")
    court.step(needing.tick, third, need_id, Ready.PROVIDED)
    court.step(steps.move, third, State.NOT_REACHED)
    found = court.read(figures.count, SITE, Days(TODAY, TODAY))
    counts = {figure: count for figure, count in found.counts.items() if count}
    assert counts == {
        Figure.LISTED: 3,
        Figure.COMPLETED: 1,
        Figure.ADJOURNED: 1,
        Figure.NOT_REACHED: 1,
        Figure.NO_INTERPRETER: 1,
        Figure.STARTED: 1,
        Figure.LATE: 1,
        Figure.LATE_MINUTES: 20,
        Figure.PROVIDED: 1,
    }
    assert found.share(Figure.COMPLETED) == "33.3%"
    assert found.share(Figure.LINKS_TESTED) == "n/a"


def test_from_the_hearing_room_the_interpreter_is_carried_over_as_a_draft(court: Court) -> None:
    """Nothing is forgotten, and the office alone asks a supplier."""
    hearing_id = court.hearing()
    booking_id = court.booking(hearing_id)
    room = court.as_role(Role.HEARING_ROOM)
    given = give(room, hearing_id, **OFF, next_on="16 12", next_at="14:00")
    [bearing] = court.read(bearings.read, [given.next_id])
    assert [(each.id, each.status) for each in bearing.bookings] == [
        (given.bookings[0], Status.DRAFT)
    ]
    assert any("office" in words for words in given.warnings)
    with pytest.raises(NotAllowedError):
        room.store.call_read(filling.again, booking_id, room.acting.bookings)
