"""What is counted of complaints: sums that can be added up.

A complaint that was redirected, withdrawn, found to be a duplicate or void stands aside: it is
counted by how it ended, and is in no other figure. Source: complaints sheet, section 10.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from deskapp.services import spread
from deskapp.services.complaints.lists import UNCOUNTED, Outcome
from deskapp.services.complaints.report_asked import Asked, By
from deskapp.services.days import Days
from deskapp.services.spread import Counts


class StageFact(NamedTuple):
    """What a report reads of one stage of one complaint."""

    number: int
    received_on: dt.date
    due_on: dt.date | None
    provisional: bool
    responded_on: dt.date | None
    on_time: bool
    working_days: int
    """Taken; below 0 while it is not answered."""
    outcome: str
    cause: str
    redress: tuple[str, ...]
    status: str
    """Of the complaint, as are the next four."""
    site: str
    jurisdiction: str
    category: str
    channel: str


@dataclass
class Figures:
    """Counts of stages within some days."""

    received: int = 0
    answered: int = 0
    on_time: int = 0
    """Of the answered."""
    open: int = 0
    """At the end of the days, as are the next two."""
    overdue: int = 0
    provisional: int = 0
    """Of the open, those whose due date rests on bank holidays that are not known yet."""
    reviews: int = 0
    """Of the received, those of stage 2."""
    first_answers: int = 0
    """Of the answered, those of stage 1."""
    taken: Counts = field(default_factory=Counter)
    """How many answers took how many working days."""

    def take(self, fact: StageFact, days: Days) -> None:
        """Count one stage."""
        if days.first <= fact.received_on <= days.last:
            self.received += 1
            self.reviews += fact.number == 2
        if fact.responded_on is None or fact.responded_on > days.last:
            self._take_open(fact, days.last)
        elif fact.responded_on >= days.first:
            self.answered += 1
            self.on_time += fact.on_time
            self.first_answers += fact.number == 1
            self.taken[max(fact.working_days, 0)] += 1

    def __iadd__(self, other: Figures) -> Figures:
        return spread.add(self, other)

    def _take_open(self, fact: StageFact, last: dt.date) -> None:
        if fact.received_on <= last:
            self.open += 1
            self.overdue += fact.due_on is not None and fact.due_on < last
            self.provisional += fact.provisional


PARTS = ("categories", "channels", "causes", "outcomes", "redress")
"""What is told of the whole, one list after the other."""


@dataclass
class Lesson:
    """What complaints of one main category teach."""

    received: int = 0
    answered: int = 0
    upheld: int = 0
    """Of the answered, in part or whole."""
    causes: Counter[str] = field(default_factory=Counter)
    """Of the answered."""

    def __iadd__(self, other: Lesson) -> Lesson:
        return spread.add(self, other)


@dataclass
class Counted:
    """Everything that is counted of some days."""

    whole: Figures = field(default_factory=Figures)
    groups: dict[str, Figures] = field(default_factory=dict)
    parts: dict[str, Counter[str]] = field(
        default_factory=lambda: {name: Counter() for name in PARTS}
    )
    """Of the complaints that were received their categories and channels; of the answers their
    causes, outcomes and redress."""
    lessons: dict[str, Lesson] = field(default_factory=dict)
    """By main category."""
    aside: Counter[str] = field(default_factory=Counter)
    """Complaints that were received and are in no other figure, by how they ended."""

    def __iadd__(self, other: Counted) -> Counted:
        self.whole += other.whole
        for code, figures in other.groups.items():
            spread.add(self.groups.setdefault(code, Figures()), figures)
        for name, counts in other.parts.items():
            self.parts[name] += counts
        for code, lesson in other.lessons.items():
            spread.add(self.lessons.setdefault(code, Lesson()), lesson)
        self.aside += other.aside
        return self

    def take(self, facts: Iterable[StageFact], asked: Asked) -> None:
        """Count stages."""
        months = tuple(asked.days.months()) if asked.by is By.MONTH else ()
        for fact in facts:
            if fact.status in UNCOUNTED:
                if fact.number == 1 and _within(fact.received_on, asked.days):
                    self.aside[fact.status] += 1
                continue
            self.whole.take(fact, asked.days)
            self._take_parts(fact, asked.days)
            if asked.by is By.MONTH:
                self._take_months(fact, months)
            else:
                self.groups.setdefault(_code(fact, asked.by), Figures()).take(fact, asked.days)

    def _take_months(self, fact: StageFact, months: Sequence[Days]) -> None:
        """Count one stage in each month in which it was open, from its receipt to its answer."""
        begun = max(0, bisect_right(months, fact.received_on, key=lambda days: days.first) - 1)
        for days in months[begun:]:
            self.groups.setdefault(f"{days.first:%Y-%m}", Figures()).take(fact, days)
            if fact.responded_on is not None and fact.responded_on <= days.last:
                break

    def _take_parts(self, fact: StageFact, days: Days) -> None:
        lesson = self.lessons.setdefault(fact.category, Lesson())
        if fact.number == 1 and _within(fact.received_on, days):
            self.parts["categories"][fact.category] += 1
            self.parts["channels"][fact.channel] += 1
            lesson.received += 1
        if _within(fact.responded_on, days):
            self.parts["causes"][fact.cause] += 1
            self.parts["outcomes"][fact.outcome] += 1
            self.parts["redress"].update(fact.redress)
            lesson.answered += 1
            lesson.upheld += fact.outcome in (Outcome.UPHELD, Outcome.PARTLY_UPHELD)
            lesson.causes[fact.cause] += 1


def _within(day: dt.date | None, days: Days) -> bool:
    return day is not None and days.first <= day <= days.last


def _code(fact: StageFact, by: By) -> str:
    """What a stage counts under; empty for a cause while it is not answered."""
    return str(fact.number) if by is By.STAGE else str(getattr(fact, by.value))
