"""The last line of every screen: the keys that work here, in the language in use."""

from __future__ import annotations

from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from deskapp import keys
from deskapp.i18n import _


class KeyLine(Widget):
    """One line of keys; what does not fit is left to help. Help and the way back always stand."""

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
        names = list(self._names)
        while len(names) > 1 and _cells(_parts(names), gap=1) > width:
            names.remove(next((name for name in names[:0:-1] if not _leads_back(name)), names[-1]))
        return _parts(names)

    def render_line(self, y: int) -> Strip:
        """The line of keys."""
        width = self.size.width
        style, plain = self.get_component_rich_style("key-line--key"), self.rich_style
        parts = self.parts(width)
        gap = " " * (2 if _cells(parts, gap=2) <= width else 1)
        segments: list[Segment] = []
        for key, label in parts:
            segments += [Segment(key, style), Segment(f" {label}{gap}", plain)]
        return Strip(segments).adjust_cell_length(width, plain)


def _parts(names: list[str]) -> list[tuple[str, str]]:
    return [(keys.shown(name), _(keys.KEYS[name].label)) for name in names]


def _leads_back(name: str) -> bool:
    return keys.KEYS[name].action == "back"


def _cells(parts: list[tuple[str, str]], *, gap: int) -> int:
    """How wide the keys are with ``gap`` cells between them."""
    return sum(cell_len(f"{key} {label}") for key, label in parts) + gap * (len(parts) - 1)
