"""A form made from a list of fields: labels, editors, problems beside them, every change told."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Label, TextArea
from textual.widgets.option_list import Option

from deskapp.errors import Problem
from deskapp.i18n import _
from deskapp.keys import HELP_SIGN
from deskapp.widgets.choice import Choice, Offer, widget_id
from deskapp.widgets.field_row import FieldRow
from deskapp.widgets.form_field import FormField
from deskapp.widgets.hand_over import hand_over
from deskapp.widgets.marked_list import MarkedList


class RecordForm(VerticalScroll):
    """Fields in the order of the job; ``Changed`` after every key stroke."""

    DEFAULT_CSS = """
    RecordForm { height: 1fr; scrollbar-size-vertical: 1; }
    RecordForm > #problems { display: none; max-height: 5; }
    RecordForm > #problems.-open { display: block; }
    RecordForm > #problems-title { display: none; text-style: bold; }
    RecordForm > #problems-title.-open { display: block; }
    RecordForm > #added { height: auto; }
    """

    @dataclass
    class Changed(Message):
        """Something was typed or picked, or the cursor went to another field."""

        form: RecordForm
        values: dict[str, str]
        focus: str

    @dataclass
    class OffersWanted(Message):
        """The officer types in a choice that has no list of its own."""

        choice: Choice
        text: str

    def __init__(
        self, fields: Sequence[FormField], values: Mapping[str, str], *, id: str | None = None
    ) -> None:
        super().__init__(id=id, can_focus=False)
        self.fields = fields
        self._first_values = dict(values)
        self._focused_field = ""
        self._problems: list[Problem] = []
        self._problem_list = MarkedList(id="problems")

    def compose(self) -> ComposeResult:
        for spec in self.fields:
            yield FieldRow(spec, self._first_values)
        yield Vertical(id="added")

    @property
    def rows(self) -> list[FieldRow]:
        """Every field, in the order of the form; asked for at every letter, so without CSS."""
        return self.walk_children(FieldRow)

    @property
    def values(self) -> dict[str, str]:
        """Everything in the form, by name."""
        kept: dict[str, str] = {}
        for row in self.rows:
            kept |= row.values()
        return kept

    async def set_added(self, fields: Sequence[FormField], values: Mapping[str, str]) -> None:
        """Show further fields below the others, in place of those added before."""
        added = self.query_one("#added", Vertical)
        await added.remove_children()
        await added.mount_all(FieldRow(spec, values) for spec in fields)

    def put(self, texts: Mapping[str, str]) -> None:
        """Set the text of fields, as typing it would."""
        for row in self.rows:
            if row.spec.name in texts:
                row.put(texts[row.spec.name])

    def pick(self, name: str, offer: Offer) -> None:
        """Take an entry in the choice called ``name``, as picking it there would."""
        for choice in self.query(Choice):
            if choice.name == name:
                choice.pick(offer)

    def conceal(self, names: Collection[str]) -> None:
        """Show dots in place of what stands in these fields, and every other one in clear."""
        for row in self.rows:
            if isinstance(row.editor, Input):
                row.editor.password = row.spec.kind == "secret" or row.spec.name in names

    def settle(self) -> None:
        """Take the marked offer of a choice that is still open, as leaving the field does."""
        for choice in self.query(Choice):
            choice.settle()

    def show_only(self, names: Collection[str]) -> None:
        """Show these fields; the others keep what was typed into them."""
        for row in self.rows:
            row.display = row.spec.name in names

    def focus_field(self, name: str) -> None:
        """Put the cursor into a field, in view also when it has only just been added."""
        for widget in self.query(f"#{widget_id(name)}"):
            widget.focus()
            self.call_after_refresh(widget.scroll_visible, animate=False)

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """List what must be put right and go there; nothing typed is cleared.

        One problem: the cursor goes into its field. More: to the list, where Enter leads to each,
        and what is typed goes into the field of the marked one.
        """
        self._problems = list(problems)
        listed = self._problem_list
        listed.clear_options()
        listed.add_options(Option(Text(problem.message)) for problem in problems)
        if problems and not listed.is_attached:
            title = Label(_("There is a problem"), id="problems-title", markup=False)
            self.mount(title, listed, before=0)
        for widget in self.query("#problems-title, #problems"):
            widget.set_class(bool(problems), "-open")
        by_field: dict[str, str] = {}
        for problem in problems:
            by_field.setdefault(problem.field, problem.message)
        for row in self.rows:
            row.say(by_field.get(row.spec.name) or by_field.get(row.spec.typed_as, ""))
        if len(problems) == 1:
            self.go_to_problem(problems[0])
        elif problems:
            listed.highlighted = 0
            listed.focus()

    def go_to_problem(self, problem: Problem) -> None:
        """Put the cursor where the problem is, in view below the list that has just opened."""
        for editor in self._editors_of(problem):
            editor.focus()
            row = editor.query_ancestor(FieldRow)
            self.call_after_refresh(row.scroll_visible, animate=False)

    def _editors_of(self, problem: Problem) -> list[Widget]:
        """Where the field of a problem is typed; nowhere when it is not on the screen."""
        return [
            editor
            for row in self.rows
            if problem.field in (row.spec.name, row.spec.typed_as)
            for editor in self.query(f"#{widget_id(row.spec.name)}")
        ]

    def on_key(self, event: events.Key) -> None:
        """A letter typed in the list of problems begins to put the marked one right."""
        if event.is_printable and event.key != HELP_SIGN:
            self._put_right(event)

    def on_paste(self, event: events.Paste) -> None:
        self._put_right(event)

    def _put_right(self, event: events.Key | events.Paste) -> None:
        listed = self._problem_list
        if listed.has_focus and listed.highlighted is not None:
            for editor in self._editors_of(self._problems[listed.highlighted])[:1]:
                hand_over(event, editor)

    @on(MarkedList.OptionSelected, "#problems")
    def _problem_chosen(self, event: MarkedList.OptionSelected) -> None:
        event.stop()
        self.go_to_problem(self._problems[event.option_index])

    @on(Input.Changed)
    @on(TextArea.Changed)
    def _typed(self, event: Input.Changed | TextArea.Changed) -> None:
        event.stop()
        self._tell()

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self.screen.focus_next()

    @on(Choice.Changed)
    def _chosen(self, event: Choice.Changed) -> None:
        event.stop()
        if event.typed:
            self.post_message(self.OffersWanted(event.choice, event.choice.text))
        self._tell()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Remember the field, so that a restart finds it again."""
        name = event.widget.id or ""
        if name and name != "problems" and name != self._focused_field:
            self._focused_field = name
            self._tell()

    def _tell(self) -> None:
        self.post_message(self.Changed(self, self.values, self._focused_field))
