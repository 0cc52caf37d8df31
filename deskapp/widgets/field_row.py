"""A row of a form: the label of a field, its editor, and what is wrong with it."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual.app import ComposeResult
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input, Label, TextArea

from deskapp.i18n import _
from deskapp.widgets.choice import Choice, widget_id
from deskapp.widgets.editors import LineEditor, TextEditor
from deskapp.widgets.form_field import FormField

LABEL_WIDTH = 16
_CURRENT = Style(reverse=True)


class FieldRow(Widget):
    """A label, its editor and, when there is one, the problem below them.

    The row draws label and line itself: a widget for each would double what a form takes to open.
    """

    DEFAULT_CSS = """
    FieldRow { height: auto; layout: vertical; }
    FieldRow > Input, FieldRow > TextArea, FieldRow > Choice, FieldRow > .problem {
        width: 1fr; margin-left: 18;
    }
    FieldRow > TextArea { border: none; padding: 0; }
    FieldRow > .problem { text-style: bold; height: auto; }
    FieldRow > .field-row--line { color: $accent; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"field-row--line"}

    def __init__(self, spec: FormField, values: Mapping[str, str]) -> None:
        super().__init__()
        self.spec = spec
        self.editor = _editor(spec, values)
        self._label = textwrap.wrap(_(spec.label), LABEL_WIDTH)
        self._error = Label("", classes="problem", markup=False)
        self._current = False
        self.styles.min_height = len(self._label)

    def compose(self) -> ComposeResult:
        yield self.editor

    def render_line(self, y: int) -> Strip:
        """What stands left of the editor and of the problem."""
        label = self._label[y] if y < len(self._label) else ""
        plain = self.rich_style
        marked = plain + _CURRENT if self._current else plain
        line = self.get_component_rich_style("field-row--line")
        return Strip(
            [
                Segment(label, marked),
                Segment(" " * (LABEL_WIDTH + 1 - cell_len(label)), plain),
                Segment("│", line),
            ]
        ).adjust_cell_length(self.size.width, plain)

    def on_descendant_focus(self) -> None:
        """Mark the label, so that one sees where one types."""
        self._mark(current=True)

    def on_descendant_blur(self) -> None:
        self._mark(current=False)

    def _mark(self, *, current: bool) -> None:
        self._current = current
        self.refresh()

    def values(self) -> dict[str, str]:
        """What stands in the field, by name."""
        if isinstance(self.editor, Choice):
            kept = {self.spec.name: self.editor.key}
            if self.spec.typed_as:
                kept[self.spec.typed_as] = self.editor.text
            return kept
        text = self.editor.text if isinstance(self.editor, TextArea) else self.editor.value
        return {self.spec.name: text}

    def put(self, text: str) -> None:
        """Set the text of an editor that holds words, as typing it would."""
        if isinstance(self.editor, TextArea):
            self.editor.text = text
        elif isinstance(self.editor, Input):
            self.editor.value = text

    def say(self, message: str) -> None:
        """Show what is wrong beside the field, or nothing."""
        if message and not self._error.is_attached:
            self.mount(self._error)
        self._error.update(Text(message))
        self._error.display = bool(message)


def _editor(spec: FormField, values: Mapping[str, str]) -> Input | TextArea | Choice:
    text = values.get(spec.name, "")
    hints = (_("needed") if spec.needed else "", _(spec.hint) if spec.hint else "")
    hint = " ".join(f"({each})" for each in hints if each)
    if spec.kind == "choice":
        typed = values.get(spec.typed_as, "")
        label = spec.label_of(text) if text and spec.label_of else typed
        return Choice(spec.name, find=spec.find, free=spec.free, key=text, text=label, hint=hint)
    if spec.kind == "words":
        area = TextEditor(
            text, id=widget_id(spec.name), placeholder=hint, compact=True, show_line_numbers=False
        )
        area.cursor_blink = False
        area.styles.height = spec.rows
        if not spec.from_top:
            area.move_cursor(area.document.end)
        return area
    line = LineEditor(
        text,
        id=widget_id(spec.name),
        placeholder=hint,
        compact=True,
        password=spec.kind == "secret",
        select_on_focus=False,  # one key would empty a field that one only passes through
    )
    line.cursor_blink = False
    return line
