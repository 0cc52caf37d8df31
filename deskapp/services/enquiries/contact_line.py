"""A contact as lists show it, and the columns it is made of."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from deskapp.clock import instant

COLUMNS = (
    "c.id, c.ref, c.started_at, c.channel, c.person_name, c.topic, c.outcome, coalesce(o.name, ''),"
    " coalesce(c.person_id, '')"
)
TABLES = "contact AS c LEFT JOIN officer AS o ON o.id = c.officer_id"


@dataclass(frozen=True)
class ContactLine:
    """A contact as lists show it."""

    id: str
    ref: str
    started_at: dt.datetime
    channel: str
    person_name: str
    topic: str
    outcome: str
    officer_name: str
    person_id: str
    """Empty when nobody was named."""
    place: tuple[str | int, ...]
    """Where the line stands in its list; the next page begins after it."""


def of_row(row: tuple[str, ...]) -> ContactLine:
    """A line of its columns, then of what its list is sorted by."""
    contact_id, ref, started_at, channel, person_name, topic, outcome, officer_name = row[:8]
    person_id, *place = row[8:]
    return ContactLine(
        id=contact_id,
        ref=ref,
        started_at=instant(started_at),
        channel=channel,
        person_name=person_name,
        topic=topic,
        outcome=outcome,
        officer_name=officer_name,
        person_id=person_id,
        place=tuple(place),
    )
