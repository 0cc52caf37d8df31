"""Ground rules hearings: when one is needed, what is kept, and where it stands."""

from __future__ import annotations

import datetime as dt

import pytest

from deskapp.errors import FormProblemsError, NotAllowedError
from deskapp.roles import Role
from deskapp.services import kinds
from deskapp.services.hearings import ground_rules, needing, record, text, unmet_needs
from deskapp.services.hearings.day import Ready
from tests.services.hearings.office import TODAY, Court

GIVEN = {"held_on": "16 11", "attended": "HHJ Example, both sides", "rules": "Short questions"}
INTERMEDIARY, SCREEN = "RA0038", "SM0002"


def told(court: Court, hearing_id: str) -> list[str]:
    """What the record of a hearing says of ground rules."""
    return list(text.ground_rules_words(court.read(record.read, hearing_id)))


def test_rules_that_were_agreed_at_one_hearing_stand_at_the_trial(court: Court) -> None:
    """Whoever runs the trial must have them, and no other case may show them."""
    agreed = court.hearing("09:00")
    trial = court.hearing("14:00", day=TODAY + dt.timedelta(days=7))
    other = court.hearing("15:00", case_ref="52XY0099926")
    court.need(trial, INTERMEDIARY)
    assert ["NOT RECORDED" in each for each in told(court, trial)] == [True]
    court.step(ground_rules.keep, agreed, GIVEN)
    court.step(ground_rules.keep, trial, {**GIVEN, "held_on": "today", "rules": "Breaks"})
    for hearing_id in (agreed, trial):
        newest, first = court.read(record.read, hearing_id).ground_rules
        assert (newest.held_on, newest.rules) == (TODAY, "Breaks")
        assert first.words == "16 Nov 2026  HHJ Example, both sides: Short questions"
    assert told(court, other) == []


def test_an_intermediary_who_is_booked_needs_ground_rules_too(court: Court) -> None:
    """Not everybody who is booked was entered as a need."""
    hearing_id = court.hearing("14:00")
    court.booking(hearing_id)
    assert told(court, hearing_id) == []
    court.booking(hearing_id, "", kind="intermediary", assessment_done="yes")
    assert len(told(court, hearing_id)) == 1


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("held_on", ""),
        ("held_on", "19 11 2026"),
        ("attended", " "),
        ("attended", "x" * 201),
        ("rules", ""),
        ("rules", "x" * 2001),
    ],
)
def test_what_is_missing_or_still_to_come_is_told_beside_its_field(
    court: Court, field: str, typed: str
) -> None:
    """A form that is half filled is of no use at the trial."""
    with pytest.raises(FormProblemsError) as refused:
        court.step(ground_rules.keep, court.hearing(), {**GIVEN, field: typed})
    assert [each.field for each in refused.value.problems] == [field]


def test_only_who_records_in_hearing_rooms_keeps_ground_rules(court: Court) -> None:
    """An administrator keeps the computer."""
    with pytest.raises(NotAllowedError):
        court.as_role(Role.ADMINISTRATOR).step(ground_rules.keep, court.hearing(), GIVEN)


def test_a_need_that_was_not_met_fills_in_a_complaint(court: Court) -> None:
    """What was written down is not typed again."""
    hearing_id = court.hearing()
    need_id = court.need(hearing_id, SCREEN)
    court.step(needing.tick, hearing_id, need_id, Ready.NOT_PROVIDED, "The screen is broken")
    found = court.store.call_read(unmet_needs.handover, hearing_id, need_id, user=court.user)
    assert (found["from_table"], found["from_id"]) == (kinds.HEARING, hearing_id)
    assert (found["case_ref"], found["details"]) == ("52XY0012326", "The screen is broken")
    assert "Screen" in found["summary"]
