"""A page whose letters do what they stand before, however early they are typed."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events

from deskapp.screens.base import DeskScreen, Entry, R


class LetterKeys(DeskScreen[R]):
    """Subclasses give the letters and do what one stands before.

    A letter that is typed before the page is read waits for it, and the keys behind it
    wait for what the letter leads to.
    """

    @property
    def letters(self) -> Sequence[Entry]:
        """What the letters do now."""
        raise NotImplementedError

    async def letter_pressed(self, entry: Entry) -> None:
        """Do what a letter stands before, or say why it cannot be done."""
        raise NotImplementedError

    async def on_key(self, event: events.Key) -> None:
        """A letter or figure of the page does what it stands before."""
        if not event.is_printable:
            return
        await self.page_read()
        pressed = (event.character or "").upper()
        found = next((entry for entry in self.letters if entry.letter == pressed), None)
        if found and self.app.screen is self:
            event.stop()
            await self.letter_pressed(found)
