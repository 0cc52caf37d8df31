"""Many desks that exchange with one real PostgreSQL at once: where it bends.

``python -m bench.crowd --desks 300`` starts a server on this computer, one process for each desk
and one that merges, as the service does. Desks go on without a pause, so that one stands for the
many that exchange each quarter of an hour: for some seconds with nothing new, then with a few
contacts before each run, first one desk, then more. At last all of them begin at the same moment;
and then everything that was written must be at every desk of its site.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from multiprocessing.synchronize import Event
from typing import Any

from bench import seats
from bench.sync import Bench, a_bench, timed
from deskapp.data.central import checks
from deskapp.data.central.apply import apply_all
from deskapp.data.central.connect import APPLIER, connect
from deskapp.services import claim_rules

CHANGES = 3
"""Contacts written before each run that writes."""
STEPS = (1, 10, 30, 100, 300)
"""How many exchange at once, up to all."""
MOST = 500
SPARE = 20
"""Connections of the server beside those of the desks."""


def lines(bench: Bench, desks: int, seconds: float, sites: int) -> Iterator[str]:
    """The table, a line as soon as it is known; at its end whether all is everywhere."""
    began = time.perf_counter()
    taken = seats.let_in(bench, desks, sites)
    yield f"{desks} desks, sites: {sites}, let in in {time.perf_counter() - began:.0f} s"
    yield seats.HEAD
    end = seats.FORK.Event()
    [service] = seats.started(_service, [(bench.owner, end)])
    for count in sorted({*(each for each in STEPS if each < desks), desks}):
        for changes, what in ((0, "nothing new"), (CHANGES, f"{CHANGES} contacts each")):
            yield seats.at_once(bench, taken[:count], seconds, changes=changes).text(what)
    yield seats.at_once(bench, taken, 0, changes=CHANGES).text("at one moment")
    waited = timed(lambda: _until(lambda: not _waiting(bench)))
    end.set()
    service.join()
    yield f"merged {waited:.1f} s after the last was sent"
    yield _agreement(bench, taken)


def _service(owner: str, end: Event) -> None:
    with connect(owner, role=APPLIER) as central:
        rules = claim_rules.in_force()
        while not end.is_set():
            if not apply_all(central, rules).seen:
                end.wait(0.05)


def _until(condition: Callable[[], bool]) -> None:
    while not condition():
        time.sleep(0.05)


def _waiting(bench: Bench) -> int:
    with connect(bench.owner) as central:
        return checks.status(central).waiting


def _agreement(bench: Bench, taken: list[seats.Seat]) -> str:
    """Whether every desk has what all of its site wrote, and central holds together.

    Raises:
        SystemExit: If not.
    """
    views = seats.views(taken)
    with connect(bench.owner) as central:
        faults = list(checks.faults(central))
        rows = central.execute(
            "SELECT home_site, id, rev, fields->>'question' FROM item WHERE tbl = 'contact'"
        ).fetchall()
    held: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for site, *row in rows:
        held[site].append(tuple(row))
    expected = {site: seats.digest(held[site]) for site, _view in views}
    apart = [site for site, view in views if view != expected[site]]
    if apart or faults:
        raise SystemExit(f"NOT everywhere: desks of {apart[:3]}; {faults[:3]}")
    return (
        f"all {len(rows):,} contacts are at all {len(taken)} desks of their sites;"
        " central check finds nothing"
    )


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.crowd", description=__doc__)
    parser.add_argument("--desks", type=int, default=30, help=f"at most {MOST}")
    parser.add_argument("--seconds", type=float, default=8, help="of each line")
    parser.add_argument("--sites", type=int, default=1, help="to which they belong in turn")
    parser.add_argument("--connections", type=int, help="of the server; enough when left out")
    asked = parser.parse_args()
    desks = min(asked.desks, MOST)
    with a_bench(f"max_connections={asked.connections or desks + SPARE}") as bench:
        for line in lines(bench, desks, asked.seconds, min(asked.sites, desks)):
            print(line, flush=True)
    print(f"load {os.getloadavg()[0]:.1f}, {os.cpu_count()} processors")
    return 0


if __name__ == "__main__":
    sys.exit(main())
