"""The lines of a report: what it counts, by period and group, with the figures of each."""

from __future__ import annotations

import datetime as dt
import statistics
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from deskapp.clock import stamp
from deskapp.services.casework import sampling
from deskapp.services.casework.counted import Subject
from deskapp.services.casework.papers import Measure, Report
from deskapp.services.casework.values import When, day_of, start_of
from deskapp.services.small_numbers import HIDDEN, Mask


def moment(subject: Subject, report: Report) -> When | None:
    """When something counts: a length of time, when it ends."""
    lengths = [measure.between for measure in report.measures if measure.between]
    return subject.anchor(lengths[0][1]) if lengths else subject.moment


def rows(
    report: Report, groups: Sequence[str], subjects: Sequence[Subject], outside: Mask | None
) -> Iterator[tuple[str, ...]]:
    """A line for each period and group, in their order; the figures last."""
    found: dict[tuple[object, ...], list[Subject]] = defaultdict(list)
    for subject in subjects:
        key = (*_period(report, subject), *(subject.value(name) for name in groups))
        found[key].append(subject)

    def place(of: Sequence[Subject]) -> tuple[str, ...]:
        return (*_period(report, of[0]), *(_sorted_by(of[0], name) for name in groups))

    for of in sorted(found.values(), key=place):
        small = outside is not None and outside.small(len(of))
        yield (
            *_period(report, of[0]),
            *(of[0].text(name) for name in groups),
            *(_figure(each, of, outside or Mask(), small=small) for each in report.measures),
        )


def _period(report: Report, subject: Subject) -> tuple[str, ...]:
    when = moment(subject, report)
    if report.period is None or when is None:
        return ()
    return (sampling.period_of(report.period, when),)


def _sorted_by(subject: Subject, name: str) -> str:
    value = subject.value(name)
    if isinstance(value, dt.datetime):
        return stamp(value)
    if isinstance(value, int):
        return f"{value:020}"
    return value.isoformat() if isinstance(value, dt.date) else subject.text(name).casefold()


def _figure(measure: Measure, of: Sequence[Subject], mask: Mask, *, small: bool) -> str:
    if measure.kind == "count":
        return mask.count(len(of))
    if measure.kind == "overdue":
        return mask.count(sum(each.overdue for each in of))
    if small:
        return HIDDEN
    if measure.kind == "sum":
        return _sum([each.value(measure.of) for each in of])
    if measure.kind == "percent" and measure.where:
        return mask.percent(sum(each.holds(measure.where) for each in of), len(of))
    lengths = [length for each in of if (length := _length(measure, each)) is not None]
    if not lengths:
        return "-"
    figure = max(lengths) if measure.kind == "worst_hours" else statistics.median(lengths)
    return f"{round(figure, 1):g}"


def _sum(values: Sequence[object]) -> str:
    numbers = [each for each in values if isinstance(each, int | Decimal)]
    if any(isinstance(each, Decimal) for each in numbers):
        return f"£{sum(numbers):,.2f}"
    return f"{sum(numbers):,}"


def _length(measure: Measure, subject: Subject) -> float | None:
    """The time between its two anchors: hours that pass, or working days."""
    if measure.between is None:
        return None
    since, until = (subject.anchor(name) for name in measure.between)
    if since is None or until is None:
        return None
    if measure.kind != "median":
        return (_instant(until) - _instant(since)) / dt.timedelta(hours=1)
    return subject.calendar.working_days_between(day_of(since), day_of(until))


def _instant(when: When) -> dt.datetime:
    """In UTC, where an hour is an hour on the days of the clock change too."""
    instant = when if isinstance(when, dt.datetime) else start_of(when)
    return instant.astimezone(dt.UTC)
