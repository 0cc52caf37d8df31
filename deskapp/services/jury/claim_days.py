"""The claim that stands beside each confirmed day: begun with it, and following its changes.

Source: jury sheet, sections 5.4, 5.5 and 6.2.
"""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

from deskapp.services.jury import pay
from deskapp.services.jury.claim_state import State
from deskapp.services.jury.pay import DayKind, Food, PayType, Times
from deskapp.services.jury.rules import Rules
from deskapp.services.jury.stages import APPROVED, CLAIMED

if TYPE_CHECKING:
    from sqlmodel import Session

    from deskapp.data.jury_tables import Attendance, AttendanceExpense

ITEMS_OF_ATTENDANCE = {
    "pay": "",
    "miles": 0,
    "car": False,
    "car_passengers": 0,
    "motorcycle": False,
    "motorcycle_passengers": 0,
    "bicycle": False,
    "public_transport_pence": 0,
    "taxi_pence": 0,
    "parking_pence": 0,
    "permitted_by": "",
    "food": Food.NONE.value,
    "smart_card_pence": 0,
}
"""What only a day of attendance can have, and what stands there when there is none of it."""
USUAL = ("miles", "car", "motorcycle", "bicycle", "public_transport_pence", "food", "in_cash")
"""What is taken from the juror besides loss and travel time."""


def follow(session: Session, attendance_id: str, rules: Rules, *, site: str) -> None:
    """Let the claim of a day follow the day: call it after every step on a confirmed one.

    A day that is confirmed gets its claim, with what the juror usually claims. After a change the
    claim is a draft again; a short day set to full stays full, a day now above the limit becomes
    full, and a day not attended keeps loss, care and other costs alone. What was approved stays:
    such a day cannot be changed.

    Args:
        session: An open write transaction in which the day was written; the caller commits.
        attendance_id: Id of the day, which its claim has too.
        rules: By which a day is a full one.
        site: Site of who acts.
    """
    from deskapp.data.jury_tables import Attendance, AttendanceExpense

    day = session.get(Attendance, attendance_id)
    claim = session.get(AttendanceExpense, attendance_id)
    if day is None or (day.stage in APPROVED):
        return
    counts = day.kind not in ("", DayKind.ABSENT) and day.stage in CLAIMED
    if claim is None:
        if counts:
            session.add(_begun(session, day, site))
        return
    claim.state = State.DRAFT if counts else ""
    claim.version += 1
    claim.claim_id = claim.submitted_by = claim.submitted_at = claim.rates_from = ""
    claim.fixed = "{}"
    if day.kind != DayKind.ATTENDANCE:
        _leave_out_travel(day, claim)
    elif claim.pay == PayType.HALF_DAY and _is_full(day, rules):
        claim.pay = PayType.FULL_DAY
    session.add(claim)


def usual(session: Session, juror: str) -> dict[str, Any]:
    """What a juror usually claims for a day of attendance, by the columns of a claim."""
    from deskapp.data.jury_tables import Juror
    from deskapp.services.jury import row_ids

    known = session.get(Juror, row_ids.juror(juror))
    if known is None:
        return {}
    kept = json.loads(known.usual)
    found = {name: kept[name] for name in USUAL if isinstance(kept, dict) and name in kept}
    if known.loss_pence is not None:
        found |= {"loss_pence": known.loss_pence, "usual_loss": True}
    return {**found, "travel_minutes": known.travel_minutes}


def _begun(session: Session, day: Attendance, site: str) -> AttendanceExpense:
    from deskapp.data.jury_tables import AttendanceExpense

    given = usual(session, day.juror)
    minutes = given.pop("travel_minutes", 0)
    if day.kind == DayKind.ATTENDANCE and not day.travel_minutes:
        day.travel_minutes = minutes
        session.add(day)
    elif day.kind != DayKind.ATTENDANCE:
        given = {name: each for name, each in given.items() if name not in ITEMS_OF_ATTENDANCE}
    return AttendanceExpense(
        id=day.id,
        home_site=site,
        juror=day.juror,
        day=day.day,
        court=day.court,
        pool=day.pool,
        state=State.DRAFT,
        **given,
    )


def _leave_out_travel(day: Attendance, claim: AttendanceExpense) -> None:
    day.travel_minutes = 0
    for name, nothing in ITEMS_OF_ATTENDANCE.items():
        setattr(claim, name, nothing)


def _is_full(day: Attendance, rules: Rules) -> bool:
    """Whether the length of a day makes it a full one, whatever was set."""
    if not (day.time_in and day.time_out):
        return False
    travel = dt.timedelta(minutes=day.travel_minutes)
    time_in, time_out = map(dt.time.fromisoformat, (day.time_in, day.time_out))
    times = Times(time_in, time_out, travel)
    return pay.day_type(rules, times, officer_set=PayType.HALF_DAY).pay is PayType.FULL_DAY
