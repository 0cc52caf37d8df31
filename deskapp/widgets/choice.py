"""A field that offers matching entries while one types: topics, courts, persons, lists."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from rich.cells import cell_len, set_cell_size
from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input
from textual.widgets.option_list import Option

from deskapp.text import one_line
from deskapp.widgets.editors import LineEditor
from deskapp.widgets.marked_list import MarkedList

ROWS_OFFERED = 6
WIDTH = 58


def widget_id(name: str) -> str:
    """The id of a field's editor: names may hold dots, ids may not."""
    return name.replace(".", "-")


class Offer(NamedTuple):
    """One entry that can be picked."""

    key: str
    label: str
    hint: str = ""
    """Shown beside the label, never kept."""


class Choice(Widget):
    """A one-line field with a list of offers below it; Tab or Enter takes the marked one.

    ``key`` is the entry picked, ``text`` what stands in the field. With ``free`` the text may also
    stand for itself. Offers come from ``find`` at once, or later from the screen through ``offer``.
    """

    DEFAULT_CSS = """
    Choice { height: 1; width: 1fr; layers: base above; }
    Choice > MarkedList {
        display: none; overlay: screen; constrain: none inside;
        max-height: 6; width: 60;
    }
    Choice > MarkedList.-open { display: block; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "mark(1)", show=False),
        Binding("up", "mark(-1)", show=False),
    ]

    @dataclass
    class Changed(Message):
        """The text or the picked entry changed."""

        choice: Choice
        typed: bool
        """Whether the officer typed, so that offers are wanted."""

    def __init__(
        self,
        name: str,
        *,
        find: Callable[[str], Sequence[Offer]] | None = None,
        free: bool = False,
        key: str = "",
        text: str = "",
        hint: str = "",
    ) -> None:
        super().__init__(name=name)
        self.key = key
        self._find = find
        self._free = free
        self._offers: list[Offer] = []
        self._settled = text
        self._input = LineEditor(
            text,
            id=widget_id(name),
            placeholder=hint,
            compact=True,
            select_on_focus=bool(key) and not free,
        )
        self._input.cursor_blink = False
        self._list = MarkedList(can_focus=False)

    def compose(self) -> ComposeResult:
        yield self._input

    @property
    def text(self) -> str:
        """What stands in the field."""
        return self._input.value

    @property
    def is_open(self) -> bool:
        """Whether the offers are on the screen."""
        return self._list.has_class("-open")

    def offer(self, offers: Sequence[Offer]) -> None:
        """Show these entries below the field; none closes the list."""
        self._offers = list(offers)[:ROWS_OFFERED]
        if self._offers and not self._list.is_attached:
            self.mount(self._list)  # most fields are never asked, and a list takes long to style
        self._list.clear_options()
        self._list.add_options(
            Option(Text(_fitting(one_line(f"{offer.label}  {offer.hint}"))))
            for offer in self._offers
        )
        self._list.set_class(bool(self._offers) and self._input.has_focus, "-open")
        self._list.highlighted = None if self._free or not self._offers else 0

    def pick(self, offer: Offer) -> None:
        """Take an entry: its label stands in the field."""
        self.key, self._settled = offer.key, offer.label
        self.close()
        with self.prevent(Input.Changed):
            self._input.value = offer.label
        self._input.cursor_position = len(offer.label)
        self._input.select_on_focus = not self._free
        self.post_message(self.Changed(self, typed=False))

    def close(self) -> None:
        """Take the offers from the screen."""
        self._list.remove_class("-open")

    def settle(self) -> None:
        """Take the marked offer, as leaving the field does; without one the text stays."""
        marked = self._list.highlighted
        if self.is_open and marked is not None and self._input.value.strip():
            self.pick(self._offers[marked])
        else:
            self.close()

    @on(Input.Changed)
    def _text_changed(self, event: Input.Changed) -> None:
        event.stop()
        if event.value == self._settled:
            return
        self.key, self._settled = "", event.value
        self._input.select_on_focus = False  # half a word is typed on, never over
        if self._find is not None:
            self.offer(self._find(event.value) if event.value.strip() else ())
        self.post_message(self.Changed(self, typed=True))

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self.settle()
        self.screen.focus_next()

    @on(Input.Blurred)
    def _left(self, event: Input.Blurred) -> None:
        event.stop()
        self.settle()

    def action_mark(self, by: int) -> None:
        """Mark another offer; in an empty field this shows them all."""
        if not self.is_open:
            if self._find is not None:
                self.offer(self._find(""))
            return
        marked = self._list.highlighted
        at = (-1 if by > 0 else 0) if marked is None else marked
        self._list.highlighted = (at + by) % len(self._offers)

    def on_key(self, event: events.Key) -> None:
        """Esc closes the offers first; only then it leaves the screen."""
        if event.key == "escape" and self.is_open:
            self.close()
            event.stop()
            event.prevent_default()


def _fitting(text: str) -> str:
    """One line of the list; a long one is cut, never wrapped."""
    return text if cell_len(text) <= WIDTH else set_cell_size(text, WIDTH - 1) + "…"
