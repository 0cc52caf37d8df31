"""A short list of lines to choose from, whose marked line takes the hardware cursor."""

from __future__ import annotations

from textual import events
from textual.geometry import Offset, Size
from textual.reactive import Reactive
from textual.widgets import OptionList


class MarkedList(OptionList):
    """Lines of plain text without a border; speech and braille follow the mark."""

    DEFAULT_CSS = """
    MarkedList { height: auto; border: none; padding: 0; background: $background; }
    MarkedList:focus { border: none; }
    MarkedList > .option-list--option-highlighted,
    MarkedList:focus > .option-list--option-highlighted { text-style: reverse; }
    """
    virtual_size = Reactive(Size(0, 0))
    """Without a layout: what is listed has it laid out where its height is that of its lines."""

    def __init__(self, *, id: str | None = None, can_focus: bool = True) -> None:
        super().__init__(id=id, markup=False, compact=True)
        self.can_focus = can_focus

    def watch_highlighted(self, highlighted: int | None) -> None:
        super().watch_highlighted(highlighted)
        self._lead()

    def on_focus(self, _event: events.Focus) -> None:
        self._lead()

    def _lead(self) -> None:
        """Put the hardware cursor on the marked line."""
        if self.highlighted is not None and self.is_attached and self.display:
            line = self.highlighted - self.scroll_offset.y
            self.app.cursor_position = self.content_region.offset + Offset(0, line)
