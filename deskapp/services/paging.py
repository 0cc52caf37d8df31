"""Keyset pages: which part of a list is wanted, and the lines that came."""

from __future__ import annotations

from typing import Generic, NamedTuple, TypeVar

L = TypeVar("L")

PAGE_ROWS = 50


class Page(NamedTuple, Generic[L]):
    """Lines in the order they are shown."""

    lines: list[L]
    more: bool = False
    """Whether the list goes on in the direction that was asked."""


class Want(NamedTuple):
    """Which page of a list: its start, what follows or precedes a place, or its end."""

    place: tuple[str | int, ...] = ()
    """Where a known line stands; empty for the start, or for the end when ``backwards``."""
    backwards: bool = False
    limit_rows: int = PAGE_ROWS

    @classmethod
    def at(cls, edge: str, place: tuple[str | int, ...]) -> Want:
        """The page at an edge of a list: its ``start`` or ``end``, or ``before`` or ``after`` a
        place."""
        return cls(place, backwards=edge in ("end", "before"))

    @property
    def limit(self) -> int:
        """Rows to read: one more than shown, to know whether the list goes on."""
        return self.limit_rows + 1

    def clause(self, columns: str, *, newest_first: bool = False) -> tuple[str, str]:
        """The SQL condition and order for a list sorted by ``columns`` (trusted names only)."""
        descending = newest_first != self.backwards
        order = ", ".join(
            f"{name} {'DESC' if descending else 'ASC'}" for name in columns.split(", ")
        )
        if not self.place:
            return "TRUE", order
        marks = ", ".join("?" for _place in self.place)
        return f"({columns}) {'<' if descending else '>'} ({marks})", order

    def page(self, lines: list[L]) -> Page[L]:
        """The lines as read, cut to the page and put in the order they are shown."""
        shown = lines[: self.limit_rows]
        if self.backwards:
            shown.reverse()
        return Page(shown, more=len(lines) > self.limit_rows)
