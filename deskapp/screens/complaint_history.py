"""What was done with a complaint, as lines: its stages, the entries of its history, who looked."""

from __future__ import annotations

from collections.abc import Iterator

from deskapp.clock import local
from deskapp.i18n import _, day, ngettext, number, when
from deskapp.screens.complaint_fields import worded
from deskapp.services.complaints import told
from deskapp.services.complaints.acting import Acting
from deskapp.services.complaints.lists import Lateness, Outcome, Redress, RootCause
from deskapp.services.complaints.record import ComplaintRecord
from deskapp.services.complaints.shown import Entry
from deskapp.services.complaints.state import CLASH_LABELS, Stage

HISTORY_ROWS = 100
"""The newest; more would take long to lay out."""


def stage(shown: ComplaintRecord, stage: Stage) -> Iterator[str]:
    """What was done in a stage, line by line."""
    yield _("Received {at}; due {date}; {who}").format(
        at=told.moment(stage.received_at),
        date=day(stage.due.due_on),
        who=told.owner(stage.owner, shown.names) or _("nobody yet"),
    )
    if stage.acknowledged_at:
        yield _("Acknowledged {at}").format(at=told.moment(stage.acknowledged_at))
    if stage.holding_at and stage.revised_on:
        words = _("Holding reply {at}; revised date {date}")
        yield words.format(at=told.moment(stage.holding_at), date=day(stage.revised_on))
    for answer in (*stage.earlier, *filter(None, (stage.answer,))):
        given = (
            _("Answered {at}").format(at=told.moment(answer.at)),
            worded(Outcome, answer.outcome),
            worded(RootCause, answer.root_cause),
            *(worded(Redress, code) for code in answer.redress),
            worded(Lateness, answer.lateness) if answer.lateness else "",
        )
        yield ", ".join(filter(None, given))
        if answer.note:
            yield f"    {answer.note}"
    if stage.answer:
        taken = ngettext(
            "{count} working day taken", "{count} working days taken", stage.due.working_days
        ).format(count=number(stage.due.working_days))
        yield ", ".join((taken, _("in time") if stage.on_time else _("LATE")))


def newest(shown: ComplaintRecord, acting: Acting) -> Iterator[str]:
    """The newest entries of the history, and how many there are before them."""
    entries = list(reversed(shown.history))
    for entry in entries[:HISTORY_ROWS]:
        yield entry_words(entry, shown, acting)
    if len(entries) > HISTORY_ROWS:
        left = len(entries) - HISTORY_ROWS
        yield ngettext("and {count} before it", "and {count} before these", left).format(
            count=number(left)
        )


def entry_words(entry: Entry, shown: ComplaintRecord, acting: Acting) -> str:
    """An entry of the history: when, who, what, and the words that go with it."""
    event = entry.event
    words = (
        when(local(event.at), acting.today),
        entry.officer_name,
        told.happened(event, shown.names),
        entry.of_ref,
        _("CONFLICT: {what}").format(what=_(CLASH_LABELS[entry.clash])) if entry.clash else "",
    )
    notes = "".join(f"\n    {text}" for text in (event.note, event.restricted) if text)
    return "  ".join(filter(None, words)) + notes


def view_words(entry: Entry) -> str:
    """Who looked at a complaint in which something restricted stands, and when."""
    return f"{told.moment(entry.event.at)}  {entry.officer_name}"
