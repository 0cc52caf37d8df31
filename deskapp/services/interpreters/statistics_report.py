"""The figures of the bookings in the store, month by month, so that the reader is soon free again.

Bookings under the contract and those the court made itself are in the published figures; those of
the Welsh Language Unit, the witness scheme, a side or a judge's permission stand beside them.
Source: interpreter sheet, sections 2 and 9.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from deskapp.clock import stamp
from deskapp.data.connection import Connection
from deskapp.roles import User
from deskapp.services.dates import ONE_DAY
from deskapp.services.days import Days, check_days
from deskapp.services.interpreters.bookings import FINAL, Route, Status
from deskapp.services.interpreters.statistics import Channel, Row, Statistics, statistics
from deskapp.services.interpreters.statistics_asked import Asked, By
from deskapp.services.interpreters.wall import start_of

CHANNELS = {Route.CONTRACT: Channel.ON_CONTRACT, Route.OFF_CONTRACT: Channel.OFF_CONTRACT}
"""Which routes are in the published figures, and as what."""


@dataclass
class Counted:
    """What was counted so far."""

    rows: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    """By the code of what they are broken down by."""
    other_routes: Counter[Route] = field(default_factory=Counter)

    def __iadd__(self, other: Counted) -> Counted:
        for code, rows in other.rows.items():
            self.rows[code] += rows
        self.other_routes += other.other_routes
        return self


@dataclass(frozen=True)
class Report:
    """Everything the figures tell."""

    asked: Asked
    site: str
    """Key of the site they are about; empty when they are about every one."""
    whole: Statistics
    groups: Mapping[str, Statistics]
    other_routes: Counter[Route]
    """Bookings that came to an end and are in no other figure."""


def piece(connection: Connection, asked: Asked, month: Days, *, user: User) -> Counted:
    """What came to an end of the bookings that begin in ``month``.

    Raises:
        NotAllowedError: If the role may not see it.
        FormProblemsError: If the range has no days or too many.
    """
    check_days(asked.days, user=user)
    statement, values = query(asked.by, month, user.site)
    counted = Counted()
    for row in connection.execute(statement, values):
        _take(counted, asked.by, *row)
    return counted


def put_together(asked: Asked, counted: Counted, *, user: User) -> Report:
    """The figures of what was counted."""
    first, last = asked.days
    every = (row for rows in counted.rows.values() for row in rows)
    return Report(
        asked=asked,
        site="" if asked.by is By.SITE else user.site,
        whole=statistics(every, first, last),
        groups={code: statistics(rows, first, last) for code, rows in counted.rows.items()},
        other_routes=counted.other_routes,
    )


def read(connection: Connection, asked: Asked, *, user: User) -> Report:
    """The figures at once, for a program that does nothing else meanwhile.

    Raises:
        NotAllowedError: If the role may not see them.
        FormProblemsError: If the range has no days or too many.
    """
    check_days(asked.days, user=user)
    counted = Counted()
    for month in asked.days.months():
        counted += piece(connection, asked, month, user=user)
    return put_together(asked, counted, user=user)


def query(by: By, month: Days, site: str) -> tuple[str, dict[str, Any]]:
    """The statement that counts a month, and its values; an index leads to the bookings."""
    scope = "b.starts_at >= :begin AND b.starts_at < :end"
    if by is not By.SITE:
        scope = "b.site = :site AND b.day BETWEEN :first AND :last"
    values = {
        "begin": stamp(start_of(month.first)),
        "end": stamp(start_of(month.last + ONE_DAY)),
        "first": month.first.isoformat(),
        "last": month.last.isoformat(),
        "site": site,
    }
    return _COUNTS.format(scope=scope), values


_COUNTS = """
    SELECT b.status, b.route, b.language_code, b.kind, b.site, b.day, count(*), coalesce(sum(
        (SELECT count(*) FROM booking_event AS e WHERE e.booking_id = b.id
         AND e.code = 'complaint_proven')), 0)
    FROM booking AS b WHERE {scope}
    GROUP BY b.status, b.route, b.language_code, b.kind, b.site, b.day
"""


def _take(
    counted: Counted, by: By, status: str, route: str, language: str, kind: str, site: str,
    day: str, count: int, complaints: int,
) -> None:  # fmt: skip
    on = dt.date.fromisoformat(day)
    if Status(status) not in FINAL:
        return
    if Route(route) not in CHANNELS:
        counted.other_routes[Route(route)] += count
        return
    row = Row(Status(status), CHANNELS[Route(route)], language, on, count, complaints)
    codes = {
        By.LANGUAGE: language,
        By.MONTH: f"{on:%Y-%m}",
        By.QUARTER: f"{on.year}-{(on.month + 2) // 3}",
        By.KIND: kind,
        By.SITE: site,
    }
    counted.rows[codes[by]].append(row)


def in_order(report: Report) -> list[str]:
    """The codes of the groups: times in their order, everything else by number of requests."""
    codes: Iterable[str] = report.groups
    if report.asked.by in (By.MONTH, By.QUARTER):
        return sorted(codes)
    return sorted(codes, key=lambda code: (-report.groups[code].completed, code))
