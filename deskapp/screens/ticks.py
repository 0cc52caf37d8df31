"""A list of things that letters tick: identity checks, needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Label

from deskapp.i18n import N_, _
from deskapp.screens.dialog import Dialog
from deskapp.widgets.ticks import Tick, TickList


class Ticks(Dialog[None]):
    """Every tick counts at once; Enter or Esc closes."""

    HELP: ClassVar[str] = N_(
        "Press the letter of a line to tick it, again to change the tick or to take it away. Every"
        " tick is kept at once. Enter or Esc closes."
    )
    DEFAULT_CSS = """
    Ticks { align: center middle; }
    Ticks > Vertical {
        width: 78; max-width: 100%; height: auto; border: solid $accent; padding: 0 1;
        background: $background;
    }
    Ticks Label { width: 100%; height: auto; text-style: bold; }
    Ticks .hint { text-style: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,escape", "close", show=False)]

    def __init__(
        self,
        question: str,
        ticks: Sequence[Tick],
        words: Mapping[str, str],
        marks: Mapping[str, str],
        ticked: Callable[[str, dict[str, str]], tuple[Mapping[str, str], str]],
    ) -> None:
        """Ask for ticks.

        Args:
            question: What is ticked.
            ticks: The lines.
            words: The word of each mark.
            marks: What is ticked already.
            ticked: Keeps what is ticked; gets the line that changed (empty at first) and all
                marks, and returns the marks to show and what follows from them, in words.
        """
        super().__init__(question)
        self._list = TickList(ticks, words, marks)
        self._ticked = ticked
        self._follows = Label(ticked("", dict(marks))[1], markup=False)

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Label(self.question, markup=False)
            yield self._list
            yield self._follows
            yield Label(
                _("Press a letter to tick, again to change it; Enter closes"),
                classes="hint",
                markup=False,
            )

    @on(TickList.Ticked)
    def _changed(self, event: TickList.Ticked) -> None:
        marks, follows = self._ticked(event.code, event.marks)
        self._list.show(marks)
        self._follows.update(follows)

    def action_close(self) -> None:
        """Go back to the form."""
        self.dismiss(None)
