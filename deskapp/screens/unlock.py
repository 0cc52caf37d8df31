"""Later starts on a desk with a passphrase: one question."""

from __future__ import annotations

import asyncio
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.widgets import Input, Label

from deskapp.errors import DeskError
from deskapp.i18n import N_, _
from deskapp.screens.base import DeskScreen


class UnlockScreen(DeskScreen[None]):
    """Asks for the passphrase until it opens the store."""

    HEADING: ClassVar[str] = N_("Unlock")
    HELP: ClassVar[str] = N_(
        "The records on this desk are encrypted. Enter the passphrase that was chosen at the first"
        " start. Nobody can open them without it: ask your administrator when it is lost."
    )
    KEYS: ClassVar[tuple[str, ...]] = ("unlock.open", "app.help", "app.quit")

    def body(self) -> ComposeResult:
        yield Label(_("Passphrase of the records on this desk"), markup=False)
        box = Input(id="passphrase", password=True, compact=True)
        box.cursor_blink = False
        yield box
        yield Label("", id="said", markup=False)

    @on(Input.Submitted, "#passphrase")
    def action_open(self) -> None:
        """Try what was typed."""
        box = self.query_one("#passphrase", Input)
        typed, box.value = box.value, ""  # what is typed from now on is another try
        if typed:
            self.query_one("#said", Label).update(_("Opening the records…"))
            self.open_with(typed)

    @work(exclusive=True, group="open")
    async def open_with(self, passphrase: str) -> None:
        """Open the store, or say why not; the key is stretched beside the event loop."""
        try:
            store = await asyncio.to_thread(self.desk.open_store, passphrase)
        except DeskError as error:
            self.query_one("#said", Label).update(str(error))
            self.query_one("#passphrase", Input).focus()
            return
        self.desk.enter(store)
