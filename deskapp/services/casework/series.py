"""Series: when the occurrences of an item that comes again and again fall.

Source: casework sheet, section 1.4.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from deskapp.services.casework import due
from deskapp.services.casework.due import Anchors, Due
from deskapp.services.casework.rules import Amount, Chosen, Shift, Step
from deskapp.services.casework.scheme import Series
from deskapp.services.casework.values import When, day_of
from deskapp.services.casework.vocabulary import Cadence

MOST_OCCURRENCES = 5_000
"""Of one series of one case: a daily check for nineteen years."""


def occurrence(
    series: Series, number: int, before: dt.datetime | None, facts: Anchors
) -> Due | None:
    """When occurrence ``number`` (1 or more) falls; ``None`` after the end, or when not known yet.

    Args:
        series: What the scheme says.
        number: Which occurrence.
        before: When the one before it was done; only ``after_done`` looks at it.
        facts: Anchors and fields of the case.

    Raises:
        OverflowError: If it lies too far away to be counted.
    """
    if number > MOST_OCCURRENCES or _is_after_last(series, number, facts):
        return None
    start: When | None = facts.anchor(series.start)
    times = series.first + number - 1
    if series.cadence is Cadence.AFTER_DONE and number > 1:
        start, times = before, 1
    step = _step(series, facts)
    if start is None or step is None:
        return None
    step = _times(step, times, facts)
    found = due.shift(Shift("", back=False, step=step, touches=series.touches), start, facts)
    until = facts.anchor(series.until) if series.until else None
    if found and until and day_of(found.when) > day_of(until):
        return None
    return found


def dates(series: Series, number: int, facts: Anchors) -> Iterator[When]:
    """When the first ``number`` occurrences fall, as far as there are any."""
    for each in range(1, number + 1):
        found = occurrence(series, each, None, facts)
        if found is None:
            return
        yield found.when


def rotation(series: Series, number: int, facts: Anchors) -> str:
    """Which of the list of a rotating series an occurrence is about; empty when there is none."""
    names = series.rotate
    if isinstance(names, str):
        value = facts.value(names) if names else None
        names = value if isinstance(value, tuple) else ()
    return names[(number - 1) % len(names)] if names else ""


def _is_after_last(series: Series, number: int, facts: Anchors) -> bool:
    if series.times is None:
        return False
    last = due.amount(series.times, facts)
    return last is None or number > last


def _step(series: Series, facts: Anchors) -> Step | None:
    every = series.every
    if isinstance(every, Chosen):
        result = due.first_hit(every, facts)
        return result if isinstance(result, Step) else None
    return every


def _times(step: Step, times: int, facts: Anchors) -> Step:
    """``step`` so many times over, from the anchor, so that month ends do not drift."""

    def over(number: Amount) -> Amount:
        found = due.amount(number, facts)
        return number if found is None else found * times

    return replace(
        step,
        years=over(step.years),
        months=over(step.months),
        weeks=over(step.weeks),
        days=over(step.days),
        working_days=over(step.working_days),
    )
