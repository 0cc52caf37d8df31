"""Bookings and interpreters as the commands write them; and who acts on them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from deskapp.cli.out import show, show_json
from deskapp.clock import local, stamp
from deskapp.i18n import _, clock_time, weekday
from deskapp.services.interpreters import absences, codes, cues
from deskapp.services.interpreters.absences import Away
from deskapp.services.interpreters.acting import Acting
from deskapp.services.interpreters.assigning import CAUTION_WORDS
from deskapp.services.interpreters.bookings import (
    FOR_ROLE_LABELS,
    GENDER_LABELS,
    MODE_LABELS,
    ROUTE_LABELS,
    ForRole,
    Gender,
)
from deskapp.services.interpreters.lines import BookingLine
from deskapp.services.interpreters.record import BookingRecord
from deskapp.services.interpreters.register import InterpreterLine
from deskapp.services.interpreters.signed import SignedSheet
from deskapp.text import one_line

if TYPE_CHECKING:
    import datetime as dt

    from deskapp.cli.unlock import Desk
    from deskapp.roles import Act


@contextmanager
def bookings_desk(act: Act, *, passphrase_stdin: bool) -> Iterator[tuple[Desk, Acting]]:
    """The desk, and who acts there by the numbers of this computer."""
    from deskapp import paths
    from deskapp.cli.unlock import open_desk
    from deskapp.services.interpreters.acting import acting_on

    with open_desk(act, passphrase_stdin=passphrase_stdin) as desk:
        yield desk, acting_on(desk.user, desk.clock.now(), paths.settings_folder())


def show_line(line: BookingLine, acting: Acting, *, as_json: bool) -> None:
    """Write a booking as a line."""
    if as_json:
        show_json(line_json(line, acting))
        return
    told = cues.cue(line, acting).words
    parts = (
        line.ref,
        weekday(line.day),
        f"{clock_time(line.start)}-{clock_time(line.end)}",
        line.room,
        line.language,
        line.interpreter or _("nobody named"),
        line.state,
        line.supplier_ref,
        told,
    )
    show("  ".join(part for each in parts if (part := one_line(each))))


def line_json(line: BookingLine, acting: Acting) -> dict[str, object]:
    """A booking for programs; nobody's name but the interpreter's is in it."""
    told = cues.cue(line, acting)
    keys = ("id", "ref", "site", "kind", "route", "mode", "language_code", "other_language",
            "for_role", "room", "interpreters", "supplier", "supplier_ref", "interpreter",
            "status", "conflict", "acknowledged")  # fmt: skip
    moments = ("starts_at", "ends_at", "requested_at", "arrived_at", "released_at")
    return {
        **{key: getattr(line, key) for key in keys},
        **{key: _stamped(getattr(line, key)) for key in moments},
        "day": line.day.isoformat(),
        "start": clock_time(line.start),
        "end": clock_time(line.end),
        "hearings": [each._asdict() for each in line.hearings],
        "cue": told.words,
        "cue_level": told.level.name.lower(),
    }


def show_record(record: BookingRecord, *, acting: Acting, as_json: bool) -> None:
    """Write everything about one booking."""
    if as_json:
        show_json(_record_json(record, acting))
        return
    show_line(record.line, acting, as_json=False)
    for text in (*_asked(record), *_named(record), *_sheets(record), *_history(record)):
        show(text)


def _asked(record: BookingRecord) -> Iterator[str]:
    line = record.line
    role = _(FOR_ROLE_LABELS[ForRole(line.for_role)]) if line.for_role else ""
    gender = "" if record.gender == Gender.NONE else _(GENDER_LABELS[Gender(record.gender)])
    for label, value in (
        (_("For"), " ".join(filter(None, (role, line.for_name)))),
        (_("Route"), _(ROUTE_LABELS[line.route])),
        (_("How"), _(MODE_LABELS[line.mode])),
        (_("Dialect"), record.dialect_note),
        (_("Gender wanted"), gender),
        (_("Not these"), ", ".join(each.name for each in record.avoid)),
        (_("Supplier"), line.supplier),
        (_("Their reference"), line.supplier_ref),
        (_("Cost code"), record.cost_code),
        (_("Why off contract"), record.off_contract_reason),
        (_("Allowed by"), " ".join(filter(None, (record.allowed_by, record.allowed_on)))),
        (_("Note"), record.note),
        (_("Cancelled"), record.cancelled),
    ):
        if value:
            yield f"{label}: {one_line(value)}"
    for each in line.hearings:
        told = " ".join(filter(None, (each.case_ref, each.start, each.room)))
        yield _("Hearing: {words}").format(words=one_line(told))


def _named(record: BookingRecord) -> Iterator[str]:
    if record.interpreter is not None:
        yield _("Interpreter: {words}").format(words=_known(record.interpreter))
    for caution in record.cautions:
        yield f"  {_(CAUTION_WORDS[caution])}"
    for other in record.conflict_with:
        yield _("Booked twice with {site}").format(site=one_line(other.site))
    for each in record.replaced_by:
        yield _("Replaced by: {ref}").format(ref=each.ref)
    for each in record.team:
        yield _("Team: {ref}").format(ref=each.ref)


def _known(each: InterpreterLine) -> str:
    return one_line("  ".join(filter(None, (each.name, each.registration, each.phone))))


def _sheets(record: BookingRecord) -> Iterator[str]:
    for number, sheet in enumerate(record.sheets):
        text = _("Timesheet: {words}") if number == 0 else _("Earlier timesheet: {words}")
        yield text.format(words=_sheet(sheet))
        for code in sheet.warnings:
            yield f"  {codes.words(code)}"
        if sheet.comments:
            yield f"  {one_line(sheet.comments)}"


def _sheet(sheet: SignedSheet) -> str:
    found = sheet.minutes
    figures = _(
        "{arrived} to {released}, worked {worked}, late {late}, over {overrun}, to count {charge}"
        " minutes"
    ).format(
        arrived=clock_time(local(sheet.sheet.arrived_at)),
        released=clock_time(local(sheet.sheet.released_at)),
        worked=found.worked,
        late=found.late,
        overrun=found.overrun,
        charge=found.charge,
    )
    signed = _("signed by {name}").format(name=one_line(sheet.signed_name))
    agreed = _("agreed by {name}").format(name=one_line(sheet.acknowledged_by))
    return ", ".join(filter(None, (figures, signed, agreed if sheet.acknowledged_by else "")))


def _history(record: BookingRecord) -> Iterator[str]:
    for each in record.history:
        at = local(each.at)
        told = f"{weekday(at.date())} {clock_time(at)}  {each.what}  {each.who}  {each.reason}"
        yield one_line(told)
        yield from (f"  {_(CAUTION_WORDS[caution])}" for caution in each.cautions)


def _record_json(record: BookingRecord, acting: Acting) -> dict[str, object]:
    keys = ("gender", "dialect_note", "need_id", "assessment_done", "overnight", "cost_code",
            "off_contract_reason", "allowed_by", "allowed_on", "note", "identity")  # fmt: skip
    return {
        **line_json(record.line, acting),
        **{key: getattr(record, key) for key in keys},
        "for_name": record.line.for_name,
        "avoid": [each.name for each in record.avoid],
        "conflict_with": [vars(each) for each in record.conflict_with],
        "replaced_by": [each.ref for each in record.replaced_by],
        "team": [each.ref for each in record.team],
        "may": list(record.may),
        "timesheets": [_sheet_json(each) for each in record.sheets],
        "history": [
            {"at": stamp(each.at), "who": each.who, "code": each.code, "before": each.before,
             "after": each.after, "reason": each.reason, "changes": dict(each.changes)}
            for each in record.history
        ],
    }  # fmt: skip


def _sheet_json(sheet: SignedSheet) -> dict[str, Any]:
    keys = ("id", "identity", "travel_note", "signed_name", "acknowledged_by", "comments",
            "concern", "customer_absent", "corrects")  # fmt: skip
    return {
        **{key: getattr(sheet, key) for key in keys},
        "arrived_at": stamp(sheet.sheet.arrived_at),
        "released_at": stamp(sheet.sheet.released_at),
        "breaks": [[stamp(each.start), stamp(each.end)] for each in sheet.sheet.breaks],
        "minutes": vars(sheet.minutes),
        "warnings": sheet.warnings,
    }


def show_interpreter(each: InterpreterLine, acting: Acting, *, as_json: bool) -> None:
    """Write somebody of the register as a line."""
    if as_json:
        expires_on = each.expires_on.isoformat() if each.expires_on else None
        values = {name: value for name, value in vars(each).items() if name != "place"}
        show_json({**values, "expires_on": expires_on})
        return
    parts = (
        each.name,
        each.registration,
        each.speaks,
        each.supplier,
        each.phone,
        each.expiry_words(acting.today, acting.settings.expiry_warning_days),
        "" if each.active else _("not active"),
    )
    show("  ".join(part for text in parts if (part := one_line(text))))


def show_away(each: Away, *, as_json: bool) -> None:
    """Write when somebody is not available."""
    if as_json:
        show_json(
            {"id": each.id, "first": each.first.isoformat(), "last": each.last.isoformat(),
             "part": each.part, "note": each.note}
        )  # fmt: skip
        return
    days = " - ".join(dict.fromkeys((weekday(each.first), weekday(each.last))))
    part = _(absences.PART_LABELS[each.part])
    show("  ".join(filter(None, (_("Not available"), days, part, one_line(each.note)))))


def _stamped(moment: dt.datetime | None) -> str | None:
    return stamp(moment) if moment else None
