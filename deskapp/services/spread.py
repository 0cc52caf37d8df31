"""Figures that are counted piece by piece: added up, then their average, middle and upper end."""

from __future__ import annotations

from collections import Counter
from dataclasses import fields
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    F = TypeVar("F", bound=DataclassInstance)

Counts = Counter[int]
"""How many times each number came."""


def add(mine: F, other: F) -> F:
    """Add the figures of another piece to each of one's own."""
    for item in fields(mine):
        figure = getattr(mine, item.name)
        figure += getattr(other, item.name)
        setattr(mine, item.name, figure)
    return mine


def average(counts: Counts) -> float | None:
    """The average; none without numbers."""
    times = counts.total()
    return whole(counts) / times if times else None


def median(counts: Counts) -> float | None:
    """The number in the middle, or half way between the two in the middle."""
    times = counts.total()
    if not times:
        return None
    return (_at(counts, (times - 1) // 2) + _at(counts, times // 2)) / 2


def ninetieth(counts: Counts) -> float | None:
    """The smallest number that nine of ten did not exceed (nearest rank)."""
    times = counts.total()
    return float(_at(counts, (9 * times + 9) // 10 - 1)) if times else None


def whole(counts: Counts) -> int:
    """All the numbers together."""
    return sum(number * times for number, times in counts.items())


def _at(counts: Counts, place: int) -> int:
    """The number at a place of the sorted numbers, counted from 0."""
    for number in sorted(counts):
        place -= counts[number]
        if place < 0:
            return number
    raise IndexError(place)
