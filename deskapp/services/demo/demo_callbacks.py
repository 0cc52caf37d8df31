"""Invented callbacks: promised for the next working days, most of them kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from random import Random
from typing import Any

from deskapp.clock import stamp
from deskapp.services.callbacks import slots
from deskapp.services.callbacks.callback_lines import Result, State
from deskapp.services.dates import Calendar

LATELY_DAYS = 3
"""Working days before today whose callers are rung today: the list has something to show."""
KEPT = 0.9
"""Share of those whose time has gone that were rung on time."""


def slot(random: Random, calendar: Calendar, day: dt.date, today: dt.date) -> str:
    """A half hour, as it is stored: of today for the calls of the days before, else of the next
    working day."""
    lately = 1 <= calendar.working_days_between(day, today) <= LATELY_DAYS
    ring_on = (
        calendar.working_day_on_or_after(today) if lately else calendar.add_working_days(day, 1)
    )
    opened = dt.datetime.combine(ring_on, dt.time(9))
    return slots.key(opened + random.randrange(16) * slots.HALF_HOUR)


def rows(
    random: Random,
    *,
    contact: Mapping[str, Any],
    extras: Mapping[str, str],
    ids: tuple[str, str, str],
    now: dt.datetime,
) -> dict[str, list[dict[str, Any]]]:
    """The callback that a contact promised, and its try where its time has gone.

    ``ids`` are those of the callback and of the two events of its try.
    """
    begins = slots.starts_at(dt.datetime.fromisoformat(extras["slot"]))
    rung_at = begins + dt.timedelta(minutes=random.randrange(25))
    kept = rung_at < now and random.random() < KEPT
    state = State.DONE if kept else State.BOOKED
    common = {"home_site": contact["home_site"]}
    callback = {
        "id": ids[0],
        **common,
        "site": contact["site"],
        "contact_id": contact["id"],
        "person_id": contact["person_id"] or "",
        "slot": extras["slot"],
        "zone": "Europe/London",
        "starts_at": stamp(begins),
        "kind": extras["kind"],
        "state": state.value,
        "live": state.live,
        "priority": random.random() < 0.1,
        "booked_by": contact["officer_id"],
        "booked_at": contact["ended_at"],
    }
    events = [
        {
            "id": event_id,
            **common,
            "at": stamp(rung_at),
            "officer_id": contact["officer_id"],
            "callback_id": ids[0],
            "contact_id": "",
            "result": result.value,
            "on_time": result is Result.ATTEMPTING,
        }
        for event_id, result in zip(ids[1:], (Result.ATTEMPTING, Result.REACHED), strict=True)
    ]
    return {"callback": [callback], "callback_attempt": events if kept else []}
