"""The applier: takes what desks sent out of the inbox and merges it, one step in one transaction.

A step locks the sites it touches in the order of their names, so that steps of several appliers
queue and feed numbers have no gap. Source: design sheet of sync, section 6 (APPLY).
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import psycopg
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from deskapp.clock import instant_of_ms, stamp
from deskapp.data import merge, shapes
from deskapp.data.central import audit, written
from deskapp.data.central.connect import Central, central_errors
from deskapp.data.changes import COLUMNS, Change, link, signed_text
from deskapp.data.merge import Incoming, Loss, Row, Written
from deskapp.data.registry import KINDS, Kind
from deskapp.data.shapes import UnacceptableError, Value
from deskapp.failpoints import failpoint

MOST_ROWS = 20_000
"""Changes of one step, unless one batch has more."""
CONFLICT = "conflict"
_NAMESPACE = uuid.UUID("5a0a3c0e-6a52-4a3c-9d53-1b1a3f0f6c11")
"""Of the ids of conflicts, so that the same clash is one conflict however often it is applied."""


class Key(NamedTuple):
    """Which row, at central."""

    home_site: str
    tbl: str
    id: str


@dataclass
class Step:
    """What one step did."""

    applied: int = 0
    conflicts: int = 0
    quarantined: int = 0
    blocked: list[str] = field(default_factory=list)
    """Desks whose batches do not hold together; they send nothing more until somebody looks."""

    @property
    def seen(self) -> bool:
        """Whether there was anything to do."""
        return bool(self.applied or self.quarantined or self.blocked)


class Sent(NamedTuple):
    """A change with the desk that sent it."""

    desk: str
    site: str
    """Where the desk stands."""
    login: str
    change: Change


class Members(frozenset[tuple[str, str]]):
    """Which login may write rows of which site."""

    def of(self, each: Sent) -> bool:
        """Whether the login of a change may write its row."""
        return (each.login, each.change.home_site) in self


def apply_all(central: Central) -> Step:
    """Merge everything that waits; the sum of the steps."""
    whole = Step()
    while step := apply_step(central):
        whole.applied += step.applied
        whole.conflicts += step.conflicts
        whole.quarantined += step.quarantined
        whole.blocked += step.blocked
    return whole


def apply_step(central: Central) -> Step | None:
    """Merge the next changes of every desk that has some; None when none has.

    Raises:
        CentralError: If the database failed; nothing of the step was kept.
    """
    with central_errors(), central.transaction(), central.cursor() as cursor:
        return _Applying(cursor).step()


class _Applying:
    """One step while it runs."""

    def __init__(self, cursor: psycopg.Cursor[Any]) -> None:
        self.cursor = cursor
        self.done = Step()
        self.rows: dict[Key, Row] = {}
        self.touched: dict[Key, None] = {}
        self.erased: dict[Key, None] = {}
        self.entries: list[audit.Entry] = []
        self.refused: list[tuple[str, int, str, str]] = []
        self.now_ms = 0

    def step(self) -> Step | None:
        sent, ends = self._waiting()
        if not ends:
            return self.done if self.done.blocked else None
        members = self._members(sent)
        sites = {each.change.home_site for each in sent if members.of(each)}
        written.lock(self.cursor, sorted(sites | {each.site for each in sent}))
        [(now_ms,)] = self.cursor.execute(
            "SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint"
        ).fetchall()
        self.now_ms = now_ms
        known = self._applied_before(sent)
        self._load(sent)
        for each in sent:
            if each.change.change_id in known:
                continue
            known.add(each.change.change_id)
            try:
                if not members.of(each):
                    raise UnacceptableError("not_member")
                self._merge(each, shapes.read(each.change))
            except UnacceptableError as error:
                self._refuse(each, error.code)
        self._write(ends)
        failpoint("apply.before_commit")
        return self.done

    # -- what waits ------------------------------------------------------------------------

    def _waiting(self) -> tuple[list[Sent], dict[str, tuple[int, bytes]]]:
        """The changes to merge, in the order of desks and their numbers, and where each ends."""
        desks = self.cursor.execute(
            "SELECT d.desk_id, d.site, d.applied_seq, d.applied_chain, d.public_key, d.db_role"
            " FROM sync_desk AS d WHERE d.status = 'active' AND EXISTS (SELECT 1 FROM sync_batch"
            " AS b WHERE b.desk_id = d.desk_id AND b.last_seq > d.applied_seq)"
            " ORDER BY d.desk_id FOR UPDATE OF d SKIP LOCKED"
        ).fetchall()
        sent: list[Sent] = []
        ends: dict[str, tuple[int, bytes]] = {}
        for desk_id, site, seq, chain, public_key, login in desks:
            if len(sent) >= MOST_ROWS:
                break
            own = self._of_desk(desk_id, seq, bytes(chain), bytes(public_key), login)
            if own is None:
                self._block(desk_id)
                continue
            changes, ends[desk_id] = own
            sent += (Sent(desk_id, site, login, change) for change in changes)
        return sent, ends

    def _of_desk(
        self, desk_id: str, seq: int, chain: bytes, public_key: bytes, login: str
    ) -> tuple[list[Change], tuple[int, bytes]] | None:
        """The next batches of a desk; None if they do not continue what was applied."""
        key = Ed25519PublicKey.from_public_bytes(public_key)
        batches = self.cursor.execute(
            "SELECT first_seq, last_seq, last_chain, signature, received_by FROM sync_batch"
            " WHERE desk_id = %s AND last_seq > %s ORDER BY first_seq",
            (desk_id, seq),
        ).fetchall()
        changes: list[Change] = []
        for first, last, last_chain, signature, received_by in batches:
            if len(changes) >= MOST_ROWS:
                break
            try:
                key.verify(bytes(signature), signed_text(desk_id, first, last, bytes(last_chain)))
            except InvalidSignature:
                return None
            rows = self.cursor.execute(
                f"SELECT {COLUMNS}, received_by FROM sync_inbox"
                " WHERE desk_id = %s AND seq > %s AND seq <= %s ORDER BY seq",
                (desk_id, seq, last),
            ).fetchall()
            for *values, by in rows:
                change = Change(*values)
                if change.seq != seq + 1 or received_by != login or by != login:
                    return None
                seq, chain = change.seq, link(chain, change)
                changes.append(change)
            if seq != last or chain != bytes(last_chain):
                return None
        return changes, (seq, chain)

    def _block(self, desk_id: str) -> None:
        self.cursor.execute(
            "UPDATE sync_desk SET status = 'blocked' WHERE desk_id = %s", (desk_id,)
        )
        self.done.blocked.append(desk_id)

    def _applied_before(self, sent: Sequence[Sent]) -> set[str]:
        rows = self.cursor.execute(
            "SELECT change_id FROM audit WHERE change_id = ANY(%s)",
            ([each.change.change_id for each in sent],),
        )
        return {row[0] for row in rows}

    def _load(self, sent: Iterable[Sent]) -> None:
        keys = {Key(each.change.home_site, each.change.tbl, each.change.row_id) for each in sent}
        rows = self.cursor.execute(
            "SELECT i.home_site, i.tbl, i.id, i.rev, i.fields, i.meta FROM item AS i"
            " JOIN unnest(%s::text[], %s::text[], %s::text[]) AS k(home_site, tbl, id)"
            " USING (home_site, tbl, id)",
            tuple(list(part) for part in zip(*keys, strict=True)) if keys else ([], [], []),
        )
        for site, tbl, row_id, rev, fields, meta in rows:
            history = {name: Written(*each) for name, each in meta.items()}
            self.rows[Key(site, tbl, row_id)] = Row(fields, history, rev)

    def _members(self, sent: Iterable[Sent]) -> Members:
        logins = sorted({each.login for each in sent})
        rows = self.cursor.execute(
            "SELECT db_role, stream FROM sync_member WHERE may_push AND db_role = ANY(%s)",
            (logins,),
        )
        return Members((login, written.site_of(stream)) for login, stream in rows)

    # -- merging ---------------------------------------------------------------------------

    def _merge(self, each: Sent, fields: dict[str, Value]) -> None:
        change = each.change
        key = Key(change.home_site, change.tbl, change.row_id)
        incoming = Incoming(each.desk, change.actor, change.hlc, change.base_rev, fields)
        kind = KINDS[change.tbl]
        merged = merge.merge(self.rows.get(key, Row()), incoming, kind, now_ms=self.now_ms)
        self.rows[key] = merged.row
        self.touched[key] = None
        for loss in merged.losses:
            self._open_conflict(key, change, loss)
        outcome = "conflict" if merged.losses else "applied"
        self.entries.append(audit.Entry(key.home_site, change, each.desk, merged.before, outcome))
        self.done.applied += 1
        if change.tbl == "purge_log":
            self.erased[Key(change.home_site, f"{fields['tbl']}", f"{fields['row_id']}")] = None

    def _open_conflict(self, key: Key, change: Change, loss: Loss) -> None:
        conflict = Key(
            key.home_site, CONFLICT, f"{uuid.uuid5(_NAMESPACE, change.change_id + loss.field)}"
        )
        if conflict in self.rows:
            return
        fields: dict[str, Value] = {
            "tbl": key.tbl,
            "row_id": key.id,
            "field": loss.field,
            "kind": loss.kind,
            "losing": json.dumps(loss.losing, ensure_ascii=False),
            "losing_by": loss.loser.actor,
            "losing_desk": loss.loser.desk,
            "losing_at": _at(loss.loser),
            "winning": json.dumps(loss.winning, ensure_ascii=False),
            "winning_by": loss.winner.actor,
            "winning_desk": loss.winner.desk,
            "winning_at": _at(loss.winner),
            "opened_at": stamp(instant_of_ms(self.now_ms)),
            "resolved_by": "",
            "resolved_at": "",
            "resolution": "",
        }
        opened = Written(self.now_ms << 16, "", 1, "")
        self.rows[conflict] = Row(fields, dict.fromkeys(fields, opened), 1)
        self.touched[conflict] = None
        self.done.conflicts += 1

    def _refuse(self, each: Sent, code: str) -> None:
        self.refused.append((each.desk, each.change.seq, each.site, code))
        self.entries.append(audit.Entry(each.site, each.change, each.desk, {}, code))
        self.done.quarantined += 1

    # -- writing ---------------------------------------------------------------------------

    def _write(self, ends: Mapping[str, tuple[int, bytes]]) -> None:
        gone = written.erase(self.cursor, list(self.erased))
        kept = [key for key in self.touched if key not in gone]
        written.put(self.cursor, {key: self.rows[key] for key in kept})
        written.feed(self.cursor, {key: _doc(key, self.rows[key]) for key in kept}, gone)
        audit.add(self.cursor, self.entries, without=gone)
        self.cursor.executemany(
            "INSERT INTO quarantine (desk_id, seq, home_site, code) VALUES (%s, %s, %s, %s)"
            " ON CONFLICT DO NOTHING",
            self.refused,
        )
        self.cursor.executemany(
            "UPDATE sync_desk SET applied_seq = %s, applied_chain = %s, last_seen_at = now()"
            " WHERE desk_id = %s",
            [(seq, chain, desk_id) for desk_id, (seq, chain) in ends.items()],
        )


def _at(by: Written) -> str:
    return stamp(instant_of_ms(by.hlc >> 16))


def _doc(key: Key, row: Row) -> str:
    """What a desk gets of a row."""
    doc: dict[str, Any] = {"home_site": key.home_site, "rev": row.rev, "fields": row.fields}
    if KINDS[key.tbl] is Kind.EVENT:
        by = row.meta[merge.EVENT]
        doc |= {"hlc": by.hlc, "desk": by.desk}
    return json.dumps(doc, ensure_ascii=False)
