"""One of many lines, found by typing a word of it: commands, schemes, items, colleagues."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Label
from textual.widgets.option_list import Option

from deskapp.i18n import N_, _, number
from deskapp.screens.dialog import Dialog
from deskapp.text import one_line, words
from deskapp.widgets.editors import LineEditor
from deskapp.widgets.marked_list import MarkedList

ROWS = 15
"""How many lines are on the screen at a time."""


class Line(NamedTuple):
    """One line that can be picked."""

    value: str
    label: str
    """Already translated; what is typed is looked for here."""
    before: str = ""
    """Shown before the label and never searched."""


class Pick(Dialog[str]):
    """Dismisses with the value of the line that was picked, or "" for none."""

    HELP: ClassVar[str] = N_(
        "Type any word of the line you look for, or its beginning; mark a line with Up and Down."
        " Enter takes the marked line, Esc goes back."
    )
    DEFAULT_CSS = """
    Pick { align: center middle; }
    Pick > Vertical {
        width: 68; max-width: 100%; height: auto; border: solid $accent; padding: 0 1;
        background: $background;
    }
    Pick Label { width: 100%; text-style: bold; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+p", "none", show=False, priority=True),
        Binding("down", "mark(1)", show=False),
        Binding("up", "mark(-1)", show=False),
    ]

    def __init__(self, question: str, lines: Sequence[Line]) -> None:
        super().__init__(question)
        self._lines = lines
        self._shown = list(lines)

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Label(self.question, markup=False)
            box = LineEditor(placeholder=_("Type a word, or mark a line"), compact=True)
            box.cursor_blink = False
            yield box
            listed = MarkedList(can_focus=False)
            listed.styles.max_height = ROWS
            yield listed
            yield Label(id="how-many", markup=False)

    def on_mount(self) -> None:
        self._show(self._lines)

    def _show(self, lines: Sequence[Line]) -> None:
        self._shown = list(lines)
        listed = self.query_one(MarkedList)
        listed.clear_options()
        listed.add_options(Option(Text(line.before + one_line(line.label))) for line in lines)
        listed.highlighted = 0 if lines else None
        how_many = self.query_one("#how-many", Label)
        how_many.display = not lines or len(lines) > ROWS
        told = _("{count} in all: type a word to see fewer") if lines else _("Nothing found.")
        how_many.update(told.format(count=number(len(lines))))

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        typed = words(event.value)
        self._show([line for line in self._lines if _matches(line, typed)])

    @on(Input.Submitted)
    def _entered(self) -> None:
        marked = self.query_one(MarkedList).highlighted
        self.dismiss("" if marked is None else self._shown[marked].value)

    def action_mark(self, by: int) -> None:
        """Mark another line."""
        listed = self.query_one(MarkedList)
        if self._shown:
            listed.highlighted = ((listed.highlighted or 0) + by) % len(self._shown)

    def action_none(self) -> None:
        """Pick nothing."""
        self.dismiss("")


def _matches(line: Line, typed: Sequence[str]) -> bool:
    """Whether every word that was typed begins a word of the line."""
    return all(any(word.startswith(part) for word in words(line.label)) for part in typed)
