"""Working out a due rule: from its anchor, by its amounts, to a day or an instant.

Working days are those of ``deskapp.services.dates``; nothing here counts them by itself.
Source: casework sheet, section 1.3.
"""

from __future__ import annotations

import calendar as months
import datetime as dt
from typing import TYPE_CHECKING, NamedTuple, Protocol

from deskapp.clock import LONDON
from deskapp.services.casework.rules import (
    WEEKDAYS,
    Amount,
    Chosen,
    Combined,
    DueRule,
    Elapsed,
    Plain,
    Roll,
    Shift,
    Step,
    Touches,
)
from deskapp.services.casework.values import (
    ONE_DAY,
    Value,
    When,
    day_of,
    overdue_from,
    start_of,
)
from deskapp.services.dates import Calendar, add_months

if TYPE_CHECKING:
    from deskapp.services.casework.predicates import Predicate

MOST_WORKING_DAYS = 10_000
"""A longer count, of about forty years, is a slip or an attack; each day of it costs time."""


class Due(NamedTuple):
    """When something is due."""

    when: When
    provisional: bool = False
    """It rests on working days of years whose bank holidays are not known yet."""


class Anchors(Protocol):
    """What a due rule may ask."""

    @property
    def calendar(self) -> Calendar: ...

    def anchor(self, name: str) -> When | None:
        """The date or instant of an anchor; ``None`` when it is empty."""
        ...

    def value(self, name: str) -> Value:
        """The value of a field."""
        ...

    def holds(self, predicate: Predicate) -> bool:
        """Whether a predicate holds."""
        ...


def reckon(rule: DueRule, facts: Anchors) -> Due | None:
    """When ``rule`` says something is due; ``None`` when what it counts from is empty.

    Raises:
        OverflowError: If the answer lies beyond the years 1 to 9999, or is too far to count.
    """
    match rule:
        case Shift(anchor):
            start = facts.anchor(anchor)
            return None if start is None else shift(rule, start, facts)
        case Elapsed(anchor):
            return _elapsed(rule, facts.anchor(anchor), facts)
        case Combined(rules, latest):
            found = [due for each in rules if (due := reckon(each, facts)) is not None]
            pick = max if latest else min
            return pick(found, key=lambda due: overdue_from(due.when)) if found else None
        case Chosen():
            result = first_hit(rule, facts)
            if result is None or isinstance(result, Step | Plain):
                return None
            return reckon(result, facts)


def first_hit(table: Chosen, facts: Anchors) -> DueRule | Step | Plain | None:
    """What the first line of a decision table that holds gives; ``None`` when none does."""
    for choice in table.choices:
        if choice.when is None or facts.holds(choice.when):
            return choice.result
    return None


def shift(rule: Shift, start: When, facts: Anchors) -> Due | None:
    """``start`` moved as ``rule`` says; ``None`` when an amount is a field that is empty.

    The order of work is that of the sheet, always the same.
    """
    amounts = _amounts(rule.step, facts)
    if amounts is None:
        return None
    calendar = facts.calendar
    sign = -1 if rule.back else 1
    years, in_months, weeks, days, working_days = (sign * amount for amount in amounts)
    day = add_months(day_of(start), 12 * years + in_months)
    day += dt.timedelta(weeks=weeks, days=days)
    if rule.cutoff and _after_cutoff(start, rule.cutoff, calendar):
        working_days += sign
    if abs(working_days) > MOST_WORKING_DAYS:
        raise OverflowError("too many working days")
    counted_from = day
    day = calendar.add_working_days(day, working_days)
    if rule.inclusive:
        day -= sign * ONE_DAY
    when = touch(day, rule.touches, calendar)
    used = bool(working_days) or rule.touches.roll is not None
    return Due(when, used and not _known(calendar, counted_from, day_of(when)))


def touch(day: dt.date, touches: Touches, calendar: Calendar) -> When:
    """``day`` snapped, rolled and given its time of day."""
    day = _roll(_snap(day, touches.snap), touches.roll, calendar)
    return day if touches.at is None else start_of(day, touches.at)


def _elapsed(rule: Elapsed, start: When | None, facts: Anchors) -> Due | None:
    hours, minutes = amount(rule.hours, facts), amount(rule.minutes, facts)
    if not isinstance(start, dt.datetime) or hours is None or minutes is None:
        return None
    length = dt.timedelta(hours=hours, minutes=minutes)
    moment = start.astimezone(dt.UTC)
    return Due((moment - length if rule.back else moment + length).astimezone(LONDON))


def _amounts(step: Step, facts: Anchors) -> tuple[int, ...] | None:
    parts = (step.years, step.months, step.weeks, step.days, step.working_days)
    found = tuple(amount(part, facts) for part in parts)
    return None if None in found else found  # type: ignore[return-value]


def amount(number: Amount, facts: Anchors) -> int | None:
    """A number of a rule, or the value of its ``"$field"``; ``None`` when that is empty."""
    if isinstance(number, int):
        return number
    value = facts.value(number.removeprefix("$"))
    return value if isinstance(value, int) else None


def _after_cutoff(start: When, cutoff: dt.time, calendar: Calendar) -> bool:
    if not isinstance(start, dt.datetime):
        return False
    moment = start.astimezone(LONDON)
    return calendar.is_working_day(moment.date()) and moment.time() >= cutoff


def _snap(day: dt.date, to: str) -> dt.date:
    if to == "month_start":
        return day.replace(day=1)
    if to == "month_end":
        return day.replace(day=months.monthrange(day.year, day.month)[1])
    if to:
        return day + ONE_DAY * ((WEEKDAYS.index(to) - day.weekday()) % 7)
    return day


def _roll(day: dt.date, roll: Roll | None, calendar: Calendar) -> dt.date:
    if roll is Roll.NEXT:
        return calendar.working_day_on_or_after(day)
    if roll is Roll.PREVIOUS:
        return calendar.working_day_on_or_before(day)
    if roll is Roll.RELEASE:
        while not (calendar.is_working_day(day) and calendar.is_working_day(day + ONE_DAY)):
            day -= ONE_DAY
    return day


def _known(calendar: Calendar, *days: dt.date) -> bool:
    return calendar.known_from <= min(days) and max(days) <= calendar.known_to
