"""One exchange with the central database: send what was written here, fetch what others wrote.

Every step may be cut at any point; the next run goes on. Desks work without it for days.
Source: design sheet of sync, section 6.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from deskapp import security_log
from deskapp.data import vault
from deskapp.data.central import connect
from deskapp.data.central.port import Central, Postgres
from deskapp.data.collecting import paused
from deskapp.data.locks import lock_exchange
from deskapp.errors import (
    CentralError,
    CentralRefusedError,
    CentralUnreachableError,
    DeskLostError,
    StoreForkedError,
)
from deskapp.security_log import Event
from deskapp.services.exchange_notes import keep_run, note_done
from deskapp.services.exchange_steps import Run
from deskapp.services.tries import Told, Tries

if TYPE_CHECKING:
    from deskapp.clock import Clock
    from deskapp.data.claims import Rules
    from deskapp.data.store import Store


@dataclass
class Outcome:
    """What an exchange did, in counts."""

    sent: int = 0
    applied: int = 0
    """Changes, of any desk, that this run merged at central itself."""
    received: int = 0
    """Rows that came."""
    conflicts: int = 0
    """Open ones that this desk can see."""
    quarantined: int = 0
    """Changes of this desk that central could not take."""
    skew: dt.timedelta = dt.timedelta()
    """How far the server's clock is ahead of the desk's; 0 when it is near enough."""
    central_at: dt.datetime | None = None
    """When it was, by the server's clock."""
    applied_seq: int = 0
    """Changes of this desk up to here are merged at central."""


def run(
    store: Store,
    dsn: str,
    *,
    clock: Clock,
    password: str | None = None,
    told: Told = lambda _what, _count: None,
    rest: Callable[[float], None] = time.sleep,
) -> Outcome:
    """Exchange once with the central database of ``dsn``; ``rest`` waits between two tries.

    Raises:
        SyncRunningError: If another exchange of this desk is running.
        StoreForkedError: If this store is a copy of another or an old backup: see ``fork``.
        DeskLostError: If this device was reported lost; its records are destroyed then.
        CentralError: If central cannot be reached, or refuses; everything stays here.
    """
    trying = Tries(store, clock, told, rest)
    outcomes: list[Outcome] = []
    with lock_exchange(store.folder):
        trying.begin()
        while True:
            try:
                with (
                    paused(),
                    connect.connect(dsn, role=connect.DESK, password=password) as opened,
                ):
                    trying.reached = True
                    central = Postgres(opened, _rules)
                    outcomes.append(Outcome())
                    with_central(store, central, clock=clock, told=told, outcome=outcomes[-1])
                    return _together(outcomes)
            except CentralUnreachableError as error:
                trying.failed(error)
            except DeskLostError:
                security_log.note(Event.LOST, desk=store.desk_id)
                store.close()
                vault.destroy(store.folder)
                raise


def _rules() -> Rules:
    from deskapp.services import claim_rules  # most runs have nothing to merge

    return claim_rules.in_force()


def _together(outcomes: list[Outcome]) -> Outcome:
    """What the tries of a run did, with how it stood at the end."""
    counts = {
        name: sum(getattr(each, name) for each in outcomes)
        for name in ("sent", "applied", "received")
    }
    return replace(outcomes[-1], **counts)


def with_central(
    store: Store,
    central: Central,
    *,
    clock: Clock,
    told: Told = lambda _what, _count: None,
    outcome: Outcome | None = None,
) -> Outcome:
    """As ``run``, with a central that answers already; the caller keeps other runs away.

    ``outcome`` is filled, also where the run is cut.
    """
    running = Run(store, central, clock, told, outcome or Outcome())
    started = clock.now()
    try:
        answer = running.exchange()
    except CentralError as error:
        if isinstance(error, CentralRefusedError | StoreForkedError):
            code = type(error).__name__
            security_log.note(Event.REFUSED, desk=running.desk_id, code=code)
        store.call_note(keep_run, running.outcome, started, clock.now(), type(error).__name__)
        raise
    store.call_note(note_done, answer, running.outcome, started, clock.now())
    return running.outcome
