"""A line for one answer; while it is empty some keys mean something else."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events
from textual.message import Message

from deskapp.widgets.editors import LineEditor


class AnswerLine(LineEditor):
    """Tells of the keys in ``special`` instead of typing them, as long as nothing is typed."""

    @dataclass
    class Special(Message):
        """Such a key was pressed."""

        character: str

    def __init__(self, id: str) -> None:
        super().__init__(id=id, compact=True, select_on_focus=False)
        self.cursor_blink = False
        self.special = ""

    def on_key(self, event: events.Key) -> None:
        """Keep a special key from being typed."""
        if event.character and event.character in self.special and not self.value:
            event.stop()
            event.prevent_default()
            self.post_message(self.Special(event.character))

    def show(self, text: str, hint: str) -> None:
        """Begin a new answer with ``text``; ``hint`` stands there while it is empty."""
        self.value = text
        self.placeholder = hint
        self.cursor_position = len(text)
