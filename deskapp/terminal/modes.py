"""The modes of the officer's terminal: how deskapp found them, and how it puts them back.

The launcher imports this before anything heavy, so it needs nothing but ``os`` and ``termios``.
"""

from __future__ import annotations

import os
import termios

TYPE_CHECKING = False  # `typing` is not imported before the first visible text
if TYPE_CHECKING:
    from typing import Any

ENTER_SCREEN = "\x1b[?1049h"
# A terminal without a second screen keeps showing the last page, so it is wiped before leaving.
LEAVE_SCREEN = "\x1b[0m\x1b[2J\x1b[H\x1b[?1049l\x1b[?25h"


class Line:
    """The officer's terminal, from the splash until the last mode is put back."""

    def __init__(self, keyboard: int = 0, screen: int = 1) -> None:
        self.keyboard = keyboard
        """File descriptor that keys are read from."""
        self.screen = screen
        """File descriptor that is written to."""
        self._attributes: list[Any] | None = None
        self._leaving = ""

    def splash(self, text: str, terminal: str) -> None:
        """Show ``text`` at once and keep what is typed from now on, unseen, for the first page.

        Args:
            text: One line of plain ASCII.
            terminal: The value of ``TERM``; a dumb or nameless one gets no escape sequences.
        """
        if terminal in {"", "dumb"}:
            self._write(f"{text}\r\n")
        else:
            self._leaving = LEAVE_SCREEN
            self._write(f"{ENTER_SCREEN}\x1b[2J\x1b[H{text}")
        self.keep_type_ahead()

    def keep_type_ahead(self) -> None:
        """No echo (it may be a passphrase), no line editing: the bytes wait as they were typed."""
        attributes = self.attributes()
        if attributes is not None:
            quiet = [*attributes[:6], list(attributes[6])]
            quiet[0] &= ~(termios.ICRNL | termios.IXON)
            quiet[3] &= ~(termios.ECHO | termios.ICANON)
            self.set_attributes(quiet)

    def attributes(self) -> list[Any] | None:
        """The line settings as they were before deskapp; None if there are none to read."""
        if self._attributes is None:
            try:
                self._attributes = termios.tcgetattr(self.keyboard)
            except termios.error:
                return None
        return self._attributes

    def set_attributes(self, attributes: list[Any]) -> None:
        """Change the line settings now, without losing input; a lost line is left alone."""
        try:
            termios.tcsetattr(self.keyboard, termios.TCSANOW, attributes)
        except termios.error:
            return

    def entered(self, leaving: str) -> None:
        """Note that the driver has set modes, and the bytes that put them back."""
        self._leaving = leaving

    def left(self) -> None:
        """Put the line settings back and note that the driver's modes have been put back."""
        self._leaving = ""
        if self._attributes is not None:
            self.set_attributes(self._attributes)

    def restore(self) -> None:
        """Put back whatever is still changed; safe to call at any time, and twice."""
        leaving = self._leaving
        self.left()
        self._write(leaving)

    def _write(self, text: str) -> None:
        data = text.encode("ascii")
        try:
            while data:
                data = data[os.write(self.screen, data) :]
        except OSError:
            return


line = Line()
"""The terminal of this process."""
