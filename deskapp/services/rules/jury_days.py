"""The kinds of jury cases that are about the day at court. Source: jury sheet, section 7."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from deskapp.i18n import _
from deskapp.services import bank_holidays
from deskapp.services.dates import Nation
from deskapp.services.jury import attendance, confirming, corrections, expenses, numbers
from deskapp.services.jury import rules as jury_rules
from deskapp.services.jury.attendance import Desk, Juror, Record, Step
from deskapp.services.jury.confirming import Member
from deskapp.services.jury.corrections import Change
from deskapp.services.jury.expenses import Day
from deskapp.services.jury.pay import DayKind, Times
from deskapp.services.jury.refusals import RefusedError
from deskapp.services.jury.stages import Stage, Status
from deskapp.services.rules import cases, jury_money, values
from deskapp.services.rules.cases import Fields, Json, MalformedCaseError

_CHANGES = {
    "absent": Change.ABSENCE,
    "no_show": Change.ABSENCE,
}
_CHANGE_KEYS = ("to", "change", "kind", "type")
"""Where a case says what a confirmed day is made into; the sheet leaves the key open."""


def attendance_step(given: Fields) -> Json:
    """What holds after a step of one juror; after a refused one, what held before."""
    action = values.table(given, "action")
    take = STEPS.get(values.text(action, "op"))
    if take is None:
        raise MalformedCaseError(
            _("{field} must be one of: {choices}.").format(field="op", choices=", ".join(STEPS))
        )
    juror, record = _juror(given), _record(given)
    try:
        if values.given(action, "juror_number"):
            numbers.juror_number(values.text(action, "juror_number"))
        after = take(_desk(given, action), juror, record, action)
    except RefusedError as refused:
        before = Step(juror or Juror(Status.SUMMONED), record)
        return {"ok": False, "error": str(refused.code), **_held(before)}
    return {"ok": True, **_held(after), **_money(given, after.record)}


def confirm_day(given: Fields) -> Json:
    """Who is confirmed, absent or left as they are."""
    court, date = values.text(given, "court"), cases.date(given, "date")
    members = [_member(row, date) for row in values.rows(given, "jurors")]
    end = confirming.confirm_day(court, date, members)
    return {**end._asdict(), "audit_prefix": confirming.IN_WAITING}


def _check_in(desk: Desk, juror: Juror | None, record: Record | None, action: Fields) -> Step:
    return attendance.check_in(desk, juror, record, values.clock(action, "time"))


def _check_out(desk: Desk, juror: Juror | None, record: Record | None, action: Fields) -> Step:
    return attendance.check_out(desk, _there(juror), record, values.clock(action, "time"))


def _add_day(desk: Desk, juror: Juror | None, record: Record | None, action: Fields) -> Step:
    time_in, time_out = values.clock(action, "time_in"), values.clock(action, "time_out")
    return corrections.add_day(desk, _there(juror), record, time_in, time_out)


def _add_non_attendance(
    desk: Desk, juror: Juror | None, record: Record | None, action: Fields
) -> Step:
    return corrections.add_non_attendance(desk, _there(juror), record)


def _modify_confirmed(
    desk: Desk, juror: Juror | None, record: Record | None, action: Fields
) -> Step:
    key = next((key for key in _CHANGE_KEYS if values.given(action, key)), _CHANGE_KEYS[0])
    change = _CHANGES.get(values.text(action, key).lower())
    return corrections.modify_confirmed(
        desk,
        _there(juror),
        record,
        change or values.choice(action, key, Change),
        (values.optional_clock(action, "time_in"), values.optional_clock(action, "time_out")),
    )


Take = Callable[[Desk, Juror | None, Record | None, Fields], Step]
STEPS: Mapping[str, Take] = {
    "check_in": _check_in,
    "check_out": _check_out,
    "add_day": _add_day,
    "add_non_attendance": _add_non_attendance,
    "modify_confirmed": _modify_confirmed,
}


def _there(juror: Juror | None) -> Juror:
    if juror is None:
        raise MalformedCaseError(_("{field} is missing.").format(field="juror_status"))
    return juror


def _desk(given: Fields, action: Fields) -> Desk:
    return Desk(
        date=cases.date(action, "date"),
        today=cases.date(given if "today" in given else {"today": action.get("date")}, "today"),
        calendar=bank_holidays.shipped()[Nation.ENGLAND_AND_WALES],
        rules=jury_rules.shipped(),
    )


def _juror(given: Fields) -> Juror | None:
    if "juror_status" in given and given["juror_status"] is None:
        return None
    # Left out where a step does not look at it.
    known = "juror_status" in given
    status = _status(given, "juror_status") if known else Status.RESPONDED
    return Juror(
        status=status,
        pool_start=values.optional_date(given, "pool_start"),
        next_date=values.optional_date(given, "next_date"),
        on_call=values.flag(given, "on_call"),
        here=values.flag(given, "same_court_group", default=True),
        # A sworn juror is on a trial unless the case says otherwise.
        empanelled=values.flag(given, "empanelled", default=status is Status.JUROR),
    )


def _status(given: Fields, name: str) -> Status:
    last = max(Status)
    return Status(cases.whole_number(given, name, least=1, most=last))


def _record(given: Fields) -> Record | None:
    if given.get("record") is None:
        return None
    fields = values.table(given, "record")
    stage = values.choice(fields, "stage", Stage) if values.given(fields, "stage") else None
    kind = _record_kind(fields, stage)
    return Record(
        stage,
        kind,
        values.optional_clock(fields, "time_in"),
        values.optional_clock(fields, "time_out"),
        on_trial=values.flag(fields, "on_trial"),
        trial=values.text(fields, "trial_number"),
    )


def _record_kind(fields: Fields, stage: Stage | None) -> DayKind:
    if stage is None:
        return DayKind.ABSENT
    return values.choice(fields, "kind", DayKind, DayKind.ATTENDANCE)


def _held(step: Step) -> dict[str, Json]:
    record = _recorded(step.record)
    return {
        **(record or dict.fromkeys(_recorded(Record()) or {})),
        "record": record,
        "juror_status": int(step.juror.status),
        "next_date": values.written(step.juror.next_date),
        "on_call": step.juror.on_call,
    }


def _recorded(record: Record | None) -> dict[str, Json] | None:
    if record is None:
        return None
    return {
        "stage": record.stage,
        "kind": record.kind,
        "time_in": values.written(record.time_in),
        "time_out": values.written(record.time_out),
    }


def _money(given: Fields, record: Record | None) -> dict[str, Json]:
    """The usual loss of a confirmed day, and by which limit it is paid."""
    if record is None or record.stage is not Stage.EXPENSE_ENTERED:
        return {}
    times = None
    if record.time_in and record.time_out:
        way = values.optional_clock(given, "travel_time") or dt.time()
        travel = dt.timedelta(hours=way.hour, minutes=way.minute)
        times = Times(record.time_in, record.time_out, travel)
    day = Day(
        values.count(given, "service_day", 1, least=1),
        record.kind,
        times=times,
        default_loss=values.optional_amount(given, "default_loss"),
    )
    found = expenses.figures(day, jury_money.rate_set(given), jury_rules.shipped())
    names = ("pay_attendance", "band", "limit", "capped", "loss_of_earnings", "total_due")
    figures = jury_money.figures_of(found)
    return {**{name: figures[name] for name in names}, "audit_prefix": confirming.IN_WAITING}


def _member(row: Fields, date: dt.date) -> Member:
    status = _status(row, "status")
    recorded = values.table(row, "record")
    of_day = (values.optional_date(recorded, "date") or date) == date
    record = _record(row) if of_day else None
    # A sworn juror is on a trial unless the record of the day says otherwise.
    on_trial = status is Status.JUROR and recorded.get("on_trial") is not False
    return Member(
        number=values.text(row, "number"),
        court=values.text(row, "court"),
        juror=Juror(
            status,
            next_date=values.optional_date(row, "next_date"),
            on_call=values.flag(row, "on_call"),
            empanelled=on_trial,
        ),
        record=record,
        record_court=values.text(recorded, "court"),
    )
