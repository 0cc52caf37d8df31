"""The first line of every screen: where one is, who is at which desk, keys of every screen."""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from deskapp.i18n import _
from deskapp.text import one_line


class TopLine(Widget):
    """Heading on the left, person, place and keys on the right; cut, never wrapped."""

    DEFAULT_CSS = "TopLine { height: 1; dock: top; text-style: reverse; }"

    def __init__(self, heading: str, right: str, end: str) -> None:
        super().__init__()
        self._heading = heading
        self._right = one_line(right)
        self._end = end

    def show(self, right: str) -> None:
        """Say something else on the right."""
        self._right = one_line(right)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """The line, cut to the width of the screen."""
        width = self.size.width
        left = " deskapp  " + _(self._heading)
        end = f"  {self._end} "
        room = max(0, width - cell_len(left) - cell_len(end) - 1)
        right = self._right
        if cell_len(right) > room:
            right = set_cell_size(right, max(0, room - 1)) + "…" if room > 1 else ""
        text = set_cell_size(left, width - cell_len(right + end)) + right + end
        return Strip([Segment(set_cell_size(text, width), self.rich_style)], width)
