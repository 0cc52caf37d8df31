"""Bookings: items with a start, an end and a resource, and where they overlap.

An overlap is a warning; nothing is refused for it. Source: casework sheet, section 1.7.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from operator import attrgetter
from typing import NamedTuple, Self

from deskapp.services.casework.scheme import Scheme, Template
from deskapp.services.casework.state import Item
from deskapp.services.casework.vocabulary import ItemKind

START, END, RESOURCE = "start", "end", "resource"
TAKES = (RESOURCE, START, END)
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


def templates(scheme: Scheme) -> Iterator[Template]:
    """The items of a scheme that take somebody, or a room, from one moment to another."""
    return filter(is_booking, scheme.templates)


def is_booking(template: Template) -> bool:
    """Whether items of a template take somebody, or a room, from one moment to another."""
    named = all(map(template.field, TAKES))
    return template.kind is ItemKind.BOOKING and named


def overlaps(bookings: Iterable[Booking]) -> Iterator[tuple[Booking, Booking]]:
    """The pairs that want the same resource at the same time; one may begin as another ends."""
    by_start = sorted(bookings, key=attrgetter("resource", "start", "end", "item"))
    for at, first in enumerate(by_start):
        for place in range(at + 1, len(by_start)):
            second = by_start[place]
            if second.resource != first.resource or second.start >= first.end:
                break
            yield first, second
