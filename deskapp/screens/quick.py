"""A screen that is styled and laid out once when it is shown; Textual alone does both twice."""

from __future__ import annotations

from typing import TypeVar

from textual import events
from textual.geometry import Size
from textual.screen import Screen

R = TypeVar("R")


class QuickScreen(Screen[R]):
    """What fills the whole terminal: below a dialog shows what only its second time draws."""

    def _on_screen_resume(self, event: events.ScreenResume) -> None:
        """Every widget got its styles when it was mounted, just before it is first shown."""
        if not self.stack_updates:
            event.refresh_styles = False

    def _screen_resized(self, size: Size) -> None:
        """Lay out anew where the size is another one; Textual tells of the first one as well."""
        if size != self._size:
            super()._screen_resized(size)
