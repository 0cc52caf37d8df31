"""The one field of a scanner: what ends with Enter is handed on at once, and the field is empty."""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message

from deskapp.widgets.editors import LineEditor


class ScanField(LineEditor):
    """Hands every line on in the order scanned; the next key finds it empty again."""

    @dataclass
    class Scanned(Message):
        """A line ended."""

        text: str

    def __init__(self, hint: str) -> None:
        """``hint`` stands there while it is empty, already translated."""
        super().__init__(id="scan", placeholder=hint, compact=True, select_on_focus=False)
        self.cursor_blink = False

    async def action_submit(self) -> None:
        """Hand the line on, and empty the field before the next key is looked at."""
        line, self.value = self.value.strip(), ""
        if line:
            self.post_message(self.Scanned(line))
