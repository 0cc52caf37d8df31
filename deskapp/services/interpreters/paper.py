"""The timesheet of a booking as it goes on paper, with the job reference: signed or to be signed.

Interpreters report standing in court without a timesheet or job reference. Source: interpreter
sheet, section 8.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from deskapp.clock import local
from deskapp.i18n import N_, _, clock_time, day, number
from deskapp.roles import ROLE_LABELS, Role
from deskapp.services.courts import sites
from deskapp.services.enquiries import report_lines
from deskapp.services.interpreters import codes
from deskapp.services.interpreters.bookings import MODE_LABELS
from deskapp.services.interpreters.record import BookingRecord
from deskapp.services.interpreters.signed import SignedSheet
from deskapp.services.interpreters.timesheets import Minutes
from deskapp.text import one_line

RULE = "_" * 40
MINUTES = (
    ("late", N_("late {count}")),
    ("attended", N_("attended {count}")),
    ("breaks", N_("breaks {count}")),
    ("worked", N_("worked {count}")),
    ("overrun", N_("overrun {count}")),
    ("charge", N_("to charge {count}")),
)


def minutes_words(minutes: Minutes) -> str:
    """The figures of a timesheet in a line."""
    told = (_(label).format(count=number(getattr(minutes, name))) for name, label in MINUTES)
    return _("Minutes: {words}").format(words=", ".join(told))


def lines(shown: BookingRecord) -> Iterator[str]:
    """The paper, line by line; where nothing is signed yet there is room to write."""
    yield _("Timesheet of an interpreter")
    yield ""
    yield from report_lines.pairs([each for each in _booking(shown) if each[1]])
    yield ""
    if not shown.sheets:
        yield from report_lines.pairs([(label, RULE) for label in _open_labels()])
        return
    newest = shown.sheets[0]
    yield from report_lines.pairs([each for each in _sheet(newest) if each[1]])
    for code in newest.warnings:
        yield codes.words(code)
    if newest.corrects:
        yield _("This sheet corrects one that was signed before.")


def _booking(shown: BookingRecord) -> Iterator[tuple[str, str]]:
    line = shown.line
    yield _("Job reference"), line.supplier_ref or line.ref
    yield _("Our reference"), line.ref
    yield _("Court"), sites.name(line.site)
    yield _("Room"), one_line(line.room)
    served = (" ".join(filter(None, (each.start, each.case_ref))) for each in line.hearings)
    yield _("Hearings"), ", ".join(map(one_line, served))
    yield _("Language"), line.language
    yield _("Interpreter"), one_line(line.interpreter)
    yield _("Supplier"), one_line(line.supplier)
    yield _("How"), _(MODE_LABELS[line.mode])
    yield _("Booked"), f"{day(line.day)} {line.start:%H:%M}-{line.end:%H:%M}"


def _sheet(signed: SignedSheet) -> Iterator[tuple[str, str]]:
    sheet = signed.sheet
    yield _("Arrived"), _time(sheet.arrived_at)
    yield _("Identity"), signed.identity_words
    breaks = (f"{_time(each.start)}-{_time(each.end)}" for each in sheet.breaks)
    yield _("Breaks"), ", ".join(breaks)
    yield _("Released"), _time(sheet.released_at)
    yield _("Figures"), minutes_words(signed.minutes)
    if signed.customer_absent:
        yield _("Customer"), _("did not attend")
    yield _("Travel"), one_line(signed.travel_note)
    yield _("Comments"), one_line(signed.comments)
    yield _("Quality concern"), _("yes") if signed.concern else _("no")
    yield _("Signed"), _signed(signed)
    agreed = one_line(signed.acknowledged_by)
    yield _("Interpreter agrees"), agreed or RULE


def _signed(signed: SignedSheet) -> str:
    known = signed.signed_role in list(Role)
    role = _(ROLE_LABELS[Role(signed.signed_role)]) if known else signed.signed_role
    at = signed.sheet.signed_at
    when = f"{day(local(at).date())} {_time(at)}" if at else ""
    return ", ".join(filter(None, (one_line(signed.signed_name), role, when)))


def _open_labels() -> list[str]:
    return [
        _("Arrived"),
        _("Breaks"),
        _("Released"),
        _("Officer signs"),
        _("Interpreter signs"),
    ]


def _time(moment: dt.datetime) -> str:
    return clock_time(local(moment))
