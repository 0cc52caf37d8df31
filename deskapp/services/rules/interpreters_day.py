"""The operations of interpreter cases that are about the day itself and its figures.

Source: interpreter sheet, section 9.
"""

from __future__ import annotations

from decimal import Decimal

from deskapp.i18n import _
from deskapp.roles import Role
from deskapp.services.interpreters import life, statistics, timesheets
from deskapp.services.interpreters.bookings import Mode, Status
from deskapp.services.interpreters.codes import Code, ordered
from deskapp.services.interpreters.life import Event, RefusedError
from deskapp.services.interpreters.settings import shipped
from deskapp.services.interpreters.statistics import Channel, Row, Statistics
from deskapp.services.interpreters.timesheets import Sheet
from deskapp.services.interpreters.wall import Span, WallTimeError
from deskapp.services.rules import cases, values
from deskapp.services.rules.cases import Fields, Json, MalformedCaseError
from deskapp.services.rules.interpreters_values import (
    codes,
    instant,
    optional_instant,
    wall,
    whole_numbers,
)

_TIMES = ("booked_start", "booked_end", "arrived_at", "released_at", "signed_at")
_OUTCOMES = {
    "fulfilled": Status.FULFILLED,
    "not_fulfilled_by_supplier": Status.UNFILLED,
    "cancelled_by_customer": Status.CANCELLED_BY_COURT,
    "customer_did_not_attend": Status.CUSTOMER_DID_NOT_ATTEND,
    "supplier_did_not_attend": Status.SUPPLIER_DID_NOT_ATTEND,
}
"""What the published figures call the final states."""
_ROLES = {"hearing_room_user": Role.HEARING_ROOM, **{role.value: role for role in Role}}


def timesheet(given: Fields) -> Json:
    """The figures of a timesheet, or what must be put right."""
    if wrong := _wrong_times(given):
        return {"errors": codes(ordered(wrong))}
    sheet = Sheet(
        booked=Span(instant(given, "booked_start"), instant(given, "booked_end")),
        arrived_at=instant(given, "arrived_at"),
        released_at=instant(given, "released_at"),
        breaks=[
            Span(instant(row, "start"), instant(row, "end")) for row in values.rows(given, "breaks")
        ],
        signed_at=optional_instant(given, "signed_at"),
    )
    if errors := timesheets.errors(sheet):
        return {"errors": codes(errors)}
    found = timesheets.minutes(sheet, _minimum(given))
    return {
        "errors": [],
        "warnings": codes(timesheets.warnings(sheet)),
        "late_minutes": found.late,
        "attended_minutes": found.attended,
        "break_minutes": found.breaks,
        "worked_minutes": found.worked,
        "overrun_minutes": found.overrun,
        "charge_minutes": found.charge,
    }


def stats(given: Fields) -> Json:
    """The published figures of a range of days."""
    rows = [_row(row) for row in values.rows(given, "bookings")]
    found = statistics.statistics(rows, cases.date(given, "from"), cases.date(given, "to"))
    answer = {
        "completed": found.completed,
        **{name: found.outcomes[status] for name, status in _OUTCOMES.items()},
        "success_rate": _percent(found.success_rate),
        "complaints": found.complaints,
        "complaint_rate": _percent(found.complaint_rate),
        "off_contract_completed": found.off_contract,
        "off_contract_share": _percent(found.off_contract_share),
    }
    return answer | _top(given, found)


def transition(given: Fields) -> Json:
    """The state after an event, or why it is refused; what no state or event is, leads nowhere."""
    status, event = values.text(given, "from"), values.text(given, "event")
    if status not in list(Status) or event not in list(Event):
        return {"error": str(Code.TRANSITION)}
    named = values.text(given, "role")
    try:
        after = life.after(
            Status(status),
            Event(event),
            role=_role(named) if named else Role.TEAM_LEADER,
            start=optional_instant(given, "start"),
            now=optional_instant(given, "now"),
        )
    except RefusedError as refused:
        return {"error": str(refused.code)}
    return {"to": str(after)}


def _role(name: str) -> Role:
    if name not in _ROLES:
        raise MalformedCaseError(
            _("{field} must be one of: {choices}.").format(field="role", choices=", ".join(_ROLES))
        )
    return _ROLES[name]


def _wrong_times(given: Fields) -> list[Code]:
    """Why some of the times of a timesheet are no instants."""
    named = [(given, name) for name in _TIMES if name != "signed_at" or values.given(given, name)]
    named += [(row, name) for row in values.rows(given, "breaks") for name in ("start", "end")]
    wrong = []
    for fields, name in named:
        try:
            wall(fields, name).instant()
        except WallTimeError as error:
            wrong.append(error.code)
    return wrong


def _minimum(given: Fields) -> int:
    mode = values.choice(given, "mode", Mode)
    minimums = whole_numbers(values.table(given, "settings"), "minimum_minutes")
    return minimums.get(mode, shipped().minimum_minutes[mode])


def _row(row: Fields) -> Row:
    return Row(
        status=values.choice(row, "status", Status),
        channel=values.choice(row, "channel", Channel),
        language=values.text(row, "language"),
        on=wall(row, "start").time.date(),
        count=values.count(row, "count", 1),
        proven_complaints=values.count(row, "proven_complaints", 0),
    )


def _top(given: Fields, found: Statistics) -> dict[str, Json]:
    if not values.given(given, "top"):
        return {}
    return {"top_languages": [list(each) for each in found.top(values.count(given, "top"))]}


def _percent(value: Decimal | None) -> float | None:
    """A figure as JSON has it."""
    return None if value is None else float(value)
