"""Many desks that exchange with one real PostgreSQL at once: where it bends.

``python -m bench.crowd --desks 30`` starts a server on this computer, one process for each desk and
one that merges, as the service does. Desks go on without a pause, so that one stands for the many
that exchange each quarter of an hour. At the end everything that was written must be everywhere.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any, NamedTuple

from bench.store import contacts
from bench.sync import Bench, a_bench, save, sync, timed
from deskapp.clock import Clock
from deskapp.data.central import checks
from deskapp.data.central.apply import apply_all
from deskapp.data.central.connect import APPLIER, connect
from deskapp.data.connection import Connection
from deskapp.data.store import Store
from deskapp.errors import CentralError
from deskapp.services import claim_rules

KEY = bytes(32)
CHANGES = 3
"""Contacts written before each run that writes."""
EVERY_MINUTES = 15
FORK = multiprocessing.get_context("fork")


class Seat(NamedTuple):
    """A desk before a process opens it."""

    folder: Path
    dsn: str


class Round(NamedTuple):
    """What so many desks did in so many seconds."""

    desks: int
    seconds: float
    runs: list[float]
    """Seconds of each run that ended well."""
    refused: int
    """Runs that central did not answer; a desk tries those again."""

    def text(self, what: str) -> str:
        """A line of the table."""
        rate = len(self.runs) / self.seconds
        slow = statistics.quantiles(self.runs, n=20)[-1] if len(self.runs) > 1 else 0.0
        return (
            f"{self.desks:4} desks {what:28} {rate:8.1f} runs/s  median"
            f" {statistics.median(self.runs) * 1000:7.1f} ms  95% {slow * 1000:7.1f} ms "
            f" refused {self.refused}  = {rate * 60 * EVERY_MINUTES:,.0f} desks at one run in"
            f" {EVERY_MINUTES} minutes"
        )


def seats(bench: Bench, count: int) -> list[Seat]:
    """Desks that were let in and have exchanged once."""
    found = []
    for _number in range(count):
        store, dsn = bench.desk(key=KEY)
        sync((store, dsn))
        store.close()
        found.append(Seat(store.folder, dsn))
    return found


def at_once(taken: list[Seat], seconds: float, *, changes: int) -> Round:
    """Let desks exchange for some seconds, each in a process of its own."""
    told: Any = FORK.Queue()
    begin, end = FORK.Event(), FORK.Event()
    work = [
        FORK.Process(target=_desk, args=(seat, changes, begin, end, told), daemon=True)
        for seat in taken
    ]
    for each in work:
        each.start()
    for _each in work:
        told.get()  # it is open
    begin.set()
    began = time.perf_counter()
    time.sleep(seconds)
    end.set()
    results = [told.get() for _each in work]
    took = time.perf_counter() - began  # each ends the run that it is in
    for each in work:
        each.join()
    runs = [run for done, _refused in results for run in done]
    return Round(len(taken), took, runs, sum(refused for _done, refused in results))


def _desk(seat: Seat, changes: int, begin: Event, end: Event, told: Any) -> None:
    runs: list[float] = []
    refused = 0
    with closing(Store.open(seat.folder, KEY)) as store:
        sync((store, seat.dsn))
        told.put(None)
        begin.wait()
        while not end.is_set():
            if changes:
                save(store, "contact", contacts(changes))
            try:
                runs.append(timed(lambda: sync((store, seat.dsn))))
            except CentralError:
                refused += 1
    told.put((runs, refused))


def _service(owner: str, end: Event) -> None:
    with connect(owner, role=APPLIER) as central:
        rules = claim_rules.in_force()
        while not end.is_set():
            if not apply_all(central, rules).seen:
                end.wait(0.05)


def lines(bench: Bench, desks: int, seconds: float) -> Iterator[str]:
    """The table, a line as soon as it is known; at its end whether all is everywhere."""
    taken = seats(bench, desks)
    end = FORK.Event()
    service = FORK.Process(target=_service, args=(bench.owner, end), daemon=True)
    service.start()
    for count in sorted({1, max(1, desks // 3), desks}):
        yield at_once(taken[:count], seconds, changes=0).text("nothing new")
        yield at_once(taken[:count], seconds, changes=CHANGES).text(f"{CHANGES} contacts each")
    waited = timed(lambda: _until(lambda: not _waiting(bench)))
    end.set()
    service.join()
    yield f"merged {waited:.1f} s after the last was sent"
    yield _agreement(bench, taken)


def _until(condition: Callable[[], bool]) -> None:
    while not condition():
        time.sleep(0.05)


def _waiting(bench: Bench) -> int:
    with connect(bench.owner) as central:
        return checks.status(central).waiting


def _agreement(bench: Bench, taken: list[Seat]) -> str:
    """Whether every desk has what all of them wrote, and central holds together."""
    counts = set()
    for seat in taken:
        with closing(Store.open(seat.folder, KEY, clock=Clock())) as store:
            sync((store, seat.dsn))
            [row] = store.call_read(
                lambda opened: Connection.execute(opened, "SELECT count(*) FROM contact").fetchall()
            )
            counts.add(row[0])
    with connect(bench.owner) as central:
        faults = list(checks.faults(central))
        [(written,)] = central.execute("SELECT count(*) FROM item").fetchall()
    if counts != {written} or faults:
        raise SystemExit(f"NOT everywhere: {sorted(counts)} of {written}; {faults[:3]}")
    return f"all {written:,} contacts at all {len(taken)} desks; central check finds nothing"


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.crowd", description=__doc__)
    parser.add_argument("--desks", type=int, default=30, help="at most 50")
    parser.add_argument("--seconds", type=float, default=8, help="of each line")
    asked = parser.parse_args()
    with a_bench() as bench:
        for line in lines(bench, min(asked.desks, 50), asked.seconds):
            print(line, flush=True)
    print(f"load {os.getloadavg()[0]:.1f}, {os.cpu_count()} processors")
    return 0


if __name__ == "__main__":
    sys.exit(main())
