"""The page of a hearing: how it stands, what may be done, who and what, everything beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.text import Text

from deskapp.clock import local
from deskapp.i18n import _, clock_time, number, weekday
from deskapp.screens.base import Entry
from deskapp.screens.lettered import actions
from deskapp.services import kinds
from deskapp.services.hearings import record, text
from deskapp.services.hearings.day import STATE_LABELS
from deskapp.services.hearings.flags import GROUP_LABELS, Group
from deskapp.services.hearings.lines import STATE_LABELS as LIST_LABELS
from deskapp.services.hearings.needs import NeedLine
from deskapp.services.hearings.record import HearingRecord
from deskapp.services.link_lines import LinkLine
from deskapp.text import one_line
from deskapp.widgets.record_page import headed, labelled

HISTORY_ROWS = 100
"""The newest; more would take long to lay out."""

Pairs = Iterator[tuple[str, str]]


def parts(
    shown: HearingRecord, entries: Sequence[Entry], linked: Sequence[LinkLine]
) -> Iterator[Text]:
    """The parts of the page, the most needed first."""
    bearing = shown.line.bearing
    yield headed(_("Before you meet anybody"), [_bold(each) for each in shown.line.warnings])
    yield labelled(_head(shown))
    yield headed(_("What may be done"), actions(entries))
    yield headed(_("Parties"), _parties(shown))
    for group in Group:
        found = [each for each in bearing.needs if _group(each) is group]
        yield headed(_(GROUP_LABELS[group]), (text.need_words(shown, each) for each in found))
    yield headed(_("Ground rules hearing"), text.ground_rules_words(shown))
    yield headed(_("Bookings"), (each.told_at(bearing.hearing.begins) for each in bearing.bookings))
    yield headed(_("Video links"), (each.words for each in bearing.links))
    yield labelled(_about(shown))
    others = (f"{kinds.label(each.kind)}  {each.words}" for each in shown.related)
    yield headed(_("Of the same case"), others)
    yield headed(_("Belongs together with"), (f"{each.ref}  {each.title}" for each in linked))
    history = (record.history_words(shown, each) for each in shown.history[:HISTORY_ROWS])
    yield headed(_("History, the newest first"), history)


def _bold(words: str) -> Text:
    return Text(words, style="bold")


def _group(need: NeedLine) -> Group:
    return need.kind.group if need.kind else Group.OTHER


def _head(shown: HearingRecord) -> Pairs:
    bearing = shown.line.bearing
    hearing = bearing.hearing
    length = _("{minutes} minutes").format(minutes=hearing.minutes) if hearing.minutes else ""
    times = "  ".join(filter(None, (weekday(hearing.day), hearing.start, length)))
    yield _("Hearing"), f"{one_line(hearing.case_ref)}  {hearing.who}"
    yield _("When"), times
    yield _("Where"), one_line(hearing.room) or _("no room given")
    state = _(STATE_LABELS[bearing.day.state])
    if hearing.list_state != "listed":
        state = f"{_(LIST_LABELS.get(hearing.list_state, hearing.list_state))} ({state})"
    yield _("State"), state
    if bearing.day.result is not None:
        yield _("Hearing result"), record.result_words(bearing.day.result)
    yield _("Ready"), shown.line.readiness
    if hearing.restricted:
        yield _("RESTRICTION"), one_line(hearing.restriction) or _("on reporting")


def _parties(shown: HearingRecord) -> Iterator[str]:
    bearing = shown.line.bearing
    for each in bearing.hearing.parties:
        marks = (_("masked") if each.masked else "", _("in custody") if each.custody else "")
        presence = record.presence_words(bearing.day, each.key)
        told = ", ".join(filter(None, (presence, *marks)))
        yield f"{each.words}: {told}"
    here, needed = bearing.jurors
    if needed:
        words = _("Jurors: {here} of {needed} here")
        yield words.format(here=number(here), needed=number(needed))


def _about(shown: HearingRecord) -> Pairs:
    hearing = shown.line.bearing.hearing
    yield _("Type"), ", ".join(filter(None, (hearing.hearing_type, hearing.description)))
    yield _("Channel"), one_line(hearing.channel)
    yield _("Panel"), one_line(hearing.panel)
    yield _("Which of several"), one_line(hearing.sequence)
    yield _("Judiciary"), ", ".join(hearing.judiciary)
    yield _("Note of the list"), one_line(hearing.note)
    yield _("List"), shown.taken or _("made by hand")
    started, ended = shown.line.bearing.day.started_at, shown.line.bearing.day.ended_at
    yield _("Began"), clock_time(local(started)) if started else ""
    yield _("Ended"), clock_time(local(ended)) if ended else ""
