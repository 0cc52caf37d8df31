"""Bookings of an interpreter in several states, whose texts ``hostile.poison`` then spoils."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from deskapp.clock import local
from deskapp.data.ids import new_id
from deskapp.data.store import Store
from deskapp.roles import User
from deskapp.services import local_files
from deskapp.services.interpreters import (
    absences,
    assigning,
    attendance,
    book,
    complaints,
    registering,
    signing,
)
from deskapp.services.interpreters.absences import AwayDraft
from deskapp.services.interpreters.acting import acting_on
from deskapp.services.interpreters.drafts import BookingDraft
from deskapp.services.interpreters.registering import InterpreterDraft
from deskapp.services.interpreters.sheet_drafts import SheetDraft

TIMES = (("00:10", "03:00"), ("04:00", "07:00"), ("08:00", "10:00"))
"""One that is signed for, one that somebody is named for, one that they came to."""


class Made(NamedTuple):
    """What was made."""

    booking: str
    """A reference."""
    interpreter: str
    """An id."""


def make(store: Store, user: User) -> Made:
    """A booking of this very day that was signed, and one that waits; the store is poisoned later.

    The screens are looked at in real time, so the day is the real one.
    """
    day = local(dt.datetime.now(dt.UTC)).date()
    begins = dt.datetime.combine(day, dt.time(), dt.UTC) - dt.timedelta(days=1)
    acting = acting_on(user, begins, local_files.SHIPPED)
    interpreter, write = new_id(), store.call_write
    marta = InterpreterDraft(name="Marta", languages="Polish", registration="NRPSI 1")
    write(registering.add, acting, marta, interpreter_id=interpreter)
    away = AwayDraft(first_on=(day + dt.timedelta(days=9)).isoformat(), note="Away")
    write(absences.add_away, acting, interpreter, away, away_id=new_id())
    made = []
    for start, end in TIMES:
        asked = BookingDraft(language="pol", day=day.isoformat(), start=start, end=end, room="1")
        line = write(book.book, acting, asked, booking_id=new_id())
        made.append(line)
        write(assigning.assign, acting, line.id, interpreter, event_id=new_id())
    first, third = made[0].id, made[2].id
    here = acting_on(user, begins + dt.timedelta(days=1, hours=1), local_files.SHIPPED)
    write(attendance.arrive, here, first, event_id=new_id())
    late = acting_on(user, begins + dt.timedelta(days=1, hours=4), local_files.SHIPPED)
    sheet = SheetDraft(comments="Good", travel_note="By train", acknowledged_by="Marta")
    write(signing.sign_off, late, first, sheet, event_id=new_id())
    write(
        complaints.make, late, first, path="interpreter", category="late", details="Late",
        event_id=new_id(),
    )  # fmt: skip
    later = acting_on(user, begins + dt.timedelta(days=1, hours=8), local_files.SHIPPED)
    write(attendance.arrive, later, third, event_id=new_id())
    return Made(made[0].ref, interpreter)
