"""What rows of every site hold, where a rule decides who keeps it and writes that down.

Unlike a ``claims.Rule``, which asks somebody, a ruling changes rows: those that lose it, and those
that must be told. The rule itself is a pure function of the desk that owns the table. Source:
design sheet of sync, sections 3 (claim) and 6 (step 5).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import NamedTuple, Protocol

from deskapp.clock import instant_of_ms, stamp
from deskapp.data import merge
from deskapp.data.merge import Loss, Row, Written
from deskapp.data.merging import Key, Merging
from deskapp.data.shapes import Value

KIND = "claim"
"""Kind of a conflict of a row that holds what others hold."""
Fields = Mapping[str, Value]


class Verdict(NamedTuple):
    """What becomes of a row."""

    fields: Fields
    """What is written into it."""
    others: tuple[str, ...]
    """Ids of the rows it is in conflict with; empty when nobody must look at it."""


class Ruling(NamedTuple):
    """What the rows of a table hold, whichever site they are of, and who decides."""

    table: str
    field: str
    """Which field a conflict shows, for who looks at it."""
    resource: Callable[[Fields], str]
    """What a row holds; empty when it holds nothing."""
    near: Callable[[str], Sequence[str]]
    """What must be looked at together with what is held, itself too."""
    holder: Callable[[Fields], str]
    """Whose things they are: rows of different ones are never in conflict."""
    mend: Callable[[Fields], Fields]
    """What must be written into a row whose fields do not go together after merging."""
    decide: Callable[[Mapping[str, Fields], Mapping[str, Fields], str], Mapping[str, Verdict]]
    """From the rows as central had them, those that were pushed, and the instant."""


class Kept(Protocol):
    """What central holds, as it was before the step."""

    def anywhere(self, table: str, resources: Collection[str]) -> Mapping[Key, Row]:
        """Rows of all sites that hold one of these."""

    def rows(self, keys: Collection[Key]) -> Mapping[Key, Row]:
        """Those of the rows that are there."""


def settle(merging: Merging, ruling: Ruling, kept: Kept) -> None:
    """Let the rule decide about everything that the rows of the step hold."""
    touched = [key for key in merging.touched if key.tbl == ruling.table]
    for key in touched:
        _write(merging, key, ruling.mend(merging.rows[key].fields))
    held = {key: ruling.resource(merging.rows[key].fields) for key in touched}
    looked_at = {near for resource in held.values() if resource for near in ruling.near(resource)}
    if not looked_at:
        return
    before = kept.anywhere(ruling.table, looked_at)
    centre, pushed = defaultdict[str, set[Key]](set), defaultdict[str, set[Key]](set)
    for key, row in before.items():
        whose = ruling.holder(row.fields)
        centre[whose].add(key)
        if key in merging.touched:
            pushed[whose].add(key)
    for key, resource in held.items():
        if resource:
            pushed[ruling.holder(merging.rows[key].fields)].add(key)
    now = stamp(instant_of_ms(merging.now_ms))
    for whose in sorted(pushed):
        there = {key.id: before[key].fields for key in centre[whose]}
        come = {key.id: merging.rows[key].fields for key in pushed[whose]}
        keys = {key.id: key for key in centre[whose] | pushed[whose]}
        verdicts = ruling.decide(there, come, now)
        for row_id in sorted(verdicts):
            key = keys[row_id]
            merging.rows.setdefault(key, before.get(key, Row()))
            _write(merging, key, verdicts[row_id].fields)
        _tell(merging, ruling, {keys[row_id]: each for row_id, each in verdicts.items()})


def _write(merging: Merging, key: Key, fields: Fields) -> None:
    """Write what was decided into a row: it is newer than all that was there."""
    if not fields:
        return
    row = merging.rows[key]
    rev, meta = row.rev + 1, dict(row.meta)
    for name in fields:
        held = merge.written_by(row, name)
        hlc = max(merging.now_ms << 16, held.hlc + 1 if held else 0)
        meta[name] = Written(hlc, "", rev, "")
    merging.rows[key] = Row({**row.fields, **fields}, meta, rev)
    merging.touched[key] = None


def _tell(merging: Merging, ruling: Ruling, verdicts: Mapping[Key, Verdict]) -> None:
    """Open a conflict for each row that somebody must look at, once for the same others."""
    for key, verdict in verdicts.items():
        if verdict.others:
            ask_about(merging, key, ruling.field, _cause(key, verdict.others))


def ask_about(merging: Merging, key: Key, field: str, cause: str) -> None:
    """Open a conflict of a row that holds what others hold, which ``field`` shows."""
    row = merging.rows[key]
    by, value = merge.written_by(row, field), row.fields[field]
    assert by is not None, "a row that holds something has the field"
    merging.open_conflict(key, cause, Loss(field, KIND, value, value, by, by))


def _cause(key: Key, others: Iterable[str]) -> str:
    return " ".join((key.id, *sorted(others)))
