"""The desk has worked alone for too long: it exchanges or exports, and finishes what was open.

Source: design sheet of sync, section 7.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import work
from textual.app import ComposeResult

from deskapp.clock import local
from deskapp.i18n import N_, _, ngettext, number, when
from deskapp.paths import STORE_NAME
from deskapp.screens.ask_line import AskLine
from deskapp.screens.base import SAID_SECONDS, SAVE, DeskScreen, Entry, reads, says
from deskapp.screens.form_screen import FormScreen
from deskapp.screens.letter_keys import LetterKeys
from deskapp.screens.lettered import actions
from deskapp.screens.lock import LockScreen
from deskapp.services import desk as desk_service
from deskapp.services import drafts, exports, offline, rescue
from deskapp.services.offline import Standing
from deskapp.widgets.record_page import RecordPage

if TYPE_CHECKING:
    from deskapp.app import DeskApp

EXCHANGE, EXPORT, FORM = "exchange", "export", "form:"


class LimitScreen(LetterKeys[None]):
    """What is wrong, and the few things that can be done; an exchange takes the screen away."""

    HEADING: ClassVar[str] = N_("Exchange first")
    HELP: ClassVar[str] = N_(
        "This desk has not exchanged with the central database for longer than the court allows."
        " Nothing is lost, and every form that is not finished is kept. E exchanges; when that gets"
        " through, the desk opens as always. W writes what only this desk has into a file, for your"
        " administrator. A form that was open when the time ran out can be finished and saved.\n\n"
        "When somebody is in danger, ring 999 and write down on paper what happened."
    )
    KEYS: ClassVar[tuple[str, ...]] = ("case.act", "app.quit")

    def __init__(self) -> None:
        super().__init__()
        self._entries: list[Entry] = []
        self._exchanging = False

    @property
    def shown_keys(self) -> tuple[str, ...]:
        """Nothing else of the desk works."""
        return ("app.help", *self.KEYS)

    def body(self) -> ComposeResult:
        yield RecordPage()

    def on_screen_resume(self) -> None:
        self.load()

    async def relabel(self) -> None:
        await super().relabel()
        self.load()

    @reads
    async def load(self) -> None:
        """Show how the desk stands now."""
        desk = self.desk
        read = desk.store.read
        found = await read(offline.standing, desk.believed_now())
        if not found.over:
            await keep(desk, found)
            return
        told = list(offline.words(await read(desk_service.exchange), found, desk.clock.now()))
        if trouble := desk.exchange_words:
            told.append(_("The last try: {words}.").format(words=trouble))
        open_then = [
            each
            for each in await read(drafts.waiting, desk.user.id)
            if offline.may_finish(each, found)
        ]
        self._entries = [
            Entry("E", _("Exchange now"), EXCHANGE),
            *_forms(desk, open_then),
            Entry("W", _("Write what only this desk has into a file"), EXPORT),
        ]
        if self._exchanging:
            told.append(_("Exchanging…"))
        page = self.query_one(RecordPage)
        page.show(*map(Text, told), Text("\n").join(actions(self._entries)))
        page.focus()

    # -- what can be done -----------------------------------------------------------------

    @property
    def letters(self) -> Sequence[Entry]:
        return self._entries

    async def letter_pressed(self, entry: Entry) -> None:
        await self._chosen(entry.value)

    async def action_act(self) -> None:
        """Ask what to do."""
        await self.page_read()
        await self.desk.ask(_("What do you want to do?"), self._entries, self._chosen)

    @says
    async def _chosen(self, answer: str | None) -> None:
        if answer == EXCHANGE:
            self.exchange()
        elif answer == EXPORT:
            question, hint = _("Write to which file?"), _("Only you will be able to read it.")
            name = f"pending-{self.desk.clock.today()}.jsonl"
            await self.app.push_screen(AskLine(question, hint, name), self._named)
        elif answer:
            self.desk.open_draft(answer.removeprefix(FORM))

    @work(exclusive=True, group="exchange-now")
    @says
    async def exchange(self) -> None:
        """Exchange at once, and say how it went."""
        self._exchanging = True
        self.load()
        try:
            await self.desk.exchange_now()
        finally:
            self._exchanging = False
        self.load()

    def _named(self, name: str | None) -> None:
        if name:
            self.export(name)

    @work(exclusive=True, group=SAVE)
    @says
    async def export(self, name: str) -> None:
        """Write the changes that only this desk has into a new file."""
        desk = self.desk
        path, key = exports.path_of(name), bytes.fromhex(desk.store.key_text())
        store_file = desk.folder / STORE_NAME
        done = await asyncio.to_thread(rescue.export, store_file, key, path, desk.clock)
        told = ngettext(
            "{count} change was written to {file}. Only you can read it.",
            "{count} changes were written to {file}. Only you can read it.",
            done.written,
        )
        self.notify(told.format(count=number(done.written), file=path), markup=False, timeout=30)


def _forms(desk: DeskApp, open_then: Sequence[drafts.Draft]) -> list[Entry]:
    """What was open when the time ran out; a figure takes each up."""
    text = _("Finish what was open: {form}, begun {time}")
    today = desk.clock.today()
    return [
        Entry(
            f"{place}",
            text.format(form=drafts.label(each.form), time=when(local(each.started_at), today)),
            FORM + each.id,
        )
        for place, each in enumerate(open_then[:9], 1)
    ]


async def keep(desk: DeskApp, found: Standing) -> None:
    """Close the desk once its time has run out, or open it again; never over an open form."""
    began = found.over and not desk.standing.over
    desk.standing = found
    stack = desk.screen_stack
    closed = next((each for each in stack if isinstance(each, LimitScreen)), None)
    held = any(
        isinstance(each, FormScreen | LockScreen) or (isinstance(each, DeskScreen) and each.saving)
        for each in stack
    )
    if held:
        if began:
            text = _(
                "No exchange for too long. Finish this form and save it; behind it this desk only"
                " exchanges."
            )
            desk.notify(text, severity="warning", markup=False, timeout=SAID_SECONDS)
    elif found.over and closed is None:
        if await desk.back_to(stack[0]):
            await desk.push_screen(LimitScreen())
    elif closed is not None and not found.over:
        await desk.back_to(closed)
        # Not awaited: the screen ends what it is at, which would end this before the next is shown.
        desk.pop_screen()
        desk.notify(_("This desk has exchanged and is open again."), markup=False)
