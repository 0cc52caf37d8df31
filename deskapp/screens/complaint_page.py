"""The page of a complaint: how it stands, what may be done, who and what, its history."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.text import Text

from deskapp.i18n import _, day, ngettext, number
from deskapp.roles import Act, may
from deskapp.screens import complaint_history, lettered, linked
from deskapp.screens.base import Entry
from deskapp.screens.complaint_fields import worded
from deskapp.services import needs
from deskapp.services.complaints import categories, deadlines, lines, presence, told
from deskapp.services.complaints.acting import Acting
from deskapp.services.complaints.lists import (
    Authority,
    Channel,
    Flag,
    OpticStatus,
    Severity,
    Sought,
    StageStatus,
)
from deskapp.services.complaints.record import ComplaintRecord
from deskapp.services.enquiries import contact_words
from deskapp.services.link_lines import LinkLine
from deskapp.services.lists import Jurisdiction, UserType
from deskapp.widgets.record_page import headed, labelled

Pairs = Iterator[tuple[str, str]]


def parts(
    shown: ComplaintRecord, acting: Acting, actions: Sequence[Entry], links: Sequence[LinkLine]
) -> Iterator[Text]:
    """The parts of the page, the most needed first."""
    yield labelled(_head(shown, acting))
    yield headed(_("What may be done"), lettered.actions(actions))
    yield labelled(_person(shown))
    yield headed(_("What happened"), [shown.given.details])
    yield labelled(_account(shown))
    for stage in reversed(shown.stages):
        yield headed(
            told.stage_words(shown.complaint, stage), complaint_history.stage(shown, stage)
        )
    yield headed(_("Belongs together with"), map(linked.words, links))
    yield headed(_("History, the newest first"), complaint_history.newest(shown, acting))
    yield headed(_("Who looked"), map(complaint_history.view_words, shown.views))


# -- how it stands --------------------------------------------------------------------------------


def _head(shown: ComplaintRecord, acting: Acting) -> Pairs:
    line, complaint = shown.line, shown.complaint
    grave = [worded(Severity, complaint.severity)]
    grave += [worded(Flag, code) for code in sorted(complaint.flags)]
    yield _("Complaint"), f"{line.ref}  {', '.join(grave)}"
    yield _("State"), f"{line.status.label}. {told.stage_words(complaint, complaint.stage)}"
    if line.alert and not may(acting.user, Act.MANAGE_COMPLAINTS):
        words = _("the team leader, in person: {what}")
        yield _("TELL NOW"), words.format(what=told.alert_words(complaint.alerts))
    elif complaint.new_alerts:
        yield _("ALERT"), told.alert_words(complaint.new_alerts)
    if complaint.open_conflicts:
        count = len(complaint.open_conflicts)
        words = ngettext(
            "{count} entry of another desk clashes; Ctrl+R shows it",
            "{count} entries of other desks clash; Ctrl+R shows them",
            count,
        )
        yield _("CONFLICT"), words.format(count=number(count))
    yield _("OPEN ELSEWHERE"), presence.words(shown.open_elsewhere)
    yield _("Answer due"), due_words(shown, acting)
    yield _("Owner"), told.owner(line.owner_id, shown.names) or _("nobody yet")
    yield _("OPTIC"), _optic(shown)
    yield _("About"), ", ".join(map(categories.labels().label, complaint.categories))
    yield _("Summary"), shown.given.summary


def due_words(shown: ComplaintRecord, acting: Acting) -> str:
    """When the answer is due and how near that is; what else has a date."""
    line, stage = shown.line, shown.complaint.stage
    if not line.owed:
        return ""
    calendar, targets = acting.calendar(line.nation), acting.rules.targets
    words = [f"{day(line.due_on)}, {lines.near_words(line, acting)}"]
    if line.provisional:
        words.append(_("PROVISIONAL: bank holidays are not known that far"))
    if stage.revised_on:
        near = deadlines.near_words(calendar, stage.revised_on, acting.today)
        revised = _("revised date {date}").format(date=day(stage.revised_on))
        words.append(f"{revised}, {near}")
    if stage.acknowledged_at is None and stage.status is not StageStatus.HOLDING:
        by = deadlines.acknowledge_by(calendar, stage.received_at, targets)
        near = deadlines.near_words(calendar, by, acting.today)
        acknowledge = _("acknowledge by {date}").format(date=day(by))
        words.append(f"{acknowledge}, {near}")
    return "\n".join(words)


def _optic(shown: ComplaintRecord) -> str:
    complaint = shown.complaint
    words = worded(OpticStatus, complaint.optic)
    return f"{words}, {complaint.optic_ref}" if complaint.optic_ref else words


# -- who and what ---------------------------------------------------------------------------------


def _person(shown: ComplaintRecord) -> Pairs:
    given, complaint = shown.given, shown.complaint
    yield (
        _("Who complains"),
        _("anonymous: no reply is owed") if given.anonymous else (given.person_name),
    )
    if not given.anonymous:
        yield _("Safe contact"), shown.safe.words if shown.safe.asked else _("not asked")
    if given.acting_for or complaint.authority:
        authority = worded(Authority, complaint.authority)
        yield _("On behalf of"), ", ".join(filter(None, (given.acting_for, authority)))
    if not shown.may_disclose:
        yield _("DO NOT DISCLOSE"), _("until authority to act is seen")
    if given.user_type != UserType.NOT_GIVEN:
        yield _("Who they are"), worded(UserType, given.user_type)
    yield _("Phone"), given.phone
    yield _("Email"), given.email
    yield _("Address"), "\n".join(filter(None, (given.address, given.postcode)))
    yield _("Needs"), needs.words(given.needs)
    yield _("Language"), contact_words.service_language(given.language)


def _account(shown: ComplaintRecord) -> Pairs:
    given, complaint = shown.given, shown.complaint
    channel = worded(Channel, given.channel)
    yield _("Received"), f"{told.moment(complaint.received_at)}, {channel}"
    yield _("Logged"), f"{told.moment(given.logged_at)}, {given.logged_by}"
    yield _("Case reference"), given.case_ref
    yield _("Jurisdiction"), worded(Jurisdiction, complaint.logged.jurisdiction)
    yield _("Wants"), ", ".join(worded(Sought, code) for code in given.outcome_sought)
    yield from told.besides(complaint.categories, {**given.also, **complaint.also})
    yield _("Loss"), given.loss.words if given.loss else ""
    yield _("Ex gratia"), told.payment_words(complaint.ex_gratia)
    for part in (*filter(None, (complaint.redirected,)), *complaint.parts):
        yield _("Not ours"), told.part_words(part)
    yield _("About staff"), "\n".join(shown.about_staff)
    if shown.staff_hidden:
        yield _("About staff"), _("is for its author, who looks after it and team leaders")
    if shown.survivor:
        yield _("Duplicate of"), f"{shown.survivor.ref} {shown.survivor.summary}"
    yield (
        _("Duplicates"),
        "\n".join(f"{each.ref} {each.status.label}" for each in shown.duplicates),
    )
