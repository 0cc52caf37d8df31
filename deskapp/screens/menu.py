"""A short question answered by one letter: outcomes, where to go, yes or no."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Label
from textual.widgets.option_list import Option

from deskapp.i18n import N_, _
from deskapp.screens.base import Entry
from deskapp.screens.dialog import Dialog
from deskapp.widgets.marked_list import MarkedList

_AROUND = 4
"""Lines around the answers: the frame, a question of one line, and how it is answered."""


class Menu(Dialog[str]):
    """Shows the answers; a letter or Enter picks one, Esc picks none (dismisses with "")."""

    HELP: ClassVar[str] = N_(
        "Press the letter of an answer, in upper or lower case; or mark it with the arrow keys and"
        " press Enter. An answer in grey cannot be given now, the line below it says why. Esc or"
        " Left goes back and changes nothing."
    )
    DEFAULT_CSS = """
    Menu { align: center middle; }
    Menu > Vertical {
        width: 58; max-width: 100%; height: auto; border: solid $accent; padding: 0 1;
        background: $background;
    }
    Menu Label { width: 100%; height: auto; text-style: bold; }
    Menu .hint { text-style: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,left", "none", show=False)]

    def __init__(self, question: str, entries: Sequence[Entry]) -> None:
        super().__init__(question)
        self._entries = entries

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Label(self.question, markup=False)
            yield from self.body()
            yield Label(
                _("Press a letter, or Esc or Left to go back"), classes="hint", markup=False
            )

    def body(self) -> Iterable[Widget]:
        """What stands between the question and how it is answered."""
        yield listed(self._entries)

    def on_mount(self) -> None:
        for each in self.query(MarkedList):  # the question stays in view above a long list
            each.styles.max_height = self.app.size.height - _AROUND
        self.query(MarkedList).first().highlighted = 0

    def on_key(self, event: events.Key) -> None:
        """A letter answers at once, with or without Shift."""
        pressed = (event.character or "").upper()
        for entry in self._entries:
            if pressed and pressed == entry.letter:
                event.stop()
                self._answer(entry)
                return

    @on(MarkedList.OptionSelected)
    def _entered(self, event: MarkedList.OptionSelected) -> None:
        self._answer(self._entries[int(event.option.id or 0)])

    def _answer(self, entry: Entry) -> None:
        if entry.why_not:
            self.notify(entry.why_not, severity="warning", markup=False)
        else:
            self.dismiss(entry.value)

    def action_none(self) -> None:
        """Answer nothing."""
        self.dismiss("")


def listed(entries: Iterable[Entry], first: int = 0) -> MarkedList:
    """A list of answers; the id of a line is the place of its answer, counted from ``first``."""
    made = MarkedList()
    made.add_options(
        Option(Text(_line(entry), style="dim" if entry.why_not else ""), id=str(place))
        for place, entry in enumerate(entries, first)
    )
    return made


def _line(entry: Entry) -> str:
    line = f"{entry.letter:1}  {entry.label}"
    return f"{line}\n   {entry.why_not}" if entry.why_not else line
