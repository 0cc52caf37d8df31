"""The page of a booking: how it stands, what may be done, for whom, timesheets, history."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.text import Text

from deskapp.clock import local
from deskapp.i18n import _, clock_time, ngettext, number, weekday, when
from deskapp.roles import ROLE_LABELS, Role
from deskapp.screens.base import Entry
from deskapp.screens.lettered import actions
from deskapp.services.courts import sites
from deskapp.services.interpreters import codes, cues, double_booked, paper
from deskapp.services.interpreters.acting import Acting
from deskapp.services.interpreters.assigning import CAUTION_WORDS
from deskapp.services.interpreters.bookings import (
    FOR_ROLE_LABELS,
    GENDER_LABELS,
    IDENTITY_LABELS,
    MODE_LABELS,
    ROUTE_LABELS,
    ForRole,
    Gender,
    Identity,
    Status,
)
from deskapp.services.interpreters.complaints import CATEGORY_LABELS, PATH_LABELS, Category, Path
from deskapp.services.interpreters.draft_reading import LABELS
from deskapp.services.interpreters.history import History
from deskapp.services.interpreters.lines import BookingLine, Served
from deskapp.services.interpreters.record import BookingRecord, Other
from deskapp.services.interpreters.signed import SignedSheet
from deskapp.widgets.record_page import headed, labelled

HISTORY_ROWS = 60
"""The newest; more would take long to lay out."""
Pairs = Iterator[tuple[str, str]]


def parts(
    shown: BookingRecord, acting: Acting, entries: Sequence[Entry], warned: Sequence[str]
) -> Iterator[Text]:
    """The parts of the page, the most needed first."""
    yield labelled(_head(shown, acting, warned))
    yield headed(_("What may be done"), actions(entries))
    if shown.line.status is Status.UNFILLED:
        yield headed(_("What now"), [f"- {_(step)}" for step in cues.NEXT_STEPS])
    yield labelled(_attendance(shown))
    yield labelled(_wanted(shown))
    yield headed(_("Hearings"), map(served_words, shown.line.hearings))
    yield headed(_("Belongs together with"), _kin(shown))
    for sheet in shown.sheets:
        yield headed(_sheet_heading(sheet, shown), _sheet(sheet))
    yield headed(_("History, the newest first"), _history(shown, acting))


# -- how it stands --------------------------------------------------------------------------------


def _head(shown: BookingRecord, acting: Acting, warned: Sequence[str]) -> Pairs:
    line = shown.line
    yield _("Job reference"), _references(line)
    yield _("State"), f"{line.state}. {shown.cue.words}" if shown.cue.words else line.state
    if shown.conflict_with:
        yield _("CONFLICT"), "\n".join(_other(each) for each in shown.conflict_with)
    yield _("When"), f"{weekday(line.day)}, {line.start:%H:%M}-{line.end:%H:%M}"
    yield _("Where"), ", ".join(filter(None, (sites.name(line.site), line.room)))
    yield _("What"), f"{line.language}, {_(MODE_LABELS[line.mode])}"
    yield _("For whom"), _for_whom(line)
    yield _("Who comes"), _who(shown, acting)
    yield _("Cancelled"), shown.cancelled
    cautions = (_(CAUTION_WORDS[caution]) for caution in shown.cautions)
    yield _("Look at"), "\n".join((*cautions, *warned))


def _references(line: BookingLine) -> str:
    if not line.supplier_ref:
        return _("{ref} (the supplier gave none yet)").format(ref=line.ref)
    return _("{ref}, ours {own}").format(ref=line.supplier_ref, own=line.ref)


def _other(other: Other) -> str:
    """The other booking of a double booking: which court, and how to ring it."""
    where = ", ".join(filter(None, (sites.name(other.site), sites.phone(other.site))))
    return f"{where}: {double_booked.words(other.why)}"


def _for_whom(line: BookingLine) -> str:
    known = line.for_role in list(ForRole)
    role = _(FOR_ROLE_LABELS[ForRole(line.for_role)]) if known else ""
    return ", ".join(filter(None, (line.for_name, role)))


def _who(shown: BookingRecord, acting: Acting) -> str:
    person, line = shown.interpreter, shown.line
    if person is None:
        asked = ngettext("{count} person asked for", "{count} persons asked for", line.interpreters)
        return ", ".join((_("nobody named yet"), asked.format(count=number(line.interpreters))))
    expiry = person.expiry_words(acting.today, acting.settings.expiry_warning_days)
    return ", ".join(filter(None, (person.name, person.registration, person.phone, expiry)))


def _attendance(shown: BookingRecord) -> Pairs:
    """What was recorded on the day and is not signed yet."""
    line = shown.line
    if line.status is not Status.IN_ATTENDANCE or line.arrived_at is None:
        return
    known = shown.identity in list(Identity)
    identity = _(IDENTITY_LABELS[Identity(shown.identity)]) if known else ""
    arrived = clock_time(local(line.arrived_at))
    late = (line.arrived_at - line.starts_at).total_seconds() // 60
    told = _("{count} minutes late").format(count=number(int(late))) if late > 0 else ""
    yield _("Arrived"), ", ".join(filter(None, (arrived, told, identity)))
    breaks = (
        f"{clock_time(local(start))}-{clock_time(local(end)) if end else _('now')}"
        for start, end in shown.breaks
    )
    yield _("Breaks"), ", ".join(breaks)
    if line.released_at:
        yield _("Released"), clock_time(local(line.released_at))


# -- what was asked for ---------------------------------------------------------------------------


def _wanted(shown: BookingRecord) -> Pairs:
    line = shown.line
    known = shown.gender in (Gender.FEMALE, Gender.MALE)
    values = {
        "route": _(ROUTE_LABELS[line.route]),
        "supplier": line.supplier,
        "gender": _(GENDER_LABELS[Gender(shown.gender)]) if known else "",
        "dialect_note": shown.dialect_note,
        "avoid": ", ".join(each.name for each in shown.avoid),
        "off_contract_reason": shown.off_contract_reason,
        "allowed_by": " ".join(filter(None, (shown.allowed_by, shown.allowed_on))),
        "assessment_done": _("yes") if shown.assessment_done else "",
        "cost_code": shown.cost_code,
        "note": shown.note,
    }
    for name, value in values.items():
        label = LABELS[name]
        yield _(label), value
    yield _("Asked by"), shown.requested_by


def served_words(each: Served) -> str:
    """A hearing that a booking is for, in a line."""
    gone = each.list_state in ("removed_from_list", "cancelled", "vacated")
    told = (each.start or "--:--", each.room, each.case_ref, _("NO LONGER LISTED") if gone else "")
    return "  ".join(filter(None, told))


def kin_words(line: BookingLine) -> str:
    """A booking that belongs to another, in a line."""
    return "  ".join(filter(None, (line.ref, line.language, line.interpreter, line.state)))


def _kin(shown: BookingRecord) -> Iterator[str]:
    for line in shown.replaced_by:
        yield _("Replaced by {what}").format(what=kin_words(line))
    for line in shown.team:
        yield _("Team: {what}").format(what=kin_words(line))


# -- timesheets and history -----------------------------------------------------------------------


def _sheet_heading(sheet: SignedSheet, shown: BookingRecord) -> str:
    if sheet is shown.sheets[0]:
        return _("Timesheet")
    if sheet.id in {each.corrects for each in shown.sheets}:
        return _("Timesheet before it was corrected")
    return _("Another timesheet, signed at another desk")


def _sheet(signed: SignedSheet) -> Iterator[str]:
    sheet = signed.sheet
    breaks = ", ".join(
        f"{clock_time(local(each.start))}-{clock_time(local(each.end))}" for each in sheet.breaks
    )
    yield _("Arrived {arrived}, released {released}, breaks {breaks}").format(
        arrived=clock_time(local(sheet.arrived_at)),
        released=clock_time(local(sheet.released_at)),
        breaks=breaks or _("none"),
    )
    yield paper.minutes_words(signed.minutes)
    role = Role(signed.signed_role) if signed.signed_role in list(Role) else None
    who = ", ".join(filter(None, (signed.signed_name, _(ROLE_LABELS[role]) if role else "")))
    yield _("Signed by {who}; interpreter: {agreed}").format(
        who=who, agreed=signed.acknowledged_by or _("NOT AGREED YET")
    )
    yield from map(codes.words, signed.warnings)
    if signed.customer_absent:
        yield _("The customer did not attend.")
    if signed.concern:
        yield _("QUALITY CONCERN")
    for text in (signed.travel_note, signed.comments):
        if text:
            yield f"    {text}"


def _history(shown: BookingRecord, acting: Acting) -> Iterator[str]:
    entries = list(reversed(shown.history))
    for entry in entries[:HISTORY_ROWS]:
        told = (when(local(entry.at), acting.today), entry.who, entry.what, _more(entry))
        yield "  ".join(filter(None, told)) + (f"\n    {entry.reason}" if entry.reason else "")
        yield from (f"    {_(CAUTION_WORDS[caution])}" for caution in entry.cautions)
    if len(entries) > HISTORY_ROWS:
        left = len(entries) - HISTORY_ROWS
        yield ngettext("and {count} before it", "and {count} before these", left).format(
            count=number(left)
        )


def _more(entry: History) -> str:
    """What a complaint is about; of a change what was and is."""
    if entry.code == "complaint":
        path, category = (str(entry.changes.get(name)) for name in ("path", "category"))
        known = path in list(Path) and category in list(Category)
        labels = (PATH_LABELS[Path(path)], CATEGORY_LABELS[Category(category)]) if known else ()
        return ", ".join(map(_, labels))
    if entry.code != "change":
        return ""
    told = []
    for name, pair in entry.changes.items():
        field = {"language_code": "language", "local_start": "start", "local_end": "end"}.get(name)
        label = LABELS.get(field or name)
        if label and isinstance(pair, list):
            told.append(f"{_(label)}: {pair[0]} > {pair[1]}")
    return "; ".join(told)
