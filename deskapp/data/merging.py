"""One step of merging, without any database: changes in, rows, conflicts and refusals out.

The applier feeds it from PostgreSQL, the simulation from memory.
Source: design sheet of sync, sections 2 (spoken references) and 6 (APPLY, steps 2 to 4).
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Iterator, Mapping, Set
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from deskapp.clock import instant_of_ms, stamp
from deskapp.data import merge, refs, registers, shapes
from deskapp.data.changes import Change, has_payload
from deskapp.data.merge import Incoming, Loss, Row, Written
from deskapp.data.purge import ERASED
from deskapp.data.registers import Register
from deskapp.data.registry import KINDS, RESTRICTED, Kind
from deskapp.data.shapes import UnacceptableError, Value
from deskapp.text import compact

CONFLICT = "conflict"
_NAMESPACE = uuid.UUID("5a0a3c0e-6a52-4a3c-9d53-1b1a3f0f6c11")
"""Of the ids of conflicts, so that the same clash is one conflict however often it is applied."""


class Key(NamedTuple):
    """Which row, at central."""

    home_site: str
    tbl: str
    id: str


class Reference(NamedTuple):
    """A spoken reference, which one row of its table may have."""

    tbl: str
    ref_key: str


class Sent(NamedTuple):
    """A change with the desk that sent it."""

    desk: str
    site: str
    """Where the desk stands."""
    login: str
    change: Change

    @property
    def key(self) -> Key:
        """The row that it writes."""
        return Key(self.change.home_site, self.change.tbl, self.change.row_id)


class Entry(NamedTuple):
    """One change and what came of it, for the record of what was done."""

    site: str
    """In whose chain it stands."""
    change: Change
    desk: str
    before: Mapping[str, Value]
    """What it replaced."""
    outcome: str
    """``applied``, ``conflict``, ``erased``, or the code of what was refused."""


class Refused(NamedTuple):
    """A change that is set aside."""

    desk: str
    seq: int
    site: str
    code: str


class Told(NamedTuple):
    """What readers get of a row."""

    doc: str
    restricted: bool
    """Only those readers who were let in for it."""


@dataclass
class Merging:
    """What a step knows before it begins, and what came of it."""

    now_ms: int
    members: Set[tuple[str, str]]
    """Login and site: which login may write rows of which site."""
    known: set[str]
    """Ids of changes that were merged before."""
    rows: dict[Key, Row]
    """The rows that are written, as central holds them; grows and changes."""
    erased: set[Key]
    """Rows that were erased for ever; grows."""
    references: dict[Reference, Key]
    """Which row has a reference, of those that ``wanted`` and ``successors`` name; grows."""
    registers: Mapping[str, Register] = field(default_factory=dict)
    """How the rows of registers are merged, by table."""
    touched: dict[Key, None] = field(default_factory=dict)
    """Rows that must be written, in the order in which they were first touched."""
    to_erase: dict[Key, None] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    conflicts: int = 0
    applied: int = 0
    given: dict[Reference, Key] = field(default_factory=dict)
    """References that this step gave to rows."""
    _fields: dict[str, dict[str, Value] | UnacceptableError] = field(default_factory=dict)
    """What each change writes, by its id; read once."""

    def take(self, each: Sent) -> None:
        """Merge a change, or set it aside; one that was merged before changes nothing."""
        if each.change.change_id in self.known:
            # A copied store sends it under a number of its own, and shows its own value until
            # then: it must get the row as it stands.
            if each.key in self.rows:
                self.touched[each.key] = None
            return
        self.known.add(each.change.change_id)
        try:
            if (each.login, each.change.home_site) not in self.members:
                raise UnacceptableError("not_member")
            if each.change.op == ERASED:
                self._erase(each)
            elif each.key in self.erased or not has_payload(each.change):
                self._note(each, {}, "erased")
            else:
                self._merge(each, self._read(each.change))
        except UnacceptableError as error:
            self.refuse(each, error.code)

    def refuse(self, each: Sent, code: str) -> None:
        """Set a change aside."""
        self.refused.append(Refused(each.desk, each.change.seq, each.site, code))
        self.entries.append(Entry(each.site, each.change, each.desk, {}, code))

    def wanted(self, sent: Iterable[Sent]) -> set[Reference]:
        """The references that rows are written with."""
        return {Reference(key.tbl, compact(ref)) for key, ref in self._given(sent)}

    def successors(self, sent: Iterable[Sent]) -> set[Reference]:
        """The references of those rows whose own is another row's, here or in the same step."""
        first, found = dict(self.references), set()
        for key, ref in self._given(sent):
            if first.setdefault(Reference(key.tbl, compact(ref)), key) != key:
                found.add(Reference(key.tbl, compact(refs.successor(ref, key.id))))
        return found

    def beside(self, sent: Iterable[Sent]) -> set[Key]:
        """The rows that decide with those of registers."""
        found = set()
        for each in sent:
            if each.key.tbl in self.registers:
                with suppress(UnacceptableError):
                    held = self.rows.get(each.key, Row()).fields
                    found |= self._beside(each.key, {**held, **self._read(each.change)})
        return found

    def _beside(self, key: Key, fields: Mapping[str, Value]) -> set[Key]:
        table, row_id = self.registers[key.tbl].beside(fields)
        return {Key(key.home_site, table, row_id)} if table else set()

    def _given(self, sent: Iterable[Sent]) -> Iterator[tuple[Key, str]]:
        for each in sent:
            with suppress(UnacceptableError):
                if ref := _reference(self._read(each.change)):
                    yield each.key, ref

    def _read(self, change: Change) -> dict[str, Value]:
        """The fields of a change.

        Raises:
            UnacceptableError: If no desk could have written it.
        """
        if change.change_id not in self._fields:
            try:
                self._fields[change.change_id] = shapes.read(change)
            except UnacceptableError as error:
                self._fields[change.change_id] = error
        found = self._fields[change.change_id]
        if isinstance(found, UnacceptableError):
            raise found
        return found

    def told(self) -> dict[Key, Told]:
        """What readers get of the touched rows, once they are whole."""
        return {
            key: Told(doc(key, self.rows[key]), is_restricted(key, self.rows[key]))
            for key in self.touched
            if shapes.is_whole(key.tbl, self.rows[key].fields)
        }

    def _merge(self, each: Sent, fields: dict[str, Value]) -> None:
        change, key = each.change, each.key
        fields = self._with_own_reference(each, fields)
        incoming = Incoming(each.desk, change.actor, change.hlc, change.base_rev, fields)
        kind = KINDS[change.tbl]
        if kind is Kind.REGISTER:
            self._register(each, incoming)
            return
        merged = merge.merge(self.rows.get(key, Row()), incoming, kind, now_ms=self.now_ms)
        self.rows[key] = merged.row
        self.touched[key] = None
        for loss in merged.losses:
            self._open_conflict(key, change, loss)
        self._note(each, merged.before, "conflict" if merged.losses else "applied")
        self.applied += 1

    def _register(self, each: Sent, incoming: Incoming) -> None:
        """Merge a row that several desks make alike."""
        key, rule = each.key, self.registers[each.key.tbl]
        row = self.rows.get(key, Row())
        beside: Mapping[str, Value] = {}
        for other in self._beside(key, {**row.fields, **incoming.fields}):
            beside = self.rows.get(other, Row()).fields
        result = registers.take(row, incoming, rule, beside, now_ms=self.now_ms)
        self.rows[key] = result.row
        self.touched[key] = None
        for loss, decided in result.losses:
            cause = f"{each.change.change_id} {loss.field}"
            self.open_conflict(key, cause, loss, decided=decided)
        in_doubt = any(not decided for _loss, decided in result.losses)
        self._note(each, result.before, "conflict" if in_doubt else "applied")
        self.applied += 1

    def _erase(self, each: Sent) -> None:
        """Erase a row for ever; what other desks still send of it is dropped."""
        if each.change.tbl not in shapes.shapes():
            raise UnacceptableError("unknown_table")
        self.to_erase[each.key] = None
        self.erased.add(each.key)
        self.applied += 1
        self._note(each, {}, "erased")

    def _note(self, each: Sent, before: Mapping[str, Value], outcome: str) -> None:
        self.entries.append(Entry(each.key.home_site, each.change, each.desk, before, outcome))

    def _with_own_reference(self, each: Sent, fields: dict[str, Value]) -> dict[str, Value]:
        """The fields of a row, with another reference where another row has that one already.

        The row that came first keeps it. Which one the later row gets follows from the row, so
        that a change that comes once more, after central went back in time, gets the same.
        """
        given, key = _reference(fields), each.key
        if not given:
            return fields
        for ref in (given, refs.successor(given, key.id)):
            reference = Reference(key.tbl, compact(ref))
            holder = self.references.get(reference)
            if holder is None:
                self.references[reference] = self.given[reference] = key
                if ref != given:
                    self._keep_alias(each, given, ref)
            if holder in (None, key):
                return fields | {"ref": ref, "ref_key": reference.ref_key}
        raise UnacceptableError("no_reference")

    def _keep_alias(self, each: Sent, before: str, ref: str) -> None:
        by = Written(each.change.hlc, each.desk, 1, each.change.actor)
        loss = Loss("ref", refs.CLASH, before, ref, by, by)
        self.open_conflict(each.key, f"{each.key.id} {before}", loss, decided=True)

    def _open_conflict(self, key: Key, change: Change, loss: Loss) -> None:
        self.open_conflict(key, f"{change.change_id} {loss.field}", loss)

    def open_conflict(self, key: Key, cause: str, loss: Loss, *, decided: bool = False) -> None:
        """Keep what did not stand, as a row of its own.

        Args:
            key: The row that it is about.
            cause: The same for the same clash, so that it is one conflict.
            loss: Both values.
            decided: Nobody has to look at it.
        """
        conflict = conflict_key(key, cause)
        now = stamp(instant_of_ms(self.now_ms))
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
            "opened_at": now,
            "resolved_by": "",
            "resolved_at": now if decided else "",
            "resolution": "kept" if decided else "",
        }
        opened = Written(self.now_ms << 16, "", 1, "")
        self.rows[conflict] = Row(fields, dict.fromkeys(fields, opened), 1)
        self.touched[conflict] = None
        self.conflicts += not decided


def conflict_key(key: Key, cause: str) -> Key:
    """Where the conflict of a row with a certain cause is kept."""
    return Key(key.home_site, CONFLICT, f"{uuid.uuid5(_NAMESPACE, cause)}")


def _reference(fields: Mapping[str, Value]) -> str:
    """The spoken reference among the fields of a row; empty where it has none."""
    ref = f"{fields.get('ref', '')}"
    return ref if "ref_key" in fields and refs.check(ref) else ""


def is_restricted(key: Key, row: Row) -> bool:
    """Whether a row, or the row that a conflict is about, is for few readers."""
    return key.tbl in RESTRICTED or (key.tbl == CONFLICT and row.fields["tbl"] in RESTRICTED)


def doc(key: Key, row: Row) -> str:
    """What a desk gets of a row, JSON."""
    told: dict[str, Any] = {"home_site": key.home_site, "rev": row.rev, "fields": row.fields}
    if KINDS[key.tbl] is Kind.EVENT:
        by = row.meta[merge.EVENT]
        told |= {"hlc": by.hlc, "desk": by.desk}
    return json.dumps(told, ensure_ascii=False)


def _at(by: Written) -> str:
    return stamp(instant_of_ms(by.hlc >> 16))
