"""Things that only so many rows may hold at once: who came too late, once all rows are merged.

What is held, and who is one too many, say pure functions of the desk that owns the table; they are
handed in. What central accepted stays. Source: design sheet of sync, sections 3 and 6 (step 5).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import NamedTuple, Protocol

from deskapp.data import rulings
from deskapp.data.merge import Row
from deskapp.data.merging import Key, Merging
from deskapp.data.registers import Register
from deskapp.data.rulings import Ruling
from deskapp.data.shapes import Value


class Holder(NamedTuple):
    """A row that holds something."""

    id: str
    fields: Mapping[str, Value]
    accepted: bool
    """Central had it there before."""


class Rule(NamedTuple):
    """What the rows of a table hold, and who is one too many."""

    table: str
    field: str
    """Which field says it, for who decides."""
    resource: Callable[[Mapping[str, Value]], str]
    """What a row holds; empty when it holds nothing."""
    excess: Callable[[Sequence[Holder]], Collection[str]]
    """Ids of those that came too late, of all that hold one thing."""


Claims = Sequence[Rule | Ruling]


class Rules(NamedTuple):
    """Everything that the applier must know of the desks whose tables need more than merging."""

    claims: tuple[Rule | Ruling, ...]
    registers: tuple[Register, ...] = ()


class Kept(rulings.Kept, Protocol):
    """What central holds, as it was before the step."""

    def holders(self, site: str, table: str, resource: str) -> Mapping[Key, Row]:
        """Rows of a site that hold something."""


def reach_everywhere(rules: Claims, tables: Collection[str]) -> bool:
    """Whether a change of one of these tables may change rows of any site."""
    return any(isinstance(rule, Ruling) and rule.table in tables for rule in rules)


def resources(rules: Claims, rows: Mapping[Key, Row]) -> dict[Key, str]:
    """What each of the rows holds; those that hold nothing are left out."""
    by_table = {rule.table: rule for rule in rules}
    held = {
        key: by_table[key.tbl].resource(row.fields)
        for key, row in rows.items()
        if key.tbl in by_table
    }
    return {key: resource for key, resource in held.items() if resource}


def settle(merging: Merging, rules: Claims, kept: Kept) -> None:
    """Open a conflict for every row of the step that holds what was full without it; where a
    ruling decides, let it. A conflict that central has already stays as it is."""
    for rule in rules:
        if isinstance(rule, Ruling):
            rulings.settle(merging, rule, kept)
    _settle_full(merging, [rule for rule in rules if isinstance(rule, Rule)], kept)
    if merging.opened:
        merging.keep_known(kept.rows(merging.opened))


def _settle_full(merging: Merging, rules: Sequence[Rule], kept: Kept) -> None:
    touched = {key: merging.rows[key] for key in merging.touched}
    wanted: dict[tuple[str, str, str], list[Key]] = defaultdict(list)
    for key, resource in resources(rules, touched).items():
        wanted[key.home_site, key.tbl, resource].append(key)
    by_table = {rule.table: rule for rule in rules}
    for (site, table, resource), keys in sorted(wanted.items()):
        rule = by_table[table]
        before = kept.holders(site, table, resource)
        rows = {key: row for key, row in before.items() if key not in touched}
        rows |= {key: touched[key] for key in keys}
        holders = [Holder(key.id, row.fields, key in before) for key, row in rows.items()]
        late = rule.excess(holders)
        for key in keys:
            if key.id in late:
                rulings.ask_about(merging, key, rule.field, f"{key.id} {resource}")
