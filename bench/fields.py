"""A bare Textual form with the fields of a contact: what a key costs without a desk behind it."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Input, Label, TextArea

WORDS = {"question": 3, "answer": 4}
"""Names of the fields of several lines, with their rows."""
NAMES = (
    *("topic", "person", "question", "answer", "case", "phone", "email", "postcode"),
    *("user type", "channel"),
)


class Fields(App[None]):
    """Ten labelled fields, the first with the cursor."""

    CSS = "Horizontal { height: auto; } Label { width: 17; }"

    def compose(self) -> ComposeResult:
        with VerticalScroll(can_focus=False):
            for name in NAMES:
                with Horizontal():
                    yield Label(name)
                    yield _editor(name)


def _editor(name: str) -> Input | TextArea:
    if name in WORDS:
        area = TextArea(compact=True)
        area.cursor_blink = False
        area.styles.height = WORDS[name]
        return area
    line = Input(compact=True)
    line.cursor_blink = False
    return line


if __name__ == "__main__":
    Fields().run()
