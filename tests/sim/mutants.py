"""Faults that somebody could build into the exchange; the simulation must find each of them."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from unittest import mock

from deskapp.data import blanks, claims, logged, merge, merging, outbox, pulled, purge, registers
from deskapp.data.central.hello import Cursor, Hello
from deskapp.data.central.pull import End, Keep
from deskapp.data.central.push import Batch
from deskapp.data.changes import NO_PAYLOAD
from deskapp.data.merge import Incoming, Row
from deskapp.data.merging import Key, Merging, Sent
from deskapp.data.registry import Kind
from tests.sim import world
from tests.sim.central import MemoryCentral

Mutant = Callable[[], AbstractContextManager[object]]


class _Anything:
    """Equal to whatever it is compared with."""

    def __eq__(self, other: object) -> bool:
        return True

    def __ne__(self, other: object) -> bool:
        return False

    __hash__ = None  # type: ignore[assignment]


@contextmanager
def no_fork_check() -> Iterator[None]:
    """Two stores may speak as one desk."""

    class Central(MemoryCentral):
        def push(self, batch: Batch) -> None:
            inbox = self.state.inbox.setdefault(batch.desk_id, {})
            for change, link in zip(batch.changes, batch.chains, strict=True):
                inbox.setdefault(change.seq, (change, link))

    with (
        mock.patch.object(outbox, "chain_at", return_value=_Anything()),
        mock.patch.object(world, "MemoryCentral", Central),
    ):
        yield


def no_overlay() -> AbstractContextManager[object]:
    """What comes is written over what was typed and not yet merged."""
    return mock.patch.object(pulled, "_unmerged", return_value={})


@contextmanager
def overlay_by_received() -> Iterator[None]:
    """What central has received counts as merged."""

    class Central(MemoryCentral):
        def pull(self, desk_id: str, cursors: dict[str, Cursor], keep: Keep) -> End:
            end = super().pull(desk_id, cursors, keep)
            return end._replace(applied_seq=max(self.state.inbox.get(desk_id, {}), default=0))

    with mock.patch.object(world, "MemoryCentral", Central):
        yield


@contextmanager
def plain_sequence() -> Iterator[None]:
    """A number of the feed is taken before its row can be read, as sequences do."""

    class Central(MemoryCentral):
        late: tuple[merging.Key, tuple[int, str, str]] | None = None

        def _publish(self, step: Merging, before: Mapping[Key, Row]) -> None:
            if self.late:
                self.state.feed[self.late[0]] = self.late[1]
                self.late = None
            super()._publish(step, before)
            last = next(reversed(step.told()), None)
            if last is not None and self.chance.random() < 0.3:
                self.late = last, self.state.feed.pop(last)

    with mock.patch.object(world, "MemoryCentral", Central):
        yield


def _merging(**changed: object) -> AbstractContextManager[object]:
    """Every step of merging begins with something changed."""
    begin = Merging.__init__

    def other(self: Merging, *args: object, **given: object) -> None:
        begin(self, *args, **given)  # type: ignore[arg-type]
        for name, value in changed.items():
            setattr(self, name, value)

    return mock.patch.object(Merging, "__init__", other)


def no_dedupe() -> AbstractContextManager[object]:
    """A change that comes under another number is merged once more."""
    return _merging(known=_Nothing())


class _Nothing(set[object]):
    """A set that forgets what is put into it."""

    def add(self, element: object) -> None:
        """Forget it."""


def erased_forgotten() -> AbstractContextManager[object]:
    """What desks still send of an erased row brings it back."""
    return _merging(erased=_Nothing())


def late_edit_fills_again() -> AbstractContextManager[object]:
    """Who did not know that a value was erased writes it anew."""
    return mock.patch.object(blanks, "left_of", side_effect=lambda _row, change: change.fields)


def full_is_not_noticed() -> AbstractContextManager[object]:
    """Whoever came too late for a half hour is not told."""
    return mock.patch.object(claims, "settle", return_value=None)


def register_as_record() -> AbstractContextManager[object]:
    """Of two records of one day the newer stands."""

    def newest(row: Row, change: Incoming, *_rule: object, now_ms: int) -> registers.Result:
        merged = merge.merge(row, change, Kind.RECORD, now_ms=now_ms)
        losses = tuple((loss._replace(kind=registers.KIND), True) for loss in merged.losses)
        return registers.Result(merged.row, merged.before, losses)

    return mock.patch.object(registers, "take", newest)


def register_forgets() -> AbstractContextManager[object]:
    """Of two records of one day what did not stand is not kept."""
    return mock.patch.object(registers, "_lost", return_value=())


def log_keeps_values() -> AbstractContextManager[object]:
    """A desk goes on keeping, and sending, what was erased elsewhere."""
    return mock.patch.object(purge, "forget", return_value=None)


def hash_not_kept() -> AbstractContextManager[object]:
    """Of what is taken out of the log nothing stands in the chain any more."""
    bare = f"UPDATE change_log SET delta = '{NO_PAYLOAD}' WHERE"
    return mock.patch.object(logged, "WITHOUT_PAYLOAD", bare)


def base_rev_ignored() -> AbstractContextManager[object]:
    """Whoever comes later is taken to have seen what stood there."""
    return mock.patch.object(merge, "saw", return_value=True)


def loser_dropped() -> AbstractContextManager[object]:
    """The value that does not stand is not kept."""
    return mock.patch.object(Merging, "_open_conflict", return_value=None)


@contextmanager
def mark_ignored() -> Iterator[None]:
    """Nobody notices that central went back in time."""

    class Central(MemoryCentral):
        def ask(self, desk_id: str, cursors: dict[str, Cursor]) -> Hello:
            answer = super().ask(desk_id, cursors)
            streams = {name: each._replace(known=True) for name, each in answer.streams.items()}
            return replace(answer, streams=streams)

    with mock.patch.object(world, "MemoryCentral", Central):
        yield


def staged_always_good() -> AbstractContextManager[object]:
    """What was fetched before central went back in time counts as fetched."""
    return mock.patch.object(pulled, "drop_staged", return_value=None)


def copies_not_told() -> AbstractContextManager[object]:
    """A store that sends what is known already does not get the row as it stands."""
    take = Merging.take

    def silent(self: Merging, each: Sent) -> None:
        if each.change.change_id not in self.known:
            take(self, each)

    return mock.patch.object(Merging, "take", silent)


ALL: tuple[Mutant, ...] = (
    no_fork_check,
    no_overlay,
    overlay_by_received,
    plain_sequence,
    no_dedupe,
    erased_forgotten,
    late_edit_fills_again,
    log_keeps_values,
    hash_not_kept,
    register_as_record,
    register_forgets,
    full_is_not_noticed,
    base_rev_ignored,
    loser_dropped,
    mark_ignored,
    staged_always_good,
    copies_not_told,
)


def caught(mutant: Mutant, seeds: range, steps: int) -> int | None:
    """A seed that finds the fault; None when none does."""
    with mutant():
        for seed in seeds:
            random.seed(seed)
            try:
                world.World(seed).run(steps)
            except Exception:  # noqa: BLE001 - however it shows
                return seed
    return None
