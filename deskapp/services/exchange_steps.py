"""The steps of one exchange with a central that answers: hello, agree, push, apply, pull.

Source: design sheet of sync, section 6.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple

from deskapp import security_log
from deskapp.data import outbox, pulled, schema
from deskapp.data.central import hello, pull, push
from deskapp.data.central.port import Central
from deskapp.data.change_state import State
from deskapp.data.connection import Connection
from deskapp.errors import CentralRefusedError, CentralUnreachableError
from deskapp.failpoints import failpoint
from deskapp.i18n import _
from deskapp.security_log import Event
from deskapp.services import after_pull
from deskapp.services.desk_key import signed
from deskapp.services.exchange_notes import note_clock
from deskapp.services.exchange_refusals import check, forked
from deskapp.services.tries import Told

if TYPE_CHECKING:
    from deskapp.clock import Clock
    from deskapp.data.central.hello import Hello
    from deskapp.data.store import Store
    from deskapp.services.exchange import Outcome

SKEW = dt.timedelta(minutes=2)
"""From how much on the desk's clock is corrected, and told of."""


class Run:
    """One exchange while it runs; every step may be cut."""

    def __init__(
        self, store: Store, central: Central, clock: Clock, told: Told, outcome: Outcome
    ) -> None:
        self.store, self.central, self.clock, self.told = store, central, clock, told
        self.outcome = outcome
        self.known = store.call_read(_known)
        self.desk_id = self.known.desk_id

    def exchange(self) -> Hello:
        """Exchange once; what central had answered."""
        store, known = self.store, self.known
        if not known.is_sealed:
            store.call_jot(outbox.seal)
        failpoint("seal.after")
        answer = self._ask(known.cursors, known.staged)
        failpoint("hello.after")
        check(answer, self.known.central_id)
        skew = self._skew(answer)
        if bool(known.skew) != bool(skew):
            security_log.note(Event.CLOCK, desk=self.desk_id, seconds=round(skew.total_seconds()))
        if known.skew != skew:
            store.call_jot(note_clock, skew)
        if not store.call_read(_is_at_rest, known, answer):
            self._reconcile(answer)
        failpoint("done.before")
        return answer

    def _reconcile(self, answer: Hello) -> None:
        self._agree(answer, self.known.cursors, self.known.staged)
        failpoint("agree.after")
        self._push(answer)
        may_apply = answer.may_apply and answer.schema_ver == schema.HEAD
        if may_apply and (self.outcome.sent or answer.received > answer.applied_seq):
            self._apply()
        if answer.min_desk_schema > schema.HEAD:
            raise CentralRefusedError(
                _("Your changes were sent. Install the newest deskapp to get those of others.")
            )
        if self.outcome.sent or self.outcome.applied or self._is_behind(answer):
            self._pull(answer)

    def _ask(self, cursors: dict[str, pulled.Place], staged: dict[str, pulled.Staged]) -> Hello:
        places = {
            stream: hello.Cursor(*place, *(staged[stream].end if stream in staged else ()))
            for stream, place in cursors.items()
        }
        return self.central.ask(self.desk_id, places)

    def _skew(self, answer: Hello) -> dt.timedelta:
        self.outcome.central_at = answer.now
        self.outcome.applied_seq = answer.applied_seq
        skew = answer.now - self.clock.now()
        self.outcome.skew = skew if abs(skew) > SKEW else dt.timedelta()
        return self.outcome.skew

    def _agree(
        self,
        answer: Hello,
        cursors: dict[str, pulled.Place],
        staged: dict[str, pulled.Staged],
    ) -> None:
        """Find out whether central and this desk remember the same past."""
        if self.store.call_read(outbox.chain_at, answer.received) != answer.chain:
            raise forked()
        if not self.store.call_read(outbox.agrees, answer.received):
            self.store.call_jot(outbox.send_again, answer.received)
            self.store.call_jot(outbox.mark, answer.received, State.RECEIVED)
        for name in staged:
            if name not in answer.streams or not answer.streams[name].staged_known:
                self.store.call_jot(pulled.drop_staged, name)
        lost = [name for name, stream in answer.streams.items() if not stream.known]
        lost = [name for name in lost if name in cursors]
        if lost:
            self.store.call_jot(_begin_again, lost, answer.received)

    def _push(self, answer: Hello) -> None:
        most = self.store.call_read(outbox.most_rows, answer.max_batch_rows)

        def following(after: int, chain: bytes) -> outbox.Sealed:
            limits = {"most_rows": most, "most_bytes": answer.max_batch_bytes}
            return self.store.call_read(outbox.batch, after, chain, **limits)

        sealed = following(answer.received, answer.chain)
        while changes := sealed.changes:
            last, chain = changes[-1].seq, sealed.chains[-1]
            batch = self.store.call_read(signed, self.desk_id, sealed)
            try:
                with self.central.pushing(batch):
                    sealed = following(last, chain)
            except push.ForkedError:
                raise forked() from None
            except CentralUnreachableError:
                # It may have been too much for a slow line, or for central.
                self.store.call_note(outbox.keep_most_rows, max(1, len(changes) // 2))
                raise
            failpoint("push.after_commit")
            self.store.call_note(outbox.mark_sent, last, chain)
            if most < answer.max_batch_rows:
                most = min(2 * most, answer.max_batch_rows)
                self.store.call_note(outbox.keep_most_rows, most)
            failpoint("push.after_mark")
            self.outcome.sent += len(changes)
            self.told("sent", self.outcome.sent)

    def _apply(self) -> None:
        """Merge at central what waits there, where this login may."""
        self.outcome.applied = self.central.apply().applied
        failpoint("apply.after_commit")

    def _is_behind(self, answer: Hello) -> bool:
        cursors = self.store.call_read(pulled.places)
        return any(
            name not in cursors or cursors[name].seq != stream.head
            for name, stream in answer.streams.items()
        ) or not self.store.call_read(outbox.is_marked_applied, answer.applied_seq)

    def _pull(self, answer: Hello) -> None:
        cursors = self.store.call_read(pulled.places)
        staged = self.store.call_read(pulled.staged)
        starts = {name: hello.Cursor(0, "") for name in answer.streams}
        starts |= {name: hello.Cursor(*place) for name, place in cursors.items() if name in starts}
        starts |= {name: hello.Cursor(each.seq, "") for name, each in staged.items()}
        end = self.central.pull(self.desk_id, starts, self._stage)
        reached = _places(end)
        failpoint("pull.before_take_in")
        self.outcome.applied_seq = end.applied_seq
        erases = self.store.call_read(pulled.erases)
        self.store.call_note(  # what a power cut takes is fetched again
            _take_in, reached, end.applied_seq, now=self.clock.now(), central_at=answer.now
        )
        if erases:
            self.store.empty_log()
        failpoint("pull.after_commit")
        refused = self.central.quarantined(self.desk_id)
        if refused != self.store.call_read(outbox.codes):
            security_log.note(Event.SET_ASIDE, desk=self.desk_id, changes=len(refused))
            self.store.call_jot(outbox.set_aside, refused)

    def _stage(self, page: list[pull.Fetched], end: pull.End) -> None:
        self.store.call_note(pulled.stage, [pulled.Row(*row) for row in page], _places(end))
        failpoint("pull.after_page")
        self.outcome.received += len(page)
        self.told("received", self.outcome.received)


def _begin_again(connection: Connection, lost: list[str], received: int) -> None:
    """In one transaction: after half of it nobody would know that the rest is still to do."""
    pulled.start_again(connection, lost)
    outbox.send_again(connection, received, unseen=True)


def _places(end: pull.End) -> dict[str, pulled.Place]:
    return {name: pulled.Place(each.seq, each.mark) for name, each in end.cursors.items()}


class _Known(NamedTuple):
    """How the desk stands when an exchange begins."""

    desk_id: str
    central_id: str
    """Empty before the first exchange."""
    skew: dt.timedelta
    is_sealed: bool
    cursors: dict[str, pulled.Place]
    staged: dict[str, pulled.Staged]


def _known(connection: Connection) -> _Known:
    [(desk_id, central_id, offset_ms)] = connection.execute(
        "SELECT desk_id, central_id, clock_offset_ms FROM sync_state"
    ).fetchall()
    return _Known(
        desk_id,
        central_id or "",
        dt.timedelta(milliseconds=offset_ms),
        outbox.is_sealed(connection),
        pulled.places(connection),
        pulled.staged(connection),
    )


def _is_at_rest(connection: Connection, known: _Known, answer: Hello) -> bool:
    """Whether both remember the same and neither has anything for the other: as most often."""
    return (
        not known.staged
        and answer.min_desk_schema <= schema.HEAD
        and answer.received == answer.applied_seq
        and all(
            stream.known and name in known.cursors and known.cursors[name].seq == stream.head
            for name, stream in answer.streams.items()
        )
        and outbox.newest(connection) == answer.received
        and outbox.chain_at(connection, answer.received) == answer.chain
        and outbox.is_marked_applied(connection, answer.applied_seq)
    )


def _take_in(
    connection: Connection,
    reached: dict[str, pulled.Place],
    applied_seq: int,
    *,
    now: dt.datetime,
    central_at: dt.datetime,
) -> None:
    outbox.mark(connection, applied_seq, State.APPLIED)
    touched = pulled.take_in(connection, reached, applied_seq)
    pulled.send_forgotten(connection, touched)
    after_pull.work_out(connection, touched, now)
    outbox.forget(connection, central_at - outbox.KEEP)
    failpoint("pull.before_commit")
