"""The privacy key and the idle lock: one calm screen above everything, and the way back.

Source: enquiries sheet, sections 6 (privacy key) and 12 (idle lock).
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Label
from textual.worker import WorkerError

from deskapp import keys
from deskapp.errors import DeskError
from deskapp.i18n import _
from deskapp.screens.base import SAVE
from deskapp.screens.quick import QuickScreen

if TYPE_CHECKING:
    from deskapp.app import DeskApp


class LockScreen(ModalScreen[None], QuickScreen[None]):
    """Covers everything; a key, or the passphrase of the store, takes it away."""

    DEFAULT_CSS = """
    LockScreen { align: center middle; background: $background; }
    LockScreen:ansi { background: ansi_default; }
    LockScreen > Vertical { width: 74; max-width: 100%; height: auto; }
    LockScreen Label { width: 100%; height: auto; }
    LockScreen Toast { display: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,enter", "uncover", show=False)]

    def __init__(self, *, locked: bool) -> None:
        super().__init__()
        self.locked = locked
        """Whether the passphrase is asked."""

    def compose(self) -> ComposeResult:
        with Vertical():
            if not self.locked:
                text = _("This screen is covered. {key} or Esc comes back.")
                yield Label(text.format(key=keys.shown("app.privacy")), markup=False)
                return
            text = _("Locked. Enter the passphrase of the records on this desk.")
            yield Label(text, markup=False)
            box = Input(id="passphrase", password=True, compact=True)
            box.cursor_blink = False
            yield box
            yield Label("", id="said", markup=False)

    def on_mount(self) -> None:
        # What stood there before must leave the terminal too, not only what Textual believes of it.
        self.call_after_refresh(cast("DeskApp", self.app).action_redraw)

    def action_uncover(self) -> None:
        """Come back; a locked desk asks for its passphrase first."""
        if not self.locked:
            self.dismiss()

    @on(Input.Submitted, "#passphrase")
    def _entered(self, event: Input.Submitted) -> None:
        if event.value:
            self.query_one("#said", Label).update(_("Checking…"))
            self.unlock(event.value)

    @work(exclusive=True, group="open")
    async def unlock(self, passphrase: str) -> None:
        """Come back when it is right, or say why not; the key is stretched beside the loop."""
        try:
            await asyncio.to_thread(cast("DeskApp", self.app).check_passphrase, passphrase)
        except DeskError as error:
            self.query_one("#said", Label).update(str(error))
            self.query_one("#passphrase", Input).value = ""
            return
        self.dismiss()


async def cover(desk: DeskApp, *, locked: bool) -> None:
    """Cover the desk, or take a cover away that asks nothing; what was typed is on the disk."""
    top = desk.screen
    if isinstance(top, LockScreen) and not (locked and not top.locked):
        top.action_uncover()
        return
    saves = [each for each in desk.workers if each.group == SAVE and not each.is_finished]
    with suppress(WorkerError):  # the form itself says what went wrong
        await desk.workers.wait_for_complete(saves)
    if isinstance(desk.screen, LockScreen):
        await desk.pop_screen()
    await desk.push_screen(LockScreen(locked=locked))
    await desk.settle_forms()
