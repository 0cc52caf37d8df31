"""Claims written to the store, each step with its entry in the juror's history.

What may be done is decided in ``claiming``. Source: jury sheet, section 6.6.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import fields
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from deskapp.clock import stamp
from deskapp.data.connection import Connection
from deskapp.services.jury import claim_days, claims, money, row_ids
from deskapp.services.jury.acting import Acting
from deskapp.services.jury.claim_rows import USUAL
from deskapp.services.jury.claim_state import ClaimDay, State
from deskapp.services.jury.claims import PAID_FROM, Payment
from deskapp.services.jury.events import Code
from deskapp.services.jury.expenses import LOSS, TRAVEL
from deskapp.services.jury.rates import Rates
from deskapp.services.jury.stages import Stage

if TYPE_CHECKING:
    from sqlmodel import Session

Values = Mapping[str, object]


class Written(NamedTuple):
    """A payment of one way."""

    in_cash: bool
    payment: Payment


def is_written(connection: Connection, step_id: str) -> bool:
    """Whether a step was written already: what is saved twice is saved once."""
    row = connection.execute("SELECT 1 FROM juror_event WHERE id = ?", (step_id,)).fetchone()
    return row is not None


def part_id(step_id: str, day_id: str) -> str:
    """The id of what a step on several days writes of one of them."""
    return row_ids.part(step_id, day_id)


def entered(
    session: Session, acting: Acting, known: ClaimDay, after: ClaimDay, code: Code, step_id: str
) -> None:
    """Write what was typed for a day."""
    travel = after.day.times.travel.seconds // 60 if after.day.times else 0
    _change(session, after, {"stage": after.stage, "travel_minutes": travel}, {
        **columns(after), "state": after.state, "touched_by": _touched(after, acting)
    })  # fmt: skip
    before = "" if known.problem else money.text(known.figures.total)
    data = {"before": before, "after": money.text(after.figures.total)}
    _tell(session, acting, after, code, step_id, data)


def submitted(session: Session, acting: Acting, days: list[ClaimDay], step_id: str) -> None:
    """Write that days wait for approval, each with the rates that count for it."""
    for day in days:
        fixed = {"rates": _by_name(day.row.rates), "service_day": day.day.service_day}
        _change(session, day, {}, {
            "state": State.SUBMITTED,
            "claim_id": step_id,
            "submitted_by": acting.user.id,
            "submitted_at": stamp(acting.at),
            "rates_from": day.row.effective_from.isoformat(),
            "fixed": json.dumps(fixed),
            "touched_by": _touched(day, acting),
        })  # fmt: skip
    total = money.total(day.figures.total for day in days)
    data = {"days": _dates(days), "total": money.text(total)}
    _tell(session, acting, days[-1], Code.SUBMITTED, step_id, data)


def approved(session: Session, acting: Acting, days: list[ClaimDay], step_id: str) -> list[Written]:
    """Write that days are approved, and what is paid for them."""
    found = []
    for in_cash in (False, True):
        payment = claims.payment(_to_pay(day) for day in days if day.in_cash is in_cash)
        if payment.parts is not None:
            found.append(Written(in_cash, payment))
    for day in days:
        kept = {name: money.to_pence(each) for name, each in day.due.items()}
        fixed = {**_fixed(session, day), "service_day": day.day.service_day}
        _change(session, day, {"stage": Stage.EXPENSE_AUTHORISED}, {
            "state": State.APPROVED,
            "approved_by": acting.user.id,
            "approved_at": stamp(acting.at),
            "paid": json.dumps(kept),
            "fixed": json.dumps(fixed),
        })  # fmt: skip
    data = {"days": _dates(days), "payments": [_payment(each) for each in found]}
    _tell(session, acting, days[-1], Code.APPROVED, step_id, data)
    return found


def payments(connection: Connection, step_id: str) -> list[Written]:
    """What was paid by an approval that was written already."""
    row = connection.execute("SELECT data FROM juror_event WHERE id = ?", (step_id,)).fetchone()
    return read_payments(row[0]) if row else []


def read_payments(data: str) -> list[Written]:
    """The payments of an approval, as its entry keeps them."""
    found = []
    for each in json.loads(data).get("payments", ()):
        parts = {name: Decimal(each["parts"][name]) for name in PAID_FROM}
        found.append(Written(bool(each["cash"]), Payment(money.total(parts.values()), parts)))
    return found


def usual(session: Session, acting: Acting, day: ClaimDay, step_id: str) -> None:
    """Write what a juror usually claims, as it is claimed for ``day``."""
    from deskapp.data.jury_tables import Juror

    juror = session.get(Juror, row_ids.juror(day.juror))
    assert juror is not None  # a day has one
    kept = columns(day)
    loss = day.day.default_loss if day.day.default_loss is not None else day.day.loss_of_earnings
    juror.loss_pence = money.to_pence(loss)
    juror.travel_minutes = day.day.times.travel.seconds // 60 if day.day.times else 0
    juror.usual = json.dumps({name: kept[name] for name in claim_days.USUAL})
    session.add(juror)
    _tell(session, acting, day, Code.EXPENSES, step_id, {USUAL: money.text(loss)})


def columns(day: ClaimDay) -> dict[str, object]:
    """What is typed for a day, as the columns of its claim."""
    claimed, journey = day.day, day.day.journey
    is_usual = claimed.default_loss is not None
    loss = claimed.default_loss if claimed.default_loss is not None else claimed.loss_of_earnings
    return {
        "pay": claimed.pay or "",
        "loss_pence": money.to_pence(loss),
        "usual_loss": is_usual,
        "care_pence": money.to_pence(claimed.extra_care),
        "other_pence": money.to_pence(claimed.other_costs),
        "other_what": day.other_what,
        "miles": journey.miles,
        "car": journey.car,
        "car_passengers": journey.car_passengers,
        "motorcycle": journey.motorcycle,
        "motorcycle_passengers": journey.motorcycle_passengers,
        "bicycle": journey.bicycle,
        "public_transport_pence": money.to_pence(journey.public_transport),
        "taxi_pence": money.to_pence(journey.taxi),
        "parking_pence": money.to_pence(journey.parking),
        "permitted_by": day.permitted_by,
        "food": claimed.food.value,
        "smart_card_pence": money.to_pence(claimed.smart_card),
        "in_cash": day.in_cash,
    }


def _change(session: Session, day: ClaimDay, of_day: Values, of_claim: Values) -> None:
    from deskapp.data.jury_tables import Attendance, AttendanceExpense

    attendance = session.get(Attendance, day.id)
    claim = session.get(AttendanceExpense, day.id)
    assert attendance is not None  # it was read just before,
    assert claim is not None  # in the same transaction
    for name, value in of_day.items():
        setattr(attendance, name, value)
    for name, value in of_claim.items():
        setattr(claim, name, value)
    claim.version += 1
    session.add(attendance)
    session.add(claim)


def _fixed(session: Session, day: ClaimDay) -> dict[str, object]:
    from deskapp.data.jury_tables import AttendanceExpense

    claim = session.get(AttendanceExpense, day.id)
    assert claim is not None  # it was read just before
    kept: dict[str, object] = json.loads(claim.fixed)
    return kept


def _by_name(rates: Rates) -> dict[str, str]:
    return {each.name: str(getattr(rates, each.name)) for each in fields(rates)}


def _to_pay(day: ClaimDay) -> dict[str, Decimal]:
    """What is paid for a day now, by what a payment is made of."""
    paid, due = day.paid or {}, day.due
    left = {name: amount - paid.get(name, money.ZERO) for name, amount in due.items()}
    return {
        "food_and_drink": left["food_and_drink"],
        "travel": money.total(left[name] for name in TRAVEL),
        "financial_loss": money.total(left[name] for name in LOSS),
        "smart_card": left["smart_card"],
    }


def _payment(each: Written) -> dict[str, object]:
    parts = each.payment.parts or {}
    return {"cash": each.in_cash, "parts": {name: money.text(parts[name]) for name in parts}}


def _touched(day: ClaimDay, acting: Acting) -> str:
    return " ".join(sorted(day.touched_by | {acting.user.id}))


def _dates(days: Iterable[ClaimDay]) -> list[str]:
    return [day.date.isoformat() for day in days]


def _tell(
    session: Session, acting: Acting, day: ClaimDay, code: Code, step_id: str, data: Values
) -> None:
    """Write an entry of the history; an approval and a submission are about the day they are
    made on, so that the payments of a day are found together."""
    from deskapp.data.jury_tables import JurorEvent

    of_claim = code in (Code.SUBMITTED, Code.APPROVED)
    session.add(
        JurorEvent(
            id=step_id,
            home_site=acting.user.site,
            at=stamp(acting.at),
            officer_id=acting.user.id,
            juror=day.juror,
            pool=day.pool,
            court=acting.court,
            day=(acting.today if of_claim else day.date).isoformat(),
            code=code,
            data=json.dumps(dict(data)),
        )
    )
    session.flush()
