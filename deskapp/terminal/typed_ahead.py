"""Keys that are typed ahead of the screen: each is looked at once the one before has done its work.

A key goes to the field that has the focus, and from there up to the application, which does what it
is bound to. Another key that comes meanwhile would still go to the old field, though the first one
is about to open a form: it waits here.
"""

from __future__ import annotations

from collections import deque

from textual import events, on
from textual.message import Message
from textual.widget import Widget

from deskapp.terminal.app import TerminalApp
from deskapp.terminal.profiles import Profile

LOOKS_AGAIN_SECONDS = 0.02
"""How often keys that wait look whether what they wait for has been closed."""


class Seen(Message):
    """Follows a key from widget to widget; where it arrives, the key has been before."""


class TypedAheadApp(TerminalApp):
    """The part of the application that keeps keys in order."""

    def __init__(self, profile: Profile) -> None:
        super().__init__(profile)
        self._ahead: deque[events.Key | events.Paste] = deque()
        self._under_way: Widget | None = None
        """Where the last key went, until it has done its work."""

    async def on_event(self, event: events.Event) -> None:
        """Hand a key or a paste on, or let it wait."""
        if not isinstance(event, events.Key | events.Paste) or event.is_forwarded:
            await super().on_event(event)
        elif self._waits:
            self._ahead.append(event)
            if len(self._ahead) == 1:
                self.set_timer(LOOKS_AGAIN_SECONDS, self._look_again)
        else:
            await self._hand_on(event)

    @property
    def _waits(self) -> bool:
        return bool(self._ahead) or (self._under_way is not None and self._under_way.is_attached)

    async def _hand_on(self, event: events.Key | events.Paste) -> None:
        target = self._under_way = self.focused or self.screen
        await super().on_event(event)
        if not target.post_message(Seen()):
            self._under_way = None  # it is closing

    @on(Seen)
    def _seen(self) -> None:
        self.call_later(self._go_on)  # behind what the key has set off, such as the focus

    async def _go_on(self) -> None:
        """Hand on what waits, up to the next key that must do its work first."""
        self._under_way = None
        while self._ahead and self._under_way is None:
            await self._hand_on(self._ahead.popleft())

    async def _look_again(self) -> None:
        """Go on where a widget was closed by its key, so that nothing comes back from it."""
        if self._under_way is None or not self._under_way.is_attached:
            await self._go_on()
        if self._ahead:
            self.set_timer(LOOKS_AGAIN_SECONDS, self._look_again)
