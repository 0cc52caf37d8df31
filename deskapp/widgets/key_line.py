"""The last line of every screen: the keys that work here, in the language in use."""

from __future__ import annotations

from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from deskapp import keys
from deskapp.i18n import _


class KeyLine(Widget):
    """One line of keys; those that do not fit are left to help, and help is never left out."""

    DEFAULT_CSS = """
    KeyLine { height: 1; dock: bottom; }
    KeyLine > .key-line--key { text-style: bold reverse; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"key-line--key"}

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__()
        self._names = tuple(name for name in names if keys.KEYS[name].footer)

    def parts(self, width: int) -> list[tuple[str, str]]:
        """The keys that fit into ``width`` cells, each with its label."""
        fitting: list[tuple[str, str]] = []
        left = width
        for name in self._names:
            key, label = keys.shown(name), _(keys.KEYS[name].label)
            left -= cell_len(f"{key} {label}  ")
            if left < -2:
                break
            fitting.append((key, label))
        return fitting

    def render_line(self, y: int) -> Strip:
        """The line of keys."""
        width = self.size.width
        style = self.get_component_rich_style("key-line--key")
        segments: list[Segment] = []
        for key, label in self.parts(width):
            segments += [Segment(key, style), Segment(f" {label}  ", self.rich_style)]
        used = sum(cell_len(segment.text) for segment in segments)
        if used < width:
            segments.append(Segment(set_cell_size("", width - used), self.rich_style))
        return Strip(segments).crop(0, width)
