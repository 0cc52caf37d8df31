"""Random schedules of several desks, and faults that they must find. ``make sim`` runs more."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.sim.mutants import ALL, Mutant, caught
from tests.sim.world import World

SEEDS, STEPS = 200, 25
MOST_SEEDS = 600
"""Schedules after which a fault counts as not found."""
SITUATIONS = (
    "applied",
    "conflict",
    "merged before",
    "erased",
    "cut",
    "forked",
    "cloned",
    "desk restored",
    "central restored",
)


def test_every_schedule_ends_in_agreement() -> None:
    """I1 to I4, I6 and I12 hold, and every situation that could break them really came up."""
    counts: Counter[str] = Counter()
    for seed in range(SEEDS):
        world = World(seed)
        try:
            world.run(STEPS)
        except Exception as error:
            error.add_note(f"seed {seed}: python -m tests.sim --first {seed} --seeds 1")
            raise
        counts += world.counts + world.central.counts
    assert [name for name in SITUATIONS if not counts[name]] == []


@pytest.mark.parametrize("mutant", ALL, ids=lambda mutant: mutant.__name__)
def test_a_fault_that_is_built_in_is_found(mutant: Mutant) -> None:
    """A simulation that finds nothing proves nothing."""
    assert caught(mutant, range(MOST_SEEDS), STEPS) is not None
