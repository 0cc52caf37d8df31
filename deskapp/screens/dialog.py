"""A question over a screen: what all of them share, so that F1 helps there too."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from textual.screen import ModalScreen

R = TypeVar("R")


class Dialog(ModalScreen[R]):
    """A question with its own help; subclasses give ``HELP``."""

    HELP: ClassVar[str] = ""
    """Untranslated; how one answers."""

    def __init__(self, question: str) -> None:
        super().__init__()
        self.question = question
        """Already translated."""
