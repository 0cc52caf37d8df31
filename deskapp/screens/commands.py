"""Ctrl+P: everything that can be done on this screen, found by typing a word of it."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Label
from textual.widgets.option_list import Option

from deskapp import keys
from deskapp.i18n import _
from deskapp.text import words
from deskapp.widgets.marked_list import MarkedList


class Commands(ModalScreen[str]):
    """Dismisses with the name of the chosen action, or "" for none."""

    DEFAULT_CSS = """
    Commands { align: center middle; }
    Commands > Vertical {
        width: 58; max-width: 100%; height: auto; border: solid $accent; padding: 0 1;
        background: $background;
    }
    Commands Label { width: 100%; text-style: bold; }
    Commands MarkedList { max-height: 15; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+p", "none", show=False, priority=True),
        Binding("down", "mark(1)", show=False),
        Binding("up", "mark(-1)", show=False),
    ]

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__()
        self._names = names
        self._shown = names

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Label(_("What do you want to do?"), markup=False)
            box = Input(placeholder=_("Type a word, or mark a line"), compact=True)
            box.cursor_blink = False
            yield box
            yield MarkedList(can_focus=False)

    def on_mount(self) -> None:
        self._show(self._names)

    def _show(self, names: tuple[str, ...]) -> None:
        self._shown = names
        listed = self.query_one(MarkedList)
        listed.clear_options()
        listed.add_options(
            Option(Text(f"{keys.shown(name):<8}{_(keys.KEYS[name].label)}")) for name in names
        )
        listed.highlighted = 0 if names else None

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        typed = words(event.value)
        self._show(
            tuple(
                name
                for name in self._names
                if all(
                    any(word.startswith(part) for word in words(_(keys.KEYS[name].label)))
                    for part in typed
                )
            )
        )

    @on(Input.Submitted)
    def _entered(self) -> None:
        marked = self.query_one(MarkedList).highlighted
        self.dismiss("" if marked is None else self._shown[marked])

    def action_mark(self, by: int) -> None:
        """Mark another line."""
        listed = self.query_one(MarkedList)
        if self._shown:
            listed.highlighted = ((listed.highlighted or 0) + by) % len(self._shown)

    def action_none(self) -> None:
        """Do nothing."""
        self.dismiss("")
