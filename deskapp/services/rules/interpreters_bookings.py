"""The operations of interpreter cases that are about bookings beside each other.

Source: interpreter sheet, section 9.
"""

from __future__ import annotations

from dataclasses import replace

from deskapp.services.interpreters import claims, validation
from deskapp.services.interpreters import conflicts as found_conflicts
from deskapp.services.interpreters.bookings import ForRole, Kind, Mode, Route
from deskapp.services.interpreters.claims import Held, Mark
from deskapp.services.interpreters.conflicts import Clash, Finding, Part, Unavailable
from deskapp.services.interpreters.double_booked import Conflict
from deskapp.services.interpreters.settings import Settings, shipped
from deskapp.services.interpreters.validation import Request
from deskapp.services.rules import cases, values
from deskapp.services.rules.cases import Fields, Json
from deskapp.services.rules.interpreters_values import (
    booking,
    calendar,
    codes,
    instant,
    wall,
    whole_numbers,
)


def conflicts(given: Fields) -> Json:
    """What stands against a booking."""
    found = found_conflicts.findings(
        booking(values.table(given, "candidate")),
        [booking(row) for row in values.rows(given, "existing")],
        [_unavailable(row) for row in values.rows(given, "unavailability")],
        _settings(given),
    )
    return {"conflicts": [_finding(each) for each in found]}


def validate(given: Fields) -> Json:
    """What stops a request from being sent, and what is only shown."""
    row = values.table(given, "booking")
    settings = values.table(given, "settings")
    found = validation.validate(
        _request(row), instant(given, "now"), _settings(given), calendar(settings)
    )
    return {"errors": codes(found.errors), "warnings": codes(found.warnings)}


def sync(given: Fields) -> Json:
    """What is at the centre after every push."""
    centre = {row.booking.id: row for row in map(_held, values.rows(given, "centre"))}
    pushes = [values.rows({"pushes": push}, "pushes") for push in values.listed(given, "pushes")]
    for push in pushes:
        centre = claims.decide(centre, [booking(row) for row in push])
    return {"bookings": [_outcome(centre[each]) for each in sorted(centre)]}


def _settings(given: Fields) -> Settings:
    """The settings of a case; what it leaves out is as it ships."""
    own, known = values.table(given, "settings"), shipped()
    minimums = whole_numbers(own, "minimum_minutes")
    leads = whole_numbers(own, "lead_working_days")
    return replace(
        known,
        minimum_minutes={**known.minimum_minutes, **_named(minimums, Mode)},
        lead_working_days={**known.lead_working_days, **_named(leads, Kind)},
        second_interpreter_after=values.count(
            own, "second_interpreter_after", known.second_interpreter_after
        ),
        default_travel_minutes=values.count(
            own, "default_travel_minutes", known.default_travel_minutes
        ),
        remote_changeover_minutes=values.count(
            own, "remote_changeover_minutes", known.remote_changeover_minutes
        ),
        travel={**known.travel, **whole_numbers(own, "travel")},
    )


def _named(numbers: dict[str, int], names: type[Mode] | type[Kind]) -> dict[Json, int]:
    return {values.choice({"key": key}, "key", names): number for key, number in numbers.items()}


def _unavailable(row: Fields) -> Unavailable:
    return Unavailable(
        id=values.text(row, "id"),
        interpreter_id=values.text(row, "interpreter_id"),
        first=cases.date(row, "from"),
        last=cases.date(row, "to"),
        part=values.choice(row, "part", Part, Part.ALL_DAY),
    )


def _finding(found: Finding) -> Json:
    answer = {"code": str(found.clash), "with": found.with_id}
    if found.clash is Clash.TRAVEL:
        return {**answer, "gap": found.gap, "required": found.required}
    return answer


def _request(row: Fields) -> Request:
    for_role = None
    if values.given(row, "for_role"):
        for_role = values.choice(row, "for_role", ForRole)
    return Request(
        kind=values.choice(row, "kind", Kind),
        start=wall(row, "start"),
        end=wall(row, "end"),
        route=values.choice(row, "route", Route, Route.CONTRACT),
        mode=values.choice(row, "mode", Mode, Mode.F2F),
        language_code=values.text(row, "language_code"),
        other_language=values.text(row, "other_language"),
        for_role=for_role,
        jurisdiction=values.text(row, "jurisdiction"),
        assessment_done=values.flag(row, "assessment_done"),
        off_contract_reason=values.text(row, "off_contract_reason"),
        interpreters=values.count(row, "interpreters", 1),
        overnight=values.flag(row, "overnight"),
    )


def _held(row: Fields) -> Held:
    mark = None
    if values.given(row, "conflict"):
        conflict = values.table(row, "conflict")
        with_ids = tuple(str(each) for each in values.listed(conflict, "with"))
        mark = Mark(values.choice(conflict, "code", Conflict), with_ids)
    return Held(booking(row), mark)


def _outcome(held: Held) -> Json:
    mark = held.mark
    return {
        "id": held.booking.id,
        "status": str(held.booking.status),
        "interpreter_id": held.booking.interpreter_id,
        "conflict": mark and {"code": str(mark.conflict), "with": list(mark.with_ids)},
    }
