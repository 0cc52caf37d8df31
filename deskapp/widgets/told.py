"""Words on a screen that are set at every key and seldom change."""

from __future__ import annotations

from textual.visual import VisualType
from textual.widgets import Static


class Told(Static):
    """Words as wide as what they stand in.

    They are drawn when they are others; the screen is laid out anew when they take more or fewer
    lines than before.
    """

    def update(self, content: VisualType = "", *, layout: bool = True) -> None:
        """Show these words."""
        if content == self.content:
            return
        before = self._lines
        super().update(content, layout=False)
        self.clear_cached_dimensions()
        if layout and (not before or self._lines != before):
            self.refresh(layout=True)

    @property
    def _lines(self) -> int:
        """How many lines the words take; 0 before there is a width."""
        width = self.content_size.width
        return self.get_content_height(self.container_size, self.app.size, width)
