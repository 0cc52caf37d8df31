"""A record to read: labels with what they hold, and headed parts below them; it scrolls."""

from __future__ import annotations

from collections.abc import Iterable

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

LABEL_WIDTH = 16
"""Columns of the labels, unless one of them needs more."""
MOST_LABEL_WIDTH = 30
"""A longer label runs on into its value."""


class RecordPage(VerticalScroll):
    """Shows one record; the arrow keys move through a long one."""

    DEFAULT_CSS = "RecordPage { height: 1fr; scrollbar-size-vertical: 1; }"

    def compose(self) -> ComposeResult:
        yield Static("", id="record", markup=False)

    def show(self, *parts: Text) -> None:
        """Show these parts, an empty line between them; empty ones are left out."""
        page = Text("\n").join(part for part in parts if part)
        self.query_one("#record", Static).update(page)


def labelled(given: Iterable[tuple[str, str]]) -> Text:
    """Labels, one below the other, with their values beside them; empty values are left out."""
    kept = [(label, value) for label, value in given if value]
    lengths = (min(len(label), MOST_LABEL_WIDTH) for label, _value in kept)
    width = max(LABEL_WIDTH, *lengths, 0) + 1
    part = Text()
    for label, value in kept:
        part.append(label.ljust(width - 1) + " ", style="bold")
        part.append(value.replace("\n", "\n" + " " * width) + "\n")
    return part


def headed(heading: str, lines: Iterable[str | Text]) -> Text:
    """Lines below a heading; nothing when there are none."""
    part = Text()
    for line in lines:
        if not part:
            part.append(f"{heading}\n", style="bold")
        part.append(line)
        part.append("\n")
    return part
