"""How a change meets what central holds: field by field, the newest wins, no value is lost.

Pure functions, the same in the applier, the simulation and the tests.
Source: design sheet of sync, sections 3 and 6 (apply, step 4).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import NamedTuple

from deskapp.data.registry import Kind
from deskapp.data.shapes import Value

CLAMP_MS = 2 * 60 * 1000
"""How far ahead of the server a clock may be believed when two values are compared."""


FIRST = "*"
"""Entry of ``meta`` for what a row was first written with: of an event that is everything."""


class Written(NamedTuple):
    """Who gave a field its value, and at which revision of the row."""

    hlc: int
    desk: str
    rev: int
    actor: str


@dataclass(frozen=True)
class Row:
    """A row as central holds it."""

    fields: dict[str, Value] = field(default_factory=dict)
    meta: dict[str, Written] = field(default_factory=dict)
    """Who gave each field its value; ``FIRST`` stands for all that came with the first change."""
    rev: int = 0
    """Grows by one with every change that is applied."""


class Incoming(NamedTuple):
    """A change with its fields read."""

    desk: str
    actor: str
    hlc: int
    base_rev: int
    fields: dict[str, Value]


class Loss(NamedTuple):
    """Two values that were written without either writer knowing of the other."""

    field: str
    kind: str
    """``field``, ``event``, ``claim`` or ``reference``."""
    losing: Value
    winning: Value
    loser: Written
    winner: Written


class Merged(NamedTuple):
    """What came of a change."""

    row: Row
    before: dict[str, Value]
    """The values that were replaced."""
    losses: tuple[Loss, ...]


def merge(row: Row, change: Incoming, kind: Kind, *, now_ms: int) -> Merged:
    """The row after ``change``; it had revision 0 if it was not there.

    Args:
        row: As central holds it.
        change: What a desk wrote.
        kind: Of its table.
        now_ms: The server's clock; a desk far ahead of it does not win by that.
    """
    if kind is Kind.EVENT:
        return _event(row, change)
    if not row.rev:
        first = Written(change.hlc, change.desk, 1, change.actor)
        return Merged(Row(dict(change.fields), {FIRST: first}, 1), {}, ())
    rev = row.rev + 1
    fields, meta = dict(row.fields), dict(row.meta)
    before: dict[str, Value] = {}
    losses: list[Loss] = []
    for name, value in change.fields.items():
        held = written_by(row, name)
        mine = Written(change.hlc, change.desk, rev, change.actor)
        if held is not None and not saw(change, held):
            if value == row.fields[name]:
                continue
            if _order(mine, now_ms) < _order(held, now_ms):
                losses.append(Loss(name, "field", value, row.fields[name], mine, held))
                continue
            losses.append(Loss(name, "field", row.fields[name], value, held, mine))
        if held is not None:
            before[name] = row.fields[name]
            mine = mine._replace(hlc=max(change.hlc, held.hlc + 1))
        fields[name], meta[name] = value, mine
    return Merged(Row(fields, meta, rev), before, tuple(losses))


def written_by(row: Row, name: str) -> Written | None:
    """Who gave a field the value that it has; None where it has none."""
    return row.meta.get(name) or (row.meta.get(FIRST) if name in row.fields else None)


def saw(change: Incoming, held: Written) -> bool:
    """Whether the writer of ``change`` had the held value before them."""
    if change.base_rev < 0:  # another store's, which this desk brings in
        return held.rev <= ~change.base_rev
    return change.desk == held.desk or held.rev <= change.base_rev


def _order(written: Written, now_ms: int) -> tuple[int, str]:
    return min(written.hlc, (now_ms + CLAMP_MS) << 16), written.desk


def _event(row: Row, change: Incoming) -> Merged:
    """Events are a set: the first with an id stands, another of the same id is kept beside it."""
    mine = Written(change.hlc, change.desk, 1, change.actor)
    if FIRST not in row.meta:  # a value of it may have been erased before it came
        rev = row.rev + 1
        fields, meta = row.fields | change.fields, row.meta | {FIRST: mine}
        return Merged(Row(fields, meta, rev), {}, ())
    if row.fields == change.fields:
        return Merged(row, {}, ())
    losses = [
        Loss(name, "event", value, row.fields.get(name), mine, row.meta[FIRST])
        for name, value in change.fields.items()
        if row.fields.get(name) != value
    ]
    return Merged(replace(row), {}, tuple(losses))
