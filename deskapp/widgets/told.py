"""Words on a screen that are set at every key and seldom change."""

from __future__ import annotations

from textual.visual import VisualType
from textual.widgets import Static


class Told(Static):
    """Words that are drawn, and the screen laid out anew, only when they are others."""

    def update(self, content: VisualType = "", *, layout: bool = True) -> None:
        """Show these words."""
        if content != self.content:
            super().update(content, layout=layout)
