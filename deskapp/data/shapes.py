"""What the rows of each synced table may hold, read from the models: what comes in is held to it.

A change names its table and its fields; both are looked up here and never taken from what was sent.
Source: design sheet of sync, sections 6 (apply) and 13 (S1, S4).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

from deskapp.data import quick_json
from deskapp.data.changes import Change
from deskapp.data.registry import HIDDEN, KINDS, Kind, captured_tables
from deskapp.data.upcasts import fields_today
from deskapp.text import clean

LONGEST_DELTA = 1_000_000
"""Characters of one change; the longest text of a form is 20,000."""
Value = str | int | bool | None


class Field(NamedTuple):
    """One column that travels."""

    kind: type
    nullable: bool
    needed: bool
    """A row cannot be without it; a column that a migration added has a value of its own."""


class Shape(NamedTuple):
    """One synced table."""

    kind: Kind
    fields: dict[str, Field]


class UnacceptableError(Exception):
    """A change that cannot be merged; ``code`` says why, without any value of it."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def _kind(declared: object) -> type:
    from sqlalchemy import Boolean, Integer

    if isinstance(declared, Boolean):
        return bool
    return int if isinstance(declared, Integer) else str


@cache
def shapes() -> dict[str, Shape]:
    """Every synced table by its name."""
    from sqlmodel import SQLModel

    from deskapp.data import schema

    schema.declare()
    return {
        name: Shape(
            KINDS[name],
            {
                column.name: Field(
                    _kind(column.type),
                    bool(column.nullable),
                    not column.nullable and column.server_default is None,
                )
                for column in SQLModel.metadata.tables[name].columns
                if column.name not in HIDDEN[KINDS[name]]
            },
        )
        for name in captured_tables()
    }


def is_whole(tbl: str, fields: Mapping[str, Value]) -> bool:
    """Whether a row has every field that a desk cannot do without.

    After central went back in time an edit may come before the row that it edits.
    """
    return _needed(tbl) <= fields.keys()


@cache
def _needed(tbl: str) -> frozenset[str]:
    return frozenset(name for name, field in shapes()[tbl].fields.items() if field.needed)


def read(change: Change) -> dict[str, Value]:
    """The fields that a change writes, checked and clean.

    Raises:
        UnacceptableError: If no desk of this version could have written it.
    """
    shape, written = opened(change)
    if change.op not in ("I", "U") or (change.op == "U" and shape.kind is Kind.EVENT):
        raise UnacceptableError("wrong_operation")
    texts = _texts(change.tbl)
    return {
        name: value  # nearly every value is one, and as it should be
        if type(value) is str and name in texts and value.isascii() and value.isprintable()
        else checked(shape, name, value)
        for name, value in written.items()
    }


@cache
def _texts(tbl: str) -> frozenset[str]:
    return frozenset(name for name, field in shapes()[tbl].fields.items() if field.kind is str)


def names(change: Change) -> str:
    """The names of the fields of a change, never their values, nor names that are none."""
    try:
        shape, written = opened(change)
    except UnacceptableError:
        return ""
    return " ".join(sorted({name.partition(".")[0] for name in written} & shape.fields.keys()))


def opened(change: Change) -> tuple[Shape, dict[str, Any]]:
    """The table of a change, and what it says in the words of today, not looked at yet.

    Raises:
        UnacceptableError: If it is no JSON object, or of no table.
    """
    shape = shapes().get(change.tbl)
    if shape is None:
        raise UnacceptableError("unknown_table")
    if not 0 <= change.hlc < 2**63:
        raise UnacceptableError("wrong_clock")
    if len(change.delta) > LONGEST_DELTA:
        raise UnacceptableError("too_long")
    try:
        written = quick_json.read(change.delta)
    except ValueError:
        raise UnacceptableError("not_json") from None
    if not isinstance(written, dict):
        raise UnacceptableError("not_json")
    return shape, fields_today(change.tbl, change.schema_ver, written)


def checked(shape: Shape, name: str, value: Any) -> Value:
    """The value of a field of ``shape``, clean.

    Raises:
        UnacceptableError: If there is no such field, or it cannot hold that.
    """
    field = shape.fields.get(name)
    if field is None:
        raise UnacceptableError("unknown_field")
    if value is None:
        if not field.nullable:
            raise UnacceptableError("no_value")
        return None
    if type(value) is not field.kind:
        raise UnacceptableError("wrong_kind")
    if isinstance(value, str):
        return clean(value)
    assert isinstance(value, int)
    if not -(2**63) <= value < 2**63:
        raise UnacceptableError("wrong_kind")
    return value
