"""The applier: takes what desks sent out of the inbox and merges it, one step in one transaction.

A step locks the sites it touches in the order of their names, so that steps of several appliers
queue and feed numbers have no gap. Source: design sheet of sync, section 6 (APPLY).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeAlias

import psycopg
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from deskapp.data import claims, schema
from deskapp.data.central import audit, bulk, written
from deskapp.data.central.connect import Central, central_errors
from deskapp.data.changes import COLUMNS, Change, link, payload_fits, signed_text
from deskapp.data.claims import Rules
from deskapp.data.collecting import paused
from deskapp.data.merge import Row, Written
from deskapp.data.merging import Key, Merging, Reference, Sent
from deskapp.data.streams import site_of
from deskapp.errors import CentralRefusedError
from deskapp.failpoints import failpoint
from deskapp.i18n import _

MOST_ROWS = 20_000
"""Changes of one step, unless one batch has more."""
_UNUSABLE = (psycopg.DataError, psycopg.IntegrityError, psycopg.errors.ProgramLimitExceeded)
"""What the database says of values that it cannot keep."""
Cursor: TypeAlias = psycopg.Cursor[Any]


@dataclass
class Step:
    """What one step did."""

    applied: int = 0
    conflicts: int = 0
    quarantined: int = 0
    full: bool = False
    """It took as much as one step may; there may be more."""
    blocked: list[str] = field(default_factory=list)
    """Desks whose batches do not hold together; they send nothing more until somebody looks."""

    @property
    def seen(self) -> bool:
        """Whether there was anything to do."""
        return bool(self.applied or self.quarantined or self.blocked)


class _Enrolled(NamedTuple):
    """A desk with something to merge, as central has it."""

    desk_id: str
    site: str
    applied_seq: int
    applied_chain: bytes
    public_key: bytes
    login: str


class _BrokenError(Exception):
    """What a desk sent does not continue what was merged of it."""


def apply_all(central: Central, rules: Rules) -> Step:
    """Merge everything that waits; the sum of the steps.

    Raises:
        CentralError: If central belongs to a newer deskapp, or the database failed.
    """
    _must_know(central)
    whole = Step()
    while step := apply_step(central, rules):
        whole.applied += step.applied
        whole.conflicts += step.conflicts
        whole.quarantined += step.quarantined
        whole.blocked += step.blocked
        if not step.full:
            break
    return whole


def apply_step(central: Central, rules: Rules) -> Step | None:
    """Merge the next changes of every desk that has some; None when none has.

    Args:
        central: Speaks as the applier.
        rules: Of the tables that need more than merging field by field.

    Raises:
        CentralError: If the database failed; nothing of the step was kept.
    """
    with (
        paused(),
        central_errors(),
        central.transaction(),
        central.cursor() as cursor,
    ):
        sent, ends, blocked = _waiting(cursor)
        if not sent:
            return Step(blocked=blocked) if blocked else None
        with bulk.together(cursor, len(sent)):
            merging = _merged(cursor, sent, rules)
            bulk.each(
                cursor,
                "UPDATE sync_desk SET applied_seq = %s, applied_chain = %s, last_seen_at = now()"
                " WHERE desk_id = %s",
                ends,
            )
        failpoint("apply.before_commit")
    full = len(sent) >= MOST_ROWS
    return Step(merging.applied, merging.conflicts, len(merging.refused), full, blocked)


def _must_know(central: Central) -> None:
    with central_errors():
        row = central.execute("SELECT schema_ver FROM sync_central").fetchone()
    if row is None or row[0] > schema.HEAD:
        raise CentralRefusedError(
            _("The central database belongs to a newer deskapp. Upgrade this one first.")
        )


def _merged(cursor: Cursor, sent: Sequence[Sent], rules: Rules) -> Merging:
    """Merge and write; what the database cannot keep is found and set aside alone."""
    unusable: set[str] = set()
    while True:
        try:
            with cursor.connection.transaction():
                return _merge(cursor, sent, rules, unusable)
        except written.TakenError:
            continue  # it is seen now
        except _UNUSABLE:
            bad = _first_bad(cursor, sent, rules, unusable)
            if bad in unusable:
                raise
            unusable.add(bad)


def _first_bad(cursor: Cursor, sent: Sequence[Sent], rules: Rules, unusable: Set[str]) -> str:
    """Id of the first change with which the step fails, by halves."""
    good, bad = 0, len(sent)
    while bad - good > 1:
        middle = (good + bad) // 2
        try:
            with cursor.connection.transaction():
                _merge(cursor, sent[:middle], rules, unusable)
                raise psycopg.Rollback
        except _UNUSABLE:
            bad = middle
        else:
            good = middle
    return sent[bad - 1].change.change_id


def _merge(cursor: Cursor, sent: Sequence[Sent], rules: Rules, unusable: Set[str]) -> Merging:
    merging = _begin(cursor, sent, rules)
    for each in sent:
        if each.change.change_id in unusable:
            merging.refuse(each, "database")
        else:
            merging.take(each)
    claims.settle(merging, rules.claims, _Kept(cursor))
    _write(cursor, merging, rules)
    written.drop_payload(cursor, merging.without_payload(sent))
    return merging


# -- what waits ----------------------------------------------------------------------------


def _waiting(
    cursor: Cursor,
) -> tuple[list[Sent], list[tuple[int, bytes, str]], list[str]]:
    """The changes to merge, in the order of desks and their numbers; where the merged part of each
    desk then ends; and the desks that were blocked."""
    rows = cursor.execute(
        "SELECT d.desk_id, d.site, d.applied_seq, d.applied_chain, d.public_key, d.db_role"
        " FROM sync_desk AS d WHERE d.status = 'active' AND EXISTS (SELECT 1 FROM sync_batch"
        " AS b WHERE b.desk_id = d.desk_id AND b.last_seq > d.applied_seq)"
        " ORDER BY d.desk_id FOR UPDATE OF d SKIP LOCKED"
    ).fetchall()
    sent: list[Sent] = []
    ends: list[tuple[int, bytes, str]] = []
    blocked: list[str] = []
    for desk in map(_Enrolled._make, rows):
        if len(sent) >= MOST_ROWS:
            break
        try:
            changes, chain = _of_desk(cursor, desk)
        except _BrokenError:
            blocked.append(desk.desk_id)
            continue
        sent += (Sent(desk.desk_id, desk.site, desk.login, change) for change in changes)
        ends.append((changes[-1].seq, chain, desk.desk_id))
    bulk.each(
        cursor,
        "UPDATE sync_desk SET status = 'blocked' WHERE desk_id = %s",
        [(desk_id,) for desk_id in blocked],
    )
    return sent, ends, blocked


def _of_desk(cursor: Cursor, desk: _Enrolled) -> tuple[list[Change], bytes]:
    """The next batches of a desk, and the chain behind them.

    Raises:
        _BrokenError: If they were signed by another, altered, or do not continue what was merged.
    """
    key = Ed25519PublicKey.from_public_bytes(bytes(desk.public_key))
    seq, chain = desk.applied_seq, bytes(desk.applied_chain)
    batches = cursor.execute(
        "SELECT first_seq, last_seq, last_chain, signature, received_by FROM sync_batch"
        " WHERE desk_id = %s AND last_seq > %s ORDER BY first_seq",
        (desk.desk_id, seq),
    ).fetchall()
    changes: list[Change] = []
    for first, last, last_chain, signature, by in batches:
        if len(changes) >= MOST_ROWS:
            break
        try:
            key.verify(bytes(signature), signed_text(desk.desk_id, first, last, bytes(last_chain)))
        except InvalidSignature:
            raise _BrokenError from None
        rows = cursor.execute(
            f"SELECT {COLUMNS}, received_by FROM sync_inbox"
            " WHERE desk_id = %s AND seq > %s AND seq <= %s ORDER BY seq",
            (desk.desk_id, seq, last),
        ).fetchall()
        for *values, sent_by in rows:
            change = Change(*values)
            if change.seq != seq + 1 or {by, sent_by} != {desk.login} or not payload_fits(change):
                raise _BrokenError
            seq, chain = change.seq, link(chain, change)
            changes.append(change)
        if seq != last or chain != bytes(last_chain):
            raise _BrokenError
    return changes, chain


def _begin(cursor: Cursor, sent: Sequence[Sent], rules: Rules) -> Merging:
    """Lock the sites that are written, and read what merging must know."""
    members = _members(cursor, sent)
    sites = {each.site for each in sent}
    asked = {(each.login, each.change.home_site) for each in sent}
    sites |= {site for _login, site in asked & members}
    if claims.reach_everywhere(rules.claims, {each.change.tbl for each in sent}):
        sites |= written.hold_all(cursor)
    written.lock(cursor, sorted(sites))
    keys = {each.key for each in sent}
    registers = {each.table: each for each in rules.registers}
    merging = Merging(0, members, set(), {}, set(), {}, registers)
    opened = cursor.connection
    with bulk.together(cursor, len(sent)):  # asked at once
        clock = opened.execute("SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint")
        known = opened.execute(
            "SELECT change_id FROM audit WHERE change_id = ANY(%b)",
            ([each.change.change_id for each in sent],),
        )
        rows, erased = _of_keys(opened, "item", _ROW, keys), _of_keys(opened, "erased", "", keys)
        held = _holders(opened, merging.wanted(sent))
        [(merging.now_ms,)] = clock.fetchall()
        merging.known |= {change_id for (change_id,) in known}
        merging.rows |= _rows(rows)
        merging.erased |= {Key(*row) for row in erased}
        merging.references |= _by_reference(held)
    if beside := merging.beside(sent) - merging.rows.keys():
        merging.rows |= _rows(_of_keys(opened, "item", _ROW, beside))
    if successors := merging.successors(sent):
        merging.references |= _by_reference(_holders(opened, successors))
    return merging


_ROW = "rev, fields, meta"


def _rows(found: Iterable[Sequence[Any]]) -> dict[Key, Row]:
    """Rows by their keys, from the columns of a key and ``_ROW``."""
    return {
        Key(site, tbl, row_id): Row(fields, {name: Written(*by) for name, by in meta.items()}, rev)
        for site, tbl, row_id, rev, fields, meta in found
    }


def _holders(central: Central, references: Collection[Reference]) -> Cursor:
    """The rows that have these references."""
    return central.execute(
        "SELECT tbl, ref_key, home_site, row_id FROM reference"
        " JOIN unnest(%b::text[], %b::text[]) AS k(tbl, ref_key) USING (tbl, ref_key)",
        ([each.tbl for each in references], [each.ref_key for each in references]),
    )


def _by_reference(found: Iterable[Sequence[Any]]) -> dict[Reference, Key]:
    """Rows by their references, from what ``_holders`` found."""
    return {Reference(tbl, key): Key(site, tbl, row_id) for tbl, key, site, row_id in found}


class _Kept:
    """See ``claims.Kept``."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor

    def holders(self, site: str, table: str, resource: str) -> Mapping[Key, Row]:
        """See ``claims.Kept``."""
        return _rows(
            self._cursor.execute(
                f"SELECT home_site, tbl, id, {_ROW} FROM item"
                " WHERE home_site = %s AND tbl = %s AND resource = %s",
                (site, table, resource),
            ).fetchall()
        )

    def anywhere(self, table: str, resources: Collection[str]) -> Mapping[Key, Row]:
        """See ``rulings.Kept``."""
        return _rows(
            self._cursor.execute(
                f"SELECT home_site, tbl, id, {_ROW} FROM item"
                " WHERE tbl = %s AND resource = ANY(%s)",
                (table, sorted(resources)),
            ).fetchall()
        )

    def rows(self, keys: Collection[Key]) -> Mapping[Key, Row]:
        """See ``rulings.Kept``."""
        return _rows(_of_keys(self._cursor.connection, "item", _ROW, keys))


def _members(cursor: Cursor, sent: Iterable[Sent]) -> frozenset[tuple[str, str]]:
    rows = cursor.execute(
        "SELECT db_role, stream FROM sync_member WHERE may_push AND db_role = ANY(%s)",
        (sorted({each.login for each in sent}),),
    )
    return frozenset((login, site_of(stream)) for login, stream in rows)


def _of_keys(central: Central, table: str, columns: str, keys: Iterable[Key]) -> Cursor:
    """The rows of a table with these keys, the key first (names from this package only)."""
    parts = tuple(list(part) for part in zip(*keys, strict=True))
    named = ", ".join(filter(None, ("home_site, tbl, id", columns)))
    return central.execute(
        f"SELECT {named} FROM {table} JOIN unnest(%b::text[], %b::text[], %b::text[])"
        " AS k(home_site, tbl, id) USING (home_site, tbl, id)",
        parts,
    )


# -- what is written -----------------------------------------------------------------------


def _write(cursor: Cursor, merging: Merging, rules: Rules) -> None:
    with bulk.together(cursor, len(merging.entries)):
        _write_all(cursor, merging, rules)


def _write_all(cursor: Cursor, merging: Merging, rules: Rules) -> None:
    audit.add(cursor, merging.entries)
    gone = written.erase(cursor, list(merging.to_erase), merging.blanked)
    told = {key: each for key, each in merging.told().items() if key not in gone}
    rows = {key: merging.rows[key] for key in merging.touched if key not in gone}
    written.give(cursor, merging.given)
    written.put(cursor, rows, told=told, resources=claims.resources(rules.claims, rows))
    written.feed(cursor, told, gone)
    bulk.each(
        cursor,
        "INSERT INTO quarantine (desk_id, seq, home_site, code) VALUES (%s, %s, %s, %s)"
        " ON CONFLICT DO NOTHING",
        [(each.desk, each.seq, each.site, each.code) for each in merging.refused],
    )
