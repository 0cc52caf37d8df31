"""Typing that began elsewhere goes on in a field, so that no letter is lost."""

from __future__ import annotations

from textual import events
from textual.widget import Widget


def hand_over(event: events.Key | events.Paste, editor: Widget) -> None:
    """Give what was typed or pasted to ``editor``, which has the cursor from then on."""
    event.stop()
    event.prevent_default()
    editor.screen.set_focus(editor)
    if isinstance(event, events.Key):
        editor.post_message(events.Key(event.key, event.character))
    else:
        editor.post_message(events.Paste(event.text))
