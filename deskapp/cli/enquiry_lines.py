"""Contacts as the commands write them: a line, a card, JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from deskapp.cli.choices import label
from deskapp.cli.out import show, show_json
from deskapp.clock import local, stamp
from deskapp.i18n import _, clock_time, day
from deskapp.services import follow_ups, needs
from deskapp.services.enquiries import collected, contact_words
from deskapp.services.enquiries.contact_line import ContactLine
from deskapp.services.enquiries.contact_lines import ContactRecord
from deskapp.services.enquiries.contact_recorded import Recorded
from deskapp.services.follow_ups import FollowUpLine
from deskapp.text import one_line


def show_lines(lines: Iterator[ContactLine], limit: int, *, as_json: bool) -> str | None:
    """Show at most ``limit`` lines.

    Returns:
        The reference of the last one shown when there are more, an empty text when there are not,
        None when there were none at all.
    """
    last = None
    for count, line in enumerate(lines):
        if count == limit:
            return last
        if as_json:
            show_json(_line_json(line))
        else:
            show(_line_text(line))
        last = line.ref
    return None if last is None else ""


def _line_text(line: ContactLine) -> str:
    started = local(line.started_at)
    parts = (
        line.ref,
        f"{started:%Y-%m-%d} {clock_time(started)}",
        label("channel", line.channel),
        one_line(line.person_name) or _("not given"),
        label("topic", line.topic),
        label("outcome", line.outcome),
        one_line(line.officer_name),
    )
    return "  ".join(parts)


def _line_json(line: ContactLine) -> dict[str, object]:
    return {
        "ref": line.ref,
        "started_at": stamp(line.started_at),
        "channel": line.channel,
        "person_name": line.person_name,
        "topic": line.topic,
        "outcome": line.outcome,
        "officer_name": line.officer_name,
    }


def record_json(record: ContactRecord) -> dict[str, object]:
    """Everything that was saved, for programs."""
    return {
        **_line_json(record.line),
        "ended_at": stamp(record.ended_at),
        "handling_seconds": record.handling_seconds,
        "user_type": record.user_type,
        "person_id": record.person_id,
        "phone": record.phone,
        "email": record.email,
        "postcode": record.postcode,
        "case_ref": record.case_ref,
        "question": record.question,
        "answer": record.answer,
        "extras": dict(record.extras),
        **_more_json(record.more),
        "notes": [
            {"at": stamp(note.at), "officer_name": note.officer_name, "text": note.text}
            for note in record.notes
        ],
    }


def _more_json(more: Recorded) -> dict[str, object]:
    return {
        "subtopic": more.subtopic,
        "jurisdiction": more.jurisdiction,
        "language": more.language,
        "disclosure": more.disclosure,
        "checked": list(more.checked),
        "acting_for": more.acting_for,
        "authority": more.authority,
        "needs": [{"code": code, "flag": needs.flag(code)} for code in more.needs],
        "dissatisfied": more.dissatisfied,
        "dissatisfied_about": more.dissatisfied_about,
        "repeat_of": more.repeat_of,
        "markers_seen": list(more.markers_seen),
        "hold_seconds": more.hold_seconds,
        "wrap_seconds": more.wrap_seconds,
        "suspect_time": more.suspect_time,
    }


def promise_json(line: FollowUpLine) -> dict[str, object]:
    """What was promised, for programs."""
    return {
        "kind": line.kind,
        "what": line.what,
        "due_on": line.due_on.isoformat(),
        "done_at": stamp(line.done_at) if line.done_at is not None else "",
        "done_by": line.done_by,
    }


def card(record: ContactRecord) -> Iterator[tuple[str, str]]:
    """Label and value of what was saved, in the order of the form."""
    line = record.line
    started = local(line.started_at)
    yield _("Reference"), line.ref
    yield _("Started"), f"{day(started.date())} {clock_time(started)}"
    yield _("Topic"), label("topic", line.topic)
    yield _("Person"), line.person_name or _("not given")
    yield _("What was asked"), record.question
    yield _("What was said"), record.answer
    yield _("Case reference"), record.case_ref
    yield _("Phone"), record.phone
    yield _("Email"), record.email
    yield _("Postcode"), record.postcode
    yield _("Who they are"), label("user_type", record.user_type)
    yield _("Channel"), label("channel", line.channel)
    yield from contact_words.told(record)
    yield _("Outcome"), label("outcome", line.outcome)
    yield from collected.told(line.outcome, record.extras)
    yield _("Officer"), line.officer_name


def show_history(record: ContactRecord, promised: Sequence[FollowUpLine]) -> None:
    """Show the scripts that were walked, what was promised and the notes."""
    for run in record.more.trail:
        for step in run.lines:
            show(_("Script: {step}").format(step=step))
    for line in promised:
        show(_("Follow-up: {what}").format(what=follow_ups.told(line)))
    for note in record.notes:
        at = local(note.at)
        show(f"{day(at.date())} {clock_time(at)}  {note.officer_name}: {note.text}")
