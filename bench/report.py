"""What the bench found, and how it is printed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Line(NamedTuple):
    """One figure, most often a ratio of two things measured in turn in this run."""

    target: str
    """Its name in the design sheets, or nothing."""
    what: str
    value: float
    goal: float | None
    """The most it may be; None where nothing is asked."""
    detail: str
    unit: str = "x"

    @property
    def missed(self) -> bool:
        """Whether the goal is missed."""
        return self.goal is not None and self.value > self.goal


def as_text(line: Line) -> str:
    """A line of the table."""
    goal = "" if line.goal is None else f"<= {line.goal:g} {line.unit}"
    verdict = "MISS" if line.missed else "ok" if goal else ""
    value = f"{line.value:.2f} {line.unit}"
    return f"{line.target:3} {line.what:62} {value:>9} {goal:10} {verdict:4} {line.detail}"


def as_data(lines: Iterable[Line]) -> list[dict[str, object]]:
    """The lines for a program."""
    return [{**line._asdict(), "missed": line.missed} for line in lines]
