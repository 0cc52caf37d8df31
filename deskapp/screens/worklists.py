"""A search screen with several lists: which one is shown stands above it and is changed there."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from deskapp.i18n import _
from deskapp.screens.base import Entry
from deskapp.screens.search_screen import SearchScreen
from deskapp.widgets.told import Told


class Worklists(SearchScreen):
    """Ctrl+R asks which list, Left and Right go to the next; words in the box look through all."""

    LISTS: ClassVar[Mapping[str, tuple[str, str]]] = {}
    """The lists in their order, each with its letter and untranslated name."""
    ASIDE: ClassVar[Mapping[str, tuple[str, str]]] = {}
    """The same of lists that the question alone leads to."""
    AUTO_FOCUS: ClassVar[str] = "RecordList"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "turn(-1)", show=False, priority=True),
        Binding("right", "turn(1)", show=False, priority=True),
    ]

    def __init__(self, words: str = "") -> None:
        super().__init__(words)
        self.list_name = next(iter(self.LISTS))
        """Which list is shown."""

    def body(self) -> ComposeResult:
        yield Told("", id="lists", markup=False)
        yield from super().body()

    @property
    def subject(self) -> Hashable:
        return self.words, self.list_name

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Left and Right move the cursor as long as there are words in the box."""
        if action == "turn" and self.box.has_focus and self.box.value:
            return False
        return super().check_action(action, parameters)

    def action_turn(self, by: int) -> None:
        """Show the next list or the one before."""
        names = list(self.LISTS)
        at = names.index(self.list_name) if self.list_name in names else -(by > 0)
        self.show_list(names[(at + by) % len(names)])

    def more_entries(self) -> list[Entry]:
        """Answers of the question besides the lists, such as filters."""
        return []

    async def action_pick_list(self) -> None:
        """Ask which list is to be shown."""
        every = {**self.LISTS, **self.ASIDE}
        entries = [Entry(letter, _(label), name) for name, (letter, label) in every.items()]
        await self.desk.ask(_("Which list?"), [*entries, *self.more_entries()], self.list_answered)

    async def list_answered(self, answer: str | None) -> None:
        """Show the list that was picked."""
        if answer:
            self.show_list(answer)

    def show_list(self, name: str) -> None:
        """Show a list from its start."""
        self.list_name = name
        self.box.value = ""
        self.records.rows = []
        self.search()

    def say_lists(self, found: str, below: str = "") -> None:
        """Name the lists, the one that is shown marked.

        Args:
            found: What the box looks through, said instead where there are words in it.
            below: What narrows the list down, in a line of its own.
        """
        line = Text(found, style="bold")
        if not found:
            line = Text("  ").join(
                Text(_(label), style="reverse" if name == self.list_name else "")
                for name, (_letter, label) in self.LISTS.items()
            )
            if self.list_name in self.ASIDE:
                line.append("\n").append(_(self.ASIDE[self.list_name][1]), style="reverse")
        if below:
            line.append("\n" + below, style="bold")
        self.query_one("#lists", Static).update(line)
