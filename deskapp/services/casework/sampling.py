"""Which part of the work is looked at again, and who might take the next piece of it.

Source: casework sheet, section 1.7.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import NamedTuple

from deskapp.errors import NotFoundError
from deskapp.i18n import _
from deskapp.services.casework.values import ONE_DAY, When, day_of
from deskapp.services.casework.vocabulary import Period
from deskapp.text import one_line


class Load(NamedTuple):
    """What somebody has to do already."""

    name: str
    weight: Decimal
    """The sum of the weights of their open items."""
    last_at: dt.datetime | None
    """When they were last given something; ``None`` when never."""


def sample(scheme: str, period: str, percent: int, items: Iterable[str]) -> list[str]:
    """The ids that are looked at again, of one group and one closed period, in hash order.

    At least ``percent`` of a hundred of them; the same on every machine, in whatever order the
    work was done.
    """
    ids = sorted(set(items), key=lambda each: _digest(f"{scheme}:{period}:{each}"))
    return ids[: -(-percent * len(ids) // 100)]


def period_of(period: Period, moment: When) -> str:
    """The name of the period that a moment lies in: ``2026-W10``, ``2026-03``, ``2026-Q1``."""
    day = day_of(moment)
    if period is Period.DAY:
        return day.isoformat()
    if period is Period.WEEK:
        return f"{day:%G-W%V}"
    if period is Period.MONTH:
        return f"{day:%Y-%m}"
    return f"{day.year}-Q{(day.month + 2) // 3}" if period is Period.QUARTER else f"{day.year}"


def days_of(name: str) -> tuple[dt.date, dt.date]:
    """The first and the last day of a period, by its name as ``period_of`` gives it.

    Raises:
        NotFoundError: If there is no such period.
    """
    for period, pattern, first in _PERIODS:
        if found := pattern.fullmatch(name):
            try:
                return _whole(period, first(*map(int, found.groups())))
            except ValueError:
                break
    message = _("There is no period {name}. Use one like 2026-W10, 2026-03, 2026-Q1 or 2026.")
    raise NotFoundError(message.format(name=one_line(name)))


def last_closed(period: Period, today: dt.date) -> str:
    """The name of the last period of a kind that is over."""
    first, _last = _whole(period, today)
    return period_of(period, first - ONE_DAY)


def closed(period: Period, today: dt.date, around: dt.date) -> str:
    """The name of the period of a kind around a day; of the last that is over when that is not."""
    last = last_closed(period, today)
    return period_of(period, min(around, days_of(last)[0]))


def _whole(period: Period, within: dt.date) -> tuple[dt.date, dt.date]:
    """The first and the last day of the period around a day."""
    name = period_of(period, within)
    first = last = within
    while period_of(period, first - ONE_DAY) == name:
        first -= ONE_DAY
    while period_of(period, last + ONE_DAY) == name:
        last += ONE_DAY
    return first, last


_First = Callable[..., dt.date]
_PERIODS: tuple[tuple[Period, re.Pattern[str], _First], ...] = (
    (Period.DAY, re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII), dt.date),
    (
        Period.WEEK,
        re.compile(r"(\d{4})-W(\d\d)", re.ASCII),
        lambda y, w: dt.date.fromisocalendar(y, w, 1),
    ),
    (
        Period.MONTH,
        re.compile(r"(\d{4})-(\d\d)", re.ASCII),
        lambda year, month: dt.date(year, month, 1),
    ),
    (
        Period.QUARTER,
        re.compile(r"(\d{4})-Q([1-4])", re.ASCII),
        lambda year, q: dt.date(year, 3 * q, 1),
    ),
    (Period.YEAR, re.compile(r"(\d{4})", re.ASCII), lambda year: dt.date(year, 1, 1)),
)


def suggested(loads: Iterable[Load]) -> str | None:
    """Who might take the next item: the least to do, then the longest without, then by name."""
    never = dt.datetime.min.replace(tzinfo=dt.UTC)
    ordered = sorted(loads, key=lambda load: (load.weight, load.last_at or never, load.name))
    return ordered[0].name if ordered else None


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
