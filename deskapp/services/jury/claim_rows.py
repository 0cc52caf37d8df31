"""Claims in the store: read together with the days of attendance that they stand on."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import fields
from decimal import Decimal

from deskapp import roles
from deskapp.data.connection import Connection
from deskapp.errors import NotFoundError
from deskapp.i18n import _
from deskapp.roles import Act, User
from deskapp.services.jury import claims, money, pay
from deskapp.services.jury.claim_state import Basis, Claim, ClaimDay, State
from deskapp.services.jury.events import Code
from deskapp.services.jury.expenses import Day, Journey
from deskapp.services.jury.pay import DayKind, DayRecord, Food, PayType, Times
from deskapp.services.jury.rates import RateRow, Rates
from deskapp.services.jury.stages import Stage

_COLUMNS = (
    "e.id, e.juror, e.pool, e.court, e.day, e.state, e.version, e.pay, e.loss_pence, e.usual_loss,"
    " e.care_pence, e.other_pence, e.other_what, e.miles, e.car, e.car_passengers, e.motorcycle,"
    " e.motorcycle_passengers, e.bicycle, e.public_transport_pence, e.taxi_pence, e.parking_pence,"
    " e.permitted_by, e.food, e.smart_card_pence, e.in_cash, e.touched_by, e.rates_from, e.fixed,"
    " e.paid, a.kind, a.stage, a.time_in, a.time_out, a.travel_minutes, a.audit_number"
)
_FROM = "attendance_expense e JOIN attendance a ON a.id = e.id"
_NAMES = tuple(name.strip().partition(".")[2] for name in _COLUMNS.split(","))
USUAL = "usual"
"""Marks an entry of the history that keeps something for days to come and changes no claim."""
_GONE = ("", DayKind.ABSENT.value)
"""Kinds of a day for which nothing can be claimed."""
_SETTLED = (State.APPROVED, State.EDITED)
"""Their band stays the one they were approved by."""


def claim(connection: Connection, juror: str, basis: Basis, *, user: User) -> Claim:
    """Everything that a juror claims.

    Args:
        connection: The store.
        juror: Nine digits.
        basis: What it is counted by.
        user: Who asks.

    Raises:
        NotFoundError: If there is no juror with this number.
        NotAllowedError: If the role may not read of jurors.
    """
    roles.require(user, Act.READ_JURY)
    row = connection.execute(
        "SELECT first_name, last_name, smart_card FROM juror WHERE number = ?", (juror,)
    ).fetchone()
    if row is None:
        raise NotFoundError(_("No juror on this desk has this number. Check each digit."))
    pool, start = _membership(connection, juror)
    days = days_of(connection, juror, basis)
    return Claim(juror, f"{row[0]} {row[1]}".strip(), pool, start, row[2], days)


def days_of(connection: Connection, juror: str, basis: Basis) -> tuple[ClaimDay, ...]:
    """The days of a juror that something can be claimed for, each with its day of service."""
    served = service_days(connection, juror, basis)
    touched = _touched(connection, juror)
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM {_FROM} WHERE e.juror = ? ORDER BY e.day, e.id", (juror,)
    )
    found = (dict(zip(_NAMES, row, strict=True)) for row in rows)
    return tuple(
        _day(row, served, frozenset(touched[str(row["day"])]), basis)
        for row in found
        if row["kind"] not in _GONE
    )


def one_day(connection: Connection, expense_id: str, basis: Basis) -> ClaimDay:
    """The claim of one day.

    Raises:
        NotFoundError: If nothing can be claimed for it: it was not confirmed, or taken back.
    """
    row = connection.execute(
        "SELECT juror FROM attendance_expense WHERE id = ?", (expense_id,)
    ).fetchone()
    for day in days_of(connection, row[0], basis) if row else ():
        if day.id == expense_id:
            return day
    raise NotFoundError(_("Nothing can be claimed for this day. Confirm it first."))


def service_days(connection: Connection, juror: str, basis: Basis) -> dict[dt.date, pay.ServiceDay]:
    """Which day of service each date of a juror is, counted at every court."""
    rows = connection.execute(
        "SELECT day, kind FROM attendance WHERE juror = ? AND kind != ''", (juror,)
    )
    records = [DayRecord(dt.date.fromisoformat(day), DayKind(kind)) for day, kind in rows]
    return pay.service_days(basis.rules, records)


def has_claim(connection: Connection, expense_id: str) -> bool:
    """Whether there is a claim for a day of attendance."""
    row = connection.execute(
        "SELECT 1 FROM attendance_expense WHERE id = ?", (expense_id,)
    ).fetchone()
    return row is not None


def paid_total(kept: str) -> Decimal:
    """What was approved for a day, from the column that keeps it."""
    return claims.day_total(_amounts(_object(kept)))


def _amounts(kept: Mapping[str, object]) -> dict[str, Decimal]:
    return {name: money.of_pence(int(str(each))) for name, each in kept.items()}


def _touched(connection: Connection, juror: str) -> defaultdict[str, set[str]]:
    """Who entered or submitted the claims of a juror, by day.

    It is read from the history, of which nothing is lost when two desks wrote the same claim.
    """
    found: defaultdict[str, set[str]] = defaultdict(set)
    for officer, code, day, data in connection.execute(
        "SELECT officer_id, code, day, data FROM juror_event WHERE juror = ? AND code IN (?, ?, ?)",
        (juror, Code.EXPENSES.value, Code.EDITED.value, Code.SUBMITTED.value),
    ).fetchall():
        told = _object(data)
        if USUAL in told:
            continue
        days = told.get("days", ()) if code == Code.SUBMITTED else [day]
        for each in days if isinstance(days, list) else ():
            found[str(each)].add(officer)
    return found


def _membership(connection: Connection, juror: str) -> tuple[str, dt.date | None]:
    """The pool in which somebody serves, or served last, and when that began."""
    row = connection.execute(
        "SELECT pool, service_start FROM juror_in_pool WHERE juror = ?"
        " ORDER BY active DESC, service_start DESC LIMIT 1",
        (juror,),
    ).fetchone()
    return (row[0], dt.date.fromisoformat(row[1])) if row else ("", None)


def _day(
    row: Mapping[str, object],
    served: Mapping[dt.date, pay.ServiceDay],
    touched: frozenset[str],
    basis: Basis,
) -> ClaimDay:
    date, state = dt.date.fromisoformat(str(row["day"])), State(str(row["state"]))
    fixed, paid = _object(row["fixed"]), _object(row["paid"])
    number = served[date].number
    if state in _SETTLED:
        number = int(str(fixed.get("service_day", number)))
    return ClaimDay(
        id=str(row["id"]),
        juror=str(row["juror"]),
        pool=str(row["pool"]),
        court=str(row["court"]),
        date=date,
        state=state,
        stage=Stage(str(row["stage"])) if row["stage"] else None,
        day=_claimed(row, number),
        basis=basis,
        version=int(str(row["version"])),
        fixed=_rates(fixed, str(row["rates_from"])),
        in_cash=bool(row["in_cash"]),
        other_what=str(row["other_what"]),
        permitted_by=str(row["permitted_by"]),
        audit_number=str(row["audit_number"]),
        touched_by=touched | frozenset(str(row["touched_by"]).split()),
        paid=_amounts(paid) or None,
    )


def _claimed(row: Mapping[str, object], service_day: int) -> Day:
    loss = _pounds(row, "loss")
    is_usual = bool(row["usual_loss"])
    return Day(
        service_day=service_day,
        kind=DayKind(str(row["kind"])),
        pay=PayType(str(row["pay"])) if row["pay"] else None,
        times=_times(row),
        default_loss=loss if is_usual else None,
        loss_of_earnings=money.ZERO if is_usual else loss,
        extra_care=_pounds(row, "care"),
        other_costs=_pounds(row, "other"),
        journey=Journey(
            miles=int(str(row["miles"])),
            car=bool(row["car"]),
            car_passengers=int(str(row["car_passengers"])),
            motorcycle=bool(row["motorcycle"]),
            motorcycle_passengers=int(str(row["motorcycle_passengers"])),
            bicycle=bool(row["bicycle"]),
            public_transport=_pounds(row, "public_transport"),
            taxi=_pounds(row, "taxi"),
            parking=_pounds(row, "parking"),
        ),
        food=Food(str(row["food"])),
        smart_card=_pounds(row, "smart_card"),
    )


def _times(row: Mapping[str, object]) -> Times | None:
    if row["kind"] != DayKind.ATTENDANCE or not (row["time_in"] and row["time_out"]):
        return None
    return Times(
        dt.time.fromisoformat(str(row["time_in"])),
        dt.time.fromisoformat(str(row["time_out"])),
        dt.timedelta(minutes=int(str(row["travel_minutes"]))),
    )


def _pounds(row: Mapping[str, object], name: str) -> Decimal:
    return money.of_pence(int(str(row[f"{name}_pence"])))


def _rates(fixed: Mapping[str, object], rates_from: str) -> RateRow | None:
    """The rates that were fixed to the day when it was submitted."""
    kept = fixed.get("rates")
    if not rates_from or not isinstance(kept, dict):
        return None
    amounts = {field.name: money.read(kept[field.name]) for field in fields(Rates)}
    return RateRow(dt.date.fromisoformat(rates_from), Rates(**amounts), "")


def _object(text: object) -> dict[str, object]:
    found = json.loads(str(text))
    return found if isinstance(found, dict) else {}
