"""A central database in memory: the inbox, the feeds and the merging of the real one, no SQL."""

from __future__ import annotations

import copy
import random
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, partial

from deskapp.clock import Clock
from deskapp.data import claims, schema
from deskapp.data.central.apply import Step
from deskapp.data.central.hello import PROTOCOL, Cursor, Hello, Stream
from deskapp.data.central.pull import End, Fetched, Keep
from deskapp.data.central.push import Batch, ForkedError
from deskapp.data.changes import NO_PAYLOAD, START, Change, linked, payload_fits
from deskapp.data.conflicts import CONFLICT
from deskapp.data.merge import Row
from deskapp.data.merging import Key, Merging, Reference, Sent
from deskapp.data.registers import Register
from deskapp.services import claim_rules
from deskapp.services.callbacks import slot_claims

STREAM = "S:here"
SITE = "here"


@dataclass
class State:
    """Everything that a backup of central would hold."""

    inbox: dict[str, dict[int, tuple[Change, bytes]]] = field(default_factory=dict)
    applied: dict[str, int] = field(default_factory=dict)
    rows: dict[Key, Row] = field(default_factory=dict)
    known: set[str] = field(default_factory=set)
    outcomes: Counter[str] = field(default_factory=Counter)
    """How often something came of a change, by its id."""
    erased: set[Key] = field(default_factory=set)
    references: dict[Reference, Key] = field(default_factory=dict)
    feed: dict[Key, tuple[int, str, str]] = field(default_factory=dict)
    head: int = 0
    marks: dict[int, str] = field(default_factory=dict)


CAPACITY = 1
RULE = claims.Rule(
    "callback", "slot", slot_claims.resource, partial(slot_claims.excess, capacity=CAPACITY)
)
"""The real one, for half hours that are full at once."""


@cache
def _registers() -> dict[str, Register]:
    """The real ones."""
    return {each.table: each for each in claim_rules.in_force().registers}


class _Kept:
    """See ``deskapp.data.claims.Kept``."""

    def __init__(self, rows: Mapping[Key, Row]) -> None:
        self._rows = rows

    def holders(self, site: str, table: str, resource: str) -> Mapping[Key, Row]:
        """Rows of a site that hold something."""
        held = claims.resources([RULE], self._rows)
        return {key: self._rows[key] for key, what in held.items() if what == resource}

    def anywhere(self, table: str, resources: Collection[str]) -> Mapping[Key, Row]:
        """Rows of all sites that hold one of these: the rule here asks for none."""
        raise NotImplementedError

    def rows(self, keys: Collection[Key]) -> Mapping[Key, Row]:
        """Those of the rows that are there."""
        return {key: self._rows[key] for key in keys if key in self._rows}


class MemoryCentral:
    """See ``deskapp.data.central.port.Central``; every desk is enrolled and may push."""

    def __init__(self, clock: Clock, chance: random.Random, site: str = SITE) -> None:
        self.state = State()
        self.site = site
        self.clock = clock
        self.chance = chance
        self.may_apply = 0.3
        """How often a desk that asks is told that it may merge what waits."""
        self.counts: Counter[str] = Counter()

    # -- what a desk asks ------------------------------------------------------------------

    def ask(self, desk_id: str, cursors: dict[str, Cursor]) -> Hello:
        """Everything in one answer."""
        state = self.state
        inbox = state.inbox.get(desk_id, {})
        applied = state.applied.get(desk_id, 0)
        received = max(inbox, default=0)
        cursor = cursors.get(STREAM, Cursor(0, ""))
        known = cursor.seq == 0 or state.marks.get(cursor.seq) == cursor.mark
        staged = cursor.staged_seq in state.marks
        staged = staged and state.marks[cursor.staged_seq] == cursor.staged_mark
        return Hello(
            central_id="central",
            protocols=range(PROTOCOL, PROTOCOL + 1),
            schema_ver=schema.HEAD,
            min_desk_schema=schema.HEAD,
            paused=False,
            retry_after_s=0,
            max_batch_rows=4,
            max_batch_bytes=1_000_000,
            status="active",
            applied_seq=applied,
            received=received,
            chain=inbox[received][1] if received else START,
            streams={STREAM: Stream(state.head, known, staged)},
            now=self.clock.now(),
            may_apply=self.chance.random() < self.may_apply,
        )

    @contextmanager
    def pushing(self, batch: Batch) -> Iterator[None]:
        """See ``push``."""
        yield
        self.push(batch)

    def push(self, batch: Batch) -> None:
        """Add to the inbox what is not there yet."""
        inbox = self.state.inbox.setdefault(batch.desk_id, {})
        added = dict(inbox)
        for change, chain in zip(batch.changes, batch.chains, strict=True):
            if change.seq in added:
                self.counts["sent again"] += 1
            added.setdefault(change.seq, (change, chain))
        if added[batch.changes[-1].seq][1] != batch.chains[-1]:
            raise ForkedError
        self.state.inbox[batch.desk_id] = added

    def pull(self, desk_id: str, cursors: dict[str, Cursor], keep: Keep) -> End:
        """What is behind the cursor, in pages of three."""
        state = self.state
        after = cursors[STREAM].seq
        rows = sorted(
            (seq, key, op, doc) for key, (seq, op, doc) in state.feed.items() if seq > after
        )
        fetched = [Fetched(STREAM, seq, key.tbl, key.id, op, doc) for seq, key, op, doc in rows]
        head = Cursor(state.head, state.marks.get(state.head, ""))
        end = End(state.applied.get(desk_id, 0), {STREAM: head})
        for first in range(0, len(fetched), 3):
            keep(fetched[first : first + 3], end)
        return end

    def quarantined(self, desk_id: str) -> dict[int, str]:
        """Nothing is refused here: desks write what their models allow."""
        return {}

    # -- merging ---------------------------------------------------------------------------

    def apply(self, *, most: int = 10_000) -> Step:
        """Merge some of what waits, of all desks."""
        state = self.state
        sent: list[Sent] = []
        for desk_id, inbox in sorted(state.inbox.items()):
            begin = state.applied.get(desk_id, 0)
            waiting = [inbox[seq][0] for seq in sorted(inbox) if seq > begin]
            taken = self._whole_groups(waiting, most - len(sent))
            sent += (Sent(desk_id, self.site, "all", change) for change in taken)
            if taken:
                self._check_chain(desk_id, taken)
                state.applied[desk_id] = taken[-1].seq
        if not sent:
            return Step()
        before = dict(state.rows)
        now_ms = int(self.clock.now().timestamp() * 1000)
        step = Merging(
            now_ms,
            {("all", self.site)},
            state.known,
            state.rows,
            state.erased,
            state.references,
            _registers(),
        )
        for each in sent:
            step.take(each)
        assert step.refused == []
        claims.settle(step, [RULE], _Kept(before))
        self._count(step, len(sent))
        self._publish(step, before)
        self._drop_payloads(step.to_erase.keys() | step.blanked.keys(), step.without_payload(sent))
        return Step(step.applied, step.conflicts)

    def _check_chain(self, desk_id: str, taken: list[Change]) -> None:
        """As the real one, which blocks a desk that changed what it had sealed."""
        inbox, begin = self.state.inbox[desk_id], self.state.applied.get(desk_id, 0)
        assert [change.seq for change in taken] == list(range(begin + 1, taken[-1].seq + 1))
        assert all(map(payload_fits, taken))
        before = inbox[begin][1] if begin else START
        assert linked(before, taken) == inbox[taken[-1].seq][1]

    @staticmethod
    def _whole_groups(waiting: list[Change], most: int) -> list[Change]:
        taken = waiting[: max(0, most)]
        while taken and len(taken) < len(waiting) and waiting[len(taken)].txn == taken[-1].txn:
            taken.append(waiting[len(taken)])
        return taken

    def _publish(self, step: Merging, before: Mapping[Key, Row]) -> None:
        state = self.state
        gone = dict.fromkeys(step.to_erase)
        about: dict[object, Set[str] | None] = {
            key.id: columns for key, columns in step.blanked.items()
        }
        about |= {key.id: None for key in step.to_erase}
        for key, row in before.items() if about else ():
            if key.tbl == CONFLICT and row.fields["row_id"] in about:
                columns = about[row.fields["row_id"]]
                if columns is None or row.fields["field"] in columns:
                    gone[key] = None
        for key, told in step.told().items():
            if key not in gone:
                state.head += 1
                state.feed[key] = (state.head, "P", told.doc)
        for key in gone:
            state.head += 1
            state.feed[key] = (state.head, "X", "{}")
            state.rows.pop(key, None)
        if state.head not in state.marks:  # a step may publish nothing
            state.marks[state.head] = f"{self.chance.random()}"

    def _drop_payloads(self, keys: Set[Key], looked_at: Iterable[Sent]) -> None:
        """The inbox keeps nothing that was merged of erased rows."""
        merged = {(each.desk, each.change.seq) for each in looked_at}
        for desk_id, inbox in self.state.inbox.items() if keys or merged else ():
            for seq, (change, chain) in inbox.items():
                known = seq <= self.state.applied.get(desk_id, 0)
                key = Key(change.home_site, change.tbl, change.row_id)
                if (desk_id, seq) in merged or (known and key in keys):
                    inbox[seq] = (change._replace(delta=NO_PAYLOAD), chain)

    def _count(self, step: Merging, sent: int) -> None:
        self.counts.update(entry.outcome for entry in step.entries)
        self.state.outcomes.update(entry.change.change_id for entry in step.entries)
        self.counts["merged before"] += sent - len(step.entries)

    def everything(self) -> str:
        """Every value that it holds, as JSON."""
        state = self.state
        held = [list(state.rows.values()), list(state.feed.values()), list(state.inbox.values())]
        return repr(held).replace("'", '"').replace("\\", "")

    # -- disasters -------------------------------------------------------------------------

    def backup(self) -> State:
        """What a backup of now would hold."""
        return copy.deepcopy(self.state)

    def restore(self, backup: State) -> None:
        """Go back in time."""
        self.state = copy.deepcopy(backup)
        self.counts["central restored"] += 1
