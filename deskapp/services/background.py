"""Exchanging by itself while the screens run: when it is due, and in a process of its own.

Nothing here waits: a run that takes long, or a central that does not answer, holds up no key.
Source: design sheet of sync, section 9.
"""

from __future__ import annotations

import datetime as dt
import random
import subprocess
import sys
from dataclasses import dataclass, field
from enum import StrEnum

from deskapp.data.change_state import RECEIVED_UPTO
from deskapp.data.connection import Connection
from deskapp.data.store import Store
from deskapp.errors import Exit, SyncExit
from deskapp.i18n import N_

EVERY = dt.timedelta(minutes=15)
"""How often a desk exchanges by itself, on the average."""
FIRST_SECONDS = 60
"""Within how long after the start of the screens the first exchange begins."""
AGAIN_SECONDS = 30
"""How long something urgent waits after a run; longer after each that did not get through."""
URGENT_SCHEMES = ("safeguarding", "building_issue", "building_risk", "incident")
"""Cases that colleagues must see at once; markers of persons beside them."""


class Outcome(StrEnum):
    """How a run ended, as far as the officer must know."""

    DONE = "done"
    UNREACHED = "unreached"
    REFUSED = "refused"
    COPY = "copy"
    FULL = "full"


LABELS = {
    Outcome.DONE: "",
    Outcome.UNREACHED: N_("central not reached"),
    Outcome.REFUSED: N_("exchange refused: run deskapp sync"),
    Outcome.COPY: N_("store is a copy: run deskapp sync"),
    Outcome.FULL: N_("disk is full: make room"),
}
"""What the top line says until a run gets through."""
_OUTCOMES = {
    0: Outcome.DONE,
    SyncExit.LOOK: Outcome.DONE,
    SyncExit.RUNNING: Outcome.DONE,
    SyncExit.UNREACHABLE: Outcome.UNREACHED,
    SyncExit.INTEGRITY: Outcome.COPY,
    Exit.CANNOT_WRITE: Outcome.FULL,
}


@dataclass
class Pace:
    """When the next run is due, on a clock that only goes forward, in seconds."""

    now: float
    chance: random.Random = field(default_factory=random.Random)
    failures: int = 0

    def __post_init__(self) -> None:
        self._due_at = self.now + self.chance.uniform(0, FIRST_SECONDS)
        self._urgent_at = self.now

    def is_due(self, now: float, *, urgent: bool) -> bool:
        """Whether to run now."""
        return now >= (min(self._urgent_at, self._due_at) if urgent else self._due_at)

    def ended(self, now: float, outcome: Outcome) -> None:
        """Wait after a run; with full jitter, or all desks behind a line would come at once."""
        self.failures = 0 if outcome is Outcome.DONE else self.failures + 1
        usual = EVERY.total_seconds()
        self._due_at = now + max(AGAIN_SECONDS, self.chance.uniform(0, 2) * usual)
        longest = min(usual, AGAIN_SECONDS * 2.0**self.failures)
        self._urgent_at = now + self.chance.uniform(AGAIN_SECONDS, AGAIN_SECONDS + longest)


def has_urgent(connection: Connection) -> bool:
    """Whether something that colleagues must see at once waits to be sent."""
    schemes = ", ".join("?" * len(URGENT_SCHEMES))
    row = connection.execute(
        f"SELECT 1 FROM change_log AS l WHERE l.seq > {RECEIVED_UPTO} AND (l.tbl = 'marker'"
        " OR l.tbl = 'case_record' AND EXISTS (SELECT 1 FROM case_record AS c"
        f"  WHERE c.id = l.row_id AND c.scheme IN ({schemes}))"
        " OR l.tbl = 'case_event' AND EXISTS (SELECT 1 FROM case_event AS e"
        "  JOIN case_record AS c ON c.id = e.case_id"
        f"  WHERE e.id = l.row_id AND c.scheme IN ({schemes}))) LIMIT 1",
        (*URGENT_SCHEMES, *URGENT_SCHEMES),
    ).fetchone()
    return row is not None


def start(store: Store) -> subprocess.Popen[bytes]:
    """Begin an exchange of this desk in a process of its own, which outlives the screens.

    The key goes through a pipe: an argument or a variable could be read by others.
    """
    process = subprocess.Popen(
        [sys.executable, "-m", "deskapp", "sync", "--key-stdin"],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    assert process.stdin is not None
    with process.stdin:
        process.stdin.write(store.key_text().encode("ascii") + b"\n")
    return process


def outcome(exit_code: int) -> Outcome:
    """What the exit code of a run means; one that is not known counts as refused."""
    return _OUTCOMES.get(exit_code, Outcome.REFUSED)
