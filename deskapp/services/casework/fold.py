"""The fold: from the events of a case, and of the cases opened for it, to how they stand.

The way of an event, read from the top: ``step`` lets time pass up to it, asks ``refusals`` whether
it may be followed, lets ``changes`` follow it, and has ``opening`` open what it calls for.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from deskapp.services.casework.book import Rulebook
from deskapp.services.casework.changes import change
from deskapp.services.casework.events import Event
from deskapp.services.casework.opening import settled
from deskapp.services.casework.refusals import refusals
from deskapp.services.casework.state import Conflict, Family
from deskapp.services.casework.values import END_OF_TIME


def fold(book: Rulebook, events: Iterable[Event], now: dt.datetime) -> Family:
    """How a family of cases stands at ``now``: the same for the same events, in whatever order.

    Raises:
        NotFoundError: If a scheme that the events name is not known here.
    """
    return seen_at(book, folded(book, events), now)


def folded(book: Rulebook, events: Iterable[Event]) -> Family:
    """The state after the last event; ``step`` goes on from it, ``seen_at`` shows it."""
    family = Family()
    for event in in_order(events):
        family = step(book, family, event)
    return family


def in_order(events: Iterable[Event]) -> list[Event]:
    """Each event once, in the order of the hybrid clocks. Source: sync design, section 3."""
    by_id = {event.id: event for event in events}
    return sorted(by_id.values(), key=lambda event: (event.order, event.id))


def step(book: Rulebook, family: Family, event: Event) -> Family:
    """The family after one more event; one that is refused is kept as a conflict."""
    family = settled(book, family, event.case, event.at)
    reasons = refusals(book, family, event)
    if reasons:
        return replace(family, conflicts=(*family.conflicts, Conflict(event, reasons)))
    family = change(book, family, event)
    for case in (event.child, event.case):
        family = settled(book, family, case, event.at)
    return family


def seen_at(book: Rulebook, family: Family, now: dt.datetime) -> Family:
    """The family with what the time up to ``now`` has opened."""
    family = replace(family, turns_at=END_OF_TIME)
    for case in family.cases:
        family = settled(book, family, case, now)
    return family
