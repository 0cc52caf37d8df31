"""What is told of a juror at the door: what was done or why not, and what must be seen there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from textwrap import shorten

from rich.text import Text

from deskapp.i18n import N_, _, clock_time, day, ngettext, number
from deskapp.services.jury import noticing
from deskapp.services.jury.acting import Acting
from deskapp.services.jury.attendance import Record
from deskapp.services.jury.lines import JurorLine
from deskapp.services.jury.lists import (
    ADJUSTMENT_LABELS,
    IDENTITY_LABELS,
    NO_ADJUSTMENT,
    POLICE_LABELS,
)
from deskapp.services.jury.pay import DayKind
from deskapp.services.jury.scans import Undone
from deskapp.services.jury.stages import CLAIMED, STAGE_LABELS, STATUS_LABELS, Stage, Status

ADJUSTMENT_LETTERS = 100
"""How much of what is written about an adjustment stands beside a scan; the record has it all."""
INDENT = " " * 7
"""What goes on of a result stands behind its time."""
_NAMED = ("P", "D")
"""Proofs of identity whose letters stand on the screen; help has them all."""
_SHORT = {Stage.CHECKED_IN: N_("In"), Stage.CHECKED_OUT: N_("Out")}
_UNREMARKABLE = frozenset({"passed", "not_checked", "in_progress"})


def done(line: JurorLine, what: str, at: str, seen: Iterable[str] = ()) -> Text:
    """A step that was done: what and when, with whom, and what must be seen of it."""
    told = Text(f"{at}  {what}  {line.number}  {line.name}", style="bold")
    for words in seen:
        told.append(f"\n{INDENT}{words}", style="not bold")
    return told


def not_done(given: str, why: str, line: JurorLine | None = None, *, how: str = "") -> Text:
    """A step that was refused: why, how the juror stands now, and ``how`` it is done instead."""
    who = f"{given}  {line.name}" if line else given
    told = Text().append(_("NOT DONE"), style="bold reverse").append(f"  {who}", style="bold")
    told.append(f"\n{INDENT}{why}")
    if line:
        told.append(f"\n{INDENT}{state(line)}")
    if how:
        told.append(f"\n{INDENT}{how}")
    return told


def undone(what: Undone) -> Text:
    """A step that was taken back, and how those it was for stand again."""
    told = Text(_("Taken back: {what}").format(what=what.code.label), style="bold")
    if len(what.jurors) > 1:
        jurors = ngettext("{count} juror", "{count} jurors", len(what.jurors))
        told.append(f", {jurors.format(count=number(len(what.jurors)))}")
    for line in what.jurors if len(what.jurors) == 1 else ():
        told.append(f"  {line.number}  {line.name}\n")
        told.append(f"{INDENT}{state(line)}", style="not bold")
    return told


def notices(line: JurorLine, who: Acting, time: dt.time) -> Iterator[str]:
    """What must be seen of a juror who comes in, the most urgent first; each in words."""
    yield from noticing.of_time(who, time)
    yield from noticing.of_start(who, line)
    if line.identity_due:
        letters = ", ".join(f"{code} {_(IDENTITY_LABELS[code]).lower()}" for code in _NAMED)
        yield _("CHECK IDENTITY, type a letter: {letters}, F1 others").format(letters=letters)
    marks = list(marked(line))
    if marks:
        yield " · ".join(marks)


def marked(line: JurorLine) -> Iterator[str]:
    """Language, adjustment, OPTIC number and police check, as far as there is something to say."""
    if line.welsh:
        yield _("Welsh speaker")
    if line.adjustment != NO_ADJUSTMENT:
        words = worded(ADJUSTMENT_LABELS, line.adjustment)
        more = shorten(line.adjustment_text, ADJUSTMENT_LETTERS, placeholder=" …")
        yield f"{words}: {more}" if more else words
    if line.optic_ref:
        yield _("OPTIC {ref}").format(ref=line.optic_ref)
    if line.police_check not in _UNREMARKABLE:
        yield worded(POLICE_LABELS, line.police_check)


def state(line: JurorLine) -> str:
    """How a juror stands: status, the day in force, when they are due."""
    return ". ".join(filter(None, (_(STATUS_LABELS[line.status]), of_day(line), due(line))))


def of_day(line: JurorLine, *, trial: bool = True, short: bool = False) -> str:
    """What is recorded of the day in force, in words; empty for nothing.

    ``trial``: whether the trial that they are on is said too; ``short``: for a narrow column.
    """
    on_trial = line.trial if trial else ""
    if line.record is None:
        return _("On trial {trial}").format(trial=on_trial) if on_trial else ""
    return recorded(line.record, by_list=line.by_list, trial=on_trial, short=short)


def recorded(record: Record, *, by_list: bool = False, trial: str = "", short: bool = False) -> str:
    """What is recorded of a day, in words."""
    if record.kind is DayKind.ABSENT:
        return _("Absent")
    words = [_("Paid, not at court")]
    if record.kind is DayKind.ATTENDANCE:
        times = "-".join(clock_time(at) for at in (record.time_in, record.time_out) if at)
        labels = {**STAGE_LABELS, **_SHORT} if short else STAGE_LABELS
        words = [_(labels[record.stage]) if record.stage else "", times]
    at_an_end = short and record.stage in CLAIMED  # what is further to know, the record has
    if record.stage in CLAIMED and not short:
        words.append(record.audit_number)
    if trial:
        words.append(_("trial {trial}").format(trial=trial))
    if by_list and not at_an_end:
        words.append(_("by list"))
    return " ".join(filter(None, words))


def due(line: JurorLine) -> str:
    """When a juror is due next; who is sworn comes back with their trial."""
    if line.status is Status.JUROR:
        return ""
    if line.on_call:
        return _("On call")
    return _("Due {date}").format(date=day(line.next_on)) if line.next_on else ""


def status_or_day(line: JurorLine, who: Acting) -> str:
    """What a list says first of a juror: the day in force, else where they stand."""
    if line.record or line.trial:
        return of_day(line, short=True)
    if line.status is not Status.RESPONDED:
        return _(STATUS_LABELS[line.status])
    return _("Not in") if line.next_on == who.date and not line.on_call else due(line)


def worded(labels: Mapping[str, str], code: str) -> str:
    """What a kept code is called; the code itself where a newer desk made it."""
    return _(labels[code]) if code in labels else code
