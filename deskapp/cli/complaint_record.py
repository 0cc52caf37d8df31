"""The whole of one complaint as the commands write it, and why it is due when it is."""

from __future__ import annotations

from collections.abc import Iterator

from deskapp import clock, i18n
from deskapp.cli.complaint_lines import line_json
from deskapp.cli.out import show, show_json
from deskapp.clock import local, stamp
from deskapp.i18n import _, weekday
from deskapp.services import lists as contact_lists
from deskapp.services import needs
from deskapp.services.complaints import categories, deadlines, lines, lists, money, presence, told
from deskapp.services.complaints.acting import Acting
from deskapp.services.complaints.asks import ASKS
from deskapp.services.complaints.deadlines import Explanation
from deskapp.services.complaints.record import ComplaintRecord
from deskapp.services.complaints.state import CLASH_LABELS, Stage
from deskapp.services.dates import NATION_LABELS


def show_record(record: ComplaintRecord, acting: Acting, *, as_json: bool) -> None:
    """Write everything about one complaint that the person may see."""
    if as_json:
        show_json(_record_json(record, acting))
        return
    for text in (*_head(record, acting), *_account(record), *_stages(record), *_offers(record),
                 *_history(record, acting)):  # fmt: skip
        show(text)


def show_explanation(found: Explanation, *, as_json: bool) -> None:
    """Write a due date day by day."""
    if as_json:
        show_json(_explanation_json(found))
        return
    for each in found.days:
        words = str(each.number) if each.skipped is None else _(
            deadlines.SKIPPED_LABELS[each.skipped]
        )  # fmt: skip
        doubt = "" if each.known else _("not known yet")
        show("  ".join(filter(None, (weekday(each.day), words, doubt))))
    calendar = _("Working days of {nation}, calendar {version}, known to {day}")
    show(
        calendar.format(
            nation=_(NATION_LABELS[found.nation]),
            version=found.calendar_version,
            day=i18n.day(found.known_to),
        )
    )
    if found.counted_on != found.due.due_on:
        message = _("Kept as due on {day}, counted with calendar {version}")
        kept = i18n.day(found.due.due_on)
        show(message.format(day=kept, version=found.due.calendar_version))


def _head(record: ComplaintRecord, acting: Acting) -> Iterator[str]:
    line, complaint, given = record.line, record.complaint, record.given
    near = lines.near_words(line, acting)
    yield "  ".join(filter(None, (line.ref, line.status.label, near)))
    yield line.summary
    if record.open_elsewhere:
        yield _("Open elsewhere: {who}").format(who=presence.words(record.open_elsewhere))
    yield _("Categories: {names}").format(
        names=", ".join(categories.labels().label(code) for code in complaint.categories)
    )
    yield _("Severity: {name}").format(
        name=contact_lists.worded(lists.Severity, complaint.severity)
    )
    if line.flags:
        named = ", ".join(contact_lists.worded(lists.Flag, flag) for flag in line.flags)
        yield _("Flags: {names}").format(names=named)
    received = local(complaint.received_at)
    channel = contact_lists.worded(lists.Channel, given.channel)
    yield _("Received: {moment}, {channel}").format(
        moment=f"{weekday(received.date())} {i18n.clock_time(received)}", channel=channel
    )
    yield _("Looked after by: {name}").format(name=line.owner_name or _("nobody"))
    optic = contact_lists.worded(lists.OpticStatus, complaint.optic)
    yield _("OPTIC: {status}").format(status=f"{optic} {complaint.optic_ref}".strip())
    for part in filter(None, (complaint.redirected, *complaint.parts)):
        words = ", ".join(filter(None, (told.where(part.where), part.body, part.what)))
        yield _("Not ours: {words}").format(words=words)
    if record.survivor:
        yield _("Duplicate of: {ref}").format(ref=record.survivor.ref)
    for each in record.duplicates:
        yield _("Its duplicate: {ref}").format(ref=each.ref)


def _account(record: ComplaintRecord) -> Iterator[str]:
    given = record.given
    yield _("From: {name}").format(name=given.person_name or _("Anonymous: no reply is owed."))
    for label, value in (
        (_("On behalf of"), given.acting_for),
        (_("Phone"), given.phone),
        (_("Email"), given.email),
        (_("Address"), given.address),
        (_("Postcode"), given.postcode),
        (_("Case reference"), given.case_ref),
        (_("Needs"), needs.words(given.needs)),
    ):
        if value:
            yield f"{label}: {value}"
    if not record.may_disclose:
        yield _("Until the authority is seen, do not disclose anything.")
    if given.person_name:
        yield record.safe.words
    if given.loss:
        amount = money.pounds(given.loss.pence)
        yield _("Loss claimed: {amount}, {words}").format(amount=amount, words=given.loss.what_for)
    yield given.details
    for text in record.about_staff:
        yield _("About a member of staff: {words}").format(words=text)
    if record.staff_hidden:
        yield _("Something is said of a member of staff that is not for you to see.")


def _stages(record: ComplaintRecord) -> Iterator[str]:
    for stage in record.stages:
        due = i18n.day(stage.due.due_on)
        parts = [told.stage_words(record.complaint, stage), _("due {day}").format(day=due)]
        if stage.answer:
            on = i18n.day(local(stage.answer.at).date())
            told_so = _("answered {day}") if stage.on_time else _("answered {day}, late")
            parts.append(told_so.format(day=on))
        if stage.due.provisional:
            parts.append(_("holidays not yet known"))
        if stage.revised_on:
            parts.append(_("revised {day}").format(day=i18n.day(stage.revised_on)))
        yield ", ".join(parts)


def _offers(record: ComplaintRecord) -> Iterator[str]:
    yield _("What may be done:")
    for offer in record.offers:
        name = f"    {offer.move.code}  {_(offer.move.label)}"
        asked = ", ".join(ask.name for ask in ASKS[offer.move.code])
        why = "  ".join(each.words for each in offer.refusals)
        yield f"{name}  ({why})" if why else f"{name}  {asked}".rstrip()


def _history(record: ComplaintRecord, acting: Acting) -> Iterator[str]:
    yield _("History:")
    for entry in record.history:
        parts = [
            i18n.when(clock.local(entry.event.at), acting.today),
            entry.of_ref,
            entry.officer_name,
            told.happened(entry.event, record.names),
            _(CLASH_LABELS[entry.clash]) if entry.clash else "",
            entry.event.note,
            entry.event.restricted,
        ]
        yield "    " + "  ".join(filter(None, parts))


def _record_json(record: ComplaintRecord, acting: Acting) -> dict[str, object]:
    given, complaint = record.given, record.complaint
    keys = ("channel", "case_ref", "anonymous", "person_name", "user_type", "address", "postcode",
            "email", "phone", "acting_for", "language", "details")  # fmt: skip
    return {
        **line_json(record.line, acting),
        **{key: getattr(given, key) for key in keys},
        "needs": list(given.needs),
        "categories": list(complaint.categories),
        "authority": complaint.authority,
        "about_staff": list(record.about_staff),
        "staff_hidden": record.staff_hidden,
        "stages": [_stage_json(stage) for stage in record.stages],
        "moves": {
            offer.move.code: [each.words for each in offer.refusals] for offer in record.offers
        },
        "open_elsewhere": [
            {"name": each.name, "at": stamp(each.at), "move": each.move}
            for each in record.open_elsewhere
        ],
        "duplicates": [line.ref for line in record.duplicates],
        "survivor": record.survivor.ref if record.survivor else None,
        "history": [
            {
                "id": entry.event.id,
                "at": stamp(entry.event.at),
                "officer_name": entry.officer_name,
                "code": entry.event.code,
                "note": entry.event.note,
                "data": dict(entry.event.data),
                "clash": entry.clash,
                "of_ref": entry.of_ref,
            }
            for entry in record.history
        ],
    }


def _stage_json(stage: Stage) -> dict[str, object]:
    answer = stage.answer
    return {
        "number": stage.number,
        "status": stage.status,
        "received_at": stamp(stage.received_at),
        "due_on": stage.due.due_on.isoformat(),
        "target_days": stage.due.target_days,
        "calendar_version": stage.due.calendar_version,
        "provisional": stage.due.provisional,
        "working_days": stage.due.working_days if answer else None,
        "revised_on": stage.revised_on.isoformat() if stage.revised_on else None,
        "responded_at": stamp(answer.at) if answer else None,
        "on_time": stage.on_time if answer else None,
        "outcome": answer.outcome if answer else None,
        "root_cause": answer.root_cause if answer else None,
        "redress": list(answer.redress) if answer else None,
    }


def _explanation_json(found: Explanation) -> dict[str, object]:
    return {
        "received_at": stamp(found.received_at),
        "received_on": found.received_on.isoformat(),
        "nation": found.nation,
        "due_on": found.due.due_on.isoformat(),
        "counted_on": found.counted_on.isoformat(),
        "target_days": found.due.target_days,
        "calendar_version": found.calendar_version,
        "known_to": found.known_to.isoformat(),
        "days": [
            {
                "day": each.day.isoformat(),
                "number": each.number,
                "skipped": each.skipped,
                "known": each.known,
            }
            for each in found.days
        ],
    }
