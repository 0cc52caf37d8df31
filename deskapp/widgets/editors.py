"""What is typed in: as large as its styles say, whatever is typed.

Textual lays the whole screen out anew at every letter, for an editor that grows with its text.
"""

from __future__ import annotations

from textual.geometry import Size
from textual.reactive import Reactive
from textual.widgets import Input, TextArea


class LineEditor(Input):
    """One line of text."""

    virtual_size = Reactive(Size(0, 0))


class TextEditor(TextArea):
    """Some lines of text."""

    virtual_size = Reactive(Size(0, 0))
