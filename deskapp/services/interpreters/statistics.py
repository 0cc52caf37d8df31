"""The published figures: success, complaints, off contract, languages.

Source: interpreter sheet, section 9.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from deskapp.services.interpreters.bookings import FINAL, Status

TENTH = Decimal("0.1")


class Channel(StrEnum):
    """Whether a booking was made under the contract."""

    ON_CONTRACT = "on_contract"
    OFF_CONTRACT = "off_contract"


@dataclass(frozen=True)
class Row:
    """Bookings that are alike."""

    status: Status
    channel: Channel
    language: str
    on: dt.date
    """The local date of the start."""
    count: int = 1
    proven_complaints: int = 0
    """Of all of them together."""


@dataclass(frozen=True)
class Statistics:
    """The figures of a range of days."""

    outcomes: Counter[Status]
    """Final requests under the contract, by state."""
    languages: Counter[str]
    """The same by language code."""
    complaints: int
    off_contract: int

    @property
    def completed(self) -> int:
        """Requests under the contract that came to an end."""
        return self.outcomes.total()

    @property
    def success_rate(self) -> Decimal | None:
        """Of a hundred that the court did not cancel, how many were served."""
        served = self.outcomes[Status.FULFILLED] + self.outcomes[Status.CUSTOMER_DID_NOT_ATTEND]
        return percent(served, self.completed - self.outcomes[Status.CANCELLED_BY_COURT])

    @property
    def complaint_rate(self) -> Decimal | None:
        """Proven complaints for a hundred requests that came to an end."""
        return percent(self.complaints, self.completed)

    @property
    def off_contract_share(self) -> Decimal | None:
        """Of a hundred that came to an end, how many were off contract."""
        return percent(self.off_contract, self.completed + self.off_contract)

    def top(self, number: int) -> list[tuple[str, int]]:
        """The languages with most requests, by number and then code."""
        asked = ((code, count) for code, count in self.languages.items() if code and count)
        return sorted(asked, key=lambda each: (-each[1], each[0]))[:number]


def statistics(rows: Iterable[Row], first: dt.date, last: dt.date) -> Statistics:
    """The figures of the bookings that start in a range of days, both ends included."""
    outcomes: Counter[Status] = Counter()
    languages: Counter[str] = Counter()
    complaints = off_contract = 0
    for row in rows:
        if row.status not in FINAL or not first <= row.on <= last:
            continue
        if row.channel is Channel.OFF_CONTRACT:
            off_contract += row.count
            continue
        outcomes[row.status] += row.count
        languages[row.language] += row.count
        complaints += row.proven_complaints
    return Statistics(outcomes, languages, complaints, off_contract)


def percent(part: int, whole: int) -> Decimal | None:
    """A hundredth with one decimal, half-up; ``None`` of nothing, which is shown as n/a."""
    if not whole:
        return None
    return (Decimal(part) * 100 / whole).quantize(TENTH, ROUND_HALF_UP)
