"""Hides small counts in what leaves the site, so that nobody can be recognised in a table.

Counts from 1 up to a limit are hidden; 0 tells about nobody. Where the hidden ones together are so
few, the total would tell it, so the next smallest is hidden with them.
Source: enquiries sheet, section 14.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
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

    def plain(self, count: int) -> str:
        """A count as programs read it: without marks between thousands."""
        return self.count(count) if self.small(count) else str(count)

    def hidden_rows(
        self, counts: Mapping[str, int], hidden: Collection[str] = ()
    ) -> frozenset[str]:
        """The rows whose counts must be hidden beside the total they add up to.

        ``hidden`` are rows of which nothing is told, whatever they count here.
        """
        found = {name for name, count in counts.items() if name in hidden or self.small(count)}
        shown = [(count, name) for name, count in counts.items() if count and name not in found]
        if shown and self.small(sum(counts[name] for name in found)):
            found.add(min(shown)[1])
        return frozenset(found)
