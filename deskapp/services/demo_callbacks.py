"""Invented callbacks: promised for the next working days, most of them kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from random import Random
from typing import Any

from deskapp.clock import stamp
from deskapp.services import slots
from deskapp.services.callback_lines import Result, State
from deskapp.services.dates import Calendar

KEPT = 0.9
"""Share of those whose time has gone that were rung on time."""


def slot(random: Random, calendar: Calendar, day: dt.date) -> str:
    """A half hour of the next working day, as it is stored."""
    opened = dt.datetime.combine(calendar.add_working_days(day, 1), dt.time(9))
    return slots.key(opened + random.randrange(16) * slots.HALF_HOUR)


def rows(
    random: Random,
    *,
    contact: Mapping[str, Any],
    extras: Mapping[str, str],
    ids: tuple[str, str],
    now: dt.datetime,
) -> dict[str, list[dict[str, Any]]]:
    """The callback that a contact promised, and its try where its time has gone.

    ``ids`` are the ids of the two rows.
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
            "id": ids[1],
            **common,
            "at": stamp(rung_at),
            "officer_id": contact["officer_id"],
            "callback_id": ids[0],
            "contact_id": "",
            "result": Result.REACHED.value,
            "on_time": True,
        }
    ]
    return {"callback": [callback], "callback_attempt": events if kept else []}
