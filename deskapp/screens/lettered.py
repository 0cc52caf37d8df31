"""A record whose page offers what can be done, a letter for each; Enter shows everything."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import ClassVar

from rich.cells import cell_len
from rich.text import Text
from textual.app import ComposeResult

from deskapp.i18n import _
from deskapp.screens.base import Entry, RecordScreen, reads, says
from deskapp.screens.letter_keys import LetterKeys
from deskapp.widgets.record_page import RecordPage

ACTIONS_WIDTH = 78
"""Columns that the actions in a line may take, so that no letter is parted from its words."""


def possible(entries: Iterable[Entry]) -> Iterator[Text]:
    """What can be done now, in few lines."""
    line = Text()
    for entry in entries:
        if entry.why_not:
            continue
        if line and line.cell_len + cell_len(entry.label) + 5 > ACTIONS_WIDTH:
            yield line
            line = Text()
        line.append("   " if line else "").append(entry.letter, style="bold reverse")
        line.append(f" {entry.label}")
    if line:
        yield line


def actions(entries: Sequence[Entry]) -> Iterator[Text]:
    """What can be done now, and what cannot below it with the reason."""
    yield from possible(entries)
    for entry in entries:
        if entry.why_not:
            yield Text(f"{entry.letter} {entry.label}: {entry.why_not}", style="dim")


class LetteredRecord(LetterKeys[None], RecordScreen):
    """Subclasses read the record, give its page and its entries, and do what was chosen."""

    KEYS: ClassVar[tuple[str, ...]] = ("case.act", "screen.back")

    def __init__(self, record_id: str) -> None:
        super().__init__()
        self.record_id = record_id
        self.entries: Sequence[Entry] = ()
        """What can be done with the record, the possible first."""

    async def parts(self) -> Sequence[Text]:
        """Read the record, set ``entries``, and give the parts of the page.

        Raises:
            DeskError: If it cannot be read; the screen closes and says why.
        """
        raise NotImplementedError

    async def chosen(self, answer: str) -> None:
        """Do what was chosen.

        Raises:
            DeskError: If it cannot be done.
        """
        raise NotImplementedError

    def body(self) -> ComposeResult:
        yield RecordPage()

    def on_screen_resume(self) -> None:
        self.load()

    async def relabel(self) -> None:
        await super().relabel()
        self.load()

    @reads
    async def load(self) -> None:
        """Show the record as it is now."""
        parts = await self.parts()
        page = self.query_one(RecordPage)
        page.show(*parts)
        page.focus()

    @property
    def letters(self) -> Sequence[Entry]:
        return self.entries

    async def letter_pressed(self, entry: Entry) -> None:
        await self._answered(entry.value)

    async def action_act(self) -> None:
        """Show everything that can be done, and why something cannot."""
        await self.page_read()
        if self.entries:
            await self.desk.ask(_("What do you want to do?"), self.entries, self._answered)

    @says
    async def _answered(self, answer: str | None) -> None:
        refused = next((each.why_not for each in self.entries if each.value == answer), "")
        if refused:
            self.notify(refused, severity="warning", markup=False)
        elif answer:
            await self.chosen(answer)
