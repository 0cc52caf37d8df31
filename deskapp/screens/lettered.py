"""A record whose page offers what can be done, a letter for each; Enter shows everything."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import ClassVar

from rich.text import Text

from deskapp.i18n import _
from deskapp.screens.base import Entry, says
from deskapp.screens.letter_keys import LetterKeys
from deskapp.screens.page_screen import PageScreen
from deskapp.widgets.record_page import BETWEEN_LETTERS, LETTER


def possible(entries: Iterable[Entry]) -> Iterator[Text]:
    """What can be done now; the page breaks it where no letter is parted from its words."""
    line = Text()
    for entry in entries:
        if not entry.why_not:
            line.append(BETWEEN_LETTERS if line else "").append(entry.letter, style=LETTER)
            line.append(f" {entry.label}")
    if line:
        yield line


def actions(entries: Sequence[Entry]) -> Iterator[Text]:
    """What can be done now, and what cannot below it with the reason."""
    yield from possible(entries)
    for entry in entries:
        if entry.why_not:
            yield Text(f"{entry.letter} {entry.label}: {entry.why_not}", style="dim")


class LetteredRecord(LetterKeys[None], PageScreen):
    """Subclasses read the record, give its page, set ``entries``, and do what was chosen."""

    KEYS: ClassVar[tuple[str, ...]] = ("case.act", "screen.back")

    def __init__(self, record_id: str) -> None:
        super().__init__()
        self.record_id = record_id
        self.entries: Sequence[Entry] = ()
        """What can be done with the record, the possible first."""

    async def chosen(self, answer: str) -> None:
        """Do what was chosen.

        Raises:
            DeskError: If it cannot be done.
        """
        raise NotImplementedError

    async def say_refused(self, entry: Entry) -> None:
        """Say why something cannot be done now."""
        self.notify(entry.why_not, severity="warning", markup=False)

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
        if not answer:
            return
        entry = next((each for each in self.entries if each.value == answer), None)
        if entry and entry.why_not:
            await self.say_refused(entry)
        else:
            await self.chosen(answer)
