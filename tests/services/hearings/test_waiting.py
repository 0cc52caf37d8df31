"""Hearings on the first screen, and the jurors that the jury desk counted."""

from __future__ import annotations

import datetime as dt
from typing import Any

from deskapp.data.connection import Connection
from deskapp.roles import Role
from deskapp.services import home, kinds
from deskapp.services.hearings import bearings, steps
from deskapp.services.hearings.day import State
from deskapp.services.jury import scans, trials
from deskapp.services.jury.trials import TrialDraft
from tests.jury_desk import JuryDesk, number
from tests.services.hearings.office import TODAY, Court

TRIAL = "T20267001"


def at_home(court: Court) -> list[tuple[str, str]]:
    """Hearings on the first screen: what is said of each, and who."""
    seen = court.store.call_read(home.look, user=court.user, now=court.clock.moment)
    return [(line.state, line.id) for line in seen.lines if line.kind == kinds.HEARING]


def test_what_is_missing_half_an_hour_before_the_start_is_on_the_first_screen(
    court: Court,
) -> None:
    """Nobody has to open the board to learn that no interpreter comes; parties alone are usual."""
    court.hearing("10:20", case_ref="K1")
    soon = court.hearing("10:30", case_ref="K2")
    court.booking(soon)
    needy = court.hearing("10:25", case_ref="K3")
    court.need(needy, "SM0002")
    later = court.hearing("14:00", case_ref="K4")
    court.booking(later)
    assert at_home(court) == [
        ("MISSING: Measures", needy),
        ("MISSING: Interp", soon),
    ]
    for state in (State.PARTIES_READY, State.CALLED_ON):
        court.step(steps.move, soon, state)
    assert [hearing_id for _state, hearing_id in at_home(court)] == [needy]
    assert at_home(court.as_role(Role.ADMINISTRATOR)) == []


def test_what_is_red_on_the_board_is_on_the_first_screen(court: Court, clock: Any) -> None:
    """Also where only jurors are missing, only a link, or who comes is booked for another time."""
    jury = JuryDesk(court.store, clock, court.user)
    jury.jurors(3, identity="P")
    trial = jury.do(trials.open_trial, TrialDraft(TRIAL, "R v Invented", "HHJ Example", "1"))
    for of in range(3):
        jury.do(scans.check_in, number(of), dt.time(9, of))
    jury.do(trials.draw_panel, trial.id, 3)
    court.store.call_jot(Connection.execute, "UPDATE attendance SET kind = ''")
    listed = court.hearing("10:20", case_ref=TRIAL)
    counted = court.hearing("10:21", case_ref="K1")
    court.step(steps.jurors, counted, 11, 12)
    linked = court.hearing("10:22", case_ref="K2", channel="Video hearing")
    elsewhere = court.hearing("10:23", case_ref="K3")
    court.booking(elsewhere, start="14:00", end="16:00")
    sent = "UPDATE booking SET status = 'confirmed'"
    court.store.call_jot(Connection.execute, sent)
    assert at_home(court) == [
        ("MISSING: Jurors", listed),
        ("MISSING: Jurors", counted),
        ("MISSING: Link", linked),
        ("MISSING: Interp", elsewhere),
    ]


def test_where_nothing_hangs_on_the_hearings_of_the_hour_no_rule_is_loaded(
    court: Court, monkeypatch: Any
) -> None:
    """The first screen waits for no calendar."""

    def loaded(*_given: object) -> None:
        raise AssertionError("rules were loaded")

    monkeypatch.setattr("deskapp.services.hearings.acting.acting_on", loaded)
    court.hearing("10:20")
    assert at_home(court) == []


def test_jurors_are_those_of_the_trial_with_the_case_number(court: Court, clock: Any) -> None:
    """Nobody types what the jury desk knows; what was counted in the room stands above it."""
    jury = JuryDesk(court.store, clock, court.user)
    jury.jurors(4, identity="P")
    for of in range(3):
        jury.do(scans.check_in, number(of), dt.time(9, of))
    trial = jury.do(trials.open_trial, TrialDraft(TRIAL, "R v Invented", "HHJ Example", "1"))
    jury.do(trials.draw_panel, trial.id, 3)
    hearing_id = court.hearing(case_ref=TRIAL)
    other = court.hearing(case_ref="T20267002")

    def jurors() -> list[tuple[int, int]]:
        return [each.jurors for each in court.read(bearings.read, [hearing_id, other])]

    assert jurors() == [(3, 3), (0, 0)]
    took_back = "UPDATE attendance SET kind = '' WHERE juror = ?"
    court.store.call_jot(Connection.execute, took_back, (number(0),))
    assert jurors() == [(2, 3), (0, 0)]
    court.step(steps.jurors, hearing_id, 12, 12)
    assert jurors()[0] == (12, 12)
    assert jury.acting.date == TODAY
