"""Desks that exchange at once, each in a process of its own with the memory of this one."""

from __future__ import annotations

import gc
import hashlib
import multiprocessing
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import closing
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any, NamedTuple

from bench import load
from bench.store import contacts
from bench.sync import Bench, save, sync, timed
from deskapp.clock import Clock
from deskapp.data.connection import Connection
from deskapp.data.store import Store
from deskapp.errors import CentralError
from deskapp.services import exchange

KEY = bytes(32)
PATIENCE_SECONDS = 600
FORK = multiprocessing.get_context("fork")
HEAD = (
    "                        runs/s    seconds of a run     ms of processor   sessions at a moment:"
    "           turned  gave  dead-\n"
    "desks                           median   95%  most    desk   server    busy  desk locks inside"
    "   away    up  locks"
)
"""Sessions are busy, or wait for their desk, for a row that another holds, or for the server's own
memory and disk."""


class Seat(NamedTuple):
    """A desk before a process opens it."""

    folder: Path
    dsn: str
    site: str


class Told(NamedTuple):
    """What the process of a desk tells."""

    runs: list[float]
    """Seconds of each run that ended well."""
    turned_away: int
    """Tries that central did not take; the run went on after a pause."""
    gave_up: int
    """Runs that did not get through; a desk tries those again later."""
    processor: float
    """Seconds."""


class Round(NamedTuple):
    """What so many desks did in so many seconds."""

    seconds: float
    told: list[Told]
    load: load.Load

    def text(self, what: str) -> str:
        """A line of the table."""
        runs = [run for each in self.told for run in each.runs] or [0.0]
        slow = statistics.quantiles([*runs, *runs], n=20, method="inclusive")[-1]
        times = f"{statistics.median(runs):9.3f}{slow:7.3f}{max(runs):7.3f}"
        desk = sum(each.processor for each in self.told) / len(runs) * 1000
        server = self.load.seconds / len(runs) * 1000
        waits = "".join(f"{self.load.sessions(each):6.1f}" for each in load.WAITS)
        turned_away = sum(each.turned_away for each in self.told)
        gave_up = sum(each.gave_up for each in self.told)
        return (
            f"{len(self.told):5} {what:15} {len(runs) / self.seconds:8.1f}{times}{desk:8.1f}"
            f"{server:9.1f}  {waits}{turned_away:9}{gave_up:6}{self.load.deadlocks:7}"
        )


def let_in(bench: Bench, count: int, sites: int) -> list[Seat]:
    """Desks that were let in and have exchanged once."""
    found = []
    for number in range(count):
        site = f"bench{number % sites}"
        store, dsn = bench.desk(key=KEY, site=site)
        sync((store, dsn))
        store.close()
        found.append(Seat(store.folder, dsn, site))
    return found


def at_once(bench: Bench, taken: list[Seat], seconds: float, *, changes: int) -> Round:
    """Let desks exchange for some seconds, each at least once.

    Each writes so many contacts before each run.
    """
    ready, told = FORK.Queue(), FORK.Queue()
    begin, end = FORK.Event(), FORK.Event()
    work = started(_exchange, [(seat, changes, begin, end, ready, told) for seat in taken])
    for _each in work:
        ready.get(timeout=PATIENCE_SECONDS)
    if not seconds:
        end.set()
    with load.watched(bench.owner) as used:
        begin.set()
        began = time.perf_counter()
        end.wait(seconds)
        end.set()
        results = [told.get(timeout=PATIENCE_SECONDS) for _each in work]
        took = time.perf_counter() - began  # each ends the run that it is in
    for each in work:
        each.join()
    return Round(took, results, used)


def views(taken: list[Seat]) -> list[tuple[str, str]]:
    """The site of each desk, and the digest of what it has after one more exchange."""
    told = FORK.Queue()
    work = started(_view, [(seat, told) for seat in taken])
    found = [told.get(timeout=PATIENCE_SECONDS) for _each in work]
    for each in work:
        each.join()
    return found


def started(target: Callable[..., None], given: list[tuple[Any, ...]]) -> list[Any]:
    """A process for each of ``given``."""
    gc.freeze()  # or each collection would copy what they share
    work = [FORK.Process(target=target, args=each, daemon=True) for each in given]
    for each in work:
        each.start()
    return work


def digest(rows: Iterable[tuple[Any, ...]]) -> str:
    """One word for rows: id, revision and question, by id."""
    return hashlib.sha256(repr(sorted(map(tuple, rows))).encode()).hexdigest()


def _exchange(seat: Seat, changes: int, begin: Event, end: Event, ready: Any, told: Any) -> None:
    runs: list[float] = []
    count: Counter[str] = Counter()

    def rest(seconds: float) -> None:
        count["turned away"] += 1
        time.sleep(seconds)

    with closing(Store.open(seat.folder, KEY)) as store:
        _through(lambda: sync((store, seat.dsn)))
        ready.put(None)
        begin.wait()
        began = time.process_time()
        while True:
            if changes:
                rows = [row | {"home_site": seat.site} for row in contacts(changes)]
                save(store, "contact", rows)
            try:
                runs.append(timed(lambda: exchange.run(store, seat.dsn, clock=Clock(), rest=rest)))
            except CentralError:
                count["gave up"] += 1
            if end.is_set():
                break
        used = time.process_time() - began
    told.put(Told(runs, count["turned away"], count["gave up"], used))


def _view(seat: Seat, told: Any) -> None:
    with closing(Store.open(seat.folder, KEY)) as store:
        _through(lambda: sync((store, seat.dsn)))
        question = "SELECT id, sync_rev, question FROM contact"
        rows = store.call_read(lambda opened: Connection.execute(opened, question).fetchall())
    told.put((seat.site, digest(rows)))


def _through(run: Callable[[], object]) -> None:
    """Run until central takes it."""
    while True:
        try:
            run()
        except CentralError:
            time.sleep(1)
        else:
            return
