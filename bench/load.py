"""What a PostgreSQL of this computer uses and waits for while desks work."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import psutil

from deskapp.data.central.connect import Central, connect

_EVERY_SECONDS = 0.1
_ASKED = (
    "SELECT CASE WHEN wait_event_type IS NULL THEN 'busy'"
    " WHEN wait_event_type = 'Client' THEN 'desk' WHEN wait_event_type = 'Lock' THEN 'locks'"
    " ELSE 'inside' END, count(*) FROM pg_stat_activity"
    " WHERE backend_type = 'client backend' AND datname = current_database()"
    " AND pid <> pg_backend_pid() GROUP BY 1"
)
WAITS = ("busy", "desk", "locks", "inside")
"""What a session does: it works, or waits for its desk, for a row that another holds, or for the
server's own memory and disk. One that is still let in is not among them."""


@dataclass
class Load:
    """What was used in some time."""

    seconds: float = 0.0
    """Of processor time."""
    looks: int = 0
    waits: Counter[str] = field(default_factory=Counter)
    """Sessions of each of ``WAITS``, over all looks."""
    deadlocks: int = 0

    def sessions(self, what: str) -> float:
        """How many sessions there were of a kind, at the usual moment."""
        return self.waits[what] / max(1, self.looks)


@contextmanager
def watched(owner: str) -> Iterator[Load]:
    """What the server of ``owner`` uses while the block runs; told once it has ended."""
    load, end = Load(), threading.Event()
    with connect(owner) as central:
        server = _server(central)
        before, deadlocks = _processor_seconds(server), _deadlocks(central)
        looking = threading.Thread(target=_look, args=(central, load, end))
        looking.start()
        try:
            yield load
        finally:
            end.set()
            looking.join()
        load.seconds = _processor_seconds(server) - before
        load.deadlocks = _deadlocks(central) - deadlocks


def _look(central: Central, load: Load, end: threading.Event) -> None:
    while not end.wait(_EVERY_SECONDS):
        load.waits.update(dict(central.execute(_ASKED).fetchall()))
        load.looks += 1


def _server(central: Central) -> psutil.Process:
    """The process that began all others of the server."""
    parent = psutil.Process(central.info.backend_pid).parent()
    assert parent is not None
    return parent


def _processor_seconds(server: psutil.Process) -> float:
    """Of the server since its start, with the sessions that have ended."""
    own = server.cpu_times()
    used = own.user + own.system + own.children_user + own.children_system
    for session in server.children():
        try:
            times = session.cpu_times()
        except psutil.NoSuchProcess:
            continue
        used += times.user + times.system
    return used


def _deadlocks(central: Central) -> int:
    central.execute("SELECT pg_stat_clear_snapshot()")
    [(count,)] = central.execute(
        "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"
    ).fetchall()
    return int(count)
