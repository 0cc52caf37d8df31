"""Bookings: items with a start, an end and a resource, and where they overlap.

An overlap is a warning; nothing is refused for it. Source: casework sheet, section 1.7.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import combinations
from operator import attrgetter
from typing import NamedTuple, Self

from deskapp.services.casework.state import Item

START, END, RESOURCE = "start", "end", "resource"
"""The fields that an item of kind ``booking`` has."""


class Booking(NamedTuple):
    """Somebody, or a room, taken from one moment to another."""

    resource: str
    start: dt.datetime
    end: dt.datetime
    item: str

    @classmethod
    def of(cls, item: Item) -> Self | None:
        """The booking of an item; ``None`` until it is complete, or when it is over or off."""
        start, end, resource = (item.fields.get(name) for name in (START, END, RESOURCE))
        if not item.is_open or not isinstance(resource, str):
            return None
        if not isinstance(start, dt.datetime) or not isinstance(end, dt.datetime):
            return None
        return cls(resource, start, end, item.name)


def overlaps(bookings: Iterable[Booking]) -> Iterator[tuple[Booking, Booking]]:
    """The pairs that want the same resource at the same time; one may begin as another ends."""
    by_start = sorted(bookings, key=attrgetter("resource", "start", "end", "item"))
    for first, second in combinations(by_start, 2):
        if first.resource == second.resource and second.start < first.end:
            yield first, second
