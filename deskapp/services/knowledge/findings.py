"""What is wrong with the knowledge content, in words for those who edit it."""

from __future__ import annotations

from typing import NamedTuple


class Finding(NamedTuple):
    """One thing to put right in a file of the content folder."""

    rule: str
    """Number of the rule, E1 to E17 or W1 to W5."""
    file: str
    """Path of the file, below the content folder."""
    where: str
    """Line of the file, or node of the script; empty for the whole file."""
    message: str
    """What is wrong and what to do, in the language in use."""
    stops: bool = True
    """Whether it stops a release."""

    def line(self) -> str:
        """The finding as one line: place, rule, sentence."""
        place = f"{self.file}:{self.where}" if self.where else self.file
        return f"{place}: {self.rule} {self.message}"
