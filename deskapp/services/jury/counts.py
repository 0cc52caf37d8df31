"""The figures of a day and of a month: who is where, attendance rate, utilisation.

Source: jury sheet, section 8.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import NamedTuple

from deskapp.i18n import N_
from deskapp.services.jury.attendance import Record
from deskapp.services.jury.confirming import Member
from deskapp.services.jury.pay import DayKind
from deskapp.services.jury.stages import CLAIMED, Stage

TENTH = Decimal("0.1")


class Place(StrEnum):
    """Where somebody who was expected that day is; each is in exactly one place."""

    IN = "in"
    OUT = "out"
    CONFIRMED = "confirmed"
    ABSENT = "absent"
    ON_TRIAL = "on_trial"
    NOT_CHECKED_IN = "not_checked_in"


PLACE_LABELS = {
    Place.IN: N_("Checked in"),
    Place.OUT: N_("Checked out"),
    Place.CONFIRMED: N_("Confirmed"),
    Place.ABSENT: N_("Absent"),
    Place.ON_TRIAL: N_("On trial"),
    Place.NOT_CHECKED_IN: N_("Not checked in"),
}


class JurorDays(NamedTuple):
    """The days of one juror that count for utilisation."""

    first: dt.date
    """The first day of service."""
    last: dt.date | None
    """The last day; ``None`` while it goes on."""
    attended: Collection[dt.date]
    sat: Collection[dt.date]
    """Days on a trial."""


class Utilisation(NamedTuple):
    """How well the time of jurors was used."""

    working: int
    attended: int
    sitting: int

    @property
    def not_attended(self) -> int:
        """Working days without attendance; never below nothing."""
        return max(self.working - self.attended, 0)

    @property
    def percent(self) -> Decimal | None:
        """Sitting days of a hundred working days; ``None`` without any."""
        return percent(self.sitting, self.working)


def place(member: Member) -> Place:
    """Where somebody who was expected is."""
    if member.on_trial:
        return Place.ON_TRIAL
    return of_record(member.record) if member.record else Place.NOT_CHECKED_IN


def of_record(record: Record) -> Place:
    """Where somebody with this record is, who is on no trial."""
    if record.kind is DayKind.ABSENT or record.stage is None:
        return Place.ABSENT
    if record.stage in CLAIMED:
        return Place.CONFIRMED
    return Place.OUT if record.stage is Stage.CHECKED_OUT else Place.IN


def counts(expected: Iterable[Member]) -> dict[Place, int]:
    """How many are where; together they are those expected."""
    found = Counter(map(place, expected))
    return {each: found[each] for each in Place}


def attendance_rate(attended: int, absent: int) -> Decimal | None:
    """Of a hundred who were due how many came; ``None`` when nobody was due."""
    return percent(attended, attended + absent)


def utilisation(
    jurors: Iterable[JurorDays],
    first: dt.date,
    last: dt.date,
    is_court_day: Callable[[dt.date], bool],
) -> Utilisation:
    """The figures of a range of days, both ends included.

    A working day of a juror is a day in service that the court works on or the juror attended.
    """
    days = [first + dt.timedelta(days=number) for number in range((last - first).days + 1)]
    working = attended = sitting = 0
    for juror in jurors:
        came = {day for day in {*juror.attended, *juror.sat} if first <= day <= last}
        end = juror.last or last
        served = {day for day in days if juror.first <= day <= end and is_court_day(day)}
        working += len(served | came)
        attended += len(came)
        sitting += sum(first <= day <= last for day in set(juror.sat))
    return Utilisation(working, attended, sitting)


def percent(part: int, whole: int) -> Decimal | None:
    """A hundredth with one decimal, half-up; ``None`` of nothing."""
    if not whole:
        return None
    return (Decimal(part) * 100 / whole).quantize(TENTH, ROUND_HALF_UP)
