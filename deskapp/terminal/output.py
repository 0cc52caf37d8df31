"""The way out: what Textual writes, as this terminal can show it, and only what changed.

Source: design/thin_terminals.md R4, R6 and section 3.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from contextlib import suppress

from deskapp.terminal import abilities, seven_bit
from deskapp.terminal.pace import Pace
from deskapp.terminal.profiles import Profile
from deskapp.terminal.screen import Screen
from deskapp.terminal.writer import Writer

HOLD_SECONDS, BEHIND_SECONDS = 0.5, 0.15
"""How long what a key has painted may wait for the rest of its work, which seldom takes so long on
the slowest host; and when another key comes meanwhile: who types on sees how far it is."""
_OPERATING_SYSTEM_COMMAND = re.compile(r"\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)")
_AT_ONCE, _AT_ONCE_END = "\x1b[?2026h", "\x1b[?2026l"
"""Around what is shown in one go; Textual writes them where the terminal knows them."""
_BELL = "\a"


class Output:
    """Takes what is written, in the event loop; a thread of its own sends it."""

    def __init__(
        self,
        screen: int,
        profile: Profile,
        charset: str,
        *,
        size: tuple[int, int],
        terminal: str,
        unasked: Callable[[], None] | None = None,
    ) -> None:
        """Start to send to the file descriptor ``screen``.

        Args:
            size: Columns and rows.
            terminal: The value of ``TERM``.
            unasked: Called when something is painted without a key, such as what a search has
                found; all of it is sent together at ``release``. Without it, as it comes.
        """
        self._profile = profile
        self._charset = charset
        self._loop = asyncio.get_running_loop()
        self._screen = Screen(*size, abilities.of(terminal)) if profile.differences else None
        self._unasked = unasked
        self._soon: asyncio.Handle | None = None
        self._held = False
        self._hold_seconds = HOLD_SECONDS
        self._painted_at = 0.0
        """When that was painted which waits to be sent."""
        self._pace = None if profile.modern else Pace()
        self._at_once = False
        self._rings = False
        """Whether the bell goes with what is sent next; where it stands does not matter."""
        self._writer = Writer(screen)
        self._writer.start()

    def write(self, data: str) -> None:
        """Show what Textual writes."""
        if not self._profile.modern and "\x1b]" in data:
            data = _OPERATING_SYSTEM_COMMAND.sub("", data)
        if self._profile.seven_bit:
            data = seven_bit.translate(data)
        if self._screen is None:
            self.send(data)
        elif data in (_AT_ONCE, _AT_ONCE_END):
            self._at_once = True
        else:
            if data == _BELL:
                self._rings, data = True, ""
            for foreign in self._screen.read(data):
                self.send(self._screen.difference() + foreign)
            if not self._held and self._unasked is not None:
                self._held, self._hold_seconds = True, HOLD_SECONDS
                self._unasked()
            self._send_soon()

    def send(self, data: str) -> None:
        """Send ``data`` as it is."""
        sent = data.encode(self._charset, "replace")
        self._writer.write(sent)
        if self._pace is not None:
            self._pace.sent(len(sent), self._loop.time())

    def hold(self, key: str) -> None:
        """A key begins its work: what it paints is sent together when it is done."""
        now = self._loop.time()
        self._hold_seconds = BEHIND_SECONDS if self._held else HOLD_SECONDS
        if self._held and self._soon is not None:
            self._soon.cancel()
            left = max(0.0, self._painted_at + BEHIND_SECONDS - now)
            self._soon = self._loop.call_later(left, self._send_difference)
        self._held = True
        if self._pace is not None:
            self._pace.key(key, now)

    def release(self) -> None:
        """The work of the keys is done."""
        self._held = False
        if self._soon is not None:
            self._soon.cancel()
            self._soon = None
            self._send_soon()

    def resize(self, size: tuple[int, int] | None) -> None:
        """Follow the terminal to another size; None when it is the same but shows anything now.

        Nothing is sent before the new size is painted.
        """
        if self._screen is not None and self._screen.size != size:
            self._screen.resize(*(size or self._screen.size))

    def redraw(self) -> None:
        """Send everything again, whatever the terminal shows."""
        if self._screen is not None:
            self._screen.forget()
            self._send_soon()

    def stop(self) -> None:
        """Paint no more; `send` still sends."""
        if self._soon is not None:
            self._soon.cancel()
        self._screen = None

    def hurry(self) -> None:
        """Drop what still waits: the application is about to end."""
        self._writer.hurry()

    def close(self) -> None:
        """Wait until the terminal has everything."""
        self._writer.close()

    def _send_soon(self) -> None:
        """Send what differs when the loop has done what it has to do now."""
        if self._soon is None:
            self._painted_at = self._loop.time()
            self._soon = (
                self._loop.call_later(self._hold_seconds, self._send_difference)
                if self._held
                else self._loop.call_soon(self._send_difference)
            )

    def _send_difference(self) -> None:
        self._soon = None
        # A line that is behind gets the latest screen when it can take it, not every one between.
        if self._screen is None or not self._writer.idle(self._idle):
            return
        if self._pace is not None and (wait := self._pace.wait_seconds(self._loop.time())):
            self._soon = self._loop.call_later(wait, self._send_difference)
            return
        data = self._screen.difference()
        if data and self._at_once:
            data = f"{_AT_ONCE}{data}{_AT_ONCE_END}"
        if self._rings:
            data, self._rings = data + _BELL, False
        if data:
            self.send(data)

    def _idle(self) -> None:
        with suppress(RuntimeError):  # the loop is closed: the application has ended already
            self._loop.call_soon_threadsafe(self._send_soon)
