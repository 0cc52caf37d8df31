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
from deskapp.i18n import _, day, language
from deskapp.roles import Act
from deskapp.services import exports, needs
from deskapp.services import lists as contact_lists
from deskapp.services.complaints import act, categories, lists, told
from deskapp.services.complaints.acting import Acting
from deskapp.services.complaints.events import Code
from deskapp.services.complaints.record import ComplaintRecord
from deskapp.services.complaints.shown import Given
from deskapp.services.complaints.state import Stage
from deskapp.services.courts import sites
from deskapp.services.lists import worded
from deskapp.text import one_line

if TYPE_CHECKING:
    from sqlmodel import Session

WIDTH = 78
HAND_OVER = "hand-over"
"""What the pack for the investigations team is called in the record and as a file."""
UNTOLD = frozenset({Code.ABOUT_STAFF, Code.DISPOSAL})
"""What happened and is not handed over."""


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
        Field(_("Safe contact"), record.safe.words if record.safe.asked else ""),
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
    yield Field(_("Received"), _when(line.received_at))
    yield Field(_("Channel"), worded(lists.Channel, record.given.channel))
    yield Field(_("Office"), sites.by_key(line.site).shown_name(language()))
    yield Field(_("Jurisdiction"), worded(contact_lists.Jurisdiction, line.jurisdiction))
    yield Field(_("Case reference"), record.given.case_ref)


def _of_person(given: Given) -> Iterator[Field]:
    yield Field(_("Complainant"), _("Anonymous") if given.anonymous else given.person_name)
    yield Field(_("Who they are"), worded(contact_lists.UserType, given.user_type))
    yield Field(
        _("Address"), "\n".join(dict.fromkeys(filter(None, (given.address, given.postcode))))
    )
    yield Field(_("Email"), given.email)
    yield Field(_("Phone"), given.phone)
    yield Field(_("On behalf of"), given.acting_for)
    yield Field(_("Needs"), needs.words(given.needs))
    yield Field(_("Language"), worded(contact_lists.ServiceLanguage, given.language))


def _of_account(record: ComplaintRecord) -> Iterator[Field]:
    given, complaint = record.given, record.complaint
    labels = categories.labels()
    about = [f"{code} {labels.label(code)}" for code in complaint.categories]
    known = categories.all_categories()
    subjects = dict.fromkeys(known[code].head for code in complaint.categories if code in known)
    heads = [_(lists.HEAD_LABELS[head]) for head in subjects if head is not lists.Head.NONE]
    flags = [worded(lists.Flag, code) for code in sorted(complaint.flags)]
    sought = [worded(lists.Sought, code) for code in given.outcome_sought]
    yield Field(_("Authority"), worded(lists.Authority, complaint.authority))
    yield Field(_("Summary"), given.summary)
    yield Field(_("Account"), given.details)
    yield Field(_("Subject"), ", ".join(heads))
    yield Field(_("Categories"), ", ".join(about))
    yield Field(_("Severity"), worded(lists.Severity, complaint.severity))
    yield Field(_("Flags"), ", ".join(flags))
    yield Field(_("Wants"), ", ".join(sought))
    for label, value in told.besides(complaint.categories, {**given.also, **complaint.also}):
        yield Field(label, value)
    yield Field(_("Loss claimed"), given.loss.words if given.loss else "")
    yield Field(_("Ex gratia"), told.payment_words(complaint.ex_gratia))
    for part in (*filter(None, (complaint.redirected,)), *complaint.parts):
        yield Field(_("Not ours"), told.part_words(part))


def _of_stage(stage: Stage, names: Mapping[str, str]) -> Iterator[Field]:
    title = _(told.STAGE_LABELS[stage.number])

    def field(label: str, value: str) -> Field:
        return Field(_("{stage}, {what}").format(stage=title, what=label), value)

    due = day(stage.due.due_on)
    yield field(_("received"), _when(stage.received_at))
    yield field(_("due"), _("{day}, provisional").format(day=due) if stage.due.provisional else due)
    yield field(_("looked after by"), told.owner(stage.owner, names) if stage.owner else "")
    yield field(_("acknowledged"), _when(stage.acknowledged_at))
    yield field(_("holding reply"), _when(stage.holding_at))
    yield field(_("expected by"), day(stage.revised_on) if stage.revised_on else "")
    answer = stage.answer
    if answer is None:
        return
    yield field(_("answered"), _when(answer.at))
    yield field(_("on time"), _("yes") if stage.on_time else _("no"))
    if stage.due.working_days >= 0:
        yield field(_("working days taken"), str(stage.due.working_days))
    yield field(_("late because"), worded(lists.Lateness, answer.lateness))
    yield field(_("outcome"), worded(lists.Outcome, answer.outcome))
    yield field(_("root cause"), worded(lists.RootCause, answer.root_cause))
    redress = [worded(lists.Redress, code) for code in answer.redress]
    yield field(_("redress"), ", ".join(redress))
    yield field(_("what was answered"), answer.note)


def _happened(record: ComplaintRecord) -> Iterator[str]:
    for entry in record.history:
        event = entry.event
        if event.code in UNTOLD:
            continue
        what = told.happened(event, record.names)
        head = "  ".join(filter(None, (told.moment(event.at), entry.officer_name, what)))
        yield from wrap(head, WIDTH, subsequent_indent="  ")
        if note := one_line(event.note):
            yield from wrap(note, WIDTH, initial_indent="  ", subsequent_indent="  ")


def _when(moment: dt.datetime | None) -> str:
    return told.moment(moment) if moment else ""
