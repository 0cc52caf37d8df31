"""A question over a screen: what all of them share, so that F1 helps there too."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

from deskapp.keys import HELP_SIGN
from deskapp.screens.quick import QuickScreen

R = TypeVar("R")


class Dialog(ModalScreen[R], QuickScreen[R]):
    """A question with its own help; subclasses give ``HELP``."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding(HELP_SIGN, "app.help", show=False)]
    HELP: ClassVar[str] = ""
    """Untranslated; how one answers."""

    def __init__(self, question: str) -> None:
        super().__init__()
        self.question = question
        """Already translated."""
