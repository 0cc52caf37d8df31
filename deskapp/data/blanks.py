"""A value that is erased alone: its row stays, and nothing that was written before fills it again.

Such a change names its values by paths: ``code_word`` is a column, ``extras.tried`` one name of a
column that holds a JSON object. It says what is left there, and never what was.
Pure functions. Source: design sheet of sync, section 7.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from deskapp.data import merge, shapes
from deskapp.data.changes import Change
from deskapp.data.merge import Incoming, Row
from deskapp.data.shapes import UnacceptableError, Value

BLANKED = "B"
"""Operation of such a change."""
MARK = "-"
"""In what central keeps about a row: values of it were erased; before a path: by whom, when."""


class Path(NamedTuple):
    """Where a value stands."""

    column: str
    name: str
    """Of a JSON object in the column; empty where the whole column is meant."""

    def __str__(self) -> str:
        return f"{self.column}.{self.name}" if self.name else self.column

    @classmethod
    def of(cls, written: str) -> Path:
        """The path that is written so."""
        column, _dot, name = written.partition(".")
        return cls(column, name)


def read(change: Change) -> dict[Path, Value]:
    """The values that a change erases, and what is left of each.

    Raises:
        UnacceptableError: If no desk of this version could have written it.
    """
    shape, written = shapes.opened(change)
    left: dict[Path, Value] = {}
    for path, empty in ((Path.of(each), value) for each, value in written.items()):
        if not path.name:
            left[path] = shapes.checked(shape, path.column, empty)
        elif empty is None and path.column in shape.fields:
            left[path] = None
        else:
            raise UnacceptableError("unknown_field")
    return left


def blank(row: Row, left: dict[Path, Value], change: Incoming) -> Row:
    """The row without the values, whoever wrote them; it had revision 0 if it was not there."""
    fields, meta = dict(row.fields), dict(row.meta)
    by = merge.Written(change.hlc, change.desk, row.rev + 1, change.actor)
    for path, empty in left.items():
        meta[MARK] = meta[f"{MARK}{path}"] = by
        if not path.name:
            fields[path.column] = empty
        elif path.column in fields:
            fields[path.column] = dropped(fields[path.column], path.name)
        held = merge.written_by(row, path.column)
        meta[path.column] = by._replace(hlc=max(by.hlc, held.hlc + 1)) if held else by
    return Row(fields, meta, by.rev)


def erased(row: Row) -> dict[Path, merge.Written]:
    """Which values of a row were erased, and by whom."""
    if MARK not in row.meta:
        return {}
    return {Path.of(name[1:]): by for name, by in row.meta.items() if name[0] == MARK and name[1:]}


def left_of(row: Row, change: Incoming) -> dict[str, Value]:
    """The fields of a change without what was erased when its writer did not know of it."""
    unseen = [path for path, by in erased(row).items() if not merge.saw(change, by)]
    return without(change.fields, unseen)


def without(fields: Mapping[str, Value], paths: Iterable[Path]) -> dict[str, Value]:
    """Fields without some values."""
    left = dict(fields)
    for path in paths:
        if path.name and path.column in left:
            left[path.column] = dropped(left[path.column], path.name)
        elif not path.name:
            left.pop(path.column, None)
    return left


def dropped(value: Value, name: str) -> Value:
    """A JSON object without one of its names, in the form that SQLite gives it."""
    try:
        held = json.loads(f"{value}")
    except ValueError:
        return value
    if not isinstance(held, dict) or name not in held:
        return value
    del held[name]
    return json.dumps(held, ensure_ascii=False, separators=(",", ":"))
