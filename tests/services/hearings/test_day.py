"""The day of a hearing: its moves, what two rooms make of it, readiness and what is missing."""

from __future__ import annotations

import datetime as dt

import pytest

from deskapp.data.ids import new_id
from deskapp.errors import FormProblemsError, NotFoundError
from deskapp.services.hearings import board, day, events, links, needing, steps
from deskapp.services.hearings.board import BoardLine
from deskapp.services.hearings.codes import Code, RefusedError
from deskapp.services.hearings.day import MoveRefusedError, Presence, Ready, State
from deskapp.services.hearings.events import Event
from deskapp.services.hearings.links import LinkState
from tests.services.hearings.office import TODAY, Court

AT = dt.datetime(2026, 11, 18, 10, 0, tzinfo=dt.UTC)


def line_of(court: Court, hearing_id: str) -> BoardLine:
    """The hearing as it stands on the board."""
    [line] = court.read(board.lines, [hearing_id])
    return line


def moved(to: State, minute: int, *, back: bool = False) -> Event:
    """One change of the state."""
    at = AT + dt.timedelta(minutes=minute)
    return Event(new_id(), "h", events.Code.MOVE, at, "o", data={"to": to.value, "back": back})


def test_the_usual_way_leads_from_waiting_to_finished(court: Court) -> None:
    """Each state says where it leads; what it does not lead to is refused in words."""
    hearing_id = court.hearing()
    way = (State.PARTIES_READY, State.CALLED_ON, State.IN_PROGRESS, State.PAUSED)
    for state in (*way, State.IN_PROGRESS, State.FINISHED):
        assert court.step(steps.move, hearing_id, state) is state
    with pytest.raises(MoveRefusedError, match="Finished"):
        court.step(steps.move, hearing_id, State.PAUSED)


def test_a_step_taken_by_mistake_is_taken_back_and_stays_in_the_history(court: Court) -> None:
    """One step at a time, down to waiting."""
    hearing_id = court.hearing()
    court.step(steps.move, hearing_id, State.PARTIES_READY)
    court.step(steps.move, hearing_id, State.CALLED_ON)
    assert court.step(steps.back, hearing_id) is State.PARTIES_READY
    assert court.step(steps.back, hearing_id) is State.WAITING
    with pytest.raises(MoveRefusedError):
        court.step(steps.back, hearing_id)
    assert len(court.store.call_read(events.of, [hearing_id])[hearing_id]) == 4


def test_the_same_step_saved_twice_is_one_step(court: Court) -> None:
    """The line may break between the save and its answer."""
    hearing_id, step_id = court.hearing(), new_id()
    for _time in (1, 2):
        court.write(steps.move, hearing_id, State.PARTIES_READY, event_id=step_id)
    assert len(court.store.call_read(events.of, [hearing_id])[hearing_id]) == 1


def test_what_another_room_wrote_late_takes_nothing_back() -> None:
    """An offline room says that the parties are ready when the hearing is already on."""
    found = day.fold(
        [
            moved(State.PARTIES_READY, 0),
            moved(State.CALLED_ON, 1),
            moved(State.IN_PROGRESS, 2),
            moved(State.PARTIES_READY, 3),
            moved(State.NOT_REACHED, 4),
        ]
    )
    assert found.state is State.IN_PROGRESS


def test_pauses_are_read_off_the_moves() -> None:
    """So that nobody types them twice."""
    found = day.fold(
        [
            moved(State.IN_PROGRESS, 0),
            moved(State.PAUSED, 10),
            moved(State.IN_PROGRESS, 25),
            moved(State.FINISHED, 60),
        ]
    )
    [(begin, end)] = found.pauses
    assert (f"{begin:%H:%M}", f"{end:%H:%M}") == ("10:10", "10:25")
    assert found.started_at is not None
    assert found.ended_at is not None
    assert (found.ended_at - found.started_at).seconds == 3600


def test_a_state_of_a_newer_desk_changes_nothing_here() -> None:
    """An older desk must not fall over it."""
    event = Event(new_id(), "h", events.Code.MOVE, AT, "o", data={"to": "adjourning"})
    other = Event(new_id(), "h", "something", AT, "o")
    assert day.fold([event, other]).state is State.WAITING


def test_a_hearing_of_a_day_to_come_has_no_day_state_yet(court: Court) -> None:
    """It would be another hearing that is meant."""
    hearing_id = court.hearing(day=TODAY + dt.timedelta(days=1))
    with pytest.raises(RefusedError) as refused:
        court.step(steps.move, hearing_id, State.PARTIES_READY)
    assert refused.value.code is Code.FUTURE_RESULT


def test_the_line_says_what_is_ready_of_what_is_needed(court: Court) -> None:
    """Interpreter, measures, adjustments, link, jurors and parties, each with both numbers."""
    hearing_id = court.hearing(channel="Video hearing")
    court.need(hearing_id, "PF0015", language_code="por")
    screen = court.need(hearing_id, "SM0002")
    court.need(hearing_id, "RA0043")
    court.step(needing.tick, hearing_id, screen, Ready.READY)
    court.step(steps.jurors, hearing_id, 11, 12)
    court.step(steps.attend, hearing_id, "maria silva", Presence.HERE)
    line = line_of(court, hearing_id)
    assert line.readiness.split("  ") == [
        "Interp 0/1", "Measures 1/1", "Needs 0/1", "Link 0/1", "Jurors 11/12", "Parties 1/2",
    ]  # fmt: skip


def test_a_booking_meets_the_need_it_was_made_for(court: Court) -> None:
    """A need and its booking count one person, not two."""
    hearing_id = court.hearing()
    court.need(hearing_id, "PF0015", language_code="por")
    court.booking(hearing_id)
    [part] = [each for each in line_of(court, hearing_id).parts if each.kind == "interpreter"]
    assert (part.ready, part.needed) == (0, 1)


@pytest.mark.parametrize(("start", "red"), [("10:35", True), ("10:36", False), ("09:00", True)])
def test_what_is_missing_is_red_within_half_an_hour(court: Court, start: str, red: bool) -> None:
    """It is 10:05: at 10:35 somebody must act now. It is said in words, not by colour alone."""
    line = line_of(court, court.hearing(start))
    assert line.red is red
    assert ("MISSING: parties" in line.readiness) is red


def test_nothing_is_red_once_the_hearing_was_called_on_or_is_off(court: Court) -> None:
    """Nobody is waited for any more."""
    on, off = court.hearing("10:10"), court.hearing("10:10", list_state="removed_from_list")
    court.step(steps.move, on, State.PARTIES_READY)
    court.step(steps.move, on, State.CALLED_ON)
    assert not line_of(court, on).red
    assert not line_of(court, off).red


def test_on_the_day_before_nobody_can_be_here_yet(court: Court) -> None:
    """At risk tomorrow is what can be arranged today."""
    tomorrow = TODAY + dt.timedelta(days=1)
    plain = court.hearing(day=tomorrow, case_ref="K1")
    needy = court.hearing("12:00", day=tomorrow)
    court.need(needy, "SM0003", comment="From the witness suite")
    assert line_of(court, plain).missing == []
    assert [part.kind for part in line_of(court, needy).missing] == ["measures"]


def test_a_link_is_ready_when_its_test_was_good(court: Court) -> None:
    """Entered is not tested, and a fault is none."""
    hearing_id, link_id = court.hearing(), new_id()
    court.write(links.keep, hearing_id, "CVP", "room 42", link_id=link_id)
    assert "Link 0/1" in line_of(court, hearing_id).readiness
    court.write(links.record_test, link_id, LinkState.FAULT, "no sound")
    assert "Link 0/1" in line_of(court, hearing_id).readiness
    court.write(links.record_test, link_id, LinkState.OK)
    assert "Link 1/1" in line_of(court, hearing_id).readiness
    court.write(links.take_off, link_id)
    assert "Link" not in line_of(court, hearing_id).readiness
    with pytest.raises(NotFoundError):
        court.write(links.take_off, link_id)


def test_only_who_takes_part_can_be_here(court: Court) -> None:
    """A slip of the key names nobody."""
    with pytest.raises(NotFoundError):
        court.step(steps.attend, court.hearing(), "somebody else", Presence.HERE)


@pytest.mark.parametrize("text", ["", "twelve", "1 2 3", "-1 2"])
def test_jurors_are_counted_in_whole_numbers(text: str) -> None:
    """One number is all that are needed, two are here and needed."""
    assert steps.juror_numbers("11 12") == (11, 12)
    assert steps.juror_numbers("12") == (12, 12)
    with pytest.raises(FormProblemsError):
        steps.juror_numbers(text)


def test_too_many_jurors_are_a_slip(court: Court) -> None:
    """No jury has a hundred."""
    with pytest.raises(FormProblemsError):
        court.step(steps.jurors, court.hearing(), 12, 100)
