"""One court, to be read out to a caller."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from deskapp.i18n import N_, language
from deskapp.screens.base import DeskScreen
from deskapp.services import courts


class CourtScreen(DeskScreen[None]):
    """Everything known about one court, to read out."""

    HEADING: ClassVar[str] = N_("Court")
    HELP: ClassVar[str] = N_(
        "What the directory knows about this court, with the date it was correct. Check a number"
        " before you read it out. F12 shows it in the other language."
    )
    KEYS: ClassVar[tuple[str, ...]] = ("screen.back",)

    def __init__(self, key: str) -> None:
        super().__init__()
        self._key = key

    def body(self) -> ComposeResult:
        card = courts.card(courts.by_key(self._key), language())
        page = Text()
        for label, value in card:
            page.append(f"{label}: ", style="bold")
            page.append(value + "\n")
        with VerticalScroll():
            yield Static(page, markup=False)

    def on_mount(self) -> None:
        self.query_one(VerticalScroll).focus()
