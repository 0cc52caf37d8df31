"""What the exchange says of interpreters whom two courts booked without knowing of each other.

The decision itself is ``claims.decide``; here stands which rows of the store it is about, and what
is written into them. Both bookings are told of each other, each in its own court; nothing is lost.
Source: interpreter sheet, section 10; design sheet of sync, sections 3 (claim) and 6 (step 5).
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

from deskapp.clock import instant, local
from deskapp.data.rulings import Fields, Ruling, Verdict
from deskapp.data.shapes import Value
from deskapp.i18n import N_, _
from deskapp.services.interpreters import claims
from deskapp.services.interpreters.bookings import ATTENDED, PLANNED, Booking, Status
from deskapp.services.interpreters.claims import CONFLICT_LABELS, Conflict, Held, Mark


class Told(StrEnum):
    """What stands in ``booking.conflict``."""

    DOUBLE_BOOKED = Conflict.DOUBLE_BOOKED.value
    IMPOSSIBLE_ATTENDANCE = Conflict.IMPOSSIBLE_ATTENDANCE.value
    ALSO_ASKED = "ALSO_ASKED"
    """It keeps its interpreter; another booking lost them to it."""


LABELS = {
    Told.DOUBLE_BOOKED: CONFLICT_LABELS[Conflict.DOUBLE_BOOKED],
    Told.IMPOSSIBLE_ATTENDANCE: CONFLICT_LABELS[Conflict.IMPOSSIBLE_ATTENDANCE],
    Told.ALSO_ASKED: N_("Booked twice: this one keeps the interpreter, tell the other court"),
}


def words(conflict: str) -> str:
    """What is told of a conflict; its code where a newer desk wrote it."""
    return _(LABELS[Told(conflict)]) if conflict in list(Told) else conflict


def resource(fields: Fields) -> str:
    """The interpreter and the local day that a booking holds; empty when it holds nobody."""
    booking = _booking("", fields)
    if booking is None or not booking.holds:
        return ""
    return f"{booking.interpreter_id} {local(booking.start).date()}"


def near(held: str) -> list[str]:
    """The same interpreter on that day and those beside it: a booking may last overnight."""
    who, _space, on = held.rpartition(" ")
    day = dt.date.fromisoformat(on)
    return [f"{who} {day + dt.timedelta(days=step)}" for step in (-1, 0, 1)]


def holder(fields: Fields) -> str:
    """Whose booking it is."""
    return f"{fields.get('interpreter_key', '')}"


def mend(fields: Fields) -> Fields:
    """What is to be written where the state and the interpreter were merged from two desks.

    Whoever came was there, whatever was decided meanwhile; a plan without anybody is a request.
    """
    status = fields.get("status")
    if fields.get("interpreter_key") or status not in PLANNED | ATTENDED:
        return {}
    if status in PLANNED:
        return {"status": Status.REQUESTED.value}
    if not fields.get("lost_key"):
        return {}
    who = {"interpreter_id": fields["lost_id"], "interpreter_key": fields["lost_key"]}
    return {**who, "lost_id": "", "lost_key": ""}


def decide(
    there: Mapping[str, Fields], pushed: Mapping[str, Fields], now: str
) -> dict[str, Verdict]:
    """What becomes of the bookings of one interpreter.

    Args:
        there: As central had them, by id.
        pushed: As they are after merging.
        now: The instant, as it is stored.
    """
    centre = {each.id: _held(each, there[each.id]) for each in _bookings(there)}
    after = claims.decide(centre, _bookings(pushed))
    kept: dict[str, Fields] = {**there, **pushed}
    lost: dict[str, set[str]] = {}
    verdicts: dict[str, Verdict] = {}
    for booking_id, held in after.items():
        fields = kept[booking_id]
        written = _written(held, fields, there.get(booking_id, {}))
        marked = _marked(held.mark, fields, kept, now)
        if written or marked:
            others = held.mark.with_ids if held.mark and marked else ()
            verdicts[booking_id] = Verdict({**written, **marked}, others)
        if held.mark and held.mark.conflict is Conflict.DOUBLE_BOOKED and marked:
            for winner in held.mark.with_ids:
                lost.setdefault(winner, set()).add(booking_id)
    for winner, losers in lost.items():
        if winner in after and winner not in verdicts:
            verdicts[winner] = _also_asked(kept[winner], losers, kept, now)
    return verdicts


RULING = Ruling(
    table="booking",
    field="local_start",
    resource=resource,
    near=near,
    holder=holder,
    mend=mend,
    decide=decide,
)


def _written(held: Held, fields: Fields, before: Fields) -> dict[str, Value]:
    """The state and interpreter of a booking, where the decision is another than what came."""
    booking = held.booking
    if booking.interpreter_id is None:
        if not fields.get("interpreter_key"):
            return {}
        return {
            "status": booking.status.value,
            "interpreter_id": "",
            "interpreter_key": "",
            "assigned_at": "",
            "lost_id": fields["interpreter_id"],
            "lost_key": fields["interpreter_key"],
        }
    names = ("status", "interpreter_id", "interpreter_key")
    stands = {"status": booking.status.value, "interpreter_key": booking.interpreter_id}
    if all(fields.get(name) == value for name, value in stands.items()):
        return {}
    return {name: before[name] for name in names}  # an attendance was there and stays


def _marked(
    mark: Mark | None, fields: Fields, kept: Mapping[str, Fields], now: str
) -> dict[str, Value]:
    """What is written of a conflict; nothing where it was told before."""
    known = fields.get("conflict", "")
    if mark is None:
        # Two attendances that do not meet any more; what a team leader must see stays otherwise.
        gone = known == Conflict.IMPOSSIBLE_ATTENDANCE
        return {"conflict": "", "conflict_with": "[]"} if gone else {}
    if known == mark.conflict and set(_with(fields)) == set(mark.with_ids):
        return {}
    return _telling(mark.conflict.value, mark.with_ids, kept, now)


def _also_asked(
    fields: Fields, losers: Iterable[str], kept: Mapping[str, Fields], now: str
) -> Verdict:
    """A booking that keeps its interpreter is told who lost them."""
    others = tuple(sorted({*_with(fields), *losers}))
    code = f"{fields.get('conflict') or Told.ALSO_ASKED.value}"
    return Verdict(_telling(code, others, kept, now), others)


def _telling(
    code: str, others: Iterable[str], kept: Mapping[str, Fields], now: str
) -> dict[str, Value]:
    told = [[each, f"{kept.get(each, {}).get('site', '')}"] for each in others]
    return {
        "conflict": code,
        "conflict_with": json.dumps(told),
        "conflict_at": now,
        "seen_by": "",
    }


def _with(fields: Fields) -> list[str]:
    """Ids of the bookings that a row is in conflict with."""
    try:
        return [str(each) for each, _site in json.loads(f"{fields.get('conflict_with', '[]')}")]
    except (ValueError, TypeError):
        return []


def _held(booking: Booking, fields: Fields) -> Held:
    """A booking of central; what it was pushed as last is what it is."""
    known = f"{fields.get('conflict', '')}"
    marked = known in list(Conflict)
    mark = Mark(Conflict(known), tuple(_with(fields))) if marked else None
    return Held(booking, mark, booking)


def _bookings(rows: Mapping[str, Fields]) -> list[Booking]:
    found = (_booking(booking_id, fields) for booking_id, fields in rows.items())
    return [each for each in found if each is not None]


def _booking(booking_id: str, fields: Fields) -> Booking | None:
    """A row as the rule sees it; None where it cannot be read."""
    given: Mapping[str, Any] = fields
    try:
        released = f"{given['released_at']}"
        assigned = f"{given['assigned_at']}"
        return Booking(
            booking_id,
            given["interpreter_key"] or None,
            Status(given["status"]),
            instant(given["starts_at"]),
            instant(given["ends_at"]),
            supplier_ref=given["supplier_ref"],
            released_at=instant(released) if released else None,
            assigned_at=instant(assigned) if assigned else None,
        )
    except (KeyError, ValueError, TypeError):
        return None
