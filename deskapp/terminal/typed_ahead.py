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

    def __init__(self, key: events.Key | events.Paste) -> None:
        super().__init__()
        self.key = key


class TypedAheadApp(TerminalApp):
    """The part of the application that keeps keys in order."""

    def __init__(self, profile: Profile) -> None:
        super().__init__(profile)
        self._ahead: deque[events.Key | events.Paste] = deque()
        self._under_way: events.Key | events.Paste | None = None
        """The last key, until it has done its work."""
        self._target: Widget | None = None
        """Where it went."""

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

    def forget_typed_ahead(self) -> None:
        """Drop the keys that wait: what they were meant for does not come."""
        self._ahead.clear()

    @property
    def _waits(self) -> bool:
        return bool(self._ahead) or not self._is_done

    @property
    def _is_done(self) -> bool:
        """Whether the last key has done its work; from a widget that it closed nothing comes."""
        return self._under_way is None or self._target is None or not self._target.is_attached

    async def _hand_on(self, event: events.Key | events.Paste) -> None:
        self._under_way, self._target = event, self.focused or self.screen
        await super().on_event(event)
        if not self._target.post_message(Seen(event)):
            self._under_way = None  # it is closing

    @on(Seen)
    def _seen(self, event: Seen) -> None:
        self.call_later(self._go_on, event.key)  # behind what it has set off, such as the focus

    async def _go_on(self, after: events.Key | events.Paste | None) -> None:
        """Hand on what waits for a key, up to the next one that must do its work first."""
        if after is not self._under_way:
            return  # it was long in coming back: others have gone since
        self._under_way = None
        while self._ahead and self._under_way is None:
            await self._hand_on(self._ahead.popleft())

    async def _look_again(self) -> None:
        if self._is_done:
            await self._go_on(self._under_way)
        if self._ahead:
            self.set_timer(LOOKS_AGAIN_SECONDS, self._look_again)
