"""A screen that leaves the form it was opened from in view, where the terminal is wide enough."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical

from deskapp.screens.base import DeskScreen
from deskapp.screens.form_screen import FormScreen

if TYPE_CHECKING:
    from textual.screen import Screen

BESIDE_FROM = 120
"""Columns from which a form and what was opened from it stand side by side."""


class Beside(DeskScreen[None]):
    """The right half of a wide terminal while a form is open below, else all of it.

    The form keeps its words and its cursor; it gets its full width back when it is on top again.
    """

    DEFAULT_CSS: ClassVar[str] = """
    Beside > #pane { width: 100%; height: 100%; }
    Beside.-beside { background: transparent; align-horizontal: right; }
    Beside.-beside > #pane { width: 50%; background: $background; border-left: solid $accent; }
    """

    def compose(self) -> ComposeResult:
        with Vertical(id="pane"):
            yield from super().compose()

    def on_resize(self) -> None:
        self._stand()

    def on_screen_resume(self) -> None:
        self._stand()

    def _stand(self) -> None:
        """Stand beside the form, or over it."""
        form = self.form_below
        beside = form is not None and self.app.size.width >= BESIDE_FROM
        self.set_class(beside, "-beside")
        if form is not None:
            form.set_class(beside, "-beside")

    @property
    def form_below(self) -> FormScreen | None:
        """The form that this was opened from, screens of this kind in between left out."""
        below: list[Screen[Any]] = [
            screen for screen in self.app.screen_stack if not isinstance(screen, Beside)
        ]
        return below[-1] if below and isinstance(below[-1], FormScreen) else None
