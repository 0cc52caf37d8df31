"""Rows that several desks make alike, such as the day of a juror: one comes out of two.

What comes out says a pure function of the desk that owns the table; it is handed in, as the rules
of claims are. What did not stand is kept, open where somebody must look at it, decided where the
rule has decided. Source: design sheet of sync, section 3 (register); invariant I3.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from deskapp.data import merge
from deskapp.data.merge import Incoming, Loss, Row, Written
from deskapp.data.registry import Kind
from deskapp.data.shapes import Value

KIND = "register"
"""Kind of a conflict between what two desks recorded of one thing."""
Fields = Mapping[str, Value]


class Settled(NamedTuple):
    """What comes out of two records of one thing."""

    fields: Mapping[str, Value]
    """Of the whole row."""
    doubts: Mapping[str, str]
    """Fields that somebody must look at, each with why."""


class Register(NamedTuple):
    """How the rows of a table are merged."""

    table: str
    told: tuple[str, ...]
    """Fields of which what did not stand is kept; the others only say who recorded, and when."""
    beside: Callable[[Fields], tuple[str, str]]
    """Table and id of the row that decides with it, where central has it; empty for none."""
    settle: Callable[[Fields, Fields, Fields], Settled]
    """What comes out of the row as it is, as the change would have it, and the row beside."""
    arrived: Callable[[Fields, Fields], Mapping[str, str]]
    """Doubts of a change that nobody contradicts: what it writes, and the row beside."""


class Result(NamedTuple):
    """What came of a change."""

    row: Row
    before: dict[str, Value]
    """The values that were replaced."""
    losses: tuple[tuple[Loss, bool], ...]
    """What did not stand, and whether that is decided."""


def take(row: Row, change: Incoming, rule: Register, beside: Fields, *, now_ms: int) -> Result:
    """The row after ``change``; it had revision 0 if it was not there.

    Who wrote with the row as it stands before their eyes is believed, as for any record; who did
    not meets the rule.
    """
    if all(merge.saw(change, held) for held in row.meta.values()):
        merged = merge.merge(row, change, Kind.RECORD, now_ms=now_ms)
        return Result(merged.row, merged.before, tuple(_arrived(merged.row, change, rule, beside)))
    arriving = {**row.fields, **change.fields}
    settled = rule.settle(row.fields, arriving, beside)
    mine = Written(change.hlc, change.desk, row.rev + 1, change.actor)
    fields, meta, before = dict(row.fields), dict(row.meta), {}
    for name, value in settled.fields.items():
        if name not in row.fields or row.fields[name] != value:
            if name in row.fields:
                before[name] = row.fields[name]
            fields[name] = value
            held = merge.written_by(row, name)
            meta[name] = mine._replace(hlc=max(mine.hlc, held.hlc + 1)) if held else mine
    losses = tuple(_lost(row, change, rule, settled, mine))
    return Result(Row(fields, meta, row.rev + 1), before, losses)


def _arrived(
    row: Row, change: Incoming, rule: Register, beside: Fields
) -> Iterator[tuple[Loss, bool]]:
    for name, why in rule.arrived(change.fields, beside).items():
        by = merge.written_by(row, name)
        assert by is not None, "the change has just written it"
        yield Loss(name, KIND, why, row.fields[name], by, by), False


def _lost(
    row: Row, change: Incoming, rule: Register, settled: Settled, mine: Written
) -> Iterator[tuple[Loss, bool]]:
    """What either of the two said and does not stand, and what is in doubt though it stands."""
    for name in rule.told:
        stands, held, mine_says = (
            settled.fields.get(name), row.fields.get(name), change.fields.get(name),
        )  # fmt: skip
        by = merge.written_by(row, name) or mine
        decided = name not in settled.doubts
        if name in change.fields and mine_says != stands:
            yield Loss(name, KIND, mine_says, stands, mine, by), decided
        elif held is not None and held != stands:
            yield Loss(name, KIND, held, stands, by, mine), decided
        elif not decided:
            yield Loss(name, KIND, settled.doubts[name], stands, mine, by), False
