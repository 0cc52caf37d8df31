"""Where to go: every desk by its name in two columns, and the parked contacts below them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import events, on
from textual.containers import Horizontal
from textual.widget import Widget

from deskapp.i18n import N_
from deskapp.screens.base import Entry
from deskapp.screens.menu import Menu, listed
from deskapp.widgets.marked_list import MarkedList
from deskapp.widgets.told import Told


class GoMenu(Menu):
    """Lists each place by what its label says before the colon; the marked one says it whole."""

    HELP: ClassVar[str] = N_(
        "Press the letter of a place, in upper or lower case, or the digit of a parked contact; or"
        " mark one with the arrow keys and press Enter. The line below the places says what the"
        " marked one is for. Esc, or Left in the first column, goes back and changes nothing."
    )
    DEFAULT_CSS = """
    GoMenu Horizontal { height: auto; }
    GoMenu Horizontal MarkedList { width: 1fr; }
    GoMenu #meaning.-parked { min-height: 2; }
    GoMenu MarkedList { text-wrap: nowrap; text-overflow: ellipsis; }
    """

    def __init__(self, question: str, places: Sequence[Entry], parked: Sequence[Entry]) -> None:
        super().__init__(question, [*places, *parked])
        self._places, self._parked = places, parked

    def body(self) -> Iterable[Widget]:
        names = [each._replace(label=each.label.partition(":")[0]) for each in self._places]
        middle = (len(names) + 1) // 2
        yield Horizontal(listed(names[:middle]), listed(names[middle:], middle))
        if self._parked:
            yield listed(self._parked, len(names))
        meaning = Told(self._entries[0].label, id="meaning", markup=False)
        meaning.set_class(bool(self._parked), "-parked")
        yield meaning

    @on(MarkedList.OptionHighlighted)
    def _marked(self, event: MarkedList.OptionHighlighted) -> None:
        """Say what the marked place is for."""
        self.query_one("#meaning", Told).update(self._entries[int(event.option.id or 0)].label)

    def on_key(self, event: events.Key) -> None:
        """The arrow keys go from list to list, as if there were one."""
        lists = list(self.query(MarkedList))
        at = next(place for place, each in enumerate(lists) if each.highlighted is not None)
        row, last = lists[at].highlighted or 0, lists[at].option_count - 1
        if event.key == "down" and row == last:
            there = (at + 1) % len(lists), 0
        elif event.key == "up" and row == 0:
            there = at - 1, -1
        elif (event.key, at) in (("right", 0), ("left", 1)):
            there = 1 - at, row
        else:
            return
        event.stop()
        lists[at].highlighted = None
        self._mark(lists[there[0]], there[1])

    def _mark(self, target: MarkedList, row: int) -> None:
        rows = range(target.option_count)
        target.highlighted = rows[max(-1, min(row, len(rows) - 1))]
        target.focus()
