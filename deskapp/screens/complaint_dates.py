"""Why a complaint is due when it is: every day from the receipt on, counted or skipped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import ClassVar

from rich.text import Text

from deskapp.clock import local
from deskapp.i18n import N_, _, clock_time, day, ngettext, weekday
from deskapp.screens import complaint_desk
from deskapp.screens.page_screen import PageScreen
from deskapp.services.complaints import deadlines, lines, record, told
from deskapp.services.complaints.acting import Acting
from deskapp.services.complaints.deadlines import SKIPPED_LABELS, CountedDay, Explanation
from deskapp.services.complaints.state import Complaint
from deskapp.services.dates import NATION_LABELS

DAY_WIDTH = 30
"""Columns of the longest day of the week and date in either language."""


class ComplaintDatesScreen(PageScreen):
    """The due date of each stage, the last one first."""

    HEADING: ClassVar[str] = N_("Why this date")
    HELP: ClassVar[str] = N_(
        "Every day from the receipt to the due date. The day of receipt is day 0, whatever day it"
        " is. Saturdays, Sundays and the bank holidays of the nation of the office are not counted;"
        " a day runs to midnight in London. A holding reply changes the revised date only: the due"
        " date stays for the figures.\n\nPROVISIONAL means that the bank holidays of those days are"
        " not known yet. The date is counted again when your administrator has a newer calendar."
    )

    def __init__(self, complaint_id: str) -> None:
        super().__init__()
        self._complaint_id = complaint_id

    async def parts(self) -> Iterable[Text]:
        acting = complaint_desk.acting(self.desk)
        shown = await self.desk.store.read(record.record, acting, self._complaint_id)
        parts: list[Text] = []
        for stage in reversed(shown.stages):
            is_last = stage is shown.complaint.stage
            near = lines.near_words(shown.line, acting) if is_last else ""
            told_of = told.stage_words(shown.complaint, stage)
            found = record.explain(shown, acting, stage.number)
            parts += explained(f"{shown.line.ref}  {told_of}", found, near)
            if near:
                parts.append(_also_due(shown.complaint, acting))
        return parts


def explained(stage: str, found: Explanation, near: str) -> Iterator[Text]:
    """The parts of the page about one stage.

    Args:
        stage: What the stage is called, already translated.
        found: Its days.
        near: How near or late it is, in words; empty once it was answered.
    """
    yield _head(stage, found, near)
    yield Text("\n".join(map(_counted, found.days)) + "\n")


def _head(stage: str, found: Explanation, near: str) -> Text:
    """What the days below lead to, and by what they were counted."""
    due, at = found.due, local(found.received_at)
    lines_of = [
        ngettext(
            "Due {date}: {count} working day after the day of receipt.",
            "Due {date}: {count} working days after the day of receipt.",
            due.target_days,
        ).format(date=weekday(due.due_on), count=due.target_days)
    ]
    if due.provisional:
        words = _("PROVISIONAL: bank holidays are known to {date} only; the date may still move.")
        lines_of.append(words.format(date=day(found.known_to)))
    words = _("Received {date} {time}, London time. Bank holidays of {nation}.")
    nation = _(NATION_LABELS[found.nation])
    lines_of.append(words.format(date=day(at.date()), time=clock_time(at), nation=nation))
    words = _("Calendar {version}, known to {date}.")
    lines_of.append(words.format(version=found.calendar_version, date=day(found.known_to)))
    if found.counted_on != due.due_on:
        words = _("Counted by calendar {version} then; this one gives {date}.")
        then = words.format(version=due.calendar_version, date=weekday(found.counted_on))
        lines_of.append(then)
    head = Text(". ".join(filter(None, (stage, near))) + "\n", style="bold")
    return head.append("\n".join(lines_of) + "\n", style="not bold")


def _also_due(complaint: Complaint, acting: Acting) -> Text:
    """What else has a day while an answer is owed."""
    stage, targets = complaint.stage, acting.rules.targets
    calendar = acting.calendar(complaint.nation)
    words = _("Acknowledge by {first}. A holding reply, if it will be late, by {last}.").format(
        first=day(deadlines.acknowledge_by(calendar, stage.received_at, targets)),
        last=day(deadlines.hold_by(calendar, stage.due.due_on, targets)),
    )
    if stage.revised_on:
        revised = _("Revised date {date}: what the person was told; the due date stays.")
        words += "\n" + revised.format(date=day(stage.revised_on))
    return Text(words + "\n")


def _counted(each: CountedDay) -> str:
    words = _(SKIPPED_LABELS[each.skipped]) if each.skipped else _("day {number}")
    counted = words.format(number=each.number)
    if not each.known:
        counted = _("{what} (bank holidays not known)").format(what=counted)
    return f"{weekday(each.day):{DAY_WIDTH}}{counted}"
