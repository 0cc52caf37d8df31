"""What older desks wrote, in the words of today's tables.

A desk may send what it wrote before an upgrade of its own, or without one, for as long as it likes;
central is upgraded first. Source: design sheet of sync, sections 6 (APPLY, step 2) and 8.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple


class Upcast(NamedTuple):
    """A synced column that went, or became others; one that is added needs none."""

    revision: str
    """The first that writes it as it is now."""
    table: str
    today: Callable[[Mapping[str, Any]], dict[str, Any]]
    """From some fields of a row, or all of them, as they were written before; what is written as
    it is now stays as it is."""


UPCASTS: tuple[Upcast, ...] = ()
"""In the order of their revisions; each is kept for 12 months."""


def fields_today(table: str, revision: str, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Fields of a row of ``table`` that were written at ``revision``, as they are written now."""
    today = dict(fields)
    for each in UPCASTS:
        if each.table == table and revision < each.revision:
            today = each.today(today)
    return today


def tables_since(revision: str) -> set[str]:
    """The tables of which something is written otherwise than at ``revision``."""
    return {each.table for each in UPCASTS if revision < each.revision}
