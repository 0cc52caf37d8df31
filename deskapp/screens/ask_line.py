"""A short question answered by a line of text: a range of days, the name of a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Label

from deskapp.i18n import N_, _
from deskapp.screens import card_numbers
from deskapp.screens.dialog import Dialog
from deskapp.services import cards
from deskapp.widgets.editors import LineEditor

if TYPE_CHECKING:
    from deskapp.app import DeskApp


class AskLine(Dialog[str]):
    """Enter dismisses with what was typed, be it nothing; Esc with None."""

    HELP: ClassVar[str] = N_(
        "Type the answer in the line; Enter takes it, Esc goes back and changes nothing."
    )
    DEFAULT_CSS = """
    AskLine { align: center middle; }
    AskLine > Vertical {
        width: 70; max-width: 100%; height: auto; border: solid $accent; padding: 0 1;
        background: $background;
    }
    AskLine Label { width: 100%; height: auto; text-style: bold; }
    AskLine .hint { text-style: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "none", show=False)]

    def __init__(self, question: str, hint: str, text: str = "") -> None:
        super().__init__(question)
        self._hint = hint
        self._text = text

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Label(self.question, markup=False)
            box = LineEditor(self._text, id="line", compact=True)
            box.cursor_blink = False
            yield box
            yield Label(self._hint, classes="hint", markup=False)
            yield Label(_("Enter takes it, Esc goes back"), classes="hint", markup=False)

    @on(Input.Submitted)
    async def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self._text = event.value.strip()
        if cards.find(self._text):
            await card_numbers.ask(cast("DeskApp", self.app), self._card_answered)
        else:
            self.dismiss(self._text)

    def _card_answered(self, answer: str | None) -> None:
        if answer:
            blank = answer == card_numbers.BLANK
            self.dismiss(cards.blank(self._text) if blank else self._text)

    def action_none(self) -> None:
        """Go back without an answer."""
        self.dismiss(None)
