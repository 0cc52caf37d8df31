"""One step of merging, without any database: changes in, rows, conflicts and refusals out.

The applier feeds it from PostgreSQL, the simulation from memory.
Source: design sheet of sync, sections 2 (spoken references) and 6 (APPLY, steps 2 to 4).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from deskapp.data import blanks, conflicts, merge, quick_json, refs, registers, shapes
from deskapp.data.changes import NO_PAYLOAD, Change, has_payload
from deskapp.data.conflicts import CONFLICT
from deskapp.data.merge import Incoming, Loss, Row, Written
from deskapp.data.purge import ERASED
from deskapp.data.registers import Register
from deskapp.data.registry import KINDS, RESTRICTED, Kind
from deskapp.data.shapes import UnacceptableError, Value
from deskapp.text import compact

_NO_ROW = Row()


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
    written: str
    """Names of its fields, never their values."""
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

    fields: str
    """JSON of the row's fields."""
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
    blanked: dict[Key, set[str]] = field(default_factory=dict)
    """Columns of rows out of which values were erased in this step."""
    entries: list[Entry] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    applied: int = 0
    given: dict[Reference, Key] = field(default_factory=dict)
    """References that this step gave to rows."""
    opened: list[Key] = field(default_factory=list)
    """Conflicts of this step."""
    _fields: dict[str, dict[str, Value] | UnacceptableError] = field(default_factory=dict)
    """What each change writes, by its id; read once."""

    def take(self, each: Sent) -> None:
        """Merge a change, or set it aside; one that was merged before changes nothing."""
        key = each.key
        if each.change.change_id in self.known:
            # A copied store sends it under a number of its own, and shows its own value until
            # then: it must get the row as it stands.
            if key in self.rows:
                self.touched[key] = None
            return
        self.known.add(each.change.change_id)
        try:
            if (each.login, each.change.home_site) not in self.members:
                raise UnacceptableError("not_member")
            if each.change.op == ERASED:
                self._erase(each)
            elif key in self.erased or _is_bare(each.change):
                self._note(each, shapes.names(each.change), {}, "erased")
            elif each.change.op == blanks.BLANKED:
                self._blank(each)
            else:
                self._merge(each, self._read(each.change))
        except UnacceptableError as error:
            self.refuse(each, error.code)

    def refuse(self, each: Sent, code: str) -> None:
        """Set a change aside."""
        self.refused.append(Refused(each.desk, each.change.seq, each.site, code))
        names = shapes.names(each.change)
        self.entries.append(Entry(each.site, each.change, each.desk, names, {}, code))

    def without_payload(self, sent: Iterable[Sent]) -> list[Sent]:
        """The changes, merged or not, of which nothing may stay but that they were made."""
        return [
            each
            for each in sent
            if (key := each.key) in self.erased or blanks.MARK in self.rows.get(key, _NO_ROW).meta
        ]

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
            if each.change.tbl in self.registers:
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
            key: told(key, self.rows[key]) for key in self.touched if is_told(key, self.rows[key])
        }

    def _merge(self, each: Sent, fields: dict[str, Value]) -> None:
        change, key = each.change, each.key
        fields = self._with_own_reference(each, fields)
        incoming = _incoming(each, fields)
        row, kind = self.rows.get(key, _NO_ROW), KINDS[change.tbl]
        if blanks.MARK in row.meta:
            incoming = incoming._replace(fields=blanks.left_of(row, incoming))
        if kind is Kind.REGISTER:
            self._register(each, incoming)
            return
        if key.tbl == CONFLICT:
            incoming = conflicts.decision(row, incoming)
        merged = merge.merge(row, incoming, kind, now_ms=self.now_ms)
        self.rows[key] = merged.row
        self.touched[key] = None
        losses = () if key.tbl == CONFLICT else merged.losses
        for loss in losses:
            self._open_conflict(key, change, loss)
        outcome = "conflict" if losses else "applied"
        self._note(each, " ".join(sorted(fields)), merged.before, outcome)
        self.applied += 1

    def _register(self, each: Sent, incoming: Incoming) -> None:
        """Merge a row that several desks make alike."""
        key, rule = each.key, self.registers[each.key.tbl]
        row = self.rows.get(key, _NO_ROW)
        beside: Mapping[str, Value] = {}
        for other in self._beside(key, {**row.fields, **incoming.fields}):
            beside = self.rows.get(other, _NO_ROW).fields
        result = registers.take(row, incoming, rule, beside, now_ms=self.now_ms)
        self.rows[key] = result.row
        self.touched[key] = None
        for loss, decided in result.losses:
            self._open_conflict(key, each.change, loss, decided=decided)
        in_doubt = any(not decided for _loss, decided in result.losses)
        outcome = "conflict" if in_doubt else "applied"
        self._note(each, " ".join(sorted(incoming.fields)), result.before, outcome)
        self.applied += 1

    def _erase(self, each: Sent) -> None:
        """Erase a row for ever; what other desks still send of it is dropped."""
        if each.change.tbl not in shapes.shapes():
            raise UnacceptableError("unknown_table")
        self.to_erase[each.key] = None
        self.erased.add(each.key)
        self._drop_conflicts(each.key)
        self.applied += 1
        self._note(each, "", {}, "erased")

    def _blank(self, each: Sent) -> None:
        """Erase values of a row, also those that whoever decided it had not seen."""
        left, key = blanks.read(each.change), each.key
        self.rows[key] = blanks.blank(self.rows.get(key, _NO_ROW), left, _incoming(each, {}))
        self.touched[key] = None
        columns = {path.column for path in left}
        self.blanked.setdefault(key, set()).update(columns)
        self._drop_conflicts(key, columns)
        self.applied += 1
        self._note(each, " ".join(sorted(columns)), {}, "erased")

    def _drop_conflicts(self, of: Key, columns: Set[str] | None = None) -> None:
        """Let those go that this step opened about a row, or about some columns of it."""
        for key in self.opened:
            about = self.rows[key].fields
            if about["row_id"] == of.id and (columns is None or about["field"] in columns):
                self.to_erase[key] = None

    def _note(self, each: Sent, names: str, before: Mapping[str, Value], outcome: str) -> None:
        site = each.change.home_site
        self.entries.append(Entry(site, each.change, each.desk, names, before, outcome))

    def _with_own_reference(self, each: Sent, fields: dict[str, Value]) -> dict[str, Value]:
        """The fields of a row, with another reference where another row has that one already.

        The row that came first keeps it. Which one the later row gets follows from the row, so
        that a change that comes once more, after central went back in time, gets the same.
        """
        given, key = _reference(fields), each.key
        if not given:
            return fields
        for later in (False, True):
            ref = refs.successor(given, key.id) if later else given
            reference = Reference(key.tbl, compact(ref))
            holder = self.references.get(reference)
            if holder is None:
                self.references[reference] = self.given[reference] = key
                if later:
                    self._keep_alias(each, given, ref)
            if holder in (None, key):
                return fields | {"ref": ref, "ref_key": reference.ref_key}
        raise UnacceptableError("no_reference")

    def _keep_alias(self, each: Sent, before: str, ref: str) -> None:
        by = Written(each.change.hlc, each.desk, 1, each.change.actor)
        loss = Loss("ref", refs.CLASH, before, ref, by, by)
        self.open_conflict(each.key, f"{each.key.id} {before}", loss, decided=True)

    def _open_conflict(
        self, key: Key, change: Change, loss: Loss, *, decided: bool = False
    ) -> None:
        # After central went back in time the change may meet another value: that is another clash.
        sides = (f"{by.hlc} {by.desk}" for by in (loss.loser, loss.winner))
        cause = " ".join((change.change_id, loss.field, *sides))
        self.open_conflict(key, cause, loss, decided=decided)

    def open_conflict(self, key: Key, cause: str, loss: Loss, *, decided: bool = False) -> None:
        """Keep what did not stand, as a row of its own.

        Args:
            key: The row that it is about.
            cause: The same for the same clash, so that it is one conflict.
            loss: Both values.
            decided: Nobody has to look at it.
        """
        conflict = conflict_key(key, cause)
        if conflict in self.rows:  # who had fetched it told a central that had forgotten it
            return
        self.rows[conflict] = conflicts.opened(key.tbl, key.id, loss, self.now_ms, decided=decided)
        self.touched[conflict] = None
        self.opened.append(conflict)

    def keep_known(self, known: Mapping[Key, Row]) -> None:
        """Leave conflicts that this step opened once more as central has them."""
        self.opened = [key for key in self.opened if key not in known]
        for key in known:
            self.rows[key] = known[key]
            self.touched.pop(key, None)

    @property
    def conflicts(self) -> int:
        """How many of this step somebody has to look at."""
        open_now = (key for key in self.opened if key not in self.to_erase)
        return sum(not self.rows[key].fields["resolved_at"] for key in open_now)


def _is_bare(change: Change) -> bool:
    """Whether its payload was taken out."""
    return change.delta == NO_PAYLOAD and not has_payload(change)


def _incoming(each: Sent, fields: dict[str, Value]) -> Incoming:
    change = each.change
    return Incoming(each.desk, change.actor, change.hlc, change.base_rev, fields)


def conflict_key(key: Key, cause: str) -> Key:
    """Where the conflict of a row with a certain cause is kept."""
    return Key(key.home_site, CONFLICT, conflicts.id_of(cause))


def _reference(fields: Mapping[str, Value]) -> str:
    """The spoken reference among the fields of a row; empty where it has none."""
    if "ref_key" not in fields:
        return ""
    ref = f"{fields.get('ref', '')}"
    return ref if refs.check(ref) else ""


def is_restricted(key: Key, row: Row) -> bool:
    """Whether a row, or the row that a conflict is about, is for few readers."""
    return key.tbl in RESTRICTED or (key.tbl == CONFLICT and row.fields["tbl"] in RESTRICTED)


def is_told(key: Key, row: Row) -> bool:
    """Whether readers get a row: not while its beginning is missing."""
    return shapes.is_whole(key.tbl, row.fields)


def told(key: Key, row: Row) -> Told:
    """What a desk gets of a row."""
    fields = quick_json.write(row.fields)
    about: dict[str, Any] = {"home_site": key.home_site, "rev": row.rev}
    if gone := blanks.erased(row):
        about["erased"] = {f"{path}": [by.rev, by.desk] for path, by in gone.items()}
    if KINDS[key.tbl] is Kind.EVENT:
        by = row.meta[merge.FIRST]
        about |= {"hlc": by.hlc, "desk": by.desk}
    # The fields are written once: it is most of the work.
    doc = f'{quick_json.write(about)[:-1]},"fields":{fields}}}'
    return Told(fields, doc, is_restricted(key, row))
