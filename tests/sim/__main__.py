"""Run many schedules: ``python -m tests.sim --seeds 200000``. A seed that fails is printed."""

from __future__ import annotations

import argparse
import sys
from collections import Counter

from tests.sim.world import World


def main() -> int:
    """The exit code is 1 when a schedule breaks an invariant."""
    parser = argparse.ArgumentParser(prog="python -m tests.sim", description=__doc__)
    parser.add_argument("--seeds", type=int, default=2_000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--steps", type=int, default=25)
    asked = parser.parse_args()
    counts: Counter[str] = Counter()
    broken = 0
    for seed in range(asked.first, asked.first + asked.seeds):
        world = World(seed)
        try:
            world.run(asked.steps)
        except Exception as error:  # noqa: BLE001 - however it shows
            broken += 1
            print(f"seed {seed}: {type(error).__name__} {error}", flush=True)
        counts += world.counts + world.central.counts
    print(f"{asked.seeds} schedules, {broken} broken; {dict(counts)}")
    return int(broken > 0)


if __name__ == "__main__":
    sys.exit(main())
