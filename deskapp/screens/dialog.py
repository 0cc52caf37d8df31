"""A question over a screen: what all of them share, so that F1 helps there too."""

from __future__ import annotations

from time import time
from typing import ClassVar, TypeVar

from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

from deskapp.keys import HELP_SIGN
from deskapp.screens.quick import QuickScreen

R = TypeVar("R")

READ_SECONDS = 2.0
"""After how long a message has been read; a question that opens then does without it."""


class Dialog(ModalScreen[R], QuickScreen[R]):
    """A question with its own help; subclasses give ``HELP``."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding(HELP_SIGN, "app.help", show=False)]
    HELP: ClassVar[str] = ""
    """Untranslated; how one answers."""

    def __init__(self, question: str) -> None:
        super().__init__()
        self.question = question
        """Already translated."""
        self.told_from = time() - READ_SECONDS
        """When the oldest message came that is shown over it; others would lie on its answers."""
