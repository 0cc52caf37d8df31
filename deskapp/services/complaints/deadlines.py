"""The only place where a date of a complaint is counted: due, revised, how near, and why.

A due date is counted once, when its stage begins, and written into the event that begins it with
the version of the calendar; the fold only reads it. Two desks with different calendars therefore
show the same date until ``due_recalculated`` says otherwise. Source: complaints sheet, section 5.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from deskapp.clock import LONDON
from deskapp.i18n import N_, _, ngettext
from deskapp.services import dates
from deskapp.services.bank_holidays import Calendars
from deskapp.services.complaints.rules import Targets
from deskapp.services.dates import ONE_DAY, WORKING_WEEKDAYS, Alarm, Calendar, Nation
from deskapp.text import clean


class StageDue(NamedTuple):
    """When an answer to a stage is due, and by what it was counted."""

    due_on: dt.date
    target_days: int
    calendar_version: str
    provisional: bool
    """Counted over days whose bank holidays are not known: never shown as firm."""
    working_days: int = -1
    """Taken up to the answer; below 0 while there is none."""

    def kept(self) -> dict[str, object]:
        """As it is written into an event."""
        return {**self._asdict(), "due_on": self.due_on.isoformat()}


class Skipped(StrEnum):
    """Why a day of the count is none."""

    RECEIPT = "receipt"
    WEEKEND = "weekend"
    BANK_HOLIDAY = "bank_holiday"


SKIPPED_LABELS = {
    Skipped.RECEIPT: N_("day of receipt: not counted"),
    Skipped.WEEKEND: N_("weekend: not counted"),
    Skipped.BANK_HOLIDAY: N_("bank holiday: not counted"),
}


class CountedDay(NamedTuple):
    """One day from the receipt to the due date."""

    day: dt.date
    number: int
    """Which working day it is; 0 when it is none."""
    skipped: Skipped | None
    known: bool
    """Whether its bank holidays are known."""


@dataclass(frozen=True)
class Explanation:
    """Why a due date is what it is, day by day."""

    received_at: dt.datetime
    received_on: dt.date
    nation: Nation
    due: StageDue
    days: tuple[CountedDay, ...]
    counted_on: dt.date
    """What the calendar of this desk gives; another than ``due`` when that was counted by an older
    one and the stage was answered since, or is still to be counted again."""
    calendar_version: str
    """Of the calendar that the days are shown by."""
    known_to: dt.date


def stage_due(
    calendars: Calendars, nation: str, received_at: dt.datetime, target_days: int
) -> StageDue:
    """When an answer is due that may take ``target_days`` working days of ``nation``."""
    calendar = calendars[Nation(nation)]
    due = calendar.due(received_at, target_days)
    return StageDue(due.due_date, target_days, calendar.version, due.provisional)


def answered(
    due: StageDue,
    calendars: Calendars,
    nation: str,
    received_at: dt.datetime,
    responded_at: dt.datetime,
) -> StageDue:
    """The due date with how many working days the answer took."""
    calendar = calendars[Nation(nation)]
    return due._replace(working_days=calendar.working_days_taken(received_at, responded_at))


def recounted(
    calendars: Calendars,
    nation: str,
    received_at: dt.datetime,
    due: StageDue,
    responded_at: dt.datetime | None = None,
) -> StageDue:
    """The due date of a stage counted anew, with its own target: for another nation, moment of
    receipt or calendar."""
    new = stage_due(calendars, nation, received_at, due.target_days)
    if responded_at is None:
        return new
    return answered(new, calendars, nation, received_at, responded_at)


def read(kept: Mapping[str, object]) -> StageDue | None:
    """A due date as an event carries it; none where a newer desk wrote something else."""
    try:
        return StageDue(
            due_on=dt.date.fromisoformat(str(kept["due_on"])),
            target_days=int(str(kept["target_days"])),
            calendar_version=clean(str(kept["calendar_version"])),
            provisional=kept["provisional"] is True,
            working_days=int(str(kept.get("working_days", -1))),
        )
    except (KeyError, ValueError):
        return None


def is_met(due_on: dt.date, responded_at: dt.datetime) -> bool:
    """Whether an answer came in time."""
    return dates.on_time(due_on, responded_at)


def on_contact(calendar: Calendar, received_at: dt.datetime, now: dt.datetime) -> bool:
    """Whether an answer now would have taken no working day."""
    return calendar.working_days_taken(received_at, now) == 0


def acknowledge_by(calendar: Calendar, received_at: dt.datetime, targets: Targets) -> dt.date:
    """The day up to which the complaint is to be acknowledged."""
    return calendar.due(received_at, targets.acknowledge).due_date


def hold_by(calendar: Calendar, due_on: dt.date, targets: Targets) -> dt.date:
    """The day on which a holding reply is to go out when the answer will be late."""
    return calendar.add_working_days(due_on, -targets.holding_before)


def proposed_revision(
    calendar: Calendar, promised_on: Iterable[dt.date], today: dt.date, targets: Targets
) -> dt.date:
    """A revised date to offer where an answer will be late: after every day that was promised."""
    return calendar.add_working_days(max(today, *promised_on), targets.revise)


def revision_problem(calendar: Calendar, revised_on: dt.date, today: dt.date) -> str:
    """Why a date cannot be the revised one, in the language in use; empty when it can."""
    if revised_on <= today:
        return _("Revised date must be after today")
    if not calendar.is_working_day(revised_on):
        return _("Revised date must be a working day")
    return ""


def alarm(calendar: Calendar, due_on: dt.date, today: dt.date, targets: Targets) -> Alarm:
    """How near a due date is."""
    return calendar.alarm(due_on, today, targets.amber)


def last_amber(calendar: Calendar, today: dt.date, targets: Targets) -> dt.date:
    """The last due date that stands out today."""
    return calendar.add_working_days(today, targets.amber + 1) - ONE_DAY


def near_words(calendar: Calendar, due_on: dt.date, today: dt.date) -> str:
    """How near a due date is, in words that need no colour: working days, or that it is late."""
    left = calendar.working_days_left(due_on, today)
    if due_on < today:
        return ngettext("{count} day late", "{count} days late", -left).format(count=-left)
    if left == 0:
        return _("due today")
    return ngettext("{count} day left", "{count} days left", left).format(count=left)


def explain(
    calendars: Calendars, nation: str, received_at: dt.datetime, due: StageDue
) -> Explanation:
    """Every day from the receipt to the due date: which was counted, which was skipped and why.

    It is counted by the calendar in force. Where that gives another date than the kept one
    (``counted_on``), the calendar was newer when it was looked at than when it was counted.
    """
    calendar = calendars[Nation(nation)]
    received_on = dates.london_date(received_at)
    counted = calendar.due(received_at, due.target_days)
    days, number = [CountedDay(received_on, 0, Skipped.RECEIPT, True)], 0
    for ahead in range(1, (counted.due_date - received_on).days + 1):
        day = received_on + ahead * ONE_DAY
        skipped = _skipped(calendar, day)
        number += skipped is None
        known = calendar.is_known(day - ONE_DAY, day)
        days.append(CountedDay(day, 0 if skipped else number, skipped, known))
    return Explanation(
        received_at=received_at,
        received_on=received_on,
        nation=Nation(nation),
        due=due,
        days=tuple(days),
        counted_on=counted.due_date,
        calendar_version=calendar.version,
        known_to=calendar.known_to,
    )


def _skipped(calendar: Calendar, day: dt.date) -> Skipped | None:
    if calendar.is_working_day(day):
        return None
    return Skipped.WEEKEND if day.weekday() >= WORKING_WEEKDAYS else Skipped.BANK_HOLIDAY


def day_of(moment: dt.datetime) -> dt.date:
    """The local day of an instant."""
    return dates.london_date(moment)


def same_day(one: dt.datetime, other: dt.datetime) -> bool:
    """Whether two instants lie on the same day in London."""
    return dates.london_date(one) == dates.london_date(other)


def noon(day: dt.date) -> dt.datetime:
    """The instant that stands for a day of which no time is known."""
    return dt.datetime.combine(day, dt.time(12), LONDON).astimezone(dt.UTC)
