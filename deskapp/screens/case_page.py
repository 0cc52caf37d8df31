"""The page of a case: where it stands, what may be done, items, fields, family and history."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from rich.text import Text

from deskapp.clock import local
from deskapp.i18n import N_, _, ngettext, number, when
from deskapp.screens.base import Entry
from deskapp.screens.lettered import possible
from deskapp.services import link_lines
from deskapp.services.casework import told
from deskapp.services.casework.acting import Acting
from deskapp.services.casework.case_line import CaseLine
from deskapp.services.casework.case_record import CaseRecord
from deskapp.services.casework.shown import due_text, value_text, when_text
from deskapp.services.casework.values import END_OF_TIME, day_of, overdue_from
from deskapp.services.casework.words import item_title, shown
from deskapp.services.casework.worklist import ItemLine
from deskapp.services.dates import Alarm
from deskapp.services.link_lines import LinkLine
from deskapp.widgets.record_page import headed, labelled

HISTORY_ROWS = 100
"""The newest; more would take long to lay out."""

READS_ONLY = N_("You reported this, so you may read it. Others act on it.")

ALARM_WORDS = {Alarm.AMBER: N_("soon"), Alarm.RED: N_("very soon")}


def parts(
    record: CaseRecord, acting: Acting, actions: Sequence[Entry], linked: Sequence[LinkLine]
) -> Iterator[Text]:
    """The parts of the page, the most needed first."""
    now = acting.now
    yield labelled(_head(record, acting))
    yield Text(f"{_(READS_ONLY)}\n") if record.reads_only else Text()
    yield headed(_("What may be done"), _actions(actions))
    yield headed(_("To do"), [item_words(record, each, now) for each in open_items(record)])
    yield labelled(
        (shown(each.field.label), value_text(each.field, each.value)) for each in record.answers
    )
    marked = [_(told.RESTRICTED_MARKER)] if record.restricted_marker else []
    yield headed(
        _("Related cases"), [*(kin_words(line, acting) for line in record.children), *marked]
    )
    yield headed(_("Belongs together with"), map(link_lines.words, linked))
    ended = [each for each in record.items if not each.item.is_open]
    yield headed(_("Done and ended"), [item_words(record, each, now) for each in reversed(ended)])
    yield headed(_("History, the newest first"), _history(record, day_of(now)))


def open_items(record: CaseRecord) -> list[ItemLine]:
    """What is still to be done, the most urgent first."""
    found = (each for each in record.items if each.item.is_open)
    return sorted(found, key=lambda each: overdue_from(each.due.when) if each.due else END_OF_TIME)


def item_words(record: CaseRecord, line: ItemLine, now: dt.datetime) -> str:
    """An item in a line: how near it is or how it ended, and what it is."""
    item, due, _overdue = line
    led = record.facts.case.items.get(item.lead_of)
    about = [led] if led and record.scheme.template_by_id[led.template].many else []
    title = ": ".join(item_title(record.facts, each) for each in (item, *about))
    if led and not about and (led_due := record.facts.due(led)):
        title = f"{title} ({when_text(led_due.when)})"
    if not item.is_open:
        ended = told.outcome_label(record, item, item.outcome or item.status)
        return f"{ended}: {title}" + (f", {when_text(due.when)}" if due else "")
    near = due_text(due.when, overdue_from(due.when), now) if due else _("no date")
    notes = [
        _("holidays not yet known") if due and due.provisional else "",
        _("no longer called for: it can be waived") if told.is_outlived(record, item) else "",
    ]
    return ", ".join(filter(None, (f"{near}  {title}", *notes)))


def dated_title(record: CaseRecord, line: ItemLine) -> str:
    """An item and its date, so that the occurrences of a series can be told apart."""
    title = item_title(record.facts, line.item)
    return f"{title}, {when_text(line.due.when)}" if line.due else title


def kin_words(line: CaseLine, acting: Acting) -> str:
    """A case of the same family in a line."""
    scheme = acting.book.scheme(line.scheme, line.version)
    stage = shown(scheme.stage_by_id[line.stage].label)
    return "  ".join(filter(None, (line.ref, shown(scheme.label), stage, line.title)))


def _head(record: CaseRecord, acting: Acting) -> Iterator[tuple[str, str]]:
    line, scheme = record.line, record.scheme
    yield _("Case"), " ".join(filter(None, (line.ref, shown(scheme.label), line.title)))
    yield _("Stage"), shown(scheme.stage_by_id[record.facts.case.stage].label)
    yield _("Next due"), _next_due(record, acting.now)
    yield _("Looked after by"), line.owner_name
    yield _("Other references"), record.external_refs
    yield _("Belongs to"), kin_words(record.parent, acting) if record.parent else ""
    holds = (f"{hold.reason}: {hold.note}" for hold in record.holds)
    yield _("Not to be destroyed"), ", ".join(holds)
    yield _("May be destroyed"), when_text(record.destroy_due) if record.destroy_due else ""
    if record.conflicts:
        count = len(record.conflicts)
        found = ngettext(
            "{count} entry of another desk could not be followed; see the history",
            "{count} entries of other desks could not be followed; see the history",
            count,
        )
        yield _("CONFLICT"), found.format(count=number(count))


def _next_due(record: CaseRecord, now: dt.datetime) -> str:
    for line in open_items(record)[:1]:
        if line.due:
            words = (item_words(record, line, now), _(ALARM_WORDS.get(record.alarm, "")))
            return ", ".join(filter(None, words))
    return _("nothing with a date")


def _actions(entries: Sequence[Entry]) -> Iterator[Text]:
    """What can be done now in few lines, what cannot below it with the reason."""
    yield from possible(entries)
    for entry in entries:
        if entry.why_not:
            yield Text(f"{entry.letter} {entry.why_not}", style="dim")


def _history(record: CaseRecord, today: dt.date) -> Iterator[str]:
    newest = list(reversed(record.history))
    for event, officer_name, conflict in newest[:HISTORY_ROWS]:
        words = (
            when(local(event.at), today),
            officer_name,
            told.happened(record, event),
            _("CONFLICT: it changed nothing") if conflict else "",
        )
        yield "  ".join(filter(None, words)) + (f"\n    {event.note}" if event.note else "")
    if len(newest) > HISTORY_ROWS:
        left = len(newest) - HISTORY_ROWS
        yield ngettext("and {count} before it", "and {count} before these", left).format(
            count=number(left)
        )
