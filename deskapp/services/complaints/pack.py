"""A complaint field by field, to be copied into OPTIC or handed over; nothing restricted is in it.

The fields of OPTIC are not known here: these are ours, in the order of the job.
Source: complaints sheet, sections 1 (OPTIC), 2.1 and 4 (hand-over pack).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from textwrap import wrap
from typing import TYPE_CHECKING, NamedTuple

from deskapp import roles
from deskapp.clock import local
from deskapp.i18n import N_, _, clock_time, day, language
from deskapp.roles import Act
from deskapp.services import exports, needs, sites
from deskapp.services import lists as contact_lists
from deskapp.services.complaints import act, categories, lists, money
from deskapp.services.complaints.acting import Acting
from deskapp.services.complaints.events import CIT, LABELS, Code
from deskapp.services.complaints.record import ComplaintRecord, Given
from deskapp.services.complaints.state import Stage
from deskapp.services.lists import Choice
from deskapp.text import one_line

if TYPE_CHECKING:
    from sqlmodel import Session

WIDTH = 78
HAND_OVER = "hand-over"
"""What the pack for the investigations team is called in the record and as a file."""
UNTOLD = frozenset({Code.VIEWED, Code.ABOUT_STAFF, Code.DISPOSAL})
"""What happened and is not handed over."""
STAGE_LABELS = {
    1: N_("First answer"),
    2: N_("Review"),
    3: N_("Investigations team (CIT)"),
}


class Field(NamedTuple):
    """One field of a pack."""

    label: str
    """In the language in use, as is its value."""
    value: str


@dataclass(frozen=True)
class Pack:
    """A complaint as it is copied."""

    ref: str
    fields: tuple[Field, ...]
    """Only those that say something."""
    happened: tuple[str, ...]
    """What was done, the oldest first, a line each."""


def of(record: ComplaintRecord) -> Pack:
    """The pack of a complaint; what is withheld in the record is withheld here."""
    fields = (
        *_of_complaint(record),
        *_of_person(record.given),
        *_of_account(record),
        *(field for stage in record.stages for field in _of_stage(stage, record.names)),
    )
    said = tuple(field for field in fields if field.value)
    return Pack(record.line.ref, said, tuple(_happened(record)))


def keep(session: Session, acting: Acting, complaint_id: str, name: str, event_id: str) -> None:
    """Keep in the record that the hand-over pack was made, as ``name``; ``event_id`` once.

    Raises:
        NotFoundError: If there is no such complaint.
        NotAllowedError: If the role may not work on complaints.
    """
    roles.require(acting.user, Act.WORK_COMPLAINTS)
    act.write_event(session, acting, complaint_id, Code.PACK, {"name": name}, event_id=event_id)


def text(pack: Pack, *, whole: bool) -> str:
    """A tidy text to copy from; with what was done when it is ``whole``."""
    room = max(len(field.label) for field in pack.fields) + 2
    lines = [line for field in pack.fields for line in _lines(field, room)]
    if whole:
        lines += ["", _("What was done"), *pack.happened]
    return "\n".join(lines) + "\n"


def as_csv(pack: Pack) -> str:
    """A row for each field."""
    return exports.as_csv(("field", "value"), pack.fields)


def _lines(field: Field, room: int) -> Iterator[str]:
    """A field with its value beside it, or below it when that has lines of its own."""
    if "\n" in field.value:
        yield f"{field.label}:"
        for line in field.value.split("\n"):
            yield from wrap(line, WIDTH) or [""]
        return
    head = f"{field.label}:".ljust(room)
    yield from wrap(field.value, WIDTH, initial_indent=head, subsequent_indent=" " * room)


def _of_complaint(record: ComplaintRecord) -> Iterator[Field]:
    line = record.line
    yield Field(_("Our reference"), line.ref)
    yield Field(_("Received"), _moment(line.received_at))
    yield Field(_("Channel"), _label(lists.Channel, record.given.channel))
    yield Field(_("Office"), sites.by_key(line.site).shown_name(language()))
    yield Field(_("Jurisdiction"), _label(contact_lists.Jurisdiction, line.jurisdiction))
    yield Field(_("Case reference"), record.given.case_ref)


def _of_person(given: Given) -> Iterator[Field]:
    yield Field(_("Complainant"), _("Anonymous") if given.anonymous else given.person_name)
    yield Field(_("Who they are"), _label(contact_lists.UserType, given.user_type))
    yield Field(
        _("Address"), "\n".join(dict.fromkeys(filter(None, (given.address, given.postcode))))
    )
    yield Field(_("Email"), given.email)
    yield Field(_("Phone"), given.phone)
    yield Field(_("On behalf of"), given.acting_for)
    yield Field(_("Needs"), needs.words(given.needs))
    yield Field(_("Language"), _label(contact_lists.ServiceLanguage, given.language))


def _of_account(record: ComplaintRecord) -> Iterator[Field]:
    given, complaint = record.given, record.complaint
    labels = categories.labels()
    about = [f"{code} {labels.label(code)}" for code in complaint.categories]
    flags = [_label(lists.Flag, code) for code in sorted(complaint.flags)]
    sought = [_label(lists.Sought, code) for code in given.outcome_sought]
    yield Field(_("Authority"), _label(lists.Authority, complaint.authority))
    yield Field(_("Summary"), given.summary)
    yield Field(_("Account"), given.details)
    yield Field(_("Categories"), ", ".join(about))
    yield Field(_("Severity"), _label(lists.Severity, complaint.severity))
    yield Field(_("Flags"), ", ".join(flags))
    yield Field(_("Wants"), ", ".join(sought))
    if given.loss:
        amount = money.pounds(given.loss.pence)
        told = _("{amount} for {what}").format(amount=amount, what=given.loss.what_for)
        yield Field(_("Loss claimed"), told)


def _of_stage(stage: Stage, names: Mapping[str, str]) -> Iterator[Field]:
    title = _(STAGE_LABELS[stage.number])

    def field(label: str, value: str) -> Field:
        return Field(_("{stage}, {what}").format(stage=title, what=label), value)

    due = day(stage.due.due_on)
    owner = stage.owner if stage.owner == CIT else names.get(stage.owner, "")
    yield field(_("received"), _moment(stage.received_at))
    yield field(_("due"), _("{day}, provisional").format(day=due) if stage.due.provisional else due)
    yield field(_("looked after by"), owner)
    yield field(_("acknowledged"), _moment(stage.acknowledged_at))
    yield field(_("holding reply"), _moment(stage.holding_at))
    yield field(_("expected by"), day(stage.revised_on) if stage.revised_on else "")
    answer = stage.answer
    if answer is None:
        return
    yield field(_("answered"), _moment(answer.at))
    yield field(_("on time"), _("yes") if stage.on_time else _("no"))
    if stage.due.working_days >= 0:
        yield field(_("working days taken"), str(stage.due.working_days))
    yield field(_("late because"), _label(lists.Lateness, answer.lateness))
    yield field(_("outcome"), _label(lists.Outcome, answer.outcome))
    yield field(_("root cause"), _label(lists.RootCause, answer.root_cause))
    redress = [_label(lists.Redress, code) for code in answer.redress]
    yield field(_("redress"), ", ".join(redress))
    yield field(_("what was answered"), answer.note)


def _happened(record: ComplaintRecord) -> Iterator[str]:
    for entry in record.history:
        event = entry.event
        if event.code in UNTOLD:
            continue
        label = _(LABELS[Code(event.code)]) if event.code in LABELS else event.code
        yield "  ".join(filter(None, (_moment(event.at), entry.officer_name, label)))
        if note := one_line(event.note):
            yield from wrap(note, WIDTH, initial_indent="  ", subsequent_indent="  ")


def _label(kind: type[Choice], code: str) -> str:
    """What a code is called; the code itself where a newer desk made it."""
    return kind(code).label if code in list(kind) else code


def _moment(moment: dt.datetime | None) -> str:
    if moment is None:
        return ""
    at = local(moment)
    return f"{day(at.date())} {clock_time(at)}"
