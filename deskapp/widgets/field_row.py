"""A row of a form: the label of a field, its editor, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Label, TextArea

from deskapp.i18n import _
from deskapp.widgets.choice import Choice, widget_id
from deskapp.widgets.form_field import FormField


class FieldRow(Horizontal):
    """A label, its editor and, when there is one, the problem below them."""

    DEFAULT_CSS = """
    FieldRow { height: auto; }
    FieldRow > Label { width: 16; margin-right: 1; }
    FieldRow.-current > Label { text-style: reverse; }
    FieldRow > Vertical { height: auto; width: 1fr; border-left: solid $accent; }
    FieldRow Input { width: 1fr; }
    FieldRow TextArea { width: 1fr; border: none; padding: 0; }
    FieldRow .error { display: none; text-style: bold; width: 1fr; height: auto; }
    FieldRow.-wrong .error { display: block; }
    """

    def __init__(self, spec: FormField, values: Mapping[str, str]) -> None:
        super().__init__()
        self.spec = spec
        self.editor = _editor(spec, values)
        self._error = Label("", classes="error", markup=False)

    def compose(self) -> ComposeResult:
        yield Label(_(self.spec.label), markup=False)
        with Vertical():
            yield self.editor
            yield self._error

    def on_descendant_focus(self) -> None:
        """Mark the label, so that one sees where one types."""
        self.add_class("-current")

    def on_descendant_blur(self) -> None:
        self.remove_class("-current")

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
        self._error.update(Text(message))
        self.set_class(bool(message), "-wrong")


def _editor(spec: FormField, values: Mapping[str, str]) -> Input | TextArea | Choice:
    text = values.get(spec.name, "")
    hints = (_("needed") if spec.needed else "", _(spec.hint) if spec.hint else "")
    hint = " ".join(f"({each})" for each in hints if each)
    if spec.kind == "choice":
        typed = values.get(spec.typed_as, "")
        label = spec.label_of(text) if text and spec.label_of else typed
        return Choice(spec.name, find=spec.find, free=spec.free, key=text, text=label, hint=hint)
    if spec.kind == "words":
        area = TextArea(
            text, id=widget_id(spec.name), placeholder=hint, compact=True, show_line_numbers=False
        )
        area.cursor_blink = False
        area.styles.height = spec.rows
        if not spec.from_top:
            area.move_cursor(area.document.end)
        return area
    line = Input(
        text,
        id=widget_id(spec.name),
        placeholder=hint,
        compact=True,
        password=spec.kind == "secret",
        select_on_focus=False,  # one key would empty a field that one only passes through
    )
    line.cursor_blink = False
    return line
