"""Average, middle and upper end of whole numbers that were counted: seconds, working days."""

from __future__ import annotations

from collections import Counter

Counts = Counter[int]
"""How many times each number came."""


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
