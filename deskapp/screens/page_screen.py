"""A record that is shown on one page; it is read again whenever the screen is come back to."""

from __future__ import annotations

from collections.abc import Iterable

from rich.text import Text
from textual.app import ComposeResult

from deskapp.screens.base import RecordScreen, reads
from deskapp.widgets.record_page import RecordPage


class PageScreen(RecordScreen):
    """Subclasses read the record and give the parts of its page."""

    async def parts(self) -> Iterable[Text]:
        """Read the record, and give the parts of the page.

        Raises:
            DeskError: If it cannot be read; the screen closes and says why.
        """
        raise NotImplementedError

    def body(self) -> ComposeResult:
        yield RecordPage()

    def on_screen_resume(self) -> None:
        self.come_to()

    def come_to(self) -> None:
        """Begin to read, now that the screen is the one in front."""
        self.load()

    async def relabel(self) -> None:
        await super().relabel()
        self.load()

    @reads
    async def load(self) -> None:
        """Show the record as it is now."""
        await self.show_page()

    async def show_page(self) -> None:
        """Show the parts; the arrow keys move through them."""
        parts = await self.parts()
        page = self.query_one(RecordPage)
        page.show(*parts)
        page.focus()
