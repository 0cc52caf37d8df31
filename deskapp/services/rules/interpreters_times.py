"""The operations of interpreter cases that are about times. Source: sheet, section 9."""

from __future__ import annotations

from deskapp.services.interpreters import notice, repeats
from deskapp.services.interpreters.codes import ordered
from deskapp.services.interpreters.repeats import Every
from deskapp.services.interpreters.settings import shipped
from deskapp.services.interpreters.wall import Span, span
from deskapp.services.rules import cases, values
from deskapp.services.rules.cases import Fields, Json
from deskapp.services.rules.interpreters_values import (
    calendar,
    codes,
    instant,
    utc,
    wall,
    wall_text,
)

MOST_REPEATS = 1_000


def interval(given: Fields) -> Json:
    """The instants of two local times and the minutes between, or what is wrong with them."""
    found, errors = span(wall(given, "start"), wall(given, "end"))
    if found is None:
        return {"errors": codes(ordered(errors))}
    return {
        "errors": [],
        "start_utc": utc(found.start),
        "end_utc": utc(found.end),
        "minutes": found.minutes,
    }


def overlap(given: Fields) -> Json:
    """Whether two intervals share time, and how much."""
    one, other = (_span(values.table(given, name)) for name in ("a", "b"))
    minutes = one.shared(other)
    return {"overlap": minutes > 0, "minutes": minutes}


def cancel_class(given: Fields) -> Json:
    """How late a cancellation comes, and until when it would have been in time."""
    policy = values.table(given, "policy")
    start = instant(given, "start")
    cutoff = notice.cutoff(
        start,
        values.count(policy, "working_days_before", shipped().cancel_working_days_before),
        values.optional_clock(policy, "cutoff_time") or shipped().cancel_cutoff_time,
        calendar(given),
    )
    found = notice.cancel_class(start, instant(given, "cancelled_at"), cutoff)
    return {"class": str(found), "cutoff": wall_text(cutoff)}


def expand(given: Fields) -> Json:
    """Every booking of a series."""
    found = repeats.repeated(
        wall(given, "start"),
        wall(given, "end"),
        values.choice(given, "freq", Every),
        cases.whole_number(given, "count", least=0, most=MOST_REPEATS),
        calendar(given),
    )
    return {
        "occurrences": [{"start_utc": utc(each.start), "end_utc": utc(each.end)} for each in found]
    }


def _span(given: Fields) -> Span:
    return Span(instant(given, "start"), instant(given, "end"))
