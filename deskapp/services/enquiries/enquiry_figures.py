"""What is counted of contacts: sums that can be added up, and what is worked out from them.

Source: enquiries sheet, sections 7 (time) and 14 (reports).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from deskapp.services import spread


@dataclass
class Times:
    """Handling times in whole seconds; times that are suspect are not among them."""

    by_seconds: Counter[int] = field(default_factory=Counter)
    """How many contacts took so long."""
    wrap_seconds: int = 0

    def __iadd__(self, other: Times) -> Times:
        self.by_seconds.update(other.by_seconds)
        self.wrap_seconds += other.wrap_seconds
        return self

    @property
    def contacts(self) -> int:
        """How many contacts were timed."""
        return self.by_seconds.total()

    @property
    def seconds(self) -> int:
        """Handling time of them all."""
        return spread.whole(self.by_seconds)

    @property
    def average(self) -> float | None:
        """Seconds of a contact on average; none without contacts."""
        return spread.average(self.by_seconds)

    @property
    def median(self) -> float | None:
        """Seconds of the contact in the middle, or half way between the two in the middle."""
        return spread.median(self.by_seconds)

    @property
    def ninetieth(self) -> float | None:
        """The fewest seconds that nine of ten contacts did not exceed."""
        return spread.ninetieth(self.by_seconds)


@dataclass
class Figures:
    """Counts of contacts; those that ended as duplicate, test or discarded are in none of them."""

    contacts: int = 0
    suspect: int = 0
    """Contacts whose time is set aside."""
    live: Times = field(default_factory=Times)
    written: Times = field(default_factory=Times)
    """Letters and emails, which are kept apart."""
    answerable: int = 0
    """Live contacts that could be answered at first contact."""
    answered_first: int = 0
    not_identified: int = 0
    no_authority: int = 0
    dissatisfied: int = 0
    complained: int = 0
    """Of the dissatisfied, those whose contact ended as a complaint."""

    def __iadd__(self, other: Figures) -> Figures:
        return spread.add(self, other)


Groups = dict[str, Figures]
"""Figures by the code of what they are broken down by."""


def add(groups: Groups, others: Groups) -> None:
    """Add ``others`` to ``groups``."""
    for code, figures in others.items():
        own = groups.setdefault(code, Figures())
        own += figures


def total(groups: Groups) -> Figures:
    """The figures of all groups together."""
    whole = Figures()
    for figures in groups.values():
        whole += figures
    return whole
