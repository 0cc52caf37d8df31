"""Hides small counts in what leaves the site, so that nobody can be recognised in a table.

Counts from 1 up to a limit are hidden; 0 tells about nobody. Where only one row would be hidden, it
could be worked out from the total, so the next smallest is hidden with it.
Source: enquiries sheet, section 14.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from deskapp.i18n import _, number

HIDDEN = "*"


@dataclass(frozen=True)
class Mask:
    """How figures are written; counts from 1 to ``hide_up_to`` are hidden, none for 0."""

    hide_up_to: int = 0

    def small(self, count: int) -> bool:
        """Whether a count must be hidden."""
        return 1 <= count <= self.hide_up_to

    def count(self, count: int) -> str:
        """A count, or that it is small."""
        return f"<{self.hide_up_to + 1}" if self.small(count) else number(count)

    def percent(self, part: int, whole: int) -> str:
        """A share in whole per cent; hidden when the part or the rest is small."""
        if not whole:
            return "-"
        if self.small(part) or self.small(whole - part):
            return HIDDEN
        return f"{(200 * part + whole) // (2 * whole)}%"

    def share(self, part: int, whole: int) -> str:
        """A share in words: how many of how many, and per cent."""
        percent = self.percent(part, whole)
        if percent in ("-", HIDDEN):
            return percent
        return _("{percent} ({part} of {whole})").format(
            percent=percent, part=number(part), whole=number(whole)
        )

    def time(self, seconds: float | None, contacts: int) -> str:
        """Minutes and seconds; hidden when so few contacts were timed."""
        if seconds is None:
            return "-"
        if self.small(contacts):
            return HIDDEN
        minutes, rest = divmod(round(seconds), 60)
        return f"{number(minutes)}:{rest:02}"

    def hidden_rows(self, counts: Mapping[str, int]) -> frozenset[str]:
        """The rows of a table whose counts add up to a total that must be hidden."""
        small = [name for name, count in counts.items() if self.small(count)]
        others = sorted((count, name) for name, count in counts.items() if name not in small)
        others = [(count, name) for count, name in others if count]
        if len(small) == 1 and others:
            small.append(others[0][1])
        return frozenset(small)
