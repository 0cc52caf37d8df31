"""The emergency services are one key away at every step of every safety script."""

from __future__ import annotations

from dataclasses import replace

import pytest

from deskapp.clock import instant
from deskapp.i18n import LANGUAGES
from deskapp.services import bank_holidays
from deskapp.services.dates import Nation
from deskapp.services.knowledge import emergency, library, trails, walk
from deskapp.services.knowledge.nodes import NodeKind
from deskapp.services.knowledge.walk import Walk
from tests.services.knowledge.content_folder import TODAY

NOW = instant("2026-11-22T14:05:00.000Z")
CALENDAR = bank_holidays.shipped()[Nation.ENGLAND_AND_WALES]
SAFETY = [script.id for script in library.shipped().scripts.values() if script.safety]
STEPS = [
    (script_id, node.id)
    for script_id in SAFETY
    for node in library.shipped().scripts[script_id].nodes.values()
    if node.kind is not NodeKind.CHECK
]


def at(script_id: str, node_id: str = "") -> Walk:
    """A walk that stands at a node."""
    begun = walk.begin(
        library.shipped(), script_id, language="en", today=TODAY, calendar=CALENDAR, known={}
    )
    return replace(begun, node=begun.script.nodes[node_id]) if node_id else begun


@pytest.mark.parametrize(("script_id", "node_id"), STEPS)
def test_the_time_is_kept_and_the_step_stays(script_id: str, node_id: str) -> None:
    """Whoever has just rung 999 goes on where they were."""
    stood = at(script_id, node_id)
    rung = emergency.rung(stood, now=NOW)
    assert rung.node is stood.node
    assert [(step.node, step.at) for step in rung.trail] == [(node_id, NOW)]
    assert rung.filled == stood.filled
    assert emergency.withdrawn(rung) == stood
    assert f"14:05 {node_id}: [emergency services rung]" in trails.told(rung)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("script_id", SAFETY)
def test_what_to_do_first_names_the_number(script_id: str, language: str) -> None:
    """In the words of the script where it has some, in both languages."""
    assert "999" in emergency.words(library.shipped().scripts[script_id], language)


def test_going_back_leaves_the_time_standing() -> None:
    """A step can be taken back, a call to the emergency services cannot."""
    there = emergency.rung(at("s-suicide").forward("y", now=NOW), now=NOW)
    before = there.back()
    assert before.node.id == "calm"
    assert [step.emergency for step in before.trail] == [True]
    assert before.back() is before


def test_the_time_outlives_a_restart() -> None:
    """It is kept with the draft like every other step."""
    rung = emergency.rung(at("s-bomb-threat"), now=NOW)
    kept = trails.dumps(rung)
    assert trails.loads(kept, rung.library, today=TODAY, calendar=CALENDAR) == rung
