"""One court, to be read out to a caller."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from deskapp.i18n import N_, _, language
from deskapp.screens import looking_up
from deskapp.screens.base import DeskScreen
from deskapp.screens.found import FOUND_ROWS, finds, rows
from deskapp.services.courts import courts
from deskapp.widgets.record_list import Row

if TYPE_CHECKING:
    from deskapp.app import DeskApp


@finds
async def found(_desk: DeskApp, words: str) -> list[Row]:
    """Courts and offices, for Find; before them what the directory remarks."""
    hits = await looking_up.searched(courts.find, words, limit=FOUND_ROWS)
    lines = [
        (hit.court.key, hit.court.shown_name(language()), hit.reason_beside_name()) for hit in hits
    ]
    remark = courts.remark(hits)
    told = [Row("remark", (_("Court"), remark, ""))] if remark else []
    return told + rows("court", _("Court"), lines)


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
