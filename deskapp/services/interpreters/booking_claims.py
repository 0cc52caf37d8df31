"""What the exchange says of interpreters whom two courts booked without knowing of each other.

The decision itself is ``claims.decide``; here stands which rows of the store it is about, and what
is written into them. Both bookings are told of each other, each in its own court; nothing is lost.
Source: interpreter sheet, section 10; design sheet of sync, sections 3 (claim) and 6 (step 5).
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

from deskapp.clock import instant, local
from deskapp.data.rulings import Fields, Ruling, Verdict
from deskapp.data.shapes import Value
from deskapp.services.interpreters import claims
from deskapp.services.interpreters.bookings import ATTENDED, PLANNED, Booking, Status
from deskapp.services.interpreters.claims import Held, Mark
from deskapp.services.interpreters.double_booked import Conflict, Told


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
    notes = {each: _after_mark(held.mark, noted(kept[each])) for each, held in after.items()}
    for loser, mine in list(notes.items()):
        for winner in _of(mine, Told.DOUBLE_BOOKED):
            if winner in notes and loser not in notes[winner]:
                notes[winner] = {**notes[winner], loser: Told.ALSO_ASKED}
    verdicts = {}
    for each, held in after.items():
        fields = kept[each]
        written = _written(held, fields, there.get(each, {}))
        if notes[each] != noted(fields):
            written |= _telling(notes[each], kept, now)
        if written:
            new = notes[each].keys() - noted(fields).keys()
            verdicts[each] = Verdict(written, tuple(sorted(notes[each])) if new else ())
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


def noted(fields: Fields) -> dict[str, Told]:
    """The bookings that one is in conflict with, by id, and why; none where it cannot be read."""
    try:
        kept = json.loads(f"{fields.get('conflict_with', '[]')}")
        return {f"{each}": Told(code) for each, _site, code in kept}
    except (ValueError, TypeError):
        return {}


def _of(notes: Mapping[str, Told], code: Told) -> tuple[str, ...]:
    return tuple(sorted(each for each, why in notes.items() if why is code))


def _after_mark(mark: Mark | None, notes: dict[str, Told]) -> dict[str, Told]:
    """What a booking is told once it was decided: attendances that do not meet any more go, all
    else stays until somebody has looked."""
    left: dict[str, Told] = {
        each: why for each, why in notes.items() if why is not Told.IMPOSSIBLE_ATTENDANCE
    }
    if mark is None:
        return left
    return {**left, **dict.fromkeys(mark.with_ids, Told(mark.conflict.value))}


def _telling(notes: Mapping[str, Told], kept: Mapping[str, Fields], now: str) -> dict[str, Value]:
    """The columns that tell of conflicts; the gravest stands for all."""
    sites = {each: site for fields in kept.values() for each, site in _sites(fields)}
    sites |= {each: f"{fields.get('site', '')}" for each, fields in kept.items()}
    code = next((each.value for each in _GRAVEST if each in notes.values()), "")
    told = [[each, sites.get(each, ""), why.value] for each, why in sorted(notes.items())]
    return {
        "conflict": code,
        "conflict_with": json.dumps(told),
        "conflict_at": now if code else "",
        "seen_by": "",
    }


def _sites(fields: Fields) -> list[tuple[str, str]]:
    """The sites of the bookings that one is in conflict with, as they were told before."""
    if not noted(fields):
        return []
    return [(each, site) for each, site, _code in json.loads(f"{fields['conflict_with']}")]


_GRAVEST = (Told.IMPOSSIBLE_ATTENDANCE, Told.DOUBLE_BOOKED, Told.ALSO_ASKED)


def _held(booking: Booking, fields: Fields) -> Held:
    """A booking of central; what it was pushed as last is what it is."""
    notes = noted(fields)
    for conflict in Conflict:
        if with_ids := _of(notes, Told(conflict.value)):
            return Held(booking, Mark(conflict, with_ids), booking)
    return Held(booking, None, booking)


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
