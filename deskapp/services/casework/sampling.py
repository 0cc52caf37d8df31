"""Which part of the work is looked at again, and who might take the next piece of it.

Source: casework sheet, section 1.7.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from deskapp.services.casework.values import day_of
from deskapp.services.casework.vocabulary import Period


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


def period_of(period: Period, moment: dt.datetime) -> str:
    """The name of the period that a moment lies in: ``2026-W10``, ``2026-03``, ``2026-Q1``."""
    day = day_of(moment)
    if period is Period.DAY:
        return day.isoformat()
    if period is Period.WEEK:
        return f"{day:%G-W%V}"
    if period is Period.MONTH:
        return f"{day:%Y-%m}"
    return f"{day.year}-Q{(day.month + 2) // 3}" if period is Period.QUARTER else f"{day.year}"


def suggested(loads: Iterable[Load]) -> str | None:
    """Who might take the next item: the least to do, then the longest without, then by name."""
    never = dt.datetime.min.replace(tzinfo=dt.UTC)
    ordered = sorted(loads, key=lambda load: (load.weight, load.last_at or never, load.name))
    return ordered[0].name if ordered else None


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
